//! The attributes of an element, and the namespaces they and it stand in.

use std::borrow::Cow;

use super::cursor::{Coded, Value, place};
use super::entities::Blanks;
use super::names::Name;
use super::parse::{Fault, Parser};
use super::{AttributeData, NONE, NamespaceData, ScopeData, space_of};

/// Attributes that one element may have; real ones have a dozen.
const ATTRIBUTES: usize = 128;
/// Namespaces that may be declared at one place; real documents have forty.
const NAMESPACES: usize = 512;
/// The namespace of the prefix `xml`, which needs no declaration, is the first in every tree.
const XML_NUMBER: u32 = 0;

impl<'t> Parser<'t> {
    /// Reads the attributes up to the end of the tag. The scope of the element: its own if it declares a namespace.
    pub(super) fn attributes(&mut self, outer: u32) -> Result<u32, Fault> {
        let from = self.tree.attributes.len();
        let first = place(self.tree.namespaces.len());
        while self.cursor.blanks() && !matches!(self.cursor.peek(), Some(b'>' | b'/') | None) {
            let name = self.cursor.name()?;
            let value = self.cursor.value()?;
            let (text, local) = (self.cursor.text, name.local as usize);
            let prefix = text.get(name.start as usize..local.saturating_sub(1)).unwrap_or_default();
            let called = text.get(local..name.stop as usize).unwrap_or_default();
            match (prefix, called) {
                ("xmlns", prefix) => self.declare(prefix, &value, first)?,
                ("", "xmlns") => self.declare("", &value, first)?,
                _ => self.keep_attribute(name, &value)?,
            }
            if self.tree.attributes.len() - from > ATTRIBUTES {
                return Err(self.cursor.fault("an element has more attributes than any real one"));
            }
        }
        let end = place(self.tree.namespaces.len());
        if first == end {
            return Ok(outer);
        }
        let scope = place(self.tree.scopes.len());
        self.tree.scopes.push(ScopeData { outer, declared: first..end });
        let declared: usize = self.tree.scopes(scope).map(|one| one.declared.len()).sum();
        if declared > NAMESPACES {
            return Err(self.cursor.fault("more namespaces are declared than in any real document"));
        }
        Ok(scope)
    }

    /// Takes in a declaration; `first` is the number of the first one of the same element.
    fn declare(&mut self, prefix: &'t str, value: &Value, first: u32) -> Result<(), Fault> {
        let before = self.tree.namespaces.get(first as usize..).unwrap_or_default();
        if before.iter().any(|one| one.prefix == prefix) {
            return Err(self.cursor.fault("an element has an attribute twice"));
        }
        if before.len() >= NAMESPACES {
            return Err(self.cursor.fault("more namespaces are declared than in any real document"));
        }
        let raw = self.cursor.text.get(value.start..value.stop).unwrap_or_default();
        let uri = match value.coded {
            Coded::No => Cow::Borrowed(raw),
            Coded::Yes => Cow::Owned(self.decoded(raw, Blanks::Spaces)?),
        };
        let space = space_of(Some(&uri).filter(|uri| !uri.is_empty()).map(AsRef::as_ref));
        self.tree.namespaces.push(NamespaceData { prefix, uri, space });
        Ok(())
    }

    fn keep_attribute(&mut self, name: Name, value: &Value) -> Result<(), Fault> {
        let decoded = self.decode(value, Blanks::Spaces)?;
        let (start, stop) = (place(value.start), place(value.stop));
        self.tree.attributes.push(AttributeData { name, namespace: NONE, start, stop, decoded });
        Ok(())
    }

    /// Says in which namespaces the attributes of an element stand, from the number of its first one on, now that all
    /// that it declares is known.
    pub(super) fn place_attributes(&mut self, from: usize, scope: u32) -> Result<(), Fault> {
        for at in from..self.tree.attributes.len() {
            let Some(name) = self.tree.attributes.get(at).map(|one| one.name) else { continue };
            let namespace = if name.has_prefix() { self.namespace_of(name, scope)? } else { NONE };
            let before = self.tree.attributes.get(from..at).unwrap_or_default();
            let length = |name: Name| name.stop - name.local;
            let called = |name: Name| self.tree.part(name.local, name.stop);
            let same_name = |other: Name| length(other) == length(name) && called(other) == called(name);
            let same_space = |other: u32| {
                let uri = |number: u32| self.tree.namespace(number).map(|one| &one.uri);
                other == namespace || (other != NONE && namespace != NONE && uri(other) == uri(namespace))
            };
            if before.iter().any(|one| same_name(one.name) && same_space(one.namespace)) {
                return Err(self.cursor.fault("an element has an attribute twice"));
            }
            if let Some(one) = self.tree.attributes.get_mut(at) {
                one.namespace = namespace;
            }
        }
        Ok(())
    }

    /// The number of the namespace a name stands in.
    pub(super) fn namespace_of(&mut self, name: Name, scope: u32) -> Result<u32, Fault> {
        let place = name.start as usize..(name.local as usize).saturating_sub(1);
        let raw = self.cursor.text.as_bytes().get(place.clone()).unwrap_or_default();
        // Prefixes have a letter or two: less than it takes to call for a comparison of stretches of bytes.
        if self.known.0 == scope && self.known.1.len() == raw.len() && self.known.1.iter().zip(raw).all(|(a, b)| a == b)
        {
            return Ok(self.known.2);
        }
        if raw == b"xml" {
            return Ok(XML_NUMBER);
        }
        let prefix = self.cursor.text.get(place).unwrap_or_default();
        let found = match (self.tree.resolve(scope, prefix), prefix) {
            (Some(number), "") if self.tree.namespace(number).is_some_and(|one| one.uri.is_empty()) => NONE,
            (Some(number), _) => number,
            (None, "") => NONE,
            (None, _) => return Err(self.cursor.fault("a prefix stands for no namespace")),
        };
        self.known = (scope, raw, found);
        Ok(found)
    }
}
