//! What validation must record of a SIP's impact.

use std::collections::BTreeSet;

use quorate::sip::impacts::{Impact, Impacts, MissingImpact, Relation, Scope};
use quorate::sip::text::{Note, SystemName};
use quorate::sip::{PartyCategory, SipReference};

fn sip(text: &str) -> SipReference {
    SipReference::parse(text).expect("a reference")
}

fn note(text: &str) -> Note {
    Note::parse(text).expect("a note")
}

fn system(text: &str) -> SystemName {
    SystemName::parse(text).expect("a system")
}

fn complete() -> Impacts {
    Impacts {
        systems: [(system("SSI"), Impact::Affected(note("Two screens change"))), (system("DCCKI"), Impact::None)]
            .into(),
        parties: PartyCategory::ALL.into_iter().map(|party| (party, Impact::None)).collect(),
        sips: [
            (sip("SIP-0002"), Relation::Conflicts(note("Both change SSI-FR-53"))),
            (sip("P-2026-0007"), Relation::None),
        ]
        .into(),
    }
}

fn missing(impacts: &Impacts) -> Vec<MissingImpact> {
    let systems = BTreeSet::from([system("SSI"), system("DCCKI")]);
    let under_consideration = ["SIP-0001", "SIP-0002", "P-2026-0007"].map(sip).into();
    let scope = Scope { subject: sip("SIP-0001"), systems: &systems, under_consideration: &under_consideration };
    impacts.missing(&scope)
}

#[test]
fn impacts_that_answer_for_everything_lack_nothing() {
    assert_eq!(missing(&complete()), []);
}

#[test]
fn silence_about_a_system_a_party_or_another_sip_is_reported() {
    let mut impacts = complete();
    impacts.systems.remove(&system("DCCKI"));
    impacts.parties.remove(&PartyCategory::Dcc);
    impacts.sips.remove(&sip("P-2026-0007"));
    let words: Vec<_> = missing(&impacts).iter().map(ToString::to_string).collect();
    assert_eq!(
        words,
        [
            "record the impact on DCCKI, or that there is none",
            "record the impact on DCC, or that there is none",
            "record how it stands to P-2026-0007, or that they are unrelated",
        ]
    );
}

#[test]
fn a_sip_need_not_be_assessed_against_itself() {
    let words: Vec<_> = missing(&Impacts::default()).iter().map(ToString::to_string).collect();
    assert_eq!(words.len(), 2 + 6 + 2);
    assert!(!words.iter().any(|words| words.contains("SIP-0001")));
}

#[test]
fn conflicts_are_told_apart_from_other_relations() {
    let impacts = complete();
    let conflicts: Vec<_> = impacts.conflicts().map(|(sip, note)| format!("{sip}: {note}")).collect();
    assert_eq!(conflicts, ["SIP-0002: Both change SSI-FR-53"]);
}

#[test]
fn impacts_survive_storage_as_json() {
    let json = serde_json::to_string(&complete()).expect("impacts serialise");
    assert_eq!(serde_json::from_str::<Impacts>(&json).expect("impacts"), complete());
    assert!(serde_json::from_str::<Impacts>(r#"{"sips": {"SIP-0002": {"overlaps": ""}}}"#).is_err());
}
