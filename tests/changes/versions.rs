//! Publishing versions, and tracing what they say back to SIPs and determinations.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use quorate::brd::changes::{Field, Kind, Origin, collisions, merge};
use quorate::brd::versions::{
    Answer, ChangeNature, Checklist, Determination, Duty, Found, How, NotReady, Publication, PublishedSip, blame,
    difference, nature, next_version, publish,
};
use quorate::brd::{Line, Version, from_yaml};

use super::*;

/// The later changes that come with the program, in the order they are published.
const LATER: [&str; 3] = [
    include_str!("../../fixtures/brd/changes/service-domains.yaml"),
    include_str!("../../fixtures/brd/changes/multi-factor.yaml"),
    include_str!("../../fixtures/brd/changes/portal-requirements.yaml"),
];

fn baseline() -> Brd {
    static READ: LazyLock<Brd> =
        LazyLock::new(|| from_yaml("baseline.yaml", include_str!("../../fixtures/brd/baseline.yaml")).unwrap());
    READ.clone()
}

fn later() -> Vec<ChangeSet> {
    let drafted = |text: &&str| {
        let set = ChangeSet::load("later.yaml", text).unwrap_or_else(|problems| panic!("{problems}"));
        draft(&baseline(), set, &Reserved::default()).unwrap_or_else(|problems| panic!("{problems:#?}")).set
    };
    LATER.iter().map(drafted).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant() -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000, 0).unwrap()
}

fn answered() -> Checklist {
    let answer = |found| Answer { found, says: Line::new("As in the report."), by: "dana".to_owned(), at: instant() };
    let found = |duty| if duty == Duty::MaterialRiskConsultation { Found::NotNeeded } else { Found::Done };
    Checklist(Duty::ALL.into_iter().map(|duty| (duty, answer(found(duty)))).collect())
}

fn ready(changes: ChangeSet) -> PublishedSip {
    let determination = Determination {
        point: "Deployment sign-off".to_owned(),
        body: "Operations Group".to_owned(),
        option: "Approve deployment".to_owned(),
        on: day("2025-11-03"),
        ballot: Some(format!("B-{}", changes.sip)),
    };
    PublishedSip {
        sip: changes.sip.clone(),
        title: Line::new(format!("Title of {}", changes.sip)),
        changes,
        determinations: vec![determination],
        duties: answered(),
    }
}

fn published(live: &Brd, sets: Vec<ChangeSet>, on: &str) -> Publication {
    publish(live, sets.into_iter().map(ready).collect(), &[], day(on)).unwrap()
}

#[test]
fn a_version_counts_on_in_its_last_number() {
    let next = |version: &str| next_version(Version::parse(version).unwrap()).to_string();
    assert_eq!([next("V1.0.9"), next("V1.0.10"), next("V2.3")], ["V1.0.10", "V1.0.11", "V2.3.1"]);
}

#[test]
fn the_later_changes_are_published_as_the_next_version() {
    let version = published(&baseline(), later(), "2025-12-01");
    assert_eq!((version.version.to_string(), version.base.unwrap().to_string()), ("V1.0.10".into(), "V1.0.9".into()));
    let brd = &version.brd;
    assert_eq!((brd.domains.len(), brd.requirements.len(), brd.non_functional.len()), (14, 87, 36));
    let retired: Vec<_> =
        brd.domains.iter().filter(|domain| domain.retired.is_some()).map(|domain| domain.id.to_string()).collect();
    assert_eq!(retired, ["BFD05", "BFD09", "BFD10", "BFD12"]);
    let active = |id: &Option<quorate::brd::DomainId>| id.is_none_or(|id| !retired.contains(&id.to_string()));
    assert!(brd.requirements.iter().all(|requirement| active(&requirement.domain)));
    assert!(brd.components.iter().all(|component| active(&component.domain)));
    assert!(brd.process_maps.iter().all(|map| active(&map.domain)));
    assert!(brd.access.iter().all(|row| active(&row.domain)));
    assert_eq!(brd.domains[7].name.as_str(), "DCC Service Alerts & Portal Access");
    assert!(!brd.non_functional.iter().any(|requirement| requirement.text.as_str().contains("DCCKI SRO")));
    let rows: Vec<_> = brd.delta.iter().map(|row| (row.serial, row.doc_id.to_string(), row.date)).collect();
    assert_eq!(rows[0], (None, String::new(), None));
    assert_eq!(rows[1..], [1, 2, 3].map(|at| (Some(at), format!("SIP-020{at}"), Some(day("2025-12-01")))));
    assert_eq!(brd.next_requirement(quorate::brd::RequirementKind::Functional).to_string(), "SSI-FR-86");
}

