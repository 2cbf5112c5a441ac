//! The proposal itself: the form, and the values beside it.
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests fail the test by panicking, as the tests do")]

use std::collections::BTreeSet;

use quorate::sip::{
    AddedRequirement, ChangeType, ConfidentialPart, Confidentiality, CostBand, Dependency, FieldErrors, PartyCategory,
    RawSipForm, SipForm, Timescale, Urgency,
};

#[path = "sip/faulty.rs"]
mod faulty;
#[path = "sip/ids.rs"]
mod ids;
#[path = "sip/impacts.rs"]
mod impacts;
#[path = "sip/money.rs"]
mod money;
#[path = "sip/priority.rs"]
mod priority;
#[path = "sip/route.rs"]
mod route;
#[path = "sip/text.rs"]
mod text;

const FORMS: [(&str, &str); 12] = [
    ("a", include_str!("../fixtures/sip-forms/sip-a.yaml")),
    ("b", include_str!("../fixtures/sip-forms/sip-b.yaml")),
    ("c", include_str!("../fixtures/sip-forms/sip-c.yaml")),
    ("d", include_str!("../fixtures/sip-forms/sip-d.yaml")),
    ("e", include_str!("../fixtures/sip-forms/sip-e.yaml")),
    ("f", include_str!("../fixtures/sip-forms/sip-f.yaml")),
    ("g", include_str!("../fixtures/sip-forms/sip-g.yaml")),
    ("h", include_str!("../fixtures/sip-forms/sip-h.yaml")),
    ("i", include_str!("../fixtures/sip-forms/sip-i.yaml")),
    ("j", include_str!("../fixtures/sip-forms/sip-j.yaml")),
    ("k", include_str!("../fixtures/sip-forms/sip-k.yaml")),
    ("l", include_str!("../fixtures/sip-forms/sip-l.yaml")),
];

fn raw(yaml: &str) -> RawSipForm {
    serde_yaml::from_str(yaml).expect("the form is YAML with known field names")
}

fn form(key: &str) -> SipForm {
    raw(yaml(key)).parse().unwrap_or_else(|errors| panic!("sip-{key} is faulty:\n{errors}"))
}

fn yaml(key: &str) -> &'static str {
    FORMS.iter().find(|(name, _)| *name == key).expect("the fixture exists").1
}

/// Form g after one change, which must make it faulty.
fn faults(change: impl FnOnce(&mut RawSipForm)) -> FieldErrors {
    let mut raw = raw(yaml("g"));
    change(&mut raw);
    raw.parse().expect_err("the form is faulty")
}

/// Form g after one change that leaves it complete.
fn changed(change: impl FnOnce(&mut RawSipForm)) -> SipForm {
    let mut raw = raw(yaml("g"));
    change(&mut raw);
    raw.parse().unwrap_or_else(|errors| panic!("{errors}"))
}

fn fields(errors: &FieldErrors) -> Vec<&str> {
    errors.iter().map(|error| error.field.as_str()).collect()
}

#[test]
fn all_twelve_fixture_sips_can_be_proposed() {
    use CostBand::{Large, Medium, Small};
    let bands: Vec<_> =
        FORMS.iter().map(|(key, _)| form(key).anticipated_cost.expect("every fixture has a cost").band()).collect();
    let expected = [Small, Medium, Small, Large, Small, Medium, Small, Medium, Small, Small, Small, Small];
    assert_eq!(bands, expected);
}

#[test]
fn a_form_survives_storage_as_json() {
    for (key, _) in FORMS {
        let form = form(key);
        let json = serde_json::to_string(&form).expect("a form can be stored");
        let read: SipForm = serde_json::from_str(&json).expect("a stored form can be read");
        assert_eq!(read, form, "sip-{key}");
    }
}

#[test]
fn stored_json_is_checked_again_when_it_is_read() {
    let mut json = serde_json::to_value(form("d")).expect("a form can be stored");
    json["timescale"]["effort_in_window"]["window"]["end"] = "2026-01-01".into();
    let error = serde_json::from_value::<SipForm>(json).expect_err("the window is reversed");
    assert_eq!(error.to_string(), "the last day, 2026-01-01, is before the first, 2026-02-23");
}

#[test]
fn a_form_as_typed_survives_storage_as_json() {
    for (key, yaml) in FORMS {
        let typed = raw(yaml);
        let json = serde_json::to_string(&typed).expect("a form can be stored");
        let read: RawSipForm = serde_json::from_str(&json).expect("a stored form can be read");
        assert_eq!(read, typed, "sip-{key}");
    }
}

#[test]
fn json_may_give_answers_and_weeks_as_booleans_and_numbers() {
    let json =
        r#"{"urgent": true, "timescale": {"develop_weeks": 3}, "changes": {"connection": false}, "benefits": null}"#;
    let typed: RawSipForm = serde_json::from_str(json).expect("these are known fields");
    assert_eq!(typed.urgent.as_deref(), Some("yes"));
    assert_eq!(typed.timescale.develop_weeks.as_deref(), Some("3"));
    assert_eq!(typed.changes.connection.as_deref(), Some("no"));
    assert!(typed.benefits.is_empty());
}

