//! People, organisations and contacts: taken over whole or not at all, by those who may, and never in the journal.

use std::collections::BTreeMap;

use quorate::roster::{Absent, read_setup};
use quorate::service::{self, NewPerson, PersonChanges, ServiceError, SetUp, SheetFormat};

use super::*;

async fn import(stage: &Stage, who: &str, list: &str, absent: Absent) -> Result<service::PeopleImported, ServiceError> {
    service::import_people(stage.app(), &Call::new(&person(who), stage.now()), list.as_bytes(), absent).await
}

/// The ids of the people a consultation would reach.
async fn contacts(stage: &Stage, party: &str) -> Vec<String> {
    let sofia = person("sofia");
    let list = service::contact_list(stage.app(), &Call::new(&sofia, stage.now())).await.unwrap();
    list.into_iter().find(|one| one.party == party).unwrap().usable
}

#[tokio::test]
async fn a_list_is_taken_over_with_its_contacts_and_the_record_holds_no_name_and_no_address() {
    let stage = Stage::set("2026-01-05", "").await;
    let list = "Party;Name;E-mail;Contact\n\
                Northwind Energy Supply;Priya Nair;priya.nair@northwind.example;no\n\
                Northwind Energy Supply;Omar Said;omar.said@northwind.example;yes\n\
                SharedServe;Mei Chen;mei@new.example;\n";
    let came_to = import(&stage, "sofia", list, Absent::Keep).await.unwrap();
    assert_eq!(
        (came_to.added, came_to.changed),
        (vec!["northwind-1".to_owned()], vec!["priya".to_owned(), "mei".to_owned()])
    );
    assert_eq!(contacts(&stage, "northwind").await, ["northwind-1"]);
    assert_eq!(contacts(&stage, "sharedserve").await, ["mei"]);
    let everything = stage.everything().await;
    for word in ["Omar", "omar.said", "mei@new"] {
        assert!(!everything["journal"].iter().any(|entry| entry.contains(word)), "{word}");
    }
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
    let sofia = person("sofia");
    let call = Call::new(&sofia, stage.now());
    for format in [SheetFormat::Csv, SheetFormat::Xlsx] {
        let file = service::export_people(stage.app(), &call, format).await.unwrap();
        let plan = service::preview_people(stage.app(), &call, &file.bytes, Absent::Remove).await.unwrap();
        assert!(plan.added.is_empty() && plan.changed.is_empty() && plan.removed.is_empty(), "{plan:?}");
        service::import_people(stage.app(), &call, &file.bytes, Absent::Remove).await.unwrap();
    }
    assert_eq!(stage.everything().await, everything);
}

#[tokio::test]
async fn a_list_with_one_faulty_row_and_a_preview_change_nothing() {
    let stage = Stage::set("2026-01-05", "").await;
    let before = stage.everything().await;
    let list = "Party,Name,Email\nnorthwind,Ann Lee,ann@x.example\nNorthwynd Energy Supply,Bob Orr,bob@x.example\n";
    let refused = import(&stage, "sofia", list, Absent::Keep).await.unwrap_err().to_string();
    assert!(
        refused.contains("line 3, Party: there is no organisation") && refused.contains("did you mean"),
        "{refused}"
    );
    let (sofia, good) = (person("sofia"), "Party,Name,Email\nnorthwind,Ann Lee,ann@x.example\n");
    let call = Call::new(&sofia, stage.now());
    let plan = service::preview_people(stage.app(), &call, good.as_bytes(), Absent::Remove).await.unwrap();
    assert_eq!((plan.added.len(), plan.removed.len()), (1, 1));
    assert_eq!(stage.everything().await, before);
}

#[tokio::test]
async fn a_party_brings_and_changes_its_own_people_only() {
    let stage = Stage::set("2026-01-05", "").await;
    let before = stage.everything().await;
    let priya = person("priya");
    let call = Call::new(&priya, stage.now());
    let other = "Party,Name,Email\nsharedserve,Ann Lee,ann@x.example\n";
    assert!(matches!(import(&stage, "priya", other, Absent::Keep).await, Err(ServiceError::List(_))));
    assert!(matches!(import(&stage, "dana", other, Absent::Keep).await, Err(ServiceError::NotAllowed { .. })));
    let changes = PersonChanges { email: Some("mine@x.example".to_owned()), ..PersonChanges::default() };
    for who in ["mei", "nobody"] {
        let refused = service::change_person(stage.app(), &call, who, &changes).await.unwrap_err();
        assert!(matches!(refused, ServiceError::NotAllowed { .. }), "{who}: {refused}");
        assert!(service::remove_person(stage.app(), &call, who).await.is_err(), "{who}");
    }
    let secas = PersonChanges { offices: Some(vec!["secas".to_owned()]), ..PersonChanges::default() };
    let refused = service::change_person(stage.app(), &call, "priya", &secas).await.unwrap_err().to_string();
    assert!(refused.contains("cannot hold `secas`"), "{refused}");
    assert!(service::export_parties(stage.app(), &call, SheetFormat::Csv).await.is_err());
    assert_eq!(stage.everything().await, before);
    import(&stage, "priya", "Name,Email\nAnn Lee,ann@x.example\n", Absent::Keep).await.unwrap();
    let own = service::people(stage.app(), &call).await.unwrap();
    assert_eq!(own.iter().map(|person| person.party.as_str()).collect::<Vec<_>>(), ["northwind", "northwind"]);
}

