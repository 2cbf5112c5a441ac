//! The marks of a redline in a page. Nothing is told by colour alone: what is new is underlined, what is gone is
//! struck through, each change carries its number, and a screen reader is told which is which.

use std::collections::BTreeSet;

use super::blocks::Writer;
use crate::document::marked::{authors, each_mark};
use crate::document::revision::{Change, Revision};
use crate::document::text_runs::Text;
use crate::document::tree::Document;

/// The changes of a document, as its page shows them.
#[derive(Debug)]
pub(super) struct Marks {
    last: u32,
    authors: Vec<String>,
    shown: BTreeSet<(u32, End)>,
}

/// Which end of a move a mark stands at; every other change has one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Place,
    Origin,
}

impl End {
    fn of(mark: &Revision) -> Self {
        if mark.change == Change::MovedFrom { Self::Origin } else { Self::Place }
    }
}

impl Marks {
    /// The marks of a document, if it has any.
    pub(super) fn of(document: &Document) -> Option<Self> {
        let mut last = 0;
        each_mark(&document.blocks, &mut |mark| last = last.max(mark.number));
        (last > 0).then(|| Self { last, authors: authors(&document.blocks), shown: BTreeSet::new() })
    }

    /// The number of an author, from one, in the order in which they come first.
    fn author(&self, mark: &Revision) -> u32 {
        let place = self.authors.iter().position(|author| *author == mark.author).unwrap_or_default();
        u32::try_from(place + 1).unwrap_or(u32::MAX)
    }
}

/// The element, the class and the words for a change.
fn element(change: Change) -> (&'static str, &'static str, &'static str) {
    match change {
        Change::Inserted => ("ins", "inserted", "added: "),
        Change::Deleted => ("del", "deleted", "removed: "),
        Change::MovedFrom => ("del", "moved-from", "moved away: "),
        Change::MovedTo => ("ins", "moved-to", "moved here: "),
        Change::Formatted => ("span", "formatted", "set otherwise: "),
    }
}

impl Writer {
    /// Opens the elements of marks. The first mark of a change brings its number, and links to its neighbours.
    pub(super) fn open_marks(&mut self, revisions: &[Revision]) {
        self.first_marks(revisions);
        for mark in revisions {
            let (name, class, says) = element(mark.change);
            let author = self.marks.as_ref().map(|marks| marks.author(mark)).unwrap_or_default();
            let html = &mut self.html;
            html.raw("<").raw(name).raw(" class=\"rev ").raw(class).raw(" by-").number(author).raw("\"");
            if let Some(at) = mark.at.filter(|_| name != "span") {
                html.raw(" datetime=\"").text(&at.format("%Y-%m-%dT%H:%M:%SZ").to_string()).raw("\"");
            }
            html.raw(" title=\"").text(&title(mark)).raw("\"><span class=\"unseen\">").raw(says).raw("</span>");
        }
    }

    /// Closes the elements of marks.
    pub(super) fn close_marks(&mut self, revisions: &[Revision]) {
        for mark in revisions.iter().rev() {
            self.html.raw("</").raw(element(mark.change).0).raw(">");
        }
    }

    /// Writes the number of each change that shows here first.
    pub(super) fn first_marks(&mut self, revisions: &[Revision]) {
        for mark in revisions {
            let Some(marks) = &mut self.marks else { return };
            if !marks.shown.insert((mark.number, End::of(mark))) {
                continue;
            }
            let (last, author) = (marks.last, marks.author(mark));
            self.tag(mark, last, author);
        }
    }

    /// The number of a change with links to the change before and the next; at the ends of a move to the other end.
    fn tag(&mut self, mark: &Revision, last: u32, author: u32) {
        let number = mark.number;
        let is_origin = End::of(mark) == End::Origin;
        let html = &mut self.html;
        html.raw("<span class=\"change by-").number(author).raw("\" id=\"change-").number(number);
        html.raw(if is_origin { "-from\">" } else { "\">" });
        if number > 1 && !is_origin {
            html.raw("<a class=\"previous\" href=\"#change-").number(number - 1);
            html.raw("\" aria-label=\"Previous change\">‹</a>");
        }
        html.raw("<a class=\"which\" href=\"#list-").number(number).raw("\"><span class=\"unseen\">Change </span>");
        html.number(number).raw("</a>");
        match mark.change {
            Change::MovedFrom => drop(html.raw("<a href=\"#change-").number(number).raw("\">moved to →</a>")),
            Change::MovedTo => drop(html.raw("<a href=\"#change-").number(number).raw("-from\">← moved from</a>")),
            _ => {}
        }
        if number < last && !is_origin {
            html.raw("<a class=\"next\" href=\"#change-").number(number + 1);
            html.raw("\" aria-label=\"Next change\">›</a>");
        }
        html.raw("</span>");
    }

    /// Writes what is marked at the end of a paragraph, unless all of its words are marked the same.
    pub(super) fn end_mark(&mut self, text: &Text, revisions: &[Revision]) {
        for mark in revisions {
            let says_so =
                |change: Change| text.runs.iter().all(|run| run.revisions.iter().any(|mark| mark.change == change));
            if mark.change == Change::Formatted {
                self.html.raw("<span class=\"rev formatted end\" title=\"").text(&title(mark)).raw("\">¶</span>");
            } else if text.runs.is_empty() || !says_so(mark.change) {
                self.open_marks(std::slice::from_ref(mark));
                self.html.raw("¶");
                self.close_marks(std::slice::from_ref(mark));
            }
        }
    }

    /// The class of a part that is not shown where only changes are.
    pub(super) fn unchanged(&self, is_marked: impl FnOnce() -> bool) -> &'static str {
        if self.marks.is_some() && !is_marked() { " class=\"same\"" } else { "" }
    }
}

fn title(mark: &Revision) -> String {
    let (.., says) = element(mark.change);
    let mut title = format!("Change {}, {}{}", mark.number, says, mark.author);
    if let Some(at) = mark.at {
        title.push_str(&at.format(", %-d %B %Y").to_string());
    }
    if !mark.was.is_empty() {
        title.push_str("; before: ");
        title.push_str(&mark.was);
    }
    title
}
