//! Plays a scenario: keeps the simulated time, and lets everything fall due on the way.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::bodies::{self, Delegated};
use super::report::Line;
use super::scenario::{Scenario, Size};
use super::steps;
use super::world::World;
use crate::actor::Actor;
use crate::calendar::{Calendar, Division, london_date, london_instant};
use crate::service::{self, App, Call, ServiceError, Settings};

/// The time of day at which people in a scenario act, unless it says otherwise.
const OPENING: NaiveTime = match NaiveTime::from_hms_opt(10, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// A transition that was taken: process, from, action, to.
pub type Taken = (String, String, String, String);

/// What came of playing a scenario.
#[derive(Debug, Clone, Default)]
pub struct Played {
    /// What happened, in order.
    pub lines: Vec<Line>,
    /// Where it did not go as the scenario expects: step and difference.
    pub differences: Vec<String>,
    /// Every transition taken.
    pub taken: BTreeSet<Taken>,
}

/// A rehearsal under way.
pub struct Rehearsal {
    /// The installation it plays on.
    pub app: App,
    /// The simulated time (UTC).
    pub now: DateTime<Utc>,
    pub(super) actors: BTreeMap<String, Actor>,
    pub(super) cases: BTreeMap<String, String>,
    pub(super) seen: i64,
    pub(super) played: Played,
}

/// Plays a scenario on an installation of its own, in memory.
///
/// # Errors
///
/// The installation cannot be set up, or the database fails. What does not go as expected is no error: it is among the
/// differences.
pub async fn play(scenario: &Scenario) -> Result<Played, ServiceError> {
    let mut rehearsal = Rehearsal::begin("sqlite::memory:", scenario).await?;
    rehearsal.go_through(scenario, |_| {}).await?;
    Ok(rehearsal.played)
}

impl Rehearsal {
    /// Sets up an installation with the built-in world, on the day the scenario starts.
    ///
    /// # Errors
    ///
    /// The database cannot be set up, or the scenario names an unknown division or power.
    pub async fn begin(url: &str, scenario: &Scenario) -> Result<Self, ServiceError> {
        let division = scenario.division.as_deref().map(str::parse::<Division>).transpose();
        let division = division
            .map_err(|error| ServiceError::Wrong { field: "division".to_owned(), what: error.to_string() })?
            .unwrap_or_default();
        let now = london_instant(scenario.starts, OPENING);
        let tables_leave_appendix_ah = scenario.tables_leave_appendix_ah;
        let settings = Settings { division, tables_leave_appendix_ah, ..Settings::default() };
        let app = App::open(url, settings, now).await?;
        let world = match scenario.world {
            Size::Small => World::built_in()?,
            Size::FortyParties => World::wider()?,
        };
        world.add_to(&app, now).await?;
        let mut rehearsal =
            Self { app, now, actors: world.actors(), cases: BTreeMap::new(), seen: 0, played: Played::default() };
        rehearsal.seen = service::journal_head(&rehearsal.app).await?;
        rehearsal.found(scenario).await?;
        Ok(rehearsal)
    }

    /// Enters the bodies; what happens in their cases is no part of the story.
    async fn found(&mut self, scenario: &Scenario) -> Result<(), ServiceError> {
        let Some(secretary) = bodies::secretary(self.actors.values()).cloned() else { return Ok(()) };
        let delegated = scenario.delegated.clone().unwrap_or_else(Delegated::everything);
        let before = service::journal_head(&self.app).await?;
        let call = Call::new(&secretary, self.now);
        match bodies::establish(&self.app, &call, scenario.starts, &delegated).await {
            // The first review would be due in a year whose bank holidays are not known yet: a story without bodies.
            Err(ServiceError::Calendar(_)) => {}
            other => other?,
        }
        for happening in service::happenings(&self.app, before).await? {
            self.seen = happening.entry.seq;
            self.played.taken.extend(super::report::transitions_in(&happening));
        }
        for body in service::committees(&self.app, scenario.starts).await? {
            self.cases.insert(body.body, body.case);
        }
        Ok(())
    }

    /// Plays every step; `watch` sees each line as it is written.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn go_through(&mut self, scenario: &Scenario, mut watch: impl FnMut(&Line)) -> Result<(), ServiceError> {
        for (index, step) in scenario.steps.iter().enumerate() {
            let before = self.played.lines.len();
            let found = Box::pin(steps::take(self, step)).await;
            match found {
                Ok(()) => {}
                Err(steps::Failed::Difference(what)) => self.differ(index, &what),
                Err(steps::Failed::Service(error)) => self.differ(index, &error.to_string()),
            }
            self.note_what_happened().await?;
            self.played.lines.iter().skip(before).for_each(&mut watch);
        }
        Ok(())
    }

    fn differ(&mut self, index: usize, what: &str) {
        let what = format!("step {}: {what}", index + 1);
        self.played.lines.push(Line::difference(self.now, &what));
        self.played.differences.push(what);
    }

    /// What came of it so far.
    pub fn played(&self) -> &Played {
        &self.played
    }

    /// The reference of the case that the scenario calls by this name.
    pub fn case_called(&self, name: &str) -> Option<&str> {
        self.cases.get(name).map(String::as_str)
    }

    pub(super) fn today(&self) -> NaiveDate {
        london_date(self.now)
    }

    pub(super) async fn calendar(&self) -> Result<Calendar, ServiceError> {
        Ok(service::current_edition(&self.app).await?.calendar(self.app.settings.division))
    }

    /// Lets time go on to 10:00 on a London date, with everything falling due at its own instant.
    pub(super) async fn go_on_to(&mut self, date: NaiveDate) -> Result<(), ServiceError> {
        self.go_on_until(london_instant(date, OPENING)).await
    }

    /// Lets time go on to an instant, with everything falling due at its own instant.
    pub(super) async fn go_on_until(&mut self, then: DateTime<Utc>) -> Result<(), ServiceError> {
        while let Some(at) = service::next_due_at(&self.app).await?.filter(|at| *at <= then) {
            self.now = self.now.max(at);
            let report = service::tick(&self.app, self.now).await?;
            for (case, why) in report.failed {
                self.played.differences.push(format!("{case} could not be dealt with: {why}"));
            }
            self.note_what_happened().await?;
        }
        self.now = self.now.max(then);
        Ok(())
    }

    /// Jumps to 10:00 on a London date without anything running on the way, and then makes up for it at once.
    pub(super) async fn be_down_until(&mut self, date: NaiveDate) -> Result<(), ServiceError> {
        self.now = london_instant(date, OPENING);
        service::tick(&self.app, self.now).await?;
        Ok(())
    }

    async fn note_what_happened(&mut self) -> Result<(), ServiceError> {
        for happening in service::happenings(&self.app, self.seen).await? {
            self.seen = happening.entry.seq;
            self.played.taken.extend(super::report::transitions_in(&happening));
            let who = self.actors.get(&happening.entry.actor).map(|actor| actor.name.as_str());
            self.played.lines.extend(Line::of(&happening, who));
        }
        Ok(())
    }
}
