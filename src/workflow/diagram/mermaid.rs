//! A definition as a Mermaid flowchart, for pages and chats that draw Mermaid.

use std::fmt::Write as _;

use super::{Transition, beginning, clock_words, name, role_title, transitions};
use crate::workflow::{Definition, State, StateName};

/// Writes a definition as a Mermaid flowchart.
pub fn mermaid(definition: &Definition) -> String {
    let mut out = String::from("flowchart TD\n");
    let _ = writeln!(out, "    start((\"{}\")) --> {}", safe(&beginning(definition)), id(&definition.start));
    for stage in definition.stages.keys() {
        let mut states = definition.states.iter().filter(|(_, state)| state.stage == *stage).peekable();
        if states.peek().is_none() {
            continue;
        }
        let title = definition.stages.get(stage).map_or_else(|| stage.words(), |stage| stage.title.clone());
        let _ = writeln!(out, "    subgraph stage_{} [\"{}\"]", name(stage.as_str()), safe(&title));
        for (state_name, state) in states {
            let _ = writeln!(out, "        {}", node(definition, state_name, state));
        }
        out.push_str("    end\n");
    }
    for transition in transitions(definition) {
        let _ = writeln!(out, "    {}", way(definition, &transition));
    }
    out.push_str("    classDef detour stroke-dasharray: 6 4\n");
    out
}

/// A state: a hexagon where a determination is made, a double circle of an end, otherwise a box.
fn node(definition: &Definition, name: &StateName, state: &State) -> String {
    let mut lines = vec![safe(&state.title)];
    lines.extend(state.owner.as_ref().map(|owner| safe(&role_title(definition, owner))));
    lines.extend(definition.clocks_in(name).map(|(_, clock)| safe(&clock_words(definition, clock))));
    let words = lines.join("<br/>");
    let class = if state.detour.is_some() { ":::detour" } else { "" };
    let id = id(name);
    if state.is_final() {
        format!("{id}([\"{words}\"])")
    } else if state.determination.is_some() {
        format!("{id}{{{{\"{words}\"}}}}{class}")
    } else {
        format!("{id}[\"{words}\"]{class}")
    }
}

fn way(definition: &Definition, transition: &Transition<'_>) -> String {
    let asides = transition.taker(definition).into_iter().chain(transition.condition.clone());
    let words: Vec<_> =
        std::iter::once(transition.action.title.clone()).chain(asides).map(|part| safe(&part)).collect();
    format!("{} -->|\"{}\"| {}", id(transition.from), words.join("<br/>"), id(transition.to))
}

/// A name that no word of the language can be taken for.
fn id(state: &StateName) -> String {
    format!("state_{}", name(state.as_str()).replace('-', "__"))
}

/// Text in which nothing is read as Mermaid: every sign that could be becomes its number.
fn safe(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for (place, letter) in words.chars().enumerate() {
        match letter {
            // At the start it would begin a list.
            '-' if place > 0 => safe.push('-'),
            letter if letter.is_alphanumeric() || " ,:'()/\u{a3}".contains(letter) => safe.push(letter),
            letter if letter.is_control() => safe.push(' '),
            letter => {
                let _ = write!(safe, "#{};", u32::from(letter));
            }
        }
    }
    safe
}
