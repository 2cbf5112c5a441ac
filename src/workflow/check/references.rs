//! Where a definition names something it declares elsewhere.

use crate::workflow::{Action, ActionName, Body, ClockSpec, Definition, Guard, State, Target, WhenDue};

/// What kind of thing a name stands for where it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A role that is told or records something.
    Role,
    /// A role that acts, or the process itself.
    Actor,
    /// A role or body whose turn it is.
    Owner,
    /// A role, a body or the process itself.
    Anyone,
    /// A body.
    Body,
    /// A stage.
    Stage,
    /// A clock.
    Clock,
    /// A state.
    State,
    /// A notice.
    Notice,
    /// A fact, or a field, which is a fact once recorded.
    Fact,
    /// A field.
    Field,
    /// A fact an action sets.
    Set,
}

/// A name where it is used.
#[derive(Debug)]
pub(super) struct Reference<'d> {
    pub(super) path: String,
    pub(super) sort: Sort,
    pub(super) name: &'d str,
}

/// An action where it is written, shared ones once.
#[derive(Debug)]
pub(super) struct WrittenAction<'d> {
    pub(super) path: String,
    pub(super) name: &'d ActionName,
    pub(super) action: &'d Action,
}

/// Every action, in the order written.
pub(super) fn written_actions(definition: &Definition) -> Vec<WrittenAction<'_>> {
    let own = definition.states.iter().flat_map(|(state, State { actions, .. })| {
        actions.iter().map(move |(name, action)| {
            let path = format!("states.{state}.actions.{name}");
            WrittenAction { path, name, action }
        })
    });
    let shared = definition.shared_actions.iter().map(|(name, shared)| {
        let path = format!("shared_actions.{name}.action");
        WrittenAction { path, name, action: &shared.action }
    });
    own.chain(shared).collect()
}

impl<'d> WrittenAction<'d> {
    /// Every guard of the action, with its path.
    pub(super) fn guards(&self) -> Vec<(String, &'d Guard)> {
        let own = self.action.when.as_ref().map(|guard| (format!("{}.when", self.path), guard));
        let mut guards: Vec<_> = own.into_iter().collect();
        if let Target::Branches(branches) = &self.action.to {
            for (index, branch) in branches.iter().enumerate() {
                guards.extend(branch.when.as_ref().map(|guard| (format!("{}.to[{index}].when", self.path), guard)));
            }
        }
        guards
    }
}

/// Every question a guard asks of one fact, with its path.
pub(super) fn atoms<'d>(path: &str, guard: &'d Guard) -> Vec<(String, &'d Guard)> {
    let each = |key: &str, guards: &'d [Guard]| {
        let within = guards.iter().enumerate();
        within.flat_map(|(index, guard)| atoms(&format!("{path}.{key}[{index}]"), guard)).collect()
    };
    match guard {
        Guard::Holds(_) => vec![(path.to_owned(), guard)],
        Guard::Compare(..) => vec![(format!("{path}.fact"), guard)],
        Guard::Not(within) => atoms(&format!("{path}.not"), within),
        Guard::All(guards) => each("all", guards),
        Guard::Any(guards) => each("any", guards),
    }
}

/// Every use of a name, except in the steps of assertions, which are resolved with them.
pub(super) fn references(definition: &Definition) -> Vec<Reference<'_>> {
    let mut found = Uses(Vec::new());
    found.one("start", Sort::State, definition.start.as_str());
    found.each("notify_at_start", Sort::Notice, definition.notify_at_start.notices());
    found.each("notify_on_migration", Sort::Notice, definition.notify_on_migration.notices());
    found.one("when_a_date_moves", Sort::Notice, definition.when_a_date_moves.as_str());
    found.each("implementation", Sort::Clock, &definition.implementation);
    for (name, body) in &definition.bodies {
        found.body(&format!("bodies.{name}"), body);
    }
    for (name, notice) in &definition.notices {
        found.each(&format!("notices.{name}.to"), Sort::Role, &notice.to);
    }
    for (name, clock) in &definition.clocks {
        found.clock(&format!("clocks.{name}"), clock);
    }
    for (name, state) in &definition.states {
        found.state(&format!("states.{name}"), state);
    }
    for (name, shared) in &definition.shared_actions {
        found.each(&format!("shared_actions.{name}.in"), Sort::State, &shared.in_states);
    }
    for written in written_actions(definition) {
        found.action(&written);
    }
    for (index, assertion) in definition.assertions.iter().enumerate() {
        found.maybe(format!("assertions[{index}].only"), Sort::Anyone, assertion.only.as_ref());
    }
    found.0
}

