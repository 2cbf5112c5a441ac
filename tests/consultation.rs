//! Consultations: the cycle, what must be said, who is asked, what they answer, and the collation of it.
#![expect(clippy::unwrap_used, reason = "a test that meets what it does not expect has failed")]

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use quorate::calendar::{Calendar, Division, Edition, london_instant, parse_date};
use quorate::consultation::{
    Admitted, Agreed, Category, Change, Collation, Contact, Costs, Frame, Hours, Issued, PartyId, PersonId, Proposal,
    Question, RawAnswer, RawResponse, Respondent, Response, ResponseEvent, SipId, Span, Spending, Standing, Statement,
    Timescales, Timing, Title, Words, collate,
};

#[path = "consultation/blocking.rs"]
mod blocking;
#[path = "consultation/burden.rs"]
mod burden;
#[path = "consultation/collation.rs"]
mod collation;
#[path = "consultation/considered.rs"]
mod considered;
#[path = "consultation/contacts.rs"]
mod contacts;
#[path = "consultation/cycle.rs"]
mod cycle;
#[path = "consultation/properties.rs"]
mod properties;
#[path = "consultation/responses.rs"]
mod responses;

fn date(text: &str) -> NaiveDate {
    parse_date(text).unwrap()
}

fn at(text: &str, hour: u32) -> DateTime<Utc> {
    london_instant(date(text), chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap())
}

fn england() -> Calendar {
    Edition::built_in().calendar(Division::EnglandAndWales)
}

fn says(text: &str) -> Statement {
    Statement::parse(text).unwrap()
}

fn sip(number: u32) -> SipId {
    SipId::parse(&format!("SIP-{number:04}")).unwrap()
}

fn respondent(party: &str, name: &str, category: Category) -> Respondent {
    Respondent { party: PartyId::parse(party).unwrap(), name: name.to_owned(), category }
}

fn northwind() -> Respondent {
    respondent("northwind", "Northwind Energy Supply", Category::LargeSupplier)
}

fn albion() -> Respondent {
    respondent("albion-gas", "Albion Gas Networks", Category::GasNetworkOperator)
}

fn fenland() -> Respondent {
    respondent("fenland", "Fenland Electricity Networks", Category::ElectricityNetworkOperator)
}

fn agreed(respondent: Respondent) -> Agreed {
    let person = PersonId::parse(&format!("{}-contact", respondent.party)).unwrap();
    Agreed { respondent, contacts: vec![Contact { person, standing: Standing::Usable }], waived: None }
}

fn question(text: &str) -> Question {
    Question { text: says(text), prompt: Some(says("Please give your rationale.")) }
}

/// Everything that must be said of a SIP.
fn proposal() -> Proposal {
    Proposal {
        title: Some(says("Filter incidents by site")),
        proposer: Some(says("Northwind Energy Supply")),
        description: Some(says("A filter on the list of incidents.")),
        benefits: vec![says("Less time spent searching.")],
        parties_impacted: vec![Category::LargeSupplier],
        change: Some(Change::Add),
        cost: Some(Costs { low_pence: 2_000_000, high_pence: 4_000_000 }),
        timescales: Some(Timescales { develop: says("Two sprints"), deploy: says("One month") }),
        prioritisation: Some(says("It scores 71 of 100.")),
        implementation: None,
        maintenance: Some(Hours { asked_minutes: 0, left_minutes: 240 }),
        baseline: Vec::new(),
        questions: vec![question("Do you support it?"), question("When could you use it?")],
        references: Vec::new(),
    }
}

/// Everything that must be said of the whole.
fn frame() -> Frame {
    Frame {
        background: Some(says("The second consultation of the year.")),
        what_may_change: Some(says("Nothing.")),
        cost_recovery: Some(says("Through DCC's charges.")),
        spending: Some(Spending { year: "2026/27".parse().unwrap(), committed_pence: 7_500_000, budget_pence: None }),
        implementation: Some(Span { from: date("2026-11-02"), to: date("2027-03-31") }),
        next_steps: Some(says("The responses go to the Operations Group.")),
        contact: Some(says("SECAS")),
        classification: Some(says("Public")),
        urgency: None,
        questions: vec![question("Is anything missing?")],
        follows: None,
    }
}

/// Two SIPs with two questions each, one question about the whole, three Parties.
fn issued() -> Issued {
    let title = Title {
        reference: "C-2026-01".to_owned(),
        title: "Third quarter".to_owned(),
        opens_on: date("2026-07-01"),
        closes_on: date("2026-07-22"),
    };
    let sips = vec![(sip(1), proposal()), (sip(2), proposal())];
    let parties = [northwind(), fenland(), albion()].map(agreed).to_vec();
    Issued { title, frame: frame(), sips, parties, salt: "grain".to_owned() }
}

fn answer(answer: &str, rationale: &str) -> RawAnswer {
    RawAnswer { answer: answer.to_owned(), rationale: rationale.to_owned(), attachments: Vec::new() }
}

fn raw(answers: &[(&str, &str, &str)]) -> RawResponse {
    let answers = answers.iter().map(|(number, given, why)| ((*number).to_owned(), answer(given, why))).collect();
    RawResponse { answers, ..RawResponse::default() }
}

fn words(raw: &RawResponse) -> Words {
    Words::read(raw, &issued()).unwrap()
}

/// The response of a Party, submitted in time.
fn response(respondent: Respondent, raw: &RawResponse) -> Response {
    let mut response = Response::default();
    submit(&mut response, respondent, Timing::InTime, raw);
    response
}

fn submit(response: &mut Response, respondent: Respondent, timing: Timing, raw: &RawResponse) {
    let event = ResponseEvent::Submitted { respondent, timing, words: Box::new(words(raw)) };
    response.apply(&event, at("2026-07-20", 12), "a-contact");
}

fn decide_late(response: &mut Response, version: u32, admitted: Admitted) {
    let event = ResponseEvent::LateDecided { version, admitted, reason: says("It came within the hour.") };
    response.apply(&event, at("2026-07-23", 12), "sofia");
}

fn collated(responses: &[Response]) -> Collation {
    collate(&issued(), &BTreeMap::new(), date("2026-07-22"), responses)
}
