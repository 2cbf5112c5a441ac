//! How much changed.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::Serialize;

use crate::redline::identity::Identity;

/// How much changed between two documents, over all stories.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Everything together.
    pub all: Tally,
    /// What changed under each identity: in its row, or from its heading to the next that has one.
    pub by_identity: BTreeMap<Identity, Tally>,
}

/// Counts of changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Stretches of text, and ends of paragraphs, inserted.
    pub insertions: usize,
    /// Stretches of text, and ends of paragraphs, deleted.
    pub deletions: usize,
    /// Paragraphs, rows and tables that stand elsewhere now.
    pub moves: usize,
    /// Stretches, paragraphs, cells, rows, tables or sections that look different.
    pub formatting: usize,
    /// Rows of tables inserted.
    pub rows_inserted: usize,
    /// Rows of tables deleted.
    pub rows_deleted: usize,
    /// Words inserted, those that moved left out.
    pub words_inserted: usize,
    /// Words deleted, those that moved left out.
    pub words_deleted: usize,
}

impl Summary {
    /// Whether the two documents say and look the same.
    pub fn is_empty(&self) -> bool {
        self.all == Tally::default()
    }

    pub(super) fn add(&mut self, under: Option<&Identity>, tally: Tally) {
        self.all += tally;
        if let Some(identity) = under {
            *self.by_identity.entry(identity.clone()).or_default() += tally;
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.insertions += more.insertions;
        self.deletions += more.deletions;
        self.moves += more.moves;
        self.formatting += more.formatting;
        self.rows_inserted += more.rows_inserted;
        self.rows_deleted += more.rows_deleted;
        self.words_inserted += more.words_inserted;
        self.words_deleted += more.words_deleted;
    }
}
