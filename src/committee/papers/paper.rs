//! The committee paper.

use super::filing::{Sitting, day};
use super::paper_facts::{CommitteePaper, Costs, ProposalSummary, QuestionCount, Recommendation, ResponseSummary};
use crate::document::{Align, Cell, Document, Item, Level, Row, Table, Text};

/// The paper as a document: a head with reference, action and classification; purpose; summary; what Parties answered;
/// costs; impact and material change; recommendations; author; the list of appendices; and the progression timetable as
/// Appendix A. A section for which there is nothing to say is left out, and the others are numbered without a gap.
pub fn committee_paper(paper: &CommitteePaper) -> Document {
    let mut document = paper.filing.document(&paper.title);
    let before = paper.sitting.as_ref().map_or_else(|| paper.body.clone(), Sitting::words);
    document.subtitle(before).table(Table::facts([
        ("Paper reference", paper.filing.reference.clone()),
        ("Action", paper.action.to_string()),
    ]));
    document.note(paper.filing.classification.sentence());
    section(&mut document, "Purpose", &paper.purpose);
    summary(&mut document, &paper.proposal);
    if let Some(given) = &paper.responses {
        responses(&mut document, given);
    }
    costs(&mut document, &paper.costs);
    impact(&mut document, paper);
    recommendations(&mut document, paper);
    signature(&mut document, paper);
    appendices(&mut document, paper);
    timetable(&mut document, paper);
    document
}

fn section(document: &mut Document, heading: &str, paragraphs: &[String]) {
    document.numbered_heading(Level::One, heading);
    for paragraph in paragraphs {
        document.paragraph(paragraph);
    }
}

fn summary(document: &mut Document, proposal: &ProposalSummary) {
    let ProposalSummary { reference, title, raised_by, organisation, lead, stage, summary, link } = proposal;
    document.numbered_heading(Level::One, format!("Summary of {reference}"));
    let register = link.as_ref().map(|link| Text::default().link(link, link));
    let facts = [
        ("Proposal", Some(Text::from(format!("{reference} ‘{title}’")))),
        ("Raised by", Some(Text::from(raised_by))),
        ("On behalf of", Some(Text::from(organisation))),
        ("Lead", Some(Text::from(lead))),
        ("Stage", Some(Text::from(stage))),
        ("Public register", register),
    ];
    let known = facts.into_iter().filter_map(|(name, fact)| Some((name, fact.filter(|fact| !fact.is_empty())?)));
    document.table(Table::facts(known));
    for paragraph in summary {
        document.paragraph(paragraph);
    }
}

fn responses(document: &mut Document, given: &ResponseSummary) {
    document.numbered_heading(Level::One, "Consultation responses").paragraph(format!(
        "Consultation {} closed on {}. Of {} asked, {} responded.",
        given.consultation,
        day(given.closed_on),
        parties(given.asked),
        given.responded
    ));
    for question in &given.questions {
        document.table(tally(question));
    }
    for paragraph in &given.consideration {
        document.paragraph(paragraph);
    }
    document.paragraph(
        Text::new("Every response is in pack ")
            .bold(&given.pack.reference)
            .plain(", unaltered. Its SHA-256 digest is ")
            .code(&given.pack.digest)
            .plain("."),
    );
}

fn parties(count: u32) -> String {
    if count == 1 { "1 Party".to_owned() } else { format!("{count} Parties") }
}

