//! Checks a journal entry by entry and, where it is broken, says what was done to it as well as can be told.
//!
//! Pure. A hash shows *that* an entry was altered; what was altered is found by trying what would make it whole again.

use std::collections::BTreeSet;
use std::fmt;

use thiserror::Error;

use super::journal::{Entry, Head, canonical_json};

/// How far from its place an entry is looked for, in entries.
const REACH: i64 = 1024;

/// The first place where a journal does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "the journal is broken at entry {seq}: {why}. Keep the file as evidence and compare it with a backup or an export"
)]
pub struct Broken {
    /// The entry concerned.
    pub seq: i64,
    /// What was done to it.
    pub why: Tampering,
}

/// What was done to a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tampering {
    /// Entries from the broken one up to `last` are gone.
    Missing {
        /// The last of the missing entries.
        last: i64,
    },
    /// Entries were taken out here and the later ones renumbered.
    Removed {
        /// How many were taken out.
        count: i64,
    },
    /// An entry was put in here.
    Inserted,
    /// The entry stands where another number is due.
    OutOfOrder {
        /// The number that was due.
        expected: i64,
    },
    /// The entry was exchanged with another.
    Swapped {
        /// The other entry.
        with: i64,
    },
    /// A part of the entry was altered after it was sealed.
    Edited(Part),
    /// The entry was altered and sealed again: the next one still names the hash it had before.
    Rewritten,
    /// Only the hash of the entry was overwritten.
    HashOverwritten,
    /// Only the link to the entry before was overwritten.
    LinkOverwritten,
}

/// The part of an entry that was altered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Who did it.
    Actor {
        /// The name that was sealed.
        was: String,
    },
    /// What it was done to.
    Subject {
        /// The subject that was sealed.
        was: String,
    },
    /// What was done.
    Act {
        /// The act that was sealed.
        was: String,
    },
    /// The payload: it is no longer in canonical form.
    PayloadForm,
    /// The payload, the time, or a name that occurs nowhere else.
    Contents,
}

impl fmt::Display for Tampering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { last } => write!(f, "entries from here to {last} are missing"),
            Self::Removed { count } => write!(f, "{count} entries were taken out here and the later ones renumbered"),
            Self::Inserted => f.write_str("this entry was inserted"),
            Self::OutOfOrder { expected } => write!(f, "it stands where entry {expected} is due"),
            Self::Swapped { with } => write!(f, "it was exchanged with entry {with}"),
            Self::Edited(part) => part.fmt(f),
            Self::Rewritten => f.write_str("it was altered and sealed again, but the next entry names its former hash"),
            Self::HashOverwritten => {
                f.write_str("its hash was overwritten; its contents are as the next entry names them")
            }
            Self::LinkOverwritten => f.write_str("its link to the entry before was overwritten"),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Actor { was } => write!(f, "its actor was altered; it was `{was}`"),
            Self::Subject { was } => write!(f, "its subject was altered; it was `{was}`"),
            Self::Act { was } => write!(f, "its act was altered; it was `{was}`"),
            Self::PayloadForm => f.write_str("its payload was altered; it is not in canonical form"),
            Self::Contents => f.write_str("its payload, its time or a name in it was altered"),
        }
    }
}

/// Checks a whole journal, entry 1 first.
///
/// # Errors
/// The first place where the chain does not hold.
pub fn verify_chain(entries: impl IntoIterator<Item = Entry>) -> Result<Head, Broken> {
    let mut verifier = Verifier::default();
    for entry in entries {
        verifier.push(entry)?;
    }
    verifier.finish()
}

/// A check in progress, for a journal that comes in pages. It stays one entry behind, because the entry after a broken
/// one tells much about what was done to it.
#[derive(Debug)]
pub struct Verifier {
    verified: Head,
    pending: Option<Entry>,
    actors: BTreeSet<String>,
    subjects: BTreeSet<String>,
    acts: BTreeSet<String>,
}

impl Default for Verifier {
    fn default() -> Self {
        let (actors, subjects, acts) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        Self { verified: Head::EMPTY, pending: None, actors, subjects, acts }
    }
}

impl Verifier {
    /// Takes the next entry.
    ///
    /// # Errors
    /// When an entry taken so far does not hold.
    pub fn push(&mut self, entry: Entry) -> Result<(), Broken> {
        if let Some(pending) = self.pending.take() {
            self.check(pending, Some(&entry))?;
        }
        self.pending = Some(entry);
        Ok(())
    }

    /// Ends the check and gives the head that was reached.
    ///
    /// # Errors
    /// When the last entry does not hold.
    pub fn finish(mut self) -> Result<Head, Broken> {
        if let Some(pending) = self.pending.take() {
            self.check(pending, None)?;
        }
        Ok(self.verified)
    }

