//! Differences in states, actions and clocks.

use super::words::{self, Said, days, due, inside, quoted, title};
use super::{Comparison, Pair, Place, pairs};
use crate::workflow::{
    Action, ActionName, ClockName, ClockSpec, Definition, Determination, Extension, Reminder, RoleName, SharedAction,
    StageName, State, StateName, WhenDue, YesNo,
};

fn roles(definition: &Definition, roles: &[RoleName]) -> Said {
    Said::list(roles, |role| definition.title_of(role.as_str()))
}

fn states(definition: &Definition, states: &[StateName]) -> Said {
    Said::list(states, |state| title(definition, state))
}

fn fact_list(definition: &Definition, facts: &[crate::workflow::FactName]) -> Said {
    Said::list(facts, |fact| quoted(&definition.fact_title(fact)))
}

impl Comparison<'_> {
    pub(super) fn states(&mut self) {
        for (name, pair) in pairs(&self.old.states, &self.new.states) {
            let place = |state: &State| Place { stage: Some(state.stage.clone()), part: name.to_string() };
            match pair {
                Pair::Added(state) => {
                    self.add(&place(state), format!("There is a new state, {}", quoted(&state.title)));
                }
                Pair::Removed(state) => {
                    self.add(&place(state), format!("The state {} is taken out", quoted(&state.title)));
                }
                Pair::Both(old, new) => self.state(name, &place(new), old, new),
            }
        }
    }

    pub(super) fn shared_actions(&mut self) {
        for (name, pair) in pairs(&self.old.shared_actions, &self.new.shared_actions) {
            let place = Place::whole(name.to_string());
            match pair {
                Pair::Added(SharedAction { in_states, action }) => {
                    let here = words::joined(&in_states.iter().map(|state| title(self.new, state)).collect::<Vec<_>>());
                    self.action_added(&place, &here, action);
                }
                Pair::Removed(SharedAction { action, .. }) => {
                    self.add(&place, format!("{} is no longer possible anywhere", quoted(&action.title)));
                }
                Pair::Both(old, new) => {
                    let label = format!("The states in which {} is possible", quoted(&new.action.title));
                    self.facet(&place, &label, (&old.in_states, &new.in_states), |definition, list| {
                        states(definition, list)
                    });
                    self.action(&place, "several states", &old.action, &new.action);
                }
            }
        }
    }

    fn state(&mut self, name: &StateName, place: &Place, old: &State, new: &State) {
        let here = quoted(&new.title);
        self.text(place, "The title of the state", &old.title, &new.title);
        self.facet(place, &format!("The stage of {here}"), (&old.stage, &new.stage), |definition, stage| {
            stage_title(definition, stage)
        });
        self.facet(place, &format!("Who {here} waits for"), (&old.owner, &new.owner), |definition, owner| {
            Said::maybe(owner.as_ref().map(|owner| definition.title_of(owner.as_str())))
        });
        self.maybe_text(place, &format!("How a case ends in {here}"), old.ends.as_deref(), new.ends.as_deref());
        self.maybe_text(
            place,
            &format!("The reason no clock runs in {here}"),
            old.untimed.as_deref(),
            new.untimed.as_deref(),
        );
        self.maybe_text(place, &format!("The detour {here} belongs to"), old.detour.as_deref(), new.detour.as_deref());
        let label = format!("The determination made in {here}");
        self.facet(place, &label, (&old.determination, &new.determination), |definition, made| {
            Said::maybe(made.as_ref().map(|made| determination(definition, made)))
        });
        for (action, pair) in pairs(&old.actions, &new.actions) {
            self.own_action(name, action, place.stage.as_ref(), &here, &pair);
        }
    }

    fn own_action(
        &mut self,
        state: &StateName,
        action: &ActionName,
        of: Option<&StageName>,
        here: &str,
        pair: &Pair<'_, Action>,
    ) {
        let place = Place { stage: of.cloned(), part: format!("{state}.{action}") };
        match pair {
            Pair::Added(action) => self.action_added(&place, here, action),
            Pair::Removed(action) => {
                self.add(&place, format!("{} is no longer possible in {here}", quoted(&action.title)));
            }
            Pair::Both(old, new) => self.action(&place, here, old, new),
        }
    }

    fn action_added(&mut self, place: &Place, here: &str, action: &Action) {
        let leads = words::target(self.new, &action.to);
        self.add(place, format!("{} becomes possible in {here}, leading to {leads}", quoted(&action.title)));
    }

    fn action(&mut self, place: &Place, here: &str, old: &Action, new: &Action) {
        let it = format!("{} in {here}", quoted(&new.title));
        self.text(place, &format!("The title of the action in {here}"), &old.title, &new.title);
        self.facet(place, &format!("Who may take {it}"), (&old.by, &new.by), |definition, by| roles(definition, by));
        self.maybe_text(place, &format!("The rule behind {it}"), old.rule.as_deref(), new.rule.as_deref());
        let label = format!("What must be filled in for {it}");
        self.facet(place, &label, (&old.needs, &new.needs), |definition, needs| fact_list(definition, needs));
        let label = format!("What may be filled in for {it}");
        self.facet(place, &label, (&old.may, &new.may), |definition, may| fact_list(definition, may));
        self.facet(place, &format!("The condition for {it}"), (&old.when, &new.when), |definition, when| {
            words::guard(definition, when.as_ref())
        });
        self.facet(place, &format!("What {it} settles"), (&old.sets, &new.sets), |definition, sets| {
            let said =
                |(fact, value): (_, &YesNo)| format!("{}: {}", quoted(&definition.fact_title(fact)), answer(*value));
            Said::List(sets.iter().map(said).collect())
        });
        self.facet(place, &format!("What else {it} does"), (&old.effects, &new.effects), |_, effects| {
            Said::list(effects, words::effect)
        });
        let label = format!("Whether {it} leaves undone what the clocks it ends asked for");
        self.facet(place, &label, (&old.leaves_undone, &new.leaves_undone), |_, answer| yes_no(*answer));
        let label = format!("Whether what is filled in for {it} is kept for the record only");
        self.facet(place, &label, (&old.for_the_record, &new.for_the_record), |_, answer| yes_no(*answer));
        self.facet(place, &format!("Where {it} leads"), (&old.to, &new.to), |definition, to| {
            Said::Text(words::target(definition, to))
        });
        self.facet(place, &format!("The notices sent on {it}"), (&old.notify, &new.notify), |definition, notify| {
            words::notices(definition, notify.notices())
        });
    }

    pub(super) fn clocks(&mut self) {
        for (name, pair) in pairs(&self.old.clocks, &self.new.clocks) {
            match pair {
                Pair::Added(clock) => {
                    let says = format!(
                        "{} gets a time to {}: {}",
                        self.new.title_of(clock.owner.as_str()),
                        inside(&clock.title),
                        length(self.new, clock)
                    );
                    self.add(&clock_place(self.new, name, clock), says);
                }
                Pair::Removed(clock) => {
                    let says = format!(
                        "{} no longer has a set time to {}; it was {}",
                        self.old.title_of(clock.owner.as_str()),
                        inside(&clock.title),
                        length(self.old, clock)
                    );
                    self.add(&clock_place(self.old, name, clock), says);
                }
                Pair::Both(old, new) => self.clock(&clock_place(self.new, name, new), old, new),
            }
        }
    }

    fn clock(&mut self, place: &Place, old: &ClockSpec, new: &ClockSpec) {
        let who = self.new.title_of(new.owner.as_str());
        let time = format!("time {who} has to {}", inside(&new.title));
        let (old_due, new_due) = ((old.target, &old.until), (new.target, &new.until));
        if old_due != new_due {
            let says = words::change(&format!("The {time}"), due(self.old, old), due(self.new, new));
            self.add(place, says);
        }
        self.clock_course(place, &time, old, new);
        self.clock_notices(place, &time, old, new);
    }
}

