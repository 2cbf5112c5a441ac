//! Taking the baseline over, and reading any version of it.

use super::super::acts::{answered, finish};
use super::super::dossiers::{self, Key};
use super::super::papers::PaperFile;
use super::dossiers::{BaselineVersion, Shelf, ShelfEvent, VersionEvent};
use super::views::{BaselineView, VersionLine};
use super::{App, Call, ServiceError, dcc_only};
use crate::brd::versions::Publication;
use crate::brd::{Brd, Version, from_yaml, to_yaml};
use crate::calendar::london_date;
use crate::store::{Source, WriteTx};

/// The one shelf there is.
const SHELF: &str = "shelf";

/// Takes over the baseline as it stands, once; from then on it changes by SIPs alone (R54, R55).
///
/// `file` is only the name used in problems.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but DCC; [`ServiceError::Definition`] with every problem of the text;
/// [`ServiceError::Wrong`] when there is a baseline already.
pub async fn import_baseline(app: &App, call: &Call<'_>, file: &str, yaml: &str) -> Result<VersionLine, ServiceError> {
    dcc_only(call)?;
    let brd = from_yaml(file, yaml)?;
    let tx = app.store.write().await?;
    if let Some(line) = answered(&tx, call).await? {
        return Ok(line);
    }
    if let Some(live) = shelf(&tx).await?.live() {
        let what = format!("there is a baseline already, {}; it changes by SIPs alone", live.version);
        return Err(ServiceError::wrong("baseline", what));
    }
    let date = brd.date.unwrap_or_else(|| london_date(call.now));
    let line = put(&tx, call, Publication::first(brd, date), "baseline_imported").await?;
    finish(tx, call, line).await
}

/// Puts a version on the shelf.
pub(super) async fn put(
    tx: &WriteTx,
    call: &Call<'_>,
    publication: Publication,
    act: &'static str,
) -> Result<VersionLine, ServiceError> {
    let (version, date) = (publication.version, publication.date);
    let sips = publication.sips.iter().map(|sip| sip.sip.clone()).collect();
    let published = VersionEvent::BaselinePublished { publication: Box::new(publication) };
    dossiers::enter::<BaselineVersion>(tx, call, &Key::of(version.to_string()), act, &[published]).await?;
    let put = ShelfEvent::VersionPut { version, date, sips };
    let kept = dossiers::enter::<Shelf>(tx, call, &Key::of(SHELF), "version_put", &[put]).await?;
    let line = VersionLine::all(&kept.body).pop();
    line.ok_or_else(|| ServiceError::damaged("baseline", "the version was not put on the shelf"))
}

/// Lets something happen to the shelf.
pub(super) async fn enter(
    tx: &WriteTx,
    call: &Call<'_>,
    act: &'static str,
    event: ShelfEvent,
) -> Result<(), ServiceError> {
    dossiers::enter::<Shelf>(tx, call, &Key::of(SHELF), act, &[event]).await.map(|_| ())
}

/// Every version, the latest last.
///
/// # Errors
///
/// The database cannot be read.
pub async fn baseline_versions(app: &App) -> Result<Vec<VersionLine>, ServiceError> {
    Ok(VersionLine::all(&shelf(&app.store).await?))
}

/// A version of the baseline with everything it rests on; the live one where none is named.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such version, or no baseline at all.
pub async fn baseline(app: &App, version: Option<&str>) -> Result<BaselineView, ServiceError> {
    let publication = publication(&app.store, version).await?;
    let latest = shelf(&app.store).await?.live().map(|live| live.version);
    Ok(BaselineView::of(publication, latest))
}

/// A version of the baseline as a YAML file; the live one where none is named.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such version, or no baseline at all.
pub async fn baseline_yaml(app: &App, version: Option<&str>) -> Result<PaperFile, ServiceError> {
    let brd = publication(&app.store, version).await?.brd;
    let name = format!("baseline-{}.yaml", brd.version);
    Ok(PaperFile { name, media_type: "application/yaml", bytes: to_yaml(&brd).into_bytes() })
}

/// The shelf; empty where no baseline was taken over.
pub(super) async fn shelf(source: &impl Source) -> Result<Shelf, ServiceError> {
    Ok(dossiers::find::<Shelf>(source, SHELF).await?.map(|kept| kept.body).unwrap_or_default())
}

/// The live baseline.
pub(super) async fn live(source: &impl Source) -> Result<Brd, ServiceError> {
    Ok(publication(source, None).await?.brd)
}

/// A version with everything it rests on; the live one where none is named.
pub(super) async fn publication(source: &impl Source, version: Option<&str>) -> Result<Publication, ServiceError> {
    let missing = |name: &str| ServiceError::NotFound { what: "version of the baseline", name: name.to_owned() };
    let version = match version {
        Some(text) => Version::parse(text).map_err(|error| ServiceError::wrong("version", error.to_string()))?,
        None => shelf(source).await?.live().ok_or_else(|| missing("live"))?.version,
    };
    let kept = dossiers::find::<BaselineVersion>(source, &version.to_string()).await?;
    kept.and_then(|kept| kept.body.publication).ok_or_else(|| missing(&version.to_string()))
}

/// Every version with everything it rests on, the earliest first.
pub(super) async fn publications(source: &impl Source) -> Result<Vec<Publication>, ServiceError> {
    let mut all = Vec::new();
    for line in shelf(source).await?.versions {
        all.push(publication(source, Some(&line.version.to_string())).await?);
    }
    Ok(all)
}
