//! Blocks of two documents: which is which, what moved, what was split.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use proptest::prelude::*;
use quorate::redline::diff::{Interner, Item, Kind, Step, align};

/// A block as a test writes it: `SSI-FR-1: words` has an identity, `| words` is a row.
struct Block {
    key: Option<u32>,
    kind: Kind,
    content: u64,
    words: Vec<u32>,
}

impl Block {
    fn item(&self) -> Item<'_> {
        Item { key: self.key, kind: self.kind, content: self.content, words: &self.words }
    }
}

fn blocks<'a>(ids: &mut Interner<&'a str>, texts: &[&'a str]) -> Vec<Block> {
    let mut block = |text: &'a str| {
        let mut content = DefaultHasher::new();
        text.hash(&mut content);
        let key = text.split_once(": ").map(|(key, _)| ids.id(key));
        let kind = if text.starts_with('|') { Kind::Other(1) } else { Kind::Paragraph };
        Block {
            key,
            kind,
            content: content.finish(),
            words: text.split_whitespace().map(|word| ids.id(word)).collect(),
        }
    };
    texts.iter().map(|text| block(text)).collect()
}

fn aligned(old: &[&str], new: &[&str]) -> Vec<Step> {
    let mut ids = Interner::default();
    let (old, new) = (blocks(&mut ids, old), blocks(&mut ids, new));
    let steps = align(&items(&old), &items(&new));
    assert_complete(&steps, old.len(), new.len());
    steps
}

fn items(blocks: &[Block]) -> Vec<Item<'_>> {
    blocks.iter().map(Block::item).collect()
}

/// Every block once on its side, in order, and both ends of every move.
fn assert_complete(steps: &[Step], olds: usize, news: usize) {
    let (mut old_seen, mut new_seen) = (Vec::new(), Vec::new());
    let (mut left, mut came) = (HashSet::new(), HashSet::new());
    for step in steps {
        match step.clone() {
            Step::Same { old, new } | Step::Paired { old, new } => {
                old_seen.push(old);
                new_seen.push(new);
            }
            Step::Together { old, new } => {
                old_seen.extend(old);
                new_seen.extend(new);
            }
            Step::Removed { old } => old_seen.push(old),
            Step::Added { new } => new_seen.push(new),
            Step::MovedFrom { old, new } => {
                old_seen.push(old);
                left.insert((old, new));
            }
            Step::MovedTo { old, new } => {
                new_seen.push(new);
                came.insert((old, new));
            }
        }
    }
    assert_eq!(old_seen, (0..olds).collect::<Vec<_>>());
    assert_eq!(new_seen, (0..news).collect::<Vec<_>>());
    assert_eq!(left, came);
}

#[test]
fn one_changed_block_among_equal_ones_is_paired() {
    let steps = aligned(
        &["one is here today", "two is here today", "three"],
        &["one is here today", "two was here today", "three"],
    );
    assert_eq!(steps, [Step::Same { old: 0, new: 0 }, Step::Paired { old: 1, new: 1 }, Step::Same { old: 2, new: 2 }]);
}

#[test]
fn identity_comes_before_text() {
    let steps = aligned(
        &["FR-1: the user logs in", "FR-2: the user logs out"],
        &["FR-2: the user logs in", "FR-3: the user logs out"],
    );
    assert_eq!(steps, [Step::Removed { old: 0 }, Step::Paired { old: 1, new: 0 }, Step::Added { new: 1 }]);
}

#[test]
fn the_same_identity_in_another_place_is_a_move_even_if_its_words_changed() {
    let steps = aligned(
        &["FR-1: alpha beta gamma", "FR-2: one two three four five", "FR-3: delta epsilon zeta eta theta"],
        &["FR-2: one two three four five", "FR-3: delta epsilon zeta eta theta", "FR-1: quite other"],
    );
    assert_eq!(
        steps,
        [
            Step::MovedFrom { old: 0, new: 2 },
            Step::Same { old: 1, new: 0 },
            Step::Same { old: 2, new: 1 },
            Step::MovedTo { old: 0, new: 2 },
        ]
    );
}

#[test]
fn the_lighter_of_two_that_changed_places_has_moved() {
    let (light, heavy) = ("a short one of six words", "a long one that has many more words than the other one has");
    let steps = aligned(&[light, heavy], &[heavy, light]);
    assert_eq!(
        steps,
        [Step::MovedFrom { old: 0, new: 1 }, Step::Same { old: 1, new: 0 }, Step::MovedTo { old: 0, new: 1 }]
    );
}

#[test]
fn a_long_block_that_moved_and_changed_a_little_has_moved() {
    let steps = aligned(
        &[
            "we keep the record of every vote for seven years after it",
            "red one two three four",
            "green five six seven eight",
        ],
        &[
            "red one two three four",
            "green five six seven eight",
            "we keep the record of every vote for ten years after it",
        ],
    );
    assert!(steps.contains(&Step::MovedFrom { old: 0, new: 2 }), "{steps:?}");
}

