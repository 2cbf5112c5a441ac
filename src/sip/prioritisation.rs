//! The score of a SIP against published criteria (R23, R25).
//!
//! Criteria are data that everybody can read: a question, a weight and what each mark means. A score is a sum of whole
//! numbers, and each of its lines says where it comes from. Who proposed a SIP is no criterion.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::errors::{Collector, FieldErrors, Mend, excerpt};
use super::text::{Line, Note, Reason};

/// The highest weight a criterion may carry.
const HIGHEST_WEIGHT: u32 = 100;
/// The most criteria.
const MOST_CRITERIA: usize = 30;
/// The most marks a criterion may tell apart.
const MOST_LEVELS: usize = 11;

/// The short name by which marks refer to a criterion: lower-case letters and underscores.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CriterionKey(String);

/// A text is not a criterion key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{given:?} is not a key")]
pub struct KeyError {
    /// The beginning of what was given.
    pub given: String,
}

impl Mend for KeyError {
    fn mend(&self) -> String {
        "write up to 40 lower-case letters and underscores, such as party_benefit".to_owned()
    }
}

impl CriterionKey {
    /// Reads a key.
    ///
    /// # Errors
    ///
    /// [`KeyError`] for any other character, or more than 40 of them.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let well_formed = text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        if well_formed && (1..=40).contains(&text.len()) {
            return Ok(Self(text.to_owned()));
        }
        Err(KeyError { given: excerpt(text) })
    }
}

impl Display for CriterionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_value!(CriterionKey, KeyError);

/// One published criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its short name.
    pub key: CriterionKey,
    /// Its name for readers.
    pub name: Line<100>,
    /// The question a mark answers.
    pub question: Note,
    /// How much each mark counts, 1 to 100.
    pub weight: u32,
    /// What each mark means, from nought upwards.
    pub levels: Vec<Note>,
}

impl Criterion {
    /// The highest mark.
    pub fn highest_mark(&self) -> u32 {
        u32::try_from(self.levels.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }
}

/// The published criteria, in the order they are explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawCriteria")]
pub struct Criteria {
    version: Line<40>,
    criteria: Vec<Criterion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCriteria {
    version: Line<40>,
    criteria: Vec<Criterion>,
}

impl Criteria {
    /// The name of this version of the criteria.
    pub fn version(&self) -> &Line<40> {
        &self.version
    }

    /// The criteria in order.
    pub fn iter(&self) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter()
    }

    fn has(&self, key: &CriterionKey) -> bool {
        self.criteria.iter().any(|criterion| criterion.key == *key)
    }
}

impl TryFrom<RawCriteria> for Criteria {
    type Error = FieldErrors;

    fn try_from(raw: RawCriteria) -> Result<Self, FieldErrors> {
        let mut faults = Collector::default();
        if !(1..=MOST_CRITERIA).contains(&raw.criteria.len()) {
            let what = format!("the number of criteria is {}", raw.criteria.len());
            faults.note("criteria", what, format!("give 1 to {MOST_CRITERIA}"));
        }
        let mut seen = BTreeSet::new();
        for (index, criterion) in raw.criteria.iter().enumerate() {
            check_criterion(&format!("criteria[{index}]"), criterion, &mut faults);
            if !seen.insert(&criterion.key) {
                let what = format!("{} is there twice", criterion.key);
                faults.note(format!("criteria[{index}].key"), what, "give each criterion its own key");
            }
        }
        let criteria = Self { version: raw.version, criteria: raw.criteria };
        faults.finish(Some(criteria))
    }
}

fn check_criterion(path: &str, criterion: &Criterion, faults: &mut Collector) {
    if !(1..=HIGHEST_WEIGHT).contains(&criterion.weight) {
        let what = format!("{} is not a weight", criterion.weight);
        faults.note(format!("{path}.weight"), what, format!("give 1 to {HIGHEST_WEIGHT}"));
    }
    if !(2..=MOST_LEVELS).contains(&criterion.levels.len()) {
        let what = format!("the number of levels is {}", criterion.levels.len());
        let mend = format!("say what each mark means, for 2 to {MOST_LEVELS} marks");
        faults.note(format!("{path}.levels"), what, mend);
    }
}

/// The marks given to one SIP.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Marks(pub BTreeMap<CriterionKey, Mark>);

/// One mark and the reason for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// From nought to the highest mark of the criterion.
    pub mark: u32,
    /// Why this mark.
    pub because: Reason,
}

