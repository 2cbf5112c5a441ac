//! Rows of one cell: what the rows below them stand under.

use super::columns::Column;
use super::fields::plain;
use super::grid::Slot;
use super::items;
use super::join::join_words;
use super::walk::Walk;
use crate::brd::ids::{ComponentId, DomainId};
use crate::brd::item::ItemId;
use crate::brd::lines::{BrdText, Line};
use crate::document::Block;

/// Reads a row whose first cell spans it all: a component such as `UC-Login-001 (Main Flow): Lets people log in`, a domain
/// in the access matrix, or a heading. False for any other row.
pub(super) fn title_row(walk: &mut Walk, row: &[Slot<'_>], columns: &[Column]) -> bool {
    let Some(first) = only_cell(row) else {
        return false;
    };
    let Some((title, rest)) = first.own_blocks().split_first() else {
        return false;
    };
    let words = plain(std::slice::from_ref(title));
    if goes_on(walk, &words, first.own_blocks()) {
        return true;
    }
    if let Some((id, flow, says)) = component(&words) {
        let says = (!says.is_empty()).then(|| Block::paragraph(says));
        let blocks: Vec<Block> = says.into_iter().chain(rest.iter().cloned()).collect();
        items::title_component(walk, id, flow, BrdText::from_blocks(&blocks));
        return true;
    }
    if columns.is_empty() {
        return false;
    }
    if let Some(domain) = words.split(' ').next().and_then(|word| DomainId::parse(word).ok()) {
        walk.row_domain = Some(domain);
    } else {
        let (heading, more) = first_line(title);
        walk.component = None;
        walk.row_heading = Some(heading);
        walk.leave_out(rest.len() + more);
    }
    walk.last = None;
    true
}

/// A row that goes on with what the row above it says of a component, as `UC_Login_001, where` after `a case of`.
fn goes_on(walk: &mut Walk, words: &str, blocks: &[Block]) -> bool {
    let known = component(words).is_none_or(|(id, ..)| walk.brd.component(&id).is_some());
    let Some((id, _)) = walk.component.clone().filter(|_| walk.last.is_none() && known) else {
        return false;
    };
    match items::text_of(&mut walk.brd, &ItemId::Component(id)) {
        Some(text) if !text.is_blank() && !text.as_str().ends_with(['.', ':', ';', ')']) => {
            *text = join_words(text, blocks);
            true
        }
        _ => false,
    }
}

/// The cell that covers a whole row of several places.
fn only_cell<'a>(row: &'a [Slot<'a>]) -> Option<&'a Slot<'a>> {
    let (first, rest) = row.split_first()?;
    let whole = !rest.is_empty() && !first.from_above && rest.iter().all(|slot| slot.is_same(first));
    whole.then_some(first)
}

/// The first line of a block, and how many lines follow it.
fn first_line(block: &Block) -> (Line, usize) {
    let words = match block {
        Block::Paragraph(paragraph) => paragraph.text.to_plain(),
        other => plain(std::slice::from_ref(other)),
    };
    let mut lines = words.lines().map(Line::new).filter(|line| !line.is_blank());
    (lines.next().unwrap_or_default(), lines.count())
}

/// The id, the flow in brackets and the words behind them.
fn component(title: &str) -> Option<(ComponentId, Line, &str)> {
    let signs = [':', '-', '–', '—', ' '];
    let (word, rest) = title.split_once(' ').unwrap_or((title, ""));
    let id = ComponentId::parse(word.trim_end_matches(signs)).ok()?;
    let in_brackets = rest.strip_prefix('(').filter(|_| !word.ends_with(signs)).and_then(|rest| rest.split_once(')'));
    let (flow, says) = in_brackets.unwrap_or(("", rest));
    Some((id, Line::new(flow), says.trim_start_matches(signs)))
}
