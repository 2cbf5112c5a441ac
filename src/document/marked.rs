//! Which parts of a document a redline marks.

use super::revision::Revision;
use super::table::Table;
use super::text_runs::Text;
use super::tree::Block;

/// Shows every mark on blocks and on what they hold, in reading order.
pub(crate) fn each_mark<'a>(blocks: &'a [Block], see: &mut impl FnMut(&'a Revision)) {
    for block in blocks {
        match block {
            Block::Heading(heading) => {
                heading.revisions.iter().for_each(&mut *see);
                of_text(&heading.text, see);
            }
            Block::Paragraph(paragraph) => {
                paragraph.revisions.iter().for_each(&mut *see);
                of_text(&paragraph.text, see);
            }
            Block::List(list) => list.items.iter().for_each(|item| each_mark(&item.blocks, see)),
            Block::Table(table) => of_table(table, see),
            Block::Contents | Block::PageBreak => {}
        }
    }
}

fn of_table<'a>(table: &'a Table, see: &mut impl FnMut(&'a Revision)) {
    of_text(&table.caption, see);
    for row in table.header.iter().chain(&table.rows) {
        row.revisions.iter().for_each(&mut *see);
        for cell in &row.cells {
            cell.revisions.iter().for_each(&mut *see);
            each_mark(&cell.blocks, see);
        }
    }
}

fn of_text<'a>(text: &'a Text, see: &mut impl FnMut(&'a Revision)) {
    for run in &text.runs {
        run.revisions.iter().for_each(&mut *see);
        each_mark(&run.footnote, see);
    }
}

/// Whether blocks or what they hold are marked.
pub(crate) fn are_marked(blocks: &[Block]) -> bool {
    let mut found = false;
    each_mark(blocks, &mut |_| found = true);
    found
}

/// For each block of a document whether it is shown where only changes are: it is marked, or it is the heading of a
/// section that holds something marked.
pub(crate) fn shown_with_changes(blocks: &[Block]) -> Vec<bool> {
    let mut below = [false; 4];
    let mut shown: Vec<bool> = Vec::with_capacity(blocks.len());
    for block in blocks.iter().rev() {
        let marked = are_marked(std::slice::from_ref(block));
        let kept = match block {
            Block::Heading(heading) => {
                let depth = usize::from(heading.level.depth()) - 1;
                let section = below.iter().skip(depth).any(|marked| *marked) || marked;
                below.iter_mut().skip(depth).for_each(|marked| *marked = false);
                if let Some(own) = below.get_mut(depth.saturating_sub(1)).filter(|_| depth > 0) {
                    *own |= section;
                }
                section
            }
            _ => marked,
        };
        if let Some(deepest) = below.last_mut().filter(|_| !matches!(block, Block::Heading(_))) {
            *deepest |= marked;
        }
        shown.push(kept);
    }
    shown.reverse();
    shown
}

/// Everybody who made a change, in the order in which their marks come first.
pub(crate) fn authors(blocks: &[Block]) -> Vec<String> {
    let mut authors: Vec<String> = Vec::new();
    each_mark(blocks, &mut |mark| {
        if !authors.contains(&mark.author) {
            authors.push(mark.author.clone());
        }
    });
    authors
}
