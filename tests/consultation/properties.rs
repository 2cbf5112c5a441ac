use proptest::prelude::*;
use quorate::consultation::{Category, Collation, RawEffect, RawResponse, Respondent, Response, Shown};

use super::{collated, raw, respondent, response};

/// A word that occurs nowhere else, so that it can be searched for.
fn telling(who: usize, what: &str, text: &str) -> String {
    format!("\u{2b25}{who}-{what}\u{2b25}{text}")
}

fn parties() -> impl Strategy<Value = Vec<Respondent>> {
    let category = prop::sample::select(&Category::ALL[..]);
    prop::collection::vec(category, 1..8).prop_map(|categories| {
        let named = |(index, category)| respondent(&format!("party-{index}"), &format!("Party {index}"), category);
        categories.into_iter().enumerate().map(named).collect()
    })
}

/// What a Party says everywhere it can, and which parts of it are confidential.
fn said(who: usize, text: &str, confidential: &[String]) -> RawResponse {
    let tell = |what: &str| telling(who, what, text);
    let mut given = raw(&[]);
    for number in ["Q1", "Q2", "Q3", "Q4", "Q5"] {
        let answer = super::answer(&tell(&format!("{number}.answer")), &tell(&format!("{number}.rationale")));
        given.answers.insert(number.to_owned(), answer);
    }
    for sip in ["SIP-0001", "SIP-0002"] {
        let effect = RawEffect { impact: tell(&format!("{sip}.impact")), cost: tell(&format!("{sip}.cost")) };
        given.sips.insert(sip.to_owned(), effect);
    }
    given.comments = tell("comments");
    given.confidential.parts = confidential.iter().map(|part| (part.clone(), "Ours.".to_owned())).collect();
    given
}

const PARTS: &[&str] = &[
    "Q1.answer",
    "Q1.rationale",
    "Q2.answer",
    "Q2.rationale",
    "Q5.answer",
    "Q5.rationale",
    "SIP-0001.impact",
    "SIP-0002.cost",
    "comments",
];

fn confidential() -> impl Strategy<Value = Vec<String>> {
    prop::sample::subsequence(PARTS, 0..PARTS.len()).prop_map(|parts| parts.into_iter().map(str::to_owned).collect())
}

/// Each Party with a text and what is confidential in it.
type Case = (Vec<Respondent>, Vec<(String, Vec<String>)>);

fn case() -> impl Strategy<Value = Case> {
    parties().prop_flat_map(|parties| {
        let each = ("[a-zA-Z \\n\\t<>&\"'\u{e9}\u{201c}]{0,40}", confidential());
        let count = parties.len();
        (Just(parties), prop::collection::vec(each, count))
    })
}

fn responses((parties, texts): &Case) -> Vec<Response> {
    let each = |(who, (party, (text, parts))): (usize, (&Respondent, &(String, Vec<String>)))| {
        response(party.clone(), &said(who, text, parts))
    };
    parties.iter().zip(texts).enumerate().map(each).collect()
}

/// Every text shown, in order.
fn texts(collation: &Collation) -> Vec<String> {
    let mut texts = Vec::new();
    let mut add = |shown: &Shown<String>| texts.extend(shown.shown().cloned());
    for section in &collation.sections {
        for row in section.questions.iter().flat_map(|table| &table.rows) {
            add(&row.answer);
            add(&row.rationale);
        }
        for felt in &section.felt {
            add(&felt.impact);
            add(&felt.cost);
        }
    }
    for comment in &collation.comments {
        add(&comment.comments);
    }
    texts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_collation_loses_and_alters_no_text(case in case()) {
        let mut expected: Vec<String> = case.1.iter().enumerate().flat_map(|(who, (text, _))| {
            let given = said(who, text, &[]);
            let answers = given.answers.into_values().flat_map(|answer| [answer.answer, answer.rationale]);
            let effects = given.sips.into_values().flat_map(|effect| [effect.impact, effect.cost]);
            answers.chain(effects).chain([given.comments]).collect::<Vec<_>>()
        }).collect();
        let mut found = texts(&collated(&responses(&case)));
        expected.sort();
        found.sort();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn the_public_copy_holds_nothing_confidential_and_everything_else(case in case()) {
        let public = collated(&responses(&case)).public();
        let everything = format!("{}{}", serde_json::to_string(&public).unwrap(), public.canonical());
        let shown = texts(&public).concat();
        for (who, (_, parts)) in case.1.iter().enumerate() {
            for part in PARTS {
                let word = telling(who, part, "");
                if parts.iter().any(|confidential| confidential == part) {
                    prop_assert!(!everything.contains(&word), "{} of party {} is public", part, who);
                } else {
                    prop_assert!(shown.contains(&word), "{} of party {} is lost", part, who);
                }
            }
        }
    }

    #[test]
    fn the_order_in_which_responses_came_changes_nothing(case in case(), turn in 0_usize..8) {
        let mut given = responses(&case);
        let first = collated(&given);
        let len = given.len();
        given.rotate_left(turn % len);
        prop_assert_eq!(collated(&given), first);
    }

    #[test]
    fn any_change_of_any_text_changes_the_digest(case in case(), which in any::<prop::sample::Index>(), added in "[a-z ]") {
        let before = collated(&responses(&case));
        let json = serde_json::to_string(&before).unwrap();
        let words: Vec<String> = texts(&before);
        let word = which.get(&words);
        let quoted = serde_json::to_string(word).unwrap();
        let altered = json.replacen(&quoted, &serde_json::to_string(&format!("{word}{added}")).unwrap(), 1);
        let after: Collation = serde_json::from_str(&altered).unwrap();
        prop_assert_ne!(after.recomputed(), before.digest);
    }
}
