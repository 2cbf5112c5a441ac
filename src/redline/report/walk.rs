//! Going through a marked tree: each part becomes a change, and its marks get the number of the change.

use std::collections::HashMap;

use super::change::{Kind, Part, ReportedChange};
use super::unit::{Unit, words_of, words_of_blocks};
use crate::document::{Block, Change, Heading, Paragraph, Revision, Row, Table, Text};
use crate::redline::identity::Identity;

/// Finds the changes of blocks, and gives each mark the number of its change.
pub(super) fn changes(blocks: &mut [Block]) -> Vec<ReportedChange> {
    let mut walk = Walk::default();
    walk.blocks(blocks, Part::Paragraph);
    walk.changes.extend(walk.end.take().map(|(_, change)| change));
    walk.changes
}

/// A tree on the way.
#[derive(Debug, Default)]
struct Walk {
    changes: Vec<ReportedChange>,
    /// The headings above: how deep each lies, what it says, and its identity.
    above: Vec<(u8, String, Option<Identity>)>,
    /// The change of each move, by its number in the file.
    moves: HashMap<u32, u32>,
    /// Whether the part before was added or removed, so that the next can go on with it.
    open: Option<Kind>,
    /// A paragraph that only its end was changed of. Where the next is added or removed, that is what the end tells of.
    end: Option<(Change, ReportedChange)>,
}

/// What a part is called.
struct Named {
    part: Part,
    identity: Option<Identity>,
    domain: Option<String>,
}

impl Walk {
    fn blocks(&mut self, blocks: &mut [Block], part: Part) {
        for (number, block) in blocks.iter_mut().enumerate() {
            match block {
                Block::Heading(heading) => self.heading(heading),
                Block::Paragraph(paragraph) => {
                    let part = if number == 0 { part } else { Part::Paragraph };
                    self.paragraph(paragraph, part);
                }
                Block::List(list) => list.items.iter_mut().for_each(|item| self.blocks(&mut item.blocks, Part::Item)),
                Block::Table(table) => self.table(table),
                Block::Contents | Block::PageBreak => {}
            }
        }
    }

    fn heading(&mut self, heading: &mut Heading) {
        let words = words_of(&heading.text);
        let identity = Identity::leading(&words);
        let depth = heading.level.depth();
        self.above.retain(|(above, ..)| *above < depth);
        self.text(&mut heading.text, &mut heading.revisions, Part::Heading, identity.clone());
        self.above.push((depth, words, identity));
    }

    fn paragraph(&mut self, paragraph: &mut Paragraph, part: Part) {
        let identity = Identity::leading(&words_of(&paragraph.text));
        self.text(&mut paragraph.text, &mut paragraph.revisions, part, identity);
    }

    fn text(&mut self, text: &mut Text, revisions: &mut [Revision], part: Part, identity: Option<Identity>) {
        let mut unit = Unit::default();
        unit.text(text, revisions);
        if let Some(number) = self.change(unit, Named { part, identity, domain: None }) {
            let marks = text.runs.iter_mut().flat_map(|run| &mut run.revisions).chain(revisions);
            marks.for_each(|mark| mark.number = number);
        }
        for run in &mut text.runs {
            self.blocks(&mut run.footnote, Part::Paragraph);
        }
    }

    fn table(&mut self, table: &mut Table) {
        self.text(&mut table.caption, &mut [], Part::Paragraph, None);
        let domain = table.header.last().and_then(domain_column);
        for row in table.header.iter_mut().chain(&mut table.rows) {
            self.row(row, domain);
        }
    }

    fn row(&mut self, row: &mut Row, domain: Option<usize>) {
        let mut unit = Unit::default();
        row.revisions.iter().for_each(|mark| unit.see(mark));
        for cell in &row.cells {
            cell.revisions.iter().for_each(|mark| unit.see(mark));
            see_blocks(&cell.blocks, &mut unit);
        }
        let identity = identity_of(row);
        let domain = domain.and_then(|column| row.cells.get(column)).map(|cell| words_of_blocks(&cell.blocks));
        let domain = domain.map(|domain| Identity::leading(&domain).map_or(domain, |identity| identity.to_string()));
        let domain = domain.filter(|domain| !domain.is_empty());
        let Some(number) = self.change(unit, Named { part: Part::Row, identity, domain }) else { return };
        row.revisions.iter_mut().for_each(|mark| mark.number = number);
        for cell in &mut row.cells {
            cell.revisions.iter_mut().for_each(|mark| mark.number = number);
            number_blocks(&mut cell.blocks, number);
        }
    }

    /// Adds the change that a part is, or goes on with the one before, and gives its number.
    fn change(&mut self, unit: Unit, named: Named) -> Option<u32> {
        let has_words = !unit.old.trim().is_empty() || !unit.new.trim().is_empty();
        let kind = unit.kind();
        if has_words {
            self.settle_end(kind);
        }
        let Some(kind) = kind else {
            self.open = self.open.filter(|_| !has_words);
            return None;
        };
        if let Some(number) = self.going_on(kind, &unit, &named) {
            return Some(number);
        }
        let number = u32::try_from(self.changes.len() + 1).unwrap_or(u32::MAX);
        if let Some(moved) = unit.moved.filter(|_| kind == Kind::Moved) {
            self.moves.insert(moved, number);
        }
        let end = unit.end_alone().filter(|end| matches!(end, Change::Inserted | Change::Deleted));
        let change = self.reported(number, kind, unit, named)?;
        self.open = Some(kind).filter(|_| end.is_none());
        if let Some(end) = end {
            self.end = Some((end, change));
        } else {
            self.changes.push(change);
        }
        Some(number)
    }

