use std::collections::BTreeMap;

use quorate::consultation::{
    Admitted, Audience, Category, Collation, Group, Issued, RawEffect, RawResponse, Response, Shown, Timing, Verified,
    WhyAside, collate,
};

use super::{
    albion, collated, date, decide_late, fenland, issued, northwind, raw, respondent, response, says, sip, submit,
};

fn three() -> Vec<Response> {
    vec![
        response(albion(), &raw(&[("Q1", "Flexible", ""), ("Q5", "no", "Q5 is clear.")])),
        response(northwind(), &raw(&[("Q1", "Yes", "It saves time.")])),
        response(fenland(), &raw(&[("Q1", "YES", ""), ("Q2", "1 week", "")])),
    ]
}

fn whole_confidential(text: &str) -> RawResponse {
    let mut given = raw(&[("Q1", text, text)]);
    given.sips.insert("SIP-0001".to_owned(), RawEffect { impact: text.to_owned(), cost: text.to_owned() });
    text.clone_into(&mut given.comments);
    given.confidential.whole = Some("It names our prices.".to_owned());
    given
}

#[test]
fn respondents_stand_in_one_order_in_every_table_by_category_and_name() {
    let collation = collated(&three());
    for section in &collation.sections {
        for table in &section.questions {
            let names: Vec<_> = table.rows.iter().map(|row| row.respondent.party.to_string()).collect();
            assert_eq!(names, ["northwind", "fenland", "albion-gas"], "{}", table.question.number);
        }
    }
    assert_eq!(collation.comments.len(), 3);
}

#[test]
fn questions_are_numbered_through_the_document_and_stand_under_their_sip() {
    let collation = collated(&three());
    let places: Vec<_> = collation
        .sections
        .iter()
        .map(|section| {
            let sip = section.sip.as_ref().map_or("whole", |sip| sip.as_str());
            (sip, section.questions.iter().map(|table| table.question.number.to_string()).collect::<Vec<_>>().join(" "))
        })
        .collect();
    assert_eq!(
        places,
        [("SIP-0001", "Q1 Q2".to_owned()), ("SIP-0002", "Q3 Q4".to_owned()), ("whole", "Q5".to_owned())]
    );
}

#[test]
fn a_blank_answer_and_a_blank_rationale_are_listed_blank() {
    let collation = collated(&three());
    let row = &collation.sections[0].questions[1].rows[0];
    assert_eq!((row.answer.text(), row.rationale.text()), ("", ""));
}

#[test]
fn answers_are_counted_by_category_and_printed_with_both_networks_as_one() {
    let tallies = &collated(&three()).sections[0].questions[0].tally;
    let yes = tallies.iter().find(|tally| tally.group == Group::Yes).unwrap();
    assert_eq!(yes.counts, [(Category::LargeSupplier, 1), (Category::ElectricityNetworkOperator, 1)].into());
    assert_eq!(yes.printed(), [("Large Supplier", 1), ("Network Party", 1)]);
    let other = tallies.iter().find(|tally| tally.group == Group::Other).unwrap();
    assert_eq!((other.total(), other.printed()), (1, vec![("Network Party", 1)]));
}

#[test]
fn only_a_bare_word_is_counted_as_what_it_says() {
    let rows = [
        ("Yes", Group::Yes),
        (" yes\n", Group::Yes),
        ("NO", Group::No),
        ("Neutral", Group::Neutral),
        ("Unknown", Group::Unknown),
        ("n/a", Group::NotApplicable),
        ("", Group::Blank),
        ("Yes, but", Group::Other),
        ("1 week", Group::Other),
        ("As per consultation document.", Group::Other),
        ("Flexible", Group::Other),
    ];
    for (answer, group) in rows {
        assert_eq!(Group::of(answer), group, "{answer}");
    }
}

#[test]
fn parties_that_did_not_respond_are_listed_apart() {
    let collation = collated(&three()[..1]);
    let silent: Vec<_> = collation.silent.iter().map(|one| one.party.to_string()).collect();
    assert_eq!(silent, ["northwind", "fenland"]);
}

#[test]
fn a_late_response_is_marked_late_once_admitted_and_stands_apart_until_then() {
    let mut late = Response::default();
    submit(&mut late, northwind(), Timing::Late, &raw(&[("Q1", "Yes", "Late but clear.")]));
    let waiting = collated(std::slice::from_ref(&late));
    assert_eq!((waiting.comments.len(), &waiting.aside[0].why), (0, &WhyAside::Undecided));
    assert!(!waiting.silent.iter().any(|one| one.party == northwind().party), "it was not silent");
    decide_late(&mut late, 1, Admitted::Yes);
    let admitted = collated(&[late]);
    assert_eq!((admitted.sections[0].questions[0].rows[0].timing, admitted.aside.len()), (Timing::Late, 0));
}

