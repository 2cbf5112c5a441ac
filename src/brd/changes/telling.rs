//! A change set told to people who read it on paper: each change in words, with what goes and what comes marked.

use std::fmt::{self, Display};

use super::change::{Add, Change, ChangeSet, Edit};
use super::field::{Field, Nature};
use super::item::ItemName;
use super::words::{Origin, Stage, Word, attribute};

/// One change in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it is about, such as `SSI-FR-42, text`.
    pub about: String,
    /// The words before and after, in one.
    pub words: Vec<Word>,
}

impl ChangeSet {
    /// Each change in words, field by field. Words that go stand as `[-old-]`, words that come as `{+new+}`.
    pub fn told(&self) -> Vec<Told> {
        self.changes.iter().flat_map(|change| self.tell(change)).collect()
    }

    fn tell(&self, change: &Change) -> Vec<Told> {
        match change {
            Change::Add(add) => self.tell_added(add),
            Change::Amend(amend) => {
                amend.fields.iter().map(|(field, edit)| self.edited(&amend.item, *field, edit)).collect()
            }
            Change::Move(moved) => {
                moved.to.iter().map(|(field, edit)| self.edited(&moved.item, *field, edit)).collect()
            }
            Change::Remove(remove) => vec![plain(&remove.item, format!("removed. {}", remove.reason))],
            Change::Retire(retire) => {
                vec![plain(&retire.item, format!("retired into {}. {}", retire.into, retire.reason))]
            }
        }
    }

    fn tell_added(&self, add: &Add) -> Vec<Told> {
        let name = add.item.as_ref().map_or_else(|| format!("a new {}", add.kind.title()), ToString::to_string);
        let said = add.says.iter().filter(|(field, _)| **field == Field::Text || add.says.len() == 1);
        let added = |(field, text): (&Field, &String)| Told {
            about: format!("{name}, {field}"),
            words: vec![Word { text: text.clone(), origin: Origin::Added(vec![self.sip.clone()]) }],
        };
        said.map(added).collect()
    }

    fn edited(&self, item: &ItemName, field: Field, edit: &Edit) -> Told {
        let sips = || vec![self.sip.clone()];
        let was = edit.was.clone().unwrap_or_default();
        let words = match field.nature() {
            Nature::Words => attribute(&was, &[Stage { sips: sips(), text: edit.becomes.clone() }]),
            Nature::Set | Nature::Whole => {
                let gone = Word { text: was, origin: Origin::Removed(sips()) };
                let come = Word { text: edit.becomes.clone(), origin: Origin::Added(sips()) };
                [gone, come].into_iter().filter(|word| !word.text.is_empty()).collect()
            }
        };
        Told { about: format!("{item}, {field}"), words }
    }
}

fn plain(item: &ItemName, text: String) -> Told {
    Told { about: item.to_string(), words: vec![Word { text, origin: Origin::Kept }] }
}

impl Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.about)?;
        self.words.iter().try_for_each(|word| match word.origin {
            Origin::Kept => f.write_str(&word.text),
            Origin::Added(_) => write!(f, "{{+{}+}}", word.text),
            Origin::Removed(_) => write!(f, "[-{}-]", word.text),
        })
    }
}
