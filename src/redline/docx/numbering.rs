//! Lists: those of the older document are called by the number of one that is defined alike, and brought where the newer
//! document has none.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use super::definitions::{Bringing, Definitions};
use super::graft::Used;
use super::hash::of_numbers;
use super::lens::{Lens, Renames};
use super::markup::{inner, open_tag, qualified_name};
use super::root::Root;
use super::votes::Uses;
use crate::document::ooxml::{ReadError, XmlNode, attribute, child, elements};

/// Which numbers of the older document's lists are other numbers in the newer one. A list that has no like there keeps
/// its number where that is free, and gets one that is free elsewhere.
///
/// Of lists defined alike, those go together that share most paragraphs; then, unless these show that numbers were given
/// anew, those of the same number; then those that are used in the same order.
pub(super) fn renames(
    both: &Definitions,
    styles: &Renames,
    uses: &(Uses, Uses),
) -> Result<HashMap<String, String>, ReadError> {
    let (old, new) = (both.old.xml()?, both.new.xml()?);
    let nothing = (HashMap::new(), HashMap::new());
    let as_is = Renames::default();
    let theirs = lists(old.root(), Lens { renames: styles, targets: &nothing.0, notes: &nothing.1 });
    let ours = lists(new.root(), Lens { renames: &as_is, targets: &nothing.0, notes: &nothing.1 });
    let mut pairs = Pairs { theirs: &theirs, ours: &ours, of_theirs: HashMap::new(), of_ours: HashSet::new() };
    for (old, new) in uses.0.in_common(&uses.1) {
        pairs.add(&old, &new);
    }
    if pairs.of_theirs.iter().all(|(old, new)| old == new) {
        for number in theirs.keys() {
            pairs.add(number, number);
        }
    }
    let mut waiting: HashMap<u64, VecDeque<&str>> = HashMap::new();
    for number in in_order_of_use(&uses.1, &ours) {
        waiting.entry(ours.get(number).copied().unwrap_or_default()).or_default().push_back(number);
    }
    for number in in_order_of_use(&uses.0, &theirs) {
        let alike = theirs.get(number).and_then(|digest| waiting.get_mut(digest));
        let Some(alike) = alike.filter(|_| !pairs.of_theirs.contains_key(number)) else { continue };
        while let Some(other) = alike.pop_front() {
            if pairs.may_pair(number, other) {
                pairs.add(number, other);
                break;
            }
        }
    }
    Ok(pairs.renames())
}

/// The lists that are used, in the order of their first use, then the others.
fn in_order_of_use<'l>(uses: &'l Uses, all: &'l BTreeMap<String, u64>) -> impl Iterator<Item = &'l str> {
    let others = all.keys().filter(|number| !uses.order.contains(*number));
    uses.order.iter().chain(others).map(String::as_str)
}

/// Lists that were found to be one.
struct Pairs<'l> {
    theirs: &'l BTreeMap<String, u64>,
    ours: &'l BTreeMap<String, u64>,
    of_theirs: HashMap<String, String>,
    of_ours: HashSet<String>,
}

impl Pairs<'_> {
    fn may_pair(&self, old: &str, new: &str) -> bool {
        let alike = self.theirs.get(old).is_some_and(|digest| self.ours.get(new) == Some(digest));
        alike && !self.of_theirs.contains_key(old) && !self.of_ours.contains(new)
    }

    fn add(&mut self, old: &str, new: &str) {
        if self.may_pair(old, new) {
            self.of_theirs.insert(old.to_owned(), new.to_owned());
            self.of_ours.insert(new.to_owned());
        }
    }

    fn renames(self) -> HashMap<String, String> {
        let mut taken: HashSet<String> = self.ours.keys().cloned().collect();
        let highest = self.theirs.keys().chain(self.ours.keys()).filter_map(|number| number.parse::<u64>().ok()).max();
        let mut last = highest.unwrap_or(0);
        let mut renames = self.of_theirs;
        for number in self.theirs.keys() {
            if !renames.contains_key(number) && !taken.insert(number.clone()) {
                last += 1;
                renames.insert(number.clone(), last.to_string());
            }
        }
        renames.retain(|old, new| old != new);
        renames
    }
}

