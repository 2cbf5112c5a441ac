//! The timeline as people read it.

use std::fmt::{self, Display, Formatter};

use super::{Compared, Detour, Leg, Limit, Months, Return, Time, Timeline, WORKING_DAYS_IN_A_MONTH, Walk, path};
use crate::calendar::WorkingDays;
use crate::workflow::Basis;

/// Width of the column of states.
const STATE: usize = 64;
/// Width of the column of owners.
const OWNER: usize = 22;

impl Display for Timeline {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, version {} ({})", self.title, self.version, self.source)?;
        writeln!(f, "\nThe usual path")?;
        write_walk(f, &self.usual)?;
        write_bases(f, &self.usual)?;
        write_verdict(f, self.limit, "The usual path", self.usual.total)?;
        write_detours(f, self)?;
        write_returns(f, &self.returns)?;
        write_longest(f, self)
    }
}

impl Display for Months {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.tenths / 10, self.tenths % 10)
    }
}

fn write_walk(f: &mut Formatter<'_>, walk: &Walk) -> fmt::Result {
    let mut stage = "";
    let mut reached = WorkingDays::new(0);
    writeln!(f, "{:STATE$}  {:OWNER$}  Working Days  In all  Figure from", "", "Whose turn")?;
    for leg in &walk.legs {
        if leg.stage != stage {
            writeln!(f, "{}", leg.stage)?;
            stage = &leg.stage;
        }
        reached = write_leg(f, leg, reached)?;
    }
    writeln!(f, "{:STATE$}  {:OWNER$}  {:>12}  {} months", "In all", "", walk.total.get(), walk.months)
}

fn write_leg(f: &mut Formatter<'_>, leg: &Leg, reached: WorkingDays) -> Result<WorkingDays, fmt::Error> {
    write!(f, "  {:width$}  {:OWNER$}  ", leg.title, leg.owner.as_deref().unwrap_or(""), width = STATE - 2)?;
    let reached = match leg.time {
        Time::Counted { days, .. } => path::add(reached, days),
        _ => reached,
    };
    match &leg.time {
        Time::Counted { days, basis, rule, .. } => {
            let rule = rule.as_ref().map(|rule| format!(" ({rule})")).unwrap_or_default();
            writeln!(f, "{:>12}  {:>6}  {}{rule}", days.get(), reached.get(), basis_words(*basis))?;
        }
        Time::Within { must, .. } => writeln!(f, "{:>12}  {:>6}  within: {must}", 0, reached.get())?,
        Time::Dated { until } => writeln!(f, " not counted: it lasts until a date given case by case ({until})")?,
        Time::Untimed { reason } => writeln!(f, " not counted: {reason}")?,
        Time::Ends { how } => writeln!(f, " {how}")?,
    }
    Ok(reached)
}

fn basis_words(basis: Basis) -> &'static str {
    match basis {
        Basis::Source => "the source",
        Basis::Setting => "a setting",
    }
}

fn write_bases(f: &mut Formatter<'_>, walk: &Walk) -> fmt::Result {
    let from = [
        (Basis::Source, walk.from_source, "come from figures the source gives"),
        (Basis::Setting, walk.from_settings, "come from settings, where the source gives no figure"),
    ];
    for (basis, days, words) in from.into_iter().filter(|(_, days, _)| days.get() > 0) {
        let stages = by_stage(walk, basis).into_iter().map(|(stage, days)| format!("{stage} {}", days.get()));
        writeln!(f, "{} Working Days {words}:", days.get())?;
        writeln!(f, "  {}", stages.collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}

/// What each stage has of the figures of one basis.
fn by_stage(walk: &Walk, wanted: Basis) -> Vec<(&str, WorkingDays)> {
    let mut stages: Vec<(&str, WorkingDays)> = Vec::new();
    for leg in &walk.legs {
        let Time::Counted { days, basis, .. } = leg.time else { continue };
        match stages.iter_mut().find(|(stage, _)| *stage == leg.stage) {
            _ if basis != wanted => {}
            Some((_, sum)) => *sum = path::add(*sum, days),
            None => stages.push((&leg.stage, days)),
        }
    }
    stages
}

fn write_verdict(f: &mut Formatter<'_>, limit: Option<Limit>, what: &str, total: WorkingDays) -> fmt::Result {
    let Some(limit) = limit else { return Ok(()) };
    write!(f, "The source says up to {} months, which is {} Working Days", limit.months, limit.days.get())?;
    write!(f, " at {WORKING_DAYS_IN_A_MONTH} a month. {what} is ")?;
    match (path::less(limit.days, total).get(), path::less(total, limit.days).get()) {
        (0, 0) => writeln!(f, "within it, with none to spare."),
        (spare, 0) => writeln!(f, "within it, with {spare} to spare."),
        (_, over) => writeln!(f, "over it by {over} Working Days."),
    }
}

fn write_detours(f: &mut Formatter<'_>, timeline: &Timeline) -> fmt::Result {
    if timeline.detours.is_empty() {
        return Ok(());
    }
    writeln!(f, "\nWhat each detour adds")?;
    for Detour { detour, stage_title, adds, .. } in &timeline.detours {
        let place = format!("{detour} ({stage_title})");
        match adds.get() {
            0 => writeln!(f, "  {place:84}     0  the same clock goes on")?,
            days => writeln!(f, "  {place:84}  {days:>4}")?,
        }
    }
    let all = timeline.every_detour_once;
    writeln!(f, "With every detour once: {} Working Days, {} months.", all.get(), Months::of(all))
}

fn write_returns(f: &mut Formatter<'_>, returns: &[Return]) -> fmt::Result {
    if returns.is_empty() {
        return Ok(());
    }
    writeln!(f, "\nWhat each sending back adds, every time")?;
    for Return { title, to_title, adds, .. } in returns {
        let what = format!("{title} (back to: {to_title})");
        writeln!(f, "  {what:84}  {:>4}", adds.get())?;
    }
    Ok(())
}

fn write_longest(f: &mut Formatter<'_>, timeline: &Timeline) -> fmt::Result {
    let longest = &timeline.longest;
    if timeline.detours.is_empty() || longest.legs.is_empty() {
        return Ok(());
    }
    writeln!(f, "\nThe longest path with every state at most once")?;
    write_walk(f, longest)?;
    if longest.compared == Compared::ManyWays {
        writeln!(f, "There are too many ways through this process to compare them all; a longer one may exist.")?;
    }
    write_verdict(f, timeline.limit, "The longest path", longest.total)
}
