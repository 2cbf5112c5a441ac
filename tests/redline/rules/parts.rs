//! Entries, relationships and content types.

use std::collections::BTreeSet;

use super::super::package::{Package, Target};
use super::is_story;

pub(super) fn broken(redline: &Package, new: &Package) -> Vec<String> {
    let mut found = entries(redline, new);
    found.extend(relationships(redline));
    found.extend(content_types(redline));
    for (name, bytes) in redline.bytes.iter().filter(|(name, _)| name.ends_with(".xml")) {
        found.extend(
            undeclared(&String::from_utf8_lossy(bytes))
                .map(|prefix| format!("{name}: mc:Ignorable names {prefix}, which is not declared")),
        );
    }
    found
}

fn entries(redline: &Package, new: &Package) -> Vec<String> {
    let mut found = Vec::new();
    if redline.names.first().is_none_or(|first| first != "[Content_Types].xml") {
        found.push("[Content_Types].xml is not the first entry".to_owned());
    }
    if redline.names.iter().collect::<BTreeSet<_>>().len() < redline.names.len() {
        found.push("two entries have one name".to_owned());
    }
    let kept: Vec<&String> = redline.names.iter().filter(|name| new.bytes.contains_key(*name)).collect();
    let wanted: Vec<&String> = new.names.iter().filter(|name| *name != "[Content_Types].xml").collect();
    if kept.into_iter().filter(|name| *name != "[Content_Types].xml").ne(wanted) {
        found.push("the entries of the newer file are not all there in their order".to_owned());
    }
    for (name, bytes) in &new.bytes {
        let may_change = is_story(name) && !name.contains("comments")
            || name.ends_with(".rels")
            || matches!(name.as_str(), "[Content_Types].xml" | "word/numbering.xml" | "word/styles.xml");
        if !may_change && redline.bytes.get(name).is_some_and(|own| own != bytes) {
            found.push(format!("{name} is not byte for byte what it was"));
        }
    }
    found
}

fn relationships(redline: &Package) -> Vec<String> {
    let mut found = Vec::new();
    for (part, id, target) in redline.relationships() {
        if let Target::Part(name) = target
            && !redline.bytes.contains_key(name)
        {
            found.push(format!("{part}: {id} leads to {name}, which is missing"));
        }
    }
    for (part, tree) in redline.trees.iter().filter(|(name, _)| is_story(name)) {
        for node in tree.all() {
            let ids = node.attributes.iter().filter(|(name, _)| name.starts_with("r:"));
            let undefined = ids.filter(|(_, id)| !id.is_empty() && redline.target(part, id).is_none());
            found.extend(undefined.map(|(_, id)| format!("{part}: {} uses {id}, which is not defined", node.name)));
        }
    }
    found
}

fn content_types(redline: &Package) -> Vec<String> {
    let Some(types) = redline.trees.get("[Content_Types].xml") else { return Vec::new() };
    let with = |name: &str, attribute: &str| -> Vec<String> {
        types.elements().filter(|one| one.is(name)).map(|one| one.value(attribute).to_lowercase()).collect()
    };
    let (extensions, parts) = (with("ct:Default", "Extension"), with("ct:Override", "PartName"));
    let mut found = Vec::new();
    for name in redline.names.iter().map(|name| name.to_lowercase()).filter(|name| !name.ends_with('/')) {
        let extension = name.rsplit('.').next().unwrap_or_default().to_owned();
        if name != "[content_types].xml" && !extensions.contains(&extension) && !parts.contains(&format!("/{name}")) {
            found.push(format!("{name} has no content type"));
        }
    }
    let there: BTreeSet<String> = redline.names.iter().map(|name| format!("/{}", name.to_lowercase())).collect();
    found.extend(
        parts
            .iter()
            .filter(|part| !there.contains(*part))
            .map(|part| format!("content type of {part}, which is missing")),
    );
    if parts.iter().collect::<BTreeSet<_>>().len() < parts.len() {
        found.push("a part has two content types".to_owned());
    }
    found
}

/// The prefixes that a part says may be ignored, but does not declare.
fn undeclared(text: &str) -> impl Iterator<Item = &str> {
    let listed =
        text.split_once("Ignorable=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |(list, _)| list);
    listed.split_whitespace().filter(move |prefix| !text.contains(&format!("xmlns:{prefix}=")))
}
