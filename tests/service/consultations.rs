//! Consultations: who may say, ask and answer what, and when.

use quorate::consultation::{Admitted, Audience, RawConsideration, RawCycle, RawResponse, Verified};
use serde_json::json;

use super::*;

/// An open consultation on two SIPs, on its second day.
async fn open() -> Stage {
    let steps = accepted(&[("a", "First"), ("b", "Second")])
        + &consultation("autumn", &["a", "b"])
        + &issued("autumn", "2025-11-17", "2025-12-08")
        + "  - on: 2025-11-18\n";
    Stage::set("2025-11-03", &steps).await
}

fn raw(answer: &str) -> RawResponse {
    serde_json::from_value(json!({ "answers": { "Q1": { "answer": answer } } })).unwrap()
}

impl Stage {
    async fn respond(&self, who: &str, answer: &str) -> Result<service::ResponseReceipt, ServiceError> {
        let by = person(who);
        let call = Call::new(&by, self.now());
        service::submit_response(self.app(), &call, &self.reference("autumn"), &raw(answer)).await
    }

    async fn decide_late(&self, who: &str, party: &str) -> Result<(), ServiceError> {
        let by = person(who);
        let call = Call::new(&by, self.now());
        let decision = (Admitted::Yes, "The line was down.");
        service::decide_late(self.app(), &call, &self.reference("autumn"), party, decision).await
    }

    async fn collation(&self, who: &str, audience: Audience) -> Result<quorate::consultation::Collation, ServiceError> {
        service::collation(self.app(), Some(&person(who)), &self.reference("autumn"), audience).await
    }
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, ServiceError>) -> String {
    outcome.unwrap_err().to_string()
}

