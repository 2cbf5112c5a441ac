//! Faulty forms: what is reported and in which words.

use quorate::sip::RawSipForm;

use super::{faults, raw};

const EVERY_FIELD: &str = include_str!("../../fixtures/sip-forms/faulty/every-field.yaml");
const CONTRADICTIONS: &str = include_str!("../../fixtures/sip-forms/faulty/contradictions.yaml");
const UNKNOWN_FIELD: &str = include_str!("../../fixtures/sip-forms/faulty/unknown-field.yaml");

#[test]
fn an_empty_form_names_everything_that_is_missing_at_once() {
    let errors = RawSipForm::default().parse().expect_err("nothing is filled in");
    insta::assert_snapshot!(errors, @r#"
    proposer.organisation: this is missing; name your organisation
    proposer.category: this is missing; name its Party category, such as Large Supplier
    proposer.contact.name: this is missing; name the person DCC should ask
    proposer.contact.email: this is missing; give the address DCC should answer to
    title: this is missing; say in one line what is proposed
    description: this is missing; say what should change and why
    benefits: this is missing; give at least one benefit
    impacted_parties: this is missing; name at least one Party category, such as Large Supplier
    change_type: this is missing; write add, amend or remove
    domain: this is missing; name the Business Functional Domain, such as BFD01
    systems: this is missing; name at least one DCC System, such as SSI
    timescale: this is missing; give the weeks to develop and deploy, or the dates wanted
    changes.connection: this is missing; answer yes or no
    changes.access_rights: this is missing; answer yes or no
    changes.role_and_domain_tables: this is missing; answer yes or no
    "#);
}

#[test]
fn every_faulty_field_is_reported_at_once() {
    let errors = raw(EVERY_FIELD).parse().expect_err("every field is faulty");
    insta::assert_snapshot!(errors, @r#"
    proposer.organisation: this is missing; name your organisation
    proposer.category: "Network Party" may be either of two categories; write Electricity Network Operator or Gas Network Operator
    proposer.contact.name: line 1 has a line break at character 4; write it on one line
    proposer.contact.email: an address cannot hold '\r'; write the address alone, such as name@example.org
    title: line 1 has the invisible character U+0007 (bell) at character 8; take it out
    description: this is missing; say what should change and why
    benefits: this is missing; give at least one benefit
    impacted_parties[1]: "Householder" is not a Party category; write one of: Large Supplier, Small Supplier, Electricity Network Operator, Gas Network Operator, Other SEC Party, DCC
    change_type: "replace" is not a type of change; write add, amend or remove
    requirements.amend[1]: "SSI-XR-1" is not a requirement id; write it like SSI-FR-6a or SSI-NFR-12
    requirements.amend[2]: "SSI-FR-0" has a number that a requirement id cannot have; use a number from 1 to 9999
    requirements.remove: SSI-FR-6 is to be amended as well; leave it in one of the two lists
    requirements.add: SSI-FR-90 is added twice; leave it in once
    requirements.add: SSI-FR-6 is to be amended or removed as well; add it under another id
    functional_components[0]: "Login" is not a functional component id; write it like UC_Login_001
    domain: "BFD00" has a number that a Business Functional Domain cannot have; use a number from 1 to 99
    other_domains[0]: "Domain 5" is not a Business Functional Domain; write it like BFD01
    systems: this is missing; name at least one DCC System, such as SSI
    timescale.develop_weeks: "1.5" is not a number of weeks; write a whole number from 0 to 520
    timescale.deploy_weeks: this is missing; give the weeks to deploy
    timescale.window.start: "08/05/2026" is not a date; write year, month and day, such as 2026-02-23, between 2019 and 2099
    timescale.window.end: "2026-02-30" is not a date; write year, month and day, such as 2026-02-23, between 2019 and 2099
    urgent: "perhaps" is not an answer; answer yes or no
    confidentiality.reason: this is missing; say why it should be kept from publication
    confidentiality.parts[0]: "title" is not a field that can be kept from publication; write contact, description, benefits, requirements, systems, timescale, urgency_reason or anticipated_cost
    anticipated_cost.low: € is not pounds sterling; convert it and write pounds sterling
    anticipated_cost.high: 'k' does not belong in an amount; use only digits, commas and a point, such as 1,234.50
    depends_on[0]: "SIP-0000" has a number that a SIP number cannot have; use a number from 1 to 999999
    depends_on[1]: "SIP-12a" is not a SIP number or provisional reference; write it like SIP-0001 or P-2026-0001
    resubmission_of: "our last one" is not a SIP number or provisional reference; write it like SIP-0001 or P-2026-0001
    changes.connection: "maybe" is not an answer; answer yes or no
    changes.role_and_domain_tables: this is missing; answer yes or no
    "#);
}

#[test]
fn fields_that_contradict_each_other_are_reported() {
    let errors = raw(CONTRADICTIONS).parse().expect_err("some fields contradict others");
    insta::assert_snapshot!(errors, @r#"
    change_type: this says add, but no requirement is listed for that; correct the type or the lists of requirements
    timescale.window: the last day, 2026-02-23, is before the first, 2026-05-08; exchange the two dates or correct one
    urgency_reason: there is a reason but urgency is not claimed; write urgent: yes, or take the reason out
    confidentiality.extent: something is said about confidentiality but none is asked; write part or whole, or take the parts and the reason out
    anticipated_cost: the low end, £2,000, is above the high end, £1,000; exchange the two
    "#);
}

#[test]
fn a_mistyped_field_name_is_refused() {
    let error = serde_yaml::from_str::<RawSipForm>(UNKNOWN_FIELD).expect_err("there is no such field");
    assert!(error.to_string().starts_with("unknown field `titel`, expected one of `proposer`, `title`"), "{error}");
}

#[test]
fn field_errors_serialise_with_field_reason_and_mend() {
    let errors = faults(|raw| raw.title = None);
    let expected = serde_json::json!([
        {"field": "title", "what": "this is missing", "mend": "say in one line what is proposed"}
    ]);
    assert_eq!(serde_json::to_value(&errors).expect("errors serialise"), expected);
    assert_eq!((errors.len(), errors.of("title").count(), errors.of("domain").count()), (1, 1, 0));
}

#[test]
fn an_endless_list_is_refused_without_an_error_for_each_item() {
    let errors = faults(|raw| raw.benefits = vec!["More".to_owned(); 100_000]);
    assert_eq!(errors.to_string(), "benefits: this has 100000 items; give at most 50");
}
