//! The change set of a SIP: drafted by its proposer and DCC, and what it meets.

use super::super::acts::{answered, finish, up_to_date};
use super::super::assessments;
use super::super::dossiers::{self, Kept, Key};
use super::super::fields;
use super::super::loaded::{Loaded, load};
use super::super::papers::PaperFile;
use super::super::sips::SIP_PROCESS;
use super::change_views::{ChangeSetView, CollisionView};
use super::dossiers::{ChangeFile, ChangeFileEvent};
use super::library::{live, shelf};
use super::{App, Call, ServiceError, lines, name_of, named};
use crate::brd::Brd;
use crate::brd::changes::{ChangeSet, Finding, Reserved, SipName, collisions, draft, merge};
use crate::sip::{ConfidentialPart, Confidentiality};
use crate::store::{Source, WriteTx};

/// Drafts what a SIP does to the baseline, in the place of any draft before: against the live version, with ids given
/// and everything checked at once.
///
/// The proposer and DCC may until the Impact Assessment is delivered; from then on DCC alone, with a reason, because
/// bodies decide on what they were shown. A reason is needed too where the proposer keeps the requirements from
/// publication, because everybody reads a change set.
///
/// # Errors
///
/// [`ServiceError::Definition`] with every problem of the text; [`ServiceError::NotAllowed`] for anyone else;
/// [`ServiceError::Wrong`] when it does not apply to the live version, the SIP has ended, or the reason is missing.
pub async fn draft_change_set(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    yaml: &str,
    reason: Option<&str>,
) -> Result<ChangeSetView, ServiceError> {
    let written = ChangeSet::load("change set", yaml)?;
    let tx = app.store.write().await?;
    if let Some(reference) = answered::<String>(&tx, call).await? {
        drop(tx);
        return change_set(app, &reference).await;
    }
    let (tx, sip) = up_to_date(app, tx, call, reference).await?;
    let reason = reason.map(|reason| fields::text("reason", reason)).transpose()?;
    may_draft(&tx, call, &sip, reason.as_deref()).await?;
    let live = live(&tx).await?;
    let reserved = reserved(&tx, &sip).await?;
    let written = ChangeSet { sip: name_of(&sip)?, ..written };
    let drafted =
        draft(&live, written, &reserved).map_err(|problems| ServiceError::wrong("changes", lines(&problems)))?;
    let key = Key::child(&sip.record.reference, &sip.record.id);
    let event = ChangeFileEvent::ChangesDrafted { set: Box::new(drafted.set), reason };
    dossiers::enter::<ChangeFile>(&tx, call, &key, "changes_drafted", &[event]).await?;
    finish(tx, call, sip.record.reference.clone()).await?;
    change_set(app, &sip.record.reference).await
}

/// Who may draft the change set of a SIP as it stands.
async fn may_draft(tx: &WriteTx, call: &Call<'_>, sip: &Loaded, reason: Option<&str>) -> Result<(), ServiceError> {
    if sip.record.process != SIP_PROCESS {
        return Err(ServiceError::wrong("changes", format!("{} is no SIP", sip.known_as())));
    }
    if sip.record.closed_at.is_some() {
        let what = format!("{} has ended; submit a new SIP", sip.known_as());
        return Err(ServiceError::wrong("changes", what));
    }
    let roles = call.actor.roles_towards(sip.record.proposer_party.as_deref());
    let holds = |role: &str| roles.iter().any(|held| held.as_str() == role);
    let delivered = assessments::latest(tx, sip).await?.is_some();
    let (may, could) = if delivered {
        (holds("dcc"), "DCC, because the Impact Assessment is delivered")
    } else {
        (holds("dcc") || holds("proposer"), "the proposer or DCC")
    };
    if !may {
        return Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could: could.to_owned() });
    }
    let why = match (delivered, keeps_requirements(sip)) {
        (true, _) => "the Impact Assessment is delivered; say why the change set still changes",
        (false, true) => {
            "its proposer keeps the requirements from publication, and a change set is public; say why it may be"
        }
        (false, false) => return Ok(()),
    };
    if reason.is_some() { Ok(()) } else { Err(ServiceError::wrong("reason", why)) }
}

/// Whether the proposer keeps from publication what happens to requirements (R37).
fn keeps_requirements(sip: &Loaded) -> bool {
    match sip.body.form.as_ref().map(|form| &form.confidentiality) {
        Some(Confidentiality::Whole { .. }) => true,
        Some(Confidentiality::Part { parts, .. }) => parts.contains(&ConfidentialPart::Requirements),
        Some(Confidentiality::None) | None => false,
    }
}

/// The ids given to SIPs so far; those of an ended SIP stay given.
async fn reserved(source: &impl Source, sip: &Loaded) -> Result<Reserved, ServiceError> {
    let mut reserved = Reserved::default();
    for Kept { id, body, .. } in dossiers::all::<ChangeFile>(source).await? {
        let ids = if id == sip.record.reference { &mut reserved.own } else { &mut reserved.others };
        ids.extend(body.given().cloned());
    }
    Ok(reserved)
}

