//! A variant of a gift in words and colour; the same on the gift's page, the reservation's and the pass.

use catalogue::text::variant as words;
use contract::gift::{Colour, Variant};
use contract::member::SkinType;
use serde::Serialize;

use crate::env::Env;
use crate::format;

/// A variant, in words and colour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VariantWords {
    /// What is printed on it: `清爽型`.
    pub label: String,
    /// `适合油性、混合性`
    pub fits: String,
    /// The colour of its mark: names it in `tokens.css`.
    pub colour: &'static str,
    /// The same in words: `蓝色标记`.
    pub mark: String,
}

/// In words and colour.
pub(crate) fn variant(variant: &Variant, env: &Env) -> VariantWords {
    let locale = env.locale;
    VariantWords {
        label: variant.label.clone(),
        fits: if variant.skin_types.is_empty() {
            words::fits_all(locale).to_owned()
        } else {
            words::fits(locale, &format::list(locale, variant.skin_types.iter().map(|skin| skin_name(*skin, env))))
        },
        colour: variant.colour.as_str(),
        mark: match variant.colour {
            Colour::Blue => words::blue(locale),
            Colour::Amber => words::amber(locale),
            Colour::Rose => words::rose(locale),
            Colour::Green => words::green(locale),
            Colour::Violet => words::violet(locale),
        }
        .to_owned(),
    }
}

/// A skin type within a sentence.
pub(crate) fn skin_name(skin: SkinType, env: &Env) -> &'static str {
    let locale = env.locale;
    match skin {
        SkinType::Dry => words::skin_dry(locale),
        SkinType::Oily => words::skin_oily(locale),
        SkinType::Combination => words::skin_combination(locale),
        SkinType::Normal => words::skin_normal(locale),
        SkinType::Sensitive => words::skin_sensitive(locale),
    }
}

/// Whether it is made for her skin, by name; not merely for everyone's.
pub(crate) fn is_hers(variant: &Variant, skin: Option<SkinType>) -> bool {
    skin.is_some_and(|skin| variant.skin_types.contains(&skin))
}

/// The one to begin with: for her skin, else the only one that anyone can use. Between shades and scents she chooses herself.
pub(crate) fn best(variants: &[Variant], skin: Option<SkinType>) -> Option<&Variant> {
    let only = |of: Vec<_>| if let [one] = of[..] { Some(one) } else { None };
    let hers = variants.iter().find(|variant| is_hers(variant, skin));
    let everyones = || only(variants.iter().filter(|variant| variant.skin_types.is_empty()).collect());
    hers.or_else(everyones).or_else(|| only(variants.iter().collect()))
}
