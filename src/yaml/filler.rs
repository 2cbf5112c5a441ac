//! Makes up a value of whatever type is asked for, so that reading can go on past a value that is wrong or missing.
//!
//! What is made up is never handed to anyone: by then there is a problem to report, and only problems are returned.

use super::fault::Fault;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::cell::Cell;

/// Texts tried one after the other, as types read from text accept only some.
const TEXTS: [&str; 8] = ["", "a", "1", "1d", "2000-01-03", "12:00", "2000-01-03T12:00:00Z", "1wd"];

/// How many different values can be made up for one place.
pub(super) const ATTEMPTS: usize = TEXTS.len();

/// How many values may be made up in one round of reading.
pub(super) const FUEL: u32 = 2_000;

/// How deep made-up values may go inside one another.
const DEPTH: usize = 16;

/// Makes up one value.
#[derive(Clone, Copy)]
pub(super) struct Filler<'t> {
    attempt: usize,
    depth: usize,
    fuel: &'t Cell<u32>,
}

impl<'t> Filler<'t> {
    /// A filler whose values differ from attempt to attempt; attempts are counted from 0.
    pub(super) fn new(attempt: usize, fuel: &'t Cell<u32>) -> Self {
        Self { attempt, depth: 0, fuel }
    }

    fn text(self) -> &'static str {
        TEXTS.get(self.attempt).copied().unwrap_or_default()
    }

    /// A filler for a part of this value.
    fn inner(self) -> Result<Self, Fault> {
        let fuel = self.fuel.get().checked_sub(1).filter(|_| self.depth < DEPTH);
        self.fuel.set(fuel.ok_or_else(|| Fault::custom("no value can be made up"))?);
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn parts(self, names: &'static [&'static str]) -> Parts<'t> {
        Parts { filler: self, left: names.len(), names: names.iter() }
    }

    fn items(self, length: usize) -> Parts<'t> {
        Parts { filler: self, left: length, names: [].iter() }
    }
}

/// Every kind of number is made up alike; 0 comes first, and 1 for types that refuse it.
macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            visitor.visit_u64(self.attempt as u64)
        }
    )*};
}

impl<'de> Deserializer<'de> for Filler<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.attempt {
            0 => visitor.visit_str(""),
            1 => visitor.visit_u64(1),
            2 => visitor.visit_bool(false),
            3 => visitor.visit_seq(self.items(0)),
            4 => visitor.visit_map(self.parts(&[])),
            5 => visitor.visit_unit(),
            _ => visitor.visit_str(self.text()),
        }
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128 deserialize_f32
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f64
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_bool(false)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.text())
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self.inner()?)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.items(self.attempt.min(1)))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.items(length))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.items(length))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(self.parts(&[]))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_map(self.parts(fields))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let variant = variants.iter().cycle().nth(self.attempt);
        let name = variant.copied().ok_or_else(|| Fault::custom("there is nothing to choose from"))?;
        visitor.visit_enum(Variant { filler: self, name })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_char('a')
    }

    forward_to_deserialize_any! { bytes byte_buf identifier }
}

/// The items of a made-up list, or the fields of a made-up field set.
struct Parts<'t> {
    filler: Filler<'t>,
    left: usize,
    names: std::slice::Iter<'static, &'static str>,
}

impl<'de> SeqAccess<'de> for Parts<'_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        seed.deserialize(self.filler.inner()?).map(Some)
    }
}

impl<'de> MapAccess<'de> for Parts<'_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let name = self.names.next();
        name.map(|name| seed.deserialize(StrDeserializer::new(name))).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        seed.deserialize(self.filler.inner()?)
    }
}

/// A made-up choice.
struct Variant<'t> {
    filler: Filler<'t>,
    name: &'static str,
}

impl<'de, 't> EnumAccess<'de> for Variant<'t> {
    type Error = Fault;
    type Variant = Filler<'t>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Filler<'t>), Fault> {
        let variant = seed.deserialize(StrDeserializer::<Fault>::new(self.name))?;
        Ok((variant, self.filler.inner()?))
    }
}

impl<'de> VariantAccess<'de> for Filler<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.items(length))
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(self.parts(fields))
    }
}
