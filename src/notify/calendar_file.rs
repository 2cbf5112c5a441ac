//! Deadlines as invitations that calendars understand (RFC 5545, RFC 5546).
//!
//! An invitation takes no time out of anybody's day: it is shown as free, asks for no answer, and ends at the moment the
//! deadline closes. Sent again with a higher sequence it moves; sent as a cancellation it goes away.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::link::Link;
use crate::calendar::{london_date, london_time};

/// How long before its close a deadline at a time of day is shown to begin.
const BLOCK: TimeDelta = TimeDelta::minutes(15);

/// The most octets of a line (RFC 5545, 3.1).
const LINE: usize = 75;

/// London time, as far back and as far ahead as the rule of the clock changes reaches.
const LONDON: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n\
    BEGIN:DAYLIGHT\r\nDTSTART:19810329T010000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n\
    TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:BST\r\nEND:DAYLIGHT\r\n\
    BEGIN:STANDARD\r\nDTSTART:19961027T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n\
    TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nTZNAME:GMT\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// A deadline put into people's calendars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Names the deadline, the same for everyone and for ever: its case, its clock and which start of the clock it is.
    pub deadline: String,
    /// How often it has changed: 0 at first, higher each time it moves or is cancelled.
    pub sequence: u32,
    /// Whether it stands or has been cancelled.
    pub method: Method,
    /// What is due, in one line, with the reference of the case.
    pub summary: String,
    /// More of it: whose turn it is and how the date was reached.
    pub description: String,
    /// The page of the case.
    pub link: Link,
    /// When it is due.
    pub due: Due,
    /// When calendars remind of it (UTC), if they do.
    pub remind_at: Option<DateTime<Utc>>,
}

/// What an invitation does to a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Enters the deadline, or moves it.
    Request,
    /// Takes it out.
    Cancel,
}

/// When a deadline closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// At the end of a London day: an entry for the whole day.
    Day(NaiveDate),
    /// At this instant (UTC): an entry of 15 minutes that ends then, in London time.
    At(DateTime<Utc>),
}

/// Someone with an address.
#[derive(Debug, Clone, Copy)]
pub(super) struct Who<'a> {
    pub(super) name: &'a str,
    pub(super) email: &'a str,
}

impl Due {
    /// When a deadline with this close (UTC) closes: at the end of a day where London clocks show midnight.
    pub fn closing(closes_at: DateTime<Utc>) -> Self {
        let day_before = london_date(closes_at).pred_opt().filter(|_| london_time(closes_at) == NaiveTime::MIN);
        day_before.map_or(Self::At(closes_at), Self::Day)
    }
}

impl Method {
    /// The word for it in a calendar file and in the type of the part that carries it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }

    fn status(self) -> &'static str {
        match self {
            Self::Request => "CONFIRMED",
            Self::Cancel => "CANCELLED",
        }
    }
}

impl Invitation {
    /// The calendar file for one person, stamped with when it was queued.
    pub(super) fn file(&self, organiser: Who<'_>, attendee: Who<'_>, stamped_at: DateTime<Utc>) -> String {
        let domain = organiser.email.rsplit('@').next().unwrap_or_default();
        let mut file = File::default();
        file.raw("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Quorate//Deadlines//EN\r\nCALSCALE:GREGORIAN\r\n");
        file.line("METHOD", self.method.as_str());
        if matches!(self.due, Due::At(_)) {
            file.raw(LONDON);
        }
        file.raw("BEGIN:VEVENT\r\n");
        file.text("UID", &format!("{}@{domain}", self.deadline));
        file.line("SEQUENCE", &self.sequence.to_string());
        file.line("DTSTAMP", &utc(stamped_at));
        file.when(self.due);
        file.text("SUMMARY", &self.summary);
        file.text("DESCRIPTION", &format!("{}\n\n{}", self.description, self.link));
        file.line("URL", self.link.as_str());
        file.person("ORGANIZER", "", organiser);
        file.person("ATTENDEE", ";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE", attendee);
        file.line("STATUS", self.method.status());
        file.raw("TRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n");
        if let (Method::Request, Some(at)) = (self.method, self.remind_at) {
            file.alarm(at, &self.summary);
        }
        file.raw("END:VEVENT\r\nEND:VCALENDAR\r\n");
        file.0
    }
}

/// A calendar file as it is written.
#[derive(Default)]
struct File(String);

impl File {
    fn raw(&mut self, lines: &str) {
        self.0.push_str(lines);
    }

    /// A property whose value needs no escaping, folded where it is long.
    fn line(&mut self, name: &str, value: &str) {
        let line: String = format!("{name}:{value}").chars().filter(|c| !c.is_control()).collect();
        let mut room = LINE;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            room -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }

    fn text(&mut self, name: &str, value: &str) {
        self.line(name, &escaped(value));
    }

    fn when(&mut self, due: Due) {
        match due {
            Due::Day(date) => {
                let next = date.succ_opt().unwrap_or(date);
                self.line("DTSTART;VALUE=DATE", &date.format("%Y%m%d").to_string());
                self.line("DTEND;VALUE=DATE", &next.format("%Y%m%d").to_string());
            }
            Due::At(closes_at) => {
                let opens_at = closes_at.checked_sub_signed(BLOCK).unwrap_or(closes_at);
                self.line("DTSTART;TZID=Europe/London", &london(opens_at));
                self.line("DTEND;TZID=Europe/London", &london(closes_at));
            }
        }
    }

    fn person(&mut self, role: &str, parameters: &str, who: Who<'_>) {
        let name: String = who.name.chars().filter(|c| *c != '"' && !is_unseen(*c)).collect();
        self.line(&format!("{role};CN=\"{name}\"{parameters}"), &format!("mailto:{}", who.email));
    }

    fn alarm(&mut self, at: DateTime<Utc>, summary: &str) {
        self.raw("BEGIN:VALARM\r\nACTION:DISPLAY\r\n");
        self.text("DESCRIPTION", summary);
        self.line("TRIGGER;VALUE=DATE-TIME", &utc(at));
        self.raw("END:VALARM\r\n");
    }
}

/// Whether a character shows nothing, or turns the direction of what does show.
pub(super) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// A text as the value of a property (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c if is_unseen(c) => {}
            c => escaped.push(c),
        }
    }
    escaped
}

fn utc(instant: DateTime<Utc>) -> String {
    instant.format("%Y%m%dT%H%M%SZ").to_string()
}

fn london(instant: DateTime<Utc>) -> String {
    format!("{}T{}", london_date(instant).format("%Y%m%d"), london_time(instant).format("%H%M%S"))
}
