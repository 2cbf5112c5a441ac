//! What holds for any change sets.

use proptest::prelude::*;
use quorate::brd::changes::{Field, Merged, Origin, apply, merge};

use super::*;

const ITEMS: [&str; 4] = ["SSI-FR-6", "SSI-FR-6a", "SSI-FR-7", "SSI-NFR-1"];
const WORDS: [&str; 6] = ["quickly", "BFD07", "every", "Party", "in full", "£1.50"];

/// One change of the text of an item: words put in before a word, or in the place of one, or one taken out.
#[derive(Debug, Clone)]
struct Turn {
    item: usize,
    at: usize,
    word: Option<&'static str>,
    instead: usize,
}

fn turn() -> impl Strategy<Value = Turn> {
    let word = prop::option::of(prop::sample::select(WORDS.as_slice()));
    (0..ITEMS.len(), 0_usize..14, word, 0_usize..2).prop_map(|(item, at, word, instead)| Turn {
        item,
        at,
        word,
        instead,
    })
}

/// A change set that takes each turn, at most one an item.
fn set(number: usize, turns: &[Turn]) -> ChangeSet {
    let brd = small();
    let amended = ITEMS.iter().enumerate().filter_map(|(at, id)| {
        let turn = turns.iter().find(|turn| turn.item == at)?;
        let before = text(&brd, id);
        let mut words: Vec<&str> = before.split(' ').collect();
        let place = turn.at.min(words.len() - 1);
        words.splice(place..place + turn.instead, turn.word);
        Some(format!("  - amend: {{ item: {id}, fields: {{ text: {{ becomes: \"{}\" }} }} }}\n", words.join(" ")))
    });
    let id = 30 + number;
    let added = format!("  - add: {{ kind: requirement, item: SSI-FR-{id}, says: {{ text: Thing {number}. }} }}\n");
    let changes: String = amended.chain([added]).collect();
    drafted(number, &changes)
}

fn sets() -> impl Strategy<Value = Vec<ChangeSet>> {
    prop::collection::vec(prop::collection::vec(turn(), 0..3), 1..4)
        .prop_map(|sets| sets.iter().enumerate().map(|(number, turns)| set(number + 1, turns)).collect())
}

fn merged(sets: &[ChangeSet]) -> Merged {
    merge(&small(), sets, &[]).unwrap()
}

/// The words of a text that a change set puts in.
fn words_of(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_change_sets_decides_nothing(sets in sets(), turn in 0_usize..3) {
        let mut turned = sets.clone();
        turned.rotate_left(turn % sets.len());
        turned.reverse();
        let (one, other) = (merged(&sets), merged(&turned));
        prop_assert_eq!(one.brd, other.brd);
        prop_assert_eq!(one.conflicts, other.conflicts);
    }

    #[test]
    fn merging_one_set_is_applying_it(sets in sets()) {
        let one = &sets[..1];
        let merged = merged(one);
        prop_assert!(merged.conflicts.is_empty() && merged.notices.is_empty());
        prop_assert_eq!(merged.brd, apply(&small(), &one[0]).unwrap());
    }

    #[test]
    fn a_set_merged_twice_is_merged_once(sets in sets()) {
        let once = merged(&sets[..1]);
        let twice = merged(&[sets[0].clone(), ChangeSet { sip: sip(9), ..sets[0].clone() }]);
        prop_assert!(twice.conflicts.is_empty(), "{:?}", twice.conflicts);
        prop_assert_eq!(once.brd, twice.brd);
    }

    #[test]
    fn nothing_is_lost_and_nothing_invented(sets in sets()) {
        let merged = merged(&sets);
        for number in 1..=sets.len() {
            prop_assert_eq!(text(&merged.brd, &format!("SSI-FR-{}", 30 + number)), format!("Thing {number}."));
        }
        for id in ITEMS {
            let (before, after) = (text(&small(), id), text(&merged.brd, id));
            let conflict = merged.conflicts.iter().any(|conflict| conflict.item == item(id));
            let wanted: Vec<&str> = sets.iter().flat_map(|set| about(set, id)).filter_map(becomes).collect();
            if conflict || wanted.is_empty() {
                prop_assert_eq!(&before, &after);
                prop_assert_eq!(conflict, wanted.len() > 1 && conflict);
            }
            let known: Vec<&str> = wanted.iter().flat_map(|text| words_of(text)).chain(words_of(&before)).collect();
            prop_assert!(words_of(&after).iter().all(|word| known.contains(word)), "{}", after);
        }
    }

    #[test]
    fn the_words_told_apart_give_the_text_before_and_after(sets in sets()) {
        let merged = merged(&sets);
        for (item, touched) in &merged.touched {
            if let Some(words) = touched.words.get(&Field::Text) {
                let join = |keep: fn(&Origin) -> bool| {
                    words.iter().filter(|word| keep(&word.origin)).map(|word| word.text.as_str()).collect::<String>()
                };
                let after = join(|origin| !matches!(origin, Origin::Removed(_)));
                prop_assert_eq!(after, text(&merged.brd, item.name()));
                if ITEMS.contains(&item.name()) {
                    let before = join(|origin| !matches!(origin, Origin::Added(_)));
                    prop_assert_eq!(before, text(&small(), item.name()));
                }
            }
        }
    }
}

fn becomes(change: &Change) -> Option<&str> {
    match change {
        Change::Amend(amend) => amend.fields.get(&Field::Text).map(|edit| edit.becomes.as_str()),
        _ => None,
    }
}
