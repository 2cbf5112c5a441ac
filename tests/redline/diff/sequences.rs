//! Two sequences of numbers: right, minimal, and in bounded work.

use proptest::prelude::*;
use quorate::redline::diff::{Change, changes, changes_counted, matches};

/// What a script makes of the old sequence: its own kept tokens and the new ones' inserted.
fn applied(script: &[Change], old: &[u32], new: &[u32]) -> Vec<u32> {
    let mut result = Vec::new();
    let mut at = 0;
    for change in script {
        result.extend(&old[at..change.old.start]);
        result.extend(&new[change.new.clone()]);
        at = change.old.end;
    }
    result.extend(&old[at..]);
    result
}

fn cost(script: &[Change]) -> usize {
    script.iter().map(|change| change.old.len() + change.new.len()).sum()
}

/// The least possible cost, by the textbook table.
fn least_cost(old: &[u32], new: &[u32]) -> usize {
    let mut row = vec![0; new.len() + 1];
    for a in old {
        let mut diagonal = 0;
        for (at, b) in new.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if a == b { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    old.len() + new.len() - 2 * row[new.len()]
}

fn assert_well_formed(script: &[Change], old: &[u32], new: &[u32]) {
    assert_eq!(applied(script, old, new), new);
    assert!(script.iter().all(|change| !change.old.is_empty() || !change.new.is_empty()), "an empty change");
    let apart = |pair: &[Change]| pair[0].old.end < pair[1].old.start && pair[0].new.end < pair[1].new.start;
    assert!(script.windows(2).all(apart), "changes touch or are out of order: {script:?}");
    for (at_old, at_new) in matches(script, old.len(), new.len()) {
        assert_eq!(old[at_old], new[at_new]);
    }
}

fn sequence(letters: u32, most: usize) -> impl Strategy<Value = Vec<u32>> {
    proptest::collection::vec(0..letters, 0..=most)
}

/// A sequence and what some edits made of it.
fn edited(letters: u32, most: usize) -> impl Strategy<Value = (Vec<u32>, Vec<u32>)> {
    let edits = proptest::collection::vec((any::<prop::sample::Index>(), 0..3_u8, 0..letters), 0..12);
    (sequence(letters, most), edits).prop_map(|(old, edits)| {
        let mut new = old.clone();
        for (place, what, letter) in edits {
            let at = place.index(new.len() + 1);
            match what {
                0 => new.insert(at, letter),
                1 if at < new.len() => drop(new.remove(at)),
                _ if at < new.len() => new[at] = letter,
                _ => {}
            }
        }
        (old, new)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_script_of_unrelated_sequences_is_right_and_minimal(old in sequence(4, 40), new in sequence(4, 40)) {
        let script = changes(&old, &new);
        assert_well_formed(&script, &old, &new);
        prop_assert_eq!(cost(&script), least_cost(&old, &new));
    }

    #[test]
    fn a_script_of_an_edited_sequence_is_right_and_minimal((old, new) in edited(30, 200)) {
        let script = changes(&old, &new);
        assert_well_formed(&script, &old, &new);
        prop_assert_eq!(cost(&script), least_cost(&old, &new));
    }

    #[test]
    fn the_way_back_costs_as_much((old, new) in edited(6, 120)) {
        prop_assert_eq!(cost(&changes(&old, &new)), cost(&changes(&new, &old)));
    }
}

#[test]
fn equal_sequences_have_no_changes() {
    assert_eq!(changes(&[1, 2, 3], &[1, 2, 3]), vec![]);
    assert_eq!(changes(&[], &[]), vec![]);
}

#[test]
fn all_of_a_sequence_can_appear_or_go() {
    assert_eq!(changes(&[], &[1, 2]), vec![Change { old: 0..0, new: 0..2 }]);
    assert_eq!(changes(&[1, 2], &[]), vec![Change { old: 0..2, new: 0..0 }]);
}

#[test]
fn a_large_rewrite_is_still_minimal() {
    let old = scattered(3_000, 40, 1);
    let mut new = old.clone();
    for (at, token) in new.iter_mut().enumerate() {
        if at % 3 == 0 {
            *token += 100;
        }
    }
    let script = changes(&old, &new);
    assert_well_formed(&script, &old, &new);
    assert_eq!(cost(&script), least_cost(&old, &new));
}

/// Numbers below `letters` that look random and are the same each time.
fn scattered(length: u32, letters: u32, seed: u32) -> Vec<u32> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % letters
    };
    (0..length).map(|_| next()).collect()
}

#[track_caller]
fn assert_bounded(name: &str, old: &[u32], new: &[u32]) {
    let (script, steps) = changes_counted(old, new);
    assert_well_formed(&script, old, new);
    let most = 8_000_000 + 150 * (old.len() + new.len());
    assert!(steps <= most, "{name}: {steps} steps, the most is {most}");
}

#[test]
fn no_sequence_makes_the_work_quadratic() {
    const LENGTH: u32 = 50_000;
    let ascending: Vec<u32> = (0..LENGTH).collect();
    let reversed: Vec<u32> = (0..LENGTH).rev().collect();
    let equal = vec![7; LENGTH as usize];
    let alternating: Vec<u32> = (0..LENGTH).map(|at| at % 2).collect();
    let shifted: Vec<u32> = (1..=LENGTH).map(|at| at % 2).collect();
    let different: Vec<u32> = (LENGTH..2 * LENGTH).collect();
    let mut shuffled = ascending.clone();
    shuffled.sort_by_key(|at| at.wrapping_mul(2_654_435_761));
    let by_three: Vec<u32> = (0..LENGTH).map(|at| at % 3).collect();
    let palindrome: Vec<u32> = (0..LENGTH).map(|at| at.min(LENGTH - at) / 2).collect();
    assert_bounded("all equal, fewer", &equal, &equal[..30_000]);
    assert_bounded("all different", &ascending, &different);
    assert_bounded("alternating", &alternating, &shifted);
    assert_bounded("two and three", &alternating, &by_three);
    assert_bounded("reversed", &ascending, &reversed);
    assert_bounded("shuffled", &ascending, &shuffled);
    assert_bounded("each twice, reversed", &palindrome, &reversed);
    assert_bounded("few letters", &scattered(LENGTH, 8, 1), &scattered(LENGTH, 8, 2));
    assert_bounded("many letters", &scattered(LENGTH, 5_000, 3), &scattered(LENGTH, 5_000, 4));
}

#[test]
fn what_never_repeats_is_compared_exactly_however_long() {
    let old: Vec<u32> = (0..50_000).collect();
    let mut new = old.clone();
    new.rotate_left(20_000);
    assert_eq!(cost(&changes(&old, &new)), 40_000);
}
