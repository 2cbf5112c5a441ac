//! The Impact Assessment as a document to read and print, with the sections of those in use.
//!
//! Figures are printed as they were stated; where they do not agree, the findings stand in an appendix of their own.

use chrono::NaiveDate;

use super::document_tables as tables;
use super::form::{Account, Register};
use super::{Area, Assessment, Section, TotalSystemRisk};
use crate::document::{Document, Level, Properties};

/// What an Impact Assessment is filed under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// The SIP it is of, with its title.
    pub sip: String,
    /// What it is called, such as `SIP-0001 Impact Assessment, version 1`.
    pub reference: String,
    /// Who may see it.
    pub classification: String,
    /// The London date on which it was delivered.
    pub date: NaiveDate,
}

/// What stands where a section says nothing.
const NOT_STATED: &str = "Not stated.";

/// The document.
pub fn document(assessment: &Assessment, filing: &Filing) -> Document {
    let properties = Properties {
        reference: filing.reference.clone(),
        classification: filing.classification.clone(),
        date: filing.date,
        author: "DCC".to_owned(),
    };
    let mut paper = Document::new("Impact Assessment", properties);
    paper.subtitle(filing.sip.as_str()).contents();
    summary(&mut paper, assessment);
    history(&mut paper, assessment);
    requirements(&mut paper, assessment);
    solution(&mut paper, assessment);
    impacts(&mut paper, assessment);
    testing(&mut paper, assessment);
    timescales(&mut paper, assessment);
    appendices(&mut paper, assessment);
    paper
}

fn section(paper: &mut Document, section: Section) {
    let deeper = section.number.contains('.');
    paper.numbered_heading(if deeper { Level::Two } else { Level::One }, section.title);
}

fn account(paper: &mut Document, of: Section, text: Option<&Account>) {
    section(paper, of);
    prose(paper, text);
}

/// Each paragraph of a text on its own.
fn prose(paper: &mut Document, text: Option<&Account>) {
    let Some(text) = text else {
        paper.paragraph(NOT_STATED);
        return;
    };
    for paragraph in text.as_str().split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        paper.paragraph(paragraph.trim());
    }
}

fn summary(paper: &mut Document, assessment: &Assessment) {
    let summary = &assessment.summary;
    section(paper, Section::SUMMARY);
    paper.paragraph("The deciding body is asked to approve the following:");
    let timescale = summary.timescale.map(|span| format!("The timescale to implement: {span}"));
    let release = summary.release.as_ref().map(|release| format!("The release: {release}"));
    let mut asks = vec![format!("The total cost to implement: {}", assessment.asked())];
    asks.extend(timescale.into_iter().chain(release));
    asks.extend(summary.asks.iter().map(ToString::to_string));
    paper.bullets(asks);
    paper.heading(Level::Two, "Problem Statement");
    prose(paper, summary.problem.as_ref());
    paper.heading(Level::Two, "Benefit Summary");
    prose(paper, summary.benefits.as_ref());
}

fn history(paper: &mut Document, assessment: &Assessment) {
    let history = &assessment.history;
    section(paper, Section::HISTORY);
    section(paper, Section::REVISIONS);
    paper.table(tables::revisions(history));
    section(paper, Section::DOCUMENTS);
    paper.table(tables::documents(history));
    section(paper, Section::INFORMATION);
    let proposer = history.proposer.as_ref();
    paper.paragraph(proposer.map_or_else(|| NOT_STATED.to_owned(), |name| format!("The proposer is {name}.")));
    paper.table(tables::timeline(history));
}

fn requirements(paper: &mut Document, assessment: &Assessment) {
    let needs = &assessment.requirements;
    section(paper, Section::REQUIREMENTS);
    account(paper, Section::CURRENT, needs.current.as_ref());
    section(paper, Section::BUSINESS);
    paper.table(tables::business(needs));
    for one in needs.business.iter().filter(|one| one.constraints.is_some()) {
        paper.heading(Level::Three, format!("Constraints of {}", one.reference));
        prose(paper, one.constraints.as_ref());
    }
    section(paper, Section::BASELINE);
    match &needs.baseline {
        Some(baseline) => paper.table(tables::baseline(baseline)),
        None => paper.paragraph("As consulted on."),
    };
    if let Some(change) = &needs.scope_change {
        paper.paragraph(format!("What has changed in scope since the consultation: {change}"));
    }
    account(paper, Section::CASE, needs.case.as_ref());
    paper.table(tables::parties(needs));
}

