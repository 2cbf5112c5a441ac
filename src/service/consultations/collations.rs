//! Collating the responses, and handing the collation to those who may see it (R36, R37).

use chrono::{DateTime, Utc};

use super::super::app::App;
use super::super::call::Call;
use super::super::dossiers;
use super::super::error::ServiceError;
use super::super::loaded::{Loaded, load_by_id};
use super::super::papers::{PaperFile, PaperFormat, SheetFormat, paper_file, sheet_file};
use super::{closes_on, contents_of, find, issued, key, not_allowed, not_now, responses};
use crate::actor::Actor;
use crate::calendar::london_date;
use crate::consultation::{Audience, Collation, Contents, ContentsEvent, collate};
use crate::store::{self, Source, WriteTx};
use crate::workflow::{ActionName, FactName, Facts, Value};

/// In which form a collation is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CollationFormat {
    /// As a document.
    Paper(PaperFormat),
    /// As a list for each question.
    Sheets(SheetFormat),
}

/// The collation of a consultation. The whole is for SECAS, DCC and the deciding bodies once it has closed; the public
/// copy is for everybody once it is with the deciding body.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for the whole, for anyone else; [`ServiceError::Wrong`] while it is too early.
pub async fn collation(
    app: &App,
    viewer: Option<&Actor>,
    reference: &str,
    audience: Audience,
) -> Result<Collation, ServiceError> {
    let (case, contents) = find(app, &app.store, reference).await?;
    let insider = |viewer: &Actor| ["secas", "dcc", "panel", "operations_group"].iter().any(|one| viewer.holds(one));
    let inside = viewer.is_some_and(insider);
    if audience == Audience::DecidingBody && !inside {
        let everybody = Actor { name: "everybody".to_owned(), ..Actor::system() };
        return Err(not_allowed(
            viewer.unwrap_or(&everybody),
            "SECAS, DCC or a deciding body; ask for the public copy",
        ));
    }
    let referred = contents.referred.is_some();
    let early = !inside || !responses::collating(&case);
    if !referred && early {
        return Err(not_now(&case, "reading the responses", "the public copy is there once they are referred"));
    }
    let whole = collated(&app.store, &case, &contents).await?;
    Ok(match audience {
        Audience::DecidingBody => whole,
        Audience::Public => whole.public(),
    })
}

/// A collation as a file.
///
/// # Errors
///
/// As [`collation`].
pub async fn collation_file(
    app: &App,
    viewer: Option<&Actor>,
    reference: &str,
    audience: Audience,
    format: CollationFormat,
    now: DateTime<Utc>,
) -> Result<PaperFile, ServiceError> {
    let collation = collation(app, viewer, reference, audience).await?;
    let copy = if audience == Audience::Public { "public" } else { "full" };
    let name = format!("{}-responses-{copy}", collation.title.reference);
    let paper = collation.to_document(london_date(now));
    match format {
        CollationFormat::Paper(format) => paper_file(&paper, &name, format),
        CollationFormat::Sheets(format) => sheet_file(&paper, &collation.to_sheets(), &name, format),
    }
}

/// The responses to a consultation, side by side.
pub(super) async fn collated(
    source: &impl Source,
    case: &Loaded,
    contents: &Contents,
) -> Result<Collation, ServiceError> {
    let issued = issued(case, contents)?;
    let given = responses::all(source, case).await?;
    let closes = closes_on(case).unwrap_or(issued.title.closes_on);
    let collation = collate(&issued, &contents.left, closes, &given);
    match &contents.referred {
        Some((digest, _)) if *digest != collation.digest => {
            Err(ServiceError::damaged(&case.record.reference, "the responses are not those that were referred"))
        }
        _ => Ok(collation),
    }
}

/// Fixes the collation that goes to the deciding body: its digest stands in the journal from now on.
pub(super) async fn refer(tx: &WriteTx, call: &Call<'_>, case: &Loaded) -> Result<(), ServiceError> {
    let contents = contents_of(tx, case).await?;
    let digest = collated(tx, case, &contents).await?.digest;
    let event = ContentsEvent::Referred { digest };
    dossiers::enter::<Contents>(tx, call, &key(case), "responses_referred", &[event]).await.map(|_| ())
}

/// Whether every late response was decided on, and whose was not.
pub(in super::super) async fn late_responses_decided(
    source: &impl Source,
    case: &Loaded,
) -> Result<(bool, Option<String>), ServiceError> {
    let given = responses::all(source, case).await?;
    let undecided = given.iter().filter(|response| response.undecided().is_some());
    let names: Vec<&str> =
        undecided.filter_map(|response| response.respondent.as_ref()).map(|one| one.party.as_str()).collect();
    Ok((names.is_empty(), (!names.is_empty()).then(|| format!("to be decided: {}", names.join(", ")))))
}

/// The last consultation that asked about a SIP, if any was issued and went ahead.
pub(super) async fn last_of(app: &App, source: &impl Source, sip: &Loaded) -> Result<Option<Loaded>, ServiceError> {
    let mut carried = store::batches_of(source, &sip.record.id).await?;
    carried.retain(|member| member.left_at.is_none());
    carried.sort_by_key(|member| std::cmp::Reverse(member.joined_at));
    for member in carried {
        let batch = load_by_id(app, source, &member.batch_case_id).await?;
        let went_ahead = matches!(batch.record.state.as_str(), "open" | "collating" | "referred");
        if went_ahead {
            return Ok(Some(batch));
        }
    }
    Ok(None)
}

/// Whether the responses to the last consultation on a SIP are with the deciding body.
pub(in super::super) async fn responses_referred(
    app: &App,
    tx: &WriteTx,
    sip: &Loaded,
) -> Result<(bool, Option<String>), ServiceError> {
    let Some(batch) = last_of(app, tx, sip).await? else { return Ok((false, Some("it was in none".to_owned()))) };
    let referred = contents_of(tx, &batch).await?.referred.is_some();
    Ok((referred, (!referred).then(|| format!("those to {} are not yet", batch.record.reference))))
}

/// Names the collation a SIP is referred with, where an action records that; nobody types it.
pub(in super::super) async fn fill_in(
    app: &App,
    tx: &WriteTx,
    sip: &Loaded,
    action: &ActionName,
    values: &mut Facts,
) -> Result<(), ServiceError> {
    let field = FactName::new("collated_responses");
    let taken = sip.definition.action(&sip.case().state, action);
    if taken.is_some_and(|taken| taken.may.contains(&field))
        && let Some(batch) = last_of(app, tx, sip).await?
    {
        values.insert(field, Value::Text(format!("{} responses", batch.record.reference)));
    }
    Ok(())
}