    /// The end of the paragraph before tells of what follows it, or is a change by itself.
    fn settle_end(&mut self, next: Option<Kind>) {
        let Some((end, change)) = self.end.take() else { return };
        let tells =
            matches!((end, next), (Change::Inserted, Some(Kind::Added)) | (Change::Deleted, Some(Kind::Removed)));
        if !tells {
            self.changes.push(change);
        }
    }

    fn reported(&self, number: u32, kind: Kind, unit: Unit, named: Named) -> Option<ReportedChange> {
        let above = self.above.iter().rev().find_map(|(.., identity)| identity.clone());
        let mark = unit.mark?;
        Some(ReportedChange {
            number,
            kind,
            part: named.part,
            identity: named.identity.or(above).map(|identity| identity.to_string()),
            section: self.above.iter().map(|(_, words, _)| words.clone()).collect(),
            domain: named.domain,
            author: mark.author,
            at: mark.at,
            old: unit.old.trim().to_owned(),
            new: unit.new.trim().to_owned(),
            was: (!unit.was.is_empty()).then(|| unit.was.join(", ")),
        })
    }

    /// The number of the change that a part belongs to: the other end of its move, or what was added or removed right
    /// before it by the same author.
    fn going_on(&mut self, kind: Kind, unit: &Unit, named: &Named) -> Option<u32> {
        let number = match kind {
            Kind::Moved => *self.moves.get(&unit.moved?)?,
            Kind::Added | Kind::Removed => {
                let last = self.changes.last()?;
                let author = unit.mark.as_ref().map(|mark| mark.author.as_str());
                let goes_on = self.open == Some(kind)
                    && named.identity.is_none()
                    && named.part != Part::Heading
                    && author == Some(last.author.as_str());
                goes_on.then_some(last.number)?
            }
            Kind::Amended | Kind::Formatted | Kind::Renumbered => return None,
        };
        let change = self.changes.iter_mut().find(|change| change.number == number)?;
        for (words, more) in [(&mut change.old, &unit.old), (&mut change.new, &unit.new)] {
            let apart = if words.is_empty() || more.trim().is_empty() { "" } else { "\n" };
            words.push_str(apart);
            words.push_str(more.trim());
        }
        self.open = Some(kind);
        Some(number)
    }
}

/// The identity in one of the first cells of a row. What stands in its last cell, after others, is only referred to.
fn identity_of(row: &Row) -> Option<Identity> {
    let last = row.cells.len().saturating_sub(1).max(1);
    row.cells.iter().take(last.min(3)).find_map(|cell| Identity::parse(&words_of_blocks(&cell.blocks)))
}

/// The column whose head speaks of domains.
fn domain_column(header: &Row) -> Option<usize> {
    header.cells.iter().position(|cell| words_of_blocks(&cell.blocks).to_lowercase().contains("domain"))
}

fn see_blocks(blocks: &[Block], unit: &mut Unit) {
    for block in blocks {
        match block {
            Block::Heading(heading) => unit.text(&heading.text, &heading.revisions),
            Block::Paragraph(paragraph) => unit.text(&paragraph.text, &paragraph.revisions),
            Block::List(list) => list.items.iter().for_each(|item| see_blocks(&item.blocks, unit)),
            Block::Table(table) => {
                unit.text(&table.caption, &[]);
                for row in table.header.iter().chain(&table.rows) {
                    row.revisions.iter().for_each(|mark| unit.see(mark));
                    row.cells.iter().for_each(|cell| see_blocks(&cell.blocks, unit));
                }
            }
            Block::Contents | Block::PageBreak => {}
        }
    }
}

fn number_blocks(blocks: &mut [Block], number: u32) {
    for block in blocks {
        match block {
            Block::Heading(heading) => number_text(&mut heading.text, &mut heading.revisions, number),
            Block::Paragraph(paragraph) => number_text(&mut paragraph.text, &mut paragraph.revisions, number),
            Block::List(list) => list.items.iter_mut().for_each(|item| number_blocks(&mut item.blocks, number)),
            Block::Table(table) => {
                number_text(&mut table.caption, &mut [], number);
                for row in table.header.iter_mut().chain(&mut table.rows) {
                    row.revisions.iter_mut().for_each(|mark| mark.number = number);
                    for cell in &mut row.cells {
                        cell.revisions.iter_mut().for_each(|mark| mark.number = number);
                        number_blocks(&mut cell.blocks, number);
                    }
                }
            }
            Block::Contents | Block::PageBreak => {}
        }
    }
}

fn number_text(text: &mut Text, revisions: &mut [Revision], number: u32) {
    let marks = text.runs.iter_mut().flat_map(|run| &mut run.revisions).chain(revisions);
    marks.for_each(|mark| mark.number = number);
    text.runs.iter_mut().for_each(|run| number_blocks(&mut run.footnote, number));
}
