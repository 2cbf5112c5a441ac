//! The whole of a comparison: body, then headers and footers, then notes, then what was brought along.

use std::collections::HashMap;

use super::bookmarks;
use super::carry::Carry;
use super::definitions::Book;
use super::error::{RedlineError, Side};
use super::existing::{First, Settled, settle, settled};
use super::graft::{Graft, Used};
use super::lens::{Lens, NoteKind, Renames};
use super::markup::{inner, open_tag, prefix, qualified_name, tag_end};
use super::notes::Numbers;
use super::opened::{Opened, Pair};
use super::pen::Pen;
use super::pieces::Sides;
use super::read;
use super::sections::{Stories, StoryJob};
use super::tags::Tags;
use super::write::{Links, Moving, Writer, Written};
use super::{Existing, Options, Redline};
use crate::document::ooxml::{Edits, Package, ReadError, Source, Space, Target, Xml, XmlNode, child, elements, is};
use crate::redline::diff::Interner;

/// A comparison under way.
pub(super) struct Work<'p> {
    pub(super) old: &'p Package<'p>,
    pub(super) new: &'p Package<'p>,
    book: Book,
    renames: Renames,
    /// The newer document renames nothing.
    as_is: Renames,
    pub(super) numbers: (Numbers, Numbers),
    /// The ids of notes that both documents refer to in the same place.
    pub(super) shared_notes: Vec<(NoteKind, String, String)>,
    pub(super) pen: Pen,
    pub(super) carry: Carry<'p>,
    existing: Existing,
    /// Newer parts whose own tracked changes were dealt with.
    settled: Vec<(String, String)>,
}

impl<'p> Work<'p> {
    pub(super) fn new(old: &'p Package<'p>, new: &'p Package<'p>, options: &Options) -> Result<Self, RedlineError> {
        let mut renames = Renames::default();
        let book = Book::read(old, new, &mut renames).map_err(RedlineError::of(Side::New))?;
        Ok(Self {
            old,
            new,
            book,
            renames,
            as_is: Renames::default(),
            numbers: (HashMap::new(), HashMap::new()),
            shared_notes: Vec::new(),
            existing: options.existing,
            settled: Vec::new(),
            pen: Pen::new(options),
            carry: Carry::new(old, new).map_err(RedlineError::of(Side::New))?,
        })
    }

    /// Compares everything and packs the result.
    pub(super) fn finish(mut self) -> Result<Redline, RedlineError> {
        self.settle_stories()?;
        self.main()?;
        self.headers_and_footers()?;
        for kind in [NoteKind::Foot, NoteKind::End] {
            self.notes(kind)?;
        }
        let changed = !self.pen.summary.is_empty();
        if changed {
            self.book.bring(&mut self.carry, &self.renames).map_err(RedlineError::Packing)?;
            self.carry.edits.check(self.new.limits()).map_err(RedlineError::Unsound)?;
        } else {
            self.carry.edits = Edits::new();
        }
        for (part, text) in self.settled {
            if self.carry.edits.get(&part).is_none() {
                self.carry.edits.set(&part, text.into_bytes());
            }
        }
        let docx = if changed { self.carry.finish() } else { self.new.with(self.carry.edits) };
        Ok(Redline { docx: docx.map_err(RedlineError::Packing)?, summary: self.pen.summary })
    }

    /// A story with its own tracked changes dealt with.
    pub(super) fn source(&mut self, side: Side, part: &str) -> Result<Source, RedlineError> {
        let source = self.read(side, part)?;
        let settled = settle(&source, self.existing).map_err(RedlineError::of(side))?;
        Ok(self.settled(side, &source, settled)?.unwrap_or(source))
    }

    fn read(&self, side: Side, part: &str) -> Result<Source, RedlineError> {
        let package = match side {
            Side::Old => self.old,
            Side::New => self.new,
        };
        Source::read(package, part).map_err(RedlineError::of(side))
    }

    /// What a story is instead when its tracked changes are dealt with.
    fn settled(&mut self, side: Side, source: &Source, settled: Settled) -> Result<Option<Source>, RedlineError> {
        match settled {
            Settled::AsItIs => Ok(None),
            Settled::Text(text) => {
                if side == Side::New {
                    self.settled.push((source.part().to_owned(), text.clone()));
                }
                Ok(Some(source.with(source.part(), text)))
            }
            Settled::Refused(First { author, near }) => {
                Err(RedlineError::Tracked { side, part: source.part().to_owned(), author, near })
            }
        }
    }

