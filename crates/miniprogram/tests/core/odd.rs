//! What may come in place of what should.

use serde_json::{Value, json};

/// What numbers and everything else may be in place of what they should be.
pub fn odd(choice: usize) -> Value {
    match choice % ODD {
        0 => json!(null),
        1 => json!(0),
        2 => json!(-1),
        3 => json!(1),
        4 => json!(i64::MAX),
        5 => json!(i64::MIN),
        6 => json!(u64::MAX),
        7 => json!(u32::MAX),
        8 => json!(1e308),
        9 => json!(-1e308),
        10 => json!(5e-324),
        11 => json!(0.5),
        12 => json!(""),
        13 => json!("NaN"),
        14 => json!("\u{0}\u{fffd}\u{202e}\u{1f469}\u{200d}\u{1f52c}"),
        15 => json!("长".repeat(3_000)),
        16 => json!([]),
        17 => json!({}),
        18 => json!([[], {}]),
        19 => (0..100).fold(json!(0), |deep, _| json!([deep])),
        20 => json!(true),
        21 => json!("0001-01-01"),
        22 => json!("9999-12-31"),
        23 => json!("9999-12-31T23:59:59Z"),
        _ => json!("0001-01-01T00:00:00Z"),
    }
}

/// So many odd things.
pub const ODD: usize = 25;

/// `value` with something odd in place of one of its parts.
pub fn spoilt(value: &Value, part: usize, choice: usize) -> Value {
    fn parts(value: &Value) -> usize {
        1 + match value {
            Value::Array(items) => items.iter().map(parts).sum(),
            Value::Object(fields) => fields.values().map(parts).sum(),
            _ => 0,
        }
    }
    fn spoil(value: &mut Value, at: &mut usize, odd: &Value) {
        if *at == 0 {
            *value = odd.clone();
            *at = usize::MAX;
            return;
        }
        *at = at.saturating_sub(1);
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| spoil_next(item, at, odd)),
            Value::Object(fields) => fields.values_mut().for_each(|item| spoil_next(item, at, odd)),
            _ => {}
        }
    }
    fn spoil_next(value: &mut Value, at: &mut usize, odd: &Value) {
        if *at < usize::MAX / 2 {
            spoil(value, at, odd);
        }
    }
    let mut value = value.clone();
    let mut at = part % parts(&value);
    spoil(&mut value, &mut at, &odd(choice));
    value
}
