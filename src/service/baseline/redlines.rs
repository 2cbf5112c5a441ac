//! Redlines of the baseline as files: of one SIP, of the SIPs of a consultation together, of any two versions (R58).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::super::batches;
use super::super::loaded::{Loaded, load};
use super::super::papers::{PaperFile, PaperFormat, paper_file};
use super::changes::file;
use super::library::{live, publication, publications, shelf};
use super::{App, ServiceError, lines, name_of, named};
use crate::brd::changes::{ChangeSet, ItemName, SipName, merge};
use crate::brd::{Brd, render};
use crate::document::to_docx;
use crate::redline::docx::{Existing, Options, redline};
use crate::redline::identity::Identity;
use crate::redline::report::{RedlineDocument, Versions, report, to_redline_html, to_redline_json};

/// Whose changes those are that no SIP is known for, such as those of the first page.
const PUBLISHER: &str = "DCC";
/// The media type of files for word processors.
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A version of the baseline as a document; the live one where none is named.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such version; [`ServiceError::Wrong`] when it is too large for the form.
pub async fn baseline_file(app: &App, version: Option<&str>, format: PaperFormat) -> Result<PaperFile, ServiceError> {
    let brd = publication(&app.store, version).await?.brd;
    paper_file(&render(&brd), &format!("baseline-{}", brd.version), format)
}

/// What one SIP does to the baseline, as a redline: of the live version, or of the one it was published on.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when the SIP has no change set; [`ServiceError::Wrong`] when it no longer applies.
pub async fn sip_redline(app: &App, reference: &str) -> Result<RedlineOf, ServiceError> {
    let sip = load(app, &app.store, reference).await?;
    let file = file(&app.store, &sip).await?;
    let missing = || ServiceError::NotFound { what: "change set of", name: sip.known_as().to_owned() };
    let draft = file.latest().ok_or_else(missing)?;
    let set = named(&sip, &draft.set)?;
    let old = before(app, &set.sip).await?;
    let pair = Pair::merged(old, std::slice::from_ref(&set), draft.at)?;
    pair.redline(&format!("{}-redline", sip.known_as()), &format!("what {} makes of it", sip.known_as()))
}

/// What the SIPs of a consultation do to the live baseline together, as one redline.
///
/// Where they contradict each other the text stays as it is until that is settled.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such consultation, or none of its SIPs has a change set.
pub async fn consultation_redline(app: &App, reference: &str) -> Result<RedlineOf, ServiceError> {
    let consultation = load(app, &app.store, reference).await?;
    let (sets, at) = drafted(app, &batches::members(app, &app.store, &consultation.record.id).await?).await?;
    let missing = || ServiceError::NotFound { what: "change set in", name: consultation.known_as().to_owned() };
    let at = at.ok_or_else(missing)?;
    let old = match sets.first() {
        Some(first) => before(app, &first.sip).await?,
        None => live(&app.store).await?,
    };
    let known_as = consultation.known_as();
    let newer = format!("what the SIPs of {known_as} make of it together");
    Pair::merged(old, &sets, at)?.redline(&format!("{known_as}-redline"), &newer)
}

/// The SIPs of a consultation that have a change set, as they are known, in their order.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such consultation.
pub async fn changing_sips(app: &App, reference: &str) -> Result<Vec<String>, ServiceError> {
    let consultation = load(app, &app.store, reference).await?;
    let (sets, _) = drafted(app, &batches::members(app, &app.store, &consultation.record.id).await?).await?;
    Ok(sets.into_iter().map(|set| set.sip.to_string()).collect())
}

/// What differs between two versions of the baseline, as a redline, each change under the SIPs it comes from; up to the
/// live version where the second is not named.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such version.
pub async fn version_redline(app: &App, old: &str, new: Option<&str>) -> Result<RedlineOf, ServiceError> {
    let (old, new) = (publication(&app.store, Some(old)).await?, publication(&app.store, new).await?);
    let between = old.version.min(new.version)..=old.version.max(new.version);
    let all = publications(&app.store).await?;
    let since = all.iter().filter(|one| between.contains(&one.version) && one.version != *between.start());
    let mut touched: BTreeMap<ItemName, BTreeSet<SipName>> = BTreeMap::new();
    for (item, by) in since.flat_map(|publication| &publication.touched) {
        touched.entry(item.clone()).or_default().extend(by.sips.iter().cloned());
    }
    let published = shelf(&app.store).await?.versions.into_iter().find(|line| line.version == new.version);
    let at = published.map(|line| line.at).unwrap_or_default();
    let name = format!("baseline-{}-to-{}", old.version, new.version);
    Pair { old: old.brd, new: new.brd, touched, at }.redline(&name, &new.version.to_string())
}

