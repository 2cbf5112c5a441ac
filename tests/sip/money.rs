//! Money, cost ranges and cost bands.

use proptest::prelude::*;
use quorate::sip::{CostBand, CostRange, Mend, Pence};

/// Amounts that could mean two things, or nothing.
const REFUSED: [&str; 31] = [
    "",
    "£",
    "-5",
    "+5",
    "(5)",
    "5-",
    "£-5",
    "1e5",
    "1.5E+3",
    "$50",
    "50 EUR",
    "USD 50",
    "50k",
    "1.5m",
    "50 000",
    "1234.5",
    "1234.",
    ".50",
    "1.234",
    "1.234,56",
    "1,23",
    "1,2345",
    ",500",
    "0,500",
    "1,234,5.00",
    "1.2.3",
    "10,000,000,000.01",
    "99999999999999999999999999",
    "٥٠",
    "fifty",
    "1\u{0}0",
];

fn pounds(text: &str) -> Pence {
    Pence::parse(text).expect("an amount")
}

#[test]
fn amounts_are_read_as_people_write_them() {
    let table = [
        ("£50,000", 5_000_000, "£50,000"),
        ("50000", 5_000_000, "£50,000"),
        ("50,000.00", 5_000_000, "£50,000"),
        (" £ 1,234.56 ", 123_456, "£1,234.56"),
        ("GBP 1234.50", 123_450, "£1,234.50"),
        ("0", 0, "£0"),
        ("0.05", 5, "£0.05"),
        ("999", 99_900, "£999"),
        ("1,000", 100_000, "£1,000"),
        ("10,000,000,000", 1_000_000_000_000, "£10,000,000,000"),
    ];
    for (text, pence, display) in table {
        let amount = pounds(text);
        assert_eq!((amount.get(), amount.to_string().as_str()), (pence, display), "{text}");
    }
}

#[test]
fn amounts_that_could_mean_two_things_are_refused_with_a_mend() {
    let refusals = REFUSED.map(|text| {
        let error = Pence::parse(text).expect_err(text);
        format!("{text:?}: {error}; {}", error.mend())
    });
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    "": there is no amount; write pounds such as 50,000 or 1234.50
    "£": there is no amount; write pounds such as 50,000 or 1234.50
    "-5": an amount carries no sign or brackets, and "-5" does; write it without a sign
    "+5": an amount carries no sign or brackets, and "+5" does; write it without a sign
    "(5)": an amount carries no sign or brackets, and "(5)" does; write it without a sign
    "5-": an amount carries no sign or brackets, and "5-" does; write it without a sign
    "£-5": an amount carries no sign or brackets, and "-5" does; write it without a sign
    "1e5": "1e5" has an exponent; write all the digits, such as 50,000
    "1.5E+3": "1.5E+3" has an exponent; write all the digits, such as 50,000
    "$50": $ is not pounds sterling; convert it and write pounds sterling
    "50 EUR": EUR is not pounds sterling; convert it and write pounds sterling
    "USD 50": USD is not pounds sterling; convert it and write pounds sterling
    "50k": 'k' does not belong in an amount; use only digits, commas and a point, such as 1,234.50
    "1.5m": 'm' does not belong in an amount; use only digits, commas and a point, such as 1,234.50
    "50 000": ' ' does not belong in an amount; use only digits, commas and a point, such as 1,234.50
    "1234.5": pence are two digits after a point with the pounds before it, and "1234.5" is not so; write 1234.50
    "1234.": pence are two digits after a point with the pounds before it, and "1234." is not so; write 1234
    ".50": pence are two digits after a point with the pounds before it, and ".50" is not so; write 0.50
    "1.234": pence are two digits after a point with the pounds before it, and "1.234" is not so; round it to whole pence, such as 1234.50
    "1.234,56": the commas or points in "1.234,56" do not part thousands and pence; write 1,234,567.89 or 1234567.89
    "1,23": the commas or points in "1,23" do not part thousands and pence; write 1,234,567.89 or 1234567.89
    "1,2345": the commas or points in "1,2345" do not part thousands and pence; write 1,234,567.89 or 1234567.89
    ",500": the commas or points in ",500" do not part thousands and pence; write 1,234,567.89 or 1234567.89
    "0,500": the commas or points in "0,500" do not part thousands and pence; write 1,234,567.89 or 1234567.89
    "1,234,5.00": the commas or points in "1,234,5" do not part thousands and pence; write 1,234,567.89 or 1234567.89
    "1.2.3": the commas or points in "1.2.3" do not part thousands and pence; write 1,234,567.89 or 1234567.89
    "10,000,000,000.01": that is more than £10,000,000,000; check the number of digits
    "99999999999999999999999999": that is more than £10,000,000,000; check the number of digits
    "٥٠": '٥' does not belong in an amount; use only digits, commas and a point, such as 1,234.50
    "fifty": 'f' does not belong in an amount; use only digits, commas and a point, such as 1,234.50
    "1\00": '\0' does not belong in an amount; use only digits, commas and a point, such as 1,234.50
    "#);
}