    /// Deals with the tracked changes of every story beside the body, for not all of them are compared.
    fn settle_stories(&mut self) -> Result<(), RedlineError> {
        for (side, package) in [(Side::Old, self.old), (Side::New, self.new)] {
            let relations = package.relationships(package.main()).map_err(RedlineError::of(side))?;
            for kind in ["header", "footer", "footnotes", "endnotes"] {
                for one in relations.of_kind(kind) {
                    if let Target::Part(part) = &one.target
                        && package.contains(part)
                    {
                        self.source(side, part)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Deals with the tracked changes of the bodies. Most have none, so that they need not be parsed twice.
    fn main(&mut self) -> Result<(), RedlineError> {
        let (old, new) = (self.read(Side::Old, self.old.main())?, self.read(Side::New, self.new.main())?);
        let result = self.new.main();
        let (before, after) =
            (old.xml().map_err(RedlineError::of(Side::Old))?, new.xml().map_err(RedlineError::of(Side::New))?);
        let older = self.settled(Side::Old, &old, settled(&before, self.existing))?;
        let newer = self.settled(Side::New, &new, settled(&after, self.existing))?;
        if older.is_none() && newer.is_none() {
            let opened = self.opened(Pair { old: &old, new: &new, result }, before, after)?;
            return self.bodies(&opened);
        }
        drop((before, after));
        let (old, new) = (older.unwrap_or(old), newer.unwrap_or(new));
        let opened = self.open(Pair { old: &old, new: &new, result })?;
        self.bodies(&opened)
    }

    /// Finds which list and which note of the older document is which of the newer, then compares the bodies.
    fn bodies(&mut self, opened: &Opened<'_>) -> Result<(), RedlineError> {
        let roots = (opened.old.root(), opened.new.root());
        self.book.lists(roots, &mut self.renames).map_err(RedlineError::of(Side::New))?;
        self.pair_notes()?;
        let text = self.write(opened, body_of)?;
        self.carry.edits.set(opened.pair.result, text.into_bytes());
        Ok(())
    }

    fn headers_and_footers(&mut self) -> Result<(), RedlineError> {
        for job in std::mem::take(&mut self.carry.stories) {
            self.header_or_footer(&job)?;
        }
        Ok(())
    }

    fn header_or_footer(&mut self, job: &StoryJob) -> Result<(), RedlineError> {
        let old = job.old.as_ref().map(|part| self.source(Side::Old, part)).transpose()?;
        let new = job.new.as_ref().map(|part| self.source(Side::New, part)).transpose()?;
        let (old, new) = match (old, new) {
            (Some(old), Some(new)) => (old, new),
            (Some(old), None) => {
                let new = emptied(&old, &job.result).map_err(RedlineError::of(Side::Old))?;
                (old, new)
            }
            (None, Some(new)) => {
                let old = emptied(&new, "").map_err(RedlineError::of(Side::New))?;
                (old, new)
            }
            (None, None) => return Ok(()),
        };
        let before = self.pen.summary.all;
        let opened = self.open(Pair { old: &old, new: &new, result: &job.result })?;
        let text = self.write(&opened, whole)?;
        let copied = job.new.as_ref() != Some(&job.result);
        if copied || self.pen.summary.all != before {
            self.carry.edits.set(&job.result, text.into_bytes());
        }
        Ok(())
    }

    /// How each of two stories is seen.
    pub(super) fn lenses<'l>(&'l self, opened: &'l Opened<'_>) -> (Lens<'l>, Lens<'l>) {
        (
            Lens { renames: &self.renames, targets: &opened.old_targets, notes: &self.numbers.0 },
            Lens { renames: &self.as_is, targets: &opened.new_targets, notes: &self.numbers.1 },
        )
    }

    /// A writer of one story.
    pub(super) fn writer<'w, 'x>(&'w mut self, opened: &'w Opened<'w>, sides: Sides<'w, 'x>) -> Writer<'w, 'x, 'p> {
        let Pair { old, new, result } = opened.pair;
        let text = new.text();
        Writer {
            sides,
            text,
            out: String::with_capacity(text.len() + text.len() / 4),
            cursor: 0,
            tags: Tags { w: &opened.root.w },
            pen: &mut self.pen,
            lens: Lens { renames: &self.as_is, targets: &opened.new_targets, notes: &self.numbers.1 },
            graft: Graft {
                text: old.text(),
                lens: Lens { renames: &self.renames, targets: &opened.old_targets, notes: &self.numbers.0 },
                carry: &mut self.carry,
                old_part: old.part(),
                new_part: result,
                declarations: opened.root.conflicts.clone(),
                used: Used::No,
            },
            links: Links::default(),
            wrap: None,
            held: None,
            copied_run: None,
            moving: Moving::Alone,
            written: Written::default(),
        }
    }

    /// Compares two stories; gives the text of the newer with the changes in it.
    fn write(
        &mut self,
        opened: &Opened<'_>,
        container: fn(XmlNode<'_>) -> Option<XmlNode<'_>>,
    ) -> Result<String, RedlineError> {
        let pair = opened.pair;
        let old_container = container(opened.old.root()).ok_or_else(|| no_body(Side::Old, &opened.old))?;
        let new_container = container(opened.new.root()).ok_or_else(|| no_body(Side::New, &opened.new))?;
        if let Some(text) = with_room(pair.new.text(), new_container) {
            let new = pair.new.with(pair.new.part(), text);
            let opened = self.open(Pair { new: &new, ..pair })?;
            return self.write(&opened, container);
        }
        if pair.old.part() == self.old.main() {
            self.renames.bookmarks = bookmarks::renames(old_container, new_container);
        }
        let (old_lens, new_lens) = self.lenses(opened);
        let mut ids = Interner::default();
        let old_story = read::story(old_container, old_lens, &mut ids);
        let new_story = read::story(new_container, new_lens, &mut ids);
        drop(ids);
        self.pen.under = None;
        let mut writer = self.writer(opened, Sides { old: &old_story, new: &new_story });
        writer.copy_to(tag_end(pair.new.text(), new_container));
        writer.blocks(&old_story.blocks, &new_story.blocks);
        writer.last_section(old_container, new_container);
        writer.copy_to(pair.new.text().len());
        let (mut out, links, used) = (writer.out, writer.links, writer.graft.used);
        opened.root.mend(&opened.new, &mut out, used);
        self.remember(&links);
        Ok(out)
    }

    fn remember(&mut self, links: &Links<'_>) {
        for (old, new) in &links.notes {
            let id = |node: &XmlNode<'_>| crate::document::ooxml::attribute(*node, "id").map(str::to_owned);
            if let (Some(kind), Some(old), Some(new)) = (NoteKind::of_reference(new.name()), id(old), id(new)) {
                self.shared_notes.push((kind, old, new));
            }
        }
    }
}

impl<'x> Writer<'_, 'x, '_> {
    /// The section that a body ends with.
    fn last_section(&mut self, old: XmlNode<'x>, new: XmlNode<'x>) {
        let last = |node: XmlNode<'x>| elements(node).next_back().filter(|last| is(*last, Space::Word, "sectPr"));
        let Some(section) = last(new) else { return };
        let theirs = last(old).map(|section| Stories::of(section).after(self.sides.old)).unwrap_or_default();
        let ours = Stories::of(section).after(self.sides.new);
        let sections = self.sections_with((last(old), &theirs), (Some(section), &ours));
        self.copy_to(section.range().start);
        self.section(&sections);
        self.skip_to(section.range().end);
    }
}

/// All of a header or footer.
#[expect(clippy::unnecessary_wraps, reason = "it stands where a container may be missing")]
fn whole(root: XmlNode<'_>) -> Option<XmlNode<'_>> {
    Some(root)
}

/// The body of a main part.
fn body_of(root: XmlNode<'_>) -> Option<XmlNode<'_>> {
    Some(root).filter(|root| is(*root, Space::Word, "document")).and_then(|root| child(root, "body"))
}

fn no_body(side: Side, xml: &Xml<'_>) -> RedlineError {
    let what = format!("a file whose main part is `{}`", xml.root().name());
    RedlineError::of(side)(ReadError::NotADocument { what })
}

/// The text of a part whose container is written `<w:body/>`, with room to write into it.
fn with_room(text: &str, container: XmlNode<'_>) -> Option<String> {
    let range = container.range();
    let tag = open_tag(text, container);
    let name = qualified_name(text, container);
    let whole = text.get(range.clone()).unwrap_or_default();
    let closed = !container.has_children() && whole.ends_with("/>");
    closed.then(|| {
        let (head, tail) = (text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default());
        format!("{head}{tag}></{name}>{tail}")
    })
}

/// What each relationship of a part points at, as a digest.
/// A header or footer like another, with nothing in it but one empty paragraph.
fn emptied(source: &Source, part: &str) -> Result<Source, ReadError> {
    let xml = source.xml()?;
    let root = xml.root();
    let inside = inner(source.text(), root);
    let w = prefix(source.text(), root);
    let head = source.text().get(..inside.start).unwrap_or_default();
    let tail = source.text().get(inside.end..).unwrap_or_default();
    Ok(source.with(part, format!("{head}<{w}p/>{tail}")))
}
