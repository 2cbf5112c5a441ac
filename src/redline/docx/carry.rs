//! What deleted content needs from the older package: pictures, addresses, styles, lists, notes. Each is brought once,
//! under a name that is free.

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;

use super::lens::NoteKind;
use super::pen::escaped;
use super::sections::StoryJob;
use crate::document::ooxml::{
    ContentTypes, Edits, Package, ReadError, Relationship, Relationships, Target, relationships_part,
};

/// Brings parts and names from the older package into the newer one.
pub(super) struct Carry<'p> {
    pub(super) old: &'p Package<'p>,
    pub(super) new: &'p Package<'p>,
    pub(super) edits: Edits,
    types: Types,
    /// Per newer part, what was added to what it points at.
    arrows: HashMap<String, Arrows>,
    old_relations: HashMap<String, Relationships>,
    /// Names of parts that are taken, in small letters.
    taken: HashSet<String>,
    /// Older parts already brought, and their names here.
    brought: HashMap<String, String>,
    last_drawing: u64,
    /// Styles that carried content names.
    pub(super) styles: IndexSet<String>,
    /// Lists that carried content is in.
    pub(super) numbers: IndexSet<String>,
    pub(super) notes: Notes,
    pub(super) stories: Vec<StoryJob>,
    /// The first thing that went wrong; told when all is written.
    failed: Option<ReadError>,
}

struct Types {
    old: ContentTypes,
    new: ContentTypes,
    added: String,
    extensions: HashSet<String>,
}

/// What a newer part points at, with what was added.
#[derive(Default)]
struct Arrows {
    known: Relationships,
    added: Vec<Relationship>,
    /// Ids of the older part, and what they are called here.
    renamed: HashMap<(String, String), String>,
    last: usize,
}

/// Notes to be brought.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Older note and its id here.
    pub(super) brought: HashMap<(NoteKind, String), String>,
    /// In the order they were asked for.
    pub(super) order: Vec<(NoteKind, String)>,
    /// The highest id in use, where it is not the older document's own that stays.
    pub(super) last: HashMap<NoteKind, u64>,
}

impl<'p> Carry<'p> {
    pub(super) fn new(old: &'p Package<'p>, new: &'p Package<'p>) -> Result<Self, ReadError> {
        let types = Types {
            old: old.content_types()?,
            new: new.content_types()?,
            added: String::new(),
            extensions: HashSet::new(),
        };
        Ok(Self {
            old,
            new,
            edits: Edits::new(),
            types,
            arrows: HashMap::new(),
            old_relations: HashMap::new(),
            taken: new.names().map(str::to_ascii_lowercase).collect(),
            brought: HashMap::new(),
            last_drawing: 0,
            styles: IndexSet::new(),
            numbers: IndexSet::new(),
            notes: Notes::default(),
            stories: Vec::new(),
            failed: None,
        })
    }

    /// Ids of drawings given from here on are above this one.
    pub(super) fn start_above(&mut self, id: u64) {
        self.last_drawing = self.last_drawing.max(id);
    }

    pub(super) fn drawing_id(&mut self) -> String {
        self.last_drawing += 1;
        self.last_drawing.to_string()
    }

    /// Content that was carried names this style.
    pub(super) fn need_style(&mut self, id: &str) {
        if !self.styles.contains(id) {
            self.styles.insert(id.to_owned());
        }
    }

    /// Content that was carried is in this list.
    pub(super) fn need_number(&mut self, number: &str) {
        if !self.numbers.contains(number) {
            self.numbers.insert(number.to_owned());
        }
    }

    /// Content that was carried refers to this note; gives its id here.
    pub(super) fn note(&mut self, kind: NoteKind, id: &str) -> String {
        let key = (kind, id.to_owned());
        if let Some(known) = self.notes.brought.get(&key) {
            return known.clone();
        }
        let here = match self.notes.last.get_mut(&kind) {
            Some(last) => {
                *last += 1;
                last.to_string()
            }
            None => id.to_owned(),
        };
        self.notes.order.push(key.clone());
        self.notes.brought.insert(key, here.clone());
        here
    }

    /// What the relationship `id` of an older part is called in a newer part, added there if it has none like it.
    pub(super) fn relation(&mut self, old_part: &str, new_part: &str, id: &str) -> String {
        match self.try_relation(old_part, new_part, id) {
            Ok(id) => id,
            Err(error) => {
                self.fail(error);
                id.to_owned()
            }
        }
    }

