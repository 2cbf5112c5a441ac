//! How long a count of ballots takes.
#![expect(clippy::disallowed_methods, reason = "measuring is what this does")]
#![expect(clippy::print_stdout, reason = "the result is printed")]

use std::hint::black_box;
use std::time::Instant;

use chrono::{DateTime, Utc};
use quorate::committee::decide::{self, Cast, Proposal};
use quorate::committee::{
    Attendance, Ballot, BallotOption, Choice, Coming, Matter, Mode, PersonId, Refused, Terms, tally,
};

const BALLOTS: u32 = 10_000;
const ROUNDS: usize = 11;
const MEMBERS: u32 = 15;

/// Prints the median time to count ten thousand ballots of fifteen members, each of whom has voted.
pub(crate) fn run() {
    let Ok(ballots) = (0..BALLOTS).map(ballot).collect::<Result<Vec<Ballot>, Refused>>() else {
        println!("committee: the ballots cannot be opened");
        return;
    };
    let mut rounds: Vec<u128> = (0..ROUNDS).map(|_| one_round(&ballots)).collect();
    rounds.sort_unstable();
    let median = rounds.get(ROUNDS / 2).copied().unwrap_or_default();
    println!("committee: tally of {BALLOTS} ballots of {MEMBERS} members: {} ms", median / 1_000_000);
}

fn one_round(ballots: &[Ballot]) -> u128 {
    let started = Instant::now();
    for ballot in ballots {
        black_box(tally(black_box(ballot)));
    }
    started.elapsed().as_nanos()
}

fn ballot(number: u32) -> Result<Ballot, Refused> {
    let at = DateTime::<Utc>::from_timestamp_nanos(1_741_000_000_000_000_000);
    let option = |name: &str| BallotOption { name: name.to_owned(), title: name.to_owned(), ..BallotOption::default() };
    let matter = Matter { question: "Shall it go on?".to_owned(), ..Matter::default() };
    let proposal = Proposal {
        reference: format!("B-2025-{number}"),
        matter,
        options: ["approve", "reject", "refine"].map(option).to_vec(),
        papers: Vec::new(),
        mode: Mode::Meeting { reference: "M-2025-01".to_owned() },
    };
    let mut ballot = Ballot::default();
    let take = |ballot: &mut Ballot, events: Vec<_>| events.iter().for_each(|event| ballot.apply(event, at, "x"));
    take(&mut ballot, decide::open(proposal, &terms(), at)?);
    for member in 1..=MEMBERS {
        let person = member_id(member);
        let arrives = Attendance { person: person.clone(), what: Coming::Arrived, at };
        let arrived = decide::record_attendance(&ballot, arrives, at)?;
        take(&mut ballot, arrived);
        let name = ["approve", "reject", "refine", "approve"].get((number + member) as usize % 4).copied();
        let choice = name.map_or(Choice::Abstain, |name| Choice::For(name.to_owned()));
        let cast = Cast { seat: person.clone(), by: person, choice, reason: None };
        let voted = decide::vote(&ballot, &cast, at)?;
        take(&mut ballot, voted);
    }
    Ok(ballot)
}

fn member_id(number: u32) -> PersonId {
    PersonId::parse(&format!("member-{number}")).unwrap_or_default()
}

fn terms() -> Terms {
    let member = |number| format!("  - {{ person: member-{number}, category: Other SEC Party, seat: Seat {number} }}");
    let members = (0..=MEMBERS).map(member).collect::<Vec<_>>().join("\n");
    let head = "body: group\ntitle: Group\nversion: '1'\nin_force_from: 2020-01-01\napproved_by: founded\n";
    let rules = "chair: member-0\nquorum: { ratio: { num: 1, den: 2 } }\nmembers:\n";
    Terms::parse("terms", &format!("{head}{rules}{members}\n")).unwrap_or_default()
}