struct Uses<'d>(Vec<Reference<'d>>);

impl<'d> Uses<'d> {
    fn one(&mut self, path: impl Into<String>, sort: Sort, name: &'d str) {
        self.0.push(Reference { path: path.into(), sort, name });
    }

    fn maybe<N: std::borrow::Borrow<str>>(&mut self, path: impl Into<String>, sort: Sort, name: Option<&'d N>) {
        if let Some(name) = name {
            self.one(path, sort, name.borrow());
        }
    }

    fn each<N: std::borrow::Borrow<str>>(&mut self, path: &str, sort: Sort, names: &'d [N]) {
        for (index, name) in names.iter().enumerate() {
            self.one(format!("{path}[{index}]"), sort, name.borrow());
        }
    }

    fn body(&mut self, path: &str, body: &'d Body) {
        self.one(format!("{path}.secretary"), Sort::Role, body.secretary.as_str());
        self.maybe(format!("{path}.delegated_from"), Sort::Body, body.delegated_from.as_ref());
    }

    fn clock(&mut self, path: &str, clock: &'d ClockSpec) {
        self.one(format!("{path}.owner"), Sort::Owner, clock.owner.as_str());
        self.maybe(format!("{path}.until"), Sort::Fact, clock.until.as_ref());
        self.maybe(format!("{path}.counted_from"), Sort::Fact, clock.counted_from.as_ref());
        self.each(&format!("{path}.runs_in"), Sort::State, &clock.runs_in);
        self.each(&format!("{path}.pauses_in"), Sort::State, &clock.pauses_in);
        if let Some(extension) = &clock.extension {
            self.each(&format!("{path}.extension.by"), Sort::Role, &extension.by);
            self.one(format!("{path}.extension.notice"), Sort::Notice, extension.notice.as_str());
        }
        for (index, reminder) in clock.remind.reminders().iter().enumerate() {
            self.one(format!("{path}.remind[{index}].notice"), Sort::Notice, reminder.notice.as_str());
        }
        if let WhenDue::Overdue(notice) = &clock.when_due {
            self.one(format!("{path}.when_due.overdue"), Sort::Notice, notice.as_str());
        }
    }

    fn state(&mut self, path: &str, state: &'d State) {
        self.one(format!("{path}.stage"), Sort::Stage, state.stage.as_str());
        self.maybe(format!("{path}.owner"), Sort::Owner, state.owner.as_ref());
        if let Some(determination) = &state.determination {
            self.one(format!("{path}.determination.body"), Sort::Body, determination.body.as_str());
            let delegation = determination.delegation.as_ref();
            self.maybe(format!("{path}.determination.delegation"), Sort::Fact, delegation);
        }
    }

    fn action(&mut self, written: &WrittenAction<'d>) {
        let WrittenAction { path, action, .. } = written;
        self.each(&format!("{path}.by"), Sort::Actor, &action.by);
        self.each(&format!("{path}.needs"), Sort::Field, &action.needs);
        self.each(&format!("{path}.may"), Sort::Field, &action.may);
        for fact in action.sets.keys() {
            self.one(format!("{path}.sets.{fact}"), Sort::Set, fact.as_str());
        }
        for (at, guard) in written.guards() {
            self.guard(&at, guard);
        }
        self.target(path, &action.to);
        self.each(&format!("{path}.notify"), Sort::Notice, action.notify.notices());
    }

    fn guard(&mut self, path: &str, guard: &'d Guard) {
        for (path, atom) in atoms(path, guard) {
            if let Guard::Holds(fact) | Guard::Compare(fact, _) = atom {
                self.one(path, Sort::Fact, fact.as_str());
            }
        }
    }

    fn target(&mut self, path: &str, target: &'d Target) {
        match target {
            Target::Stay => {}
            Target::State(state) => self.one(format!("{path}.to"), Sort::State, state.as_str()),
            Target::Branches(branches) => {
                for (index, branch) in branches.iter().enumerate() {
                    self.one(format!("{path}.to[{index}].to"), Sort::State, branch.to.as_str());
                }
            }
        }
    }
}
