//! Skin types, in words and to choose from.

use catalogue::text::skin as words;
use contract::member::SkinType;

use crate::env::Env;
use crate::view::{Choice, Choices};

/// Every skin type, and first of all the choice to say nothing.
pub(crate) fn choices(label: &str, chosen: Option<SkinType>, env: &Env) -> Choices<Option<SkinType>> {
    let all = core::iter::once(None).chain(SkinType::ALL.into_iter().map(Some));
    Choices {
        label: label.to_owned(),
        choices: all
            .map(|value| Choice { label: name(value, env).to_owned(), value, chosen: value == chosen })
            .collect(),
    }
}

/// In words.
pub(crate) fn name(skin_type: Option<SkinType>, env: &Env) -> &'static str {
    let locale = env.locale;
    match skin_type {
        None => words::unsaid(locale),
        Some(SkinType::Dry) => words::dry(locale),
        Some(SkinType::Oily) => words::oily(locale),
        Some(SkinType::Combination) => words::combination(locale),
        Some(SkinType::Normal) => words::normal(locale),
        Some(SkinType::Sensitive) => words::sensitive(locale),
    }
}
