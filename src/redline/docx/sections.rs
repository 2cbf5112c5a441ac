//! Headers and footers: stories of a section, written after the body says which belong together.

use super::carry::Carry;
use super::inline::is_story;
use super::markup::{open_tag, raw};
use super::properties::Sections;
use super::story::Story;
use super::write::Writer;
use crate::document::ooxml::{ReadError, Space, Target, XmlNode, attribute, elements};

/// A header or footer to be compared and written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StoryJob {
    /// The older part, if there is one.
    pub(super) old: Option<String>,
    /// The newer part, if there is one.
    pub(super) new: Option<String>,
    /// What the part with the changes is called.
    pub(super) result: String,
}

/// A section as far as its headers and footers go.
#[derive(Debug, Clone, Default)]
pub(super) struct Stories<'x> {
    /// Its own references.
    own: Vec<XmlNode<'x>>,
    /// Those of the sections before it, which it takes over where it has none of its own; the last first.
    taken_over: Vec<XmlNode<'x>>,
}

impl<'x> Stories<'x> {
    /// Those of a section, without what it takes over.
    pub(super) fn of(section: XmlNode<'x>) -> Self {
        Self { own: elements(section).filter(|node| is_reference(*node)).collect(), taken_over: Vec::new() }
    }

    /// The same after the sections of these paragraphs.
    pub(super) fn after(mut self, story: &Story<'x>) -> Self {
        let before = story.paragraphs.iter().rev().filter_map(|paragraph| paragraph.section);
        self.taken_over = before.flat_map(elements).filter(|node| is_reference(*node)).collect();
        self
    }

    fn has(&self, of: (&str, &str)) -> bool {
        self.own.iter().any(|node| kind(*node) == of)
    }

    fn get(&self, of: (&str, &str)) -> Option<XmlNode<'x>> {
        self.own.iter().chain(&self.taken_over).copied().find(|node| kind(*node) == of)
    }
}

impl<'x> Writer<'_, 'x, '_> {
    /// Two sections that end with a paragraph, as one: what of their properties and their headers and footers is the
    /// same.
    pub(super) fn sections_of(&mut self, old: Option<XmlNode<'x>>, new: Option<XmlNode<'x>>) -> Sections<'x> {
        let stories = |node: Option<XmlNode<'x>>| node.map(Stories::of).unwrap_or_default();
        self.sections_with((old, &stories(old)), (new, &stories(new)))
    }

    /// The same for sections that may take over headers and footers from those before them.
    ///
    /// A section that shows one in only one of the documents of its own, and in the other by taking it over, gets one of
    /// its own: what comes before it may be gone once changes are taken or refused.
    pub(super) fn sections_with(
        &mut self,
        (old, theirs): (Option<XmlNode<'x>>, &Stories<'x>),
        (new, ours): (Option<XmlNode<'x>>, &Stories<'x>),
    ) -> Sections<'x> {
        let mut sections = Sections { old, new, same_format: true, same_stories: true, stories: String::new() };
        let (Some(before), Some(after)) = (old, new) else { return sections };
        let format_old = self.graft.lens.properties(elements(before).filter(|node| !is_story(*node)));
        let format_new = self.lens.properties(elements(after).filter(|node| !is_story(*node)));
        sections.same_format = format_old == format_new;
        for node in &ours.own {
            let reference = self.story_reference(*node, theirs.get(kind(*node)));
            sections.same_stories &= reference == raw(self.text, *node);
            sections.stories.push_str(&reference);
        }
        for node in theirs.own.iter().filter(|node| !ours.has(kind(**node))) {
            let reference = match ours.get(kind(*node)) {
                Some(other) => self.story_reference(other, Some(*node)),
                None => self.story_gone(*node),
            };
            sections.same_stories &= reference.is_empty();
            sections.stories.push_str(&reference);
        }
        sections
    }

    /// A reference to a header or footer of the newer document, to be compared with its partner.
    fn story_reference(&mut self, new: XmlNode<'x>, old: Option<XmlNode<'x>>) -> String {
        let text = raw(self.text, new).to_owned();
        let (old_part, new_part) = (self.graft.old_part, self.graft.new_part);
        let Some(id) = relation_id(new) else { return text };
        match self.graft.carry.pair_stories(old_part, old.and_then(relation_id), new_part, id) {
            Ok(other) if other != id => text.replacen(&format!("\"{id}\""), &format!("\"{other}\""), 1),
            Ok(_) => text,
            Err(error) => {
                self.graft.carry.fail(error);
                text
            }
        }
    }

    /// A reference to a header or footer that only the older document has; what it says is deleted, not it.
    fn story_gone(&mut self, node: XmlNode<'x>) -> String {
        let (old_part, new_part) = (self.graft.old_part, self.graft.new_part);
        let Some(id) = relation_id(node) else { return String::new() };
        let other = match self.graft.carry.story_gone(old_part, id, new_part) {
            Ok(Some(other)) => other,
            Ok(None) => return String::new(),
            Err(error) => {
                self.graft.carry.fail(error);
                return String::new();
            }
        };
        self.graft.used = super::graft::Used::Yes;
        let tag = open_tag(self.graft.text, node);
        format!("{}/>", tag.replacen(&format!("\"{id}\""), &format!("\"{other}\""), 1))
    }
}