#[tokio::test]
async fn a_contact_responds_for_its_own_party_and_amends_until_the_close() {
    let stage = open().await;
    let first = stage.respond("mei", "Yes").await.unwrap();
    assert_eq!((first.party.as_str(), first.version, first.late), ("sharedserve", 1, false));
    assert_eq!(stage.respond("mei", "No").await.unwrap().version, 2);
    let own = service::own_response(stage.app(), &Call::new(&person("mei"), stage.now()), "C-2025-01").await.unwrap();
    assert_eq!((own.versions.len(), own.counts), (2, Some(2)));
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn nobody_but_an_agreed_contact_responds() {
    let stage = open().await;
    let before = stage.everything().await;
    for who in ["dana", "sofia"] {
        assert!(refusal(stage.respond(who, "Yes").await).contains("a contact of a SEC Party that is asked"), "{who}");
    }
    assert_eq!(stage.everything().await, before);
    let later = quorate::service::NewPerson {
        id: "newcomer".to_owned(),
        party: "sharedserve".to_owned(),
        name: "Newcomer".to_owned(),
        email: "newcomer@sharedserve.example".to_owned(),
        offices: vec!["party".to_owned()],
        token: None,
    };
    let sofia = person("sofia");
    service::add_person(stage.app(), &Call::new(&sofia, stage.now()), later).await.unwrap();
    let newcomer = Actor {
        id: "newcomer".to_owned(),
        name: "Newcomer".to_owned(),
        party: Some("sharedserve".to_owned()),
        offices: person("mei").offices,
    };
    let call = Call::new(&newcomer, stage.now());
    let refused = service::submit_response(stage.app(), &call, "C-2025-01", &raw("Yes")).await;
    assert!(refusal(refused).contains("a contact agreed for SharedServe when it was issued"));
}

#[tokio::test]
async fn nobody_responds_before_it_opens_or_once_the_responses_are_referred() {
    let steps = accepted(&[("a", "First")]) + &consultation("autumn", &["a"]);
    let mut stage = Stage::set("2025-11-03", &steps).await;
    assert!(refusal(stage.respond("mei", "Yes").await).contains("Parties respond once it is open"));
    stage.then(&issued("autumn", "2025-11-17", "2025-12-08")).await;
    assert!(refusal(stage.respond("mei", "Yes").await).contains("Parties respond once it is open"));
    stage.then("  - on: 2025-12-09\n  - act: { as: sofia, case: autumn, take: refer }\n").await;
    assert!(refusal(stage.respond("mei", "Yes").await).contains("have gone to the deciding body"));
}

#[tokio::test]
async fn a_late_response_is_decided_on_before_the_responses_are_referred() {
    let mut stage = open().await;
    stage.then("  - on: 2025-12-09\n").await;
    assert!(stage.respond("mei", "Yes").await.unwrap().late);
    let refused = refusal(stage.act("sofia", "autumn", "refer", json!({})).await);
    assert!(refused.contains("to be decided: sharedserve"), "{refused}");
    assert!(refusal(stage.decide_late("dana", "sharedserve").await).contains("Who could: SECAS"));
    assert!(refusal(stage.decide_late("sofia", "northwind").await).contains("has sent no late response"));
    assert_eq!(stage.collation("sofia", Audience::DecidingBody).await.unwrap().comments.len(), 0);
    stage.decide_late("sofia", "sharedserve").await.unwrap();
    stage.act("sofia", "autumn", "refer", json!({})).await.unwrap();
    assert!(refusal(stage.decide_late("sofia", "sharedserve").await).contains("while responses are collated"));
    assert_eq!(stage.collation("sofia", Audience::DecidingBody).await.unwrap().comments.len(), 1);
}

#[tokio::test]
async fn the_collation_is_seen_by_those_who_decide_after_the_close_and_by_everybody_once_referred() {
    let mut stage = open().await;
    stage.respond("mei", "Yes").await.unwrap();
    assert!(refusal(stage.collation("sofia", Audience::DecidingBody).await).contains("is not possible now"));
    stage.then("  - on: 2025-12-09\n").await;
    assert_eq!(stage.collation("dana", Audience::DecidingBody).await.unwrap().verify(), Verified::Whole);
    assert!(
        refusal(service::collation(stage.app(), None, "C-2025-01", Audience::Public).await)
            .contains("once they are referred")
    );
    assert!(
        refusal(service::collation(stage.app(), None, "C-2025-01", Audience::DecidingBody).await)
            .contains("ask for the public copy")
    );
    stage.act("sofia", "autumn", "refer", json!({})).await.unwrap();
    let public = service::collation(stage.app(), None, "C-2025-01", Audience::Public).await.unwrap();
    let whole = stage.collation("tom", Audience::DecidingBody).await.unwrap();
    assert_eq!(public.verify(), Verified::PublicCopy);
    let view = service::consultation_seen(stage.app(), None, "C-2025-01", stage.now()).await.unwrap();
    assert_eq!(view.collation_digest.as_deref(), Some(whole.digest.as_str()));
    assert_eq!(public.whole_digest, whole.digest);
}

#[tokio::test]
async fn a_response_altered_behind_our_back_is_found_when_the_collation_is_read() {
    let mut stage = open().await;
    stage.respond("mei", "Yes").await.unwrap();
    stage.then("  - on: 2025-12-09\n  - act: { as: sofia, case: autumn, take: refer }\n").await;
    stage.tamper("UPDATE dossiers SET body = replace(body, '\"Yes\"', '\"No\"') WHERE kind = 'response'").await;
    let refused = refusal(stage.collation("sofia", Audience::DecidingBody).await);
    assert!(refused.contains("are not those that were referred"), "{refused}");
    assert_eq!(stage.proof().await.differing.len(), 1);
}

#[tokio::test]
async fn the_notices_go_to_the_contacts_agreed_when_it_was_issued() {
    let mut stage = Stage::set("2025-11-03", &(accepted(&[("a", "First")]) + &consultation("autumn", &["a"]))).await;
    let sofia = person("sofia");
    let call = Call::new(&sofia, stage.now());
    service::mark_contact(stage.app(), &call, "sharedserve", "mei", "Messages come back.").await.unwrap();
    let list = service::blocking_list(stage.app(), &call, "C-2025-01").await.unwrap();
    assert!(list.iter().any(|blocking| blocking.why == "SharedServe (sharedserve) has no usable contact"), "{list:?}");
    let waive = service::waive_contact(stage.app(), &call, "C-2025-01", "sharedserve", " ").await;
    assert!(refusal(waive).contains("this is blank"));
    service::waive_contact(stage.app(), &call, "C-2025-01", "sharedserve", "It closes down.").await.unwrap();
    stage.then(&issued("autumn", "2025-11-17", "2025-12-08")).await;
    let told: Vec<_> = stage.notices("autumn").await.into_iter().map(|notice| notice.recipient).collect();
    assert!(!told.contains(&"mei".to_owned()) && told.contains(&"callum".to_owned()), "{told:?}");
    service::nominate_contact(stage.app(), &call, "sharedserve", "mei").await.unwrap();
    stage.then("  - on: 2025-11-18\n").await;
    assert!(stage.notices("autumn").await.iter().all(|notice| notice.recipient != "mei"), "the list is fixed");
    assert!(refusal(stage.respond("mei", "Yes").await).contains("agreed for SharedServe"));
}

#[tokio::test]
async fn a_contact_is_one_of_the_partys_own_people() {
    let stage = open().await;
    let (sofia, mei) = (person("sofia"), person("mei"));
    let as_secas = Call::new(&sofia, stage.now());
    let other = service::nominate_contact(stage.app(), &as_secas, "sharedserve", "tom").await;
    assert!(refusal(other).contains("tom does not belong to sharedserve"));
    let own = Call::new(&mei, stage.now());
    service::nominate_contact(stage.app(), &own, "sharedserve", "mei").await.unwrap();
    assert!(refusal(service::nominate_contact(stage.app(), &own, "northwind", "priya").await).contains("SECAS"));
    service::remove_contact(stage.app(), &own, "sharedserve", "mei").await.unwrap();
    let list = service::contact_list(stage.app(), &as_secas).await.unwrap();
    let sharedserve = list.iter().find(|party| party.party == "sharedserve").unwrap();
    assert_eq!(sharedserve.usable, Vec::<String>::new());
    assert!(list.iter().all(|party| party.party != "dcc"), "consultations are issued on behalf of DCC");
}

#[tokio::test]
async fn what_is_issued_is_never_changed() {
    let stage = open().await;
    let sofia = person("sofia");
    let call = Call::new(&sofia, stage.now());
    let frame = service::write_frame(stage.app(), &call, "C-2025-01", quorate::consultation::Frame::default()).await;
    assert!(refusal(frame).contains("what is issued is never changed"));
    let proposal = quorate::consultation::Proposal::default();
    let sip = service::write_contents(stage.app(), &call, "C-2025-01", "SIP-0001", proposal).await;
    assert!(refusal(sip).contains("what is issued is never changed"));
}

#[tokio::test]
async fn a_draft_is_saved_for_the_party_and_gone_once_submitted() {
    let stage = open().await;
    let mei = person("mei");
    let call = Call::new(&mei, stage.now());
    let entries = stage.proof().await.entries;
    service::save_response_draft(stage.app(), &call, "C-2025-01", &raw("Per")).await.unwrap();
    service::save_response_draft(stage.app(), &call, "C-2025-01", &raw("Perhaps")).await.unwrap();
    assert_eq!(service::response_draft(stage.app(), &call, "C-2025-01").await.unwrap().response, raw("Perhaps"));
    assert_eq!(stage.proof().await.entries, entries, "a draft is no part of the record");
    let callum = person("callum");
    assert!(service::response_draft(stage.app(), &Call::new(&callum, stage.now()), "C-2025-01").await.is_err());
    stage.respond("mei", "Yes").await.unwrap();
    assert!(refusal(service::response_draft(stage.app(), &call, "C-2025-01").await).contains("there is no draft"));
}

#[tokio::test]
async fn dcc_considers_the_responses_once_they_are_there() {
    let mut stage = open().await;
    stage.respond("mei", "Yes").await.unwrap();
    let raw: RawConsideration = serde_json::from_value(json!({
        "refinements": [{ "sip": "SIP-0001", "change": "In bulk only.", "because_of": ["sharedserve Q1"] }],
        "unchanged": { "SIP-0002": "Nobody asked for a change." }
    }))
    .unwrap();
    let dana = person("dana");
    let consider = |stage: &Stage| (Call::new(&dana, stage.now()), stage.reference("autumn"));
    let (call, reference) = consider(&stage);
    assert!(
        refusal(service::consider_responses(stage.app(), &call, &reference, &raw).await).contains("once it has closed")
    );
    stage.then("  - on: 2025-12-09\n").await;
    let (call, reference) = consider(&stage);
    service::consider_responses(stage.app(), &call, &reference, &raw).await.unwrap();
    let sofia = person("sofia");
    let as_secas = Call::new(&sofia, stage.now());
    assert!(
        refusal(service::consider_responses(stage.app(), &as_secas, &reference, &raw).await).contains("Who could: DCC")
    );
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn a_sip_is_not_referred_before_the_responses_are() {
    let mut stage = open().await;
    stage.then("  - on: 2025-12-09\n").await;
    let refused = refusal(stage.act("dana", "a", "refer", json!({ "refinements": "None." })).await);
    assert!(refused.contains("those to C-2025-01 are not yet"), "{refused}");
    stage.act("sofia", "autumn", "refer", json!({})).await.unwrap();
    stage.act("dana", "a", "refer", json!({ "refinements": "None." })).await.unwrap();
    assert_eq!(stage.case("a").await.recorded["collated_responses"], "C-2025-01 responses");
}

#[tokio::test]
async fn a_sip_that_leaves_keeps_its_questions_and_what_was_said_of_it() {
    let mut stage = open().await;
    stage.respond("mei", "Not this one").await.unwrap();
    stage.then("  - act: { as: sofia, case: autumn, take: drop_sip, with: { sip: $a, reason: It clashes. } }\n").await;
    stage.then("  - on: 2025-12-09\n  - act: { as: sofia, case: autumn, take: refer }\n").await;
    let whole = stage.collation("sofia", Audience::DecidingBody).await.unwrap();
    let first = &whole.sections[0];
    assert_eq!(first.left.as_ref().map(ToString::to_string).as_deref(), Some("It clashes."));
    assert_eq!(first.questions[0].rows[0].answer.text(), "Not this one");
    assert_eq!(whole.sections[1].questions[0].question.number.to_string(), "Q2");
}

#[tokio::test]
async fn a_bank_holiday_in_the_window_moves_the_close_unless_it_is_kept_with_a_reason() {
    for (keep, due, told) in [("[]", "2025-12-09", 10), ("[autumn, a, b]", "2025-12-08", 0)] {
        let mut stage = open().await;
        let holiday = format!(
            "  - bank_holiday: {{ as: sofia, edition: proclaimed, date: 2025-11-28, title: A day of its own, \
             keep: {keep}, reason: Proclaimed. }}\n"
        );
        stage.then(&holiday).await;
        let (_, clocks) = stage.standing("autumn").await;
        assert_eq!(clocks, [("window".to_owned(), due.to_owned())], "{keep}");
        let (_, clocks) = stage.standing("a").await;
        assert_eq!(clocks, [("consultation".to_owned(), due.to_owned())], "{keep}");
        let moved: usize = all_told(&stage, "bank_holidays_changed").await;
        assert_eq!(moved, told, "{keep}");
        let view = service::consultation_seen(stage.app(), None, "C-2025-01", stage.now()).await.unwrap();
        assert_eq!(view.closes_on.unwrap().to_string(), due);
        assert_eq!(stage.proof().await.differing, Vec::<String>::new());
    }
}

/// To how many people a notice that is about no case has gone.
async fn all_told(stage: &Stage, template: &str) -> usize {
    let notices = stage.everything().await;
    notices["notices"].iter().filter(|notice| notice.contains(template)).count()
}

#[tokio::test]
async fn a_window_longer_than_it_must_be_stays_when_a_bank_holiday_comes() {
    let steps = accepted(&[("a", "First")])
        + &consultation("autumn", &["a"])
        + &issued("autumn", "2025-11-17", "2025-12-09")
        + "  - on: 2025-11-18\n";
    let mut stage = Stage::set("2025-11-03", &steps).await;
    stage
        .then("  - bank_holiday: { as: sofia, edition: proclaimed, date: 2025-11-28, title: A day, reason: Proclaimed. }\n")
        .await;
    assert_eq!(stage.standing("autumn").await.1, [("window".to_owned(), "2025-12-09".to_owned())]);
}

#[tokio::test]
async fn the_cycle_is_set_by_secas_and_shows_the_year_ahead() {
    let stage = open().await;
    let usual = service::consultation_cycle(stage.app(), stage.now()).await.unwrap();
    assert_eq!(usual.next.opens.to_string(), "2026-04-01", "it is too late for January");
    assert_eq!(usual.year_ahead.len(), 4);
    let yearly = RawCycle { interval_months: 12, ..RawCycle::default() };
    let (sofia, priya) = (person("sofia"), person("priya"));
    let refused = service::set_consultation_cycle(stage.app(), &Call::new(&priya, stage.now()), yearly.clone()).await;
    assert!(refusal(refused).contains("Who could: SECAS"));
    let none = RawCycle { interval_months: 0, ..RawCycle::default() };
    let call = Call::new(&sofia, stage.now());
    assert!(refusal(service::set_consultation_cycle(stage.app(), &call, none).await).contains("give 1 to 12"));
    service::set_consultation_cycle(stage.app(), &call, yearly).await.unwrap();
    let set = service::consultation_cycle(stage.app(), stage.now()).await.unwrap();
    assert_eq!((set.year_ahead.len(), set.next.opens.to_string()), (1, "2026-07-01".to_owned()));
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn the_burden_counts_what_each_party_is_asked() {
    let stage = open().await;
    stage.respond("mei", "Yes").await.unwrap();
    let burden = service::burden(stage.app()).await.unwrap();
    let (_, load) = burden.by_party.iter().find(|(one, _)| one.party.as_str() == "sharedserve").unwrap();
    assert_eq!((load.asked, load.answered, load.sips, load.questions), (1, 1, 2, 2));
    assert_eq!(burden.by_month["2025-11"].answered, 1);
}

/// The timetable of an urgent SIP names its first consultation; a second one has its 15 Working Days all the same.
#[tokio::test]
async fn a_timetable_shortens_the_consultation_it_names_and_no_other() {
    for (clock, refused) in [("consultation", false), ("second_consultation", true)] {
        let steps = format!(
            "
  - submit: {{ as: callum, call_it: k, form: sip-k }}
  - act: {{ as: dana, case: k, take: acknowledge }}
  - act: {{ as: dana, case: k, take: confirm_urgency, with: {{ urgency_reason: Names are open to others. }} }}
  - determine:
      as: sofia
      case: k
      votes: {{ set_timetable: [members] }}
      reasons: Six days are enough.
      with: {{ timetable: {{ {clock}: 2025-11-12 }} }}
  - act: {{ as: dana, case: k, take: accept, with: {{ {VALIDATED}, impact_on_sips: [none other] }} }}
"
        ) + &consultation("short", &["k"]);
        let stage = Stage::set("2025-11-03", &steps).await;
        let issued = stage
            .act(
                "sofia",
                "short",
                "issue",
                json!({
                    "opens_on": "2025-11-04", "closes_on": "2025-11-12", "cost_recovery": "Fixed costs.",
                    "what_may_change": "Dates.", "what_else_moves": "Nothing else.",
                    "implementation_window": { "from": "2026-02-02", "to": "2026-02-27" },
                }),
            )
            .await;
        assert_eq!(issued.is_err(), refused, "{clock}");
    }
}

#[tokio::test]
async fn a_second_consultation_names_the_first_and_the_first_the_second() {
    let (file, text) = ("sip-f", include_str!("../../fixtures/scenarios/sip-f.yaml"));
    let stage = Stage::play(&Scenario::load(file, text).unwrap()).await;
    let second = stage.reference("again");
    let first = stage.reference("autumn");
    let (sofia, now) = (person("sofia"), stage.now());
    let second_view = service::consultation_seen(stage.app(), Some(&sofia), &second, now).await.unwrap();
    let first_view = service::consultation_seen(stage.app(), Some(&sofia), &first, now).await.unwrap();
    let follows = second_view.frame.follows.map(|follows| follows.to_string()).unwrap_or_default();
    assert!(follows.starts_with(&format!("{first} on SIP-")), "{follows}");
    assert_eq!(first_view.followed_by, [second]);
}
