//! The notes of both documents: which is which before the body is read, and writing them once it is known which both
//! refer to.

use std::collections::HashMap;

use super::error::{RedlineError, Side};
use super::lens::NoteKind;
use super::markup::{inner, tag_end};
use super::notes::{NoteBook, pair};
use super::opened::Pair;
use super::pieces::Sides;
use super::work::Work;
use super::write::Writer;
use crate::document::ooxml::{Package, Target};
use crate::redline::diff::Interner;

impl Work<'_> {
    fn note_parts(&self, kind: NoteKind) -> Result<(Option<String>, Option<String>), RedlineError> {
        let part = |package: &Package<'_>, side: Side| {
            let relations = package.relationships(package.main()).map_err(RedlineError::of(side))?;
            Ok(relations.part_of_kind(kind.relation()).filter(|part| package.contains(part)).map(str::to_owned))
        };
        Ok((part(self.old, Side::Old)?, part(self.new, Side::New)?))
    }

    /// Finds which note of the older document is which of the newer.
    pub(super) fn pair_notes(&mut self) -> Result<(), RedlineError> {
        for kind in [NoteKind::Foot, NoteKind::End] {
            let (Some(old), Some(new)) = self.note_parts(kind)? else { continue };
            let (old, new) = (self.source(Side::Old, &old)?, self.source(Side::New, &new)?);
            let opened = self.open(Pair { old: &old, new: &new, result: new.part() })?;
            let (old_lens, new_lens) = self.lenses(&opened);
            let mut ids = Interner::default();
            let before = NoteBook::read(opened.old.root(), old_lens, &mut ids);
            let after = NoteBook::read(opened.new.root(), new_lens, &mut ids);
            pair(kind, &before, &after, &mut self.numbers);
            self.carry.notes.last.insert(kind, NoteBook::last_id(opened.new.root()));
        }
        Ok(())
    }

    /// Writes the notes of one kind: those that both refer to are compared, and those that deleted references need are
    /// added.
    pub(super) fn notes(&mut self, kind: NoteKind) -> Result<(), RedlineError> {
        let (Some(old), new) = self.note_parts(kind)? else { return Ok(()) };
        let order = self.carry.notes.order.iter();
        let wanted: Vec<String> = order.filter(|(of, _)| *of == kind).map(|(_, id)| id.clone()).collect();
        let Some(new) = new else {
            return if wanted.is_empty() { Ok(()) } else { self.bring_notes(kind, &old) };
        };
        let (old, new) = (self.source(Side::Old, &old)?, self.source(Side::New, &new)?);
        let opened = self.open(Pair { old: &old, new: &new, result: new.part() })?;
        let (old_lens, new_lens) = self.lenses(&opened);
        let mut ids = Interner::default();
        let before = NoteBook::read(opened.old.root(), old_lens, &mut ids);
        let after = NoteBook::read(opened.new.root(), new_lens, &mut ids);
        let changes = self.pen.summary.all;
        let shared = std::mem::take(&mut self.shared_notes);
        let partners = shared.iter().filter(|(of, ..)| *of == kind).map(|(_, old, new)| (new.as_str(), old.as_str()));
        let mut writer = self.writer(&opened, Sides { old: &before.story, new: &after.story });
        writer.shared_notes(&before, &after, &partners.collect());
        writer.copy_to(inner(new.text(), opened.new.root()).end);
        for note in wanted.iter().filter_map(|id| before.get(id)) {
            writer.graft.node(&mut writer.out, note.node, None);
        }
        writer.copy_to(new.text().len());
        let (mut out, used) = (writer.out, writer.graft.used);
        if self.pen.summary.all != changes || !wanted.is_empty() {
            opened.root.mend(&opened.new, &mut out, used);
            self.carry.edits.set(new.part(), out.into_bytes());
        }
        self.shared_notes = shared;
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

impl<'x> Writer<'_, 'x, '_> {
    fn shared_notes(&mut self, old: &NoteBook<'x>, new: &NoteBook<'x>, partner: &HashMap<&str, &str>) {
        for note in &new.notes {
            let Some(before) = partner.get(note.id).and_then(|id| old.get(id)) else { continue };
            self.copy_to(tag_end(self.text, note.node));
            self.blocks(&before.blocks, &note.blocks);
            self.copy_to(note.node.range().end);
        }
    }
}