#[test]
fn arithmetic_never_leaves_the_bounds() {
    assert_eq!(pounds("1.50").checked_add(pounds("2.75")), Ok(pounds("4.25")));
    assert_eq!(pounds("2.75").checked_sub(pounds("1.50")), Ok(pounds("1.25")));
    assert!(Pence::MAX.checked_add(pounds("0.01")).is_err());
    assert!(Pence::ZERO.checked_sub(pounds("0.01")).is_err());
    assert!(Pence::from_pounds(i64::MAX).is_err() && Pence::from_pounds(i64::MIN).is_err());
    assert_eq!(Pence::from_pounds(50_000), Ok(CostBand::MEDIUM_FROM));
}

#[test]
fn money_is_stored_as_whole_pence() {
    assert_eq!(serde_json::to_string(&pounds("1,234.56")).expect("money serialises"), "123456");
    assert_eq!(serde_json::from_str::<Pence>("123456").expect("pence"), pounds("1234.56"));
    for refused in ["-1", "1.5", "\"5\"", "1000000000001"] {
        assert!(serde_json::from_str::<Pence>(refused).is_err(), "{refused}");
    }
}

#[test]
fn both_edges_of_the_medium_band_are_medium() {
    use CostBand::{Large, Medium, Small};
    let table = [("0", Small), ("49,999.99", Small), ("50,000", Medium), ("100,000", Medium), ("100,000.01", Large)];
    for (amount, band) in table {
        assert_eq!(CostBand::of(pounds(amount)), band, "{amount}");
    }
}

#[test]
fn a_range_is_in_the_band_of_its_high_end() {
    let range = |low, high| CostRange::new(pounds(low), pounds(high)).expect("low is not above high");
    let spanning = range("40,000", "60,000");
    assert_eq!((spanning.band(), spanning.spans_bands()), (CostBand::Medium, true));
    let edges = range("50,000", "100,000");
    assert_eq!((edges.band(), edges.spans_bands()), (CostBand::Medium, false));
    assert_eq!(edges.to_string(), "£50,000 to £100,000");
    assert_eq!(range("5", "5").to_string(), "£5");
}

#[test]
fn a_reversed_range_is_refused_from_people_and_from_storage() {
    let error = CostRange::new(pounds("2"), pounds("1")).expect_err("the range is reversed");
    assert_eq!(error.to_string(), "the low end, £2, is above the high end, £1");
    assert!(serde_json::from_str::<CostRange>(r#"{"low": 200, "high": 100}"#).is_err());
}

proptest! {
    #[test]
    fn every_amount_reads_back_what_it_displays(pence in 0..=Pence::MAX.get()) {
        let amount = Pence::new(pence).expect("within bounds");
        prop_assert_eq!(Pence::parse(&amount.to_string()), Ok(amount));
    }

    #[test]
    fn no_text_makes_the_reader_fail_otherwise_than_by_refusing(text in "[-+£$0-9.,eE k]{0,24}|.{0,12}") {
        if let Ok(amount) = Pence::parse(&text) {
            prop_assert!(amount <= Pence::MAX);
            prop_assert!(text.chars().any(|c| c.is_ascii_digit()));
        }
    }

    #[test]
    fn a_dearer_amount_is_never_in_a_cheaper_band(a in 0..20_000_000_i64, b in 0..20_000_000_i64) {
        let band = |pence| CostBand::of(Pence::new(pence).expect("within bounds"));
        prop_assert!(band(a.min(b)) <= band(a.max(b)));
    }
}