/// What a SIP does to the baseline: its change set as it stands, what is left to do, and what it meets.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such SIP, or it has no change set.
pub async fn change_set(app: &App, reference: &str) -> Result<ChangeSetView, ServiceError> {
    let sip = load(app, &app.store, reference).await?;
    let file = file(&app.store, &sip).await?;
    let missing = || ServiceError::NotFound { what: "change set of", name: sip.known_as().to_owned() };
    let draft_kept = file.latest().ok_or_else(missing)?;
    let set = named(&sip, &draft_kept.set)?;
    let live = live(&app.store).await?;
    let published = published_in(&app.store, &set.sip).await?;
    let (findings, collisions) = match &published {
        Some(_) => (Vec::new(), Vec::new()),
        None => (findings(&live, &set), meets(app, &live, &sip, &set).await?),
    };
    Ok(ChangeSetView::of(&file, draft_kept, set, published, &findings, collisions))
}

/// The change set of a SIP as it is written; what it was drafted against is in it.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such SIP, or it has no change set.
pub async fn change_set_yaml(app: &App, reference: &str) -> Result<PaperFile, ServiceError> {
    let sip = load(app, &app.store, reference).await?;
    let file = file(&app.store, &sip).await?;
    let missing = || ServiceError::NotFound { what: "change set of", name: sip.known_as().to_owned() };
    let set = named(&sip, &file.latest().ok_or_else(missing)?.set)?;
    let name = format!("{}-changes.yaml", sip.known_as());
    Ok(PaperFile { name, media_type: "application/yaml", bytes: set.to_yaml().into_bytes() })
}

/// What a SIP does to the baseline, as other documents tell it.
pub(in super::super) struct ToldChanges {
    /// What the redline is called.
    pub(in super::super) title: String,
    /// Where the redline is.
    pub(in super::super) address: String,
    /// Each change in words.
    pub(in super::super) changes: Vec<String>,
}

/// What a SIP does to the baseline in words, where it has a change set.
pub(in super::super) async fn told(
    app: &App,
    source: &impl Source,
    sip: &Loaded,
) -> Result<Option<ToldChanges>, ServiceError> {
    let file = file(source, sip).await?;
    let Some(draft) = file.latest() else { return Ok(None) };
    let (name, base) = (sip.known_as(), app.settings.base_url.trim_end_matches('/'));
    Ok(Some(ToldChanges {
        title: format!("Redline of {name}, draft {}, against the baseline {}", file.drafts.len(), draft.set.base),
        address: format!("{base}/api/v1/sips/{}/redline", sip.record.reference),
        changes: draft.set.told().iter().map(ToString::to_string).collect(),
    }))
}

/// The version a SIP is published in, if it is.
async fn published_in(source: &impl Source, sip: &SipName) -> Result<Option<String>, ServiceError> {
    let shelf = shelf(source).await?;
    let found = shelf.versions.iter().find(|line| line.sips.contains(sip));
    Ok(found.map(|line| line.version.to_string()))
}

/// What a change set leaves to be done on the live version. One that no longer applies to it as it was drafted has
/// nothing to be said of it here: that it meets the live version is a collision.
fn findings(live: &Brd, set: &ChangeSet) -> Vec<Finding> {
    let own = set.items().cloned().collect();
    let drafted = draft(live, set.clone(), &Reserved { others: Vec::new(), own });
    drafted.map(|drafted| drafted.findings).unwrap_or_default()
}

/// The file of a SIP; an empty one before anything was drafted.
pub(super) async fn file(source: &impl Source, sip: &Loaded) -> Result<ChangeFile, ServiceError> {
    let kept = dossiers::find::<ChangeFile>(source, &sip.record.reference).await?;
    Ok(kept.map(|kept| kept.body).unwrap_or_default())
}

/// Every other SIP under way that has a change set.
async fn others(app: &App, sip: &Loaded) -> Result<Vec<ChangeSet>, ServiceError> {
    let mut others = Vec::new();
    for Kept { id, body, .. } in dossiers::all::<ChangeFile>(&app.store).await? {
        let Some(draft) = body.latest().filter(|_| id != sip.record.reference) else { continue };
        let other = load(app, &app.store, &id).await?;
        if other.record.closed_at.is_none() {
            others.push(named(&other, &draft.set)?);
        }
    }
    Ok(others)
}

/// Where a change set meets the live version, and those of every other SIP under way.
async fn meets(app: &App, live: &Brd, sip: &Loaded, set: &ChangeSet) -> Result<Vec<CollisionView>, ServiceError> {
    let mut met = match merge(live, std::slice::from_ref(set), &[]) {
        Ok(merged) => merged.conflicts.iter().map(CollisionView::with_live).collect(),
        Err(problems) => problems.iter().map(CollisionView::refused).collect::<Vec<_>>(),
    };
    for other in others(app, sip).await? {
        // One that does not apply by itself says so where it is shown.
        let found = collisions(live, set, &other).unwrap_or_default();
        met.extend(found.into_iter().map(|collision| CollisionView::of(&other.sip, &collision)));
    }
    met.sort_by_key(|collision| !collision.conflict);
    Ok(met)
}
