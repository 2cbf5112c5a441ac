//! The baseline: its versions, its items, and where each comes from.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::Site;
use super::address::encoded;
use crate::brd::changes::{Field, ItemName, Listed, Origin, Word};
use crate::brd::versions::{By, Determination};
use crate::brd::{self, Brd, BrdText};
use crate::calendar::date_words;
use crate::document::blocks_to_html;
use crate::service::{self, BaselineView, PassageView, PublishedSipView, ServiceError, TraceView, VersionLine};

/// How much of an item a list of findings shows, in characters.
const EXCERPT: usize = 240;

/// What the address of a version may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    text: String,
}

/// The live version.
pub(super) async fn live(site: State<Site>, asked: Query<Asked>) -> Response {
    shown(site, None, asked).await
}

/// Any version.
pub(super) async fn version(site: State<Site>, Path(version): Path<String>, asked: Query<Asked>) -> Response {
    shown(site, Some(version), asked).await
}

async fn shown(State(site): State<Site>, version: Option<String>, Query(asked): Query<Asked>) -> Response {
    match version_data(&site, version.as_deref(), asked.text.trim()).await {
        Ok(data) => site.page("baseline", &data),
        Err(error) => site.problem(&error),
    }
}

async fn version_data(site: &Site, version: Option<&str>, text: &str) -> Result<Json, ServiceError> {
    let view = service::baseline(&site.app, version).await?;
    let versions = service::baseline_versions(&site.app).await?;
    let found = match text {
        "" => Vec::new(),
        text => service::baseline_items(&site.app, Some(&view.version), text).await?,
    };
    let here = version.map_or_else(|| "/brd".to_owned(), |_| format!("/brd/versions/{}", view.version));
    Ok(json!({
        "page_title": format!("{} {}", view.document.title, view.version),
        "title": view.document.title,
        "version": view.version,
        "base": view.base,
        "live": view.live,
        "published": date_words(view.date),
        "sips": view.sips.iter().map(sip).collect::<Vec<_>>(),
        "files": files(&view),
        "here": here,
        "text": text,
        "found": counted(found.len(), text),
        "items": found.iter().map(finding).collect::<Vec<_>>(),
        "versions": lines(&versions),
        "document": if text.is_empty() { brd::to_html_body(&view.document) } else { String::new() },
    }))
}

fn counted(found: usize, text: &str) -> String {
    match found {
        0 => format!("Nothing in this version says \"{text}\""),
        1 => format!("1 item says \"{text}\""),
        many => format!("{many} items say \"{text}\""),
    }
}

fn sip(sip: &PublishedSipView) -> Json {
    let determinations: Vec<String> = sip.determinations.iter().map(determination).collect();
    json!({ "sip": sip.sip, "title": sip.title, "nature": sip.nature, "determinations": determinations })
}

fn determination(made: &Determination) -> String {
    let ballot = made.ballot.as_ref().map(|ballot| format!(", ballot {ballot}")).unwrap_or_default();
    format!("{}: {} by {} on {}{ballot}", made.point, made.option, made.body, date_words(made.on))
}

fn files(view: &BaselineView) -> Vec<Json> {
    let at = format!("/api/v1/baseline/versions/{}", view.version);
    let document =
        |(format, title): (&str, &str)| json!({ "href": format!("{at}/document?format={format}"), "title": title });
    let documents = [("docx", "Word"), ("pdf", "PDF"), ("html", "one page"), ("text", "plain text")].map(document);
    documents.into_iter().chain([json!({ "href": format!("{at}/file"), "title": "YAML" })]).collect()
}

/// The versions, the latest first, each with the one before it.
fn lines(versions: &[VersionLine]) -> Vec<Json> {
    let before = std::iter::once(None).chain(versions.iter().map(|line| Some(line.version.as_str())));
    let line = |(line, before): (&VersionLine, Option<&str>)| json!({ "version": line.version, "date": date_words(line.date), "sips": line.sips, "before": before });
    let mut lines: Vec<Json> = versions.iter().zip(before).map(line).collect();
    lines.reverse();
    lines
}

fn finding(listed: &Listed) -> Json {
    let title = listed.title();
    let text = listed.says(Field::Text).split_whitespace().collect::<Vec<_>>().join(" ");
    let more = if text.chars().count() > EXCERPT { "…" } else { "" };
    let excerpt: String = text.chars().take(EXCERPT).collect();
    let parts = [title, &excerpt].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
    let name = listed.item.to_string();
    json!({ "href": encoded(&name), "name": name, "says": format!("{parts}{more}") })
}

