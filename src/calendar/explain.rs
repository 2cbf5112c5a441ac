//! Deadlines in plain sentences.

use chrono::NaiveDate;

use super::deadline::{Close, Deadline, Derivation, Method, PausedSpan};
use super::holiday::{NotWorking, Skipped};
use super::london::date_words;

impl Deadline {
    /// How the deadline was reached, one sentence a line: what started it, the count, each day passed over and why, the
    /// pauses, when it closes in London time and in UTC, and whose bank holidays were kept.
    pub fn explain(&self) -> String {
        let derivation = &self.derivation;
        let mut lines = vec![
            format!(
                "The start is {}: {}. That day is not counted.",
                date_words(derivation.counted_from),
                derivation.start_event
            ),
            self.explain_method(),
        ];
        lines.extend(explain_skipped(&derivation.skipped));
        lines.extend(derivation.paused.iter().map(|pause| derivation.explain_pause(*pause)));
        lines.push(self.explain_close());
        lines.push(format!(
            "The bank holidays are those of {}, edition {}.",
            derivation.division.title(),
            derivation.edition
        ));
        lines.extend(derivation.rule.iter().map(|rule| format!("The rule is {rule}.")));
        lines.join("\n")
    }

    fn explain_method(&self) -> String {
        let on = date_words(self.on);
        match &self.derivation.method {
            Method::Count { target } => format!("Counting {target} on from it gives {on}."),
            Method::CountBack { target } => format!("Counting {target} back from it gives {on}."),
            Method::Extended { by, reason, original, target, .. } => {
                let original = date_words(*original);
                let count = target.map_or_else(
                    || format!("It was first due on {original}."),
                    |target| format!("Counting {target} on from it gave {original}."),
                );
                format!("{count} {by} extended that to {on}: {reason}.")
            }
            Method::SetBy { body, reason } => format!("{body} set {on}: {reason}."),
            Method::Fixed { why } => format!("The date is {on}: {why}."),
        }
    }

    fn explain_close(&self) -> String {
        let on = date_words(self.on);
        let utc = self.closes_at.format("%Y-%m-%d %H:%M UTC");
        match self.derivation.closes {
            Close::EndOfDay => format!("It closes at the end of {on}, London time ({utc})."),
            Close::At(time) => format!("It closes on {on} at {}, London time ({utc}).", time.format("%H:%M")),
        }
    }
}

impl Derivation {
    fn explain_pause(&self, pause: PausedSpan) -> String {
        let from = date_words(pause.from);
        let Some(to) = pause.to else {
            return format!("The clock has stood still since the end of {from}; the date moves when it goes on.");
        };
        let days = self.working_days_after(pause.from, to);
        let unit = if days == 1 { "Working Day" } else { "Working Days" };
        format!(
            "The clock stood still after {from}, up to and including {}: {days} {unit} not counted.",
            date_words(to)
        )
    }

    /// The Working Days after one date, up to and including another, both within the count.
    fn working_days_after(&self, after: NaiveDate, until: NaiveDate) -> i64 {
        let within = |day: &&Skipped| after < day.date && day.date <= until;
        let skipped = self.skipped.iter().filter(within).map(|_| 1).sum::<i64>();
        (until - after).num_days() - skipped
    }
}

/// One sentence on the days a count passed over, each bank holiday by name; `None` if it passed over none.
pub fn explain_skipped(skipped: &[Skipped]) -> Option<String> {
    let weekend_days = skipped.iter().filter(|day| day.why == NotWorking::Weekend).count();
    let weekends = match weekend_days {
        0 => None,
        1 => Some("1 weekend day".to_owned()),
        days => Some(format!("{days} weekend days")),
    };
    let holidays = skipped.iter().filter_map(|day| match &day.why {
        NotWorking::Weekend => None,
        NotWorking::BankHoliday(title) => Some(format!("{} ({title})", date_words(day.date))),
    });
    let parts: Vec<String> = weekends.into_iter().chain(holidays).collect();
    (!parts.is_empty()).then(|| format!("Not Working Days: {}.", parts.join("; ")))
}
