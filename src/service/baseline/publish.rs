//! Publishing a sprint: the change sets of SIPs that are deployed become the next version of the baseline (R58).

use super::super::acts::{answered, decided, finish, up_to_date};
use super::super::facts;
use super::super::loaded::{Loaded, load};
use super::super::settle::settle;
use super::change_views::SprintView;
use super::changes::file;
use super::dossiers::ChangeFile;
use super::library::{live, put, shelf};
use super::views::VersionLine;
use super::{App, Call, PUBLISH, ServiceError, dcc_only, name_of, named};
use crate::brd::changes::{ChangeSet, merge};
use crate::brd::versions::{Determination, NotReady, PublishedSip, publish};
use crate::brd::{Line, Version};
use crate::calendar::london_date;
use crate::store::{Source, WriteTx};
use crate::workflow::{ActionName, Command, Facts, StateName, Value};

/// The action that takes a SIP into operation.
const DEPLOY: &str = "deploy";

/// What a sprint of these SIPs, merged in this order, comes to on the live version: what is in the way, and what people
/// should look at.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such SIP, it has no change set, or there is no baseline.
pub async fn sprint(app: &App, references: &[String]) -> Result<SprintView, ServiceError> {
    let live = live(&app.store).await?;
    let mut sips = Vec::new();
    for reference in references {
        sips.push(load(app, &app.store, reference).await?);
    }
    let parts = parts(&app.store, &sips).await?;
    let sets: Vec<ChangeSet> = parts.iter().map(|part| part.changes.clone()).collect();
    let settlements = shelf(&app.store).await?.settlements;
    let merged = merge(&live, &sets, &settlements).map_err(|found| refused(&NotReady::Unmergeable(found)))?;
    let waiting = sips.iter().filter(|sip| !is_deployed(sip)).map(|sip| sip.known_as().to_owned()).collect();
    Ok(SprintView::of(live.version, &parts, &merged, waiting))
}

/// Publishes the next version of the baseline with the change sets of these SIPs, merged in this order, and ends each.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but DCC; [`ServiceError::Refused`] when a SIP is not deployed;
/// [`ServiceError::Wrong`] with whatever has to be done first: conflicts to settle, duties to answer.
pub async fn publish_baseline(app: &App, call: &Call<'_>, references: &[String]) -> Result<VersionLine, ServiceError> {
    dcc_only(call)?;
    let mut tx = app.store.write().await?;
    if let Some(line) = answered(&tx, call).await? {
        return Ok(line);
    }
    for reference in references {
        (tx, _) = up_to_date(app, tx, call, reference).await?;
    }
    let mut sips = Vec::new();
    for reference in references {
        sips.push(load(app, &tx, reference).await?);
    }
    let live = live(&tx).await?;
    let parts = parts(&tx, &sips).await?;
    let settlements = shelf(&tx).await?.settlements;
    let publication = publish(&live, parts, &settlements, london_date(call.now)).map_err(|why| refused(&why))?;
    let (base, version) = (live.version, publication.version);
    let line = put(&tx, call, publication, "baseline_published").await?;
    for sip in &mut sips {
        end(app, &tx, call, sip, (base, version)).await?;
    }
    finish(tx, call, line).await
}

fn refused(why: &NotReady) -> ServiceError {
    ServiceError::wrong("sips", why.to_string())
}

/// Each SIP with its change set and what it rests on.
async fn parts(source: &impl Source, sips: &[Loaded]) -> Result<Vec<PublishedSip>, ServiceError> {
    let mut parts = Vec::new();
    for sip in sips {
        let ChangeFile { duties, drafts } = file(source, sip).await?;
        let missing = || ServiceError::NotFound { what: "change set of", name: sip.known_as().to_owned() };
        parts.push(PublishedSip {
            sip: name_of(sip)?,
            title: Line::new(&sip.record.title),
            changes: named(sip, &drafts.last().ok_or_else(missing)?.set)?,
            determinations: determinations(sip),
            duties,
        });
    }
    Ok(parts)
}

/// The determinations a SIP rests on.
fn determinations(sip: &Loaded) -> Vec<Determination> {
    let made = sip.case().determinations.iter();
    let told = made.map(|made| Determination {
        point: sip.definition.point_title(&made.point),
        body: sip.definition.title_of(made.body.as_str()),
        option: made.option.words(),
        on: made.decided_on,
        ballot: made.ballot.clone(),
    });
    told.collect()
}

fn is_deployed(sip: &Loaded) -> bool {
    can(sip, &sip.case().state, PUBLISH)
}

fn can(sip: &Loaded, state: &StateName, action: &str) -> bool {
    sip.definition.action(state, &ActionName::new(action)).is_some()
}

/// Takes the action that ends a SIP, with the version it is in.
async fn end(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    sip: &mut Loaded,
    (base, version): (Version, Version),
) -> Result<(), ServiceError> {
    let action = ActionName::new(PUBLISH);
    let values = Facts::from([
        ("brd_version".into(), Value::Text(version.to_string())),
        ("redline".into(), Value::Text(format!("Redline of {version} against {base}"))),
    ]);
    let record = facts::for_action(app, tx, call.now, sip, &action, &values).await?;
    let events = decided(sip, &Command::Act { action, values }, call, &record)?;
    Box::pin(settle(app, tx, call, sip, "action_taken", &events)).await.map(|_| ())
}

/// Refuses an action that would go past the baseline: deploying a SIP while duties of SEC H8.8 are without an answer,
/// and ending one by hand whose change set is not published. A SIP without a change set goes its own way.
pub(in super::super) async fn guard(tx: &WriteTx, sip: &Loaded, action: &ActionName) -> Result<(), ServiceError> {
    let guarded = [DEPLOY, PUBLISH].contains(&action.as_str()) && can(sip, &sip.case().state, action.as_str());
    if !guarded {
        return Ok(());
    }
    let file = file(tx, sip).await?;
    if file.latest().is_none() {
        return Ok(());
    }
    let missing = file.duties.missing();
    if action.as_str() == PUBLISH {
        let what =
            format!("{} has a change set; publish the sprint that it belongs to, and it ends with it", sip.known_as());
        return Err(ServiceError::wrong("brd_version", what));
    }
    if let Some(first) = missing.first() {
        let what = format!("SEC H8.8 asks first for {first} and {} more", missing.len() - 1);
        return Err(ServiceError::wrong("duties", what));
    }
    Ok(())
}
