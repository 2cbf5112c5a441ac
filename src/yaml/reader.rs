//! Reads a tree as a typed value, naming the exact node at fault, with repairs laid over the tree.

use super::fault::{Fault, FaultKind, Site};
use super::filler::Filler;
use super::tree::{Entry, Kind, Meaning, Node, Scalar};
use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, Expected, MapAccess, SeqAccess, Unexpected, VariantAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// Repairs that let reading go on behind a fault.
#[derive(Debug, Default)]
pub(super) struct Mends {
    /// Values replaced by something that fits, with the number of the attempt.
    pub(super) filled: BTreeMap<usize, usize>,
    /// Values left out.
    pub(super) removed: BTreeSet<usize>,
    /// Fields added, by the value they are added to, with the number of the attempt.
    pub(super) added: BTreeMap<usize, BTreeMap<&'static str, usize>>,
    /// How many more values may be made up in this round.
    pub(super) fuel: Cell<u32>,
}

/// Reads one node.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    node: &'t Node,
    mends: &'t Mends,
}

impl<'t> Reader<'t> {
    pub(super) fn new(node: &'t Node, mends: &'t Mends) -> Self {
        Self { node, mends }
    }

    /// Reads the node for `seed` and notes it as the place of any fault that showed no deeper.
    pub(super) fn read<S: DeserializeSeed<'t>>(self, seed: S) -> Result<S::Value, Fault> {
        seed.deserialize(self).map_err(|fault| fault.at(Site::Value(self.node.id)))
    }

    fn filler(self) -> Option<Filler<'t>> {
        let attempt = *self.mends.filled.get(&self.node.id)?;
        Some(Filler::new(attempt, &self.mends.fuel))
    }

    fn scalar(self) -> Option<&'t Scalar> {
        match &self.node.kind {
            Kind::Scalar(scalar) => Some(scalar),
            Kind::Sequence(_) | Kind::Mapping(_) => None,
        }
    }

    fn mismatch(self, expected: &dyn Expected) -> Fault {
        let found = match &self.node.kind {
            Kind::Scalar(scalar) => Unexpected::Str(&scalar.text),
            Kind::Sequence(_) => Unexpected::Seq,
            Kind::Mapping(_) => Unexpected::Map,
        };
        Fault::invalid_type(found, expected)
    }

    fn fields(self) -> Fields<'t> {
        let added = self.mends.added.get(&self.node.id);
        let added = added.into_iter().flatten().map(|(field, attempt)| (*field, *attempt)).collect::<Vec<_>>();
        Fields { reader: self, entries: self.node.entries().iter(), added: added.into_iter(), current: Current::None }
    }
}

