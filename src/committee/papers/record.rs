//! The decision record: everything that could be disputed later about one determination.

use super::filing::Filing;
use super::outcome::{self, BallotOutcome};
use super::paper_facts::PackReference;
use crate::calendar::{date_words, words};
use crate::committee::{Ballot, Choice, InQuorum, Mode, Part, Phase, Reader, SeatCount, Sees, Tally, Voting};
use crate::document::{Align, Cell, Document, Item, Level, Row, Table, Text};

/// What a decision record is built from, beside the ballot itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRecord {
    /// What it is filed under.
    pub filing: Filing,
    /// What was decided on, such as `SIP-0012 ‘Bulk export’`.
    pub subject: String,
    /// When the ballot was closed (UTC); absent where it has not been.
    pub closed: Option<chrono::DateTime<chrono::Utc>>,
    /// The pack of responses that the body had before it.
    pub pack: Option<PackReference>,
    /// What follows from the determination, by paragraph.
    pub follows: Vec<String>,
    /// Where the records it rests on can be read.
    pub links: Vec<Link>,
}

/// Where something can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is.
    pub title: String,
    /// Its address.
    pub address: String,
}

impl DecisionRecord {
    /// The record as a document: what was decided, who was entitled and took part, the count and the rule behind the
    /// result, the reasons and conditions of the body, the papers it had, and what follows.
    ///
    /// What the reader may not see of the votes is left out: the counts stand in any case.
    pub fn document(&self, ballot: &Ballot, tally: &Tally, reader: Reader<'_>) -> Document {
        let outcome = BallotOutcome::of(ballot, tally, reader);
        let mut document = self.filing.document(format!("Decision record: {}", self.subject));
        document.subtitle(&ballot.opening.terms.title).subtitle(&ballot.opening.matter.point_title);
        document.table(Table::facts(self.head(ballot, &outcome))).note(self.filing.classification.sentence());
        document.numbered_heading(Level::One, "Who was entitled, and who took part");
        document.table(seats(ballot, tally, reader));
        document.numbered_heading(Level::One, "Votes").table(counts(ballot, tally));
        document.numbered_heading(Level::One, "How the result follows").numbers(&outcome.reasoning);
        said(&mut document, &outcome);
        self.papers(&mut document, ballot);
        self.after(&mut document);
        document
    }

    fn head(&self, ballot: &Ballot, outcome: &BallotOutcome) -> Vec<(&'static str, Text)> {
        let opening = &ballot.opening;
        let closed = match (&self.closed, &ballot.phase) {
            (Some(closed), _) => words(*closed),
            (None, Phase::Void(_)) => "Void".to_owned(),
            (None, _) => "Still open".to_owned(),
        };
        vec![
            ("Determination", Text::default().bold(&outcome.determination)),
            ("Question", Text::from(&opening.matter.question)),
            ("Case", Text::from(&opening.matter.case)),
            ("Ballot", Text::from(&opening.reference)),
            ("Held", Text::from(held(&opening.mode))),
            ("Closed", Text::from(closed)),
            ("Terms of reference", Text::from(&opening.terms.version)),
            ("Approved by", Text::from(&opening.terms.approved_by)),
        ]
    }

    fn papers(&self, document: &mut Document, ballot: &Ballot) {
        document.numbered_heading(Level::One, "Papers before the body");
        let pack = self.pack.iter().map(|pack| (format!("{} (responses)", pack.reference), pack.digest.as_str()));
        let papers = ballot.opening.papers.iter();
        let papers = papers.map(|paper| (paper.reference.clone(), paper.digest.as_deref().unwrap_or_default()));
        let rows: Vec<Row> = papers
            .chain(pack)
            .map(|(reference, digest)| Row::of([Cell::from(reference), Text::default().code(digest).into()]))
            .collect();
        if rows.is_empty() {
            document.paragraph("None was recorded.");
            return;
        }
        document.table(Table::new([("Paper", 2), ("SHA-256 digest", 3)]).with_row_heads().rows(rows));
    }

