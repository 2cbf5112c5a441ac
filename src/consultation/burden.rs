//! Who is asked what, and when: what consultations take of each Party's time.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::category::Category;
use super::pack::Respondent;

/// A consultation, as a burden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its reference.
    pub reference: String,
    /// The day it opens.
    pub opens_on: NaiveDate,
    /// The day it closes.
    pub closes_on: NaiveDate,
    /// How many SIPs it carries.
    pub sips: u32,
    /// How many questions it asks.
    pub questions: u32,
    /// The Parties asked.
    pub parties: Vec<AskedParty>,
}

/// A Party asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedParty {
    /// The Party.
    pub respondent: Respondent,
    /// Whether it has responded.
    pub answered: Answered,
}

/// Whether a Party has responded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// It has.
    Yes,
    /// It has not.
    No,
}

/// One Party asked in one consultation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The Party.
    pub respondent: Respondent,
    /// The consultation.
    pub reference: String,
    /// The day it opens.
    pub opens_on: NaiveDate,
    /// The day it closes.
    pub closes_on: NaiveDate,
    /// How many SIPs and questions.
    pub sips: u32,
    /// How many questions.
    pub questions: u32,
    /// Whether the Party has responded.
    pub answered: Answered,
}

/// Sums over lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Times a Party was asked.
    pub asked: u32,
    /// Times it responded.
    pub answered: u32,
    /// SIPs it was asked about.
    pub sips: u32,
    /// Questions it was asked.
    pub questions: u32,
}

/// Who is asked what, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Burden {
    /// Each Party and consultation, in the order of Parties, then of opening.
    pub lines: Vec<Line>,
    /// For each Party.
    pub by_party: Vec<(Respondent, Load)>,
    /// For each category.
    pub by_category: BTreeMap<Category, Load>,
    /// For each month in which consultations open, such as `2026-07`.
    pub by_month: BTreeMap<String, Load>,
}

/// Sums up what consultations ask of Parties.
pub fn burden(consultations: &[Asked]) -> Burden {
    let mut lines: Vec<Line> = consultations.iter().flat_map(lines_of).collect();
    lines.sort_by(|one, other| {
        let when = |line: &Line| (line.opens_on, line.reference.clone());
        one.respondent.order(&other.respondent).then_with(|| when(one).cmp(&when(other)))
    });
    let mut burden = Burden::default();
    for line in &lines {
        if burden.by_party.last().is_none_or(|(known, _)| known.party != line.respondent.party) {
            burden.by_party.push((line.respondent.clone(), Load::default()));
        }
        if let Some((_, load)) = burden.by_party.last_mut() {
            load.add(line);
        }
        burden.by_category.entry(line.respondent.category).or_default().add(line);
        let month = format!("{}-{:02}", line.opens_on.year(), line.opens_on.month());
        burden.by_month.entry(month).or_default().add(line);
    }
    Burden { lines, ..burden }
}

fn lines_of(asked: &Asked) -> impl Iterator<Item = Line> {
    asked.parties.iter().map(|party| Line {
        respondent: party.respondent.clone(),
        reference: asked.reference.clone(),
        opens_on: asked.opens_on,
        closes_on: asked.closes_on,
        sips: asked.sips,
        questions: asked.questions,
        answered: party.answered,
    })
}

impl Load {
    fn add(&mut self, line: &Line) {
        self.asked = self.asked.saturating_add(1);
        self.answered = self.answered.saturating_add(u32::from(line.answered == Answered::Yes));
        self.sips = self.sips.saturating_add(line.sips);
        self.questions = self.questions.saturating_add(line.questions);
    }
}
