//! A document as plain text: a hundred columns, for e-mail and terminals.

mod blocks;
mod table;
mod wrap;

use super::tree::Document;
use blocks::Writer;
use wrap::{width_of, wrap};

/// The most columns a line takes.
const COLUMNS: usize = 100;

/// Writes a document as plain text, in lines of at most 100 columns.
pub fn to_text(document: &Document) -> String {
    let properties = &document.properties;
    let mut lines = Vec::new();
    let filed = [&properties.reference, &document.header, &classification(&properties.classification)];
    let filed: Vec<&str> = filed.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    lines.extend(wrap(&filed.join(" | "), COLUMNS));
    lines.push(String::new());
    let title = wrap(&document.title, COLUMNS);
    let rule = "=".repeat(title.iter().map(|line| width_of(line)).max().unwrap_or_default());
    lines.extend(title);
    lines.push(rule);
    for line in &document.subtitle {
        lines.extend(wrap(line, COLUMNS));
    }
    lines.push(String::new());
    lines.extend(Writer::default().document(document, COLUMNS));
    lines.push(String::new());
    let foot = if document.footer.is_empty() { String::new() } else { format!(" | {}", document.footer) };
    lines.extend(wrap(&format!("{}{foot}", properties.author), COLUMNS));
    let mut text = String::new();
    for line in lines {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn classification(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("Classification: {words}") }
}
