//! Reading people's YAML: every problem at once, in the right place, whatever the text.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use chrono::NaiveDate;
use quorate::yaml::{Document, Limits, Problem, Problems, load, render};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[path = "yaml/hostile.rs"]
mod hostile;
#[path = "yaml/mends.rs"]
mod mends;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Process {
    #[serde(rename = "process")]
    name: String,
    version: String,
    effective: NaiveDate,
    urgent: Option<bool>,
    #[serde(default)]
    states: BTreeMap<StateName, State>,
    #[serde(default)]
    assertions: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct StateName(String);

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    title: String,
    owner: Role,
    clock: Option<Clock>,
    #[serde(default)]
    actions: Vec<Action>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Role {
    Dcc,
    Proposer,
    OperationsGroup,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Clock {
    target: WorkingDays,
    limit: Option<u16>,
    #[serde(default)]
    remind: Vec<WorkingDays>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "String")]
struct WorkingDays(u16);

impl TryFrom<String> for WorkingDays {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let days = text.strip_suffix("wd").and_then(|days| days.parse().ok());
        days.map(Self).ok_or_else(|| format!("`{text}` is not a number of Working Days such as 20wd"))
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Action {
    name: String,
    by: Role,
    to: StateName,
    when: Option<Guard>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Guard {
    All(Vec<Guard>),
    Not(Box<Guard>),
    Is { fact: String, value: i64 },
    Always,
}

fn read(text: &str) -> Result<Document<Process>, Problems> {
    load("x.yaml", text, Limits::default())
}

fn problems<T: serde::de::DeserializeOwned + std::fmt::Debug>(text: &str) -> Vec<String> {
    let problems = load::<T>("x.yaml", text, Limits::default()).map(|document| document.value).unwrap_err();
    problems.iter().map(ToString::to_string).collect()
}

#[expect(clippy::disallowed_methods, reason = "the tests read their own fixtures")]
fn fixture(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/yaml")
}

const GOOD: &str = "\
process: ssi
version: 1.10
effective: 2019-06-27
states:
  validation:
    title: 012
    owner: dcc
    clock: { target: 20wd, limit: 5, remind: [5wd] }
    actions:
      - name: accept
        by: operations_group
        to: backlog
        when: { all: [always, { not: { is: { fact: ready, value: -1 } } }] }
";

#[test]
fn a_good_document_is_read_with_the_place_of_each_part() {
    let document = read(GOOD).unwrap();
    let state = &document.value.states[&StateName("validation".into())];
    assert_eq!(state.clock.as_ref().unwrap().target, WorkingDays(20));
    let ready = Guard::Is { fact: "ready".into(), value: -1 };
    assert_eq!(state.actions[0].when, Some(Guard::All(vec![Guard::Always, Guard::Not(Box::new(ready))])));
    let spans = &document.spans;
    assert_eq!(spans.file(), "x.yaml");
    assert_eq!(spans.locate(""), (1, 1));
    assert_eq!(spans.locate("effective"), (3, 12));
    assert_eq!(spans.locate("states.validation"), (5, 3));
    assert_eq!(spans.locate("states.validation.clock.remind[0]"), (8, 47));
    assert_eq!(spans.locate("states.validation.actions[0].to"), (12, 13));
}

#[test]
fn an_unknown_path_is_placed_at_the_nearest_part_above_it() {
    let spans = read(GOOD).unwrap().spans;
    assert_eq!(spans.locate("states.validation.clock.stops.never"), (8, 12));
    assert_eq!(spans.locate("states.validation.actions[7].to"), (9, 5));
    assert_eq!(spans.locate("nowhere"), (1, 1));
    let problem = spans.problem("states.validation.owner", "nobody has this role", None);
    assert_eq!(problem.to_string(), "x.yaml:7:12: states.validation.owner: nobody has this role");
}

#[test]
fn keys_with_dots_in_them_are_located() {
    let text = "a.b: 1\na: { b.c: 2, b: { c: 3 } }\n";
    let document = load::<BTreeMap<String, serde_yaml::Value>>("x.yaml", text, Limits::default()).unwrap();
    assert_eq!(document.spans.locate("a.b"), (1, 6));
    assert_eq!(document.spans.locate("a.b.c"), (1, 6));
}

#[test]
fn text_is_taken_exactly_as_it_is_written() {
    let text = "[12, 012, 1e3, yes, NO, 2026-03-31, 1.10, true, \"12\", 0x1F]";
    let document = load::<Vec<String>>("x.yaml", text, Limits::default()).unwrap();
    let written = ["12", "012", "1e3", "yes", "NO", "2026-03-31", "1.10", "true", "12", "0x1F"];
    assert_eq!(document.value, written);
}

#[test]
fn numbers_and_truth_values_are_never_guessed() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only its problems are looked at")]
    struct Plain {
        days: u16,
        open: bool,
    }
    let mend = |days: &str, open: &str| problems::<Plain>(&format!("days: {days}\nopen: {open}\n"));
    assert_eq!(
        mend("012", "yes"),
        [
            "x.yaml:1:7: days: expected a whole number from 0 to 65535, found the text `012`. Write `12`.",
            "x.yaml:2:7: open: expected `true` or `false`, found the text `yes`. Write `true`.",
        ]
    );
    assert_eq!(
        mend("1e3", "off"),
        [
            "x.yaml:1:7: days: expected a whole number from 0 to 65535, found the number `1e3`",
            "x.yaml:2:7: open: expected `true` or `false`, found the text `off`. Write `false`.",
        ]
    );
    assert_eq!(
        mend("\"12\"", "1"),
        [
            "x.yaml:1:7: days: expected a whole number from 0 to 65535, found the text `12`. Remove the quotes.",
            "x.yaml:2:7: open: expected `true` or `false`, found the number `1`",
        ]
    );
    assert_eq!(
        mend("70000", ""),
        [
            "x.yaml:1:7: days: expected a whole number from 0 to 65535, found the number `70000`",
            "x.yaml:2:1: open: expected `true` or `false`, found nothing. Write the value behind the colon.",
        ]
    );
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_accepted() {
    let windows = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    let document = read(&windows).unwrap();
    assert_eq!(document.value, read(GOOD).unwrap().value);
    assert_eq!(document.spans.locate("effective"), (3, 12));
}

#[test]
fn every_bad_fixture_has_exactly_its_expected_problems() {
    let mut seen = 0;
    for entry in std::fs::read_dir(fixtures()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        seen += 1;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let found = load::<Process>(&name, &fixture(&path), Limits::default()).unwrap_err();
        let expected = fixture(&path.with_extension("expected"));
        assert_eq!(found.to_string().trim_end(), expected.trim_end(), "{name}");
    }
    assert!(seen >= 20, "only {seen} fixtures");
}

#[test]
fn five_mistakes_in_different_places_are_five_problems() {
    let found = read(&fixture(&fixtures().join("five-mistakes.yaml"))).unwrap_err();
    let lines: Vec<usize> = found.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [3, 9, 10, 13, 15]);
    assert!(!found.stopped_early());
}

fn problem_at(line: usize, column: usize) -> Problem {
    Problem {
        file: "x.yaml".into(),
        line,
        column,
        path: "states".into(),
        what: "it is wrong".into(),
        mend: Some("Mend it.".into()),
    }
}

#[test]
fn render_shows_the_line_and_a_caret() {
    let text = "process: a\n\tversion:\u{7} 1\n";
    let shown = render(&[problem_at(1, 10), problem_at(2, 10), problem_at(9, 9)], text);
    let expected = "\
x.yaml:1:10: states: it is wrong. Mend it.
  1 | process: a
    |          ^
x.yaml:2:10: states: it is wrong. Mend it.
  2 |  version:\u{fffd} 1
    |          ^
x.yaml:9:9: states: it is wrong. Mend it.
";
    assert_eq!(shown, expected);
}

#[test]
fn render_cuts_long_lines_around_the_place() {
    let text = format!("{}!{}", "a".repeat(5_000), "b".repeat(5_000));
    let shown = render(&[problem_at(1, 5_001)], &text);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "x.yaml:1:5001: states: it is wrong. Mend it.");
    assert_eq!(lines[1].find('!'), lines[2].find('^'));
    assert!(lines[1].len() < 120, "{}", lines[1].len());
}

#[test]
fn problems_serialise_as_a_list() {
    let found = read("").unwrap_err();
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json[0]["what"], "the file is empty");
    assert_eq!(json[0]["line"], 1);
}

#[test]
fn at_most_the_allowed_number_of_problems_is_reported() {
    let mut text = String::from("process: a\nversion: 1\neffective: 2019-06-27\n");
    for number in 0..200 {
        writeln!(text, "field_{number}: x").unwrap();
    }
    let found = read(&text).unwrap_err();
    assert_eq!(found.len(), 50);
    assert!(found.stopped_early());
    assert!(found.to_string().ends_with("There may be more problems once these are mended."));
}
