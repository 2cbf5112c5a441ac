//! Several notices to one person in one letter.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Why;
use super::case::CaseLetter;
use super::deadline::DeadlineSays;
use crate::calendar::words;
use crate::notify::link::Link;

/// How often someone asks for a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Each day, at an hour of their choice.
    Daily,
    /// Each week.
    Weekly,
}

/// Everything a person was to be told since the last digest, by case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestLetter {
    /// How often it comes, as an adjective.
    pub frequency: Frequency,
    /// How many notices it covers, with their noun.
    pub notices: String,
    /// How many cases they are about, with their noun.
    pub in_cases: String,
    /// In how many of them it is the recipient's turn, with their noun; none where it is in none.
    pub your_turns: Option<String>,
    /// The cases: those due soonest first, then those without a date.
    pub cases: Vec<DigestCase>,
    /// Why the recipient gets it.
    pub why: Why,
}

/// One case in a digest, as it stood with its last notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestCase {
    /// What a case of its process is called.
    pub kind: String,
    /// What it is known as.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// What happened, oldest first.
    pub happened: Vec<DigestLine>,
    /// Where it stands.
    pub state: Option<String>,
    /// How it ended, where it has.
    pub ended: Option<String>,
    /// Whose turn it is.
    pub turn: Option<String>,
    /// Whether it is the recipient's turn.
    pub your_turn: bool,
    /// What is due next.
    pub deadline: Option<DeadlineSays>,
    /// Its page.
    pub link: Link,
}

/// One notice in a digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestLine {
    /// When, in words.
    pub when: String,
    /// What happened.
    pub subject: String,
}

impl DigestLetter {
    /// The digest of these letters, each with when it was queued (UTC), in any order.
    pub fn of(frequency: Frequency, letters: &[(DateTime<Utc>, CaseLetter)], why: Why) -> Self {
        let mut by_case: BTreeMap<&str, Vec<&(DateTime<Utc>, CaseLetter)>> = BTreeMap::new();
        for letter in letters {
            by_case.entry(&letter.1.reference).or_default().push(letter);
        }
        let mut cases: Vec<DigestCase> = by_case.into_values().filter_map(case).collect();
        cases.sort_by_key(|case| case.deadline.as_ref().map_or(DateTime::<Utc>::MAX_UTC, |due| due.closes_at));
        let your_turns = cases.iter().filter(|case| case.your_turn).count();
        Self {
            frequency,
            notices: counted(letters.len(), "notice"),
            in_cases: counted(cases.len(), "case"),
            your_turns: (your_turns > 0).then(|| counted(your_turns, "case")),
            cases,
            why,
        }
    }
}

fn case(mut letters: Vec<&(DateTime<Utc>, CaseLetter)>) -> Option<DigestCase> {
    letters.sort_by_key(|(at, _)| *at);
    let line =
        |(at, letter): &(DateTime<Utc>, CaseLetter)| DigestLine { when: words(*at), subject: letter.subject.clone() };
    let happened = letters.iter().map(|letter| line(letter)).collect();
    let (_, last) = letters.last()?;
    Some(DigestCase {
        kind: last.kind.clone(),
        reference: last.reference.clone(),
        title: last.title.clone(),
        happened,
        state: last.state.clone(),
        ended: last.ended.clone(),
        turn: last.turn.clone(),
        your_turn: last.your_turn,
        deadline: last.deadline.clone(),
        link: last.link.clone(),
    })
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
