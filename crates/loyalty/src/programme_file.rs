//! The programme's file: TOML in, a valid [`Programme`] or the place and the reason of the first fault out.
//!
//! Unknown keys are faults: a misspelt `grace_day` that silently means "no grace" would break a promise. Amounts are
//! texts in major units (`"1500.00"`), because a brand's engineer who reads `150000` has to guess.

use core::fmt;
use core::ops::Range;

use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;
use toml::Spanned;

use crate::currency::Currency;
use crate::programme::{Clause, Consent, Earn, Expiry, Programme, Texts, Tier, TierWindow, WindowKind};
use crate::reservation::Rules;

/// Where a programme file is at fault, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeError {
    /// Counts from 1.
    pub line: usize,
    /// In characters, counts from 1.
    pub column: usize,
    /// What is wrong, in a sentence for the brand's engineer.
    pub message: String,
}

impl fmt::Display for ProgrammeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for ProgrammeError {}

/// The clause that explains a tier: the trace cites it, so the file must have it.
const TIER_CLAUSE: &str = "tier-window";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    time_zone: Spanned<String>,
    currency: Spanned<String>,
    summary: FileTexts,
    earning: FileEarning,
    expiry: FileExpiry,
    tier_window: FileWindow,
    reservation: Option<FileReservation>,
    #[serde(default, rename = "tier")]
    tiers: Vec<FileTier>,
    #[serde(default, rename = "clause")]
    clauses: Vec<FileClause>,
    #[serde(default, rename = "consent")]
    consents: Vec<FileConsent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileTexts {
    #[serde(rename = "zh-CN")]
    zh_cn: Spanned<String>,
    en: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEarning {
    points: Spanned<i64>,
    per: Spanned<String>,
    pending_days: Spanned<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileExpiry {
    months: Option<Spanned<i64>>,
    end_of_month: bool,
    notice_days: Spanned<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileWindow {
    kind: Spanned<String>,
    months: Option<Spanned<i64>>,
    term_months: Spanned<i64>,
    grace_days: Spanned<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileReservation {
    hold_days: Spanned<i64>,
    hold_until: Spanned<String>,
    ready_days: Spanned<i64>,
    ready_by: Spanned<String>,
    extend_days: Spanned<i64>,
    extensions: Spanned<i64>,
    open_limit: Spanned<i64>,
    exchange_minutes: Spanned<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileTier {
    id: Spanned<String>,
    name: FileTexts,
    threshold: Spanned<String>,
    keep: Spanned<String>,
    multiplier_percent: Spanned<i64>,
    #[serde(default)]
    benefits: Vec<FileTexts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileClause {
    id: Spanned<String>,
    version: Spanned<i64>,
    since: Spanned<toml::value::Datetime>,
    title: FileTexts,
    text: FileTexts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileConsent {
    id: Spanned<String>,
    version: Spanned<i64>,
    required: bool,
    title: FileTexts,
    text: FileTexts,
}

pub(crate) fn parse(text: &str) -> Result<Programme, ProgrammeError> {
    let source = Source { text };
    let file: File =
        toml::from_str(text).map_err(|error| source.fault(error.span().unwrap_or(0..0), error.message()))?;

    let time_zone = file.time_zone.get_ref().parse().map_err(|_| {
        source.fault(
            file.time_zone.span(),
            format!("`{}` is no time zone; write one like Asia/Shanghai", file.time_zone.get_ref()),
        )
    })?;
    let currency = Currency::new(file.currency.get_ref()).ok_or_else(|| {
        source.fault(file.currency.span(), "a currency is three capital letters of ISO 4217, like CNY")
    })?;
    let earn = Earn {
        points: source.number(&file.earning.points, 1, 1_000_000, "points")?,
        per_minor: source.amount(&file.earning.per, &currency)?,
        pending_days: source.number(&file.earning.pending_days, 0, 366, "pending_days")?,
    };
    if earn.per_minor == 0 {
        return Err(source.fault(file.earning.per.span(), "points can't be earned per zero"));
    }
    let expiry = Expiry {
        months: file.expiry.months.as_ref().map(|months| source.number(months, 1, 600, "months")).transpose()?,
        end_of_month: file.expiry.end_of_month,
        notice_days: source.number(&file.expiry.notice_days, 1, 366, "notice_days")?,
    };
    Ok(Programme {
        summary: source.texts(file.summary)?,
        time_zone,
        earn,
        expiry,
        window: source.window(&file.tier_window)?,
        reservation: file
            .reservation
            .as_ref()
            .map_or_else(|| Ok(Rules::default()), |table| source.reservation(table))?,
        tiers: source.tiers(file.tiers, &currency)?,
        clauses: source.clauses(file.clauses)?,
        consents: source.consents(file.consents)?,
        currency,
    })
}

struct Source<'a> {
    text: &'a str,
}

impl Source<'_> {
    fn fault(&self, span: Range<usize>, message: impl Into<String>) -> ProgrammeError {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        ProgrammeError {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            message: message.into(),
        }
    }

    /// What the file lacks altogether is reported at its end: that is where to add it.
    fn lacks(&self, message: impl Into<String>) -> ProgrammeError {
        self.fault(self.text.trim_end().len()..self.text.len(), message)
    }

    fn number(&self, number: &Spanned<i64>, least: u32, most: u32, what: &str) -> Result<u32, ProgrammeError> {
        u32::try_from(*number.get_ref())
            .ok()
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| self.fault(number.span(), format!("`{what}` must be from {least} to {most}")))
    }

    fn amount(&self, amount: &Spanned<String>, currency: &Currency) -> Result<i64, ProgrammeError> {
        currency.parse_minor(amount.get_ref()).map_err(|error| {
            self.fault(amount.span(), format!("`{}` ({}): {error}", amount.get_ref(), currency.code()))
        })
    }

    fn text(&self, text: Spanned<String>) -> Result<String, ProgrammeError> {
        if text.get_ref().trim().is_empty() {
            return Err(self.fault(text.span(), "the text is empty"));
        }
        Ok(text.into_inner().trim().to_owned())
    }

    fn texts(&self, texts: FileTexts) -> Result<Texts, ProgrammeError> {
        Ok(Texts { zh_cn: self.text(texts.zh_cn)?, en: self.text(texts.en)? })
    }

    fn id(&self, id: &Spanned<String>, known: &[String]) -> Result<String, ProgrammeError> {
        let well_formed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let text = id.get_ref();
        if text.is_empty() || text.len() > 40 || !text.bytes().all(well_formed) {
            let message = format!("`{text}` is no id: 1 to 40 small letters, digits and hyphens");
            return Err(self.fault(id.span(), message));
        }
        if known.contains(text) {
            return Err(self.fault(id.span(), format!("`{text}` is there twice")));
        }
        Ok(text.clone())
    }

    fn window(&self, window: &FileWindow) -> Result<TierWindow, ProgrammeError> {
        let kind = match (window.kind.get_ref().as_str(), &window.months) {
            ("rolling", Some(months)) => WindowKind::Rolling { months: self.number(months, 1, 120, "months")? },
            ("rolling", None) => return Err(self.fault(window.kind.span(), "a rolling window needs `months`")),
            ("calendar-year", None) => WindowKind::CalendarYear,
            ("calendar-year", Some(months)) => {
                return Err(self.fault(months.span(), "a calendar year has its own length: leave `months` out"));
            }
            (other, _) => {
                let message = format!("`{other}` is no window: write rolling or calendar-year");
                return Err(self.fault(window.kind.span(), message));
            }
        };
        let term_months = self.number(&window.term_months, 1, 120, "term_months")?;
        let grace_days = self.number(&window.grace_days, 0, 366, "grace_days")?;
        // Otherwise a term could end within the grace of the one before.
        if grace_days >= term_months * 28 {
            return Err(self.fault(window.grace_days.span(), "grace must be shorter than a term"));
        }
        Ok(TierWindow { kind, term_months, grace_days })
    }

    fn reservation(&self, table: &FileReservation) -> Result<Rules, ProgrammeError> {
        let rules = Rules {
            hold_days: self.number(&table.hold_days, 1, 60, "hold_days")?,
            hold_until: self.time(&table.hold_until)?,
            ready_days: self.number(&table.ready_days, 1, 60, "ready_days")?,
            ready_by: self.time(&table.ready_by)?,
            extend_days: self.number(&table.extend_days, 1, 60, "extend_days")?,
            extensions: self.number(&table.extensions, 0, 10, "extensions")?,
            open_limit: self.number(&table.open_limit, 1, 100, "open_limit")?,
            exchange_minutes: self.number(&table.exchange_minutes, 1, 240, "exchange_minutes")?,
        };
        // Otherwise nobody could ever hear that the counter has not confirmed.
        if (rules.ready_days, rules.ready_by) >= (rules.hold_days, rules.hold_until) {
            return Err(self.fault(table.ready_days.span(), "the counter must confirm before the hold ends"));
        }
        Ok(rules)
    }

    fn tiers(&self, tiers: Vec<FileTier>, currency: &Currency) -> Result<Vec<Tier>, ProgrammeError> {
        let mut ids = Vec::new();
        let mut checked: Vec<Tier> = Vec::new();
        for tier in tiers {
            let id = self.id(&tier.id, &ids)?;
            ids.push(id.clone());
            let threshold_minor = self.amount(&tier.threshold, currency)?;
            let keep_minor = self.amount(&tier.keep, currency)?;
            match checked.last() {
                None if threshold_minor != 0 => {
                    return Err(self.fault(tier.threshold.span(), "the first tier begins at zero"));
                }
                Some(below) if threshold_minor <= below.threshold_minor => {
                    let message =
                        format!("`{id}` must begin above `{}`: list tiers from the first to the top", below.id);
                    return Err(self.fault(tier.threshold.span(), message));
                }
                _ => {}
            }
            if keep_minor > threshold_minor {
                return Err(self.fault(tier.keep.span(), "to keep a tier can't take more than to reach it"));
            }
            checked.push(Tier {
                id,
                name: self.texts(tier.name)?,
                threshold_minor,
                keep_minor,
                multiplier_percent: self.number(&tier.multiplier_percent, 1, 10_000, "multiplier_percent")?,
                benefits: tier.benefits.into_iter().map(|line| self.texts(line)).collect::<Result<_, _>>()?,
            });
        }
        if checked.is_empty() {
            return Err(self.lacks("there is no [[tier]]: a programme has at least one"));
        }
        Ok(checked)
    }

    fn clauses(&self, clauses: Vec<FileClause>) -> Result<Vec<Clause>, ProgrammeError> {
        let mut ids = Vec::new();
        let mut checked = Vec::new();
        for clause in clauses {
            let id = self.id(&clause.id, &ids)?;
            ids.push(id.clone());
            checked.push(Clause {
                id,
                version: self.number(&clause.version, 1, 1_000_000, "version")?,
                since: self.date(&clause.since)?,
                title: self.texts(clause.title)?,
                text: self.texts(clause.text)?,
            });
        }
        if !ids.iter().any(|id| id == TIER_CLAUSE) {
            return Err(self.lacks(format!("there is no [[clause]] `{TIER_CLAUSE}`: every tier shown cites it")));
        }
        Ok(checked)
    }

    fn consents(&self, consents: Vec<FileConsent>) -> Result<Vec<Consent>, ProgrammeError> {
        let mut ids = Vec::new();
        let mut checked = Vec::new();
        for consent in consents {
            let id = self.id(&consent.id, &ids)?;
            ids.push(id.clone());
            checked.push(Consent {
                id,
                version: self.number(&consent.version, 1, 1_000_000, "version")?,
                required: consent.required,
                title: self.texts(consent.title)?,
                text: self.texts(consent.text)?,
            });
        }
        if !checked.iter().any(|consent| consent.required) {
            return Err(self.lacks("there is no [[consent]] with `required = true`: nobody could join lawfully"));
        }
        Ok(checked)
    }

    fn time(&self, time: &Spanned<String>) -> Result<NaiveTime, ProgrammeError> {
        let text = time.get_ref();
        // chrono alone would also take `9:5`.
        Some(text.as_str())
            .filter(|text| text.len() == 5)
            .and_then(|text| NaiveTime::parse_from_str(text, "%H:%M").ok())
            .ok_or_else(|| self.fault(time.span(), format!("`{text}` is no time of day: write one like 20:00")))
    }

    fn date(&self, date: &Spanned<toml::value::Datetime>) -> Result<NaiveDate, ProgrammeError> {
        let value = date.get_ref();
        value
            .date
            .filter(|_| value.time.is_none() && value.offset.is_none())
            .and_then(|date| NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day)))
            .ok_or_else(|| self.fault(date.span(), "write a date without a time, like 2026-01-01"))
    }
}
