//! The programme's currency, and amounts of it in plain decimal text.
//!
//! This is for files (the programme, an import), not for eyes: how a member reads an amount is the front end's affair.

use core::fmt;

/// A currency of ISO 4217.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    code: String,
    digits: u32,
}

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Neither digits nor digits, a point and digits.
    NotANumber,
    /// Below zero.
    Negative,
    /// More decimals than the currency has; holds how many it has.
    TooManyDecimals(u32),
    /// Beyond what a purchase can be (a quadrillion minor units).
    TooLarge,
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => f.write_str("not an amount: write digits, with a point before the decimals"),
            Self::Negative => f.write_str("an amount can't be negative"),
            Self::TooManyDecimals(digits) => write!(f, "more decimals than the currency's {digits}"),
            Self::TooLarge => f.write_str("too large an amount"),
        }
    }
}

impl std::error::Error for AmountError {}

/// A thousandth of what an `i64` holds: sums of nine thousand such amounts still fit.
const LARGEST_MINOR: i64 = 1_000_000_000_000_000;

impl Currency {
    /// `None` unless the code is three capital letters.
    pub fn new(code: &str) -> Option<Self> {
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let digits = match code {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND"
            | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        };
        Some(Self { code: code.to_owned(), digits })
    }

    /// Three capital letters.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Decimals of the minor unit: 2 for fen and cents.
    pub fn digits(&self) -> u32 {
        self.digits
    }

    /// Minor units of a decimal text: `12.5` is 1250 where there are two decimals. No sign, no grouping, no rounding: an
    /// amount that does not fit is refused.
    pub fn parse_minor(&self, text: &str) -> Result<i64, AmountError> {
        let (whole, decimals) = match text.split_once('.') {
            Some((_, "")) => return Err(AmountError::NotANumber),
            Some(parts) => parts,
            None => (text, ""),
        };
        let (negative, whole) = whole.strip_prefix('-').map_or((false, whole), |whole| (true, whole));
        if whole.is_empty() || !whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit()) {
            return Err(AmountError::NotANumber);
        }
        if negative {
            return Err(AmountError::Negative);
        }
        let given = u32::try_from(decimals.len()).unwrap_or(u32::MAX);
        let missing = self.digits.checked_sub(given).ok_or(AmountError::TooManyDecimals(self.digits))?;
        let mut minor: i64 = 0;
        for digit in whole.bytes().chain(decimals.bytes()).chain(core::iter::repeat_n(b'0', missing as usize)) {
            minor = minor * 10 + i64::from(digit - b'0');
            if minor > LARGEST_MINOR {
                return Err(AmountError::TooLarge);
            }
        }
        Ok(minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_the_currencys() {
        let parse = |code: &str, text: &str| Currency::new(code).unwrap().parse_minor(text);
        assert_eq!(parse("CNY", "29.33"), Ok(2933));
        assert_eq!(parse("CNY", "29.3"), Ok(2930));
        assert_eq!(parse("CNY", "29"), Ok(2900));
        assert_eq!(parse("CNY", "0.00"), Ok(0));
        assert_eq!(parse("CNY", "007.05"), Ok(705));
        assert_eq!(parse("JPY", "29"), Ok(29));
        assert_eq!(parse("JPY", "29.0"), Err(AmountError::TooManyDecimals(0)));
        assert_eq!(parse("KWD", "1.5"), Ok(1500));
        assert_eq!(parse("CNY", "1.234"), Err(AmountError::TooManyDecimals(2)));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        let cny = Currency::new("CNY").unwrap();
        for text in ["", ".", "1.", ".5", "1,000.00", "1e3", "+1", "--1", "-", "１", " 1", "1 ", "0x1", "1.2.3", "¥1"]
        {
            assert_eq!(cny.parse_minor(text), Err(AmountError::NotANumber), "{text}");
        }
        assert_eq!(cny.parse_minor("-1.00"), Err(AmountError::Negative));
        assert_eq!(cny.parse_minor("10000000000000.00"), Ok(LARGEST_MINOR));
        assert_eq!(cny.parse_minor("10000000000000.01"), Err(AmountError::TooLarge));
        assert_eq!(cny.parse_minor(&"9".repeat(500)), Err(AmountError::TooLarge));
    }

    #[test]
    fn a_code_is_three_capital_letters() {
        for code in ["", "CN", "CNYY", "cny", "C1Y", "元"] {
            assert_eq!(Currency::new(code), None, "{code}");
        }
        assert_eq!(Currency::new("CNY").unwrap().code(), "CNY");
    }
}
