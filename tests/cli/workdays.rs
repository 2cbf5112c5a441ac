//! `quorate workdays`: plain answers for scripts, reasons for people.

use super::quorate;

#[test]
fn the_plain_answer_is_the_date_or_the_number_and_nothing_else() {
    let table = [
        ("add 2019-02-14 10", "2019-02-28\n"),
        ("subtract 2025-12-01 20", "2025-11-03\n"),
        ("between 2020-02-17 2020-03-06", "14\n"),
        ("add 2025-04-17 0", "2025-04-17\n"),
    ];
    for (count, answer) in table {
        let said = quorate(&format!("workdays {count}"));
        assert_eq!(said.err, "");
        assert_eq!(said.done(), answer, "{count}");
    }
}

#[test]
fn a_list_has_a_date_and_a_name_on_each_line() {
    let list = quorate("workdays list 2026").done();
    assert_eq!(list.lines().count(), 8, "{list}");
    assert!(list.lines().all(|line| line.starts_with("2026-") && line.get(10..11) == Some(" ")), "{list}");
}

#[test]
fn each_division_counts_its_own_bank_holidays() {
    // Monday 12 July and Monday 2 August 2027 are bank holidays in Northern Ireland and in Scotland alone.
    let table = [
        ("england-and-wales", "2027-07-12", "2027-08-02"),
        ("scotland", "2027-07-12", "2027-08-03"),
        ("northern-ireland", "2027-07-13", "2027-08-02"),
        ("gb-union", "2027-07-12", "2027-08-03"),
        ("union", "2027-07-13", "2027-08-03"),
    ];
    for (division, july, august) in table {
        for (friday, monday) in [("2027-07-09", july), ("2027-07-30", august)] {
            let answer = quorate(&format!("workdays add {friday} 1 --division {division}")).done();
            assert_eq!(answer.trim(), monday, "{division} after {friday}");
        }
    }
}

#[test]
fn an_answer_can_be_explained_and_put_into_json() {
    let explained = quorate("workdays add 2025-04-17 1 --explain").done();
    assert!(explained.starts_with("2025-04-22\nThe start is Thursday 17 April 2025"), "{explained}");
    assert!(explained.contains("Monday 21 April 2025 (Easter Monday)"), "{explained}");
    let json = quorate("workdays add 2025-04-17 1 --format json").json();
    assert_eq!(json["answer"], "2025-04-22");
    assert_eq!(quorate("workdays between 2025-04-17 2025-04-22 --format json").json()["answer"], 1);
}

#[test]
fn what_is_not_a_date_or_a_division_is_misuse() {
    let table = [
        ("add 2025-02-30 5", "2025-02-30 is not a date: that month has the days 01 to 28"),
        ("add tomorrow 5", "tomorrow"),
        ("add 2025-02-03 many", "is not a number of Working Days"),
        ("add 2025-02-03 5 --division wales", "england-and-wales, scotland, northern-ireland, gb-union, union"),
        ("add 2025-02-03", "<N>"),
        ("", "Usage: quorate workdays"),
    ];
    for (count, why) in table {
        let error = quorate(&format!("workdays {count}")).failed(2);
        assert!(error.contains(why), "{count}: {error}");
    }
}

#[test]
fn years_whose_bank_holidays_are_not_known_have_no_answer() {
    for count in ["add 2040-01-01 5", "subtract 2011-12-31 5", "list 2031", "add 2030-12-30 10"] {
        let error = quorate(&format!("workdays {count}")).failed(1);
        assert!(error.contains("2012 to 2030"), "{count}: {error}");
    }
}