/// A row for each category, a column for each answer, and totals both ways.
fn tally(question: &QuestionCount) -> Table {
    let categories = distinct(question.counts.iter().map(|count| count.category.as_str()));
    let answers = distinct(question.counts.iter().map(|count| count.answer.as_str()));
    let sum = |category: Option<&str>, answer: Option<&str>| {
        let of = |count: &&super::paper_facts::AnswerCount| {
            category.is_none_or(|name| count.category == name) && answer.is_none_or(|name| count.answer == name)
        };
        let parties: u64 = question.counts.iter().filter(of).map(|count| u64::from(count.parties)).sum();
        parties.to_string()
    };
    let row = |category: Option<&str>| {
        let counts = answers.iter().map(|answer| sum(category, Some(*answer)));
        let name = category.unwrap_or("Total").to_owned();
        let texts: Vec<String> = std::iter::once(name).chain(counts).chain([sum(category, None)]).collect();
        Row::of(texts.into_iter().map(|text| if category.is_none() { Text::default().bold(text) } else { text.into() }))
    };
    let columns =
        std::iter::once(("Category", 3)).chain(answers.iter().map(|answer| (*answer, 1))).chain([("Total", 1)]);
    Table::new(columns)
        .caption(&question.question)
        .with_row_heads()
        .align(std::iter::once(Align::Start).chain(std::iter::repeat_n(Align::End, answers.len() + 1)))
        .rows(categories.iter().map(|category| row(Some(*category))))
        .rows([row(None)])
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut found = Vec::new();
    for name in names {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

fn costs(document: &mut Document, costs: &Costs) {
    if *costs == Costs::default() {
        return;
    }
    document
        .numbered_heading(Level::One, "Costs")
        .table(Table::facts([("When consulted on", known(&costs.original)), ("Now", known(&costs.now))]));
    if costs.history.is_empty() {
        return;
    }
    let rows = costs
        .history
        .iter()
        .map(|figure| Row::of([figure.stage.clone(), day(figure.on), figure.figure.clone(), figure.basis.clone()]));
    let columns = [("Stage", 3), ("Date", 3), ("Cost", 3), ("Basis", 5)];
    document.table(Table::new(columns).caption("History of the cost").rows(rows));
}

fn known(figure: &str) -> String {
    if figure.is_empty() { "Not known".to_owned() } else { figure.to_owned() }
}

fn impact(document: &mut Document, paper: &CommitteePaper) {
    if paper.impacts.is_empty() && paper.material_changes.is_empty() {
        return;
    }
    document.numbered_heading(Level::One, "Impact and material change");
    if !paper.impacts.is_empty() {
        let rows = paper.impacts.iter().map(|impact| Row::of([impact.area.clone(), impact.effect.clone()]));
        let table = Table::new([("Area", 1), ("Impact", 3)]).with_row_heads();
        document.table(table.caption("What is impacted, by area").rows(rows));
    }
    if paper.material_changes.is_empty() {
        document.paragraph("No material change to scope or cost has been found.");
        return;
    }
    let rows = paper.material_changes.iter();
    let rows = rows.map(|change| Row::of([change.test.clone(), change.before.clone(), change.now.clone()]));
    let table = Table::new([("What has changed", 2), ("Before", 2), ("Now", 2)]).with_row_heads();
    document.table(table.caption("Material changes to scope or cost").rows(rows));
}

fn recommendations(document: &mut Document, paper: &CommitteePaper) {
    document.numbered_heading(Level::One, "Recommendations");
    if !paper.options.is_empty() {
        document.paragraph(format!("At this point the {} may:", paper.body)).bullets(&paper.options);
    }
    document.paragraph(format!("The {} is requested to:", paper.body));
    document.bullets(with_stops(&paper.recommendations));
}

/// One sentence in parts: semicolons between, a full stop at the end.
fn with_stops(recommendations: &[Recommendation]) -> Vec<Item> {
    let last = recommendations.len().saturating_sub(1);
    let item = |(number, Recommendation { verb, text }): (usize, &Recommendation)| {
        let stop = match number {
            _ if number == last => ".",
            _ if number + 1 == last => "; and",
            _ => ";",
        };
        let words = text.trim().trim_end_matches(['.', ';']);
        Item::from(Text::default().bold(verb.to_string()).plain(format!(" {words}{stop}")))
    };
    recommendations.iter().enumerate().map(item).collect()
}

fn signature(document: &mut Document, paper: &CommitteePaper) {
    document.paragraph(Text::default().bold(&paper.author.name).plain(format!(
        "\n{}\n{}",
        paper.author.team,
        day(paper.filing.date)
    )));
}

fn appendices(document: &mut Document, paper: &CommitteePaper) {
    document.heading(Level::Two, "Appendices");
    let timetable = Row::of(["Appendix A".to_owned(), String::new(), "Progression timetable".to_owned()]);
    let attached = paper.appendices.iter().zip(1..).map(|(appendix, place)| {
        Row::of([format!("Appendix {}", letter(place)), appendix.reference.clone(), appendix.document.clone()])
    });
    let columns = [("Appendix", 1), ("Reference", 2), ("Document", 3)];
    document.table(Table::new(columns).with_row_heads().rows(std::iter::once(timetable).chain(attached)));
}

/// `A` for nought, and after `Z` comes `AA`.
fn letter(place: usize) -> String {
    let last = ('A'..='Z').nth(place % 26).unwrap_or('A');
    match place / 26 {
        0 => last.to_string(),
        before => format!("{}{last}", letter(before - 1)),
    }
}

fn timetable(document: &mut Document, paper: &CommitteePaper) {
    document.page_break().heading(Level::One, "Appendix A: Progression timetable");
    if paper.timetable.is_empty() {
        document.paragraph("No further steps are planned.");
        return;
    }
    document
        .paragraph(format!("The table shows what has happened to {} and what is to come.", paper.proposal.reference));
    let rows = paper.timetable.iter();
    let rows = rows.map(|milestone| Row::of([Cell::from(&milestone.action), milestone.when.to_string().into()]));
    document.table(Table::new([("Action", 3), ("Date", 2)]).caption("Timetable").rows(rows));
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 1, 25, 26, 27, 701, 702].map(letter), ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
