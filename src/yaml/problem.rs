//! What is wrong, where, and how to mend it.

use super::tree::Position;
use serde::Serialize;
use std::fmt::{self, Write};

/// One thing wrong in one place of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The name of the file, as the caller gave it.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted in characters from 1.
    pub column: usize,
    /// The part of the document concerned, such as `states.validation.clock.target`; empty for the whole.
    pub path: String,
    /// What is wrong, without a full stop.
    pub what: String,
    /// How to mend it, as a sentence.
    pub mend: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: ", self.file, self.line, self.column)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{}", self.what)?;
        match &self.mend {
            Some(mend) => write!(f, ". {mend}"),
            None => Ok(()),
        }
    }
}

/// The problems of one or more files, sorted by file and place.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Problems {
    list: Vec<Problem>,
    #[serde(skip)]
    extent: Extent,
}

/// Whether every problem is in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Extent {
    #[default]
    All,
    FirstOnes,
}

impl Problems {
    /// Sorts problems found elsewhere, for instance by checking the meaning of a document that was read.
    pub fn new(mut list: Vec<Problem>) -> Self {
        list.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        Self { list, extent: Extent::All }
    }

    /// The problems in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.list.iter()
    }

    /// The problems in order, for [`render`].
    pub fn as_slice(&self) -> &[Problem] {
        &self.list
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether reading stopped at the limit, so that more problems may follow once these are mended.
    pub fn stopped_early(&self) -> bool {
        self.extent == Extent::FirstOnes
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.list.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{problem}")?;
        }
        if self.stopped_early() {
            write!(f, "\nThere may be more problems once these are mended.")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Gathers the problems of one file up to a limit.
#[derive(Debug)]
pub(super) struct Collector {
    file: String,
    limit: usize,
    list: Vec<Problem>,
    extent: Extent,
}

impl Collector {
    pub(super) fn new(file: &str, limit: usize) -> Self {
        Self { file: file.to_owned(), limit: limit.max(1), list: Vec::new(), extent: Extent::All }
    }

    pub(super) fn add(&mut self, problem: Problem) {
        if self.is_full() {
            self.extent = Extent::FirstOnes;
        } else {
            self.list.push(problem);
        }
    }

    /// Adds a problem whose place is known from the text itself.
    pub(super) fn add_at(&mut self, at: Position, path: String, what: String, mend: &str) {
        let Position { line, column } = at;
        self.add(Problem { file: self.file.clone(), line, column, path, what, mend: Some(mend.to_owned()) });
    }

    /// Records that there may be problems nobody has looked for.
    pub(super) fn stop_early(&mut self) {
        self.extent = Extent::FirstOnes;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    pub(super) fn is_full(&self) -> bool {
        self.list.len() >= self.limit
    }

    pub(super) fn finish(self) -> Problems {
        Problems { extent: self.extent, ..Problems::new(self.list) }
    }
}

/// The most characters of one source line that [`render`] shows.
const SHOWN: usize = 100;

/// Prints each problem followed by the line of `source` it is in, with a caret under the place.
///
/// Characters that could disturb a terminal are shown as `\u{fffd}`; of a long line only the part around the place is
/// shown.
pub fn render(problems: &[Problem], source: &str) -> String {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let lines: Vec<&str> = source.lines().collect();
    let mut out = String::new();
    for problem in problems {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{problem}");
        if let Some(line) = problem.line.checked_sub(1).and_then(|index| lines.get(index)) {
            out.push_str(&excerpt(line, problem.line, problem.column));
        }
    }
    out
}

fn excerpt(line: &str, number: usize, column: usize) -> String {
    let caret = column.saturating_sub(1).min(line.chars().count());
    let skipped = caret.saturating_sub(SHOWN / 2);
    let shown: String = line.chars().skip(skipped).take(SHOWN).map(printable).collect();
    let number = number.to_string();
    let margin = " ".repeat(number.len());
    let indent = " ".repeat(caret - skipped);
    format!("  {number} | {shown}\n  {margin} | {indent}^\n")
}

fn printable(c: char) -> char {
    match c {
        '\t' => ' ',
        c if super::words::refused_character(c).is_some() => '\u{fffd}',
        c => c,
    }
}
