//! Moving running cases to another version of their process: planned, refused if anything would be lost, journalled.

use serde::Serialize;
use utoipa::ToSchema;

use super::app::App;
use super::call::Call;
use super::error::ServiceError;
use super::loaded::{Loaded, with_rules};
use super::settle::settle;
use crate::store::{self, CaseFilter, Source};
use crate::workflow::migrate::{LiveCase, Mapping, Move, plan};
use crate::workflow::{Command, Record, Rules, decide};

/// What a migration would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MigrationPlan {
    /// The process.
    pub process: String,
    /// The version the cases follow.
    pub from: String,
    /// The version they would follow.
    pub to: String,
    /// What happens to each case, one sentence each.
    pub moves: Vec<String>,
}

/// What a migration would do. Nothing is changed.
///
/// # Errors
///
/// [`ServiceError::Migration`] naming every case that has no place in the new version, or would lose a clock.
pub async fn plan_migration(app: &App, process: &str, mapping: &Mapping) -> Result<MigrationPlan, ServiceError> {
    let (_, moves) = planned(app, &app.store, process, mapping).await?;
    Ok(describe(process, mapping, &moves))
}

/// Moves every running case of a version to another.
///
/// # Errors
///
/// As [`plan_migration`]; [`ServiceError::NotAllowed`] for anyone but DCC; [`ServiceError::Wrong`] when the new version
/// was never approved.
pub async fn migrate_cases(
    app: &App,
    call: &Call<'_>,
    process: &str,
    mapping: &Mapping,
) -> Result<MigrationPlan, ServiceError> {
    if !call.actor.holds("dcc") && !call.actor.holds("system") {
        return Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could: "DCC".to_owned() });
    }
    let tx = app.store.write().await?;
    let record = store::find_definition(&tx, process, &mapping.to).await?;
    if record.is_none_or(|record| record.active_from.is_none()) {
        let what = format!("version {} of {process} has not been approved; cases cannot move to it", mapping.to);
        return Err(ServiceError::wrong("to", what));
    }
    let (cases, moves) = planned(app, &tx, process, mapping).await?;
    let new = app.definition(&tx, process, &mapping.to).await?;
    for (mut loaded, planned) in cases.into_iter().zip(moves.iter().cloned()) {
        let calendar = loaded.calendar.clone();
        let rules = Rules { definition: &new, calendar: &calendar };
        let command = Command::Migrate(planned);
        let events = decide(rules, loaded.case(), &command, &call.actor.offices, &Record::default(), call.now)?;
        settle(app, &tx, call, &mut loaded, "case_migrated", &events).await?;
    }
    tx.commit().await?;
    Ok(describe(process, mapping, &moves))
}

async fn planned(
    app: &App,
    source: &impl Source,
    process: &str,
    mapping: &Mapping,
) -> Result<(Vec<Loaded>, Vec<Move>), ServiceError> {
    if mapping.from == mapping.to {
        return Err(ServiceError::wrong("to", "the cases follow this version already; name another"));
    }
    let old = app.definition(source, process, &mapping.from).await?;
    let new = app.definition(source, process, &mapping.to).await?;
    let cases = running(app, source, process, &mapping.from).await?;
    let live = cases.iter().map(|loaded| LiveCase {
        case: loaded.record.reference.clone(),
        state: loaded.case().state.clone(),
        clocks: loaded.case().clocks.iter().map(|clock| clock.name.clone()).collect(),
    });
    let moves = plan(&old, &new, mapping, live)?;
    Ok((cases, moves))
}

async fn running(app: &App, source: &impl Source, process: &str, version: &str) -> Result<Vec<Loaded>, ServiceError> {
    let mut filter = CaseFilter { process: Some(process.to_owned()), ..CaseFilter::default() };
    let mut running = Vec::new();
    loop {
        let page = store::list_cases(source, &filter, 500).await?;
        let open = page.cases.into_iter().filter(|case| case.closed_at.is_none() && case.definition_version == version);
        for record in open {
            running.push(with_rules(app, source, record).await?);
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(running),
        }
    }
}

fn describe(process: &str, mapping: &Mapping, moves: &[Move]) -> MigrationPlan {
    MigrationPlan {
        process: process.to_owned(),
        from: mapping.from.clone(),
        to: mapping.to.clone(),
        moves: moves.iter().map(ToString::to_string).collect(),
    }
}
