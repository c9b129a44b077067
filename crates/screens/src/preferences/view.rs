//! The preferences in words.

use catalogue::Locale;
use catalogue::text::{common, me as me_words, preferences as words};
use contract::member::{Preferences as Saved, QuietHours};
use serde::{Deserialize, Serialize};

use super::Preferences;
use crate::document::{Document, Open, Saving};
use crate::env::Env;
use crate::route::Route;
use crate::view::{Alert, Body, Choice, Choices, Field, Submit, Switch};
use crate::{chrome, trouble};

/// The id of the input of the beginning.
const FROM: &str = "quiet-from";
/// The id of the input of the end.
const TO: &str = "quiet-to";

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// The form.
    pub body: Body<FormView>,
}

/// The form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormView {
    /// What comes in any case.
    pub lead: String,
    /// The heading over the channels.
    pub channels_heading: String,
    /// Which channels may be used.
    pub channels: Vec<Toggle>,
    /// The heading over the topics.
    pub topics_heading: String,
    /// What about.
    pub topics: Vec<Toggle>,
    /// The language of messages.
    pub language: Choices<Locale>,
    /// Quiet hours at all.
    pub quiet: Switch,
    /// From when to when, `type="time"`; `None` without quiet hours.
    pub quiet_hours: Option<(Field, Field)>,
    /// Sends `Save`.
    pub submit: Submit,
    /// She has changes that are not saved: leaving the page asks first.
    pub dirty: bool,
    /// It is saved; stands beside the button until she goes on editing.
    pub saved: Option<String>,
    /// Why it is not saved, or that it changed elsewhere.
    pub alert: Option<Alert>,
}

/// One channel or topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Toggle {
    /// What `Toggle` sends.
    pub name: ToggleName,
    /// On or off.
    pub switch: Switch,
}

/// A channel or a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToggleName {
    /// Text messages.
    Sms,
    /// Mail.
    Email,
    /// WeChat.
    Wechat,
    /// New gifts and benefits.
    Gifts,
    /// Campaigns and advertising.
    Campaigns,
    /// Surveys.
    Surveys,
}

impl ToggleName {
    const CHANNELS: [ToggleName; 3] = [ToggleName::Sms, ToggleName::Email, ToggleName::Wechat];
    const TOPICS: [ToggleName; 3] = [ToggleName::Gifts, ToggleName::Campaigns, ToggleName::Surveys];

    pub(super) fn of(self, saved: &mut Saved) -> &mut bool {
        match self {
            ToggleName::Sms => &mut saved.channels.sms,
            ToggleName::Email => &mut saved.channels.email,
            ToggleName::Wechat => &mut saved.channels.wechat,
            ToggleName::Gifts => &mut saved.topics.gifts,
            ToggleName::Campaigns => &mut saved.topics.campaigns,
            ToggleName::Surveys => &mut saved.topics.surveys,
        }
    }

    fn id(self) -> &'static str {
        match self {
            ToggleName::Sms => "channel-sms",
            ToggleName::Email => "channel-email",
            ToggleName::Wechat => "channel-wechat",
            ToggleName::Gifts => "topic-gifts",
            ToggleName::Campaigns => "topic-campaigns",
            ToggleName::Surveys => "topic-surveys",
        }
    }

    fn label(self, locale: Locale) -> &'static str {
        match self {
            ToggleName::Sms => words::sms(locale),
            ToggleName::Email => words::email(locale),
            ToggleName::Wechat => words::wechat(locale),
            ToggleName::Gifts => words::gifts(locale),
            ToggleName::Campaigns => words::campaigns(locale),
            ToggleName::Surveys => words::surveys(locale),
        }
    }
}

pub(super) fn view(preferences: &Preferences, env: &Env) -> View {
    let body = match &preferences.document {
        Document::Reading => Body::Loading(trouble::loading(env)),
        Document::Unread(failure) => Body::Trouble(trouble::trouble(failure, env)),
        Document::Open(open) => Body::Shown { content: form(open, env), banner: None },
    };
    View { heading: chrome::name(&Route::Preferences, env).to_owned(), body }
}

/// The id of the first input that holds no time.
pub(super) fn mistake(draft: &Saved) -> Option<&'static str> {
    let QuietHours { from, to } = draft.quiet_hours.as_ref()?;
    if !is_time(from) {
        return Some(FROM);
    }
    (!is_time(to)).then_some(TO)
}

fn is_time(text: &str) -> bool {
    match text.as_bytes() {
        [a, b, b':', c, d] => {
            let hour = (a.wrapping_sub(b'0'), b.wrapping_sub(b'0'));
            let minute = (c.wrapping_sub(b'0'), d.wrapping_sub(b'0'));
            hour.1 <= 9 && (hour.0 <= 1 || (hour.0 == 2 && hour.1 <= 3)) && minute.0 <= 5 && minute.1 <= 9
        }
        _ => false,
    }
}

fn form(open: &Open<Saved>, env: &Env) -> FormView {
    let locale = env.locale;
    let mut draft = open.draft.clone();
    let mut toggles = |names: [ToggleName; 3]| -> Vec<Toggle> {
        names.into_iter().map(|name| toggle(name, *name.of(&mut draft), locale)).collect()
    };
    FormView {
        lead: words::lead(locale).to_owned(),
        channels_heading: words::channels(locale).to_owned(),
        channels: toggles(ToggleName::CHANNELS),
        topics_heading: words::topics(locale).to_owned(),
        topics: toggles(ToggleName::TOPICS),
        language: Choices {
            label: words::language(locale).to_owned(),
            choices: Locale::ALL
                .into_iter()
                .map(|each| Choice {
                    label: me_words::own_name(each).to_owned(),
                    value: each,
                    chosen: each.tag() == open.draft.language,
                })
                .collect(),
        },
        quiet: Switch {
            id: "quiet".to_owned(),
            label: words::quiet(locale).to_owned(),
            hint: Some(words::quiet_hint(locale).to_owned()),
            on: open.draft.quiet_hours.is_some(),
        },
        quiet_hours: open.draft.quiet_hours.as_ref().map(|hours| {
            let field = |id: &'static str, label: &str, value: &str, wire: &str| {
                let refused = open.failure().and_then(|failure| failure.of_field(wire));
                let error = if is_time(value) { refused } else { Some(words::time_wrong(locale)) };
                Field::new(id, label, value).error(error.map(str::to_owned))
            };
            (
                field(FROM, words::quiet_from(locale), &hours.from, "quiet_hours.from"),
                field(TO, words::quiet_to(locale), &hours.to, "quiet_hours.to"),
            )
        }),
        submit: Submit {
            label: (if open.is_busy() { common::saving(locale) } else { common::save(locale) }).to_owned(),
            can_submit: open.can_save(),
            busy: open.is_busy(),
        },
        dirty: open.is_dirty(),
        saved: matches!(open.saving, Saving::Done).then(|| trouble::saved(env)),
        alert: match &open.saving {
            Saving::Conflict { .. } => Some(trouble::changed_elsewhere(env)),
            Saving::Failed(failure) => Some(trouble::alert(failure, env)),
            _ => None,
        },
    }
}

fn toggle(name: ToggleName, on: bool, locale: Locale) -> Toggle {
    let switch = Switch { id: name.id().to_owned(), label: name.label(locale).to_owned(), hint: None, on };
    Toggle { name, switch }
}
