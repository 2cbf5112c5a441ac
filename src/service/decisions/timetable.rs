//! The progression timetable of a case: what has happened, what is due, and what is still to come.

use chrono::NaiveDate;

use super::super::loaded::Loaded;
use super::Happened;
use crate::calendar::london_date;
use crate::committee::meeting::Meeting;
use crate::committee::papers::{Milestone, When};
use crate::workflow::{ClockName, Event, StageName};

/// Every milestone, the past ones first.
pub(super) fn timetable(case: &Loaded, history: &[Happened], meeting: Option<&Meeting>) -> Vec<Milestone> {
    let past = history.iter().flat_map(|entry| entry.events.iter().filter_map(|event| past(case, event)));
    let mut milestones: Vec<Milestone> = past.collect();
    let mut due: Vec<(NaiveDate, String)> = due(case);
    due.extend(
        meeting.map(|meeting| {
            (meeting.called.on, format!("{}, meeting {}", meeting.called.title, meeting.called.reference))
        }),
    );
    due.sort();
    milestones.extend(due.into_iter().map(|(on, action)| Milestone { action, when: When::On(on) }));
    milestones.extend(to_come(case, history).map(|action| Milestone { action, when: When::Open }));
    milestones
}

/// A step that brought the case on.
fn past(case: &Loaded, event: &Event) -> Option<Milestone> {
    let (action, at) = match event {
        Event::CaseOpened { at, .. } => (format!("{} received", case.definition.subject), at),
        Event::ActionTaken { action, from, to, at, .. } if from != to => {
            let title = case.definition.action(from, action).map(|action| action.title.clone());
            (title.unwrap_or_else(|| action.words()), at)
        }
        _ => return None,
    };
    Some(Milestone { action, when: When::On(london_date(*at)) })
}

/// What is due: the clocks that run, and the dates a body set for those that do not yet.
fn due(case: &Loaded) -> Vec<(NaiveDate, String)> {
    let title = |name: &ClockName| {
        let clock = case.definition.clocks.get(name);
        format!("Due: {}", clock.map_or_else(|| name.words(), |clock| clock.title.clone()))
    };
    let running = case.case().clocks.iter().map(|clock| (clock.deadline.on, title(&clock.name)));
    let started = |name: &ClockName| {
        let ended = case.case().ended_clocks.iter().any(|ended| ended.name == *name);
        ended || case.case().clocks.iter().any(|clock| clock.name == *name)
    };
    let set = case.case().timetable.iter().flat_map(|timetable| &timetable.dates);
    let set = set.filter(|(name, _)| !started(name)).map(|(name, on)| (*on, title(name)));
    running.chain(set).collect()
}

/// The stages the case has not been in yet, in the order of the process; those in which it has ended are left out.
fn to_come<'a>(case: &'a Loaded, history: &[Happened]) -> impl Iterator<Item = String> + use<'a> {
    let definition = &case.definition;
    let entered = history.iter().flat_map(|entry| &entry.events).filter_map(|event| match event {
        Event::CaseOpened { state, .. } | Event::ActionTaken { to: state, .. } => definition.states.get(state),
        _ => None,
    });
    let been: Vec<&StageName> = entered.map(|state| &state.stage).collect();
    let goes_on = |name: &StageName| definition.states.values().any(|state| state.stage == *name && !state.is_final());
    let ahead = definition.stages.iter().filter(move |(name, _)| !been.contains(name) && goes_on(name));
    ahead.map(|(_, stage)| stage.title.clone())
}
