//! A collation as a document and as sheets, in the form in which collated responses have always been published: for each
//! question a table of Respondent, Category, Response and Rationale, and a last one of Comments.

use chrono::NaiveDate;

use super::answers::Attachment;
use super::pack::{Audience, Collation, QuestionTable, Respondent, Section, Shown, Timing, WhyAside};
use super::tally::Tally;
use crate::calendar::{date_words, words};
use crate::document::{Align, Cell, Document, Level, Properties, Row, Sheet, Table, Text, Value};

impl Collation {
    /// The collation as a document of a London date.
    pub fn to_document(&self, date: NaiveDate) -> Document {
        let mut paper = Document::new(format!("{}: collated responses", self.title.title), self.properties(date));
        paper.subtitle(format!("Consultation {}, closed {}", self.title.reference, date_words(self.title.closes_on)));
        paper.subtitle(match self.audience {
            Audience::DecidingBody => "Full copy for the deciding body, confidential parts included",
            Audience::Public => "Public copy, confidential parts withheld",
        });
        self.about(&mut paper);
        for section in &self.sections {
            section.write(&mut paper);
        }
        paper.numbered_heading(Level::One, "Comments on the whole").table(self.comments_table());
        self.others(&mut paper);
        paper
    }

    fn properties(&self, date: NaiveDate) -> Properties {
        let classification = match self.audience {
            Audience::DecidingBody => "Not for publication",
            Audience::Public => "White",
        };
        Properties {
            reference: format!("{} responses", self.title.reference),
            classification: classification.to_owned(),
            date,
            author: "SECAS".to_owned(),
        }
    }

    fn about(&self, paper: &mut Document) {
        let responded = self.comments.len();
        paper
            .numbered_heading(Level::One, "About this document")
            .paragraph(format!(
                "These are the responses to consultation {} exactly as they were given. {responded} Parties responded; {} \
                 did not. Respondents stand in the same order in every table.",
                self.title.reference,
                self.silent.len()
            ))
            .paragraph(Text::new("Digest of the full copy (SHA-256): ").code(self.whole_digest.as_str()))
            .paragraph(Text::new("Digest of this copy (SHA-256): ").code(self.digest.as_str()));
        if let Some(salt) = &self.salt {
            paper.paragraph(Text::new("Salt of the digest, not to be published: ").code(salt.as_str()));
        }
    }

    fn comments_table(&self) -> Table {
        let rows = self.comments.iter().map(|comment| {
            let said = with_attachments(&comment.comments, &comment.attachments);
            Row::of([Cell::from(name(&comment.respondent, comment.timing)), category(&comment.respondent), said])
        });
        Table::new([("Respondent", 2), ("Category", 2), ("Comments", 8)]).rows(rows)
    }

    fn others(&self, paper: &mut Document) {
        if !self.aside.is_empty() {
            let rows = self.aside.iter().map(|aside| {
                let why = match &aside.why {
                    WhyAside::Undecided => "Not decided yet".to_owned(),
                    WhyAside::NotAdmitted { reason } => format!("Not admitted: {reason}"),
                };
                Row::of([aside.respondent.name.clone(), words(aside.received_at), why])
            });
            let table = Table::new([("Respondent", 2), ("Received", 2), ("Decision", 4)]).rows(rows);
            paper.numbered_heading(Level::One, "Late responses that do not count").table(table);
        }
        if !self.silent.is_empty() {
            let rows = self.silent.iter().map(|one| Row::of([Cell::from(one.name.as_str()), category(one)]));
            let table = Table::new([("Party", 3), ("Category", 2)]).rows(rows);
            paper.numbered_heading(Level::One, "Parties that did not respond").table(table);
        }
        if !self.reasons.is_empty() {
            let rows = self
                .reasons
                .iter()
                .map(|(one, part, reason)| Row::of([one.name.clone(), part.clone(), reason.to_string()]));
            let table = Table::new([("Respondent", 2), ("Part", 1), ("Why it is confidential", 4)]).rows(rows);
            paper.numbered_heading(Level::One, "Why parts are confidential").table(table);
        }
    }

    /// The collation as sheets: every answer, what each SIP means for each Party, the comments, and the tallies.
    pub fn to_sheets(&self) -> Vec<Sheet> {
        vec![self.answers_sheet(), self.effects_sheet(), self.comments_sheet(), self.tallies_sheet()]
    }

    fn answers_sheet(&self) -> Sheet {
        let header =
            ["SIP", "Question", "Text", "Respondent", "Category", "Late", "Response", "Rationale", "Attachments"];
        let mut sheet = Sheet::new("Responses", header);
        for (section, table) in self.tables() {
            for row in &table.rows {
                sheet.row([
                    sip(section),
                    table.question.number.to_string(),
                    table.question.question.text.to_string(),
                    row.respondent.name.clone(),
                    row.respondent.category.to_string(),
                    late(row.timing),
                    row.answer.text().to_owned(),
                    row.rationale.text().to_owned(),
                    attached(&row.attachments),
                ]);
            }
        }
        sheet
    }

