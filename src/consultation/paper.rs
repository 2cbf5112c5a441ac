//! The consultation as the document that Parties receive: background, a section for each SIP, what happens next, the
//! questions and how to respond, in numbered paragraphs that a response can refer to.

use chrono::NaiveDate;

use super::contents::{Change, Costs, Frame, Issued, Proposal, Span};
use super::ids::SipId;
use crate::calendar::date_words;
use crate::document::{Cell, Document, Level, Properties, Row, Table, Text};

const CONFIDENTIALITY: &str = "Responses are published. Say so, with your reason, if all or part of yours should be kept \
    from publication: mark the whole or the part in the response form. It still goes to the deciding body, and may be \
    passed to the Department and the Authority. A disclaimer that a mail system adds is no such request.";

const BASELINE: &str = "It would change the Baseline Requirements Document as follows, where [-this-] goes and {+this+} \
    comes:";

impl Issued {
    /// The consultation as a document; `closes_on` is the London day it closes now.
    pub fn to_document(&self, closes_on: NaiveDate) -> Document {
        let title = &self.title;
        let classification = self.frame.classification.as_ref().map(ToString::to_string).unwrap_or_default();
        let properties = Properties {
            reference: title.reference.clone(),
            classification,
            date: title.opens_on,
            author: "SECAS on behalf of DCC".to_owned(),
        };
        let mut paper = Document::new(title.title.as_str(), properties);
        paper.subtitle(format!("Consultation {}", title.reference));
        paper.subtitle(format!("Issued: {}", date_words(title.opens_on)));
        paper.subtitle(format!("Respond by: 17:00 on {}", date_words(closes_on)));
        if let Some(contact) = &self.frame.contact {
            paper.subtitle(format!("Contact: {contact}"));
        }
        paper.contents();
        self.background(&mut paper, closes_on);
        for (sip, proposal) in &self.sips {
            write_proposal(&mut paper, sip, proposal);
        }
        self.next_steps(&mut paper);
        self.questions_to_answer(&mut paper, closes_on);
        self.attachments(&mut paper);
        paper
    }

    fn background(&self, paper: &mut Document, closes_on: NaiveDate) {
        let frame = &self.frame;
        paper.numbered_heading(Level::One, "Background");
        numbered(paper, frame.background.as_ref());
        if let Some(first) = &frame.follows {
            paper.numbered(format!("It asks again about what was consulted on before: {first}."));
        }
        paper.numbered(format!("It closes at 17:00 on {}.", date_words(closes_on)));
        if let Some(urgency) = &frame.urgency {
            paper.numbered(format!("Its timetable is urgent: {}", urgency.reason));
            numbered(paper, urgency.what_else_moves.as_ref());
        }
        paper.numbered_heading(Level::Two, "Implementation and cost");
        if let Some(span) = frame.implementation {
            paper.numbered(format!("The proposals would be implemented {}.", span_words(span)));
        }
        numbered(paper, frame.cost_recovery.as_ref());
        spent(paper, frame);
        paper.numbered_heading(Level::Two, "What may change without further consultation");
        numbered(paper, frame.what_may_change.as_ref());
    }

    fn next_steps(&self, paper: &mut Document) {
        paper.numbered_heading(Level::One, "Next steps");
        numbered(paper, self.frame.next_steps.as_ref());
    }

    fn questions_to_answer(&self, paper: &mut Document, closes_on: NaiveDate) {
        paper.numbered_heading(Level::One, "Consultation questions and how to respond");
        paper.numbered("We are seeking your views on the following questions:");
        let rows = self.questions().into_iter().map(|asked| {
            let mut text = Text::new(asked.question.text.as_str());
            if let Some(prompt) = &asked.question.prompt {
                text = text.plain("\n").italic(prompt.as_str());
            }
            let about = asked.sip.map(|sip| sip.to_string()).unwrap_or_default();
            Row::of([Cell::from(asked.number.to_string()), about.into(), text.into()])
        });
        paper.table(Table::new([("No.", 1), ("About", 2), ("Question", 9)]).rows(rows));
        paper.numbered(format!("Please respond by 17:00 on {}.", date_words(closes_on)));
        paper.numbered(CONFIDENTIALITY);
    }

