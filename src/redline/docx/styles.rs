//! Styles: those of the older document are called by the name they share with the newer one's, and brought where the
//! newer one has none of that name.

use std::collections::{HashMap, HashSet};

use super::definitions::Definitions;
use super::graft::Used;
use super::lens::Renames;
use super::markup::inner;
use super::root::Root;
use crate::document::ooxml::{ReadError, XmlNode, attribute, child, elements};

/// Which ids of the older document's styles are other ids in the newer one.
pub(super) fn renames(both: &Definitions, renames: &mut Renames) -> Result<(), ReadError> {
    let (old, new) = (both.old.xml()?, both.new.xml()?);
    let names: HashMap<(String, String), &str> =
        styles(new.root()).filter_map(|node| Some((name(node)?, attribute(node, "styleId")?))).collect();
    for node in styles(old.root()) {
        let (Some(name), Some(id)) = (name(node), attribute(node, "styleId")) else { continue };
        if let Some(other) = names.get(&name).filter(|other| **other != id) {
            renames.styles.insert(id.to_owned(), (*other).to_owned());
        }
    }
    Ok(())
}

/// Writes the newer styles with those added that carried content needs, and those that these need.
pub(super) fn bring(
    both: &Definitions,
    work: &mut super::definitions::Bringing<'_, '_>,
) -> Result<Option<String>, ReadError> {
    let (old, new) = (both.old.xml()?, both.new.xml()?);
    let known: HashSet<&str> = styles(new.root()).filter_map(|node| attribute(node, "styleId")).collect();
    let theirs: HashMap<&str, XmlNode<'_>> =
        styles(old.root()).filter_map(|node| Some((attribute(node, "styleId")?, node))).collect();
    let root = Root::compare(&old, &new);
    let mut graft = work.graft(both, &root);
    let mut added = String::new();
    let mut at = 0;
    while let Some(id) = graft.carry.styles.get_index(at).cloned() {
        at += 1;
        if let (false, Some(node)) = (known.contains(id.as_str()), theirs.get(id.as_str())) {
            graft.node(&mut added, *node, None);
        }
    }
    if added.is_empty() {
        return Ok(None);
    }
    let mut text = both.new.text().to_owned();
    let end = inner(&text, new.root()).end;
    text.insert_str(end, &added);
    root.mend(&new, &mut text, Used::Yes);
    Ok(Some(text))
}

fn styles(root: XmlNode<'_>) -> impl Iterator<Item = XmlNode<'_>> {
    elements(root).filter(|node| node.name() == "style")
}

/// The kind and the name of a style; case does not count in names.
fn name(node: XmlNode<'_>) -> Option<(String, String)> {
    let name = attribute(child(node, "name")?, "val")?;
    Some((attribute(node, "type").unwrap_or("paragraph").to_owned(), name.to_lowercase()))
}
