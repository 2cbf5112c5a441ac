//! The public register: every case with where it stands, whose turn it is and by when.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::Site;
use super::address::encoded;
use crate::calendar::{date_words, london_date};
use crate::service::{self, ListQuery, ListedCase};

/// How many cases a page shows.
const PAGE: u32 = 50;

/// What a reader finds who asks for nothing in particular.
const SIPS: &str = "ssi-change-governance";

/// Every process together.
const ALL: &str = "all";

/// The filters: title, process, owner.
const FILTERS: [(&str, &str, &str); 10] = [
    ("SIPs", SIPS, ""),
    ("Consultations", "improvement-consultation", ""),
    ("Meetings", "committee-meeting", ""),
    ("Ballots", "committee-ballot", ""),
    ("Bodies", "committee", ""),
    ("Changes of the process", "governance-process-change", ""),
    ("Reviews", "consultation-review", ""),
    ("Everything", ALL, ""),
    ("DCC's turn", ALL, "dcc"),
    ("SECAS's turn", ALL, "secas"),
];

/// What the address of the page may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    process: String,
    owner: String,
    text: String,
    cursor: String,
}

impl Asked {
    /// What is asked; the SIPs, where nothing is.
    fn or_sips(self) -> Self {
        let nothing = [&self.process, &self.owner, &self.text].iter().all(|choice| choice.trim().is_empty());
        if nothing { Self { process: SIPS.to_owned(), ..self } } else { self }
    }
}

#[derive(Serialize)]
struct Page {
    #[serde(rename = "page_title")]
    heading: &'static str,
    text: String,
    filters: Vec<Filter>,
    cases: Vec<Row>,
    count: String,
    next: Option<String>,
}

#[derive(Serialize)]
struct Filter {
    title: &'static str,
    href: String,
    current: bool,
}

#[derive(Serialize)]
struct Row {
    reference: String,
    known_as: String,
    title: String,
    state: String,
    turn: String,
    due: Option<String>,
    late: bool,
}

pub(super) async fn register(State(site): State<Site>, Query(asked): Query<Asked>) -> Response {
    let asked = asked.or_sips();
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let query = ListQuery {
        process: given(&asked.process).filter(|process| process != ALL),
        owner: given(&asked.owner),
        text: given(&asked.text),
        cursor: given(&asked.cursor),
        limit: Some(PAGE),
        ..ListQuery::default()
    };
    let listing = match service::list(&site.app, query).await {
        Ok(listing) => listing,
        Err(error) => return site.problem(&error),
    };
    let today = london_date(site.clock.now());
    let cases: Vec<Row> = listing.cases.into_iter().map(|case| row(case, today)).collect();
    let page = Page {
        heading: "Register",
        filters: FILTERS.iter().map(|filter| filter_link(filter, &asked)).collect(),
        count: match cases.len() {
            1 => "1 case, the latest first".to_owned(),
            many => format!("{many} cases, the latest first"),
        },
        next: listing.next.map(|cursor| address(&asked.process, &asked.owner, &asked.text, &cursor)),
        text: asked.text,
        cases,
    };
    site.page("register", &page)
}

fn row(case: ListedCase, today: chrono::NaiveDate) -> Row {
    Row {
        known_as: case.number.unwrap_or_else(|| case.reference.clone()),
        reference: case.reference,
        title: case.title,
        turn: case.state.owner_title.unwrap_or_default(),
        state: case.state.title,
        late: case.next_due.is_some_and(|due| due < today),
        due: case.next_due.map(date_words),
    }
}

fn filter_link((title, process, owner): &(&'static str, &str, &str), asked: &Asked) -> Filter {
    Filter {
        title,
        href: address(process, owner, &asked.text, ""),
        current: asked.process == *process && asked.owner == *owner,
    }
}

/// The address of the register with these choices.
fn address(process: &str, owner: &str, text: &str, cursor: &str) -> String {
    let choices = [("process", process), ("owner", owner), ("text", text), ("cursor", cursor)];
    let given: Vec<String> = choices
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if given.is_empty() { "/".to_owned() } else { format!("/?{}", given.join("&")) }
}