#[tokio::test]
async fn whoever_leaves_is_told_nothing_signs_in_no_more_and_leaves_their_id_to_nobody() {
    let stage = Stage::set("2026-01-05", "  - submit: { as: priya, call_it: first, form: sip-g }\n").await;
    let sofia = person("sofia");
    let call = Call::new(&sofia, stage.now());
    let today = stage.now().date_naive();
    assert!(service::authenticate(stage.app(), "demo-northwind-priya", today).await.unwrap().is_some());
    service::nominate_contact(stage.app(), &call, "northwind", "priya").await.unwrap();
    service::remove_person(stage.app(), &call, "priya").await.unwrap();
    assert!(service::authenticate(stage.app(), "demo-northwind-priya", today).await.unwrap().is_none());
    assert_eq!(contacts(&stage, "northwind").await, Vec::<String>::new());
    let told = stage.told("first").await;
    stage.act("dana", "first", "acknowledge", serde_json::json!({})).await.unwrap();
    let notices = stage.notices("first").await;
    assert!(notices.iter().skip(told.values().sum()).all(|notice| notice.recipient != "priya"));
    let (party, email) = ("northwind".to_owned(), "p@x.example".to_owned());
    let offices = vec!["party".to_owned()];
    let again = NewPerson { id: "priya".to_owned(), party, name: "Priya Two".to_owned(), email, offices, token: None };
    let refused = service::add_person(stage.app(), &call, again).await.unwrap_err().to_string();
    assert!(refused.contains("somebody who left had this id"), "{refused}");
    assert!(service::remove_person(stage.app(), &call, "sofia").await.unwrap_err().to_string().contains("this is you"));
    assert!(stage.everything().await["journal"].iter().any(|entry| entry.contains("person_removed")));
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn a_new_address_makes_a_contact_reachable_again() {
    let stage = Stage::set("2026-01-05", "").await;
    let sofia = person("sofia");
    let call = Call::new(&sofia, stage.now());
    service::mark_contact(stage.app(), &call, "sharedserve", "mei", "Messages come back.").await.unwrap();
    assert_eq!(contacts(&stage, "sharedserve").await, Vec::<String>::new());
    let changes = PersonChanges { email: Some("mei@new.example".to_owned()), ..PersonChanges::default() };
    let mei = person("mei");
    service::change_person(stage.app(), &Call::new(&mei, stage.now()), "mei", &changes).await.unwrap();
    assert_eq!(contacts(&stage, "sharedserve").await, ["mei"]);
}

#[tokio::test]
async fn a_list_that_was_never_reviewed_or_not_for_a_year_is_due() {
    let stage = Stage::set("2026-01-05", "").await;
    let priya = person("priya");
    let own = |at: &str| {
        let (now, stage, priya) = (at_ten(at), &stage, &priya);
        async move { service::contact_reviews(stage.app(), &Call::new(priya, now)).await.unwrap().remove(0) }
    };
    assert_eq!(own("2026-01-05").await.words, "never said to be right");
    service::review_contacts(stage.app(), &Call::new(&priya, stage.now()), "northwind").await.unwrap();
    let review = own("2026-02-06").await;
    assert_eq!(review.words, "said to be right on Monday 5 January 2026, 32 days ago");
    assert!(!review.due && !own("2027-01-04").await.due && own("2027-01-05").await.due);
    let sofia = person("sofia");
    let all = service::contact_reviews(stage.app(), &Call::new(&sofia, stage.now())).await.unwrap();
    assert_eq!(all.last().map(|review| (review.party.as_str(), review.due)), Some(("northwind", false)));
    assert!(all.len() > 5 && all.iter().rev().skip(1).all(|review| review.due));
    let mei = person("mei");
    assert!(service::review_contacts(stage.app(), &Call::new(&mei, stage.now()), "northwind").await.is_err());
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

fn at_ten(date: &str) -> DateTime<Utc> {
    london_instant(date.parse().unwrap(), NaiveTime::from_hms_opt(10, 0, 0).unwrap())
}

#[tokio::test]
async fn an_installation_is_set_up_once_and_its_people_can_sign_in() {
    let now = at_ten("2026-01-05");
    let app = App::open("sqlite::memory:", Settings::default(), now).await.unwrap();
    let wanted = read_setup("setup.yaml", include_str!("../../fixtures/setup.yaml")).unwrap();
    let tokens: BTreeMap<_, _> =
        wanted.people.iter().map(|person| (person.id.clone(), format!("token-of-{}", person.id))).collect();
    let system = Actor::system();
    let call = Call::new(&system, now);
    assert_eq!(service::set_up(&app, &call, &wanted, &tokens).await.unwrap(), SetUp::Done);
    let others: BTreeMap<_, _> = tokens.keys().map(|id| (id.clone(), format!("other-{id}"))).collect();
    assert_eq!(service::set_up(&app, &call, &wanted, &others).await.unwrap(), SetUp::AlreadySo);
    let signed_in = service::authenticate(&app, "token-of-secas-1", now.date_naive()).await.unwrap().unwrap();
    assert!(signed_in.holds("secas"));
    assert!(service::authenticate(&app, "other-secas-1", now.date_naive()).await.unwrap().is_none());
    let mut different = wanted.clone();
    different.people.pop();
    let refused = service::set_up(&app, &call, &different, &tokens).await.unwrap_err().to_string();
    assert!(refused.contains("has other organisations or people already"), "{refused}");
    let people = include_bytes!("../../fixtures/people.csv");
    let came_to = service::import_people(&app, &Call::new(&signed_in, now), people, Absent::Keep).await.unwrap();
    assert_eq!((came_to.added.len(), came_to.unchanged), (2, 1));
    service::issue_token(&app, &call, "northwind-1", "another").await.unwrap();
    assert!(service::authenticate(&app, "token-of-northwind-1", now.date_naive()).await.unwrap().is_none());
    assert!(service::authenticate(&app, "another", now.date_naive()).await.unwrap().is_some());
    assert!(service::issue_token(&app, &Call::new(&signed_in, now), "northwind-1", "x").await.is_err());
}
