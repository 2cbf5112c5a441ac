//! The way through a document: which section the reader is in, and what its paragraphs belong to.

use super::columns::Column;
use super::fields::{component_in, flat, requirement_in, retirement, says};
use super::place::{Place, is_empty};
use super::{Imported, items, table};
use crate::brd::ids::{ComponentId, DomainId};
use crate::brd::item::ItemId;
use crate::brd::lines::{BrdText, Line};
use crate::brd::lint::{Finding, Rule};
use crate::brd::model::{Brd, Component, Format};
use crate::brd::shape::{ABOUT_ACCESS, ABOUT_ALLOCATED, NO_DOMAIN, NO_SUCH_COMPONENT, OF_DOMAIN, OF_FLOW, VERSION};
use crate::brd::version::Version;
use crate::document::{Block, Document, Heading, Paragraph};

/// A document in the reading.
pub(super) struct Walk {
    pub(super) brd: Brd,
    pub(super) place: Place,
    pub(super) findings: Vec<Finding>,
    /// The component under whose heading the reader is, and how deep that heading lies.
    pub(super) component: Option<(ComponentId, u8)>,
    /// What paragraphs and lists are the text of.
    pub(super) open: Option<ItemId>,
    /// The item whose row was read last, for rows that go on over a page.
    pub(super) last: Option<ItemId>,
    /// The columns of the table before, for tables that go on over a page.
    pub(super) columns: Vec<Column>,
    /// Components named in rows of one cell, which give no domain.
    pub(super) without_domain: Vec<ComponentId>,
    /// The heading in a row of one cell above the rows that are being read.
    pub(super) row_heading: Option<Line>,
    /// The domain in such a row of the access matrix.
    pub(super) row_domain: Option<DomainId>,
    /// Paragraphs of this section that belong to no item.
    prose: usize,
}

impl Walk {
    /// Reads a document from the beginning to the end.
    pub(super) fn of(document: &Document) -> Self {
        let mut walk = Self::new(document);
        walk.title(document);
        for block in &document.blocks {
            walk.block(block);
        }
        walk.end_section();
        items::learn_domains(&mut walk);
        if walk.brd.version == UNKNOWN {
            let mend = "Write `version` in the file that was imported.";
            walk.found("the document", "it does not say which version it is", mend);
        }
        walk
    }

    fn new(document: &Document) -> Self {
        let brd = Brd { format: Format, version: UNKNOWN, title: Line::new(&document.title), ..Brd::default() };
        Self {
            brd,
            place: Place::default(),
            findings: Vec::new(),
            component: None,
            open: None,
            last: None,
            columns: Vec::new(),
            without_domain: Vec::new(),
            row_heading: None,
            row_domain: None,
            prose: 0,
        }
    }

    pub(super) fn finish(self) -> Imported {
        Imported { brd: self.brd, findings: self.findings }
    }

