//! What is promised of every redline, checked on pairs of documents made up from numbers.

use super::engine;
use super::generate::documents::{Kind, document};
use super::generate::edits;
use super::generate::model::Document;
use super::generate::random::Random;
use super::generate::write::{Noise, package};
use super::package::Package;
use super::resolve::{Decision, first_difference, lines};
use super::rules::{Expected, broken};

/// A pair of documents and how each is saved.
pub(crate) struct Pair {
    pub(crate) old: Document,
    pub(crate) new: Document,
    seed: u64,
}

/// How the newer document came from the older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    /// Words changed here and there.
    Words,
    /// Words changed nearly everywhere.
    ManyWords,
    /// A few edits of every kind.
    Edits(Kind),
    /// More edits than the document has blocks.
    Heavy,
    /// Two documents that have nothing to do with each other.
    Strangers,
    /// One of the two is empty.
    Emptied,
}

pub(crate) fn pair(relation: Relation, seed: u64) -> Pair {
    let mut random = Random::new(seed);
    let random = &mut random;
    let (old, new) = match relation {
        Relation::Words => {
            let old = document(random, Kind::Words);
            let many = random.between(1, 4);
            let new = edits::edited(&old, edits::OF_WORDS, many, random);
            (old, new)
        }
        Relation::ManyWords => {
            let old = document(random, Kind::Words);
            let new = edits::edited(&old, edits::OF_WORDS, 15, random);
            (old, new)
        }
        Relation::Edits(kind) => {
            let old = document(random, kind);
            let many = random.between(1, 4);
            let new = edits::edited(&old, edits::ALL, many, random);
            (old, new)
        }
        Relation::Heavy => {
            let old = document(random, Kind::Rich);
            let new = edits::edited(&old, edits::ALL, 15, random);
            (old, new)
        }
        Relation::Strangers => (document(random, Kind::Rich), document(random, Kind::Rich)),
        Relation::Emptied => {
            let (full, empty) = (document(random, Kind::Rich), Document::default().made_sound());
            if random.percent(50) { (full, empty) } else { (empty, full) }
        }
    };
    Pair { old, new, seed }
}

impl Pair {
    /// The two as packages; every third pair is saved in the plainest way.
    pub(crate) fn packages(&self) -> (Vec<u8>, Vec<u8>) {
        let noise =
            |salt: u64| if self.seed.is_multiple_of(3) { Noise::None } else { Noise::Seeded(self.seed * 2 + salt) };
        (package(&self.old, noise(0)), package(&self.new, noise(1)))
    }

    pub(crate) fn with(&self, old: &Document, new: &Document) -> Self {
        Self { old: old.clone(), new: new.clone(), seed: self.seed }
    }
}

/// The first promise that the redline of this pair does not keep.
pub(crate) fn broken_promise(pair: &Pair) -> Option<String> {
    let (old, new) = pair.packages();
    let redlined = match engine::redline(&old, &new) {
        Ok(redlined) => redlined,
        Err(error) => return Some(format!("refused: {error}")),
    };
    let redline = match Package::open(&redlined.docx) {
        Ok(redline) => redline,
        Err(error) => return Some(format!("not readable: {error}")),
    };
    let (old_package, new_package) = (Package::open(&old).unwrap(), Package::open(&new).unwrap());
    let expected = Expected { authors: &[engine::AUTHOR], date: engine::DATE };
    shows(&redline, &new_package, Decision::Accept)
        .or_else(|| shows(&redline, &old_package, Decision::Reject))
        .or_else(|| {
            Some(broken(&redline, &new_package, expected))
                .filter(|found| !found.is_empty())
                .map(|found| found.join("\n"))
        })
        .or_else(|| same_again(pair, &old, &redlined, &new))
}

fn shows(redline: &Package, wanted: &Package, decision: Decision) -> Option<String> {
    let got = lines(redline, decision, decision.places());
    let want = lines(wanted, Decision::Accept, decision.places());
    first_difference(&got, &want).map(|difference| format!("{decision:?} all gives another document: {difference}"))
}

/// The same document saved twice has no changes, and a file against itself is itself.
fn same_again(pair: &Pair, old: &[u8], redlined: &engine::Redlined, new: &[u8]) -> Option<String> {
    if redlined.changes == 0 && redlined.docx != new {
        return Some("no change is reported, yet the result is not the newer file".to_owned());
    }
    if engine::redline(old, old).is_ok_and(|same| same.docx != old || same.changes > 0) {
        return Some("a file against itself is not itself".to_owned());
    }
    let again = package(&pair.old, Noise::Seeded(pair.seed + 77));
    let again_redlined = engine::redline(old, &again).ok()?;
    (again_redlined.docx != again || again_redlined.changes > 0)
        .then(|| format!("two saves of one document differ: {} changes", again_redlined.changes))
}