/// The baseline that a SIP changes: the live one, or once it is published the one before.
async fn before(app: &App, sip: &SipName) -> Result<Brd, ServiceError> {
    let shelf = shelf(&app.store).await?;
    let published = shelf.versions.iter().position(|line| line.sips.contains(sip));
    let base = published.and_then(|at| at.checked_sub(1)).and_then(|at| shelf.versions.get(at));
    match base {
        Some(base) => Ok(publication(&app.store, Some(&base.version.to_string())).await?.brd),
        None => live(&app.store).await,
    }
}

/// The change sets of those that have one, in their order, and when the last was drafted.
async fn drafted(app: &App, sips: &[Loaded]) -> Result<(Vec<ChangeSet>, Option<DateTime<Utc>>), ServiceError> {
    let (mut sets, mut last) = (Vec::new(), None);
    for sip in sips {
        let file = file(&app.store, sip).await?;
        let Some(draft) = file.latest() else { continue };
        sets.push(ChangeSet { sip: name_of(sip)?, ..draft.set.clone() });
        last = last.max(Some(draft.at));
    }
    Ok((sets, last))
}

/// Two versions to be compared, with who changed what.
struct Pair {
    old: Brd,
    new: Brd,
    touched: BTreeMap<ItemName, BTreeSet<SipName>>,
    at: DateTime<Utc>,
}

impl Pair {
    /// A baseline and what change sets make of it.
    fn merged(old: Brd, sets: &[ChangeSet], at: DateTime<Utc>) -> Result<Self, ServiceError> {
        let merged = merge(&old, sets, &[]).map_err(|problems| ServiceError::wrong("changes", lines(&problems)))?;
        let touched = merged.touched.into_iter().map(|(item, touched)| (item, touched.sips)).collect();
        Ok(Self { old, new: merged.brd, touched, at })
    }

    fn redline(&self, name: &str, newer: &str) -> Result<RedlineOf, ServiceError> {
        let written = |brd: &Brd| to_docx(&render(brd)).map_err(|error| unfit(&error));
        let options = Options {
            author: self.author(),
            date: self.at,
            existing: Existing::Accept,
            attribution: self.touched.iter().filter_map(|(item, sips)| attribution(item, sips)).collect(),
        };
        let made = redline(&written(&self.old)?, &written(&self.new)?, &options).map_err(|error| unfit(&error))?;
        let versions = Versions { older: self.old.version.to_string(), newer: newer.to_owned() };
        Ok(RedlineOf { name: name.to_owned(), versions, docx: made.docx })
    }

    /// The one SIP there is, or whoever publishes.
    fn author(&self) -> String {
        let all: BTreeSet<&SipName> = self.touched.values().flatten().collect();
        match all.first() {
            Some(only) if all.len() == 1 => only.to_string(),
            _ => PUBLISHER.to_owned(),
        }
    }
}

/// Who changed an item, where the redline can find it by its id.
fn attribution(item: &ItemName, sips: &BTreeSet<SipName>) -> Option<(Identity, String)> {
    let sips: Vec<&str> = sips.iter().map(SipName::as_str).collect();
    Some((Identity::parse(item.name())?, sips.join(", ")))
}

fn unfit(error: &impl ToString) -> ServiceError {
    ServiceError::wrong("format", error.to_string())
}

/// A redline of the baseline, to be handed out as a file or shown in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedlineOf {
    name: String,
    versions: Versions,
    docx: Vec<u8>,
}

/// In which form a redline is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedlineFormat {
    /// A page to read, with a summary and a list of the changes.
    Html,
    /// A file for a word processor, with tracked changes.
    Docx,
    /// Pages to print.
    Pdf,
    /// Plain text, with the changes in brackets.
    Text,
    /// The changes as data.
    Json,
}

impl RedlineOf {
    /// What is compared with what.
    pub fn versions(&self) -> &Versions {
        &self.versions
    }

    /// The changes and both documents in one.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Wrong`] when the document is larger than can be read.
    pub fn report(&self) -> Result<RedlineDocument, ServiceError> {
        report(&self.docx).map_err(|error| unfit(&error))
    }

    /// The redline as a file.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Wrong`] when the document is too large for the form.
    pub fn file(self, format: RedlineFormat) -> Result<PaperFile, ServiceError> {
        let file =
            |ending: &str, media_type, bytes| PaperFile { name: format!("{}.{ending}", self.name), media_type, bytes };
        match format {
            RedlineFormat::Docx => Ok(file("docx", DOCX, self.docx)),
            RedlineFormat::Html => {
                let page = to_redline_html(&report(&self.docx).map_err(|error| unfit(&error))?, &self.versions);
                Ok(file("html", "text/html; charset=utf-8", page.into_bytes()))
            }
            RedlineFormat::Json => {
                let changes = to_redline_json(&report(&self.docx).map_err(|error| unfit(&error))?);
                Ok(file("json", "application/json", changes.into_bytes()))
            }
            RedlineFormat::Pdf => paper_file(&self.report()?.document, &self.name, PaperFormat::Pdf),
            RedlineFormat::Text => paper_file(&self.report()?.document, &self.name, PaperFormat::Text),
        }
    }
}
