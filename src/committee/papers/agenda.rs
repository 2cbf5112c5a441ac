//! The agenda of a meeting.

use chrono::{NaiveDate, NaiveTime};

use super::filing::{Filing, Sitting, day};
use super::paper_facts::Action;
use crate::document::{Align, Document, Level, Row, Table};

/// What an agenda is built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// What it is filed under.
    pub filing: Filing,
    /// The meeting.
    pub sitting: Sitting,
    /// When it begins, on London clocks.
    pub starts: NaiveTime,
    /// Where it is held, or how to join.
    pub place: String,
    /// Who presides.
    pub chair: String,
    /// What makes a quorum, in words.
    pub quorum: String,
    /// What is on it, in order.
    pub items: Vec<AgendaItem>,
    /// What the body has decided by correspondence since it last met.
    pub decided_since: Vec<DecidedSince>,
}

/// One item of an agenda. Items are numbered in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaItem {
    /// What it is.
    pub title: String,
    /// What the body is to do with it.
    pub action: Action,
    /// The references of its papers.
    pub papers: Vec<String>,
    /// Who presents it.
    pub lead: String,
    /// What members should know of it beforehand, such as that a paper is late and why; empty for nothing.
    pub remark: String,
}

/// Something decided by correspondence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedSince {
    /// The reference of the ballot.
    pub ballot: String,
    /// What it was about.
    pub matter: String,
    /// What came of it.
    pub outcome: String,
    /// The London date on which it closed.
    pub on: NaiveDate,
}

impl Agenda {
    /// The agenda as a document.
    pub fn document(&self) -> Document {
        let mut document = self.filing.document(format!("{}: Agenda", self.sitting.body));
        document
            .subtitle(self.sitting.words())
            .table(Table::facts([
                ("Reference", self.filing.reference.clone()),
                ("Begins", format!("{} (London)", self.starts.format("%H:%M"))),
                ("Place", self.place.clone()),
                ("Chair", self.chair.clone()),
                ("Quorum", self.quorum.clone()),
            ]))
            .note(self.filing.classification.sentence())
            .heading(Level::One, "Items");
        if self.items.is_empty() {
            document.paragraph("There is nothing on the agenda yet.");
        } else {
            document.table(self.items());
        }
        self.since(&mut document);
        document
    }

    fn items(&self) -> Table {
        let columns = [("Item", 2), ("Title", 9), ("Action", 4), ("Papers", 5), ("Lead", 4)];
        let rows = self.items.iter().zip(1_u32..).map(|(item, number)| {
            let title =
                if item.remark.is_empty() { item.title.clone() } else { format!("{}\n{}", item.title, item.remark) };
            Row::of([number.to_string(), title, item.action.to_string(), item.papers.join("\n"), item.lead.clone()])
        });
        Table::new(columns).align([Align::Centre]).with_row_heads().rows(rows)
    }

    fn since(&self, document: &mut Document) {
        if self.decided_since.is_empty() {
            return;
        }
        let rows = self.decided_since.iter();
        let rows = rows.map(|one| Row::of([one.ballot.clone(), one.matter.clone(), one.outcome.clone(), day(one.on)]));
        document.heading(Level::One, "Decided since the last meeting").paragraph(format!(
            "The {} has decided the following by correspondence. It is on the agenda to be noted.",
            self.sitting.body
        ));
        let columns = [("Ballot", 2), ("Matter", 4), ("Outcome", 4), ("Date", 3)];
        document.table(Table::new(columns).with_row_heads().rows(rows));
    }
}
