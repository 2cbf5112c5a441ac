//! Moves running cases to another version of their process, by an explicit mapping and never losing a clock.
//!
//! A case keeps its state and its clocks where the new version has them under the same names; the [`Mapping`] says
//! where it does not. [`plan`] decides for every running case at once, so that either all can move or none does.

use std::collections::HashSet;
use std::fmt;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::definition::Definition;
use super::names::{ClockName, StateName};
use crate::yaml::{self, Limits, Problems};

/// Where the cases of one version go in another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The version the cases run under.
    pub from: String,
    /// The version they move to.
    pub to: String,
    /// For states that are not the same in both versions: the old one and the new one.
    #[serde(default)]
    pub states: IndexMap<StateName, StateName>,
    /// For clocks that are not the same in both versions: the old one and the new one.
    #[serde(default)]
    pub clocks: IndexMap<ClockName, ClockName>,
}

/// A running case, as far as moving it needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveCase {
    /// The case as people cite it.
    pub case: String,
    /// The state it is in.
    pub state: StateName,
    /// The clocks that run or stand still for it.
    pub clocks: Vec<ClockName>,
}

/// One case moved to the new version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The case.
    pub case: String,
    /// The state it was in.
    pub from: StateName,
    /// The state it is in under the new version.
    pub to: StateName,
    /// Each clock it keeps: the name it had and the name it has now. Its date does not change.
    pub clocks: Vec<(ClockName, ClockName)>,
    /// Clocks that the new version runs in that state and the case does not have yet; they start with the move.
    pub starts: Vec<ClockName>,
}

/// Why nothing is moved: every obstacle there is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Refused(pub Vec<Obstacle>);

/// One thing that stands in the way of moving the running cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the sentence of each variant says what its fields are")]
pub enum Obstacle {
    /// The two definitions describe different processes.
    #[error("`{old}` and `{new}` are different processes; move cases between versions of one process")]
    OtherProcess { old: String, new: String },
    /// The mapping was written for other versions.
    #[error("the mapping is from version {from} to {to}, but the definitions are {old} and {new}; correct one of them")]
    OtherVersions { from: String, to: String, old: String, new: String },
    /// The mapping speaks of a state the old version does not have.
    #[error("the mapping moves the state `{state}`, which version {version} does not have; take the line out")]
    UnknownOldState { state: StateName, version: String },
    /// The mapping leads to a state the new version does not have.
    #[error("the mapping leads `{from}` to `{to}`, which version {version} does not have; name one of its states")]
    UnknownNewState { from: StateName, to: StateName, version: String },
    /// The mapping leads to a state in which a case has ended.
    #[error("the mapping leads `{from}` to `{to}`, in which a case has ended; a move cannot end a case")]
    EndsTheCase { from: StateName, to: StateName },
    /// The mapping speaks of a clock the old version does not have.
    #[error("the mapping renames the clock `{clock}`, which version {version} does not have; take the line out")]
    UnknownOldClock { clock: ClockName, version: String },
    /// The mapping leads to a clock the new version does not have.
    #[error(
        "the mapping renames the clock `{from}` to `{to}`, which version {version} does not have; name one of its clocks"
    )]
    UnknownNewClock { from: ClockName, to: ClockName, version: String },
    /// A case is in a state its own version does not have.
    #[error("{case} is in `{state}`, which version {version} does not have; it is not a case of that version")]
    NotOfThisVersion { case: String, state: StateName, version: String },
    /// A case is in a state that has no place in the new version.
    #[error("{case} is in `{state}`, and version {version} has no state `{to}` for it; map it to one under `states`")]
    NoPlace { case: String, state: StateName, to: StateName, version: String },
    /// A case would come to a state in which it has ended.
    #[error("{case} is in `{state}`, and in `{to}` of version {version} it would have ended; map it elsewhere")]
    WouldEnd { case: String, state: StateName, to: StateName, version: String },
    /// A clock that is open for a case would be lost.
    #[error(
        "{case} would lose its clock `{clock}`: under version {version} `{becomes}` neither runs nor pauses in `{state}`; map the clock under `clocks`, or the state elsewhere"
    )]
    ClockLost { case: String, clock: ClockName, becomes: ClockName, state: StateName, version: String },
    /// Two clocks of a case would become one.
    #[error("{case} would have two clocks `{clock}` in one; map only one of its clocks to it")]
    ClocksMerged { case: String, clock: ClockName },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentences: Vec<_> = self.0.iter().map(Obstacle::to_string).collect();
        f.write_str(&sentences.join("\n"))
    }
}

impl fmt::Display for Move {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to {
            write!(f, "{} stays in `{}`", self.case, self.to)?;
        } else {
            write!(f, "{} moves from `{}` to `{}`", self.case, self.from, self.to)?;
        }
        for (old, new) in &self.clocks {
            if old == new {
                write!(f, "; keeps its clock `{old}`")?;
            } else {
                write!(f, "; its clock `{old}` goes on as `{new}`")?;
            }
        }
        self.starts.iter().try_for_each(|clock| write!(f, "; the clock `{clock}` starts"))
    }
}

