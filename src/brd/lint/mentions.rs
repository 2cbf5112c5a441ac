//! Ids that stand in texts: whether they are those of items in use, and written like them.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Findings, Rule};
use crate::brd::item::ItemId;
use crate::brd::model::Brd;
use crate::brd::statements::statements;

pub(super) fn check(brd: &Brd, found: &mut Findings) {
    let known = Known::new(brd);
    for statement in statements(brd).filter(|statement| statement.active) {
        let mut seen = BTreeSet::new();
        for word in ids_in(statement.text.as_str()).filter(|word| seen.insert(*word)) {
            if let Some((rule, what, mend)) = known.judge(word) {
                statement.found(found, rule, what, mend);
            }
        }
    }
}

/// Every item, and whether it is in use, by id and by the letters and digits of its id.
struct Known {
    items: BTreeMap<ItemId, bool>,
    plain: BTreeMap<String, ItemId>,
}

impl Known {
    fn new(brd: &Brd) -> Self {
        let items: BTreeMap<ItemId, bool> =
            statements(brd).filter_map(|statement| Some((statement.item?, statement.active))).collect();
        let plain = items.keys().map(|id| (letters_and_digits(&id.to_string()), id.clone())).collect();
        Self { items, plain }
    }

    /// What is wrong with an id in a text, and how to mend it.
    fn judge(&self, word: &str) -> Option<(Rule, String, String)> {
        let known = ItemId::parse(word).ok().and_then(|id| self.items.get_key_value(&id));
        match known {
            Some((id, true)) if id.to_string() == word => None,
            Some((id, true)) => Some((Rule::IdStyle, format!("it writes {id} as {word}"), format!("Write {id}."))),
            Some((id, false)) => {
                let what = format!("it mentions {id}, which is no longer in use");
                Some((Rule::BrokenReference, what, "Mention what takes its place, or nothing.".to_owned()))
            }
            None => Some(self.unknown(word)),
        }
    }

    fn unknown(&self, word: &str) -> (Rule, String, String) {
        if let Some(meant) = self.plain.get(&letters_and_digits(word)) {
            return (Rule::MisspeltId, format!("it writes {meant} as {word}"), format!("Write {meant}."));
        }
        let what = format!("it mentions {word}, which does not exist");
        (Rule::BrokenReference, what, "Mention an item of this document.".to_owned())
    }
}

/// The words of a text that look like ids of items.
fn ids_in(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '\u{2011}')));
    words.map(|word| word.trim_matches(['-', '_'])).filter(|word| looks_like_id(word))
}

fn looks_like_id(word: &str) -> bool {
    let upper = word.to_ascii_uppercase();
    let numbered = |letters: &str| upper.strip_prefix(letters).is_some_and(is_number);
    ["SSI-FR-", "SSI-NFR-", "SSI_FR_", "SSI_NFR_", "UC-", "UC_"].iter().any(|start| upper.starts_with(start))
        || numbered("BFD")
        || numbered("BDF")
        || numbered("BD")
        || numbered("PM")
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

fn letters_and_digits(id: &str) -> String {
    id.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