#[test]
fn retiring_four_domains_moves_every_requirement_and_component_under_them() {
    let set = later().remove(0);
    let moved = |kind: Kind| {
        set.changes.iter().filter(|change| matches!(change, Change::Move(_)) && change.kind() == kind).count()
    };
    assert_eq!((moved(Kind::Requirement), moved(Kind::Component)), (28, 12));
    assert_eq!((moved(Kind::ProcessMap), moved(Kind::Access)), (9, 7));
    let under = |id: &str| {
        let domain = baseline().domains.into_iter().find(|domain| domain.id.to_string() == id).unwrap().id;
        let requirements =
            baseline().requirements.into_iter().filter(|requirement| requirement.domain == Some(domain)).count();
        let components = baseline().components.into_iter().filter(|component| component.domain == Some(domain)).count();
        (requirements, components)
    };
    assert_eq!(under("BFD05"), (7, 3));
}

#[test]
fn the_later_changes_do_not_meet() {
    let sets = later();
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        assert_eq!(collisions(&baseline(), &sets[one], &sets[other]).unwrap(), [], "{one} {other}");
    }
}

#[test]
fn what_is_missing_keeps_a_sprint_from_being_published() {
    let sip = || ready(drafted(1, "  - remove: { item: SSI-FR-16, reason: Unused. }\n"));
    let refused = |sips: Vec<PublishedSip>| publish(&small(), sips, &[], day("2025-12-01")).unwrap_err().to_string();
    assert_eq!(refused(Vec::new()), "name the SIPs of the sprint, at least one");
    assert_eq!(refused(vec![sip(), sip()]), "SIP-0001 is named twice");
    let mut unanswered = sip();
    unanswered.duties.0.remove(&Duty::OfferOfTesting);
    assert_eq!(refused(vec![unanswered]), "SIP-0001 still needs an answer on the offer of testing");
    let undecided = PublishedSip { determinations: Vec::new(), ..sip() };
    assert!(refused(vec![undecided]).starts_with("SIP-0001 rests on no determination"));
    assert_eq!(Duty::OfferOfTesting.unfit(Found::NotNeeded), Some("it is always needed; say what was done"));
    assert_eq!(Duty::MaterialRiskConsultation.unfit(Found::NotNeeded), None);
}

#[test]
fn what_contradicts_keeps_a_sprint_from_being_published_until_it_is_settled() {
    use quorate::brd::changes::{Decision, Settlement};
    let to = |number, word: &str| {
        drafted(
            number,
            &format!(
                "  - amend: {{ item: SSI-FR-16, fields: {{ text: {{ becomes: The {word} shall have a calendar. }} }} }}\n"
            ),
        )
    };
    let sips = || vec![ready(to(1, "page")), ready(to(2, "screen"))];
    let NotReady::Conflicts(conflicts) = publish(&small(), sips(), &[], day("2025-12-01")).unwrap_err() else {
        panic!()
    };
    let decision = Decision::Takes(sip(2));
    let settlement = Settlement {
        conflict: conflicts[0].clone(),
        decision,
        by: "dana".to_owned(),
        at: instant(),
        why: "Clearer.".to_owned(),
    };
    let version = publish(&small(), sips(), std::slice::from_ref(&settlement), day("2025-12-01")).unwrap();
    assert_eq!(text(&version.brd, "SSI-FR-16"), "The screen shall have a calendar.");
    assert_eq!(version.settlements, [settlement]);
}

#[test]
fn any_two_versions_are_compared_item_by_item() {
    let version = published(&baseline(), later(), "2025-12-01");
    let mut counts: BTreeMap<How, usize> = BTreeMap::new();
    for differing in difference(&baseline(), &version.brd) {
        *counts.entry(differing.how).or_default() += 1;
    }
    assert_eq!(counts[&How::Retired], 4);
    assert_eq!(counts[&How::Added], 5);
    assert_eq!(counts[&How::Moved], 28 + 12 + 9 + 7);
    assert_eq!(counts[&How::Amended], 27);
    assert_eq!(difference(&baseline(), &baseline()), []);
    let back = difference(&version.brd, &baseline());
    assert_eq!(back.iter().filter(|differing| differing.how == How::Restored).count(), 4);
}

