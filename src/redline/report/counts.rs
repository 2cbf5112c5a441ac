//! How many changes there are.

use serde::Serialize;

use super::change::{Kind, ReportedChange};

/// How many changes of each kind there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Parts that are new.
    pub added: u32,
    /// Parts whose words differ.
    pub amended: u32,
    /// Parts that are gone.
    pub removed: u32,
    /// Parts that stand elsewhere.
    pub moved: u32,
    /// Parts that are only set otherwise.
    pub formatted: u32,
    /// Parts whose number alone differs.
    pub renumbered: u32,
}

impl Counts {
    /// How many of one kind.
    pub fn of(&self, kind: Kind) -> u32 {
        match kind {
            Kind::Added => self.added,
            Kind::Amended => self.amended,
            Kind::Removed => self.removed,
            Kind::Moved => self.moved,
            Kind::Formatted => self.formatted,
            Kind::Renumbered => self.renumbered,
        }
    }

    /// How many in all.
    pub fn all(&self) -> u32 {
        Kind::ALL.iter().map(|kind| self.of(*kind)).sum()
    }

    fn add(&mut self, kind: Kind) {
        let count = match kind {
            Kind::Added => &mut self.added,
            Kind::Amended => &mut self.amended,
            Kind::Removed => &mut self.removed,
            Kind::Moved => &mut self.moved,
            Kind::Formatted => &mut self.formatted,
            Kind::Renumbered => &mut self.renumbered,
        };
        *count += 1;
    }
}

/// How many changes there are, in all and by what they stand under.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// In all.
    pub all: Counts,
    /// By the outermost section, in reading order.
    pub by_section: Vec<Counted>,
    /// By domain, where tables name one, in reading order.
    pub by_domain: Vec<Counted>,
    /// By who made them, in reading order.
    pub by_author: Vec<Counted>,
}

/// How many changes stand under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The name; empty for what stands under none.
    pub name: String,
    /// How many.
    #[serde(flatten)]
    pub counts: Counts,
}

impl Summary {
    /// Counts changes.
    pub fn of(changes: &[ReportedChange]) -> Self {
        let mut summary = Self::default();
        for change in changes {
            summary.all.add(change.kind);
            let section = change.section.first().map(String::as_str).unwrap_or_default();
            count(&mut summary.by_section, section, change.kind);
            count(&mut summary.by_author, &change.author, change.kind);
            if let Some(domain) = &change.domain {
                count(&mut summary.by_domain, domain, change.kind);
            }
        }
        summary
    }
}

fn count(counted: &mut Vec<Counted>, name: &str, kind: Kind) {
    let place = counted.iter().position(|counted| counted.name == name).unwrap_or_else(|| {
        counted.push(Counted { name: name.to_owned(), counts: Counts::default() });
        counted.len() - 1
    });
    if let Some(counted) = counted.get_mut(place) {
        counted.counts.add(kind);
    }
}
