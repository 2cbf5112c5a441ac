//! Accept all and reject all as Word does it, worked out on the tests' own tree; it shares no code with the product.
//!
//! [`settle`] turns a story with tracked changes into one without. [`lines`] writes a document, tracked or not, in one
//! way only, so that two documents that look the same to a reader have the same lines.

mod inline;
mod join;
mod lines;
mod numbering;
mod paragraphs;
mod sections;
mod settle;
mod styles;

pub(crate) use lines::{Places, lines};
pub(crate) use settle::settle;

/// Which way all tracked changes are decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    Accept,
    Reject,
}

impl Decision {
    /// Whether content or a mark that carries this element goes away.
    pub(crate) fn drops(self, mark: &str) -> bool {
        match self {
            Self::Accept => matches!(mark, "w:del" | "w:moveFrom" | "w:cellDel"),
            Self::Reject => matches!(mark, "w:ins" | "w:moveTo" | "w:cellIns"),
        }
    }
}

/// The first lines in which two documents differ, for people.
pub(crate) fn first_difference(got: &[String], want: &[String]) -> Option<String> {
    let at = (0..got.len().max(want.len())).find(|at| got.get(*at) != want.get(*at))?;
    let show = |lines: &[String]| lines.get(at).cloned().unwrap_or_else(|| "(no further line)".to_owned());
    let before = at.checked_sub(1).and_then(|before| want.get(before)).cloned().unwrap_or_default();
    Some(format!("line {at}, after {before}\n   got  {}\n   want {}", show(got), show(want)))
}
