//! Reads a value from what the browser's own parser has parsed.
//!
//! Not serde-wasm-bindgen, whose errors are sentences: for words that nobody ever reads it brings the formatting of numbers and
//! a comparison of every field's name. Here an error says nothing, and a field is known by its place; three kilobytes less on a
//! phone's way to the first page (brotli).

use js_sys::{Array, Object, Reflect};
use serde::de::value::StringDeserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use wasm_bindgen::{JsCast, JsValue};

use super::Garbled;

/// A value of the parser's.
pub(super) struct Parsed(pub JsValue);

impl Error for Garbled {
    fn custom<T: core::fmt::Display>(_: T) -> Self {
        Garbled
    }
}

impl Parsed {
    fn number(&self) -> Result<f64, Garbled> {
        self.0.as_f64().ok_or(Garbled)
    }

    fn text(&self) -> Result<String, Garbled> {
        self.0.as_string().ok_or(Garbled)
    }

    fn items(self) -> Result<Items, Garbled> {
        let array: Array = self.0.dyn_into().map_err(|_| Garbled)?;
        Ok(Items { array, next: 0 })
    }

    fn object(self) -> Result<Object, Garbled> {
        self.0.dyn_into().map_err(|_| Garbled)
    }

    fn is_nothing(&self) -> bool {
        self.0.is_null() || self.0.is_undefined()
    }
}

/// Whole numbers, as far as a number of the browser's is exact: no figure of this contract is larger.
fn whole(number: f64) -> Option<i64> {
    let whole = number as i64;
    (whole as f64 == number).then_some(whole)
}

macro_rules! numbers {
    ($($whole:ident)*) => {$(
        fn $whole<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Garbled> {
            visitor.visit_i64(whole(self.number()?).ok_or(Garbled)?)
        }
    )*};
}

macro_rules! texts {
    ($($text:ident)*) => {$(
        fn $text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Garbled> {
            visitor.visit_string(self.text()?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Parsed {
    type Error = Garbled;

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }
    texts! { deserialize_char deserialize_str deserialize_string deserialize_identifier }
    forward_to_deserialize_any! { i128 u128 f32 bytes byte_buf unit_struct ignored_any }

    /// For parts of a document whose shape is found out while reading.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Garbled> {
        if self.is_nothing() {
            visitor.visit_unit()
        } else if let Some(is) = self.0.as_bool() {
            visitor.visit_bool(is)
        } else if let Some(number) = self.0.as_f64() {
            match whole(number) {
                Some(whole) => visitor.visit_i64(whole),
                None => visitor.visit_f64(number),
            }
        } else if let Some(text) = self.0.as_string() {
            visitor.visit_string(text)
        } else if Array::is_array(&self.0) {
            visitor.visit_seq(self.items()?)
        } else {
            self.deserialize_map(visitor)
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Garbled> {
        visitor.visit_bool(self.0.as_bool().ok_or(Garbled)?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Garbled> {
        visitor.visit_f64(self.number()?)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Garbled> {
        if self.is_nothing() { visitor.visit_unit() } else { Err(Garbled) }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Garbled> {
        if self.is_nothing() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Garbled> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Garbled> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Garbled> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Garbled> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Garbled> {
        let entries = Object::entries(&self.object()?);
        visitor.visit_map(Entries { items: Items { array: entries, next: 0 }, value: JsValue::UNDEFINED })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Garbled> {
        visitor.visit_map(Fields { object: self.object()?, fields, next: 0, value: JsValue::UNDEFINED })
    }

    /// One of several words; no answer of this contract has a choice that carries more.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Garbled> {
        visitor.visit_enum(Word(self.text()?))
    }
}

/// The items of an array.
struct Items {
    array: Array,
    next: u32,
}

impl Items {
    fn take(&mut self) -> Option<JsValue> {
        (self.next < self.array.length()).then(|| {
            self.next += 1;
            self.array.get(self.next - 1)
        })
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Garbled;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Garbled> {
        self.take().map(|item| seed.deserialize(Parsed(item))).transpose()
    }
}

/// The entries of an object, by their names.
struct Entries {
    items: Items,
    value: JsValue,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Garbled;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Garbled> {
        let Some(entry) = self.items.take() else { return Ok(None) };
        let entry: Array = entry.unchecked_into();
        self.value = entry.get(1);
        seed.deserialize(Parsed(entry.get(0))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Garbled> {
        seed.deserialize(Parsed(core::mem::take(&mut self.value)))
    }
}

/// The fields of a struct that an object has, by their places: a derived `Deserialize` knows a field by either, and what else
/// the object has is nobody's business.
struct Fields {
    object: Object,
    fields: &'static [&'static str],
    next: usize,
    value: JsValue,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Garbled;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Garbled> {
        while let Some(name) = self.fields.get(self.next) {
            self.next += 1;
            self.value = Reflect::get(&self.object, &JsValue::from_str(name)).map_err(|_| Garbled)?;
            if !self.value.is_undefined() {
                return seed.deserialize((self.next as u64 - 1).into_deserializer()).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Garbled> {
        seed.deserialize(Parsed(core::mem::take(&mut self.value)))
    }
}

/// One of several words.
struct Word(String);

impl<'de> EnumAccess<'de> for Word {
    type Error = Garbled;
    type Variant = <StringDeserializer<Garbled> as EnumAccess<'de>>::Variant;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self::Variant), Garbled> {
        IntoDeserializer::<Garbled>::into_deserializer(self.0).variant_seed(seed)
    }
}
