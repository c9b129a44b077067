//! The brand: its name and its theme, from `brand/` beside the portal.

use std::path::Path;

use catalogue::Locale;
use serde::Deserialize;

/// The brand.
pub struct Brand {
    file: BrandFile,
    theme: String,
}

#[derive(Deserialize)]
struct BrandFile {
    name: Names,
    short_name: Option<Names>,
}

#[derive(Deserialize)]
struct Names {
    #[serde(rename = "zh-CN")]
    zh_cn: String,
    en: String,
}

impl Names {
    fn of(&self, locale: Locale) -> &str {
        match locale {
            Locale::ZhCn => &self.zh_cn,
            Locale::En => &self.en,
        }
    }
}

impl Brand {
    /// Reads the brand of a portal.
    pub fn read(portal: &Path) -> Result<Self, String> {
        let read = |name: &str| {
            let path = portal.join("brand").join(name);
            std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        Self::parse(&read("brand.toml")?, read("theme.css")?)
    }

    /// For a server without a portal: the API and text messages name a brand, too.
    pub fn built_in() -> Result<Self, String> {
        Self::parse(include_str!("../../../../public/brand/brand.toml"), String::new())
    }

    fn parse(text: &str, theme: String) -> Result<Self, String> {
        let file = toml::from_str(text).map_err(|error| format!("brand.toml: {error}"))?;
        Ok(Self { file, theme })
    }

    /// Its name.
    pub fn name(&self, locale: Locale) -> &str {
        self.file.name.of(locale)
    }

    /// Its name under an icon.
    pub fn short_name(&self, locale: Locale) -> &str {
        self.file.short_name.as_ref().unwrap_or(&self.file.name).of(locale)
    }

    /// Its style sheet.
    pub fn theme(&self) -> &str {
        &self.theme
    }
}
