//! Settings: from the command line, or else the environment (`SHOUYUE_*`), or else a file, or else built in.

mod wechat;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::clock;

pub use wechat::{TemplateSettings, WechatGatewaySettings, WechatSettings};

/// What can be said, as it is said. In a file the names are the same, without dashes in front.
#[derive(Clone, Debug, Default, clap::Args, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Options {
    /// Where to listen; port 0 picks a free one [default: 127.0.0.1:8080]
    #[arg(long, env = "SHOUYUE_LISTEN", value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    /// Where to listen for whoever collects metrics; off if absent
    #[arg(long, env = "SHOUYUE_METRICS_LISTEN", value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metrics_listen: Option<SocketAddr>,
    /// sqlite:PATH or postgres://… [default: sqlite:shouyue.sqlite]
    #[arg(long, env = "SHOUYUE_DATABASE", value_name = "URL", hide_env_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// The folder with the built portal; without it only the API is served
    #[arg(long, env = "SHOUYUE_PORTAL", value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portal: Option<PathBuf>,
    /// The programme's rules; only the demo has some of its own
    #[arg(long, env = "SHOUYUE_PROGRAMME", value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub programme: Option<PathBuf>,
    /// The address members use, if not the one listened on: https://club.example.com
    #[arg(long, env = "SHOUYUE_PUBLIC_URL", value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    /// Proxies whose X-Forwarded-For is believed, as networks: 10.0.0.0/8,192.168.1.7/32
    #[arg(long, env = "SHOUYUE_TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',')]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trusted_proxies: Option<Vec<IpNet>>,
    /// What the till sends as `Authorization: Bearer`; without it the staff routes refuse everybody
    #[arg(long, env = "SHOUYUE_SERVICE_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_token: Option<String>,
    /// Where text messages are posted as JSON; the demo prints them instead
    #[arg(long, env = "SHOUYUE_SMS_WEBHOOK", value_name = "URL", hide_env_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sms_webhook: Option<String>,
    /// Sent to the webhook as `Authorization: Bearer`
    #[arg(long, env = "SHOUYUE_SMS_WEBHOOK_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sms_webhook_token: Option<String>,
    /// One-time codes for one number in a day [default: 5]
    #[arg(long, env = "SHOUYUE_CODES_PER_NUMBER", value_name = "COUNT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codes_per_number: Option<u32>,
    /// One-time codes from one address in an hour [default: 60]
    #[arg(long, env = "SHOUYUE_CODES_PER_ADDRESS", value_name = "COUNT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codes_per_address: Option<u32>,
    /// One-time codes altogether in a day: the most that text messages can cost [default: 10000]
    #[arg(long, env = "SHOUYUE_CODES_PER_DAY", value_name = "COUNT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codes_per_day: Option<u32>,
    /// Seconds between two codes for one number [default: 60]
    #[arg(long, env = "SHOUYUE_CODE_RESEND_SECONDS", value_name = "SECONDS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_resend_seconds: Option<u32>,
    /// Requests to the API from one address in a minute; 0 is no limit [default: 3000]
    #[arg(long, env = "SHOUYUE_REQUESTS_PER_ADDRESS", value_name = "COUNT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests_per_address: Option<u32>,
    /// Requests to the API of one session in a minute; 0 is no limit [default: 600]
    #[arg(long, env = "SHOUYUE_REQUESTS_PER_SESSION", value_name = "COUNT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests_per_session: Option<u32>,
    /// The app id of the brand's mini-program; without it there is no signing in by WeChat
    #[arg(long, env = "SHOUYUE_WECHAT_APP_ID", value_name = "ID")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wechat_app_id: Option<String>,
    /// The mini-program's app secret
    #[arg(long, env = "SHOUYUE_WECHAT_APP_SECRET", value_name = "SECRET", hide_env_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wechat_app_secret: Option<String>,
    /// Where WeChat's interface is [default: https://api.weixin.qq.com]
    #[arg(long, env = "SHOUYUE_WECHAT_URL", value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wechat_url: Option<String>,
    /// The template of subscribe messages about reservations; members are asked for consents to it
    #[arg(long, env = "SHOUYUE_WECHAT_TEMPLATE_RESERVATION", value_name = "ID")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wechat_template_reservation: Option<String>,
    /// What that template's fields show: thing1=gift,thing2=counter,phrase3=state,time4=until
    #[arg(long, env = "SHOUYUE_WECHAT_TEMPLATE_RESERVATION_FIELDS", value_name = "FIELDS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wechat_template_reservation_fields: Option<String>,
    /// Sign-ins by WeChat from one address in an hour; behind one of a mobile network are thousands of phones [default: 6000]
    #[arg(long, env = "SHOUYUE_WECHAT_SIGN_INS_PER_ADDRESS", value_name = "COUNT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wechat_sign_ins_per_address: Option<u32>,
    /// Codes from one address in an hour that WeChat refuses, before the answer is 429; good codes sign in all the same [default: 600]
    #[arg(long, env = "SHOUYUE_WECHAT_REFUSED_PER_ADDRESS", value_name = "COUNT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wechat_refused_per_address: Option<u32>,
    /// Sign-ins by WeChat of one account in an hour [default: 30]
    #[arg(long, env = "SHOUYUE_WECHAT_SIGN_INS_PER_ACCOUNT", value_name = "COUNT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wechat_sign_ins_per_account: Option<u32>,
    /// Fills an empty database with the demo, prints one-time codes, and allows what is for tests only
    #[arg(long, env = "SHOUYUE_DEMO", num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demo: Option<bool>,
    /// Moves the server's clock, for the demo and tests only: +90d, -3h
    #[arg(long, env = "SHOUYUE_CLOCK_OFFSET", value_name = "OFFSET", allow_hyphen_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_offset: Option<String>,
}