#[test]
fn an_item_is_traced_back_to_its_versions_sips_and_determinations() {
    let first = Publication::first(small(), day("2019-06-27"));
    let amend = |live: &Brd, number, id: &str, words: &str| {
        drafted_on(
            live,
            number,
            &format!("  - amend: {{ item: {id}, fields: {{ text: {{ becomes: \"{words}\" }} }} }}\n"),
        )
    };
    let one = published(
        &first.brd,
        vec![amend(&first.brd, 1, "SSI-FR-16", "The schedule shall have a large calendar.")],
        "2020-01-10",
    );
    let other = published(&one.brd, vec![amend(&one.brd, 2, "SSI-FR-6", "The form shall be short.")], "2020-02-10");
    let third = published(
        &other.brd,
        vec![amend(&other.brd, 3, "SSI-FR-16", "The schedule shall have a large, clear calendar.")],
        "2020-03-10",
    );
    let all = [first, one, other, third];

    let found = blame(&all, &item("SSI-FR-16")).unwrap();
    assert_eq!((found.since.to_string(), found.last_changed.to_string()), ("V1.0.9".into(), "V1.0.12".into()));
    let versions: Vec<_> = found.passages.iter().map(|passage| passage.version.to_string()).collect();
    assert_eq!(versions, ["V1.0.9", "V1.0.10", "V1.0.12"]);
    let by = &found.passages[2].by[0];
    assert_eq!((by.sip.as_str(), by.determinations[0].ballot.as_deref()), ("SIP-0003", Some("B-SIP-0003")));
    assert_eq!(found.passages[1].change.fields[&Field::Text].was, "The schedule shall have a calendar.");
    let words: Vec<_> = found.words.iter().map(|word| (word.text.as_str(), word.origin.clone())).collect();
    assert_eq!(
        words,
        [
            ("The schedule shall have a ", Origin::Kept),
            ("large", Origin::Added(vec![sip(1)])),
            (", clear", Origin::Added(vec![sip(3)])),
            (" ", Origin::Added(vec![sip(1)])),
            ("calendar.", Origin::Kept),
        ]
    );
    assert_eq!(blame(&all, &item("SSI-FR-99")), None);
}

#[test]
fn a_change_of_what_the_ssi_does_is_functional() {
    assert_eq!(nature(&drafted(1, "  - remove: { item: SSI-FR-16, reason: Unused. }\n")), ChangeNature::Functional);
    let words = "  - amend: { item: SSI-NFR-1, fields: { text: { becomes: Users shall be authenticated. } } }\n";
    assert_eq!(nature(&drafted(1, words)), ChangeNature::NonFunctional);
    let gone = "  - remove: { item: SSI-NFR-1, reason: Unused. }\n";
    assert_eq!(nature(&drafted(1, gone)), ChangeNature::Functional);
}

#[test]
fn a_change_set_and_a_publication_are_written_and_read_without_loss() {
    let sets = later();
    for set in &sets {
        assert_eq!(&ChangeSet::load("again.yaml", &set.to_yaml()).unwrap(), set);
        let json = serde_json::to_string(set).unwrap();
        assert_eq!(&serde_json::from_str::<ChangeSet>(&json).unwrap(), set);
    }
    let version = published(&baseline(), sets, "2025-12-01");
    let json = serde_json::to_string(&version).unwrap();
    assert_eq!(serde_json::from_str::<Publication>(&json).unwrap(), version);
}

#[test]
fn changing_nothing_gives_the_baseline_back() {
    assert_eq!(merge(&baseline(), &[], &[]).unwrap().brd, baseline());
    assert_eq!(merge(&small(), &[], &[]).unwrap().brd, small());
}

#[test]
fn a_change_set_is_told_with_what_goes_and_what_comes_marked() {
    let set = drafted(
        1,
        "
  - amend: { item: SSI-FR-16, fields: { text: { becomes: The schedule shall have a large calendar. }, moscow: { becomes: Could } } }
  - add: { kind: requirement, says: { heading: New, text: It shall be new. } }
  - retire: { item: BFD05, into: BFD01, reason: Part of it. }
",
    );
    assert_eq!(
        words(&set.told()),
        [
            "SSI-FR-16, MoSCoW: [-Must-]{+Could+}",
            "SSI-FR-16, text: The schedule shall have a {+large +}calendar.",
            "SSI-FR-22, text: {+It shall be new.+}",
            "BFD05: retired into BFD01. Part of it.",
        ]
    );
}