    fn try_relation(&mut self, old_part: &str, new_part: &str, id: &str) -> Result<String, ReadError> {
        self.load(old_part, new_part)?;
        if id.is_empty() {
            return Ok(String::new());
        }
        let key = (old_part.to_owned(), id.to_owned());
        if let Some(known) = self.arrows.get(new_part).and_then(|arrows| arrows.renamed.get(&key)) {
            return Ok(known.clone());
        }
        let found = self.old_relations.get(old_part).and_then(|all| all.get(id)).cloned();
        let found = found.unwrap_or_else(|| Relationship {
            id: id.to_owned(),
            kind: LINK.to_owned(),
            target: Target::External(NOWHERE.to_owned()),
        });
        let here = match self.like(new_part, &found) {
            Some(known) => known,
            None => self.add_relation(new_part, &found)?,
        };
        if let Some(arrows) = self.arrows.get_mut(new_part) {
            arrows.renamed.insert(key, here.clone());
        }
        Ok(here)
    }

    fn load(&mut self, old_part: &str, new_part: &str) -> Result<(), ReadError> {
        self.load_old(old_part)?;
        self.load_new(new_part)
    }

    fn load_old(&mut self, part: &str) -> Result<(), ReadError> {
        if !self.old_relations.contains_key(part) {
            self.old_relations.insert(part.to_owned(), self.old.relationships(part)?);
        }
        Ok(())
    }

    fn load_new(&mut self, new_part: &str) -> Result<(), ReadError> {
        if !self.arrows.contains_key(new_part) {
            let known = self.new.relationships(new_part)?;
            self.arrows.insert(new_part.to_owned(), Arrows { known, ..Arrows::default() });
        }
        Ok(())
    }

    /// The kind and target of a relationship of a newer part that leads to a part.
    pub(super) fn part_here(&mut self, part: &str, id: &str) -> Result<Option<(String, String)>, ReadError> {
        self.load_new(part)?;
        Ok(self.arrows.get(part).and_then(|arrows| part_of(&arrows.known, id)))
    }

    /// The same of an older part.
    pub(super) fn part_there(&mut self, part: &str, id: &str) -> Result<Option<(String, String)>, ReadError> {
        self.load_old(part)?;
        Ok(self.old_relations.get(part).and_then(|known| part_of(known, id)))
    }

    /// A relationship that the newer part has already, to the same thing. A header or footer is never the same: the one
    /// here may come to hold changes.
    fn like(&self, new_part: &str, wanted: &Relationship) -> Option<String> {
        if wanted.kind.ends_with("/header") || wanted.kind.ends_with("/footer") {
            return None;
        }
        let arrows = self.arrows.get(new_part)?;
        let same = |one: &&Relationship| one.kind == wanted.kind && self.same_target(&one.target, &wanted.target);
        arrows.known.iter().find(same).map(|one| one.id.clone())
    }

    fn same_target(&self, new: &Target, old: &Target) -> bool {
        match (new, old) {
            (Target::External(new), Target::External(old)) => new == old,
            (Target::Part(new), Target::Part(old)) => {
                !self.old.contains(&relationships_part(old)) && self.old.same(old, self.new, new).unwrap_or(false)
            }
            _ => false,
        }
    }

    fn add_relation(&mut self, new_part: &str, wanted: &Relationship) -> Result<String, ReadError> {
        let target = match &wanted.target {
            Target::External(address) => Target::External(address.clone()),
            Target::Part(part) if self.old.contains(part) => Target::Part(self.bring(part)?),
            Target::Part(_) => Target::External(NOWHERE.to_owned()),
        };
        self.point(new_part, &wanted.kind, target)
    }

    /// Adds a relationship to a newer part; gives its id.
    pub(super) fn point(&mut self, new_part: &str, kind: &str, target: Target) -> Result<String, ReadError> {
        self.load_new(new_part)?;
        let Some(arrows) = self.arrows.get_mut(new_part) else { return Ok(String::new()) };
        let id = loop {
            arrows.last += 1;
            let id = format!("rIdOld{}", arrows.last);
            if arrows.known.get(&id).is_none() {
                break id;
            }
        };
        arrows.added.push(Relationship { id: id.clone(), kind: kind.to_owned(), target });
        Ok(id)
    }

    /// Brings an older part with everything it points at; gives its name here.
    pub(super) fn bring(&mut self, part: &str) -> Result<String, ReadError> {
        if let Some(known) = self.brought.get(part) {
            return Ok(known.clone());
        }
        let name = self.free_name(part);
        self.brought.insert(part.to_owned(), name.clone());
        let bytes = self.old.bytes(part)?;
        self.edits.add(&name, bytes);
        self.set_type(part, &name);
        let inner = self.old.relationships(part)?;
        if inner.iter().next().is_some() {
            let mut list = Vec::new();
            for one in inner.iter() {
                let target = match &one.target {
                    Target::Part(inside) if self.old.contains(inside) => Target::Part(self.bring(inside)?),
                    Target::Part(_) => Target::External(NOWHERE.to_owned()),
                    external @ Target::External(_) => external.clone(),
                };
                list.push(Relationship { target, ..one.clone() });
            }
            let text = format!("{RELATIONSHIPS_HEAD}{}</Relationships>", written(&list));
            self.edits.add(&relationships_part(&name), text.into_bytes());
        }
        Ok(name)
    }