impl Comparison<'_> {
    /// What a clock measures, when and where.
    fn clock_course(&mut self, place: &Place, time: &str, old: &ClockSpec, new: &ClockSpec) {
        let label = |what: &str| format!("{what} the {time}");
        self.text(place, "What must be done in time", &old.title, &new.title);
        self.facet(place, &label("Who answers for"), (&old.owner, &new.owner), |definition, owner| {
            Said::Text(definition.title_of(owner.as_str()))
        });
        self.facet(place, &label("The fewest Working Days of"), (&old.at_least, &new.at_least), |_, fewest| {
            Said::maybe(fewest.map(days))
        });
        self.facet(place, &label("The usual length of"), (&old.allow, &new.allow), |_, allow| {
            Said::maybe(allow.map(days))
        });
        self.facet(place, &label("The day that begins"), (&old.counted_from, &new.counted_from), |definition, fact| {
            Said::maybe(fact.as_ref().map(|fact| quoted(&definition.fact_title(fact))))
        });
        self.facet(place, &label("The states that count towards"), (&old.runs_in, &new.runs_in), |definition, list| {
            states(definition, list)
        });
        self.facet(place, &label("The states that interrupt"), (&old.pauses_in, &new.pauses_in), |definition, list| {
            states(definition, list)
        });
        self.facet(place, &label("What begins anew"), (&old.restarts_on, &new.restarts_on), |_, actions| {
            Said::list(actions, |action| quoted(&action.words()))
        });
        self.facet(place, &label("The hour that closes"), (&old.closes_at, &new.closes_at), |_, hour| {
            Said::Text(hour.map_or("the end of the day".to_owned(), |hour| hour.format("%H:%M").to_string()))
        });
        self.facet(place, &label("The basis of"), (&old.basis, &new.basis), |_, basis| words::plain(basis));
        self.maybe_text(place, &label("The rule behind"), old.rule.as_deref(), new.rule.as_deref());
    }

    /// What follows from a clock: more time, reminders, and what happens once it is due.
    fn clock_notices(&mut self, place: &Place, time: &str, old: &ClockSpec, new: &ClockSpec) {
        let label = |what: &str| format!("{what} the {time}");
        self.facet(place, &label("Who may extend"), (&old.extension, &new.extension), |definition, extension| {
            Said::maybe(extension.as_ref().map(|extension| extended(definition, extension)))
        });
        self.facet(place, &label("The reminders of"), (&old.remind, &new.remind), |definition, reminders| {
            Said::list(reminders.reminders(), |reminder| reminded(definition, reminder))
        });
        self.facet(
            place,
            &label("What follows the end of"),
            (&old.when_due, &new.when_due),
            |definition, due| match due {
                WhenDue::Overdue(notice) => Said::Text(format!("the notice {}", notice_subject(definition, notice))),
                WhenDue::Take(action) => Said::Text(format!("the action {}", quoted(&action.words()))),
            },
        );
    }
}

