//! The form as a document: blank to be filled in, or filled with the answers of a form.

use chrono::NaiveDate;

use super::fields::{Answer, Choice, Field, Need, SECTIONS};
use super::{VERSION, answers};
use crate::document::{Block, Cell, Column, Document, Level, ParagraphStyle, Properties, Row, RowHeads, Table, Text};
use crate::sip::{EmailAddress, SipForm};

/// What stands before a choice that is not taken, and before one that is.
pub(super) const BOX: char = '☐';
pub(super) const TICKED: char = '☒';

/// The day on which this version of the form was issued.
const ISSUED: NaiveDate = match NaiveDate::from_ymd_opt(2026, 11, 23) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The form to be filled in, in Word or in `LibreOffice`. `send_to` is the mailbox that takes it, if it is to be printed.
///
/// The answer to a field stands in the cell beside its code and label, so that it is found again by [`read_form`]
/// whatever the word processor does to the rest.
///
/// [`read_form`]: super::read_form
pub fn blank_form(send_to: Option<&EmailAddress>) -> Document {
    let mut form = form(|_| Vec::new());
    let mailbox = send_to.map_or_else(|| "the SIP mailbox of DCC".to_owned(), ToString::to_string);
    let mut steps = form.blocks.drain(..).collect::<Vec<_>>();
    form.paragraph(
        "Use this form to propose a change to the Self-Service Interface (SSI). Write in the right-hand column; a cell \
         grows as you write. You may add paragraphs, but leave the codes on the left (A1, A2 and so on) as they are: \
         your answers are found by them.",
    );
    form.bullets([
        Text::new("To tick a box, type an ").bold("X").plain(" over it: X Large Supplier."),
        Text::new("Where several things may be named, give each a paragraph of its own."),
        Text::new("What is marked * must be answered. If you are unsure of the rest, leave it blank: DCC will help."),
        Text::new("When it is done, attach it to an e-mail from a nominated contact to ").plain(mailbox).plain("."),
    ]);
    form.blocks.append(&mut steps);
    form
}

/// The form with the answers of a proposal, as its proposer could have filled it in.
pub fn filled_form(sip: &SipForm) -> Document {
    form(|field| answers::answers(sip, field))
}

fn form(answers: impl Fn(&Field) -> Vec<String>) -> Document {
    let properties = Properties {
        reference: format!("SIP form {VERSION}"),
        classification: String::new(),
        date: ISSUED,
        author: "DCC".to_owned(),
    };
    let mut document = Document::new("SSI Improvement Proposal", properties);
    document.subtitle(format!("SIP form, version {VERSION}"));
    for section in SECTIONS {
        document.heading(Level::One, section.title);
        let rows = section.fields.iter().map(|field| row(field, &answers(field)));
        document.table(Table {
            columns: vec![Column::of(2), Column::of(3)],
            rows: rows.collect(),
            row_heads: RowHeads::FirstColumn,
            ..Table::default()
        });
    }
    document
}

fn row(field: &Field, given: &[String]) -> Row {
    Row::of([Cell::of(question(field)), Cell::of(place(field, given))])
}

fn question(field: &Field) -> Vec<Block> {
    let needed = if field.need == Need::Required { "\u{a0}*" } else { "" };
    let label = Text::default().bold(format!("{} {}{needed}", field.code, field.label));
    let mut blocks = vec![Block::paragraph(label)];
    if !field.guidance.is_empty() {
        blocks.push(Block::styled(ParagraphStyle::Note, field.guidance));
    }
    blocks
}

/// The place of the answer: the choices to tick, the answers given, or room to write in.
fn place(field: &Field, given: &[String]) -> Vec<Block> {
    let lines = match field.answer {
        Answer::OneOf(choices) | Answer::AnyOf(choices) => ticks(choices, given),
        Answer::Prose => given.iter().flat_map(|text| answers::paragraphs(text)).collect(),
        _ => given.to_vec(),
    };
    let room = match field.answer {
        Answer::Prose => 4,
        Answer::Texts => 2,
        _ => 1,
    };
    let empty = if lines.is_empty() { room } else { 0 };
    let lines = lines.into_iter().chain(std::iter::repeat_n(String::new(), empty));
    lines.map(Block::paragraph).collect()
}

/// Every choice, ticked if it is given. An answer in other words than a choice stands ticked after them.
fn ticks(choices: &[Choice], given: &[String]) -> Vec<String> {
    let listed = choices.iter().map(|choice| {
        let taken = given.iter().any(|value| value == choice.value);
        format!("{} {}", if taken { TICKED } else { BOX }, choice.label)
    });
    let others = given.iter().filter(|value| choices.iter().all(|choice| choice.value != value.as_str()));
    listed.chain(others.map(|value| format!("{TICKED} {value}"))).collect()
}
