//! The minutes of a meeting.

use chrono::{DateTime, NaiveDate, Utc};

use super::filing::{Filing, Sitting, day};
use super::outcome::BallotOutcome;
use crate::calendar::london_time;
use crate::committee::Then;
use crate::document::{Block, Document, Level, Row, Table};

/// What minutes are built from. Instants are UTC and are shown as London clocks had them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// What they are filed under.
    pub filing: Filing,
    /// The meeting.
    pub sitting: Sitting,
    /// How far the minutes are.
    pub state: MinutesState,
    /// Where it was held.
    pub place: String,
    /// Who presided.
    pub presided: String,
    /// When it was opened.
    pub opened: DateTime<Utc>,
    /// When it was closed.
    pub closed: Option<DateTime<Utc>>,
    /// Who was there, and when.
    pub attendance: Vec<Attendee>,
    /// Who sent apologies.
    pub apologies: Vec<String>,
    /// From when to when it was quorate, and by how many.
    pub quorate: Vec<Quorate>,
    /// The interests declared.
    pub interests: Vec<InterestNote>,
    /// What was dealt with, in order.
    pub items: Vec<MinutesItem>,
    /// The London date of the next meeting, where it is known.
    pub next_meeting: Option<NaiveDate>,
}

/// How far minutes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MinutesState {
    /// The body has not approved them yet.
    Draft,
    /// The body approved them on this London date.
    Approved(NaiveDate),
}

/// Somebody who was at a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Their name.
    pub name: String,
    /// In what capacity.
    pub capacity: Capacity,
    /// The seat or organisation, and the Party category where there is one.
    pub standing_for: String,
    /// When they were there, in order.
    pub spells: Vec<Spell>,
}

/// In what capacity somebody was at a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Capacity {
    /// As the chair.
    Chair,
    /// As a member.
    Member,
    /// As the alternate of a member, by name.
    AlternateFor(String),
    /// Without a vote.
    Observer,
    /// To keep the record.
    Secretary,
}

/// A stretch of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    /// Its beginning.
    pub from: DateTime<Utc>,
    /// Its end; absent for the end of the meeting.
    pub until: Option<DateTime<Utc>>,
}

/// A stretch of a meeting over which the same number of seats took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quorate {
    /// The stretch.
    pub spell: Spell,
    /// How many seats that count towards the quorum took part.
    pub present: u32,
    /// How many must.
    pub needed: u32,
}

/// An interest declared at a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterestNote {
    /// Who declared it.
    pub person: String,
    /// In which item.
    pub item: String,
    /// The interest, in their own words.
    pub interest: String,
    /// What followed from it.
    pub then: Then,
}

/// What was dealt with under one item. Items are numbered in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MinutesItem {
    /// What it was.
    pub title: String,
    /// The references of its papers.
    pub papers: Vec<String>,
    /// What was said, by paragraph.
    pub discussion: Vec<String>,
    /// What came of each ballot under it.
    pub outcomes: Vec<BallotOutcome>,
    /// What is to be done.
    pub actions: Vec<ActionNote>,
}

/// Something to be done after a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionNote {
    /// Its reference, such as `52/01`.
    pub reference: String,
    /// What is to be done.
    pub action: String,
    /// By whom.
    pub owner: String,
    /// By which London date, where one was set.
    pub due: Option<NaiveDate>,
}

impl Minutes {
    /// The minutes as a document.
    pub fn document(&self) -> Document {
        let mut document = self.filing.document(format!("{}: {}", self.sitting.body, self.state.title()));
        document.subtitle(self.sitting.words());
        if self.state == MinutesState::Draft {
            "Draft, not yet approved".clone_into(&mut document.header);
        }
        self.head(&mut document);
        self.attendance(&mut document);
        self.quorum(&mut document);
        self.interests(&mut document);
        for (item, number) in self.items.iter().zip(1_u32..) {
            item.write(number, &mut document);
        }
        self.actions(&mut document);
        if let Some(next) = self.next_meeting {
            document.heading(Level::One, "Next meeting").paragraph(format!("The next meeting is on {}.", day(next)));
        }
        document
    }

    fn head(&self, document: &mut Document) {
        let closed = self.closed.map_or_else(|| "Not closed yet".to_owned(), clock);
        document.table(Table::facts([
            ("Reference", self.filing.reference.clone()),
            ("Status", self.state.words()),
            ("Place", self.place.clone()),
            ("Presided", self.presided.clone()),
            ("Opened", clock(self.opened)),
            ("Closed", closed),
        ]));
        document.note(self.filing.classification.sentence());
    }

