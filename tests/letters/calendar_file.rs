//! Deadlines as calendars read them.

use mail_parser::{MessageParser, MimeHeaders};
use quorate::notify::{Due, Invitation, Method};

use super::*;

fn invitation(due: Due) -> Invitation {
    Invitation {
        deadline: "c1-acknowledgement-1".to_owned(),
        sequence: 0,
        method: Method::Request,
        summary: "SUB-0001: Confirm receipt, and say what more is needed".to_owned(),
        description: "It is your turn; see the page.\nCounting 5 Working Days on from 3 November gives 10 November \u{2013} Remembrance week".to_owned(),
        link: link("cases/SUB-0001"),
        due,
        remind_at: Some(at("2025-11-07", "09:00")),
    }
}

fn sent(invitation: Invitation) -> Vec<u8> {
    let letter = Letter { calendar: Some(invitation), ..letter("notice", &arrived()) };
    composer().compose(&letter).unwrap().formatted()
}

/// The calendar file a message carries: what lies among its words, which its attachment repeats.
fn file(invitation: Invitation) -> String {
    let sent = sent(invitation);
    let parsed = MessageParser::default().parse(&sent).unwrap();
    let mut files = parsed.parts.iter().filter(|part| {
        part.content_type().is_some_and(|kind| kind.subtype() == Some("calendar") || kind.subtype() == Some("ics"))
    });
    let (words, attached) = (files.next().unwrap(), files.next().unwrap());
    assert!(files.next().is_none());
    assert_eq!(words.contents(), attached.contents());
    String::from_utf8(attached.contents().to_vec()).unwrap()
}

/// The properties of a file: name with parameters, and value, unfolded (RFC 5545, 3.1).
fn properties(file: &str) -> Vec<(String, String)> {
    assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
    assert!(!file.replace("\r\n", "").contains(['\r', '\n']), "{file:?}");
    let unfolded = file.replace("\r\n ", "");
    let lines = unfolded.strip_suffix("\r\n").unwrap().split("\r\n");
    lines
        .map(|line| {
            let mut quoted = false;
            let colon = line.find(|c: char| {
                quoted ^= c == '"';
                c == ':' && !quoted
            });
            let (name, value) = line.split_at(colon.unwrap_or_else(|| panic!("{line}")));
            (name.to_owned(), value[1..].to_owned())
        })
        .collect()
}

fn get<'a>(properties: &'a [(String, String)], name: &str) -> &'a str {
    let found = properties.iter().find(|(found, _)| found == name);
    &found.unwrap_or_else(|| panic!("{name}: {properties:#?}")).1
}

#[test]
fn an_end_of_day_deadline_is_an_entry_for_the_whole_day_that_takes_no_time() {
    let file = properties(&file(invitation(Due::Day(day("2025-11-10")))));
    for (name, expected) in [
        ("METHOD", "REQUEST"),
        ("UID", "c1-acknowledgement-1@secas.example"),
        ("SEQUENCE", "0"),
        ("DTSTAMP", "20251103T100000Z"),
        ("DTSTART;VALUE=DATE", "20251110"),
        ("DTEND;VALUE=DATE", "20251111"),
        ("SUMMARY", "SUB-0001: Confirm receipt\\, and say what more is needed"),
        ("URL", "https://quorate.example/cases/SUB-0001"),
        ("ORGANIZER;CN=\"Quorate\"", "mailto:quorate@secas.example"),
        ("STATUS", "CONFIRMED"),
        ("TRANSP", "TRANSPARENT"),
        ("TRIGGER;VALUE=DATE-TIME", "20251107T090000Z"),
    ] {
        assert_eq!(get(&file, name), expected, "{name}");
    }
    let description = get(&file, "DESCRIPTION");
    assert!(description.starts_with("It is your turn\\; see the page.\\nCounting 5"), "{description}");
    assert!(description.ends_with("\u{2013} Remembrance week\\n\\nhttps://quorate.example/cases/SUB-0001"));
    let attendee = file.iter().find(|(name, _)| name.starts_with("ATTENDEE")).unwrap();
    assert!(attendee.0.contains("RSVP=FALSE") && attendee.0.contains("CN=\"Dana Okafor\""), "{attendee:?}");
    assert_eq!(attendee.1, "mailto:dana.okafor@dcc.example");
    assert!(!file.iter().any(|(_, value)| value == "VTIMEZONE"));
}

