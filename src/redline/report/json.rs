//! A redline for other programs.

use serde::Serialize;

use super::{RedlineDocument, ReportedChange, Summary};

/// A redline as it is written. The fields are not renamed or taken away; others may be added.
#[derive(Serialize)]
struct Written<'a> {
    /// The version of this format.
    format: u32,
    title: &'a str,
    summary: Summary,
    changes: &'a [ReportedChange],
}

/// Writes the changes of a redline as JSON: `format` (1), `title`, `summary` (`all`, `by_section`, `by_domain` and
/// `by_author`, each with counts of `added`, `amended`, `removed`, `moved`, `formatted` and `renumbered`) and `changes`, each as
/// [`ReportedChange`] says.
pub fn to_redline_json(redline: &RedlineDocument) -> String {
    let written =
        Written { format: 1, title: &redline.document.title, summary: redline.summary(), changes: &redline.changes };
    serde_json::to_string_pretty(&written).unwrap_or_default()
}