    fn after(&self, document: &mut Document) {
        if !self.follows.is_empty() {
            document.numbered_heading(Level::One, "What follows");
            for paragraph in &self.follows {
                document.paragraph(paragraph);
            }
        }
        if !self.links.is_empty() {
            let link = |link: &Link| Item::from(Text::default().link(&link.title, &link.address));
            document.numbered_heading(Level::One, "Where to read more").bullets(self.links.iter().map(link));
        }
    }
}

fn held(mode: &Mode) -> String {
    match mode {
        Mode::Meeting { reference } => format!("At meeting {reference}"),
        Mode::Correspondence { closes_on } => format!("By correspondence, until 17:00 on {}", date_words(*closes_on)),
    }
}

/// A row for each seat. Who voted how is a column only for those who may see it.
fn seats(ballot: &Ballot, tally: &Tally, reader: Reader<'_>) -> Table {
    let mut columns = vec![("Member", 4), ("Seat", 4), ("Vote", 3), ("Quorum", 3), ("Took part", 4)];
    if reader.sees == Sees::Votes {
        columns.push(("Choice", 3));
    }
    let row = |seat: &SeatCount| {
        let mut cells = vec![
            (reader.name)(&seat.member),
            standing_for(ballot, seat),
            entitled(seat),
            counted(seat),
            took_part(seat, reader),
        ];
        if reader.sees == Sees::Votes {
            cells.push(seat.choice.as_ref().map(|choice| outcome::title(ballot, choice)).unwrap_or_default());
        }
        Row::of(cells)
    };
    Table::new(columns).with_row_heads().rows(tally.seats.iter().map(row))
}

/// The seat and the Party category that its member stands for.
fn standing_for(ballot: &Ballot, seat: &SeatCount) -> String {
    let seat = ballot.opening.electorate.seat_of(&seat.member);
    seat.map(|seat| format!("{}, {}", seat.seat, seat.category)).unwrap_or_default()
}

fn entitled(seat: &SeatCount) -> String {
    match seat.vote {
        Voting::Voting => "Ordinary vote",
        Voting::NonVoting => "No ordinary vote",
    }
    .to_owned()
}

fn counted(seat: &SeatCount) -> String {
    match seat.quorum {
        InQuorum::Counts => "Counts",
        InQuorum::DoesNotCount => "Does not count",
    }
    .to_owned()
}

fn took_part(seat: &SeatCount, reader: Reader<'_>) -> String {
    match &seat.part {
        Part::Member => "Yes".to_owned(),
        Part::Alternate(alternate) => format!("By {}, alternate", (reader.name)(alternate)),
        Part::Recused => "No: recused".to_owned(),
        Part::Absent => "No: absent".to_owned(),
    }
}

fn counts(ballot: &Ballot, tally: &Tally) -> Table {
    let chosen = outcome::chosen(ballot, tally);
    let row = |(choice, votes): &(Choice, u32)| {
        let won = matches!(choice, Choice::For(option) if chosen == Some(option.as_str()));
        let text = |text: String| if won { Text::default().bold(text) } else { Text::from(text) };
        Row::of([text(outcome::title(ballot, choice)), text(votes.to_string())])
    };
    let more = [("Votes cast", tally.cast), ("Abstained (not a vote cast)", tally.abstained)];
    Table::new([("Option", 4), ("Votes", 1)])
        .with_row_heads()
        .align([Align::Start, Align::End])
        .rows(tally.votes.iter().map(row))
        .rows(more.map(|(name, count)| Row::of([name.to_owned(), count.to_string()])))
}

fn said(document: &mut Document, outcome: &BallotOutcome) {
    document.numbered_heading(Level::One, "Reasons and conditions");
    let said = outcome.said();
    if said.is_empty() {
        document.paragraph("None was recorded.");
    }
    document.blocks.extend(said);
}
