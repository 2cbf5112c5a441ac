//! Two changed versions of one text become one, or a question for a person.

use proptest::prelude::*;
use quorate::redline::merge::{Conflict, Origin, Part, merge};

#[test]
fn edits_in_different_places_are_both_taken() {
    let merged = merge(
        "The user shall log in and see a list.",
        "The Party shall log in and see a list.",
        "The user shall log in and see a table.",
    );
    assert_eq!(merged.text().as_deref(), Some("The Party shall log in and see a table."));
}

#[test]
fn each_word_says_where_it_comes_from() {
    let merged = merge("one two three four", "uno two three four", "one two three");
    assert_eq!(
        merged.parts,
        [
            Part::Removed("one", Origin::Ours),
            Part::Added("uno", Origin::Ours),
            Part::Kept(" two three"),
            Part::Removed(" four", Origin::Theirs),
        ]
    );
}

#[test]
fn the_same_edit_on_both_sides_is_made_once() {
    let merged = merge("a list of users", "a table of users", "a table of users");
    assert_eq!(
        merged.parts,
        [
            Part::Kept("a "),
            Part::Removed("list", Origin::Both),
            Part::Added("table", Origin::Both),
            Part::Kept(" of users"),
        ]
    );
}

#[test]
fn a_shared_edit_beside_one_that_only_one_side_made_is_no_conflict() {
    let merged = merge("see the red list now", "see the blue table now", "see the blue list now");
    assert_eq!(merged.text(), None, "as one edit of two words it cannot be told apart from another wish");
    let merged = merge("red cars and old lists", "blue cars and new lists", "blue cars and old lists");
    assert_eq!(merged.text().as_deref(), Some("blue cars and new lists"));
}

#[test]
fn neighbouring_words_changed_by_different_sides_are_a_conflict() {
    let merged = merge("within 10 seconds of it", "within 5 seconds of it", "within 10 minutes of it");
    let conflicts: Vec<_> = merged.conflicts().copied().collect();
    assert_eq!(conflicts, [Conflict { base: "10 seconds", ours: "5 seconds", theirs: "10 minutes" }]);
    assert_eq!(merged.text(), None);
}

#[test]
fn two_things_added_at_one_place_are_a_conflict() {
    let merged = merge("It works. It ends.", "It works. It lasts. It ends.", "It works. It is cheap. It ends.");
    let conflicts: Vec<_> = merged.conflicts().copied().collect();
    assert_eq!(conflicts, [Conflict { base: "", ours: "It lasts. ", theirs: "It is cheap. " }]);
}

#[test]
fn one_side_removing_what_the_other_amends_is_a_conflict() {
    let merged =
        merge("Keep this. Drop that whole thing. End.", "Keep this. End.", "Keep this. Drop that entire thing. End.");
    assert_eq!(merged.conflicts().count(), 1);
}

#[test]
fn lines_of_a_list_are_merged_by_line() {
    let merged = merge(
        "The list has:\n- name\n- date\n- status\n",
        "The list has:\n- full name\n- date\n- status\n",
        "The list has:\n- name\n- date\n- state\n- owner\n",
    );
    assert_eq!(merged.text().as_deref(), Some("The list has:\n- full name\n- date\n- state\n- owner\n"));
}

#[test]
fn the_end_of_a_sentence_or_line_keeps_edits_apart() {
    let merged = merge("It is red. Users log in.", "It is blue. Users log in.", "It is red. Parties log in.");
    assert_eq!(merged.text().as_deref(), Some("It is blue. Parties log in."));
    let merged = merge("- red\n- cars\n", "- blue\n- cars\n", "- red\n- vans\n");
    assert_eq!(merged.text().as_deref(), Some("- blue\n- vans\n"));
}

#[test]
fn empty_texts_merge() {
    assert_eq!(merge("", "", "").parts, []);
    assert_eq!(merge("", "new", "").text().as_deref(), Some("new"));
    assert_eq!(merge("old", "", "old").text().as_deref(), Some(""));
}

fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["the", "user", "logs", "in", "10", "seconds", "may", "not", "Party", "list"])
}

/// A text as words with what follows each.
fn words() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    proptest::collection::vec((word(), prop::sample::select(vec![" ", " ", " ", ". ", ", ", "\n"])), 0..25)
}

fn text_of(words: &[(&str, &str)]) -> String {
    words.iter().flat_map(|(word, sign)| [*word, *sign]).collect()
}

