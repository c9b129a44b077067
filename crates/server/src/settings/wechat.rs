//! What is set about WeChat.

use super::{Options, Unusable};
use crate::wechat::template::{self, Field};

const WECHAT: &str = "https://api.weixin.qq.com";
/// A made-up template, so that a demo has something to ask for.
const DEMO_TEMPLATE: &str = "demo-reservation";
const DEMO_FIELDS: &str = "thing1=gift,thing2=counter,phrase3=state,time4=until";

/// WeChat, as it was set up.
#[derive(Clone, Debug)]
pub struct WechatSettings {
    /// Whom to ask about accounts.
    pub gateway: WechatGatewaySettings,
    /// What news of a reservation is sent as; `None` if it is not sent by WeChat.
    pub reservation: Option<TemplateSettings>,
    /// Sign-ins from one address in an hour.
    pub per_address: u32,
    /// Codes from one address in an hour that WeChat refuses.
    pub refused_per_address: u32,
    /// Sign-ins of one account in an hour.
    pub per_account: u32,
}

/// Whom to ask about accounts.
#[derive(Clone)]
pub enum WechatGatewaySettings {
    /// Nobody: every code `demo-…` is an account.
    Demo,
    /// WeChat itself.
    Http {
        /// Where it is.
        url: String,
        /// Of the brand's mini-program.
        app_id: String,
        /// Of the brand's mini-program.
        app_secret: String,
    },
    /// Nobody: there is no signing in by WeChat.
    Nowhere,
}

/// A template, and what its fields show.
#[derive(Clone, Debug)]
pub struct TemplateSettings {
    /// What WeChat calls it.
    pub id: String,
    /// In the order in which they were set.
    pub fields: Vec<Field>,
}

impl TemplateSettings {
    /// The fields in the form in which they are set.
    pub fn fields_as_set(&self) -> String {
        self.fields.iter().map(Field::to_string).collect::<Vec<_>>().join(",")
    }
}

impl core::fmt::Debug for WechatGatewaySettings {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Demo => "Demo",
            Self::Http { .. } => "Http",
            Self::Nowhere => "Nowhere",
        })
    }
}

pub(super) fn settle(options: &Options, demo: bool) -> Result<WechatSettings, Unusable> {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let gateway = match (given(&options.wechat_app_id), given(&options.wechat_app_secret)) {
        (Some(app_id), Some(app_secret)) => {
            let url = given(&options.wechat_url).unwrap_or_else(|| WECHAT.to_owned());
            WechatGatewaySettings::Http { url: safe(url)?, app_id, app_secret }
        }
        (None, None) if demo => WechatGatewaySettings::Demo,
        (None, None) => WechatGatewaySettings::Nowhere,
        _ => return Err(Unusable("wechat-app-id and wechat-app-secret: each needs the other".to_owned())),
    };
    let mut id = given(&options.wechat_template_reservation);
    let mut fields = given(&options.wechat_template_reservation_fields);
    if matches!(gateway, WechatGatewaySettings::Demo) {
        id = id.or_else(|| Some(DEMO_TEMPLATE.to_owned()));
        fields = fields.or_else(|| Some(DEMO_FIELDS.to_owned()));
    }
    let reservation = match (id, fields) {
        (Some(_), _) if matches!(gateway, WechatGatewaySettings::Nowhere) => {
            return Err(Unusable("wechat-template-reservation: needs wechat-app-id and wechat-app-secret".to_owned()));
        }
        (Some(id), Some(fields)) => {
            let fields = template::parse(&fields).map_err(|error| {
                Unusable(format!("wechat-template-reservation-fields: {error}; such as {DEMO_FIELDS}"))
            })?;
            Some(TemplateSettings { id, fields })
        }
        // Members would be asked for consents that nothing could be sent with.
        (Some(_), None) => {
            return Err(Unusable(format!(
                "wechat-template-reservation-fields: say what each field of the template shows; such as {DEMO_FIELDS}"
            )));
        }
        (None, Some(_)) => {
            return Err(Unusable("wechat-template-reservation-fields: of which template?".to_owned()));
        }
        (None, None) => None,
    };
    Ok(WechatSettings {
        gateway,
        reservation,
        per_address: options.wechat_sign_ins_per_address.unwrap_or(6000),
        refused_per_address: options.wechat_refused_per_address.unwrap_or(600),
        per_account: options.wechat_sign_ins_per_account.unwrap_or(30),
    })
}

/// The app's secret travels there: over TLS, or not beyond this machine.
fn safe(url: String) -> Result<String, Unusable> {
    let url = url.trim_end_matches('/').to_owned();
    let near = ["http://localhost", "http://127.0.0.1", "http://[::1]"]
        .iter()
        .any(|near| url.strip_prefix(near).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/'])));
    if url.starts_with("https://") || near { Ok(url) } else { Err(Unusable("wechat-url: https://…".to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> Options {
        Options { programme: Some("programme.toml".into()), ..Options::default() }
    }

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn without_an_app_there_is_no_wechat_but_in_the_demo() {
        let none = options().settle().unwrap().wechat;
        assert!(matches!(none.gateway, WechatGatewaySettings::Nowhere) && none.reservation.is_none());
        let demo = Options { demo: Some(true), ..options() }.settle().unwrap().wechat;
        assert!(matches!(demo.gateway, WechatGatewaySettings::Demo));
        assert_eq!(demo.reservation.unwrap().id, "demo-reservation");
    }

    #[test]
    fn what_is_half_said_is_refused() {
        let app = || Options { wechat_app_id: text("wx1"), wechat_app_secret: text("hunter2"), ..options() };
        assert!(app().settle().is_ok());
        assert!(Options { wechat_app_secret: None, ..app() }.settle().is_err());
        assert!(Options { wechat_url: text("http://api.example.com"), ..app() }.settle().is_err());
        assert!(Options { wechat_url: text("http://127.0.0.1.example.com"), ..app() }.settle().is_err());
        assert!(Options { wechat_url: text("http://127.0.0.1:9/"), ..app() }.settle().is_ok());
        assert!(Options { wechat_template_reservation: text("t"), ..app() }.settle().is_err());
        let whole = || Options {
            wechat_template_reservation: text("t"),
            wechat_template_reservation_fields: text("thing1=gift"),
            ..app()
        };
        let shown = whole().settle().unwrap().display().unwrap();
        assert!(shown.contains("wechat-template-reservation-fields = \"thing1=gift\""), "{shown}");
        assert!(Options { wechat_template_reservation: None, ..whole() }.settle().is_err());
        assert!(Options { wechat_template_reservation_fields: text("thing1=colour"), ..whole() }.settle().is_err());
        assert!(Options { wechat_app_id: None, wechat_app_secret: None, ..whole() }.settle().is_err());
    }

    #[test]
    fn the_secret_is_neither_shown_nor_printed() {
        let app = Options { wechat_app_id: text("wx1"), wechat_app_secret: text("hunter2"), ..options() };
        let settings = app.settle().unwrap();
        let shown = settings.display().unwrap();
        assert!(shown.contains("wechat-app-id = \"wx1\"") && !shown.contains("hunter2"), "{shown}");
        assert!(!format!("{settings:?}").contains("hunter2"));
    }
}
