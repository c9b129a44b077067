//! The fields of a subscribe message's template. Each brand's template has its own, named by their kind and a number
//! (`thing1`, `time4`); what each shows is a setting.

use contract::Date;

/// What a field shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// The gift's name.
    Gift,
    /// The variant's name.
    Variant,
    /// The counter's name.
    Counter,
    /// What has become of it.
    State,
    /// Until when it is hers, or the offer stands.
    Until,
}

impl Shows {
    const ALL: [(&'static str, Self); 5] = [
        ("gift", Self::Gift),
        ("variant", Self::Variant),
        ("counter", Self::Counter),
        ("state", Self::State),
        ("until", Self::Until),
    ];
}

/// What WeChat takes in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// 20 characters.
    Thing,
    /// 5 Chinese characters.
    Phrase,
    /// A date and a time in Chinese.
    Time,
}

impl Kind {
    const ALL: [(&'static str, Self); 4] =
        [("thing", Self::Thing), ("phrase", Self::Phrase), ("time", Self::Time), ("date", Self::Time)];
}

/// One field of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    name: String,
    kind: Kind,
    /// What it shows.
    pub shows: Shows,
}

impl Field {
    /// Whether WeChat takes nothing but Chinese here, whatever she reads otherwise.
    pub fn is_chinese(&self) -> bool {
        self.kind == Kind::Phrase
    }

    /// Whether it takes a moment, and nothing else.
    pub fn is_moment(&self) -> bool {
        self.kind == Kind::Time
    }

    /// Its name, and the value as WeChat takes it.
    pub fn filled(&self, value: &str) -> (String, String) {
        let longest = match self.kind {
            Kind::Thing => 20,
            Kind::Phrase => 5,
            Kind::Time => usize::MAX,
        };
        let value = match value.chars().count() > longest {
            true => value.chars().take(longest - 1).chain(['…']).collect(),
            false => value.to_owned(),
        };
        (self.name.clone(), value)
    }
}

impl core::fmt::Display for Field {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let shows = Shows::ALL.iter().find(|(_, shows)| *shows == self.shows).map_or("", |(name, _)| name);
        write!(f, "{}={shows}", self.name)
    }
}

/// A date and a time in the one form that a field for them takes, whatever she reads otherwise.
pub fn moment((date, hour, minute): (Date, u32, u32)) -> String {
    format!("{}年{}月{}日 {hour:02}:{minute:02}", date.year(), date.month(), date.day())
}

/// The form in which it was set is not right; which part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MalformedFields(String);

impl core::fmt::Display for MalformedFields {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let kinds: Vec<_> = Kind::ALL.iter().map(|(name, _)| *name).collect();
        let shown: Vec<_> = Shows::ALL.iter().map(|(name, _)| *name).collect();
        let (kinds, shown) = (kinds.join(", "), shown.join(", "));
        write!(f, "“{}” is no field ({kinds} with a number) = what it shows ({shown})", self.0)
    }
}

impl std::error::Error for MalformedFields {}

/// Reads `thing1=gift,time4=until`.
pub fn parse(text: &str) -> Result<Vec<Field>, MalformedFields> {
    let mut fields: Vec<Field> = Vec::new();
    for part in text.split(',') {
        let found = field(part.trim()).filter(|found| fields.iter().all(|field| field.name != found.name));
        fields.push(found.ok_or_else(|| MalformedFields(part.trim().to_owned()))?);
    }
    Ok(fields)
}

fn field(text: &str) -> Option<Field> {
    let (name, shows) = text.split_once('=')?;
    let (name, shows) = (name.trim(), shows.trim());
    let number = name.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
    let kind = name.strip_suffix(number)?;
    let (_, kind) = *Kind::ALL.iter().find(|(known, _)| *known == kind)?;
    let (_, shows) = *Shows::ALL.iter().find(|(known, _)| *known == shows)?;
    let numbered = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    // A time shows a moment; and a phrase has room for a state, and hardly for a name.
    let fits = match kind {
        Kind::Thing => true,
        Kind::Phrase => shows == Shows::State,
        Kind::Time => shows == Shows::Until,
    };
    (numbered && fits).then(|| Field { name: name.to_owned(), kind, shows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_they_are_set() {
        let fields = parse("thing1=gift, thing2 = counter,phrase3=state,time4=until,thing5=until").unwrap();
        assert_eq!(fields[1].to_string(), "thing2=counter");
        let read: Vec<_> = fields.iter().map(|field| (field.name.as_str(), field.shows)).collect();
        assert_eq!(
            read,
            [
                ("thing1", Shows::Gift),
                ("thing2", Shows::Counter),
                ("phrase3", Shows::State),
                ("time4", Shows::Until),
                ("thing5", Shows::Until)
            ]
        );
        for text in [
            "",
            "thing1",
            "thing=gift",
            "thing1=colour",
            "thing1=gift,",
            "thing1=gift,thing1=counter",
            "time4=gift",
            "phrase3=gift",
            "amount1=gift",
            "thing1x=gift",
            "1=gift",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_value_is_cut_to_what_its_field_takes() {
        let fields = parse("thing1=gift,phrase2=state,time3=until").unwrap();
        let twenty = "一二三四五六七八九十一二三四五六七八九十";
        assert_eq!(fields[0].filled(twenty), ("thing1".to_owned(), twenty.to_owned()));
        assert_eq!(fields[0].filled(&format!("{twenty}一")).1, "一二三四五六七八九十一二三四五六七八九…");
        assert_eq!(fields[1].filled("一二三四五六").1, "一二三四…");
        let moment = moment((Date::from_ymd(2026, 11, 27).unwrap(), 8, 5));
        assert_eq!(fields[2].filled(&moment).1, "2026年11月27日 08:05");
    }
}
