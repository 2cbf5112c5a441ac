//! How a body decides: terms of reference, ballots, and what they come to.
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests fail the test by panicking, as the tests do")]

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use quorate::committee::decide::{self, Cast, Proposal};
use quorate::committee::{
    Attendance, Ballot, BallotOption, Choice, Coming, Event, Matter, Mode, Outcome, PersonId, Refused, Terms, Then,
};

#[path = "committee/explained.rs"]
mod explained;
#[path = "committee/meetings.rs"]
mod meetings;
#[path = "committee/papers.rs"]
mod papers;
#[path = "committee/presence.rs"]
mod presence;
#[path = "committee/properties.rs"]
mod properties;
#[path = "committee/refusals.rs"]
mod refusals;
#[path = "committee/table.rs"]
mod table;
#[path = "committee/terms.rs"]
mod terms;

/// Monday 3 March 2025, ten in the morning in London.
fn opened() -> DateTime<Utc> {
    "2025-03-03T10:00:00Z".parse().expect("an instant")
}

fn later(minutes: i64) -> DateTime<Utc> {
    opened() + TimeDelta::minutes(minutes)
}

/// After the close of a ballot by correspondence, which closes on 10 March.
fn after_the_close() -> DateTime<Utc> {
    "2025-03-10T17:00:00Z".parse().expect("an instant")
}

fn person(id: &str) -> PersonId {
    PersonId::parse(id).expect("an id")
}

fn choice(name: &str) -> Choice {
    match name {
        "abstain" => Choice::Abstain,
        "against" => Choice::Against,
        option => Choice::For(option.to_owned()),
    }
}

/// A vote by `x`, or by `x/a`: x for the seat of a.
fn cast(voter: &str, chosen: &str) -> Cast {
    let (by, seat) = voter.split_once('/').unwrap_or((voter, voter));
    Cast { seat: person(seat), by: person(by), choice: choice(chosen), reason: None }
}

fn meeting() -> Mode {
    Mode::Meeting { reference: "M-2025-01".to_owned() }
}

fn correspondence() -> Mode {
    Mode::Correspondence { closes_on: "2025-03-10".parse().expect("a date") }
}

fn proposal(options: &[&str], mode: Mode) -> Proposal {
    let option = |name: &&str| BallotOption {
        name: (*name).to_owned(),
        title: name.replace('_', " "),
        proposed: BTreeMap::new(),
    };
    let matter = Matter {
        case: "SIP-0001".to_owned(),
        point: "ia_sign_off".to_owned(),
        point_title: "Impact Assessment sign-off".to_owned(),
        question: "Shall SIP-0001 go to Impact Assessment?".to_owned(),
    };
    let options = options.iter().map(option).collect();
    Proposal { reference: "B-2025-001".to_owned(), matter, options, papers: Vec::new(), mode }
}

/// A ballot of a named body of the table, just opened.
fn ballot_of(body: &str, options: &[&str], mode: Mode) -> Ballot {
    Play::open(&table::terms(body), options, mode).expect("the ballot opens").ballot
}

/// A ballot that is played step by step; a refused step is told to whoever took it and changes nothing.
struct Play {
    ballot: Ballot,
    now: DateTime<Utc>,
}

impl Play {
    fn open(terms: &Terms, options: &[&str], mode: Mode) -> Result<Self, Refused> {
        let mut play = Self { ballot: Ballot::default(), now: opened() };
        play.take(decide::open(proposal(options, mode), terms, opened()))?;
        Ok(play)
    }

    fn group(mode: Mode) -> Self {
        Self { ballot: ballot_of("group", &["approve", "reject"], mode), now: later(1) }
    }

    fn take(&mut self, decided: Result<Vec<Event>, Refused>) -> Result<(), Refused> {
        for event in decided? {
            self.ballot.apply(&event, self.now, "sofia");
        }
        self.now += TimeDelta::minutes(1);
        Ok(())
    }

    fn attend(&mut self, who: &str, what: Coming) -> Result<(), Refused> {
        let attendance = Attendance { person: person(who), what, at: self.now };
        self.take(decide::record_attendance(&self.ballot, attendance, self.now))
    }

    /// Brings people to the meeting who are not there yet.
    fn arrive(&mut self, people: &[&str]) {
        for who in people {
            if !self.ballot.is_present(&person(who)) {
                self.attend(who, Coming::Arrived).unwrap_or_else(|refused| panic!("{refused}"));
            }
        }
    }

    fn vote(&mut self, voter: &str, chosen: &str) -> Result<(), Refused> {
        self.take(decide::vote(&self.ballot, &cast(voter, chosen), self.now))
    }

    fn recuse(&mut self, who: &str) -> Result<(), Refused> {
        self.declare(who, Then::Recused)
    }

    fn declare(&mut self, who: &str, then: Then) -> Result<(), Refused> {
        self.take(decide::declare_interest(&self.ballot, &person(who), "My employer proposed it.", then, self.now))
    }

    fn away(&mut self, who: &str) -> Result<(), Refused> {
        self.take(decide::declare_absence(&self.ballot, &person(who), self.now))
    }

    fn casting(&mut self, who: &str, chosen: &str) -> Result<(), Refused> {
        self.take(decide::casting_vote(&self.ballot, &person(who), &choice(chosen), None))
    }

    fn close(&mut self) -> Result<(), Refused> {
        self.take(decide::close(&self.ballot, self.now))
    }
}

fn said(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Formed { option, how } => format!("{option} by {}", stored(how).replace('_', " ")),
        Outcome::CastingVoteNeeded { between } => {
            format!("tie: {}", between.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        }
        Outcome::NotQuorate { present, needed } => format!("not quorate: {present} of {needed}"),
        Outcome::NotFormed { why } => format!("not formed: {}", stored(why)),
    }
}

/// The stored name of a value without content.
fn stored(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).expect("it is stored").as_str().expect("a name").to_owned()
}
