//! The demo's gifts, from `data/demo/gifts.toml`, and what its counters have of them, from `data/demo/stock.toml`.

use std::collections::{BTreeMap, HashMap};

use contract::gift::Colour;
use contract::member::SkinType;
use serde::Deserialize;
use storage::{Gift, GiftText, Variant, VariantText};
use uuid::Uuid;

use super::{read, unreadable};
use crate::entropy;
use crate::import::{Context, ImportError};

const GIFTS: &str = include_str!("../../../../data/demo/gifts.toml");
const STOCK: &str = include_str!("../../../../data/demo/stock.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    gift: Vec<FileGift>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileGift {
    key: String,
    points: i64,
    min_tier: Option<String>,
    limit: Option<u32>,
    #[serde(rename = "zh-CN")]
    zh_cn: Words,
    en: Words,
    variants: Vec<FileVariant>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    name: String,
    description: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileVariant {
    barcode: String,
    colour: Colour,
    label: Label,
    skin_types: Vec<SkinType>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    #[serde(rename = "zh-CN")]
    zh_cn: String,
    en: String,
}

/// Units of a variant at a counter, none included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Units {
    /// Where.
    pub counter: Uuid,
    /// Of which variant.
    pub variant: Uuid,
    /// How many.
    pub on_hand: i64,
}

/// All gifts, each with its variants under new identifiers, and what the counters have; `counters` are known by what the demo's
/// files call them.
pub fn all(context: Context<'_>, counters: &HashMap<String, Uuid>) -> Result<(Vec<Gift>, Vec<Units>), ImportError> {
    // By counter and gift: one number a variant.
    let mut stock: BTreeMap<String, BTreeMap<String, Vec<i64>>> = read(STOCK)?;
    let mut gifts = Vec::new();
    let mut units = Vec::new();
    for gift in read::<File>(GIFTS)?.gift {
        let key = gift.key.clone();
        let gift = gift.stored(context)?;
        for (name, counter) in counters {
            let numbers = stock.get_mut(name).and_then(|counter| counter.remove(&key));
            let numbers = numbers.unwrap_or_else(|| vec![0; gift.variants.len()]);
            if numbers.len() != gift.variants.len() {
                return Err(unreadable(format!("{name}, {key}: as many numbers as variants")).into());
            }
            let places = gift.variants.iter().zip(numbers);
            units.extend(places.map(|(variant, on_hand)| Units { counter: *counter, variant: variant.id, on_hand }));
        }
        gifts.push(gift);
    }
    match stock.iter().find(|(name, gifts)| !counters.contains_key(*name) || !gifts.is_empty()) {
        Some((name, left)) => Err(unreadable(format!("{name}: no such counter, or no such gifts: {left:?}")).into()),
        None => Ok((gifts, units)),
    }
}

impl FileGift {
    fn stored(self, context: Context<'_>) -> Result<Gift, ImportError> {
        let text = |language: &str, words: Words| GiftText {
            language: language.to_owned(),
            name: words.name,
            description: words.description,
        };
        Ok(Gift {
            id: entropy::id(context.entropy, context.now)?,
            points: self.points,
            min_tier: self.min_tier,
            picture: format!("/brand/gifts/{}.svg", self.key),
            per_member: self.limit,
            variants: self.variants.into_iter().map(|variant| variant.stored(context)).collect::<Result<_, _>>()?,
            texts: vec![text("zh-CN", self.zh_cn), text("en", self.en)],
        })
    }
}

impl FileVariant {
    fn stored(self, context: Context<'_>) -> Result<Variant, ImportError> {
        let text = |language: &str, label| VariantText { language: language.to_owned(), label };
        Ok(Variant {
            id: entropy::id(context.entropy, context.now)?,
            barcode: self.barcode,
            colour: self.colour.as_str().to_owned(),
            skin_types: self.skin_types.iter().map(|skin_type| skin_type.as_str().to_owned()).collect(),
            texts: vec![text("zh-CN", self.label.zh_cn), text("en", self.label.en)],
        })
    }
}
