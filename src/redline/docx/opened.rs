//! Two stories side by side, parsed.

use std::collections::HashMap;

use super::error::{RedlineError, Side};
use super::hash::of_text;
use super::root::Root;
use super::work::Work;
use crate::document::ooxml::{Package, ReadError, Relationship, Source, Target, Xml};

/// A pair of stories as files.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'s> {
    pub(super) old: &'s Source,
    pub(super) new: &'s Source,
    /// What the newer part is called in the result.
    pub(super) result: &'s str,
}

/// A pair of stories, parsed.
pub(super) struct Opened<'s> {
    pub(super) pair: Pair<'s>,
    pub(super) old: Xml<'s>,
    pub(super) new: Xml<'s>,
    pub(super) old_targets: Targets,
    pub(super) new_targets: Targets,
    pub(super) root: Root,
}

/// What each relationship of a part points at, as a digest.
pub(super) type Targets = HashMap<String, u64>;

impl Work<'_> {
    /// Parses two stories.
    pub(super) fn open<'s>(&mut self, pair: Pair<'s>) -> Result<Opened<'s>, RedlineError> {
        let old = pair.old.xml().map_err(RedlineError::of(Side::Old))?;
        let new = pair.new.xml().map_err(RedlineError::of(Side::New))?;
        self.opened(pair, old, new)
    }

    pub(super) fn opened<'s>(
        &mut self,
        pair: Pair<'s>,
        old: Xml<'s>,
        new: Xml<'s>,
    ) -> Result<Opened<'s>, RedlineError> {
        let (of_old, of_new) = (RedlineError::of(Side::Old), RedlineError::of(Side::New));
        same_edition(&old, &new)?;
        let old_targets = targets(self.old, pair.old.part()).map_err(of_old)?;
        let mut new_targets = targets(self.new, pair.new.part()).map_err(&of_new)?;
        self.tell_apart(pair, &mut new_targets).map_err(of_new)?;
        let highest = highest_id(&new);
        self.pen.start_above(highest);
        self.carry.start_above(highest);
        let root = Root::compare(&old, &new);
        Ok(Opened { pair, old, new, old_targets, new_targets, root })
    }

    /// Gives newer parts that only seem to be like an older one a digest of their own: that of a package can be made to
    /// order.
    fn tell_apart(&self, pair: Pair<'_>, targets: &mut Targets) -> Result<(), ReadError> {
        let part = |one: &Relationship| match &one.target {
            Target::Part(name) => Some(name.clone()),
            Target::External(_) => None,
        };
        let older = self.old.relationships(pair.old.part())?;
        let older = older.iter().filter_map(|one| part(one).and_then(|name| Some((self.old.digest(&name)?, name))));
        let older: HashMap<u64, String> = older.collect();
        for one in self.new.relationships(pair.new.part())?.iter() {
            let Some(name) = part(one) else { continue };
            let like = self.new.digest(&name).and_then(|digest| older.get(&digest));
            if like.is_some_and(|like| !self.old.same(like, self.new, &name).unwrap_or(false)) {
                targets.insert(one.id.clone(), of_text(&format!("new {name}")));
            }
        }
        Ok(())
    }
}

fn targets(package: &Package<'_>, part: &str) -> Result<Targets, ReadError> {
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

/// The highest number that any id of a part has, but for those too high to count on from.
fn highest_id(xml: &Xml<'_>) -> u64 {
    let ids = xml.attributes().filter(|one| one.name().ends_with("id"));
    ids.filter_map(|one| one.value().parse().ok()).filter(|id| *id < 1_000_000_000).max().unwrap_or(0)
}
