//! The promises on more than a thousand pairs, and how near the words marked come to the fewest.

use super::engine;
use super::generate::documents::Kind;
use super::generate::shrink::smallest;
use super::package::Package;
use super::promises::{Pair, Relation, broken_promise, pair};
use super::words;

#[track_caller]
fn hold(relation: Relation, seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let made = pair(relation, seed);
        if let Some(why) = broken_promise(&made) {
            let small = smaller(&made);
            let why = broken_promise(&small).unwrap_or(why);
            panic!("{relation:?}, seed {seed}: {why}\n\nold: {:#?}\n\nnew: {:#?}", small.old, small.new);
        }
    }
}

fn smaller(pair: &Pair) -> Pair {
    let mut fails = |old: &_, new: &_| broken_promise(&pair.with(old, new)).is_some();
    let (old, new) = smallest((pair.old.clone(), pair.new.clone()), 600, &mut fails);
    pair.with(&old, &new)
}

#[test]
fn changed_words_keep_the_promises() {
    hold(Relation::Words, 0..250);
}

#[test]
fn plain_edits_keep_the_promises() {
    hold(Relation::Edits(Kind::Plain), 1_000..1_350);
}

#[test]
fn edits_of_all_kinds_keep_the_promises() {
    hold(Relation::Edits(Kind::Rich), 2_000..2_250);
}

#[test]
fn more_edits_of_all_kinds_keep_the_promises() {
    hold(Relation::Edits(Kind::Rich), 3_000..3_250);
}

#[test]
fn heavily_edited_documents_keep_the_promises() {
    hold(Relation::Heavy, 4_000..4_100);
}

#[test]
fn documents_that_have_nothing_in_common_keep_the_promises() {
    hold(Relation::Strangers, 5_000..5_060);
}

#[test]
fn an_empty_document_on_either_side_keeps_the_promises() {
    hold(Relation::Emptied, 6_000..6_040);
}

#[test]
fn words_changed_nearly_everywhere_keep_the_promises() {
    hold(Relation::ManyWords, 21_000..21_100);
}

#[test]
fn the_words_marked_are_within_a_twentieth_of_the_fewest() {
    for (relation, seeds) in [(Relation::Words, 0..250), (Relation::ManyWords, 21_000..21_200)] {
        let (mut marked, mut fewest) = (0, 0);
        for seed in seeds {
            let made = pair(relation, seed);
            let (old, new) = made.packages();
            let redline = Package::open(&engine::redline(&old, &new).unwrap().docx).unwrap();
            marked += words::marked(&redline.trees[redline.main()]);
            fewest += words::fewest(&made.old, &made.new);
        }
        assert!(marked * 100 <= fewest * 105, "{relation:?}: {marked} words are marked, {fewest} would do");
    }
}
