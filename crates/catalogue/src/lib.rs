//! Every word a member reads, in every language.
//!
//! `build.rs` turns `locales/<language>/*.toml` into one function a key: `text::home::title(locale)`. A key that a screen misspells
//! does not compile; a key or a placeholder that one language lacks fails the build. Functions, not a table that is
//! looked up at run time, so that the words of a page end up in that page's chunk of wasm.

/// A language the catalogue speaks; written as its tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Locale {
    /// 简体中文
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// English
    #[serde(rename = "en")]
    En,
}

impl Locale {
    /// Every language, in the order a chooser shows them.
    pub const ALL: [Locale; 2] = [Locale::ZhCn, Locale::En];

    /// The BCP 47 tag: `zh-CN`, `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Locale::ZhCn => "zh-CN",
            Locale::En => "en",
        }
    }

    /// The language a tag asks for, by its first part: `en-GB` is English, `zh-Hant` is Chinese. `None` for others.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let first = tag.trim().split(['-', '_', ';']).next().unwrap_or_default();
        if first.eq_ignore_ascii_case("zh") {
            Some(Locale::ZhCn)
        } else if first.eq_ignore_ascii_case("en") {
            Some(Locale::En)
        } else {
            None
        }
    }

    /// The first language of an `Accept-Language` header that the catalogue speaks, in the header's order (browsers send
    /// it by falling preference); the default if there is none.
    pub fn from_accept_language(header: &str) -> Self {
        header.split(',').find_map(Self::from_tag).unwrap_or_default()
    }
}

/// Puts `values` where `template` says `{0}`, `{1}` … One function for all keys: a `format!` for each would cost a phone
/// a kilobyte for every ten of them.
fn fill(template: &str, values: &[&str]) -> String {
    let mut filled = String::with_capacity(template.len() + values.iter().map(|value| value.len()).sum::<usize>());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}') {
            Some((index, after)) => {
                let value = index.parse::<usize>().ok().and_then(|index| values.get(index));
                filled.push_str(value.copied().unwrap_or_default());
                rest = after;
            }
            None => rest = after,
        }
    }
    filled.push_str(rest);
    filled
}

/// The words, one function a key, one module a page.
pub mod text {
    #![allow(missing_docs, reason = "generated; the words are their own documentation")]
    include!(concat!(env!("OUT_DIR"), "/text.rs"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_land_where_the_template_says_and_are_not_read_as_templates() {
        assert_eq!(fill("a {1} b {0}", &["x", "{0}"]), "a {0} b x");
        assert_eq!(fill("{0}{0}", &["x"]), "xx");
        assert_eq!(fill("none", &["x"]), "none");
    }

    #[test]
    fn the_first_language_it_speaks_wins() {
        assert_eq!(Locale::from_accept_language("fr-FR,en-GB;q=0.8,zh;q=0.5"), Locale::En);
        assert_eq!(Locale::from_accept_language("zh-TW,en"), Locale::ZhCn);
        assert_eq!(Locale::from_accept_language("fr"), Locale::ZhCn);
        assert_eq!(Locale::from_accept_language(""), Locale::ZhCn);
    }
}
