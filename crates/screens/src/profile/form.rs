//! The profile as its inputs hold it.

use contract::Date;
use contract::member::{Profile, SkinType};

use super::FieldName;
use crate::document::{Draft, merged};
use crate::join::parse_birthday;

/// The profile as its inputs hold it; empty is absent.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    pub name: String,
    /// Masked; not hers to change here.
    pub phone: String,
    pub email: String,
    pub birthday: String,
    pub skin_type: Option<SkinType>,
    pub home_counter: Option<String>,
    pub address: String,
}

/// What can't be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    NameMissing,
    NameTooLong,
    NoEmail,
    NoBirthday,
    AddressTooLong,
}

impl Mistake {
    pub fn field(self) -> FieldName {
        match self {
            Mistake::NameMissing | Mistake::NameTooLong => FieldName::Name,
            Mistake::NoEmail => FieldName::Email,
            Mistake::NoBirthday => FieldName::Birthday,
            Mistake::AddressTooLong => FieldName::Address,
        }
    }

    pub fn id(self) -> &'static str {
        self.field().id()
    }
}

impl FieldName {
    /// Of the input, and on the wire.
    pub(super) fn id(self) -> &'static str {
        match self {
            FieldName::Name => "name",
            FieldName::Email => "email",
            FieldName::Birthday => "birthday",
            FieldName::Address => "address",
        }
    }
}

impl Form {
    pub fn of(profile: &Profile) -> Self {
        Self {
            name: profile.name.clone(),
            phone: profile.phone.clone(),
            email: profile.email.clone().unwrap_or_default(),
            birthday: profile.birthday.map(|birthday| birthday.to_string()).unwrap_or_default(),
            skin_type: profile.skin_type,
            home_counter: profile.home_counter.clone(),
            address: profile.address.clone().unwrap_or_default(),
        }
    }

    /// What is sent. A birthday that is none does not get here: it is among the mistakes.
    pub fn to_profile(&self) -> Profile {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Profile {
            name: self.name.trim().to_owned(),
            phone: self.phone.clone(),
            email: given(&self.email),
            birthday: self.birthday.trim().parse().ok(),
            skin_type: self.skin_type,
            home_counter: self.home_counter.clone(),
            address: given(&self.address),
        }
    }

    pub fn get(&self, field: FieldName) -> &str {
        match field {
            FieldName::Name => &self.name,
            FieldName::Email => &self.email,
            FieldName::Birthday => &self.birthday,
            FieldName::Address => &self.address,
        }
    }

    pub fn put(&mut self, field: FieldName, text: String) {
        match field {
            FieldName::Name => self.name = text,
            FieldName::Email => self.email = text,
            FieldName::Birthday => self.birthday = text,
            FieldName::Address => self.address = text,
        }
    }

    /// In the order of the form.
    pub fn mistakes(&self, today: Option<Date>) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        match self.name.trim().chars().count() {
            0 => mistakes.push(Mistake::NameMissing),
            1..=40 => {}
            _ => mistakes.push(Mistake::NameTooLong),
        }
        if !is_email(self.email.trim()) {
            mistakes.push(Mistake::NoEmail);
        }
        if parse_birthday(&self.birthday, today).is_err() {
            mistakes.push(Mistake::NoBirthday);
        }
        if self.address.trim().chars().count() > 200 {
            mistakes.push(Mistake::AddressTooLong);
        }
        mistakes
    }
}

/// Empty, or something before and after one `@`. Anything stricter turns real addresses away; a message will tell.
fn is_email(text: &str) -> bool {
    match text.split_once('@') {
        None => text.is_empty(),
        Some((name, host)) => {
            !name.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !host.contains('@')
                && !text.contains(char::is_whitespace)
        }
    }
}

impl Draft for Form {
    fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self {
        Self {
            name: merged(&base.name, &mine.name, &theirs.name),
            phone: theirs.phone.clone(),
            email: merged(&base.email, &mine.email, &theirs.email),
            birthday: merged(&base.birthday, &mine.birthday, &theirs.birthday),
            skin_type: merged(&base.skin_type, &mine.skin_type, &theirs.skin_type),
            home_counter: merged(&base.home_counter, &mine.home_counter, &theirs.home_counter),
            address: merged(&base.address, &mine.address, &theirs.address),
        }
    }
}
