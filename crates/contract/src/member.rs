//! The member: who she is, what she agreed to, how she wants to be spoken to.

use serde::{Deserialize, Serialize};

use crate::{Date, Endpoint, Id, Instant};

/// A member, as she sees herself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// Her identifier.
    pub id: Id,
    /// As she wrote it.
    pub name: String,
    /// Her first day in the programme.
    pub joined_on: Date,
    /// Her card.
    pub card: Card,
}

/// Her card: it exists from the moment she enrols.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Card {
    /// Twelve digits; leading zeros count.
    pub number: String,
}

/// What the counter scans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CardToken {
    /// The card's number.
    pub number: String,
    /// Number and a code that changes, digits only: the contents of barcode and QR code.
    pub token: String,
    /// Seconds for which `token` is good from now on.
    pub valid_for: u32,
    /// When this was true.
    pub as_of: Instant,
}

/// A skin type; what a gift's variants are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SkinType {
    /// 干性
    Dry,
    /// 油性
    Oily,
    /// 混合性
    Combination,
    /// 中性
    Normal,
    /// 敏感性
    Sensitive,
}

impl SkinType {
    /// Every skin type, in the order a form shows them.
    pub const ALL: [SkinType; 5] =
        [SkinType::Dry, SkinType::Oily, SkinType::Combination, SkinType::Normal, SkinType::Sensitive];
    /// As on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            SkinType::Dry => "dry",
            SkinType::Oily => "oily",
            SkinType::Combination => "combination",
            SkinType::Normal => "normal",
            SkinType::Sensitive => "sensitive",
        }
    }
    /// `None` for a text that names no skin type.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|skin_type| skin_type.as_str() == text)
    }
}

/// One consent, given or withheld, in the version of the text that she saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentAnswer {
    /// From [`crate::programme::Consent`].
    pub id: String,
    /// The version she saw.
    pub version: String,
    /// What she said.
    pub granted: bool,
}

/// Enrols the signed-in phone number. `Idempotency-Key` is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolment {
    /// 1 to 40 characters after trimming.
    pub name: String,
    /// Optional; in the past, not before 1900.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birthday: Option<Date>,
    /// Optional.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skin_type: Option<SkinType>,
    /// One answer for each consent the programme asks for.
    pub consents: Vec<ConsentAnswer>,
}

/// Contact and person. Replaced as a whole, with `If-Match`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    /// 1 to 40 characters after trimming.
    pub name: String,
    /// Masked, and not changed by a `PUT`: the number is the key to the account.
    #[serde(default)]
    pub phone: String,
    /// Optional.
    #[serde(default)]
    pub email: Option<String>,
    /// Optional; in the past, not before 1900.
    #[serde(default)]
    pub birthday: Option<Date>,
    /// Optional.
    #[serde(default)]
    pub skin_type: Option<SkinType>,
    /// A counter's id.
    #[serde(default)]
    pub home_counter: Option<Id>,
    /// Where the counter may send what can't be handed over; optional, at most 200 characters.
    #[serde(default)]
    pub address: Option<String>,
}

/// Which channels, about what, and when not. Replaced as a whole, with `If-Match`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preferences {
    /// The language of messages: `zh-CN` or `en`.
    pub language: String,
    /// May be used.
    pub channels: Channels,
    /// What she wants to hear about. What the programme owes her (points that expire, a pass that is ready) is no topic:
    /// it comes in any case.
    pub topics: Topics,
    /// No message between these, in the programme's time zone; `None` for none.
    #[serde(default)]
    pub quiet_hours: Option<QuietHours>,
}

/// Channels outside the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Channels {
    /// Text messages.
    pub sms: bool,
    /// Mail.
    pub email: bool,
    /// WeChat.
    pub wechat: bool,
}

/// Topics of messages nobody owes her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Topics {
    /// New gifts and benefits.
    pub gifts: bool,
    /// Campaigns and advertising.
    pub campaigns: bool,
    /// Surveys.
    pub surveys: bool,
}

/// `HH:MM` to `HH:MM`; over midnight if `from` is later than `to`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuietHours {
    /// `HH:MM`, 24 hours.
    pub from: String,
    /// `HH:MM`, 24 hours.
    pub to: String,
}

/// Enrol; 201.
pub fn enrol(enrolment: &Enrolment, idempotency_key: &str) -> Endpoint<Member> {
    Endpoint::post("/members", enrolment).keyed(idempotency_key)
}
/// Number and rotating token.
pub fn card() -> Endpoint<CardToken> {
    Endpoint::get("/me/card")
}
/// Contact and person.
pub fn profile() -> Endpoint<Profile> {
    Endpoint::get("/me/profile")
}
/// Replace contact and person; `version` is the ETag of what was read.
pub fn replace_profile(profile: &Profile, version: &str) -> Endpoint<Profile> {
    Endpoint::put("/me/profile", profile, version)
}
/// Channels, topics, quiet hours.
pub fn preferences() -> Endpoint<Preferences> {
    Endpoint::get("/me/preferences")
}
/// Replace channels, topics, quiet hours; `version` is the ETag of what was read.
pub fn replace_preferences(preferences: &Preferences, version: &str) -> Endpoint<Preferences> {
    Endpoint::put("/me/preferences", preferences, version)
}