fn is_reference(node: XmlNode<'_>) -> bool {
    matches!(node.name(), "headerReference" | "footerReference")
}

/// Header or footer, and of which pages.
fn kind(node: XmlNode<'_>) -> (&str, &str) {
    (node.name(), attribute(node, "type").unwrap_or("default"))
}

fn relation_id(node: XmlNode<'_>) -> Option<&str> {
    node.attributes().find(|one| one.space() == Space::Relationship).map(|one| one.value())
}

impl Carry<'_> {
    /// Remembers that two headers or footers are one; gives the relationship under which the result is referred to.
    fn pair_stories(
        &mut self,
        old_part: &str,
        old: Option<&str>,
        new_part: &str,
        new: &str,
    ) -> Result<String, ReadError> {
        let Some((kind, new_name)) = self.part_here(new_part, new)? else {
            return Ok(new.to_owned());
        };
        let before = match old {
            Some(id) => self.part_there(old_part, id)?.map(|(_, name)| name),
            None => None,
        };
        let is_of_new = |job: &&StoryJob| job.new.as_ref() == Some(&new_name);
        if self.stories.iter().filter(is_of_new).any(|job| job.old == before && job.result == new_name) {
            return Ok(new.to_owned());
        }
        if !self.stories.iter().any(|job| job.new.as_ref() == Some(&new_name)) {
            self.stories.push(StoryJob { old: before, new: Some(new_name.clone()), result: new_name });
            return Ok(new.to_owned());
        }
        let result = match self.stories.iter().filter(is_of_new).find(|job| job.old == before) {
            Some(job) => job.result.clone(),
            None => self.copy_of_story(before, &new_name)?,
        };
        self.point(new_part, &kind, Target::Part(result))
    }

    /// A second copy of a newer header that is compared with more than one older header.
    fn copy_of_story(&mut self, old: Option<String>, new: &str) -> Result<String, ReadError> {
        let result = self.free_name(new);
        if let Some(kind) = self.type_of(new) {
            self.declare_type(&result, &kind);
        }
        self.copy_relations(new, &result)?;
        self.stories.push(StoryJob { old, new: Some(new.to_owned()), result: result.clone() });
        Ok(result)
    }

    /// Prepares a header or footer that only the older document has; gives the relationship to refer to it by.
    fn story_gone(&mut self, old_part: &str, id: &str, new_part: &str) -> Result<Option<String>, ReadError> {
        let Some((kind, old)) = self.part_there(old_part, id)? else { return Ok(None) };
        let result = self.free_name(&old);
        if let Some(kind) = self.type_of_old(&old) {
            self.declare_type(&result, &kind);
        }
        self.stories.push(StoryJob { old: Some(old), new: None, result: result.clone() });
        self.point(new_part, &kind, Target::Part(result)).map(Some)
    }
}