/// What holds.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where to listen for metrics.
    pub metrics_listen: Option<SocketAddr>,
    /// `sqlite:PATH` or `postgres://…`.
    pub database: String,
    /// The folder with the built portal.
    pub portal: Option<PathBuf>,
    /// The programme's file; `None` for the demo's own.
    pub programme: Option<PathBuf>,
    /// Scheme and authority that members use; `None` for whatever `Host` they ask for, over plain HTTP.
    pub public_url: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// What the till sends.
    pub service_token: Option<String>,
    /// Where text messages go.
    pub gateway: GatewaySettings,
    /// WeChat.
    pub wechat: WechatSettings,
    /// How many one-time codes.
    pub codes: CodeSettings,
    /// Requests of one address in a minute; zero is no limit.
    pub requests_per_address: u32,
    /// Requests of one session in a minute; zero is no limit.
    pub requests_per_session: u32,
    /// Whether this is the demo.
    pub demo: bool,
    /// By how much the clock is moved.
    pub clock_offset: TimeDelta,
}

/// Where text messages go.
#[derive(Clone, Debug)]
pub enum GatewaySettings {
    /// To standard output.
    Console,
    /// Posted as JSON.
    Webhook {
        /// Where to.
        url: String,
        /// Sent as `Authorization: Bearer`.
        token: Option<String>,
    },
    /// Nowhere: signing in answers 503.
    Nowhere,
}

/// How many one-time codes may be sent.
#[derive(Clone, Copy, Debug)]
pub struct CodeSettings {
    /// To one number in a day.
    pub per_number: u32,
    /// From one address in an hour.
    pub per_address: u32,
    /// Altogether in a day.
    pub per_day: u32,
    /// Seconds between two for one number.
    pub resend_seconds: u32,
}

/// Settings that can't be used, in a sentence for whoever starts the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable(pub String);

