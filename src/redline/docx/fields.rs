//! Complex fields: from `begin` to `end` they are one thing, which changes whole or not at all.

use super::bookmarks::renamed;
use super::hash::Hash;
use super::read::Reader;
use super::story::PartKind;
use crate::document::ooxml::{XmlNode, attribute};
use crate::redline::diff::{Class, Token};

/// The fields that are open at this place of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// How many links and controls are open.
    depth: usize,
    /// Of each open field: its depth, its first token and its first part.
    open: Vec<(usize, usize, usize)>,
}

/// What a field character does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldChar {
    Begin,
    Separate,
    End,
}

pub(super) fn field_char(node: XmlNode<'_>) -> FieldChar {
    match attribute(node, "fldCharType") {
        Some("begin") => FieldChar::Begin,
        Some("end") => FieldChar::End,
        _ => FieldChar::Separate,
    }
}

impl Fields {
    pub(super) fn enter(&mut self) {
        self.depth += 1;
    }

    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.open.retain(|(depth, ..)| *depth <= self.depth);
    }
}

impl Reader<'_, '_> {
    /// After a field character was read: a field that ends where it began, in one paragraph and one link, becomes one
    /// token.
    pub(super) fn field_char(&mut self, what: FieldChar, fields: &mut Fields) {
        let (tokens, parts) = (self.story.tokens.len(), self.story.parts.len());
        match what {
            FieldChar::Begin => fields.open.push((fields.depth, tokens.saturating_sub(1), parts.saturating_sub(1))),
            FieldChar::Separate => {}
            FieldChar::End => {
                if let Some((depth, token, part)) = fields.open.pop()
                    && depth == fields.depth
                    && fields.open.is_empty()
                {
                    self.join_field(token, part);
                }
            }
        }
    }

    fn join_field(&mut self, first_token: usize, first_part: usize) {
        let key = self.field_key(first_part);
        let id = self.ids.id(key);
        self.story.tokens.truncate(first_token);
        self.story.ends.truncate(first_token);
        self.story.tokens.push(Token { id, class: Class::Word });
        self.story.ends.push(self.story.text.len());
    }

    /// The digest of a field: its code and its result, however they are split, and the formats they are in.
    fn field_key(&self, first_part: usize) -> u64 {
        let mut hash = Hash::new();
        let (mut code, mut result) = (String::new(), String::new());
        for part in self.story.parts.get(first_part..).unwrap_or_default() {
            match part.kind {
                PartKind::Marker => {}
                PartKind::Text => result.push_str(self.story.slice(&part.range)),
                _ if part.node.name() == "instrText" => code.push_str(part.node.text().unwrap_or_default()),
                _ => {
                    hash.text(&renamed(&code, &self.lens.renames.bookmarks));
                    hash.text(&result);
                    code.clear();
                    result.clear();
                    hash.number(self.lens.node(part.node));
                }
            }
        }
        hash.number(self.formats(first_part));
        hash.finish()
    }

    fn formats(&self, first_part: usize) -> u64 {
        let mut hash = Hash::new();
        let mut last = None;
        for part in self.story.parts.get(first_part..).unwrap_or_default() {
            let format = part.run.and_then(|run| self.story.runs.get(run)).map(|run| run.format);
            if format.is_some() && format != last {
                hash.number(format.unwrap_or_default());
                last = format;
            }
        }
        hash.finish()
    }
}