/// What a SIP scores, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// The version of the criteria used.
    pub criteria: Line<40>,
    /// One line for each criterion, in their order.
    pub lines: Vec<ScoreLine>,
    /// The sum of what the lines add.
    pub total: u32,
    /// The highest total there can be.
    pub out_of: u32,
}

/// What one criterion adds to a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreLine {
    /// The criterion.
    pub key: CriterionKey,
    /// Its name.
    pub name: Line<100>,
    /// The mark given.
    pub mark: u32,
    /// The highest mark.
    pub of: u32,
    /// The weight.
    pub weight: u32,
    /// The mark times the weight.
    pub adds: u32,
    /// Why this mark.
    pub because: Reason,
}

impl Display for ScoreLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, mark, of, weight, adds, .. } = self;
        write!(f, "{name}: {mark} of {of}, weight {weight}, adds {adds}")
    }
}

impl Score {
    /// Which score is the higher: by its share of what could be had, so that scores by different versions of the
    /// criteria can be compared at all.
    pub fn compare(&self, other: &Self) -> Ordering {
        let share = |score: &Self, out_of: u32| u64::from(score.total) * u64::from(out_of);
        share(self, other.out_of).cmp(&share(other, self.out_of))
    }
}

impl Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} by criteria {}.", self.total, self.out_of, self.criteria)?;
        let reason = |line: &ScoreLine| line.because.as_str().trim_end_matches('.').to_owned();
        self.lines.iter().try_for_each(|line| write!(f, " {line} ({}).", reason(line)))
    }
}

/// Scores a SIP by marks as somebody wrote them: the key of a criterion, the mark, the reason.
///
/// # Errors
///
/// As [`score`], and every key or reason that cannot be read, all at once.
pub fn score_written<'a>(
    criteria: &Criteria,
    written: impl IntoIterator<Item = (&'a str, u32, &'a str)>,
) -> Result<Score, FieldErrors> {
    let (mut faults, mut marks, mut unread) = (Collector::default(), Marks::default(), BTreeSet::new());
    for (key, mark, because) in written {
        let field = format!("marks.{}", excerpt(key));
        let because = faults.keep(&format!("{field}.because"), Reason::parse(because));
        match (faults.keep(&field, CriterionKey::parse(key)), because) {
            (Some(key), Some(because)) => {
                marks.0.insert(key, Mark { mark, because });
            }
            _ => {
                unread.insert(field);
            }
        }
    }
    let scored = score(criteria, &marks);
    let errors = scored.as_ref().err().into_iter().flat_map(FieldErrors::iter);
    for error in errors.filter(|error| !unread.contains(&error.field)) {
        faults.note(&error.field, &error.what, &error.mend);
    }
    faults.finish(scored.ok())
}

/// Scores a SIP.
///
/// # Errors
///
/// [`FieldErrors`] with every criterion that has no mark, every mark that is too high and every mark for something
/// that is no criterion.
pub fn score(criteria: &Criteria, marks: &Marks) -> Result<Score, FieldErrors> {
    let mut faults = Collector::default();
    let lines: Vec<_> = criteria.iter().filter_map(|criterion| line(criterion, marks, &mut faults)).collect();
    for key in marks.0.keys().filter(|key| !criteria.has(key)) {
        let what = format!("{key} is not a criterion of version {}", criteria.version);
        faults.note(format!("marks.{key}"), what, "take it out");
    }
    let total = lines.iter().map(|line| line.adds).sum();
    let out_of = criteria.iter().map(|criterion| criterion.highest_mark() * criterion.weight).sum();
    faults.finish(Some(Score { criteria: criteria.version.clone(), lines, total, out_of }))
}

fn line(criterion: &Criterion, marks: &Marks, faults: &mut Collector) -> Option<ScoreLine> {
    let Criterion { key, name, weight, .. } = criterion;
    let of = criterion.highest_mark();
    let Some(Mark { mark, because }) = marks.0.get(key) else {
        faults.note(format!("marks.{key}"), "this is missing", format!("give a mark from 0 to {of}"));
        return None;
    };
    if *mark > of {
        faults.note(format!("marks.{key}.mark"), format!("{mark} is too high"), format!("give 0 to {of}"));
        return None;
    }
    let (key, name, because) = (key.clone(), name.clone(), because.clone());
    Some(ScoreLine { key, name, mark: *mark, of, weight: *weight, adds: mark * weight, because })
}