    fn attachments(&self, paper: &mut Document) {
        let references = self.sips.iter().flat_map(|(_, proposal)| &proposal.references);
        let items: Vec<String> = references.map(|one| format!("{}: {}", one.title, one.reference)).collect();
        if !items.is_empty() {
            paper.numbered_heading(Level::One, "Attachments").bullets(items);
        }
    }
}

fn numbered(paper: &mut Document, statement: Option<&super::text::Statement>) {
    if let Some(statement) = statement {
        paper.numbered(statement.as_str());
    }
}

fn spent(paper: &mut Document, frame: &Frame) {
    let Some(spending) = frame.spending else { return };
    let budget = match spending.budget_pence {
        Some(pence) => format!("of a budget of {}", pounds(pence)),
        None => "and no budget has been set".to_owned(),
    };
    let committed = pounds(spending.committed_pence);
    paper
        .numbered(format!("{committed} has been committed in the Regulatory Year {} so far, {budget}.", spending.year));
}

fn write_proposal(paper: &mut Document, sip: &SipId, proposal: &Proposal) {
    let title = proposal.title.as_ref().map(ToString::to_string).unwrap_or_default();
    paper.numbered_heading(Level::One, format!("{sip}: {title}"));
    let mut facts: Vec<(&str, String)> = Vec::new();
    let text = |statement: &Option<super::text::Statement>| statement.as_ref().map(ToString::to_string);
    facts.extend(text(&proposal.proposer).map(|text| ("Proposer", text)));
    facts.push(("Parties impacted", listed(&proposal.parties_impacted)));
    facts.extend(proposal.change.map(|change| ("Change", change_words(change).to_owned())));
    facts.extend(proposal.cost.map(|cost| ("Anticipated cost", cost_words(cost))));
    if let Some(times) = &proposal.timescales {
        facts.push(("Time to develop", times.develop.to_string()));
        facts.push(("Time to deploy", times.deploy.to_string()));
    }
    facts.extend(proposal.implementation.map(|span| ("Implementation", span_words(span))));
    facts.extend(proposal.maintenance.map(|hours| {
        let (asked, left) = (minutes(hours.asked_minutes), minutes(hours.left_minutes));
        ("Planned Maintenance", format!("{asked} asked, {left} left in the month"))
    }));
    facts.extend(text(&proposal.prioritisation).map(|text| ("Priority", text)));
    paper.table(Table::facts(facts));
    numbered(paper, proposal.description.as_ref());
    paper.numbered("The benefits are:").bullets(proposal.benefits.iter().map(ToString::to_string));
    if !proposal.baseline.is_empty() {
        paper.numbered(BASELINE).bullets(proposal.baseline.iter().map(ToString::to_string));
    }
}

fn listed(categories: &[super::category::Category]) -> String {
    categories.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn change_words(change: Change) -> &'static str {
    match change {
        Change::Add => "Adds to the requirements",
        Change::Amend => "Amends the requirements",
        Change::Remove => "Removes requirements",
        Change::Several => "Adds, amends or removes several requirements",
    }
}

fn cost_words(cost: Costs) -> String {
    format!("{} to {}", pounds(cost.low_pence), pounds(cost.high_pence))
}

fn span_words(span: Span) -> String {
    format!("from {} to {}", date_words(span.from), date_words(span.to))
}

fn minutes(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours} h"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// Pence as pounds, with commas between thousands, and the pence where there are any.
fn pounds(pence: i64) -> String {
    let (pounds, rest) = ((pence / 100).unsigned_abs().to_string(), (pence % 100).unsigned_abs());
    let mut grouped = String::new();
    for (index, digit) in pounds.chars().enumerate() {
        if index > 0 && (pounds.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if pence < 0 { "-" } else { "" };
    if rest == 0 { format!("{sign}£{grouped}") } else { format!("{sign}£{grouped}.{rest:02}") }
}