    /// The version, from the lines below the title or the reference on each page.
    fn title(&mut self, document: &Document) {
        let head = [&document.properties.reference, &document.title, &document.header];
        let lines = document.subtitle.iter().chain(head);
        let words = lines.flat_map(|line| line.split_whitespace());
        let version = words.filter(|word| *word != VERSION).find_map(|word| Version::parse(word).ok());
        self.brd.version = version.unwrap_or(UNKNOWN);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Table(table) => {
                self.place.next_table();
                table::read(self, table);
            }
            block if is_empty(block) => {}
            Block::Paragraph(paragraph) => self.paragraph(paragraph, block),
            block => self.text(block),
        }
    }

    fn heading(&mut self, heading: &Heading) {
        self.end_section();
        let depth = self.place.enter(heading);
        let words = flat(&heading.text);
        if self.component.as_ref().is_some_and(|(_, above)| *above >= depth) {
            self.component = None;
        }
        self.open = None;
        self.last = None;
        (self.row_heading, self.row_domain) = (None, None);
        self.columns.clear();
        if let Some((id, _)) = requirement_in(&words) {
            self.open = items::begin(self, id);
        } else if let Some((id, name)) = component_in(&words) {
            self.open_component(id, name, depth);
        }
    }

    /// A component that is met again goes on.
    fn open_component(&mut self, id: ComponentId, name: Line, depth: u8) {
        if self.brd.component(&id).is_none() {
            let component = Component {
                id: id.clone(),
                name,
                flow: Line::default(),
                domain: None,
                text: BrdText::default(),
                retired: None,
            };
            self.brd.components.push(component);
        }
        self.open = Some(ItemId::Component(id.clone()));
        self.component = Some((id, depth));
    }

    fn paragraph(&mut self, paragraph: &Paragraph, block: &Block) {
        let line = flat(&paragraph.text);
        if matches!(line.as_str(), ABOUT_ACCESS | ABOUT_ALLOCATED) || self.version_line(&line) {
            return;
        }
        match &self.open {
            Some(ItemId::Component(id)) => {
                let id = id.clone();
                self.of_component(&id, &line, block);
            }
            _ => self.text(block),
        }
    }

    /// A line such as `Version V1.0.9 Draft` before the first heading.
    fn version_line(&mut self, line: &str) -> bool {
        let Some((VERSION, rest)) = line.split_once(' ').filter(|_| self.place.depth() == 0) else {
            return false;
        };
        let (version, status) = rest.split_once(' ').unwrap_or((rest, ""));
        let Ok(version) = Version::parse(version) else {
            return false;
        };
        (self.brd.version, self.brd.status) = (version, Line::new(status));
        true
    }

    /// A paragraph below the heading of a component: its domain, that it is no longer in use, or part of its text.
    fn of_component(&mut self, id: &ComponentId, line: &str, block: &Block) {
        if line == NO_SUCH_COMPONENT {
            self.brd.components.retain(|component| component.id != *id);
            self.open = None;
            return;
        }
        let Some(component) = self.brd.components.iter_mut().find(|component| component.id == *id) else {
            return;
        };
        let untold = component.text.is_blank() && component.retired.is_none();
        if let Some(facts) = line.strip_prefix(OF_DOMAIN).filter(|_| untold && component.domain.is_none()) {
            let (domain, flow) = facts.split_once(OF_FLOW).unwrap_or((facts, ""));
            component.domain = domain.parse().ok();
            component.flow = Line::new(flow);
            if component.domain.is_none() && domain != NO_DOMAIN {
                let what = format!("“{domain}” is no domain of {id}");
                self.not_understood(&what, "Write the id of a domain.");
            }
        } else if let Some(retired) = retirement(line).filter(|_| untold) {
            component.retired = Some(retired);
        } else {
            self.text(block);
        }
    }

    /// Text of the item whose heading is open, or of none.
    pub(super) fn text(&mut self, block: &Block) {
        let Some(id) = self.open.clone() else {
            self.leave_out(1);
            return;
        };
        let (_, retired) = says::<crate::brd::RequirementId>(std::slice::from_ref(block));
        if retired.is_some() && items::retire(&mut self.brd, &id, retired) {
            return;
        }
        if let Some(text) = items::text_of(&mut self.brd, &id) {
            let mut blocks = text.blocks();
            blocks.push(block.clone());
            *text = BrdText::from_blocks(&blocks);
        }
    }

    /// Counts paragraphs and lists that belong to no item.
    pub(super) fn leave_out(&mut self, count: usize) {
        self.prose += count;
    }

    /// What a section says beside its items is no part of the baseline.
    fn end_section(&mut self) {
        let count = std::mem::take(&mut self.prose);
        if count > 0 {
            let place = self.place.section();
            let what = match count {
                1 => "1 paragraph or list belongs to no item and was left out".to_owned(),
                _ => format!("{count} paragraphs or lists belong to no item and were left out"),
            };
            let mend = "Put what has to be kept into an item.";
            self.findings.push(Finding::at(place, Rule::LeftOut, what, mend));
        }
    }

    /// A finding about the place that is being read.
    pub(super) fn not_understood(&mut self, what: &str, mend: &str) {
        let place = self.place.words();
        self.found(place, what, mend);
    }

    fn found(&mut self, place: impl Into<String>, what: &str, mend: &str) {
        self.findings.push(Finding::at(place, Rule::NotUnderstood, what, mend));
    }
}

/// The version of a document that does not say which it is.
const UNKNOWN: Version = Version { major: 0, minor: 0, patch: 0 };
