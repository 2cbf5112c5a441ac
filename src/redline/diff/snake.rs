//! The middle of a shortest way from one sequence to the other.
//!
//! The search of E. Myers ("An O(ND) Difference Algorithm and Its Variations", 1986) in linear space: from both ends
//! at once, one difference more per round, until the two searches meet. On the grid whose columns are the old tokens
//! and whose rows are the new ones, a diagonal is numbered by column minus row; here plus `rows + 1`, so that all are
//! positive.
#![expect(
    clippy::indexing_slicing,
    reason = "every index is a diagonal within the grid widened by one on each side, which the two arrays cover"
)]

/// A point of the grid: so many old tokens and so many new tokens lie before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) old: usize,
    pub(super) new: usize,
}

/// What a search came to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meeting {
    /// A shortest way leads through this point.
    Middle(Point),
    /// The steps ran out; of all points reached, this one lies furthest from its end of the grid.
    Furthest(Point),
}

/// The diagonals that one of the two searches has reached, and how far along each.
#[derive(Default)]
struct Front {
    /// Per diagonal the old tokens passed: plus one for the forward search, so that 0 is "not reached".
    reach: Vec<usize>,
    low: usize,
    high: usize,
}

impl Front {
    fn start(&mut self, diagonals: usize, diagonal: usize, reach: usize) {
        if self.reach.len() < diagonals {
            self.reach = vec![0; diagonals];
        }
        (self.low, self.high) = (diagonal, diagonal);
        self.reach[diagonal] = reach;
    }

    /// One more difference reaches one more diagonal on each side, within the grid.
    fn widen(&mut self, lowest: usize, highest: usize, unreached: usize) {
        if self.low > lowest {
            self.low -= 1;
            self.reach[self.low - 1] = unreached;
        } else {
            self.low += 1;
        }
        if self.high < highest {
            self.high += 1;
            self.reach[self.high + 1] = unreached;
        } else {
            self.high -= 1;
        }
    }

    fn holds(&self, diagonal: usize) -> bool {
        (self.low..=self.high).contains(&diagonal)
    }

    fn diagonals(&self) -> impl Iterator<Item = usize> + use<> {
        (self.low..=self.high).rev().step_by(2)
    }
}

/// The two searches; keeps its memory from one call to the next.
#[derive(Default)]
pub(super) struct Search {
    forward: Front,
    backward: Front,
    /// Steps taken so far: diagonals visited and equal tokens passed.
    pub(super) steps: usize,
}

/// One pair of sequences under search. Neither is empty; they differ in their first and in their last token.
struct Grid<'a> {
    old: &'a [u32],
    new: &'a [u32],
}

impl Grid<'_> {
    /// The number of the diagonal through the top left corner.
    fn zero(&self) -> usize {
        self.new.len() + 1
    }

    fn row(&self, column: usize, diagonal: usize) -> usize {
        (column + self.zero()).saturating_sub(diagonal)
    }

    /// The point at this column of the diagonal, if it lies on the grid.
    fn point(&self, column: usize, diagonal: usize) -> Option<Point> {
        let row = (column + self.zero()).checked_sub(diagonal)?;
        (column <= self.old.len() && row <= self.new.len()).then_some(Point { old: column, new: row })
    }
}

impl Search {
    /// Looks for the middle of a shortest way; gives up after about `limit` steps.
    pub(super) fn middle(&mut self, old: &[u32], new: &[u32], limit: usize) -> Meeting {
        let grid = Grid { old, new };
        let diagonals = old.len() + new.len() + 3;
        self.forward.start(diagonals, grid.zero(), 1);
        self.backward.start(diagonals, old.len() + 1, old.len());
        let until = self.steps.saturating_add(limit);
        let highest = old.len() + new.len() + 1;
        loop {
            self.forward.widen(1, highest, 0);
            if let Some(point) = self.advance(&grid) {
                return Meeting::Middle(point);
            }
            self.backward.widen(1, highest, usize::MAX);
            if let Some(point) = self.retreat(&grid) {
                return Meeting::Middle(point);
            }
            if self.steps > until {
                return Meeting::Furthest(self.furthest(&grid));
            }
        }
    }

    /// One more difference from the start. The point where this meets the other search, if it does.
    fn advance(&mut self, grid: &Grid<'_>) -> Option<Point> {
        let odd = !(grid.old.len() + grid.new.len()).is_multiple_of(2);
        let (columns, rows) = (grid.old.len(), grid.new.len());
        for diagonal in self.forward.diagonals() {
            let (below, above) = (self.forward.reach[diagonal - 1], self.forward.reach[diagonal + 1]);
            let start = if below >= above { below } else { above - 1 };
            let (mut column, mut row) = (start, grid.row(start, diagonal));
            while column < columns && row < rows && grid.old[column] == grid.new[row] {
                column += 1;
                row += 1;
            }
            self.steps += 1 + column - start;
            self.forward.reach[diagonal] = column + 1;
            if odd && self.backward.holds(diagonal) && self.backward.reach[diagonal] <= column {
                return grid.point(column, diagonal);
            }
        }
        None
    }

    /// One more difference from the end.
    fn retreat(&mut self, grid: &Grid<'_>) -> Option<Point> {
        let even = (grid.old.len() + grid.new.len()).is_multiple_of(2);
        for diagonal in self.backward.diagonals() {
            let (below, above) = (self.backward.reach[diagonal - 1], self.backward.reach[diagonal + 1]);
            let start = if below < above { below } else { above.saturating_sub(1) };
            let (mut column, mut row) = (start, grid.row(start, diagonal));
            while column > 0 && row > 0 && grid.old.get(column - 1) == grid.new.get(row - 1) {
                column -= 1;
                row -= 1;
            }
            self.steps += 1 + start - column;
            self.backward.reach[diagonal] = column;
            if even && self.forward.holds(diagonal) && column < self.forward.reach[diagonal] {
                return grid.point(column, diagonal);
            }
        }
        None
    }

    /// Of all points either search has reached, the one furthest from where its search began.
    fn furthest(&self, grid: &Grid<'_>) -> Point {
        let all = grid.old.len() + grid.new.len();
        let ahead = self.forward.diagonals().filter_map(|diagonal| {
            let point = grid.point(self.forward.reach[diagonal].checked_sub(1)?, diagonal)?;
            Some((point.old + point.new, point))
        });
        let back = self.backward.diagonals().filter_map(|diagonal| {
            let point = grid.point(self.backward.reach[diagonal], diagonal)?;
            Some((all - point.old - point.new, point))
        });
        let best = ahead.chain(back).max_by_key(|(passed, _)| *passed);
        best.map_or(Point { old: grid.old.len(), new: grid.new.len() }, |(_, point)| point)
    }
}
