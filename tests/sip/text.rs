//! Bounded text and e-mail addresses.

use proptest::prelude::*;
use quorate::sip::text::{Line, Prose};
use quorate::sip::{EmailAddress, Mend};

#[test]
fn line_endings_are_normalised_and_ends_trimmed() {
    let text = Prose::<100>::parse(" \r\none\r\ntwo\rthree\u{2028}four\u{85}five \n ").expect("prose");
    assert_eq!(text.as_str(), "one\ntwo\nthree\nfour\nfive");
}

#[test]
fn html_stays_the_plain_text_it_is() {
    let html = "<script>alert('x')</script> & <b>bold</b>";
    assert_eq!(Line::<100>::parse(html).expect("a line").as_str(), html);
    assert_eq!(Prose::<100>::parse(html).expect("prose").to_string(), html);
}

#[test]
fn the_bound_counts_characters_and_not_bytes() {
    assert!(Line::<3>::parse("ééé").is_ok());
    let error = Line::<3>::parse("éééé").expect_err("too long");
    assert_eq!(format!("{error}; {}", error.mend()), "this has 4 characters; write at most 3 characters");
    assert!(Prose::<1_000>::parse(&"x".repeat(5_000_000)).is_err());
}

#[test]
fn invisible_characters_are_named_with_their_place() {
    let table = ["a\0b", "one\ntwo \u{1b}[31m", "x\u{7}", "x\u{b}y", "abc\u{202e}cba", "a\u{200b}b", "a\u{9b}b"];
    let refusals = table.map(|text| {
        let error = Prose::<100>::parse(text).expect_err("invisible");
        format!("{error}; {}", error.mend())
    });
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    line 1 has the invisible character U+0000 (null) at character 2; take it out
    line 2 has the invisible character U+001B (escape) at character 5; take it out
    line 1 has the invisible character U+0007 (bell) at character 2; take it out
    line 1 has the invisible character U+000B (vertical tab) at character 2; take it out
    line 1 has the invisible character U+202E (change of text direction) at character 4; take it out
    line 1 has the invisible character U+200B (space without width) at character 2; take it out
    line 1 has the invisible character U+009B (control character) at character 2; take it out
    "#);
}

#[test]
fn a_line_has_no_breaks_and_no_tabs() {
    let told = |text| {
        let error = Line::<100>::parse(text).expect_err("not a line");
        format!("{error}; {}", error.mend())
    };
    assert_eq!(told("one\r\ntwo"), "line 1 has a line break at character 4; write it on one line");
    assert_eq!(told("one\ttwo"), "line 1 has a tab at character 4; take it out");
    assert_eq!(told(" \n "), "this is blank; write something");
    assert!(Prose::<100>::parse("one\ttwo\nthree").is_ok());
}

#[test]
fn stored_text_is_checked_when_it_is_read() {
    assert!(serde_json::from_str::<Line<5>>(r#""short""#).is_ok());
    let error = serde_json::from_str::<Line<5>>(r#""longer""#).expect_err("too long");
    assert!(error.to_string().starts_with("this has 6 characters; write at most 5 characters"), "{error}");
}

#[test]
fn plain_addresses_are_accepted_with_the_domain_in_lower_case() {
    for (text, address) in [
        ("name@example.org", "name@example.org"),
        (" First.Last+sip@Mail.Example.ORG ", "First.Last+sip@mail.example.org"),
        ("o'neil@a-b.example", "o'neil@a-b.example"),
    ] {
        assert_eq!(EmailAddress::parse(text).expect("an address").as_str(), address);
    }
}

#[test]
fn anything_but_one_plain_address_is_refused() {
    let long = format!("{}@example.org", "x".repeat(300));
    let mailbox = format!("{}@example.org", "x".repeat(65));
    let table = [
        "name",
        "@example.org",
        "name@",
        "name@example",
        "a@b@example.org",
        "a b@example.org",
        "a@exa mple.org",
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\n",
        "a@example.org,b@example.org",
        "Name <a@example.org>",
        ".a@example.org",
        "a..b@example.org",
        "a@-example.org",
        "a@example..org",
        "é@example.org",
        &long,
        &mailbox,
    ];
    let refusals = table.map(|text| {
        let error = EmailAddress::parse(text).expect_err(text);
        format!("{error}; {}", error.mend())
    });
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    "name" does not have one @; write it like name@example.org
    "" cannot stand before the @; write it like name@example.org
    "" is not a domain name; write it like name@example.org
    "example" is not a domain name; write it like name@example.org
    "b@example.org" does not have one @; write it like name@example.org
    an address cannot hold ' '; write the address alone, such as name@example.org
    an address cannot hold ' '; write the address alone, such as name@example.org
    an address cannot hold '\r'; write the address alone, such as name@example.org
    an address cannot hold '\n'; write the address alone, such as name@example.org
    an address cannot hold ','; write the address alone, such as name@example.org
    an address cannot hold ' '; write the address alone, such as name@example.org
    ".a" cannot stand before the @; write it like name@example.org
    "a..b" cannot stand before the @; write it like name@example.org
    "-example.org" is not a domain name; write it like name@example.org
    "example..org" is not a domain name; write it like name@example.org
    an address cannot hold 'é'; write the address alone, such as name@example.org
    this has 312 characters, and an address has at most 254; write it like name@example.org
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" cannot stand before the @; write it like name@example.org
    "#);
}

proptest! {
    #[test]
    fn accepted_text_is_trimmed_bounded_and_reads_back_the_same(text in any::<String>()) {
        if let Ok(prose) = Prose::<20>::parse(&text) {
            prop_assert!(prose.as_str().chars().count() <= 20);
            prop_assert_eq!(prose.as_str().trim(), prose.as_str());
            prop_assert!(!prose.as_str().contains('\r'));
            prop_assert_eq!(Prose::<20>::parse(prose.as_str()), Ok(prose.clone()));
        }
    }

    #[test]
    fn no_accepted_address_can_end_a_header_line(text in "[a-z@.\r\n <>,]{0,12}@[a-z.\r\n ]{0,12}") {
        if let Ok(address) = EmailAddress::parse(&text) {
            prop_assert!(address.as_str().chars().all(|c| c.is_ascii_graphic()));
            prop_assert_eq!(address.as_str().matches('@').count(), 1);
        }
    }
}
