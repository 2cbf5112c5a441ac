//! Runs that are set alike become one.

use crate::document::text_runs::{Run, Text};

/// Adds a run to a text; one that is set as the last continues it.
pub(super) fn add(text: &mut Text, run: Run) {
    match text.runs.last_mut() {
        Some(last) if is_set_alike(last, &run) => last.text.push_str(&run.text),
        _ if run.is_empty() => {}
        _ => text.runs.push(run),
    }
}

fn is_set_alike(a: &Run, b: &Run) -> bool {
    let words_alone = |run: &Run| run.image.is_none() && run.footnote.is_empty();
    let flags = |run: &Run| (run.bold, run.italic, run.code, run.underlined, run.struck, run.script);
    words_alone(a) && words_alone(b) && flags(a) == flags(b) && a.link == b.link && a.revisions == b.revisions
}
