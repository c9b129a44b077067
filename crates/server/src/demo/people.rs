//! Invented people: the same for the same customer, however often the demo is filled, and nobody who exists.

use chrono::NaiveDate;
use contract::member::SkinType;

/// What the demo makes up about a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Surname and given name.
    pub name: String,
    /// Not everybody tells.
    pub birthday: Option<NaiveDate>,
    /// Not everybody tells.
    pub skin_type: Option<SkinType>,
    /// Whether she agreed to news and offers.
    pub wants_news: bool,
}

/// Common ones first: the draw prefers the front of the list.
const SURNAMES: [&str; 48] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "朱", "马", "胡", "郭", "林", "何", "高",
    "罗", "郑", "梁", "谢", "宋", "唐", "许", "邓", "冯", "韩", "曹", "曾", "彭", "萧", "蔡", "潘", "田", "董", "袁",
    "于", "余", "叶", "蒋", "杜", "苏", "魏", "程", "沈", "顾",
];

const FIRST: [&str; 40] = [
    "雨", "思", "梦", "欣", "静", "雅", "晓", "婉", "诗", "若", "芷", "清", "念", "子", "语", "佳", "书", "宛", "映",
    "采", "云", "月", "可", "初", "安", "明", "知", "予", "嘉", "星", "乐", "以", "沐", "悠", "舒", "怀", "秋", "慕",
    "如", "依",
];

const SECOND: [&str; 40] = [
    "涵", "琪", "怡", "妍", "婷", "萱", "宁", "溪", "桐", "岚", "禾", "瑶", "彤", "薇", "然", "琳", "筠", "棠", "洁",
    "楠", "颖", "蕊", "曦", "悦", "菲", "蓉", "瑾", "澜", "霏", "茜", "朵", "笛", "音", "荷", "珊", "晴", "芸", "竹",
    "遥", "莹",
];

/// What a name does not want to be: words, and people everybody knows.
const AVOIDED: [&str; 4] = ["安静", "明月", "子曦", "可怡"];

impl Person {
    /// Makes up the person behind a customer.
    pub fn invent(source_ref: &str) -> Self {
        let mut dice = Dice::of(source_ref);
        let surname = pick(&SURNAMES, dice.below(SURNAMES.len()).min(dice.below(SURNAMES.len())));
        let second = pick(&SECOND, dice.below(SECOND.len()));
        let first = if dice.below(5) == 0 { "" } else { pick(&FIRST, dice.below(FIRST.len())) };
        let given = format!("{first}{second}");
        let given = if AVOIDED.contains(&given.as_str()) { second.to_owned() } else { given };
        let skin_type = SkinType::ALL.get(dice.below(SkinType::ALL.len() + 2)).copied();
        let (year, day) = (dice.below(40), dice.below(365));
        let birthday = (dice.below(3) > 0)
            .then(|| i32::try_from(1966 + year).ok().zip(u32::try_from(day + 1).ok()))
            .flatten()
            .and_then(|(year, day)| NaiveDate::from_yo_opt(year, day));
        Self { name: format!("{surname}{given}"), birthday, skin_type, wants_news: dice.below(3) == 0 }
    }
}

fn pick(list: &[&'static str], index: usize) -> &'static str {
    list.get(index).copied().unwrap_or_default()
}

/// SplitMix64, begun with a text. Not for secrets: it is here because it always falls the same way.
struct Dice(u64);

impl Dice {
    fn of(text: &str) -> Self {
        Self(
            text.bytes().fold(0x9E37_79B9_7F4A_7C15, |state, byte| {
                (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
            }),
        )
    }

    /// From 0, not reaching `bound`.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(mixed % bound).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_same_customer_is_the_same_person() {
        assert_eq!(Person::invent("00004"), Person::invent("00004"));
        assert_ne!(Person::invent("00004"), Person::invent("0004"));
    }

    #[test]
    fn people_are_varied_and_some_keep_things_to_themselves() {
        let people: Vec<Person> = (0..2_000).map(|number| Person::invent(&format!("{number:05}"))).collect();
        let names: HashSet<&str> = people.iter().map(|person| person.name.as_str()).collect();
        assert!(names.len() > 1_500, "{}", names.len());
        assert!(people.iter().all(|person| (2..=3).contains(&person.name.chars().count())));
        for skin_type in SkinType::ALL {
            assert!(people.iter().any(|person| person.skin_type == Some(skin_type)));
        }
        assert!(people.iter().any(|person| person.skin_type.is_none()));
        assert!(people.iter().any(|person| person.birthday.is_none()));
        assert!(people.iter().any(|person| person.birthday.is_some()));
        assert!(people.iter().any(|person| person.wants_news) && people.iter().any(|person| !person.wants_news));
    }
}
