//! One part of a document: what its marks say together, and its words before and after.

use super::change::Kind;
use crate::document::{Block, Change, Revision, Run, Text, stands_in_newer, stands_in_older};

/// What the marks of a part come to.
#[derive(Debug, Default)]
pub(super) struct Unit {
    /// The words of the older document.
    pub(super) old: String,
    /// The words of the newer document.
    pub(super) new: String,
    /// The first mark, which says who and when.
    pub(super) mark: Option<Revision>,
    /// The number that the file gives to the move of the whole part.
    pub(super) moved: Option<u32>,
    pub(super) was: Vec<String>,
    /// What was done to the end of a paragraph.
    end: Option<Change>,
    in_words: bool,
    kept: bool,
    inserted: bool,
    deleted: bool,
    formatted: bool,
}

impl Unit {
    /// Adds a text that belongs to the part, with the marks on its end.
    pub(super) fn text(&mut self, text: &Text, revisions: &[Revision]) {
        for side in [&mut self.old, &mut self.new] {
            if !side.is_empty() && !side.ends_with('\n') {
                side.push('\n');
            }
        }
        text.runs.iter().for_each(|run| self.run(run));
        let whole = text.runs.iter().filter(|run| !is_blank(run)).all(|run| !run.revisions.is_empty());
        for mark in revisions {
            self.see(mark);
            self.end = Some(mark.change);
            match mark.change {
                Change::Inserted if !whole || text.is_empty() => self.new.push('¶'),
                Change::Deleted if !whole || text.is_empty() => self.old.push('¶'),
                _ => {}
            }
        }
    }

    fn run(&mut self, run: &Run) {
        let words = if run.image.is_some() { format!("[image: {}]", run.text) } else { run.text.clone() };
        if stands_in_older(&run.revisions) {
            self.old.push_str(&words);
        }
        if stands_in_newer(&run.revisions) {
            self.new.push_str(&words);
        }
        if run.revisions.is_empty() && !is_blank(run) {
            self.kept = true;
        }
        for mark in &run.revisions {
            self.see(mark);
            self.in_words = true;
        }
    }

    /// What was done to the end of the paragraph, if nothing was done to its words: it was parted from the next, or
    /// joined with it.
    pub(super) fn end_alone(&self) -> Option<Change> {
        self.end.filter(|_| !self.in_words && self.kept)
    }

    /// Takes note of a mark.
    pub(super) fn see(&mut self, mark: &Revision) {
        match mark.change {
            Change::Inserted => self.inserted = true,
            Change::Deleted => self.deleted = true,
            Change::Formatted => {
                self.formatted = true;
                if !mark.was.is_empty() && !self.was.contains(&mark.was) {
                    self.was.push(mark.was.clone());
                }
            }
            Change::MovedFrom | Change::MovedTo => self.moved = self.moved.or(Some(mark.number)),
        }
        if self.mark.as_ref().is_none_or(|first| first.change == Change::Formatted) {
            self.mark = Some(mark.clone());
        }
    }

    /// What was done; nothing for a part without marks.
    pub(super) fn kind(&self) -> Option<Kind> {
        self.mark.as_ref()?;
        let kind = match (self.inserted, self.deleted) {
            _ if self.moved.is_some() && !self.kept => Kind::Moved,
            (true, false) if !self.kept => Kind::Added,
            (false, true) if !self.kept => Kind::Removed,
            (false, false) if self.moved.is_none() && self.formatted => Kind::Formatted,
            _ if is_renumbered(self.old.trim(), self.new.trim()) => Kind::Renumbered,
            _ => Kind::Amended,
        };
        Some(kind)
    }
}

fn is_blank(run: &Run) -> bool {
    run.text.trim().is_empty() && run.image.is_none()
}

/// The words of blocks in the newer document, or in the older if the newer has none.
pub(super) fn words_of_blocks(blocks: &[Block]) -> String {
    let of = |stands: Stands| {
        let mut words = Vec::new();
        collect(blocks, stands, &mut words);
        words.retain(|text| !text.trim().is_empty());
        words.join(" ")
    };
    let newer = of(stands_in_newer);
    if newer.is_empty() { of(stands_in_older) } else { newer }
}

/// Whether a part with these marks stands in one of the two documents.
type Stands = fn(&[Revision]) -> bool;

fn collect(blocks: &[Block], stands: Stands, words: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => words.push(of_side(&heading.text, stands)),
            Block::Paragraph(paragraph) => words.push(of_side(&paragraph.text, stands)),
            Block::List(list) => list.items.iter().for_each(|item| collect(&item.blocks, stands, words)),
            Block::Table(table) => {
                let cells = table.header.iter().chain(&table.rows).flat_map(|row| &row.cells);
                cells.for_each(|cell| collect(&cell.blocks, stands, words));
            }
            Block::Contents | Block::PageBreak => {}
        }
    }
}

fn of_side(text: &Text, stands: Stands) -> String {
    text.runs.iter().filter(|run| stands(&run.revisions)).map(|run| run.text.as_str()).collect()
}

/// The words of a text in the newer document, or in the older if the newer has none.
pub(super) fn words_of(text: &Text) -> String {
    let newer = of_side(text, stands_in_newer);
    if newer.trim().is_empty() { of_side(text, stands_in_older) } else { newer }
}

/// Whether two texts differ in numbers alone that are given anew when something is added before them: the number at the
/// beginning, or that of the page at the end of a line of contents.
pub(super) fn is_renumbered(old: &str, new: &str) -> bool {
    let (before, after): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    let in_contents = |text: &str| text.rsplit_once('\t').is_some_and(|(_, page)| is_number(page.trim()));
    let last = before.len().saturating_sub(1);
    let page = in_contents(old) && in_contents(new);
    let mut pairs = before.iter().zip(&after).enumerate();
    before.len() == after.len()
        && before.len() > 1
        && old != new
        && pairs.all(|(place, (before, after))| {
            let counts = place == 0 || place == last && page;
            before == after || counts && is_number(before) && is_number(after)
        })
}

fn is_number(word: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let word = word.trim_end_matches(['.', ')']);
    !word.is_empty() && word.split('.').all(|part| !part.is_empty() && digits(part))
}

#[cfg(test)]
mod tests {
    use super::is_renumbered;

    #[test]
    fn a_number_given_anew_is_no_amendment() {
        assert!(is_renumbered("1.3 Scope\t4", "1.4 Scope\t5"));
        assert!(is_renumbered("7\nEpics\nA story", "8\nEpics\nA story"));
        assert!(is_renumbered("2. See above", "3. See above"));
    }

    #[test]
    fn words_and_numbers_that_mean_something_are_amendments() {
        assert!(!is_renumbered("5", "6"), "a number alone is a value");
        assert!(!is_renumbered("Within 5 days", "Within 6 days"));
        assert!(!is_renumbered("1.3 Scope", "1.4 Scopes"));
        assert!(!is_renumbered("Ends on 4", "Ends on 5"), "no line of contents");
        assert!(!is_renumbered("1.3 Scope", "1.3 Scope"));
    }
}
