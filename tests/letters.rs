//! What e-mails say, and the messages they go in.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use quorate::calendar::{Calendar, Close, Deadline, Division, Edition, WorkingDays, london_date, london_instant};
use quorate::notify::letters::{CaseLetter, DeadlineSays, Why};
use quorate::notify::{Composer, Letter, Link};
use quorate::workflow::Statutory;
use serde::Serialize;

#[path = "letters/calendar_file.rs"]
mod calendar_file;
#[path = "letters/digest.rs"]
mod digest;
#[path = "letters/golden.rs"]
mod golden;
#[path = "letters/headers.rs"]
mod headers;
#[path = "letters/samples.rs"]
mod samples;

fn calendar() -> Calendar {
    Edition::built_in().calendar(Division::EnglandAndWales)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(date: &str, time: &str) -> DateTime<Utc> {
    london_instant(day(date), NaiveTime::parse_from_str(time, "%H:%M").unwrap())
}

fn link(path: &str) -> Link {
    Link::parse(&format!("https://quorate.example/{path}")).unwrap()
}

fn composer() -> &'static Composer {
    static COMPOSER: LazyLock<Composer> = LazyLock::new(|| {
        Composer::new("Quorate", "quorate@secas.example").unwrap().replies_to("SECAS", "secas@secas.example").unwrap()
    });
    &COMPOSER
}

/// The receipt of a SIP sent on Monday 3 November 2025, due on the 10th.
fn receipt() -> Deadline {
    let calendar = calendar();
    let sent = "the proposal was sent";
    Deadline::counted(&calendar, sent, day("2025-11-03"), WorkingDays::new(5), &[], Close::EndOfDay, Some("R12"))
        .unwrap()
}

/// The close of a consultation: 15 Working Days after 17 November 2025, at 17:00.
fn close() -> Deadline {
    let five = Close::At(NaiveTime::from_hms_opt(17, 0, 0).unwrap());
    let (calendar, issued) = (calendar(), day("2025-11-17"));
    Deadline::counted(&calendar, "the consultation was issued", issued, WorkingDays::new(15), &[], five, Some("R30"))
        .unwrap()
}

/// What is said of a deadline at an instant.
fn says(what: &str, who: &str, deadline: &Deadline, now: DateTime<Utc>) -> DeadlineSays {
    let today = london_date(now);
    let left = calendar().between(today, deadline.on.max(today)).unwrap();
    DeadlineSays::new(what, who, deadline, WorkingDays::new(u16::try_from(left).unwrap()), now)
}

/// A SIP that has just arrived at DCC.
fn arrived() -> CaseLetter {
    CaseLetter {
        kind: "SIP".to_owned(),
        reference: "SUB-0001".to_owned(),
        title: "Longer idle time".to_owned(),
        subject: "a SIP has arrived".to_owned(),
        outcome: None,
        reason: None,
        state: Some("Waiting for DCC to confirm receipt".to_owned()),
        ended: None,
        turn: Some("DCC".to_owned()),
        your_turn: true,
        deadline: Some(says(
            "Confirm receipt and say what more is needed",
            "DCC",
            &receipt(),
            at("2025-11-03", "10:00"),
        )),
        moved: None,
        gone: None,
        determination: None,
        consultation: None,
        ballot: None,
        link: link("cases/SUB-0001"),
        why: Why::of("DCC", Statutory::Yes, Some(link("preferences"))),
    }
}

/// A letter to Dana at DCC, queued on 3 November 2025 at 10:00.
fn letter(template: &str, body: &impl Serialize) -> Letter {
    let body = serde_json::to_value(body).unwrap();
    let queued_at = at("2025-11-03", "10:00");
    Letter::new("17-sip_received-dana", template, "Dana Okafor", "dana.okafor@dcc.example", queued_at, body)
}

/// The message for a letter, as it goes over the wire.
fn wire(letter: &Letter) -> String {
    String::from_utf8(composer().compose(letter).unwrap().formatted()).unwrap()
}
