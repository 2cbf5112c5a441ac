use std::collections::BTreeMap;

use quorate::consultation::{Part, RawConsideration, RawRefinement, consider};

use super::{collated, northwind, raw, response};

fn refinement(sip: &str, because_of: &[&str]) -> RawRefinement {
    RawRefinement {
        sip: sip.to_owned(),
        change: "The filter also works on closed incidents.".to_owned(),
        because_of: because_of.iter().map(|source| (*source).to_owned()).collect(),
    }
}

fn unchanged(sips: &[&str]) -> BTreeMap<String, String> {
    sips.iter().map(|sip| ((*sip).to_owned(), "Every response supports it as it is.".to_owned())).collect()
}

fn places(raw_consideration: &RawConsideration) -> Vec<String> {
    let collation = collated(&[response(northwind(), &raw(&[("Q1", "Yes", "")]))]);
    consider(raw_consideration, &collation).unwrap_err().0.into_iter().map(|fault| fault.place).collect()
}

#[test]
fn each_refinement_points_at_the_responses_behind_it() {
    let collation = collated(&[response(northwind(), &raw(&[("Q1", "Yes", "")]))]);
    let given = RawConsideration {
        refinements: vec![refinement("SIP-0001", &["northwind Q1", "northwind comments"])],
        unchanged: unchanged(&["SIP-0002"]),
    };
    let considered = consider(&given, &collation).unwrap();
    assert_eq!(considered.refinements[0].because_of[0].part, Part::Question("Q1".parse().unwrap()));
    assert_eq!(considered.unchanged.len(), 1);
}

#[test]
fn every_sip_is_refined_or_left_as_it_is_with_a_reason() {
    let half = RawConsideration { unchanged: unchanged(&["SIP-0001"]), ..RawConsideration::default() };
    assert_eq!(places(&half), ["unchanged.SIP-0002"]);
    let mut blank = unchanged(&["SIP-0001", "SIP-0002"]);
    blank.insert("SIP-0002".to_owned(), "  ".to_owned());
    assert_eq!(places(&RawConsideration { unchanged: blank, ..RawConsideration::default() }), ["unchanged.SIP-0002"]);
    let both = RawConsideration {
        refinements: vec![refinement("SIP-0001", &["northwind Q1"])],
        unchanged: unchanged(&["SIP-0001", "SIP-0002"]),
    };
    assert_eq!(places(&both), ["unchanged.SIP-0001"]);
}

#[test]
fn a_refinement_without_a_response_or_with_one_that_was_not_given_is_refused() {
    for because_of in [&[][..], &["albion-gas Q1"], &["northwind Q77"], &["northwind"], &["northwind SIP-0009.cost"]] {
        let given = RawConsideration {
            refinements: vec![refinement("SIP-0001", because_of)],
            unchanged: unchanged(&["SIP-0002"]),
        };
        assert_eq!(places(&given), ["refinements[0].because_of"], "{because_of:?}");
    }
}

#[test]
fn a_sip_that_is_not_in_the_consultation_cannot_be_refined() {
    let given = RawConsideration {
        refinements: vec![refinement("SIP-0009", &["northwind Q1"])],
        unchanged: unchanged(&["SIP-0001", "SIP-0002"]),
    };
    assert_eq!(places(&given), ["refinements[0].sip"]);
}
