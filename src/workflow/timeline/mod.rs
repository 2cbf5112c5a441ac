//! How long a process takes: the usual path stage by stage, what each detour adds, and the longest way through.
//!
//! Only what a definition says is counted: the target of each clock, or its allowance where the date is given case by
//! case. A clock that runs through several states is counted once, and a state without a clock is named but not
//! counted, so a total is never larger or smaller than its lines.

mod detours;
mod path;
mod text;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

pub(in crate::workflow) use path::usual_path;
use path::{Reach, Spent};

use super::{Basis, ClockName, Definition, ProcessName, StageName, StateName};
use crate::calendar::WorkingDays;

/// Working Days in a month, for telling a number of Working Days in months.
pub const WORKING_DAYS_IN_A_MONTH: u16 = 21;

/// How long a process takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// The process.
    pub process: ProcessName,
    /// Its version.
    pub version: String,
    /// Its title in plain words.
    pub title: String,
    /// The document it follows.
    pub source: String,
    /// The longest path from the start to an end through states that are no detour.
    pub usual: Walk,
    /// What each detour adds to it.
    pub detours: Vec<Detour>,
    /// What each sending back costs, every time it happens.
    pub returns: Vec<Return>,
    /// The longest path of all, with every state at most once.
    pub longest: Walk,
    /// The usual path with every detour taken once.
    pub every_detour_once: WorkingDays,
    /// The longest the source says the process takes (R49), where it says so.
    pub limit: Option<Limit>,
}

/// The longest a process takes according to its source (R49).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// In months, as the source has it.
    pub months: u16,
    /// In Working Days, at [`WORKING_DAYS_IN_A_MONTH`].
    pub days: WorkingDays,
}

/// A way through the process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Walk {
    /// The states passed, in order.
    pub legs: Vec<Leg>,
    /// The sum of what is counted.
    pub total: WorkingDays,
    /// The sum in months.
    pub months: Months,
    /// The part of the sum whose figures the source gives.
    pub from_source: WorkingDays,
    /// The part of the sum whose figures are settings.
    pub from_settings: WorkingDays,
    /// Whether every way was compared, which is so for any process that people can draw.
    pub compared: Compared,
}

/// Whether a walk is proved to be the longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Compared {
    /// Every way was compared.
    EveryWay,
    /// There are too many ways to compare them all; a longer one may exist.
    ManyWays,
}

/// One state of a walk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leg {
    /// The state.
    pub state: StateName,
    /// Its title in plain words.
    pub title: String,
    /// The title of the stage it belongs to.
    pub stage: String,
    /// The title of the role whose turn it is; absent at an end.
    pub owner: Option<String>,
    /// What it comes to.
    pub time: Time,
}

/// What a state of a walk comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Time {
    /// A clock bounds it.
    Counted {
        /// The clock.
        clock: ClockName,
        /// What must happen, in plain words.
        must: String,
        /// The Working Days allowed.
        days: WorkingDays,
        /// Whether the figure is the source's or a setting.
        basis: Basis,
        /// The rule behind the clock.
        rule: Option<String>,
    },
    /// It lies within the time of a clock counted before, and adds nothing.
    Within {
        /// The clock.
        clock: ClockName,
        /// What must happen by then, in plain words.
        must: String,
    },
    /// It ends on a date given case by case, for which the definition allows no figure; not counted.
    Dated {
        /// The title of the date.
        until: String,
    },
    /// No clock runs; not counted.
    Untimed {
        /// Why none runs.
        reason: String,
    },
    /// The process ends here.
    Ends {
        /// How it ended, in plain words.
        how: String,
    },
}

/// States beside the usual path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Detour {
    /// Why a case goes there, as the definition says it.
    pub detour: String,
    /// The stage it happens in.
    pub stage: StageName,
    /// The title of that stage.
    pub stage_title: String,
    /// The states it is made of.
    pub states: Vec<StateName>,
    /// The most it adds.
    pub adds: WorkingDays,
}

/// An action that sends a case back along the usual path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Return {
    /// The title of the action.
    pub title: String,
    /// The states it can be taken in.
    pub from: Vec<StateName>,
    /// The state it leads back to.
    pub to: StateName,
    /// The title of that state.
    pub to_title: String,
    /// What the way back to where it was taken comes to.
    pub adds: WorkingDays,
}

/// A length of time in tenths of a month of [`WORKING_DAYS_IN_A_MONTH`], for reading, not for counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Months {
    tenths: u32,
}

/// A state of a walk laid on dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DatedLeg {
    /// The state.
    pub state: StateName,
    /// Its title in plain words.
    pub title: String,
    /// The day it begins.
    pub begins: NaiveDate,
    /// The last day for it; the day it begins, where nothing is counted.
    pub due: NaiveDate,
}

