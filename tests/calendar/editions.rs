//! Editions: what they hold, how two differ, and which texts are refused.

use quorate::calendar::{Change, Division, Edition, EditionError, EditionName, EditionProblem};
use serde_json::{Value, json};

use super::{date, wd};

const FUNERAL: &str = "2022-09-19";

fn built_in() -> Value {
    serde_json::from_str(include_str!("../../fixtures/bank-holidays.json")).unwrap()
}

fn name() -> EditionName {
    "test 2022-09-08".parse().unwrap()
}

fn events<'a>(data: &'a mut Value, division: &str) -> &'a mut Vec<Value> {
    data[division]["events"].as_array_mut().unwrap()
}

/// The built-in data after some change to the events of every division.
fn edition_with(change: impl Fn(&mut Vec<Value>)) -> Result<Edition, EditionError> {
    let mut data = built_in();
    for division in ["england-and-wales", "scotland", "northern-ireland"] {
        change(events(&mut data, division));
    }
    Edition::parse(name(), &data.to_string())
}

/// The built-in data after some change to the events of Scotland, which is refused.
fn scotland_refused(change: impl Fn(&mut Vec<Value>)) -> Vec<EditionProblem> {
    let mut data = built_in();
    change(events(&mut data, "scotland"));
    match Edition::parse(name(), &data.to_string()) {
        Err(EditionError::Unsound { problems, .. }) => problems,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_built_in_edition_covers_2012_to_2030() {
    let edition = Edition::built_in();
    assert_eq!(edition.name().as_str(), "gov.uk 2026-02-25");
    assert_eq!(edition.years(), 2012..=2030);
    for division in Division::ALL {
        assert_eq!(edition.calendar(division).division(), division);
        assert_eq!(edition.calendar(division).edition(), edition.name());
    }
}

#[test]
fn an_edition_reads_back_what_it_writes() {
    let edition = Edition::built_in();
    let again = Edition::parse(edition.name().clone(), &edition.to_json()).unwrap();
    assert_eq!(&again, edition);
    assert_eq!(serde_json::from_str::<Value>(&edition.to_json()).unwrap(), built_in());
}

#[test]
fn the_state_funeral_moves_a_deadline_and_is_the_only_difference() {
    let before = edition_with(|events| events.retain(|event| event["date"] != FUNERAL)).unwrap();
    let after = Edition::built_in();
    for division in Division::ALL {
        let differences = before.differences(after, division);
        assert_eq!(differences.len(), 1, "{division}");
        assert_eq!(
            differences[0].to_string(),
            "2022-09-19 is now a bank holiday: Bank Holiday for the State Funeral of Queen Elizabeth II"
        );
        assert_eq!(
            after.differences(&before, division)[0].to_string(),
            "2022-09-19 is no longer a bank holiday (it was Bank Holiday for the State Funeral of Queen Elizabeth II)"
        );
        let due = |edition: &Edition| edition.calendar(division).add(date("2022-09-12"), wd(5)).unwrap();
        assert_eq!(due(&before), date("2022-09-19"));
        assert_eq!(due(after), date("2022-09-20"));
    }
}

#[test]
fn a_new_name_is_a_difference_and_a_new_year_is_none() {
    let older = edition_with(|events| {
        events.retain(|event| event["date"].as_str().unwrap() < "2030");
        events[0]["title"] = json!("1 January");
    })
    .unwrap();
    assert_eq!(older.years(), 2012..=2029);
    let differences = older.differences(Edition::built_in(), Division::EnglandAndWales);
    let renamed = Change::Renamed { from: "1 January".to_owned(), to: "New Year’s Day".to_owned() };
    assert_eq!(differences.iter().map(|found| &found.change).collect::<Vec<_>>(), [&renamed]);
    assert_eq!(differences[0].to_string(), "2012-01-02 is now called New Year’s Day (it was 1 January)");
    let same = Edition::built_in();
    assert_eq!(same.differences(same, Division::Union), []);
}

#[test]
fn only_years_that_every_division_has_are_known() {
    let mut data = built_in();
    events(&mut data, "scotland").retain(|event| event["date"].as_str().unwrap() < "2029");
    let edition = Edition::parse(name(), &data.to_string()).unwrap();
    assert_eq!(edition.years(), 2012..=2028);
    assert!(edition.calendar(Division::EnglandAndWales).add(date("2029-01-01"), wd(1)).is_err());
}

#[test]
fn divisions_without_a_shared_year_are_refused() {
    let mut data = built_in();
    events(&mut data, "scotland").retain(|event| event["date"].as_str().unwrap() < "2020");
    events(&mut data, "northern-ireland").retain(|event| event["date"].as_str().unwrap() >= "2020");
    let error = Edition::parse(name(), &data.to_string()).unwrap_err();
    assert!(error.to_string().contains("no year has bank holidays in every division"), "{error}");
}

#[test]
fn every_problem_is_reported_with_its_place() {
    let problems = scotland_refused(|events| {
        events[0]["date"] = json!("2012-02-30");
        events[1]["title"] = json!(" ");
        events[2]["date"] = events[3]["date"].clone();
        events[4]["date"] = json!("2012-06-09");
        events[5]["date"] = json!("20120605");
        events[6]["date"] = json!("0001-01-01");
        events[7]["title"] = json!("a\u{1b}[2J");
    });
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "scotland, event 1: 2012-02-30 is not a date: that month has the days 01 to 29",
            "scotland, event 2: the title is not 1 to 120 printable characters: give the bank holiday's name",
            "scotland, event 4: 2012-05-07 was already given: keep one of the two",
            "scotland, event 5: 2012-06-09 is a Saturday: give the weekday on which the bank holiday is kept",
            "scotland, event 6: \"20120605\" is not a date: write it as YYYY-MM-DD, for example 2025-02-28",
            "scotland, event 7: 0001-01-01 is outside 1972 to 2199: correct the year",
            "scotland, event 8: the title is not 1 to 120 printable characters: give the bank holiday's name",
        ]
    );
}