/// A text and two versions of it, each with a few edits.
fn versions() -> impl Strategy<Value = (String, String, String)> {
    let edits = || proptest::collection::vec((any::<prop::sample::Index>(), 0..3_u8, word()), 0..4);
    (words(), edits(), edits()).prop_map(|(base, first, second)| {
        let edited = |edits: Vec<(prop::sample::Index, u8, &'static str)>| {
            let mut words = base.clone();
            for (place, what, word) in edits {
                let at = place.index(words.len() + 1);
                match what {
                    0 => words.insert(at, (word, " ")),
                    1 if at < words.len() => drop(words.remove(at)),
                    _ if at < words.len() => words[at].0 = word,
                    _ => {}
                }
            }
            text_of(&words)
        };
        (text_of(&base), edited(first), edited(second))
    })
}

/// What the parts say of the base, of the first version's words and of the second's.
fn rebuilt(parts: &[Part<'_>], side: Origin) -> String {
    let text = |part: &Part<'_>| match part {
        Part::Kept(text) => (*text).to_owned(),
        Part::Removed(text, origin) => {
            if *origin == side || *origin == Origin::Both {
                String::new()
            } else {
                (*text).to_owned()
            }
        }
        Part::Added(text, origin) => {
            if *origin == side || *origin == Origin::Both {
                (*text).to_owned()
            } else {
                String::new()
            }
        }
        Part::Conflict(conflict) => if side == Origin::Ours { conflict.ours } else { conflict.theirs }.to_owned(),
    };
    parts.iter().map(text).collect()
}

fn base_of(parts: &[Part<'_>]) -> String {
    let text = |part: &Part<'_>| match part {
        Part::Kept(text) | Part::Removed(text, _) => (*text).to_owned(),
        Part::Added(..) => String::new(),
        Part::Conflict(conflict) => conflict.base.to_owned(),
    };
    parts.iter().map(text).collect()
}

fn mirrored<'a>(parts: &[Part<'a>]) -> Vec<Part<'a>> {
    let other = |origin: Origin| match origin {
        Origin::Ours => Origin::Theirs,
        Origin::Theirs => Origin::Ours,
        Origin::Both => Origin::Both,
    };
    let mirror = |part: &Part<'a>| match *part {
        Part::Kept(text) => Part::Kept(text),
        Part::Removed(text, origin) => Part::Removed(text, other(origin)),
        Part::Added(text, origin) => Part::Added(text, other(origin)),
        Part::Conflict(Conflict { base, ours, theirs }) => {
            Part::Conflict(Conflict { base, ours: theirs, theirs: ours })
        }
    };
    parts.iter().map(mirror).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_side_that_changed_nothing_leaves_the_other_as_it_is((base, ours, _) in versions()) {
        let (first, second) = (merge(&base, &ours, &base), merge(&base, &base, &ours));
        prop_assert_eq!(first.text(), Some(ours.clone()));
        prop_assert_eq!(second.text(), Some(ours.clone()));
    }

    #[test]
    fn two_equal_versions_are_that_version((base, ours, _) in versions()) {
        prop_assert_eq!(merge(&base, &ours, &ours).text(), Some(ours.clone()));
    }

    #[test]
    fn the_order_of_the_versions_changes_only_their_names((base, ours, theirs) in versions()) {
        prop_assert_eq!(merge(&base, &theirs, &ours).parts, mirrored(&merge(&base, &ours, &theirs).parts));
    }

    #[test]
    fn no_word_is_lost_and_none_invented((base, ours, theirs) in versions()) {
        let merged = merge(&base, &ours, &theirs);
        prop_assert_eq!(base_of(&merged.parts), base.as_str());
        prop_assert_eq!(rebuilt(&merged.parts, Origin::Ours), ours.as_str());
        prop_assert_eq!(rebuilt(&merged.parts, Origin::Theirs), theirs.as_str());
    }

    #[test]
    fn a_conflict_is_between_two_different_wishes((base, ours, theirs) in versions()) {
        for conflict in merge(&base, &ours, &theirs).conflicts() {
            prop_assert!(conflict.ours != conflict.theirs && conflict.ours != conflict.base && conflict.theirs != conflict.base);
        }
    }

    #[test]
    fn edits_in_different_paragraphs_never_conflict(first in words(), second in words(), (base, ours, _) in versions()) {
        let whole = |a: &str, b: &str| format!("{a}\nA fence that nobody touches stands here between two of them.\n{b}");
        let (first, second) = (text_of(&first), text_of(&second));
        let merged = merge(&whole(&first, &base), &whole(&first, &ours), &whole(&second, &base)).text();
        prop_assert_eq!(merged, Some(whole(&second, &ours)));
    }
}