    /// A name like that of a part, which no part here has.
    pub(super) fn free_name(&mut self, part: &str) -> String {
        let (stem, extension) = part.rsplit_once('.').unwrap_or((part, "bin"));
        let mut name = part.to_owned();
        let mut number = 0;
        while !self.taken.insert(name.to_ascii_lowercase()) {
            number += 1;
            name = format!("{stem}_old{number}.{extension}");
        }
        name
    }

    fn set_type(&mut self, old: &str, name: &str) {
        if let Some(kind) = self.types.old.of(old).map(str::to_owned) {
            self.declare_type(name, &kind);
        }
    }

    /// Says what kind a part of this name is, if nothing says so yet.
    pub(super) fn declare_type(&mut self, name: &str, kind: &str) {
        if self.types.new.of(name) == Some(kind) {
            return;
        }
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
        let unknown = self.types.new.of_extension(&extension).is_none();
        if unknown && extension != "xml" {
            if self.types.extensions.insert(extension.clone()) {
                let (extension, kind) = (escaped(&extension), escaped(kind));
                put!(self.types.added, "<Default Extension=\"{extension}\" ContentType=\"{kind}\"/>");
            }
            return;
        }
        let (name, kind) = (escaped(name), escaped(kind));
        put!(self.types.added, "<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    }

    /// The kind of a part of the newer package.
    pub(super) fn type_of(&self, part: &str) -> Option<String> {
        self.types.new.of(part).or_else(|| self.types.old.of(part)).map(str::to_owned)
    }

    /// The kind of a part of the older package.
    pub(super) fn type_of_old(&self, part: &str) -> Option<String> {
        self.types.old.of(part).map(str::to_owned)
    }

    /// Remembers the first thing that went wrong.
    pub(super) fn fail(&mut self, error: ReadError) {
        self.failed.get_or_insert(error);
    }

    /// Copies what a newer part points at to another name of it.
    pub(super) fn copy_relations(&mut self, from: &str, to: &str) -> Result<(), ReadError> {
        let known: Vec<Relationship> = self.new.relationships(from)?.iter().cloned().collect();
        let arrows = self.arrows.entry(to.to_owned()).or_default();
        arrows.added.extend(known);
        Ok(())
    }

    /// The package with everything in it.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, ReadError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let mut arrows: Vec<_> = self.arrows.drain().filter(|(_, arrows)| !arrows.added.is_empty()).collect();
        arrows.sort_by(|a, b| a.0.cmp(&b.0));
        for (part, arrows) in arrows {
            let list = relationships_part(&part);
            let text = if self.new.contains(&list) {
                before_end(&self.new.text(&list)?, "Relationships", &written(&arrows.added))
            } else {
                format!("{RELATIONSHIPS_HEAD}{}</Relationships>", written(&arrows.added))
            };
            self.edits.set(&list, text.into_bytes());
            if self.types.new.of_extension("rels").is_none() {
                self.declare_type("x.rels", "application/vnd.openxmlformats-package.relationships+xml");
            }
        }
        if !self.types.added.is_empty() {
            let text = self.new.text(ContentTypes::PART)?;
            self.edits.set(ContentTypes::PART, before_end(&text, "Types", &self.types.added).into_bytes());
        }
        self.new.with(self.edits)
    }
}

fn part_of(relations: &Relationships, id: &str) -> Option<(String, String)> {
    let one = relations.get(id)?;
    match &one.target {
        Target::Part(name) => Some((one.kind.clone(), name.clone())),
        Target::External(_) => None,
    }
}

/// Where a relationship leads whose target is missing from the older file, so that the result is sound all the same.
const NOWHERE: &str = "NULL";
const LINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
const RELATIONSHIPS_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
     <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";

fn written(list: &[Relationship]) -> String {
    let one = |one: &Relationship| {
        let (target, mode) = match &one.target {
            Target::Part(name) => (format!("/{name}"), ""),
            Target::External(address) => (address.clone(), " TargetMode=\"External\""),
        };
        let (id, kind, target) = (escaped(&one.id), escaped(&one.kind), escaped(&target));
        format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"{mode}/>")
    };
    list.iter().map(one).collect()
}

/// A list with more at its end; its root may carry a prefix or hold nothing.
fn before_end(text: &str, root: &str, more: &str) -> String {
    if let Some(at) = text.rfind("</") {
        let prefix = text.get(at + 2..).and_then(|rest| rest.split_once(root)).map_or("", |(prefix, _)| prefix);
        let more = if prefix.is_empty() { more.to_owned() } else { more.replace('<', &format!("<{prefix}")) };
        return format!("{}{more}{}", text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    }
    match text.rfind("/>") {
        Some(at) => format!("{}>{more}</{root}>", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