/// Works out how long a process takes (R49).
pub fn timeline(definition: &Definition) -> Timeline {
    let usual = walk(definition, &usual_path(definition), Reach::Everything);
    let (longest, reach) = path::longest_path(definition);
    let detours = detours::detours(definition);
    Timeline {
        process: definition.process.clone(),
        version: definition.version.clone(),
        title: definition.title.clone(),
        source: definition.source.clone(),
        every_detour_once: detours.iter().map(|detour| detour.adds).fold(usual.total, path::add),
        usual,
        returns: detours::returns(definition),
        detours,
        longest: walk(definition, &longest.map(|way| way.states).unwrap_or_default(), reach),
        limit: definition
            .months_in_source
            .map(|months| Limit { months, days: WorkingDays::new(months.saturating_mul(WORKING_DAYS_IN_A_MONTH)) }),
    }
}

/// Lays the usual path on dates, beginning on `from`. `add` counts Working Days on from a date; it knows the calendar.
///
/// What is not counted takes no time here: each such leg is due on the day it begins, and a real case is later by what
/// it waits.
///
/// # Errors
///
/// Whatever `add` refuses, for example a date beyond the bank holidays it knows.
pub fn dates<E>(
    timeline: &Timeline,
    from: NaiveDate,
    add: &dyn Fn(NaiveDate, WorkingDays) -> Result<NaiveDate, E>,
) -> Result<Vec<DatedLeg>, E> {
    let mut begins = from;
    let dated = |leg: &Leg| {
        let due = match leg.time {
            Time::Counted { days, .. } => add(begins, days)?,
            _ => begins,
        };
        let dated = DatedLeg { state: leg.state.clone(), title: leg.title.clone(), begins, due };
        begins = due;
        Ok(dated)
    };
    timeline.usual.legs.iter().map(dated).collect()
}

fn walk(definition: &Definition, path: &[&StateName], reach: Reach) -> Walk {
    let spent = path::spent_along(definition, path);
    let legs: Vec<Leg> = path.iter().zip(spent).map(|(state, spent)| leg(definition, state, spent)).collect();
    let from_source = sum(&legs, Basis::Source);
    let from_settings = sum(&legs, Basis::Setting);
    let total = path::add(from_source, from_settings);
    let compared = if reach == Reach::Everything { Compared::EveryWay } else { Compared::ManyWays };
    Walk { legs, total, months: Months::of(total), from_source, from_settings, compared }
}

fn sum(legs: &[Leg], wanted: Basis) -> WorkingDays {
    let days = legs.iter().filter_map(|leg| match leg.time {
        Time::Counted { days, basis, .. } if basis == wanted => Some(days),
        _ => None,
    });
    days.fold(WorkingDays::new(0), path::add)
}

fn leg(definition: &Definition, name: &StateName, spent: Spent<'_>) -> Leg {
    let state = definition.states.get(name);
    let owner = state.and_then(|state| state.owner.as_ref());
    Leg {
        state: name.clone(),
        title: state_title(definition, name),
        stage: state.map(|state| stage_title(definition, &state.stage)).unwrap_or_default(),
        owner: owner.map(|owner| definition.title_of(owner.as_str())),
        time: time(definition, name, spent),
    }
}

fn time(definition: &Definition, name: &StateName, spent: Spent<'_>) -> Time {
    let state = definition.states.get(name);
    match spent {
        Spent::Counted(clock, spec, days) => Time::Counted {
            clock: clock.clone(),
            must: spec.title.clone(),
            days,
            basis: spec.basis,
            rule: spec.rule.clone(),
        },
        Spent::Within(clock) => Time::Within {
            clock: clock.clone(),
            must: definition.clocks.get(clock).map(|spec| spec.title.clone()).unwrap_or_default(),
        },
        Spent::Dated(spec) => Time::Dated {
            until: spec.until.as_ref().map_or_else(|| spec.title.clone(), |until| definition.fact_title(until)),
        },
        Spent::Unbounded => match state.and_then(|state| state.ends.as_ref()) {
            Some(how) => Time::Ends { how: how.clone() },
            None => Time::Untimed { reason: untimed(state.and_then(|state| state.untimed.as_deref())) },
        },
    }
}

fn untimed(reason: Option<&str>) -> String {
    reason.unwrap_or("only a clock that begins again and again runs here").to_owned()
}

fn state_title(definition: &Definition, name: &StateName) -> String {
    definition.states.get(name).map_or_else(|| name.words(), |state| state.title.clone())
}

fn stage_title(definition: &Definition, name: &StageName) -> String {
    definition.stages.get(name).map_or_else(|| name.words(), |stage| stage.title.clone())
}

impl Months {
    /// So many Working Days in months, to the nearest tenth.
    pub fn of(days: WorkingDays) -> Self {
        let month = u32::from(WORKING_DAYS_IN_A_MONTH);
        Self { tenths: (u32::from(days.get()) * 20 + month) / (month * 2) }
    }
}

impl Serialize for Months {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