/// Writes the newer lists with those added that carried content needs.
pub(super) fn bring(both: &Definitions, work: &mut Bringing<'_, '_>) -> Result<Option<String>, ReadError> {
    let (old, new) = (both.old.xml()?, both.new.xml()?);
    let known: HashSet<&str> = named(new.root(), "num").filter_map(|node| attribute(node, "numId")).collect();
    let root = Root::compare(&old, &new);
    let mut graft = work.graft(both, &root);
    let mut last = named(new.root(), "abstractNum").filter_map(|node| id(node, "abstractNumId")).max().unwrap_or(0);
    let (mut definitions, mut numbers) = (String::new(), String::new());
    for node in named(old.root(), "num") {
        let number = attribute(node, "numId").unwrap_or_default();
        let here = graft.lens.number(number).to_owned();
        if known.contains(here.as_str()) || !graft.carry.numbers.contains(&here) {
            continue;
        }
        let Some(definition) = definition_of(old.root(), node) else { continue };
        last += 1;
        let mut text = String::new();
        graft.node(&mut text, definition, None);
        let old_id = attribute(definition, "abstractNumId").unwrap_or_default();
        definitions.push_str(&with_id(&text, "abstractNumId", old_id, last));
        let (w, text) = (&root.w, both.old.text());
        let name = qualified_name(text, node);
        numbers.push_str(&open_tag(text, node).replacen(
            &format!("numId=\"{number}\""),
            &format!("numId=\"{here}\""),
            1,
        ));
        put!(numbers, "><{w}abstractNumId {w}val=\"{last}\"/>");
        for inside in elements(node).filter(|inside| inside.name() != "abstractNumId") {
            graft.node(&mut numbers, inside, None);
        }
        put!(numbers, "</{name}>");
    }
    if numbers.is_empty() {
        return Ok(None);
    }
    let mut text = both.new.text().to_owned();
    let end = inner(&text, new.root()).end;
    let after = named(new.root(), "num").last().map(|node| node.range().end);
    let clean_up = named(new.root(), "numIdMacAtCleanup").next().map(|node| node.range().start);
    text.insert_str(after.or(clean_up).unwrap_or(end), &numbers);
    let before = named(new.root(), "num").next().map(|node| node.range().start);
    text.insert_str(before.or(clean_up).unwrap_or(end), &definitions);
    root.mend(&new, &mut text, Used::Yes);
    Ok(Some(text))
}

fn with_id(text: &str, name: &str, old: &str, new: u64) -> String {
    text.replacen(&format!("{name}=\"{old}\""), &format!("{name}=\"{new}\""), 1)
}

fn named<'x>(root: XmlNode<'x>, name: &'static str) -> impl Iterator<Item = XmlNode<'x>> {
    elements(root).filter(move |node| node.name() == name)
}

fn id(node: XmlNode<'_>, name: &str) -> Option<u64> {
    attribute(node, name)?.parse().ok()
}

fn definition_of<'x>(root: XmlNode<'x>, number: XmlNode<'x>) -> Option<XmlNode<'x>> {
    let wanted = attribute(child(number, "abstractNumId")?, "val")?;
    named(root, "abstractNum").find(|node| attribute(*node, "abstractNumId") == Some(wanted))
}

/// Each list and the digest of how it is defined.
fn lists(root: XmlNode<'_>, lens: Lens<'_>) -> BTreeMap<String, u64> {
    let chosen = |node: &XmlNode<'_>| matches!(node.name(), "nsid" | "tmpl" | "abstractNumId");
    let digest = |node: XmlNode<'_>| lens.properties(elements(node).filter(|inside| !chosen(inside)));
    let definitions: HashMap<u64, u64> =
        named(root, "abstractNum").filter_map(|node| Some((id(node, "abstractNumId")?, digest(node)))).collect();
    let list = |node: XmlNode<'_>| {
        let of = child(node, "abstractNumId").and_then(|inside| id(inside, "val"))?;
        Some((
            attribute(node, "numId")?.to_owned(),
            of_numbers(&[definitions.get(&of).copied().unwrap_or(0), digest(node)]),
        ))
    };
    named(root, "num").filter_map(list).collect()
}