    fn attendance(&self, document: &mut Document) {
        let rows = self.attendance.iter().map(|one| {
            let spells: Vec<String> = one.spells.iter().map(|spell| spell.words(self.closed)).collect();
            Row::of([one.name.clone(), one.capacity.words(), one.standing_for.clone(), spells.join("\n")])
        });
        let columns = [("Name", 3), ("Capacity", 3), ("Standing for", 3), ("Present", 3)];
        document.heading(Level::One, "Attendance").table(Table::new(columns).with_row_heads().rows(rows));
        if !self.apologies.is_empty() {
            document.paragraph(format!("Apologies: {}.", self.apologies.join(", ")));
        }
    }

    fn quorum(&self, document: &mut Document) {
        document.heading(Level::One, "Quorum");
        if self.quorate.is_empty() {
            document.paragraph("No quorum was recorded.");
            return;
        }
        let rows = self.quorate.iter().map(|one| {
            let met = if one.present >= one.needed { "Quorate" } else { "Not quorate" };
            Row::of([one.spell.words(self.closed), one.present.to_string(), one.needed.to_string(), met.to_owned()])
        });
        let columns = [("Time", 3), ("Seats taking part", 2), ("Needed", 2), ("Quorum", 2)];
        document.table(Table::new(columns).rows(rows));
    }

    fn interests(&self, document: &mut Document) {
        document.heading(Level::One, "Declarations of interest");
        if self.interests.is_empty() {
            document.paragraph("None was declared.");
            return;
        }
        let rows = self.interests.iter().map(|one| {
            let then = match one.then {
                Then::Recused => "Took no part",
                Then::Stays => "Took part",
            };
            Row::of([one.person.clone(), one.item.clone(), one.interest.clone(), then.to_owned()])
        });
        let columns = [("Name", 3), ("Item", 3), ("Interest", 4), ("What followed", 3)];
        document.table(Table::new(columns).with_row_heads().rows(rows));
    }

    /// Every action once more, for those who have to do something.
    fn actions(&self, document: &mut Document) {
        let actions: Vec<&ActionNote> = self.items.iter().flat_map(|item| &item.actions).collect();
        if !actions.is_empty() {
            document.heading(Level::One, "Summary of actions").table(actions_table(actions.into_iter()));
        }
    }
}

impl MinutesItem {
    fn write(&self, number: u32, document: &mut Document) {
        document.heading(Level::One, format!("Item {number}: {}", self.title));
        if !self.papers.is_empty() {
            document.note(format!("Papers: {}", self.papers.join(", ")));
        }
        for paragraph in &self.discussion {
            document.numbered(paragraph);
        }
        document.blocks.extend(self.outcomes.iter().flat_map(BallotOutcome::blocks));
        if !self.actions.is_empty() {
            document.push(Block::Table(actions_table(self.actions.iter()).caption("Actions")));
        }
    }
}

fn actions_table<'a>(actions: impl Iterator<Item = &'a ActionNote>) -> Table {
    let rows = actions.map(|one| {
        let due = one.due.map_or_else(|| "None set".to_owned(), day);
        Row::of([one.reference.clone(), one.action.clone(), one.owner.clone(), due])
    });
    Table::new([("Action", 2), ("What is to be done", 6), ("By", 3), ("Due", 3)]).with_row_heads().rows(rows)
}

impl MinutesState {
    fn title(self) -> &'static str {
        match self {
            Self::Draft => "Draft minutes",
            Self::Approved(_) => "Minutes",
        }
    }

    fn words(self) -> String {
        match self {
            Self::Draft => "Draft, not yet approved by the body".to_owned(),
            Self::Approved(on) => format!("Approved by the body on {}", day(on)),
        }
    }
}

impl Capacity {
    fn words(&self) -> String {
        match self {
            Self::Chair => "Chair".to_owned(),
            Self::Member => "Member".to_owned(),
            Self::AlternateFor(member) => format!("Alternate for {member}"),
            Self::Observer => "Observer".to_owned(),
            Self::Secretary => "Secretary".to_owned(),
        }
    }
}

impl Spell {
    fn words(self, closed: Option<DateTime<Utc>>) -> String {
        let until = self.until.or(closed).map_or_else(|| "the end".to_owned(), clock);
        format!("{} to {until}", clock(self.from))
    }
}

/// What London clocks showed, such as `10:05`.
fn clock(instant: DateTime<Utc>) -> String {
    london_time(instant).format("%H:%M").to_string()
}