    fn check(&mut self, entry: Entry, next: Option<&Entry>) -> Result<(), Broken> {
        let expected = self.verified.seq + 1;
        if entry.seq > expected {
            return Err(broken(expected, Tampering::Missing { last: entry.seq - 1 }));
        }
        if entry.seq < expected {
            return Err(broken(entry.seq, Tampering::OutOfOrder { expected }));
        }
        match (is_whole(&entry), entry.previous_hash == self.verified.hash) {
            (true, true) => self.accept(entry),
            (true, false) => return Err(broken(self.verified.seq.max(1), Tampering::Rewritten)),
            (false, true) => return Err(self.altered(&entry, next)),
            (false, false) => return Err(self.displaced(&entry, next)),
        }
        Ok(())
    }

    fn accept(&mut self, entry: Entry) {
        self.verified = entry.head();
        for (seen, text) in
            [(&mut self.actors, entry.actor), (&mut self.subjects, entry.subject), (&mut self.acts, entry.act)]
        {
            seen.insert(text);
        }
    }

    /// The entry names the right predecessor, but its contents do not give its hash.
    fn altered(&self, entry: &Entry, next: Option<&Entry>) -> Broken {
        let why = match next {
            Some(next) if next.previous_hash == entry.computed_hash() => Tampering::HashOverwritten,
            Some(next) if next.previous_hash == self.verified.hash => Tampering::Inserted,
            Some(next) if is_whole(&with_contents_of(entry, next)) => Tampering::Swapped { with: next.seq },
            _ => Tampering::Edited(self.edited_part(entry, next)),
        };
        broken(entry.seq, why)
    }

    /// Neither the link nor the hash of the entry is right.
    fn displaced(&self, entry: &Entry, next: Option<&Entry>) -> Broken {
        let (seq, before) = (entry.seq, self.verified.hash);
        if is_whole(&Entry { previous_hash: before, ..entry.clone() }) {
            return broken(seq, Tampering::LinkOverwritten);
        }
        let copied = entry.hash == before;
        let skipped = next.is_some_and(|next| next.previous_hash == before);
        let followed = next.is_none_or(|next| next.previous_hash == entry.hash);
        let why = match original_place(entry) {
            _ if copied => Tampering::Inserted,
            Some(was) if followed && was < seq => return broken(was, Tampering::Inserted),
            Some(was) if followed => Tampering::Removed { count: was - seq },
            Some(was) => Tampering::Swapped { with: was },
            None if skipped => Tampering::Inserted,
            None => Tampering::Edited(Part::Contents),
        };
        broken(seq, why)
    }

    /// Tries each name seen so far, and those of the next entry, in place of the entry's own.
    fn edited_part(&self, entry: &Entry, next: Option<&Entry>) -> Part {
        let actor = original(&self.actors, next.map(|next| &next.actor), |actor| Entry { actor, ..entry.clone() });
        let subject =
            original(&self.subjects, next.map(|next| &next.subject), |subject| Entry { subject, ..entry.clone() });
        let act = original(&self.acts, next.map(|next| &next.act), |act| Entry { act, ..entry.clone() });
        match (actor, subject, act) {
            (Some(was), _, _) => Part::Actor { was },
            (_, Some(was), _) => Part::Subject { was },
            (_, _, Some(was)) => Part::Act { was },
            _ if !is_canonical(&entry.payload) => Part::PayloadForm,
            _ => Part::Contents,
        }
    }
}

fn broken(seq: i64, why: Tampering) -> Broken {
    Broken { seq, why }
}

fn is_whole(entry: &Entry) -> bool {
    entry.computed_hash() == entry.hash
}

/// `entry` with its place, link and hash, but what `other` says.
fn with_contents_of(entry: &Entry, other: &Entry) -> Entry {
    Entry { seq: entry.seq, previous_hash: entry.previous_hash, hash: entry.hash, ..other.clone() }
}

/// The number under which the entry is whole, if it is near.
fn original_place(entry: &Entry) -> Option<i64> {
    let (first, last) = (entry.seq.saturating_sub(REACH).max(1), entry.seq.saturating_add(REACH));
    (first..=last).find(|&seq| is_whole(&Entry { seq, ..entry.clone() }))
}

/// The text that makes the entry whole.
fn original(seen: &BTreeSet<String>, beside: Option<&String>, with: impl Fn(String) -> Entry) -> Option<String> {
    seen.iter().chain(beside).find(|text| is_whole(&with((*text).clone()))).cloned()
}

fn is_canonical(payload: &str) -> bool {
    serde_json::from_str(payload).is_ok_and(|value| canonical_json(&value).is_ok_and(|text| text == payload))
}
