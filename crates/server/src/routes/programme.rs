//! The programme.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use catalogue::Locale;
use contract::programme::{Consent, EarningRule, ExpiryRule, Programme, TierRule, TierWindowRule};
use contract::{Date, Instant};

use crate::answer::{Asked, Audience};
use crate::localize::{clause, money, text};
use crate::problem::Outcome;
use crate::state::{App, Shared};

/// The brand's programme: tiers, rules and clauses in the caller's language
#[utoipa::path(get, path = "/programme", tag = "anyone", responses((status = 200, body = Programme)))]
pub async fn programme(State(app): State<Shared>, asked: Asked) -> Outcome<Response<Body>> {
    asked.read(Audience::Anyone, &describe(&app, asked.locale))
}

fn describe(app: &App, locale: Locale) -> Programme {
    let rules = &app.programme;
    let now = app.now();
    Programme {
        brand: app.brand_name(locale).to_owned(),
        summary: text(&rules.summary, locale).to_owned(),
        time_zone: rules.time_zone.name().to_owned(),
        currency: rules.currency.code().to_owned(),
        today: Date(rules.date_of(now)),
        tiers: rules.tiers.iter().map(|tier| tier_rule(rules, tier, locale)).collect(),
        earning: EarningRule {
            points: rules.earn.points,
            per: money(rules, rules.earn.per_minor),
            pending_days: rules.earn.pending_days,
        },
        expiry: ExpiryRule {
            months: rules.expiry.months,
            end_of_month: rules.expiry.end_of_month,
            notice_days: rules.expiry.notice_days,
        },
        tier_window: TierWindowRule {
            kind: rules.window.kind.as_str().to_owned(),
            months: rules.window.kind.months(),
            term_months: rules.window.term_months,
            grace_days: rules.window.grace_days,
        },
        clauses: rules.clauses.iter().map(|rule| clause(rule, locale)).collect(),
        consents: rules
            .consents
            .iter()
            .map(|consent| Consent {
                id: consent.id.clone(),
                version: consent.version.to_string(),
                required: consent.required,
                title: text(&consent.title, locale).to_owned(),
                text: text(&consent.text, locale).to_owned(),
            })
            .collect(),
        as_of: Instant(now),
    }
}

fn tier_rule(rules: &loyalty::Programme, tier: &loyalty::programme::Tier, locale: Locale) -> TierRule {
    TierRule {
        id: tier.id.clone(),
        name: text(&tier.name, locale).to_owned(),
        threshold: money(rules, tier.threshold_minor),
        keep: money(rules, tier.keep_minor),
        multiplier_percent: tier.multiplier_percent,
        benefits: tier.benefits.iter().map(|benefit| text(benefit, locale).to_owned()).collect(),
    }
}
