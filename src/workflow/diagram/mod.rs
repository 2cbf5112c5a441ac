//! A definition as a picture: SVG to read, Mermaid to paste, BPMN 2.0 to open in a modelling tool.
//!
//! All three show every state and every transition of the definition, so that nobody has to guess how a case arrives,
//! who approves, what escalation and sending back lead to, or how it ends. Output depends on the definition alone: the
//! same definition gives the same bytes.

mod bpmn;
mod layout;
mod mermaid;
mod svg;
mod text;

pub use bpmn::bpmn;
pub use layout::{Band, Column, Course, Edge, EndMark, Frame, Label, Layout, Point, StateBox, layout};
pub use mermaid::mermaid;
pub use svg::{Highlight, svg};
pub use text::{Line, Style};

use std::fmt::Write as _;

use super::{Action, ActionName, Branch, ClockSpec, Definition, RoleName, StateName, Target};

/// One way a case can go: an action of a state and, where the action branches, one of its branches.
#[derive(Clone)]
struct Transition<'a> {
    from: &'a StateName,
    name: &'a ActionName,
    action: &'a Action,
    /// Place among the branches of the action, from 0.
    branch: usize,
    /// In words, where the action branches.
    condition: Option<String>,
    to: &'a StateName,
}

impl Transition<'_> {
    /// An XML name of its own for each transition, the same whenever the same definition is drawn.
    fn id(&self, prefix: &str) -> String {
        let id =
            format!("{prefix}.{}.{}.{}", name(self.from.as_str()), name(self.name.as_str()), name(self.to.as_str()));
        if self.branch == 0 { id } else { format!("{id}.{}", self.branch) }
    }

    /// Who takes the action, where that is not plainly the owner of the state or the body that decides there.
    fn taker(&self, definition: &Definition) -> Option<String> {
        let owner = definition.states.get(self.from).and_then(|state| state.owner.as_ref());
        let others: Vec<_> = self.action.by.iter().filter(|role| Some(*role) != owner).collect();
        if others.is_empty() {
            return None;
        }
        let titles = self.action.by.iter().map(|role| match role.as_str() {
            "system" => "automatically".to_owned(),
            role => format!("by {}", definition.title_of(role)),
        });
        Some(titles.collect::<Vec<_>>().join(", "))
    }
}

/// Every transition, in the order of states, actions and branches.
fn transitions(definition: &Definition) -> Vec<Transition<'_>> {
    let mut found = Vec::new();
    for from in definition.states.keys() {
        for (name, action) in definition.actions_of(from) {
            for (branch, to) in action.to.states(from).into_iter().enumerate() {
                if definition.states.contains_key(to) {
                    let condition = condition(definition, &action.to, branch);
                    found.push(Transition { from, name, action, branch, condition, to });
                }
            }
        }
    }
    found
}

/// When a branch is taken, in words; nothing where the action does not branch.
fn condition(definition: &Definition, target: &Target, branch: usize) -> Option<String> {
    let Target::Branches(branches) = target else { return None };
    let Branch { when, .. } = branches.get(branch).filter(|_| branches.len() > 1)?;
    Some(match (when, branch) {
        (None, _) => "otherwise".to_owned(),
        (Some(when), 0) => format!("if {}", when.words(definition)),
        (Some(when), _) => format!("otherwise, if {}", when.words(definition)),
    })
}

/// How long a clock gives, in words.
fn clock_words(definition: &Definition, clock: &ClockSpec) -> String {
    let days = |days: u16| if days == 1 { "1 Working Day".to_owned() } else { format!("{days} Working Days") };
    let given = clock.target.or(clock.allow).map(|given| days(given.get()));
    let until = clock.until.as_ref().map(|until| definition.fact_title(until));
    match (given, until) {
        (Some(given), _) if !clock.restarts_on.is_empty() => format!("every {given}"),
        (Some(given), None) => given,
        (Some(given), Some(_)) => format!("{given} or as set"),
        (None, Some(until)) => format!("Until: {until}"),
        (None, None) => clock.title.clone(),
    }
}

/// The title of a role as it stands alone, with a capital.
fn role_title(definition: &Definition, role: &RoleName) -> String {
    let title = definition.title_of(role.as_str());
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a new case is called: `New SIP`, `New consultation`.
fn beginning(definition: &Definition) -> String {
    let mut letters = definition.subject.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            format!("New {}{second}{}", first.to_lowercase(), letters.as_str())
        }
        _ => format!("New {}", definition.subject),
    }
}

/// Text made safe for XML, as element text or within a quoted attribute.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // XML has no way at all to write these.
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            control if control.is_control() && !matches!(control, '\t' | '\n' | '\r') => safe.push('\u{fffd}'),
            letter => safe.push(letter),
        }
    }
    safe
}

/// A name as part of an XML name: letters, digits and `_` as they are, anything else as its number between hyphens.
fn name(name: &str) -> String {
    let mut safe = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() || letter == '_' {
            safe.push(letter);
        } else {
            let _ = write!(safe, "-{:x}-", u32::from(letter));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{escape, name};

    #[test]
    fn text_is_safe_in_xml() {
        assert_eq!(escape("a < b & \"c\" 'd' >\u{1}\n"), "a &lt; b &amp; &quot;c&quot; &#39;d&#39; &gt;\u{fffd}\n");
    }

    #[test]
    fn names_that_differ_stay_different_as_xml_names() {
        assert_eq!(name("ia_sign_off"), "ia_sign_off");
        assert_eq!(name("a b.c"), "a-20-b-2e-c");
        assert_ne!(name("a-20-b"), name("a b"));
    }
}