fn answer(answer: YesNo) -> &'static str {
    if answer == YesNo::Yes { "yes" } else { "no" }
}

fn yes_no(value: YesNo) -> Said {
    Said::Text(answer(value).to_owned())
}

fn stage_title(definition: &Definition, stage: &StageName) -> Said {
    let title = definition.stages.get(stage).map(|stage| stage.title.clone());
    Said::Text(quoted(&title.unwrap_or_else(|| stage.words())))
}

fn determination(definition: &Definition, made: &Determination) -> String {
    let Determination { point, body, delegation } = made;
    let body = definition.bodies.get(body).map_or_else(|| body.words(), |body| body.title.clone());
    let by_delegation = delegation.as_ref().map(|fact| format!(", if {}", quoted(&definition.fact_title(fact))));
    format!("{} by the {body}{}", quoted(&point.words()), by_delegation.unwrap_or_default())
}

fn extended(definition: &Definition, extension: &Extension) -> String {
    let by: Vec<_> = extension.by.iter().map(|role| definition.title_of(role.as_str())).collect();
    format!("{}, with the notice {}", words::joined(&by), notice_subject(definition, &extension.notice))
}

fn reminded(definition: &Definition, reminder: &Reminder) -> String {
    format!("{} before, with the notice {}", days(reminder.before), notice_subject(definition, &reminder.notice))
}

fn notice_subject(definition: &Definition, notice: &crate::workflow::NoticeName) -> String {
    quoted(&definition.notices.get(notice).map_or_else(|| notice.words(), |notice| notice.subject.clone()))
}

fn length(definition: &Definition, clock: &ClockSpec) -> String {
    due(definition, clock).in_full()
}

/// A clock belongs to the stage of the first state it runs in.
fn clock_place(definition: &Definition, name: &ClockName, clock: &ClockSpec) -> Place {
    let first = clock.runs_in.first().and_then(|state| definition.states.get(state));
    Place { stage: first.map(|state| state.stage.clone()), part: name.to_string() }
}