    fn effects_sheet(&self) -> Sheet {
        let mut sheet = Sheet::new("Impact and cost", ["SIP", "Respondent", "Category", "Late", "Impact", "Cost"]);
        for section in &self.sections {
            for felt in &section.felt {
                sheet.row([
                    sip(section),
                    felt.respondent.name.clone(),
                    felt.respondent.category.to_string(),
                    late(felt.timing),
                    felt.impact.text().to_owned(),
                    felt.cost.text().to_owned(),
                ]);
            }
        }
        sheet
    }

    fn comments_sheet(&self) -> Sheet {
        let mut sheet = Sheet::new("Comments", ["Respondent", "Category", "Late", "Comments", "Attachments"]);
        for comment in &self.comments {
            sheet.row([
                comment.respondent.name.clone(),
                comment.respondent.category.to_string(),
                late(comment.timing),
                comment.comments.text().to_owned(),
                attached(&comment.attachments),
            ]);
        }
        sheet
    }

    fn tallies_sheet(&self) -> Sheet {
        let mut sheet = Sheet::new("Tallies", ["SIP", "Question", "Response", "Category", "Parties"]);
        for (section, table) in self.tables() {
            for tally in &table.tally {
                for (category, count) in &tally.counts {
                    sheet.row([
                        Value::Text(sip(section)),
                        Value::Text(table.question.number.to_string()),
                        Value::Text(tally.group.to_string()),
                        Value::Text(category.to_string()),
                        Value::Whole(i64::from(*count)),
                    ]);
                }
            }
        }
        sheet
    }

    fn tables(&self) -> impl Iterator<Item = (&Section, &QuestionTable)> {
        self.sections.iter().flat_map(|section| section.questions.iter().map(move |table| (section, table)))
    }
}

impl Section {
    fn write(&self, paper: &mut Document) {
        let title = self.sip.as_ref().map_or_else(|| self.title.clone(), |sip| format!("{sip}: {}", self.title));
        paper.numbered_heading(Level::One, title);
        if let Some(left) = &self.left {
            paper
                .paragraph(Text::default().bold("It left the consultation and is not referred. ").plain(left.as_str()));
        }
        for table in &self.questions {
            let question = &table.question;
            paper.heading(Level::Two, format!("Question {}: {}", question.number, question.question.text));
            if !table.tally.is_empty() {
                paper.table(tallied(&table.tally));
            }
            paper.table(answered(table));
        }
        if self.felt.iter().any(|felt| says(&felt.impact) || says(&felt.cost)) {
            let rows = self.felt.iter().map(|felt| {
                let cells = [quoted(felt.impact.text()), quoted(felt.cost.text())];
                let who = [Cell::from(name(&felt.respondent, felt.timing)), category(&felt.respondent)];
                Row::of(who.into_iter().chain(cells))
            });
            let columns = [("Respondent", 2), ("Category", 2), ("Impact", 4), ("Cost", 4)];
            paper.heading(Level::Two, "Impact on Parties and cost to them").table(Table::new(columns).rows(rows));
        }
    }
}

fn says(shown: &Shown<String>) -> bool {
    shown.shown().is_none_or(|text| !text.trim().is_empty())
}

fn tallied(tallies: &[Tally]) -> Table {
    let row = |tally: &Tally| {
        let by: Vec<String> = tally.printed().iter().map(|(name, count)| format!("{name}: {count}")).collect();
        Row::of([tally.group.to_string(), tally.total().to_string(), by.join(", ")])
    };
    Table::new([("Response", 2), ("Parties", 1), ("By category", 6)])
        .align([Align::Start, Align::End, Align::Start])
        .rows(tallies.iter().map(row))
}

fn answered(table: &QuestionTable) -> Table {
    let rows = table.rows.iter().map(|row| {
        let rationale = with_attachments(&row.rationale, &row.attachments);
        let who = [Cell::from(name(&row.respondent, row.timing)), category(&row.respondent)];
        Row::of(who.into_iter().chain([quoted(row.answer.text()), rationale]))
    });
    Table::new([("Respondent", 2), ("Category", 2), ("Response", 2), ("Rationale", 6)]).rows(rows)
}

fn name(respondent: &Respondent, timing: Timing) -> Text {
    let name = Text::new(respondent.name.as_str());
    if timing == Timing::Late { name.plain("\n").italic("late") } else { name }
}

fn category(respondent: &Respondent) -> Cell {
    respondent.category.printed().into()
}

fn quoted(text: &str) -> Cell {
    text.into()
}

fn with_attachments(said: &Shown<String>, attachments: &Shown<Vec<Attachment>>) -> Cell {
    let mut text = Text::new(said.text());
    for attachment in attachments.shown().into_iter().flatten() {
        text = text.plain("\n").italic(format!("Attached: {}", attachment.name));
    }
    text.into()
}

fn attached(attachments: &Shown<Vec<Attachment>>) -> String {
    match attachments.shown() {
        Some(given) => given.iter().map(|one| format!("{} {}", one.name, one.digest)).collect::<Vec<_>>().join("; "),
        None => Shown::<String>::Withheld.text().to_owned(),
    }
}

fn sip(section: &Section) -> String {
    section.sip.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn late(timing: Timing) -> String {
    if timing == Timing::Late { "late" } else { "" }.to_owned()
}