fn solution(paper: &mut Document, assessment: &Assessment) {
    let solution = &assessment.solution;
    section(paper, Section::SOLUTION);
    account(paper, Section::OVERVIEW, solution.overview.as_ref());
    account(paper, Section::SEC_CHANGES, solution.sec_changes.as_ref());
    section(paper, Section::DELIVERABLES);
    paper.table(tables::deliverables(solution));
    section(paper, Section::COMPONENTS);
    paper.table(tables::components(solution));
}

fn impacts(paper: &mut Document, assessment: &Assessment) {
    section(paper, Section::IMPACTS);
    for area in Area::ALL {
        paper.numbered_heading(Level::Two, area.to_string());
        prose(paper, assessment.impacts.get(&area));
    }
    section(paper, Section::TOTAL_SYSTEM);
    match &assessment.total_system_risk {
        TotalSystemRisk::NoneFound { because } => {
            paper.paragraph("No risk to the wider DCC Total System was found.");
            if because.is_some() {
                prose(paper, because.as_ref());
            }
        }
        TotalSystemRisk::Found { description } => {
            paper.paragraph("There is a risk to the wider DCC Total System:");
            prose(paper, Some(description));
        }
    }
}

fn testing(paper: &mut Document, assessment: &Assessment) {
    let testing = &assessment.testing;
    section(paper, Section::TESTING);
    account(paper, Section::PIT, testing.pit.as_ref());
    if !testing.acceptance.is_empty() {
        paper.paragraph("It is accepted when:").numbers(testing.acceptance.iter().map(ToString::to_string));
    }
    account(paper, Section::SIT, testing.sit.as_ref());
    account(paper, Section::UIT, testing.uit.as_ref());
}

fn timescales(paper: &mut Document, assessment: &Assessment) {
    let (times, costs) = (&assessment.timescales, &assessment.costs);
    section(paper, Section::TIMESCALES);
    section(paper, Section::LEAD_TIMES);
    paper.paragraph("Durations, and days counted from the day of approval, D.");
    paper.table(tables::phases(times));
    paper.paragraph(format!("Development is due to be complete on {}.", tables::day(times.develop_by)));
    if let Some(window) = times.window {
        let (start, end) = (tables::day(window.start()), tables::day(window.end()));
        paper.paragraph(format!("The implementation window is {start} to {end}."));
    }
    account(paper, Section::RELEASE, times.release.as_ref());
    section(paper, Section::COSTS);
    if costs.basis.is_some() {
        prose(paper, costs.basis.as_ref());
    }
    paper.table(tables::costs(costs));
    let stated = |cost: Option<String>| cost.unwrap_or_else(|| NOT_STATED.to_owned());
    section(paper, Section::SUPPORT);
    paper.paragraph(stated(costs.support_per_year.map(|cost| format!("{cost} a year."))));
    section(paper, Section::PRICE);
    paper.paragraph(stated(costs.assessment.map(|price| price.to_string())));
    account(paper, Section::CONTRACTS, costs.contracts.as_ref());
}

fn appendices(paper: &mut Document, assessment: &Assessment) {
    paper.page_break().heading(Level::One, format!("Appendix A: {}", Section::RAID.title));
    for (title, register) in assessment.raid.parts() {
        paper.heading(Level::Two, title);
        match register {
            Register::Unstated => paper.paragraph(NOT_STATED),
            Register::NoneAtThisTime => paper.paragraph("None at this time."),
            Register::Items(items) => paper.table(tables::raid(items)),
        };
    }
    paper.heading(Level::One, format!("Appendix B: {}", Section::GLOSSARY.title));
    paper.table(tables::glossary(&assessment.glossary));
    let findings = assessment.findings();
    if !findings.is_empty() {
        paper.heading(Level::One, "Appendix C: What does not agree in this document");
        paper.paragraph("Found when the document was delivered. Nothing has been corrected.");
        paper.bullets(findings.iter().map(ToString::to_string));
    }
}
