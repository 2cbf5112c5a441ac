//! The whole of a comparison: body, then headers and footers, then notes, then what was brought along.

use std::collections::HashMap;

use super::carry::Carry;
use super::definitions::Book;
use super::error::{RedlineError, Side};
use super::graft::{Graft, Used};
use super::hash::of_text;
use super::lens::{Lens, NoteKind, Renames};
use super::notes::{NoteBook, Numbers, pair};
use super::pen::Pen;
use super::pieces::Sides;
use super::read;
use super::root::Root;
use super::story_job::{Stories, StoryJob};
use super::tags::Tags;
use super::write::{Links, Moving, Writer};
use super::{Options, Redline};
use crate::document::ooxml::{Package, ReadError, Source, Space, Target, Xml, XmlNode, child, elements, is};
use crate::redline::diff::Interner;

/// A comparison under way.
pub(super) struct Work<'p> {
    old: &'p Package<'p>,
    new: &'p Package<'p>,
    book: Book,
    renames: Renames,
    /// The newer document renames nothing.
    as_is: Renames,
    numbers: (Numbers, Numbers),
    /// The ids of notes that both documents refer to in the same place.
    shared_notes: Vec<(NoteKind, String, String)>,
    pen: Pen,
    carry: Carry<'p>,
}

/// A pair of stories as files.
struct Pair<'s> {
    old: &'s Source,
    new: &'s Source,
    /// What the newer part is called in the result.
    result: &'s str,
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
            pen: Pen::new(options),
            carry: Carry::new(old, new).map_err(RedlineError::of(Side::New))?,
        })
    }

    /// Compares everything and packs the result.
    pub(super) fn finish(mut self) -> Result<Redline, RedlineError> {
        self.pair_notes()?;
        self.body()?;
        self.headers_and_footers()?;
        for kind in [NoteKind::Foot, NoteKind::End] {
            self.notes(kind)?;
        }
        if self.pen.summary.is_empty() {
            let docx = self.new.with(crate::document::ooxml::Edits::new()).map_err(RedlineError::Packing)?;
            return Ok(Redline { docx, summary: self.pen.summary });
        }
        self.book.bring(&mut self.carry, &self.renames).map_err(RedlineError::Packing)?;
        let docx = self.carry.finish().map_err(RedlineError::Packing)?;
        Ok(Redline { docx, summary: self.pen.summary })
    }

    fn source(&self, side: Side, part: &str) -> Result<Source, RedlineError> {
        let package = match side {
            Side::Old => self.old,
            Side::New => self.new,
        };
        Source::read(package, part).map_err(RedlineError::of(side))
    }

    fn body(&mut self) -> Result<(), RedlineError> {
        let old = self.source(Side::Old, self.old.main())?;
        let new = self.source(Side::New, self.new.main())?;
        let result = self.new.main();
        let pair = Pair { old: &old, new: &new, result };
        let text = self.write(&pair, |root| child(root, "body").unwrap_or(root))?;
        self.carry.edits.set(result, text.into_bytes());
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
        let text = self.write(&Pair { old: &old, new: &new, result: &job.result }, |root| root)?;
        let copied = job.new.as_ref() != Some(&job.result);
        if copied || self.pen.summary.all != before {
            self.carry.edits.set(&job.result, text.into_bytes());
        }
        Ok(())
    }

    /// Compares two stories; gives the text of the newer with the changes in it.
    fn write(&mut self, pair: &Pair<'_>, container: fn(XmlNode<'_>) -> XmlNode<'_>) -> Result<String, RedlineError> {
        let old_xml = pair.old.xml().map_err(RedlineError::of(Side::Old))?;
        let new_xml = pair.new.xml().map_err(RedlineError::of(Side::New))?;
        same_edition(&old_xml, &new_xml)?;
        let old_targets = targets(self.old, pair.old.part()).map_err(RedlineError::of(Side::Old))?;
        let new_targets = targets(self.new, pair.new.part()).map_err(RedlineError::of(Side::New))?;
        let old_lens = Lens { renames: &self.renames, targets: &old_targets, notes: &self.numbers.0 };
        let new_lens = Lens { renames: &self.as_is, targets: &new_targets, notes: &self.numbers.1 };
        let mut ids = Interner::default();
        let (old_container, new_container) = (container(old_xml.root()), container(new_xml.root()));
        let old_story = read::story(old_container, old_lens, &mut ids);
        let new_story = read::story(new_container, new_lens, &mut ids);
        drop(ids);
        let setup = Setup { pair, old_xml: &old_xml, new_xml: &new_xml, old_lens, new_lens };
        let highest = highest_id(pair.new.text());
        self.pen.start_above(highest);
        self.carry.start_above(highest);
        let sides = Sides { old: &old_story, new: &new_story };
        let root = Root::compare(&old_xml, &new_xml);
        let mut writer = setup.writer(sides, &root, &mut self.pen, &mut self.carry);
        writer.copy_to(super::markup::tag_end(pair.new.text(), new_container));
        writer.blocks(&old_story.blocks, &new_story.blocks);
        writer.last_section(old_container, new_container);
        writer.copy_to(pair.new.text().len());
        let (mut out, links, used) = (writer.out, writer.links, writer.graft.used);
        root.mend(&new_xml, &mut out, used == Used::Yes);
        self.remember(&links);
        Ok(out)
    }

    fn remember(&mut self, links: &Links<'_>) {
        for (old, new) in &links.notes {
            let id = |node: &XmlNode<'_>| crate::document::ooxml::attribute(*node, "id").map(str::to_owned);
            if let (Some(kind), Some(old), Some(new)) =
                (NoteKind::of_reference(new.tag_name().name()), id(old), id(new))
            {
                self.shared_notes.push((kind, old, new));
            }
        }
    }

    fn note_parts(&self, kind: NoteKind) -> Result<(Option<String>, Option<String>), RedlineError> {
        let part = |package: &Package<'_>, side: Side| {
            let relations = package.relationships(package.main()).map_err(RedlineError::of(side))?;
            Ok(relations.part_of_kind(kind.relation()).filter(|part| package.contains(part)).map(str::to_owned))
        };
        Ok((part(self.old, Side::Old)?, part(self.new, Side::New)?))
    }

    /// Finds which note of the older document is which of the newer.
    fn pair_notes(&mut self) -> Result<(), RedlineError> {
        for kind in [NoteKind::Foot, NoteKind::End] {
            let (old, new) = self.note_parts(kind)?;
            let (Some(old), Some(new)) = (old, new) else { continue };
            let (old, new) = (self.source(Side::Old, &old)?, self.source(Side::New, &new)?);
            let old_xml = old.xml().map_err(RedlineError::of(Side::Old))?;
            let new_xml = new.xml().map_err(RedlineError::of(Side::New))?;
            let mut numbers = std::mem::take(&mut self.numbers);
            let mut ids = Interner::default();
            let empty = (HashMap::new(), HashMap::new());
            let old_targets = targets(self.old, old.part()).map_err(RedlineError::of(Side::Old))?;
            let new_targets = targets(self.new, new.part()).map_err(RedlineError::of(Side::New))?;
            let old_lens = Lens { renames: &self.renames, targets: &old_targets, notes: &empty.0 };
            let new_lens = Lens { renames: &self.as_is, targets: &new_targets, notes: &empty.1 };
            let before = NoteBook::read(old_xml.root(), old_lens, &mut ids);
            let after = NoteBook::read(new_xml.root(), new_lens, &mut ids);
            pair(kind, &before, &after, &mut numbers);
            self.carry.notes.last.insert(kind, NoteBook::last_id(new_xml.root()));
            self.numbers = numbers;
        }
        Ok(())
    }

    /// Writes the notes of one kind: those that both refer to are compared, and those that deleted references need are
    /// added.
    fn notes(&mut self, kind: NoteKind) -> Result<(), RedlineError> {
        let (old, new) = self.note_parts(kind)?;
        let wanted: Vec<String> =
            self.carry.notes.order.iter().filter(|(of, _)| *of == kind).map(|(_, id)| id.clone()).collect();
        let Some(old_part) = old else { return Ok(()) };
        let Some(new_part) = new else {
            return if wanted.is_empty() { Ok(()) } else { self.bring_notes(kind, &old_part) };
        };
        let (old, new) = (self.source(Side::Old, &old_part)?, self.source(Side::New, &new_part)?);
        let old_xml = old.xml().map_err(RedlineError::of(Side::Old))?;
        let new_xml = new.xml().map_err(RedlineError::of(Side::New))?;
        same_edition(&old_xml, &new_xml)?;
        let old_targets = targets(self.old, &old_part).map_err(RedlineError::of(Side::Old))?;
        let new_targets = targets(self.new, &new_part).map_err(RedlineError::of(Side::New))?;
        let empty = HashMap::new();
        let old_lens = Lens { renames: &self.renames, targets: &old_targets, notes: &empty };
        let new_lens = Lens { renames: &self.as_is, targets: &new_targets, notes: &empty };
        let mut ids = Interner::default();
        let before = NoteBook::read(old_xml.root(), old_lens, &mut ids);
        let after = NoteBook::read(new_xml.root(), new_lens, &mut ids);
        let changes = self.pen.summary.all;
        let pair = Pair { old: &old, new: &new, result: &new_part };
        let setup = Setup { pair: &pair, old_xml: &old_xml, new_xml: &new_xml, old_lens, new_lens };
        let highest = highest_id(new.text());
        self.pen.start_above(highest);
        self.carry.start_above(highest);
        let sides = Sides { old: &before.story, new: &after.story };
        let root = Root::compare(&old_xml, &new_xml);
        let mut writer = setup.writer(sides, &root, &mut self.pen, &mut self.carry);
        let partner: HashMap<&str, &str> = self
            .shared_notes
            .iter()
            .filter(|(of, ..)| *of == kind)
            .map(|(_, old, new)| (new.as_str(), old.as_str()))
            .collect();
        writer.shared_notes(&before, &after, &partner);
        writer.copy_to(super::markup::inner(new.text(), new_xml.root()).end);
        for id in &wanted {
            if let Some(note) = before.get(id) {
                writer.graft.node(&mut writer.out, note.node, None);
            }
        }
        writer.copy_to(new.text().len());
        let (mut out, used) = (writer.out, writer.graft.used);
        if self.pen.summary.all != changes || !wanted.is_empty() {
            root.mend(&new_xml, &mut out, used == Used::Yes);
            self.carry.edits.set(&new_part, out.into_bytes());
        }
        Ok(())
    }

    /// Brings all notes of one kind to a document that has none.
    fn bring_notes(&mut self, kind: NoteKind, part: &str) -> Result<(), RedlineError> {
        let old = RedlineError::of(Side::Old);
        let relations = self.old.relationships(self.old.main()).map_err(&old)?;
        let Some(address) = relations.of_kind(kind.relation()).next().map(|one| one.kind.clone()) else {
            return Ok(());
        };
        let name = self.carry.bring(part).map_err(&old)?;
        self.carry.point(self.new.main(), &address, Target::Part(name)).map_err(RedlineError::of(Side::New))?;
        Ok(())
    }
}