#[test]
fn headings_with_nothing_under_them_count_as_blank() {
    let typed = raw("proposer:\nbenefits:\ntimescale:\nanticipated_cost:\nurgent:\n");
    assert_eq!(typed, RawSipForm::default());
}

#[test]
fn the_category_is_kept_as_stated_and_as_understood() {
    let form = changed(|raw| raw.proposer.category = Some("Gas Network Parties".to_owned()));
    assert_eq!(form.proposer.category.stated.as_str(), "Gas Network Parties");
    assert_eq!(form.proposer.category.category, PartyCategory::GasNetworkOperator);
}

#[test]
fn every_category_reads_back_what_it_displays() {
    for category in PartyCategory::ALL {
        assert_eq!(PartyCategory::parse(&category.to_string()), Ok(category));
    }
}

#[test]
fn requirements_are_normalised_and_sorted() {
    let form = changed(|raw| {
        raw.requirements.amend = ["ssi_fr_7", "SSI-FR-6A", "SSI-FR-6"].map(str::to_owned).to_vec();
    });
    let amended: Vec<_> = form.change.amend.iter().map(ToString::to_string).collect();
    assert_eq!(amended, ["SSI-FR-6", "SSI-FR-6a", "SSI-FR-7"]);
}

#[test]
fn a_proposer_need_not_know_any_requirement() {
    let form = changed(|raw| raw.requirements = quorate::sip::RawRequirements::default());
    assert!(!form.change.names_requirements());
}

#[test]
fn a_removal_may_amend_the_requirement_that_described_what_goes() {
    let change = form("l").change;
    assert_eq!((change.change_type, change.amend.len(), change.remove.len()), (ChangeType::Remove, 1, 0));
}

#[test]
fn a_new_requirement_is_its_wording_or_a_number_already_allocated() {
    let added = form("c").change.add;
    assert!(added.iter().all(|added| matches!(added, AddedRequirement::Numbered(_))));
    assert!(matches!(form("f").change.add.as_slice(), [AddedRequirement::Wording(_)]));
}

#[test]
fn the_domain_claimed_is_not_repeated_among_the_others() {
    let form = changed(|raw| raw.other_domains = vec!["BFD07".to_owned(), "BFD-1".to_owned()]);
    assert_eq!(form.other_domains.iter().map(ToString::to_string).collect::<Vec<_>>(), ["BFD01"]);
}

#[test]
fn a_timescale_is_effort_or_dates_or_both() {
    assert!(matches!(form("g").timescale, Timescale::Effort(_)));
    assert!(matches!(form("d").timescale, Timescale::EffortInWindow { .. }));
    let dates_alone = changed(|raw| {
        raw.timescale.develop_weeks = None;
        raw.timescale.deploy_weeks = None;
        raw.timescale.window.start = Some("2026-02-23".to_owned());
        raw.timescale.window.end = Some("2026-02-23".to_owned());
    });
    assert_eq!(dates_alone.timescale.effort(), None);
    assert_eq!(dates_alone.timescale.window().map(|window| window.start() == window.end()), Some(true));
}

#[test]
fn urgency_needs_a_reason() {
    assert!(matches!(form("k").urgency, Urgency::Claimed { .. }));
    let errors = faults(|raw| raw.urgent = Some("yes".to_owned()));
    assert_eq!(fields(&errors), ["urgency_reason"]);
}

#[test]
fn confidentiality_needs_a_reason_and_for_a_part_the_fields() {
    let Confidentiality::Part { parts, .. } = form("k").confidentiality else { panic!("part is confidential") };
    assert_eq!(parts, BTreeSet::from([ConfidentialPart::Contact]));
    let errors = faults(|raw| raw.confidentiality.extent = Some("part".to_owned()));
    assert_eq!(fields(&errors), ["confidentiality.reason", "confidentiality.parts"]);
    let errors = faults(|raw| raw.confidentiality.extent = Some("whole".to_owned()));
    assert_eq!(fields(&errors), ["confidentiality.reason"]);
}

#[test]
fn a_single_end_of_the_cost_is_not_enough() {
    assert_eq!(fields(&faults(|raw| raw.anticipated_cost.high = None)), ["anticipated_cost.high"]);
    assert_eq!(changed(|raw| raw.anticipated_cost = quorate::sip::RawCost::default()).anticipated_cost, None);
}

#[test]
fn a_dependency_is_a_sip_or_words() {
    let given = ["sip 3", "P-2026-0004", "P-2 meters are replaced first"].map(str::to_owned).to_vec();
    let depends_on = changed(|raw| raw.depends_on = given).depends_on;
    let is_sip: Vec<_> = depends_on.iter().map(|dependency| matches!(dependency, Dependency::Sip(_))).collect();
    assert_eq!(is_sip, [true, true, false]);
}

#[test]
fn a_resubmission_names_the_earlier_sip() {
    let form = changed(|raw| raw.resubmission_of = Some("sip-12".to_owned()));
    assert_eq!(form.resubmission_of.map(|earlier| earlier.to_string()).as_deref(), Some("SIP-0012"));
}