#[test]
fn what_was_said_of_a_sip_that_left_is_kept_with_the_reason_it_left() {
    let left = BTreeMap::from([(sip(1), says("Withdrawn by its proposer."))]);
    let collation = collate(&issued(), &left, date("2026-07-22"), &three());
    assert_eq!(collation.sections[0].left, Some(says("Withdrawn by its proposer.")));
    assert_eq!(collation.sections[0].questions[0].rows[0].rationale.text(), "It saves time.");
    assert_eq!(collation.sections[1].questions[0].question.number.to_string(), "Q3", "no number has moved");
}

#[test]
fn the_public_sees_a_mark_where_confidential_words_stood_and_nothing_of_their_length() {
    let short = collated(&[response(northwind(), &whole_confidential("Aye"))]).public();
    let long = collated(&[response(northwind(), &whole_confidential(&"Ours alone. ".repeat(500)))]).public();
    let without_digests =
        |collation: &Collation| Collation { digest: String::new(), whole_digest: String::new(), ..collation.clone() };
    assert_eq!(without_digests(&short), without_digests(&long));
    let row = &short.sections[0].questions[0].rows[0];
    assert_eq!((&row.answer, row.rationale.text()), (&Shown::Withheld, "[withheld: confidential]"));
    assert_eq!(short.sections[0].questions[0].tally[0].group, Group::Withheld);
}

#[test]
fn the_deciding_body_sees_every_word_marked_confidential_with_its_reason() {
    let collation = collated(&[response(northwind(), &whole_confidential("Aye"))]);
    assert_eq!(collation.sections[0].questions[0].rows[0].answer, Shown::Confidential("Aye".to_owned()));
    assert_eq!(collation.reasons[0].2, says("It names our prices."));
    assert!(collation.public().reasons.is_empty());
}

#[test]
fn parts_are_withheld_one_by_one() {
    let mut given = raw(&[("Q1", "Yes", "Secret because."), ("Q2", "No", "Open because.")]);
    given.confidential.parts.insert("Q1.rationale".to_owned(), "Prices.".to_owned());
    let public = collated(&[response(northwind(), &given)]).public();
    let tables = &public.sections[0].questions;
    assert_eq!((tables[0].rows[0].answer.text(), &tables[0].rows[0].rationale), ("Yes", &Shown::Withheld));
    assert_eq!(tables[1].rows[0].rationale.text(), "Open because.");
}

#[test]
fn anybody_can_see_from_either_copy_that_nothing_was_altered() {
    let whole = collated(&three());
    assert_eq!(whole.verify(), Verified::Whole);
    let public = whole.public();
    assert_eq!((public.audience, public.verify()), (Audience::Public, Verified::PublicCopy));
    assert_eq!(public.whole_digest, whole.digest, "the public copy states the digest of the whole");
    let mut altered = whole.clone();
    altered.sections[0].questions[0].rows[0].rationale = Shown::Given("It saves time!".to_owned());
    assert!(matches!(altered.verify(), Verified::Altered { .. }));
    let mut pretending = public;
    pretending.whole_digest = "0".repeat(64);
    assert!(matches!(pretending.verify(), Verified::Altered { .. }));
}

#[test]
fn a_withheld_word_cannot_be_guessed_by_the_digest() {
    let responses = [response(northwind(), &whole_confidential("Yes"))];
    let whole = |salt: &str| {
        let issued = Issued { salt: salt.to_owned(), ..issued() };
        collate(&issued, &BTreeMap::new(), date("2026-07-22"), &responses)
    };
    assert_ne!(whole("one").digest, whole("two").digest);
    assert_eq!(whole("one").public().salt, None);
}

#[test]
fn a_copy_read_back_from_storage_still_verifies() {
    let whole = collated(&three());
    let read: Collation = serde_json::from_str(&serde_json::to_string(&whole).unwrap()).unwrap();
    assert_eq!((read.verify(), read), (Verified::Whole, whole));
}

#[test]
fn respondents_of_the_same_name_keep_an_order() {
    let twin = |party| respondent(party, "Twin", Category::OtherSecParty);
    let given = raw(&[("Q1", "Yes", "")]);
    let one = collated(&[response(twin("b"), &given), response(twin("a"), &given)]);
    let other = collated(&[response(twin("a"), &given), response(twin("b"), &given)]);
    assert_eq!(one.digest, other.digest);
}
