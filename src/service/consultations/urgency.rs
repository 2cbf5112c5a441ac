//! The dates of a consultation: when it closes, and how early an urgent timetable lets it close (R30, R53).

use chrono::NaiveDate;

use super::super::loaded::Loaded;
use super::contacts::statement;
use crate::consultation::{Statement, Urgency};
use crate::workflow::{ActionName, ClockName, Facts, Target, Value};

/// The clock of a consultation that runs while it is open.
const WINDOW: &str = "window";

/// The London day a consultation closes, or closed. A new bank holiday may have moved it from what was filled in.
pub(in super::super) fn closes_on(case: &Loaded) -> Option<NaiveDate> {
    let window = ClockName::new(WINDOW);
    let open = case.case().clock(&window).map(|clock| clock.deadline.on);
    let ended = || case.case().ended_clocks.iter().rev().find(|clock| clock.name == window).map(|clock| clock.due);
    open.or_else(ended).or_else(|| case.case().values.get("closes_on").and_then(Value::as_date))
}

/// The timetable by which every SIP in a consultation is urgent; none if one of them has none for this consultation.
///
/// A second consultation is another clock than the first, so a timetable shortens it only where it names it.
pub(super) fn urgency(sips: &[Loaded], values: &Facts) -> Option<Urgency> {
    let set: Option<Vec<(NaiveDate, &str)>> = sips.iter().map(allowed).collect();
    let set = set.filter(|set| !set.is_empty())?;
    let closes_on = set.iter().map(|(date, _)| *date).max()?;
    let mut reasons: Vec<&str> = set.iter().map(|(_, reason)| *reason).collect();
    reasons.dedup();
    let what_else_moves = values.get("what_else_moves").and_then(Value::as_text);
    Some(Urgency {
        closes_on,
        reason: Statement::parse(&reasons.join("\n")).ok()?,
        what_else_moves: what_else_moves.and_then(|text| statement("what_else_moves", text).ok()),
    })
}

fn allowed(sip: &Loaded) -> Option<(NaiveDate, &str)> {
    let timetable = sip.case().timetable.as_ref()?;
    let date = timetable.dates.get(clock_of_next(sip)?)?;
    Some((*date, timetable.reason.as_str()))
}

/// The clock that begins when a SIP joins the consultation it waits for.
fn clock_of_next(sip: &Loaded) -> Option<&ClockName> {
    let join = sip.definition.action(&sip.case().state, &ActionName::new("join_consultation"))?;
    let Target::State(to) = &join.to else { return None };
    let closes = |until: &crate::workflow::FactName| until.as_str() == "consultation_closes_on";
    let mut clocks = sip.definition.clocks.iter();
    clocks.find(|(_, spec)| spec.runs_in.contains(to) && spec.until.as_ref().is_some_and(closes)).map(|(name, _)| name)
}