impl core::fmt::Display for Unusable {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unusable {}

impl Options {
    /// What the command line and the environment say, over what `file` says.
    pub fn over(self, file: Option<&Path>) -> Result<Self, Unusable> {
        let Some(path) = file else { return Ok(self) };
        let unusable = |error: &dyn core::fmt::Display| Unusable(format!("{}: {error}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| unusable(&error))?;
        // Read on its own first: a mistake in the file is then reported with the file's lines.
        toml::from_str::<Self>(&text).map_err(|error| unusable(&error))?;
        let mut merged: toml::Table = toml::from_str(&text).map_err(|error| unusable(&error))?;
        merged.extend(toml::Table::try_from(&self).map_err(|error| unusable(&error))?);
        merged.try_into().map_err(|error: toml::de::Error| unusable(&error))
    }

    /// Fills in what was not said, and refuses what can't work.
    pub fn settle(self) -> Result<Settings, Unusable> {
        let demo = self.demo.unwrap_or(false);
        let listen = self.listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
        let clock_offset = match &self.clock_offset {
            Some(text) if !text.is_empty() => {
                clock::offset(text).map_err(|error| Unusable(format!("clock-offset: {error}")))?
            }
            _ => TimeDelta::zero(),
        };
        if !clock_offset.is_zero() && !demo {
            return Err(Unusable(
                "clock-offset: only with --demo; members' points must not expire on an invented day".to_owned(),
            ));
        }
        if self.programme.is_none() && !demo {
            return Err(Unusable("programme: say where the rules are (--programme FILE), or use --demo".to_owned()));
        }
        let public_url = self.public_url.as_deref().map(origin).transpose()?;
        if !demo {
            safe_transport(public_url.as_deref(), listen)?;
        }
        let wechat = wechat::settle(&self, demo)?;
        let gateway = match (self.sms_webhook, demo) {
            (Some(url), _) => GatewaySettings::Webhook { url, token: self.sms_webhook_token },
            (None, true) => GatewaySettings::Console,
            (None, false) => GatewaySettings::Nowhere,
        };
        Ok(Settings {
            listen,
            metrics_listen: self.metrics_listen,
            database: self.database.unwrap_or_else(|| "sqlite:shouyue.sqlite".to_owned()),
            portal: self.portal,
            programme: self.programme,
            public_url,
            trusted_proxies: self.trusted_proxies.unwrap_or_default(),
            service_token: self.service_token.filter(|token| !token.is_empty()),
            gateway,
            wechat,
            codes: CodeSettings {
                per_number: self.codes_per_number.unwrap_or(5),
                per_address: self.codes_per_address.unwrap_or(60),
                per_day: self.codes_per_day.unwrap_or(10_000),
                resend_seconds: self.code_resend_seconds.unwrap_or(60),
            },
            requests_per_address: self.requests_per_address.unwrap_or(3000),
            requests_per_session: self.requests_per_session.unwrap_or(600),
            demo,
            clock_offset,
        })
    }
}

impl Settings {
    /// Whether members reach the server over TLS.
    pub fn secure(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// In the form of the file, secrets masked.
    pub fn display(&self) -> Result<String, toml::ser::Error> {
        const HIDDEN: &str = "********";
        let (webhook, token) = match &self.gateway {
            GatewaySettings::Webhook { url, token } => (Some(url.clone()), token.as_ref().map(|_| HIDDEN.to_owned())),
            GatewaySettings::Console | GatewaySettings::Nowhere => (None, None),
        };
        let (wechat_url, app_id, app_secret) = match &self.wechat.gateway {
            WechatGatewaySettings::Http { url, app_id, .. } => {
                (Some(url.clone()), Some(app_id.clone()), Some(HIDDEN.to_owned()))
            }
            WechatGatewaySettings::Demo | WechatGatewaySettings::Nowhere => (None, None, None),
        };
        let template = self.wechat.reservation.as_ref();
        toml::to_string(&Options {
            listen: Some(self.listen),
            metrics_listen: self.metrics_listen,
            database: Some(without_password(&self.database)),
            portal: self.portal.clone(),
            programme: self.programme.clone(),
            public_url: self.public_url.clone(),
            trusted_proxies: Some(self.trusted_proxies.clone()),
            service_token: self.service_token.as_ref().map(|_| HIDDEN.to_owned()),
            sms_webhook: webhook,
            sms_webhook_token: token,
            codes_per_number: Some(self.codes.per_number),
            codes_per_address: Some(self.codes.per_address),
            codes_per_day: Some(self.codes.per_day),
            code_resend_seconds: Some(self.codes.resend_seconds),
            requests_per_address: Some(self.requests_per_address),
            requests_per_session: Some(self.requests_per_session),
            wechat_app_id: app_id,
            wechat_app_secret: app_secret,
            wechat_url,
            wechat_template_reservation: template.map(|template| template.id.clone()),
            wechat_template_reservation_fields: template.map(TemplateSettings::fields_as_set),
            wechat_sign_ins_per_address: Some(self.wechat.per_address),
            wechat_refused_per_address: Some(self.wechat.refused_per_address),
            wechat_sign_ins_per_account: Some(self.wechat.per_account),
            demo: Some(self.demo),
            clock_offset: (!self.clock_offset.is_zero()).then(|| format!("{:+}s", self.clock_offset.num_seconds())),
        })
    }
}

/// Scheme and authority of an address; a path would be ignored, so it is refused.
fn origin(url: &str) -> Result<String, Unusable> {
    let trimmed = url.strip_suffix('/').unwrap_or(url);
    let authority = trimmed.strip_prefix("https://").or_else(|| trimmed.strip_prefix("http://"));
    match authority {
        Some(authority) if !authority.is_empty() && !authority.contains(['/', '?', '#', '@', ' ']) => {
            Ok(trimmed.to_ascii_lowercase())
        }
        _ => Err(Unusable(format!("public-url: {url} is no address like https://club.example.com"))),
    }
}

/// A session cookie must not cross a network in the clear.
fn safe_transport(public_url: Option<&str>, listen: SocketAddr) -> Result<(), Unusable> {
    let safe = match public_url {
        Some(url) => {
            let host = url
                .strip_prefix("http://")
                .map(|authority| authority.rsplit_once(':').map_or(authority, |(host, _)| host));
            host.is_none_or(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host))
        }
        None => listen.ip().is_loopback(),
    };
    if safe {
        return Ok(());
    }
    Err(Unusable(
        "public-url: members' sessions must not travel in the clear; put TLS in front and say --public-url https://…"
            .to_owned(),
    ))
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            let user = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:********@{host}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_harm_members_is_refused() {
        let base = || Options { programme: Some("programme.toml".into()), ..Options::default() };
        assert!(base().settle().is_ok());
        assert!(Options::default().settle().is_err());
        assert!(Options { clock_offset: Some("+1d".to_owned()), ..base() }.settle().is_err());
        assert!(Options { public_url: Some("http://club.example.com".to_owned()), ..base() }.settle().is_err());
        assert!(Options { public_url: Some("https://club.example.com/x".to_owned()), ..base() }.settle().is_err());
        assert!(Options { listen: "0.0.0.0:80".parse().ok(), ..base() }.settle().is_err());
        let safe = Options {
            public_url: Some("https://club.example.com/".to_owned()),
            listen: "0.0.0.0:80".parse().ok(),
            ..base()
        };
        assert!(safe.settle().unwrap().secure());
    }

    #[test]
    fn secrets_are_masked() {
        let options = Options {
            programme: Some("programme.toml".into()),
            database: Some("postgres://app:hunter2@db/shouyue".to_owned()),
            service_token: Some("hunter2".to_owned()),
            sms_webhook: Some("https://sms.example.com".to_owned()),
            sms_webhook_token: Some("hunter2".to_owned()),
            ..Options::default()
        };
        let shown = options.settle().unwrap().display().unwrap();
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("postgres://app:********@db/shouyue"));
    }
}
