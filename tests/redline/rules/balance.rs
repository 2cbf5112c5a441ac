//! What comes in pairs: fields, bookmarks, moves, ranges; after accepting and after rejecting too.

use std::collections::BTreeMap;

use super::super::resolve::{Decision, settle};
use super::super::xml::Node;

pub(super) fn broken(story: &Node) -> Vec<String> {
    let mut found = pairs(story);
    found.extend(moves(story));
    for decision in [Decision::Accept, Decision::Reject] {
        let settled = settle(story, decision);
        found.extend(fields(&settled).into_iter().map(|what| format!("after {decision:?}: {what}")));
        found.extend(tables(&settled).into_iter().map(|what| format!("after {decision:?}: {what}")));
    }
    found
}

/// Ranges that begin and end by id, and names that stand once.
fn pairs(story: &Node) -> Vec<String> {
    const KINDS: &[(&str, &str)] = &[
        ("w:bookmarkStart", "w:bookmarkEnd"),
        ("w:commentRangeStart", "w:commentRangeEnd"),
        ("w:moveFromRangeStart", "w:moveFromRangeEnd"),
        ("w:moveToRangeStart", "w:moveToRangeEnd"),
    ];
    let (all, mut found) = (story.all(), Vec::new());
    for (start, end) in KINDS {
        let mut open: BTreeMap<&str, i32> = BTreeMap::new();
        for node in &all {
            let change = i32::from(node.is(start)) - i32::from(node.is(end));
            if change != 0 {
                let count = open.entry(node.value("w:id")).or_default();
                *count += change;
                if !(0..=1).contains(count) {
                    found.push(format!("{} {} out of turn", node.name, node.value("w:id")));
                }
            }
        }
        found.extend(open.iter().filter(|(_, count)| **count != 0).map(|(id, _)| format!("{start} {id} does not end")));
    }
    let mut names = BTreeMap::new();
    for node in all.iter().filter(|node| node.is("w:bookmarkStart")) {
        *names.entry(node.value("w:name")).or_insert(0) += 1;
    }
    found.extend(
        names.iter().filter(|(_, count)| **count > 1).map(|(name, _)| format!("two bookmarks are called {name}")),
    );
    found
}

/// Each move has one place from and one place to, of one name.
fn moves(story: &Node) -> Vec<String> {
    let all = story.all();
    let names = |kind: &str| -> Vec<String> {
        let mut names: Vec<String> =
            all.iter().filter(|node| node.is(kind)).map(|node| node.value("w:name").to_owned()).collect();
        names.sort();
        names
    };
    let (from, to) = (names("w:moveFromRangeStart"), names("w:moveToRangeStart"));
    let mut found = Vec::new();
    if from != to {
        found.push(format!("moves from {from:?} and to {to:?} are not pairs"));
    }
    if from.iter().any(String::is_empty) || from.windows(2).any(|two| two[0] == two[1]) {
        found.push(format!("names of moves are not each there once: {from:?}"));
    }
    let within = |start: &str, end: &str, content: &str| {
        let mut open = 0_u32;
        let mut loose = 0;
        for node in &all {
            open += u32::from(node.is(start));
            open = open.saturating_sub(u32::from(node.is(end)));
            // The mark of a paragraph stands before the range, in its properties, and holds nothing.
            loose += u32::from(node.is(content) && !node.children.is_empty() && open == 0);
        }
        loose
    };
    if within("w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveFrom") > 0
        || within("w:moveToRangeStart", "w:moveToRangeEnd", "w:moveTo") > 0
    {
        found.push("moved content outside its range".to_owned());
    }
    found
}

fn fields(story: &Node) -> Vec<String> {
    let (mut open, mut found) = (0_i32, Vec::new());
    for node in story.all().into_iter().filter(|node| node.is("w:fldChar")) {
        match node.value("w:fldCharType") {
            "begin" => open += 1,
            "end" => open -= 1,
            _ => {}
        }
        if open < 0 {
            found.push("a field ends that did not begin".to_owned());
            open = 0;
        }
    }
    if open > 0 {
        found.push(format!("{open} fields do not end"));
    }
    found
}

/// Two tables never touch: a word processor would make them one.
fn tables(story: &Node) -> Vec<String> {
    let mut found = Vec::new();
    for node in story.all() {
        let blocks: Vec<&Node> =
            node.elements().filter(|child| matches!(child.name.as_str(), "w:p" | "w:tbl" | "w:sdt")).collect();
        if blocks.windows(2).any(|two| two.iter().all(|block| block.is("w:tbl"))) {
            found.push("two tables touch".to_owned());
        }
    }
    found
}
