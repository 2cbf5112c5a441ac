//! The decision table of the tally.

use std::collections::BTreeMap;

use quorate::committee::{Phase, Terms, Then, tally};
use quorate::yaml;
use serde::Deserialize;
use serde_yaml::{Mapping, Value};

use super::{Play, after_the_close, correspondence, meeting, said};
use quorate::committee::Coming;

const TABLE: &str = include_str!("../../fixtures/tally.yaml");

#[derive(Deserialize)]
struct Table {
    base: Mapping,
    bodies: BTreeMap<String, Mapping>,
    rows: Vec<Row>,
}

type Votes = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    body: String,
    #[serde(default)]
    by: Option<String>,
    #[serde(default = "approve_or_reject")]
    options: Vec<String>,
    #[serde(default)]
    present: Vec<String>,
    #[serde(default)]
    away: Vec<String>,
    #[serde(default)]
    recused: Vec<String>,
    #[serde(default)]
    stays: Vec<String>,
    #[serde(default)]
    votes: Votes,
    #[serde(default)]
    abstain: Vec<String>,
    #[serde(default)]
    arrive: Vec<String>,
    #[serde(default)]
    leave: Vec<String>,
    #[serde(default)]
    recused_later: Vec<String>,
    #[serde(default)]
    later: Votes,
    #[serde(default)]
    abstain_later: Vec<String>,
    #[serde(default)]
    casting: Option<Casting>,
    #[serde(default)]
    after_casting: Votes,
    expect: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Casting {
    by: String,
    choice: String,
}

fn approve_or_reject() -> Vec<String> {
    ["approve", "reject"].map(str::to_owned).to_vec()
}

fn table() -> Table {
    serde_yaml::from_str(TABLE).expect("the table can be read")
}

/// The terms of a body of the table.
pub(super) fn terms(body: &str) -> Terms {
    let Table { mut base, mut bodies, .. } = table();
    for (field, value) in bodies.remove(body).expect("the table has the body") {
        base.insert(field, value);
    }
    base.retain(|_, value| *value != Value::Null);
    let text = serde_yaml::to_string(&base).expect("terms are YAML");
    Terms::parse(body, &text).unwrap_or_else(|problems: yaml::Problems| panic!("{problems}"))
}

impl Play {
    fn all_vote(&mut self, votes: &Votes) {
        for (chosen, voters) in votes {
            for voter in voters {
                if self.ballot.opening.mode == meeting() {
                    self.arrive(&[voter.split('/').next().unwrap_or(voter)]);
                }
                self.vote(voter, chosen).unwrap_or_else(|refused| panic!("{voter}: {refused}"));
            }
        }
    }

    fn each(&mut self, people: &[String], act: impl Fn(&mut Self, &str) -> Result<(), quorate::committee::Refused>) {
        for who in people {
            act(self, who).unwrap_or_else(|refused| panic!("{who}: {refused}"));
        }
    }
}

fn abstaining(people: &[String]) -> Votes {
    BTreeMap::from([("abstain".to_owned(), people.to_vec())])
}

fn play(row: &Row) -> String {
    let options: Vec<&str> = row.options.iter().map(String::as_str).collect();
    let mode = row.by.as_deref().map_or_else(meeting, |_| correspondence());
    let mut play = match Play::open(&terms(&row.body), &options, mode.clone()) {
        Ok(play) => play,
        Err(refused) => return format!("not opened: {refused}"),
    };
    play.arrive(&row.present.iter().map(String::as_str).collect::<Vec<_>>());
    play.each(&row.away, Play::away);
    play.each(&row.recused, Play::recuse);
    play.each(&row.stays, |play, who| play.declare(who, Then::Stays));
    play.all_vote(&row.votes);
    play.all_vote(&abstaining(&row.abstain));
    play.arrive(&row.arrive.iter().map(String::as_str).collect::<Vec<_>>());
    play.each(&row.leave, |play, who| play.attend(who, Coming::Left));
    if row.casting.is_none() {
        play.each(&row.recused_later, Play::recuse);
    }
    play.all_vote(&row.later);
    play.all_vote(&abstaining(&row.abstain_later));
    if let Some(casting) = &row.casting {
        if mode == correspondence() {
            play.now = after_the_close();
            play.close().unwrap_or_else(|refused| panic!("{refused}"));
            assert_eq!(play.ballot.phase, Phase::CastingVote);
        }
        play.casting(&casting.by, &casting.choice).unwrap_or_else(|refused| panic!("{refused}"));
        play.each(&row.recused_later, Play::recuse);
        play.all_vote(&row.after_casting);
    }
    said(&tally(&play.ballot).outcome)
}

#[test]
fn every_row_of_the_table_comes_to_what_it_expects() {
    let rows = table().rows;
    assert!(rows.len() >= 60, "the table has {} rows", rows.len());
    let wrong: Vec<String> = rows
        .iter()
        .map(|row| (row, play(row)))
        .filter(|(row, came_to)| row.expect != *came_to)
        .map(|(row, came_to)| format!("{}: expected {}, came to {came_to}", row.name, row.expect))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_row_has_a_name_of_its_own() {
    let mut names: Vec<String> = table().rows.into_iter().map(|row| row.name).collect();
    let rows = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), rows);
}
