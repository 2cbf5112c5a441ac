//! Dates, divisions and numbers of Working Days as text.

use quorate::calendar::{Division, WorkingDays, parse_date};

use super::wd;

#[test]
fn working_days_and_divisions_are_read_and_written_in_one_way() {
    assert_eq!("20wd".parse(), Ok(wd(20)));
    assert_eq!("20".parse(), Ok(wd(20)));
    assert_eq!(wd(1).to_string(), "1 Working Day");
    assert_eq!(wd(20).to_string(), "20 Working Days");
    assert_eq!(serde_json::to_string(&wd(20)).unwrap(), "\"20wd\"");
    for wrong in ["", "wd", "-1", "+1", "1.5", "65536", "20 wd", "twenty"] {
        assert!(wrong.parse::<WorkingDays>().is_err(), "{wrong}");
        assert!(serde_json::from_value::<WorkingDays>(wrong.into()).is_err(), "{wrong}");
    }
    for division in Division::ALL {
        assert_eq!(division.to_string().parse(), Ok(division));
        assert_eq!(serde_json::to_value(division).unwrap(), division.name());
    }
    assert!("wales".parse::<Division>().is_err());
    assert_eq!(Division::default(), Division::EnglandAndWales);
}

#[test]
fn dates_are_read_only_as_year_month_day() {
    let message = |text: &str| parse_date(text).unwrap_err().to_string();
    assert_eq!(message("2025-02-30"), "2025-02-30 is not a date: that month has the days 01 to 28");
    assert_eq!(message("2025-13-01"), "2025-13-01 is not a date: there is no month 13, only 01 to 12");
    assert_eq!(message("1/2/2025"), "\"1/2/2025\" is not a date: write it as YYYY-MM-DD, for example 2025-02-28");
    for wrong in ["", "2025-2-3", "+025-02-03", "2025-02-03 ", "2025-02-03-", "20250203", "２０２５-02-03"] {
        assert!(parse_date(wrong).is_err(), "{wrong}");
    }
}