#[test]
fn a_missing_year_and_a_year_begun_are_refused() {
    let problems = scotland_refused(|events| {
        events.retain(|event| !event["date"].as_str().unwrap().starts_with("2015"));
        events.push(json!({"title": "New Year’s Day", "date": "2031-01-01", "notes": "", "bunting": true}));
    });
    let division = Division::Scotland;
    assert_eq!(
        problems,
        [
            EditionProblem::TooFew { division, year: 2015, found: 0 },
            EditionProblem::TooFew { division, year: 2031, found: 1 },
        ]
    );
}

#[test]
fn an_empty_or_mislabelled_division_is_refused() {
    let division = Division::Scotland;
    assert_eq!(scotland_refused(Vec::clear), [EditionProblem::Empty { division }]);
    let mut data = built_in();
    data["scotland"]["division"] = json!("wales");
    let error = Edition::parse(name(), &data.to_string()).unwrap_err();
    assert!(error.to_string().ends_with("scotland calls itself \"wales\": give it its own name"), "{error}");
}

#[test]
fn a_long_list_of_problems_is_cut_short_in_print() {
    let error = edition_with(|events| {
        for event in events {
            event["title"] = json!("");
        }
    })
    .unwrap_err();
    assert_eq!(error.to_string().lines().count(), 22);
    assert!(error.to_string().ends_with("and 506 more"), "{error}");
}

#[test]
fn a_text_of_another_form_is_refused_with_the_place() {
    let refused = |json: &str| Edition::parse(name(), json).unwrap_err().to_string();
    let mut data = built_in();
    data["scotland"]["events"][3]["date"] = json!(5);
    assert!(refused(&data.to_string()).contains("at scotland.events[3].date: invalid type: integer `5`"));
    data["scotland"]["events"][3] = json!(null);
    assert!(refused(&data.to_string()).contains("at scotland.events[3]: invalid type: null"));
    data.as_object_mut().unwrap().remove("scotland");
    assert!(refused(&data.to_string()).contains("missing field `scotland`"));
    data["wales"] = json!({"division": "wales", "events": []});
    assert!(refused(&data.to_string()).contains("unknown field `wales`"));
    let twice = r#"{"scotland": {"division": "scotland", "events": []}, "scotland": {}}"#;
    assert!(refused(twice).contains("duplicate field `scotland`"));
}

#[test]
fn hostile_texts_are_refused_and_do_not_panic() {
    let deep = "[".repeat(100_000);
    let after = format!("{} trailing", Edition::built_in().to_json());
    for hostile in ["", "null", "[]", "{}", "\u{0}", "{\"england-and-wales\":", &deep, &after] {
        assert!(
            matches!(Edition::parse(name(), hostile), Err(EditionError::NotTheFormat { .. })),
            "{}",
            hostile.chars().take(20).collect::<String>()
        );
    }
    let large = " ".repeat((1 << 20) + 1);
    assert!(matches!(Edition::parse(name(), &large), Err(EditionError::TooLarge { .. })));
}

#[test]
fn a_calendar_without_any_working_day_gives_an_error_and_no_endless_loop() {
    let every_weekday = |events: &mut Vec<Value>| {
        events.clear();
        let days = date("2024-01-01").iter_days().take(366);
        let weekdays = days.filter(|day| !bdays::is_weekend(*day));
        events.extend(weekdays.map(|day| json!({"title": "Holiday", "date": day.to_string()})));
    };
    let edition = edition_with(every_weekday).unwrap();
    let calendar = edition.calendar(Division::EnglandAndWales);
    assert!(calendar.add(date("2024-01-01"), wd(1)).is_err());
    assert!(calendar.subtract(date("2024-12-31"), wd(1)).is_err());
    assert_eq!(calendar.working_days_in_year(2024), Ok(0));
}

#[test]
fn an_edition_name_is_short_and_plain() {
    let long = "x".repeat(61);
    for wrong in ["", " ", " a", "a ", "a\nb", "<b>", &long] {
        assert!(wrong.parse::<EditionName>().is_err(), "{wrong}");
        assert!(serde_json::from_value::<EditionName>(wrong.into()).is_err(), "{wrong}");
    }
    assert_eq!(serde_json::to_string(&name()).unwrap(), "\"test 2022-09-08\"");
}
