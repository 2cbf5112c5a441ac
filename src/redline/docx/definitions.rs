//! Parts that define what content names: styles and lists.

use std::collections::HashMap;

use super::carry::Carry;
use super::graft::{Graft, Used};
use super::lens::{Lens, Renames};
use super::root::Root;
use super::votes::Uses;
use super::{numbering, styles};
use crate::document::ooxml::{Package, ReadError, Source, Target, XmlNode};

/// The parts of one kind in both documents, where they are not the same.
pub(super) struct Definitions {
    pub(super) old: Source,
    pub(super) new: Source,
}

/// What the two documents define differently.
#[derive(Default)]
pub(super) struct Book {
    styles: Option<Definitions>,
    lists: Option<Definitions>,
}

impl Book {
    /// Reads what the two documents define differently, and how the older one's styles are called in the newer one.
    pub(super) fn read(old: &Package<'_>, new: &Package<'_>, renames: &mut Renames) -> Result<Self, ReadError> {
        let book = Self { styles: differing(old, new, "styles")?, lists: differing(old, new, "numbering")? };
        if let Some(both) = &book.styles {
            styles::renames(both, renames)?;
        }
        Ok(book)
    }

    /// How the older document's lists are called in the newer one, told by what stands in them in the two main parts.
    pub(super) fn lists(&self, main: (XmlNode<'_>, XmlNode<'_>), renames: &mut Renames) -> Result<(), ReadError> {
        if let Some(both) = &self.lists {
            let uses = (Uses::read(main.0), Uses::read(main.1));
            renames.numbers = numbering::renames(both, renames, &uses)?;
        }
        Ok(())
    }

    /// Adds what carried content names and the newer document does not define.
    pub(super) fn bring(&self, carry: &mut Carry<'_>, renames: &Renames) -> Result<(), ReadError> {
        let mut work = Bringing { carry, renames, nothing: (HashMap::new(), HashMap::new()) };
        if let Some(both) = &self.styles
            && let Some(text) = styles::bring(both, &mut work)?
        {
            work.carry.edits.set(both.new.part(), text.into_bytes());
        }
        if let Some(both) = &self.lists
            && let Some(text) = numbering::bring(both, &mut work)?
        {
            work.carry.edits.set(both.new.part(), text.into_bytes());
        }
        let (styles, lists) = (!work.carry.styles.is_empty(), !work.carry.numbers.is_empty());
        for (kind, needed) in [("styles", styles), ("numbering", lists)] {
            if needed {
                bring_part(work.carry, kind)?;
            }
        }
        Ok(())
    }
}

/// Brings a whole part of definitions to a document that has none.
fn bring_part(carry: &mut Carry<'_>, kind: &str) -> Result<(), ReadError> {
    if carry.new.relationships(carry.new.main())?.part_of_kind(kind).is_some() {
        return Ok(());
    }
    let relations = carry.old.relationships(carry.old.main())?;
    let (Some(one), Some(part)) = (relations.of_kind(kind).next(), relations.part_of_kind(kind)) else { return Ok(()) };
    let name = carry.bring(part)?;
    carry.point(carry.new.main(), &one.kind, Target::Part(name))?;
    Ok(())
}

fn differing(old: &Package<'_>, new: &Package<'_>, kind: &str) -> Result<Option<Definitions>, ReadError> {
    let part = |package: &Package<'_>| -> Result<Option<String>, ReadError> {
        let relations = package.relationships(package.main())?;
        Ok(relations.part_of_kind(kind).filter(|part| package.contains(part)).map(str::to_owned))
    };
    let (Some(before), Some(after)) = (part(old)?, part(new)?) else { return Ok(None) };
    if old.same(&before, new, &after)? {
        return Ok(None);
    }
    Ok(Some(Definitions { old: Source::read(old, &before)?, new: Source::read(new, &after)? }))
}

/// Bringing definitions.
pub(super) struct Bringing<'b, 'p> {
    carry: &'b mut Carry<'p>,
    renames: &'b Renames,
    nothing: (HashMap<String, u64>, super::notes::Numbers),
}

impl<'p> Bringing<'_, 'p> {
    pub(super) fn graft<'g>(&'g mut self, both: &'g Definitions, root: &Root) -> Graft<'g, 'p> {
        Graft {
            text: both.old.text(),
            lens: Lens { renames: self.renames, targets: &self.nothing.0, notes: &self.nothing.1 },
            carry: self.carry,
            old_part: both.old.part(),
            new_part: both.new.part(),
            declarations: root.conflicts.clone(),
            used: Used::No,
        }
    }
}
