//! Where an item comes from: since which version, by which SIPs, under which determinations.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::Version;
use super::super::changes::{Field, Item, ItemName, SipName, Stage, Word, attribute, table};
use super::difference::{Differing, How, between};
use super::publication::{Determination, Publication};

/// The history of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blame {
    /// The item.
    pub item: ItemName,
    /// The first version that has it.
    pub since: Version,
    /// The version in which it last changed.
    pub last_changed: Version,
    /// Each version in which something happened to it, oldest first.
    pub passages: Vec<Passage>,
    /// Its words as they are now, each with the SIPs it comes from, and those taken out on the way.
    pub words: Vec<Word>,
}

/// What happened to an item in one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// The version.
    pub version: Version,
    /// The London date it was published.
    pub date: NaiveDate,
    /// What happened.
    pub change: Differing,
    /// The SIPs that did it, with the determinations each rests on; none for the first version.
    pub by: Vec<By>,
}

/// A SIP that changed an item, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct By {
    /// The SIP.
    pub sip: SipName,
    /// Its title.
    pub title: String,
    /// Its determinations, oldest first.
    pub determinations: Vec<Determination>,
}

/// The history of an item over versions in the order they were published; nothing where none ever had it.
pub fn blame(publications: &[Publication], item: &ItemName) -> Option<Blame> {
    let mut passages: Vec<Passage> = Vec::new();
    let (mut before, mut text, mut stages) = (None::<Item>, None::<String>, Vec::new());
    for publication in publications {
        let now = table(&publication.brd).remove(item);
        if let Some(change) = between(item, before.as_ref(), now.as_ref()) {
            let by = by(publication, item);
            let says = now.as_ref().map(|item| item.field(Field::Text).to_owned()).unwrap_or_default();
            match (&text, by.as_slice()) {
                (None, []) => text = Some(says),
                _ => stages.push(Stage { sips: by.iter().map(|by| by.sip.clone()).collect(), text: says }),
            }
            let (version, date) = (publication.version, publication.date);
            passages.push(Passage { version, date, change, by });
        }
        before = now;
    }
    let (since, last_changed) = (passages.first()?.version, passages.last()?.version);
    let words = attribute(&text.unwrap_or_default(), &stages);
    Some(Blame { item: item.clone(), since, last_changed, passages, words })
}

/// The SIPs that touched an item in a publication.
fn by(publication: &Publication, item: &ItemName) -> Vec<By> {
    let Some(touched) = publication.touched.get(item) else { return Vec::new() };
    let sips = publication.sips.iter().filter(|published| touched.sips.contains(&published.sip));
    let by = sips.map(|published| By {
        sip: published.sip.clone(),
        title: published.title.to_string(),
        determinations: published.determinations.clone(),
    });
    by.collect()
}

impl Passage {
    /// Whether the item came with it.
    pub fn brought_it(&self) -> bool {
        self.change.how == How::Added
    }
}