#[test]
fn a_deadline_at_a_time_of_day_ends_then_in_london_summer_and_winter() {
    for (date, start, end) in [
        ("2025-12-08", "20251208T164500", "20251208T170000"),
        ("2025-07-08", "20250708T164500", "20250708T170000"),
        ("2025-10-26", "20251026T164500", "20251026T170000"),
    ] {
        let file = properties(&file(invitation(Due::At(at(date, "17:00")))));
        assert_eq!(get(&file, "DTSTART;TZID=Europe/London"), start);
        assert_eq!(get(&file, "DTEND;TZID=Europe/London"), end);
        assert_eq!(get(&file, "TZID"), "Europe/London");
        assert_eq!(file.iter().filter(|(name, _)| name == "RRULE").count(), 2);
    }
}

#[test]
fn a_deadline_that_moved_keeps_its_name_with_a_higher_sequence() {
    let first = properties(&file(invitation(Due::Day(day("2025-11-10")))));
    let moved = Invitation { sequence: 1, ..invitation(Due::Day(day("2025-11-17"))) };
    let moved = properties(&file(moved));
    assert_eq!(get(&first, "UID"), get(&moved, "UID"));
    assert_eq!(get(&moved, "SEQUENCE"), "1");
    assert_eq!(get(&moved, "DTSTART;VALUE=DATE"), "20251117");
}

#[test]
fn a_cancelled_deadline_is_taken_out_and_reminds_nobody() {
    let gone = Invitation { sequence: 2, method: Method::Cancel, ..invitation(Due::Day(day("2025-11-10"))) };
    let sent = sent(gone.clone());
    let parsed = MessageParser::default().parse(&sent).unwrap();
    let kinds: Vec<_> = parsed.parts.iter().filter_map(|part| part.content_type()?.attribute("method")).collect();
    assert_eq!(kinds, ["CANCEL"]);
    let file = properties(&file(gone));
    assert_eq!((get(&file, "METHOD"), get(&file, "STATUS")), ("CANCEL", "CANCELLED"));
    assert!(!file.iter().any(|(_, value)| value == "VALARM"));
}

#[test]
fn calendars_find_the_invitation_beside_the_words_and_people_as_a_file() {
    let sent = sent(invitation(Due::Day(day("2025-11-10"))));
    let parsed = MessageParser::default().parse(&sent).unwrap();
    let kinds: Vec<String> = parsed
        .parts
        .iter()
        .map(|part| part.content_type().map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap())).unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"]
    );
    assert_eq!(parsed.parts[5].attachment_name(), Some("deadline.ics"));
}

#[test]
fn nothing_people_wrote_adds_a_property() {
    let hostile =
        "x\r\nATTENDEE:mailto:eve@x.example\n\u{2028}BEGIN:VEVENT\0 \u{202E};,\\\"".to_owned() + &"é".repeat(200);
    let mut bad = invitation(Due::Day(day("2025-11-10")));
    let expected: Vec<String> = properties(&file(bad.clone())).into_iter().map(|(name, _)| name).collect();
    bad.summary.clone_from(&hostile);
    bad.description.clone_from(&hostile);
    bad.deadline.clone_from(&hostile);
    let found: Vec<String> = properties(&file(bad.clone())).into_iter().map(|(name, _)| name).collect();
    assert_eq!(found, expected);
    let letter = Letter { name: hostile, calendar: Some(bad), ..letter("notice", &arrived()) };
    let sent = composer().compose(&letter).unwrap().formatted();
    assert!(!String::from_utf8(sent).unwrap().contains("\nATTENDEE:mailto:eve"));
}

#[test]
fn a_close_at_london_midnight_is_the_end_of_the_day_before() {
    assert_eq!(Due::closing(at("2025-11-11", "00:00")), Due::Day(day("2025-11-10")));
    assert_eq!(Due::closing(at("2025-07-11", "00:00")), Due::Day(day("2025-07-10")));
    assert_eq!(Due::closing(close().closes_at), Due::At(at("2025-12-08", "17:00")));
    assert_eq!(Due::closing(receipt().closes_at), Due::Day(receipt().on));
}
