//! Smaller pairs on which a promise still fails.

use super::model::{Block, Cell, Document, Format, Inline, Look, Merge};
use super::walk;

/// The smallest pair found on which `fails` still holds, trying at most `budget` pairs.
pub(crate) fn smallest(
    pair: (Document, Document),
    mut budget: usize,
    fails: &mut dyn FnMut(&Document, &Document) -> bool,
) -> (Document, Document) {
    let mut best = pair;
    let mut at = 0;
    let mut since = 0;
    loop {
        let steps = steps(&best.0).max(steps(&best.1));
        if since > steps || budget == 0 {
            return best;
        }
        at = if at >= steps { 0 } else { at };
        let (old, new) = (simpler(&best.0, at), simpler(&best.1, at));
        let tries =
            [old.clone().zip(new.clone()), old.map(|old| (old, best.1.clone())), new.map(|new| (best.0.clone(), new))];
        budget = budget.saturating_sub(1);
        if let Some(smaller) =
            tries.into_iter().flatten().filter(|pair| *pair != best).find(|(old, new)| fails(old, new))
        {
            (best, since) = (smaller, 0);
        } else {
            (at, since) = (at + 1, since + 1);
        }
    }
}

/// The number of ways in which a document can be made simpler by one step.
fn steps(document: &Document) -> usize {
    let mut step = Step { left: None, met: 0 };
    apply(&mut document.clone(), &mut step);
    step.met
}

/// The document made simpler in the way of that number.
fn simpler(document: &Document, number: usize) -> Option<Document> {
    let (mut changed, mut step) = (document.clone(), Step { left: Some(number), met: 0 });
    apply(&mut changed, &mut step);
    step.left.is_none().then(|| changed.made_sound())
}

/// Counts the ways met, and picks one of them.
struct Step {
    left: Option<usize>,
    met: usize,
}

impl Step {
    fn now(&mut self) -> bool {
        self.met += 1;
        match self.left {
            Some(0) => {
                self.left = None;
                true
            }
            Some(left) => {
                self.left = Some(left - 1);
                false
            }
            None => false,
        }
    }

    /// Removes the element whose turn it is.
    fn remove<T>(&mut self, all: &mut Vec<T>) {
        let before = self.met;
        let many = all.len();
        let at = (0..many).find(|_| self.now()).unwrap_or(many);
        if at < many {
            all.remove(at);
            self.met = before + many;
        }
    }
}

fn apply(document: &mut Document, step: &mut Step) {
    step.remove(&mut document.sections);
    for section in &mut document.sections {
        for story in [&mut section.header, &mut section.first_header, &mut section.footer] {
            if story.is_some() && step.now() {
                *story = None;
            }
        }
        if section.landscape && step.now() {
            section.landscape = false;
        }
    }
    walk::holders(document, &mut |blocks| blocks_simpler(blocks, step));
    walk::tables(document, &mut |table| {
        step.remove(&mut table.rows);
        if table.wide && step.now() {
            table.wide = false;
        }
        for row in &mut table.rows {
            step.remove(&mut row.cells);
            if (row.heading || row.control.is_some()) && step.now() {
                (row.heading, row.control) = (false, None);
            }
            row.cells.iter_mut().for_each(|cell| cell_simpler(cell, step));
        }
    });
    walk::paragraphs(document, &mut |paragraph| {
        if paragraph.look != Look::default() && step.now() {
            paragraph.look = Look::default();
        }
    });
    walk::contents(document, &mut |content| content_simpler(content, step));
}

fn blocks_simpler(blocks: &mut Vec<Block>, step: &mut Step) {
    step.remove(blocks);
    let unwrapped = blocks.iter().position(|block| matches!(block, Block::Control(..)) && step.now());
    if let Some(at) = unwrapped
        && let Block::Control(_, inside) = blocks.remove(at)
    {
        blocks.splice(at..at, inside);
    }
}

fn cell_simpler(cell: &mut Cell, step: &mut Step) {
    if cell.span > 1 && step.now() {
        cell.span = 1;
    }
    if cell.merge != Merge::Alone && step.now() {
        cell.merge = Merge::Alone;
    }
    if cell.shaded && step.now() {
        cell.shaded = false;
    }
}

fn content_simpler(content: &mut Vec<Inline>, step: &mut Step) {
    step.remove(content);
    for inline in content {
        match inline {
            Inline::Text(text, format) => {
                if *format != Format::default() && step.now() {
                    *format = Format::default();
                }
                text_simpler(text, step);
            }
            Inline::Note(_, inside) | Inline::TextBox(inside) => step.remove(inside),
            _ => {}
        }
    }
}

/// One word less.
fn text_simpler(text: &mut String, step: &mut Step) {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let before = words.len();
    step.remove(&mut words);
    if words.len() < before {
        *text = words.join(" ");
    }
}