/// What a writer of one story needs.
struct Setup<'s> {
    pair: &'s Pair<'s>,
    old_xml: &'s Xml<'s>,
    new_xml: &'s Xml<'s>,
    old_lens: Lens<'s>,
    new_lens: Lens<'s>,
}

impl<'s> Setup<'s> {
    fn writer<'w, 'x, 'p>(
        &self,
        sides: Sides<'w, 'x>,
        root: &Root,
        pen: &'w mut Pen,
        carry: &'w mut Carry<'p>,
    ) -> Writer<'w, 'x, 'p>
    where
        's: 'w,
    {
        let _ = (self.old_xml, self.new_xml);
        let text = self.pair.new.text();
        Writer {
            sides,
            text,
            out: String::with_capacity(text.len() + text.len() / 4),
            cursor: 0,
            tags: Tags { w: root.w.clone() },
            pen,
            lens: self.new_lens,
            graft: Graft {
                text: self.pair.old.text(),
                lens: self.old_lens,
                carry,
                old_part: self.pair.old.part(),
                new_part: self.pair.result,
                declarations: root.conflicts.clone(),
                used: Used::No,
            },
            links: Links::default(),
            wrap: None,
            held: None,
            copied_run: None,
            moving: Moving::Alone,
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

    fn shared_notes(&mut self, old: &NoteBook<'x>, new: &NoteBook<'x>, partner: &HashMap<&str, &str>) {
        for note in &new.notes {
            let Some(before) = partner.get(note.id).and_then(|id| old.get(id)) else { continue };
            self.copy_to(super::markup::tag_end(self.text, note.node));
            self.blocks(&before.blocks, &note.blocks);
            self.copy_to(note.node.range().end);
        }
    }
}

/// What each relationship of a part points at, as a digest.
fn targets(package: &Package<'_>, part: &str) -> Result<HashMap<String, u64>, ReadError> {
    let digest = |target: &Target| match target {
        Target::Part(name) => package.digest(name).unwrap_or_else(|| of_text(name)),
        Target::External(address) => of_text(address),
    };
    Ok(package.relationships(part)?.iter().map(|one| (one.id.clone(), digest(&one.target))).collect())
}

fn same_edition(old: &Xml<'_>, new: &Xml<'_>) -> Result<(), RedlineError> {
    if old.root().tag_name().namespace() == new.root().tag_name().namespace() {
        Ok(())
    } else {
        Err(RedlineError::Editions)
    }
}

/// The highest number that any id in a text has, but for those too high to count on from.
fn highest_id(text: &str) -> u64 {
    let number = |at: usize| {
        let rest = text.get(at + 4..)?;
        let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
        rest.get(..end)?.parse::<u64>().ok()
    };
    text.match_indices("id=\"").filter_map(|(at, _)| number(at)).filter(|id| *id < 1_000_000_000).max().unwrap_or(0)
}

/// A header or footer like another, with nothing in it but one empty paragraph.
fn emptied(source: &Source, part: &str) -> Result<Source, ReadError> {
    let xml = source.xml()?;
    let root = xml.root();
    let inside = super::markup::inner(source.text(), root);
    let w = super::markup::prefix(source.text(), root);
    let head = source.text().get(..inside.start).unwrap_or_default();
    let tail = source.text().get(inside.end..).unwrap_or_default();
    Ok(source.with(part, format!("{head}<{w}p/>{tail}")))
}
