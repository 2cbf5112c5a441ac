//! `quorate workdays` as people type it.

use clap::Parser;
use quorate::calendar::Edition;
use quorate::cli::workdays::{WorkdaysArgs, run};
use serde_json::{Value, json};

#[derive(Debug, Parser)]
struct Command {
    #[command(flatten)]
    args: WorkdaysArgs,
}

/// What a command writes, or why it does not.
fn workdays(line: &str) -> Result<String, String> {
    let words = std::iter::once("workdays").chain(line.split_whitespace());
    let command = Command::try_parse_from(words).map_err(|error| error.to_string())?;
    let mut written = Vec::new();
    run(&command.args, Edition::built_in(), &mut written).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(written).unwrap())
}

fn json_of(line: &str) -> Value {
    serde_json::from_str(&workdays(line).unwrap()).unwrap()
}

#[test]
fn the_plain_answer_is_the_date_or_the_number_alone() {
    assert_eq!(workdays("add 2019-02-14 10").unwrap(), "2019-02-28\n");
    assert_eq!(workdays("add 2019-02-14 10wd").unwrap(), "2019-02-28\n");
    assert_eq!(workdays("subtract 2025-12-01 20").unwrap(), "2025-11-03\n");
    assert_eq!(workdays("between 2020-02-17 2020-03-06").unwrap(), "14\n");
}

#[test]
fn a_list_has_one_bank_holiday_a_line() {
    let list = workdays("list 2026 --division scotland").unwrap();
    assert_eq!(list.lines().count(), 10);
    assert!(list.starts_with("2026-01-01 New Year’s Day\n2026-01-02 2nd January\n"), "{list}");
    assert!(list.contains("\n2026-06-15 "), "{list}");
}

#[test]
fn the_division_is_heeded_before_or_after_the_count() {
    assert_eq!(workdays("--division scotland add 2026-06-12 1").unwrap(), "2026-06-16\n");
    assert_eq!(workdays("add 2026-06-12 1 --division scotland").unwrap(), "2026-06-16\n");
    assert_eq!(workdays("add 2026-06-12 1").unwrap(), "2026-06-15\n");
    let error = workdays("add 2026-06-12 1 --division wales").unwrap_err();
    assert!(error.contains("england-and-wales, scotland, northern-ireland, gb-union, union"), "{error}");
}

#[test]
fn explaining_adds_how_the_answer_was_reached() {
    assert_eq!(
        workdays("add 2025-04-17 1 --explain").unwrap(),
        "2025-04-22\n\
         The start is Thursday 17 April 2025: the date given. That day is not counted.\n\
         Counting 1 Working Day on from it gives Tuesday 22 April 2025.\n\
         Not Working Days: 2 weekend days; Friday 18 April 2025 (Good Friday); Monday 21 April 2025 (Easter Monday).\n\
         It closes at the end of Tuesday 22 April 2025, London time (2025-04-22 23:00 UTC).\n\
         The bank holidays are those of England and Wales, edition gov.uk 2026-02-25.\n"
    );
    assert_eq!(
        workdays("between 2025-04-17 2025-04-22 --explain").unwrap(),
        "1\n\
         Working Days after Thursday 17 April 2025, up to and including Tuesday 22 April 2025: 1.\n\
         Not Working Days: 2 weekend days; Friday 18 April 2025 (Good Friday); Monday 21 April 2025 (Easter Monday).\n\
         The bank holidays are those of England and Wales, edition gov.uk 2026-02-25.\n"
    );
    assert!(workdays("list 2025 --explain").unwrap().contains("\nWorking Days in 2025: 253.\n"));
}

#[test]
fn json_has_the_answer_and_always_how_it_was_reached() {
    let added = json_of("add 2025-04-17 1 --format json");
    assert_eq!(added["answer"], "2025-04-22");
    assert_eq!(added["on"], "2025-04-22");
    assert_eq!(added["derivation"]["method"], json!({"count": {"target": "1wd"}}));
    let subtracted = json_of("subtract 2025-12-01 20 --format json");
    assert_eq!(subtracted["answer"], "2025-11-03");
    assert_eq!(subtracted["derivation"]["method"], json!({"count_back": {"target": "20wd"}}));
    let between = json_of("between 2025-04-17 2025-04-22 --format json");
    assert_eq!(between["answer"], 1);
    assert_eq!(between["skipped"].as_array().unwrap().len(), 4);
    let listed = json_of("list 2025 --format json");
    assert_eq!(listed["working_days"], 253);
    assert_eq!(listed["bank_holidays"][1]["title"], "Good Friday");
    assert_eq!(listed["edition"], "gov.uk 2026-02-25");
}

#[test]
fn what_cannot_be_answered_is_refused_in_plain_words() {
    let refused = |line: &str| workdays(line).unwrap_err();
    assert!(refused("add 2025-02-30 5").contains("2025-02-30 is not a date: that month has the days 01 to 28"));
    assert!(refused("add 2025-02-03 5.5").contains("is not a number of Working Days"));
    assert!(refused("add 2040-01-01 5").contains("2040-01-01 is outside 2012 to 2030"));
    assert!(refused("between 2025-02-03 2025-02-01").contains("is before the start"));
    assert!(refused("list 2031").contains("the year 2031 is outside 2012 to 2030"));
}

#[test]
fn every_help_text_has_an_example() {
    for count in ["add", "subtract", "between", "list"] {
        let help = workdays(&format!("{count} --help")).unwrap_err();
        assert!(help.contains("Example:\n  quorate workdays"), "{help}");
    }
}
