//! What she fills in, and what can't be right about it.

use contract::Date;
use contract::member::{ConsentAnswer, Enrolment, SkinType};
use contract::programme::Consent;

use super::Event;
use crate::failure::Failure;

/// The id of the name's input.
pub const NAME: &str = "name";
/// The id of the birthday's input.
pub const BIRTHDAY: &str = "birthday";
/// The id of the group of consents.
const CONSENTS: &str = "consents";
/// The longest name, characters.
const LONGEST_NAME: usize = 40;

#[derive(Debug)]
pub(super) struct Form {
    pub name: String,
    pub birthday: String,
    pub skin_type: Option<SkinType>,
    /// In the order of the programme.
    pub consents: Vec<Answer>,
    pub name_mistake: Option<Mistake>,
    pub birthday_mistake: Option<Mistake>,
}

#[derive(Debug)]
pub(super) struct Answer {
    pub id: String,
    pub version: String,
    pub required: bool,
    pub granted: bool,
    pub mistake: Option<Mistake>,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    /// It must be filled in, or agreed to.
    Missing,
    /// It is longer than it may be.
    TooLong,
    /// It is no date, or one that no member was born on.
    NoBirthday,
    /// In the server's words.
    Refused(String),
}

impl Form {
    /// Empty: nothing is agreed to before she says so.
    pub fn new(consents: &[Consent]) -> Self {
        let answer = |consent: &Consent| Answer {
            id: consent.id.clone(),
            version: consent.version.clone(),
            required: consent.required,
            granted: false,
            mistake: None,
        };
        Self {
            name: String::new(),
            birthday: String::new(),
            skin_type: None,
            consents: consents.iter().map(answer).collect(),
            name_mistake: None,
            birthday_mistake: None,
        }
    }

    pub fn take(&mut self, event: Event) {
        match event {
            Event::NameTyped(name) => {
                self.name = name;
                self.name_mistake = None;
            }
            Event::BirthdayTyped(birthday) => {
                self.birthday = birthday;
                self.birthday_mistake = None;
            }
            Event::SkinType(skin_type) => self.skin_type = skin_type,
            Event::Consent(id, granted) => {
                if let Some(answer) = self.consents.iter_mut().find(|answer| answer.id == id) {
                    answer.granted = granted;
                    answer.mistake = None;
                }
            }
            _ => {}
        }
    }

    /// What to send.
    ///
    /// # Errors
    /// The id of the first thing that can't be right; every mistake is noted.
    pub fn enrolment(&mut self, today: Option<Date>) -> Result<Enrolment, &'static str> {
        let name = self.name.trim();
        self.name_mistake = match name.chars().count() {
            0 => Some(Mistake::Missing),
            1..=LONGEST_NAME => None,
            _ => Some(Mistake::TooLong),
        };
        let birthday = birthday(&self.birthday, today);
        self.birthday_mistake = birthday.is_err().then_some(Mistake::NoBirthday);
        for answer in &mut self.consents {
            answer.mistake = (answer.required && !answer.granted).then_some(Mistake::Missing);
        }
        match (self.first_mistake(), birthday) {
            (None, Ok(birthday)) => Ok(Enrolment {
                name: name.to_owned(),
                birthday,
                skin_type: self.skin_type,
                consents: self.consents.iter().map(Answer::answer).collect(),
            }),
            (first, _) => Err(first.unwrap_or(BIRTHDAY)),
        }
    }

    /// Notes what the server found; the id of the first field of it.
    pub fn refused(&mut self, failure: &Failure) -> Option<&'static str> {
        let words = |field: &str| failure.of_field(field).map(|detail| Mistake::Refused(detail.to_owned()));
        self.name_mistake = words("name");
        self.birthday_mistake = words("birthday");
        if let (Some(mistake), Some(answer)) =
            (words("consents"), self.consents.iter_mut().find(|answer| answer.required && !answer.granted))
        {
            answer.mistake = Some(mistake);
        }
        for (index, answer) in self.consents.iter_mut().enumerate() {
            let mut by_index = String::from("consents.");
            let mut by_id = by_index.clone();
            by_index.push_str(&crate::format::digits(index as u64));
            by_id.push_str(&answer.id);
            if let Some(mistake) = words(&by_index).or_else(|| words(&by_id)) {
                answer.mistake = Some(mistake);
            }
        }
        self.first_mistake()
    }

    pub fn has_mistakes(&self) -> bool {
        self.first_mistake().is_some()
    }

    fn first_mistake(&self) -> Option<&'static str> {
        if self.name_mistake.is_some() {
            Some(NAME)
        } else if self.birthday_mistake.is_some() {
            Some(BIRTHDAY)
        } else {
            self.consents.iter().any(|answer| answer.mistake.is_some()).then_some(CONSENTS)
        }
    }
}

impl Answer {
    fn answer(&self) -> ConsentAnswer {
        ConsentAnswer { id: self.id.clone(), version: self.version.clone(), granted: self.granted }
    }
}

/// A birthday as its input gives it, `None` if it is left empty.
///
/// # Errors
/// It is no date, before 1900, or not in the past.
pub(crate) fn birthday(text: &str, today: Option<Date>) -> Result<Option<Date>, ()> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<Date>() {
        Ok(date) if date.year() >= 1900 && today.is_none_or(|today| date < today) => Ok(Some(date)),
        _ => Err(()),
    }
}