/// Hands over to the filler when the node has been replaced, else reads it as the block says.
macro_rules! read {
    ($($method:ident($($argument:ident: $kind:ty),*) => |$reader:ident, $visitor:ident| $body:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, $($argument: $kind,)* visitor: V) -> Result<V::Value, Fault> {
            match (self, visitor) {
                ($reader, $visitor) => match $reader.filler() {
                    Some(filler) => filler.$method($($argument,)* $visitor),
                    None => $body,
                }
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Fault;

    read! {
        deserialize_any() => |reader, visitor| match &reader.node.kind {
            Kind::Scalar(scalar) => visit_meaning(scalar.meaning(), visitor),
            Kind::Sequence(items) => visit_items(reader.mends, items, visitor),
            Kind::Mapping(_) => visitor.visit_map(reader.fields()),
        };
        deserialize_str() => |reader, visitor| match reader.scalar() {
            Some(scalar) => visitor.visit_borrowed_str(&scalar.text),
            None => Err(reader.mismatch(&visitor)),
        };
        deserialize_option() => |reader, visitor| match reader.scalar().map(Scalar::meaning) {
            Some(Meaning::Nothing) => visitor.visit_none(),
            _ => visitor.visit_some(reader),
        };
        deserialize_seq() => |reader, visitor| match &reader.node.kind {
            Kind::Sequence(items) => visit_items(reader.mends, items, visitor),
            Kind::Scalar(scalar) if scalar.is_blank() => visit_items(reader.mends, &[], visitor),
            Kind::Scalar(_) | Kind::Mapping(_) => Err(reader.mismatch(&visitor)),
        };
        deserialize_map() => |reader, visitor| match &reader.node.kind {
            Kind::Mapping(_) => visitor.visit_map(reader.fields()),
            Kind::Scalar(scalar) if scalar.is_blank() => visitor.visit_map(reader.fields()),
            Kind::Scalar(_) | Kind::Sequence(_) => Err(reader.mismatch(&visitor)),
        };
        deserialize_tuple(_length: usize) => |reader, visitor| reader.deserialize_seq(visitor);
        deserialize_tuple_struct(_name: &'static str, _length: usize) => |reader, visitor| reader.deserialize_seq(visitor);
        deserialize_struct(_name: &'static str, _fields: &'static [&'static str]) => |reader, visitor| {
            reader.deserialize_map(visitor)
        };
        deserialize_enum(_name: &'static str, variants: &'static [&'static str]) => |reader, visitor| {
            visit_choice(reader, variants, visitor)
        };
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 bytes byte_buf unit unit_struct
    }
}

fn visit_meaning<'de, V: Visitor<'de>>(meaning: Meaning<'de>, visitor: V) -> Result<V::Value, Fault> {
    match meaning {
        Meaning::Nothing => visitor.visit_unit(),
        Meaning::Bool(value) => visitor.visit_bool(value),
        Meaning::Unsigned(value) => visitor.visit_u64(value),
        Meaning::Signed(value) => visitor.visit_i64(value),
        Meaning::Float(value) => visitor.visit_f64(value),
        Meaning::Text(text) => visitor.visit_borrowed_str(text),
    }
}

fn visit_items<'de, V: Visitor<'de>>(mends: &'de Mends, items: &'de [Node], visitor: V) -> Result<V::Value, Fault> {
    let mut rest = Items { mends, items: items.iter() };
    let value = visitor.visit_seq(&mut rest)?;
    match rest.next() {
        None => Ok(value),
        Some(_) => Err(Fault::invalid_length(items.len(), &"fewer items")),
    }
}

fn visit_choice<'de, V>(reader: Reader<'de>, known: &'static [&'static str], visitor: V) -> Result<V::Value, Fault>
where
    V: Visitor<'de>,
{
    match &reader.node.kind {
        Kind::Scalar(scalar) => visitor.visit_enum(BorrowedStrDeserializer::new(&scalar.text)),
        Kind::Mapping(entries) if entries.len() == 1 => {
            let choice = entries.first().map(|entry| Choice { reader, entry });
            choice.map_or_else(|| Err(Fault::new(FaultKind::OneChoice { known })), |choice| visitor.visit_enum(choice))
        }
        Kind::Mapping(_) | Kind::Sequence(_) => Err(Fault::new(FaultKind::OneChoice { known })),
    }
}

struct Items<'t> {
    mends: &'t Mends,
    items: std::slice::Iter<'t, Node>,
}

impl<'t> Items<'t> {
    fn next(&mut self) -> Option<Reader<'t>> {
        let node = self.items.find(|node| !self.mends.removed.contains(&node.id))?;
        Some(Reader::new(node, self.mends))
    }
}

impl<'de> SeqAccess<'de> for &mut Items<'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        self.next().map(|item| item.read(seed)).transpose()
    }
}

struct Fields<'t> {
    reader: Reader<'t>,
    entries: std::slice::Iter<'t, Entry>,
    added: std::vec::IntoIter<(&'static str, usize)>,
    current: Current<'t>,
}

/// The field whose value comes next.
enum Current<'t> {
    None,
    Written(&'t Node),
    Added(&'static str, usize),
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let mends = self.reader.mends;
        if let Some(entry) = self.entries.find(|entry| !mends.removed.contains(&entry.value.id)) {
            self.current = Current::Written(&entry.value);
            let site = Site::Key { key: entry.key.id, value: entry.value.id };
            return seed.deserialize(Reader::new(&entry.key, mends)).map(Some).map_err(|fault| fault.at(site));
        }
        let Some((field, attempt)) = self.added.next() else {
            return Ok(None);
        };
        self.current = Current::Added(field, attempt);
        seed.deserialize(StrDeserializer::new(field)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Reader { node, mends } = self.reader;
        match std::mem::replace(&mut self.current, Current::None) {
            Current::Written(value) => Reader::new(value, mends).read(seed),
            Current::Added(field, attempt) => {
                let site = Site::Filled { holder: node.id, field };
                seed.deserialize(Filler::new(attempt, &mends.fuel)).map_err(|fault| fault.at(site))
            }
            Current::None => Err(Fault::custom("a value was asked for before its key")),
        }
    }
}

/// A choice with content, written as `name: content`.
struct Choice<'t> {
    reader: Reader<'t>,
    entry: &'t Entry,
}

impl<'de> EnumAccess<'de> for Choice<'de> {
    type Error = Fault;
    type Variant = Reader<'de>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Reader<'de>), Fault> {
        let Reader { node, mends } = self.reader;
        let site = Site::Choice { key: self.entry.key.id, holder: node.id };
        let variant = seed.deserialize(Reader::new(&self.entry.key, mends)).map_err(|fault| fault.at(site))?;
        Ok((variant, Reader::new(&self.entry.value, mends)))
    }
}

impl<'de> VariantAccess<'de> for Reader<'de> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        self.read(std::marker::PhantomData)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        self.read(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor).map_err(|fault| fault.at(Site::Value(self.node.id)))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor).map_err(|fault| fault.at(Site::Value(self.node.id)))
    }
}