#[test]
fn a_trifle_that_turns_up_elsewhere_has_not_moved() {
    let steps = aligned(&["None.", "red one two three four"], &["red one two three four", "None."]);
    assert_eq!(steps, [Step::Removed { old: 0 }, Step::Same { old: 1, new: 0 }, Step::Added { new: 1 }]);
}

#[test]
fn a_paragraph_cut_in_two_is_compared_with_both_parts() {
    let steps = aligned(
        &["the user logs in with a password and then the system shows all of the open requests"],
        &["the user logs in with a password", "and then the system shows all of the open requests"],
    );
    assert_eq!(steps, [Step::Together { old: 0..1, new: 0..2 }]);
}

#[test]
fn two_paragraphs_joined_are_compared_with_their_whole() {
    let steps = aligned(
        &["intro words stay here", "the user logs in with a password", "and then the system shows all requests", "end"],
        &["intro words stay here", "the user logs in with a password and then the system shows all requests", "end"],
    );
    assert_eq!(
        steps,
        [Step::Same { old: 0, new: 0 }, Step::Together { old: 1..3, new: 1..2 }, Step::Same { old: 3, new: 2 }]
    );
}

#[test]
fn a_sentence_that_went_from_one_paragraph_to_the_next_is_compared_across_them() {
    let steps = aligned(
        &["alpha beta gamma delta epsilon zeta moving words here now", "one two three four five six seven"],
        &["alpha beta gamma delta epsilon zeta", "moving words here now one two three four five six seven"],
    );
    assert_eq!(steps, [Step::Together { old: 0..2, new: 0..2 }]);
}

#[test]
fn short_lines_in_the_place_of_as_many_others_were_replaced_one_by_one() {
    let steps = aligned(&["Comms Hub Availability", "Must"], &["Service Management", "Should"]);
    assert_eq!(steps, [Step::Paired { old: 0, new: 0 }, Step::Paired { old: 1, new: 1 }]);
}

#[test]
fn an_added_paragraph_beside_a_changed_one_is_only_added() {
    let steps = aligned(
        &["the user logs in with a password"],
        &["the user signs in with a password", "quite another matter is added here"],
    );
    assert_eq!(steps, [Step::Paired { old: 0, new: 0 }, Step::Added { new: 1 }]);
}

#[test]
fn blocks_of_different_kinds_are_never_paired() {
    let steps = aligned(&["one two three four five six"], &["| two three four five six"]);
    assert_eq!(steps, [Step::Removed { old: 0 }, Step::Added { new: 0 }]);
}

#[test]
fn every_row_of_a_long_table_finds_its_own_though_all_changed() {
    let row = |at: usize, word: &str| format!("| row {} shows {word} of the system", at / 3 * 7919);
    let old: Vec<_> = (0..3_000).map(|at| row(at, "part")).collect();
    let new: Vec<_> = (0..3_000).map(|at| row(at, "piece")).collect();
    let steps = aligned(
        &old.iter().map(String::as_str).collect::<Vec<_>>(),
        &new.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    assert_eq!(steps, (0..3_000).map(|at| Step::Paired { old: at, new: at }).collect::<Vec<_>>());
}

#[test]
fn one_huge_paragraph_among_thousands_of_small_ones_is_no_trouble() {
    let huge = "word of the huge one ".repeat(40_000);
    let small: Vec<_> = (0..4_000).map(|at| format!("small {at} of the word")).collect();
    let changed: Vec<_> = (0..4_000).map(|at| format!("little {at} of the word")).collect();
    let mut old: Vec<&str> = small.iter().map(String::as_str).collect();
    let mut new: Vec<&str> = changed.iter().map(String::as_str).collect();
    let other = huge.replacen("word", "words", 9);
    old.insert(2_000, &huge);
    new.insert(2_000, &other);
    assert!(aligned(&old, &new).contains(&Step::Paired { old: 2_000, new: 2_000 }));
}

fn document() -> impl Strategy<Value = Vec<String>> {
    let word =
        prop::sample::select(vec!["the", "user", "system", "shows", "logs", "in", "out", "party", "all", "none"]);
    let block = (0..6_u8, proptest::collection::vec(word, 0..9)).prop_map(|(kind, words)| match kind {
        0 => format!("| {}", words.join(" ")),
        1 => format!("{}: {}", words.first().unwrap_or(&"x"), words.join(" ")),
        _ => words.join(" "),
    });
    proptest::collection::vec(block, 0..14)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_block_is_in_one_step_and_in_order(old in document(), new in document()) {
        let old: Vec<_> = old.iter().map(String::as_str).collect();
        let new: Vec<_> = new.iter().map(String::as_str).collect();
        for step in aligned(&old, &new) {
            if let Step::Same { old: at_old, new: at_new } = step {
                prop_assert_eq!(old[at_old], new[at_new]);
            }
        }
    }

    #[test]
    fn a_document_is_the_same_as_itself(document in document()) {
        let document: Vec<_> = document.iter().map(String::as_str).collect();
        let same = |step: &Step| matches!(step, Step::Same { .. });
        prop_assert!(aligned(&document, &document).iter().all(same));
    }
}