impl Mapping {
    /// Reads a mapping; `file` is only the name used in problems.
    ///
    /// # Errors
    ///
    /// Everything wrong with the text, each with its place.
    pub fn load(file: &str, text: &str) -> Result<Self, Problems> {
        yaml::load(file, text, Limits::default()).map(|document| document.value)
    }

    fn state<'m>(&'m self, old: &'m StateName) -> &'m StateName {
        self.states.get(old).unwrap_or(old)
    }

    fn clock<'m>(&'m self, old: &'m ClockName) -> &'m ClockName {
        self.clocks.get(old).unwrap_or(old)
    }
}

/// Decides where each running case goes.
///
/// # Errors
///
/// Every obstacle, naming each case and state: a mapping that does not fit the two versions, a state without a place,
/// a move that would end a case, or a clock that would be lost. Nothing is moved then.
pub fn plan(
    old: &Definition,
    new: &Definition,
    mapping: &Mapping,
    live: impl IntoIterator<Item = LiveCase>,
) -> Result<Vec<Move>, Refused> {
    let mut obstacles = misfits(old, new, mapping);
    let mut moves = Vec::new();
    for case in live {
        match move_case(old, new, mapping, case) {
            Ok(planned) => moves.push(planned),
            Err(found) => obstacles.extend(found),
        }
    }
    if obstacles.is_empty() { Ok(moves) } else { Err(Refused(obstacles)) }
}

/// What is wrong with the mapping itself, whatever cases there are.
fn misfits(old: &Definition, new: &Definition, mapping: &Mapping) -> Vec<Obstacle> {
    let mut found = Vec::new();
    if old.process != new.process {
        found.push(Obstacle::OtherProcess { old: old.process.to_string(), new: new.process.to_string() });
    }
    if mapping.from != old.version || mapping.to != new.version {
        let (from, to) = (mapping.from.clone(), mapping.to.clone());
        found.push(Obstacle::OtherVersions { from, to, old: old.version.clone(), new: new.version.clone() });
    }
    for (from, to) in &mapping.states {
        found.extend(state_misfit(old, new, from, to));
    }
    for (from, to) in &mapping.clocks {
        if !old.clocks.contains_key(from) {
            found.push(Obstacle::UnknownOldClock { clock: from.clone(), version: old.version.clone() });
        }
        if !new.clocks.contains_key(to) {
            let version = new.version.clone();
            found.push(Obstacle::UnknownNewClock { from: from.clone(), to: to.clone(), version });
        }
    }
    found
}

fn state_misfit(old: &Definition, new: &Definition, from: &StateName, to: &StateName) -> Vec<Obstacle> {
    let mut found = Vec::new();
    if !old.states.contains_key(from) {
        found.push(Obstacle::UnknownOldState { state: from.clone(), version: old.version.clone() });
    }
    match new.states.get(to) {
        None => {
            let version = new.version.clone();
            found.push(Obstacle::UnknownNewState { from: from.clone(), to: to.clone(), version });
        }
        Some(state) if state.is_final() => found.push(Obstacle::EndsTheCase { from: from.clone(), to: to.clone() }),
        Some(_) => {}
    }
    found
}

fn move_case(old: &Definition, new: &Definition, mapping: &Mapping, live: LiveCase) -> Result<Move, Vec<Obstacle>> {
    let LiveCase { case, state, clocks } = live;
    let to = place(old, new, mapping, &case, &state)?;
    let (mut kept, mut lost, mut taken) = (Vec::new(), Vec::new(), HashSet::new());
    for clock in clocks {
        let becomes = mapping.clock(&clock).clone();
        if !goes_on(new, &becomes, &to) {
            let (case, state, version) = (case.clone(), to.clone(), new.version.clone());
            lost.push(Obstacle::ClockLost { case, clock, becomes, state, version });
        } else if taken.insert(becomes.clone()) {
            kept.push((clock, becomes));
        } else {
            lost.push(Obstacle::ClocksMerged { case: case.clone(), clock: becomes });
        }
    }
    if !lost.is_empty() {
        return Err(lost);
    }
    let starts = new.clocks_in(&to).map(|(clock, _)| clock).filter(|clock| !taken.contains(*clock)).cloned().collect();
    Ok(Move { case, from: state, to, clocks: kept, starts })
}

/// The state of the new version a case belongs in.
fn place(
    old: &Definition,
    new: &Definition,
    mapping: &Mapping,
    case: &str,
    state: &StateName,
) -> Result<StateName, Vec<Obstacle>> {
    let (case, state, version) = (case.to_owned(), state.clone(), new.version.clone());
    if !old.states.contains_key(&state) {
        return Err(vec![Obstacle::NotOfThisVersion { case, state, version: old.version.clone() }]);
    }
    let to = mapping.state(&state).clone();
    match new.states.get(&to) {
        Some(there) if !there.is_final() => Ok(to),
        Some(_) => Err(vec![Obstacle::WouldEnd { case, state, to, version }]),
        None => Err(vec![Obstacle::NoPlace { case, state, to, version }]),
    }
}

/// Whether a clock runs or stands still in a state.
fn goes_on(definition: &Definition, clock: &ClockName, state: &StateName) -> bool {
    let clock = definition.clocks.get(clock);
    clock.is_some_and(|clock| clock.runs_in.contains(state) || clock.pauses_in.contains(state))
}