/// The page of an item.
pub(super) async fn item(State(site): State<Site>, Path(item): Path<String>) -> Response {
    match item_data(&site, &item).await {
        Ok(data) => site.page("baseline_item", &data),
        Err(error) => site.problem(&error),
    }
}

async fn item_data(site: &Site, item: &str) -> Result<Json, ServiceError> {
    let trace = service::trace_item(&site.app, item).await?;
    let listed = match service::baseline_item(&site.app, item).await {
        Ok(listed) => Some(listed),
        Err(ServiceError::NotFound { .. }) => None,
        Err(error) => return Err(error),
    };
    let live = service::baseline(&site.app, None).await?.document;
    let title = listed.as_ref().map(Listed::title).unwrap_or_default();
    let text = listed.as_ref().map(|listed| blocks_to_html(&BrdText::new(listed.says(Field::Text)).blocks()));
    Ok(json!({
        "page_title": format!("{} {title}", trace.item),
        "item": trace.item,
        "name": title,
        "retired": standing(listed.as_ref()),
        "since": trace.since,
        "changed": (trace.last_changed != trace.since).then_some(&trace.last_changed),
        "text": text,
        "facts": listed.iter().flat_map(|listed| facts(&live, listed)).collect::<Vec<_>>(),
        "traced": trace.words.iter().any(|word| word.origin != Origin::Kept),
        "words": trace.words.iter().map(word).collect::<Vec<_>>(),
        "passages": passages(&trace),
    }))
}

/// In words, that an item is not in use; nothing for one that is.
fn standing(listed: Option<&Listed>) -> Option<String> {
    let Some(listed) = listed else { return Some("No longer in the document".to_owned()) };
    let retired = listed.retired.as_ref()?;
    let into = retired.into.as_ref().map(|into| format!("; {into} takes its place")).unwrap_or_default();
    let reason = Some(&retired.reason).filter(|reason| !reason.is_empty());
    Some(format!("No longer in use{into}{}", reason.map(|reason| format!(": {reason}")).unwrap_or_default()))
}

/// Every field but the text and the title, the ids in it as links.
fn facts(live: &Brd, listed: &Listed) -> Vec<Json> {
    let shown = listed.fields.iter().filter(|(field, says)| **field != Field::Text && says.as_str() != listed.title());
    let fact = |(field, says): (&Field, &String)| {
        let known = |part: &str| {
            ItemName::parse(part)
                .ok()
                .filter(|item| brd::changes::find(live, item).is_some())
                .map(|item| item.to_string())
        };
        let links: Option<Vec<String>> = says.split(',').map(|part| known(part.trim())).collect();
        json!({ "title": capital(field.title()), "says": says, "links": links })
    };
    shown.map(fact).collect()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn word(word: &Word) -> Json {
    let names = |sips: &[brd::changes::SipName]| sips.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let (added, removed) = match &word.origin {
        Origin::Kept => (None, None),
        Origin::Added(sips) => (Some(names(sips)), None),
        Origin::Removed(sips) => (None, Some(names(sips))),
    };
    json!({ "text": word.text, "added": added, "removed": removed })
}

/// What happened to an item, the latest first.
fn passages(trace: &TraceView) -> Vec<Json> {
    trace.passages.iter().rev().map(|passage| passage_data(passage, trace)).collect()
}

fn passage_data(passage: &PassageView, trace: &TraceView) -> Json {
    let first = passage.version == trace.since && passage.by.is_empty();
    let fields = passage.change.fields.iter().filter(|_| !first);
    let fields =
        fields.map(|(field, before)| json!({ "title": capital(field.title()), "was": before.was, "is": before.is }));
    json!({
        "version": passage.version,
        "date": date_words(passage.date),
        "how": if first { "taken over as it stood" } else { passage.change.how.title() },
        "by": passage.by.iter().map(by).collect::<Vec<_>>(),
        "fields": fields.collect::<Vec<_>>(),
    })
}

fn by(by: &By) -> Json {
    let determinations: Vec<String> = by.determinations.iter().map(determination).collect();
    json!({ "sip": by.sip, "title": by.title, "determinations": determinations })
}
