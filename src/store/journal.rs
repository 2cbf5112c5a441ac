//! The journal: who did what, when, to what, in an order that cannot be changed unseen.
//!
//! Pure: entries are sealed and checked here without a database, so an exported journal can be verified anywhere.
//! Each entry carries the hash of the one before it, so an edit, a removal, an insertion or an exchange shows.
//! Taking away the *latest* entries leaves a valid shorter chain: compare its [`Head`] with one published earlier.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// The first byte of everything hashed, so that an entry's hash can never be taken for that of anything else.
const ENTRY_PREFIX: [u8; 1] = [0];

/// A SHA-256 hash, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EntryHash([u8; 32]);

impl EntryHash {
    /// What the first entry names as its predecessor.
    pub const GENESIS: Self = Self([0; 32]);

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for EntryHash {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for EntryHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for EntryHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<EntryHash> for String {
    fn from(hash: EntryHash) -> Self {
        hash.to_string()
    }
}

/// A text that is not a hash.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not a hash. Write its 64 hexadecimal digits")]
pub struct NotAHash(String);

impl FromStr for EntryHash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let refused = || NotAHash(text.to_owned());
        let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
        let (pairs, rest) = digits.as_deref().ok_or_else(refused)?.as_chunks::<2>();
        let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
        match <[u8; 32]>::try_from(bytes) {
            Ok(bytes) if rest.is_empty() => Ok(Self(bytes)),
            _ => Err(refused()),
        }
    }
}

impl TryFrom<String> for EntryHash {
    type Error = NotAHash;

    fn try_from(text: String) -> Result<Self, NotAHash> {
        text.parse()
    }
}

/// Where a journal stands: its latest entry. Published from time to time, it holds the whole past in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Number of the latest entry; 0 for an empty journal.
    pub seq: i64,
    /// Its hash.
    pub hash: EntryHash,
}

impl Head {
    /// The head of an empty journal.
    pub const EMPTY: Self = Self { seq: 0, hash: EntryHash::GENESIS };
}

/// An act to be entered in the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry {
    /// When it was done; kept to the microsecond.
    pub at: DateTime<Utc>,
    /// Who did it: a person's id, or the name of the system actor.
    pub actor: String,
    /// What it was done to, e.g. a case id.
    pub subject: String,
    /// What was done: a stable name that is never reused.
    pub act: String,
    /// Everything needed to understand it later. Whole numbers only.
    pub payload: Value,
}

/// An entry of the journal, as stored and as exported (one JSON object a line).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its number: 1, 2, 3 and so on without gaps.
    pub seq: i64,
    /// When it was done, to the microsecond.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor: String,
    /// What it was done to.
    pub subject: String,
    /// What was done.
    pub act: String,
    /// The payload as canonical JSON text: exactly the bytes that were hashed.
    pub payload: String,
    /// The hash of the entry before.
    pub previous_hash: EntryHash,
    /// The hash of this entry.
    pub hash: EntryHash,
}

impl Entry {
    /// Seals `new` as the entry that follows `head`.
    ///
    /// # Errors
    /// When the payload holds a number that is not whole.
    pub fn seal(head: &Head, new: NewEntry) -> Result<Self, NotCanonical> {
        let NewEntry { at, actor, subject, act, payload } = new;
        let payload = canonical_json(&payload)?;
        let (seq, previous_hash, hash) = (head.seq + 1, head.hash, EntryHash::GENESIS);
        let at = DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at);
        let unsealed = Self { seq, at, actor, subject, act, payload, previous_hash, hash };
        Ok(Self { hash: unsealed.computed_hash(), ..unsealed })
    }

    /// The hash its contents ought to have.
    pub fn computed_hash(&self) -> EntryHash {
        let mut hasher = Sha256::new();
        hasher.update(ENTRY_PREFIX);
        hasher.update(self.seq.to_be_bytes());
        hasher.update(self.at.timestamp_micros().to_be_bytes());
        for text in [&self.actor, &self.subject, &self.act, &self.payload] {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text);
        }
        hasher.update(self.previous_hash.0);
        EntryHash(hasher.finalize().into())
    }

    /// The journal's head when this is its latest entry.
    pub fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash }
    }

    /// The entry as a line of an exported journal. The payload is a string there: the exact text that was hashed.
    pub fn to_line(&self) -> String {
        json!({
            "seq": self.seq, "at": self.at, "actor": self.actor, "subject": self.subject, "act": self.act,
            "payload": self.payload, "previous_hash": self.previous_hash, "hash": self.hash,
        })
        .to_string()
    }

    /// Reads a line of an exported journal. Whether the entry holds is for [`verify_chain`](super::verify_chain).
    ///
    /// # Errors
    /// When the line is not an entry.
    pub fn from_line(line: &str) -> Result<Self, NotAnEntry> {
        serde_json::from_str(line).map_err(|error| NotAnEntry(error.to_string()))
    }
}

/// A line that is not an entry of an exported journal.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the line is not an entry of an exported journal: {0}. Export the journal again")]
pub struct NotAnEntry(String);

/// A payload that has no canonical form.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the journal payload has {number} at `{path}`. Record whole numbers only (money in pence), or text")]
pub struct NotCanonical {
    /// Where in the payload, e.g. `/cost/low`.
    pub path: String,
    /// The number that was refused.
    pub number: String,
}

/// Writes `value` in the one form that is hashed: no white space, keys sorted by UTF-16 code units and strings escaped
/// as in RFC 8785, integers in decimal.
///
/// # Errors
/// Numbers that are not whole, or do not fit 64 bits, are refused: their text differs between writers.
pub fn canonical_json(value: &Value) -> Result<String, NotCanonical> {
    let mut text = String::new();
    write_canonical(value, "", &mut text)?;
    Ok(text)
}

fn write_canonical(value: &Value, path: &str, out: &mut String) -> Result<(), NotCanonical> {
    match value {
        Value::Number(number) if number.is_f64() => {
            Err(NotCanonical { path: path.to_owned(), number: number.to_string() })
        }
        Value::Array(items) => write_array(items, path, out),
        Value::Object(members) => write_object(members, path, out),
        scalar => {
            out.push_str(&scalar.to_string());
            Ok(())
        }
    }
}

fn write_array(items: &[Value], path: &str, out: &mut String) -> Result<(), NotCanonical> {
    out.push('[');
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        write_canonical(item, &format!("{path}/{position}"), out)?;
    }
    out.push(']');
    Ok(())
}

fn write_object(members: &Map<String, Value>, path: &str, out: &mut String) -> Result<(), NotCanonical> {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    out.push('{');
    for (position, (key, member)) in sorted.into_iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        out.push_str(&Value::from(key.as_str()).to_string());
        out.push(':');
        write_canonical(member, &format!("{path}/{key}"), out)?;
    }
    out.push('}');
    Ok(())
}
