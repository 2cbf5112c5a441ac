//! How an amount of money is read from what a person wrote.

use super::errors::excerpt;
use super::money::MoneyError;

pub(super) fn without_pound_sign(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('£').or_else(|| text.strip_prefix("GBP")).unwrap_or(text).trim_start()
}

/// The reason an amount can be refused at sight, before its digits are read.
pub(super) fn refusal(amount: &str) -> Option<MoneyError> {
    let given = || excerpt(amount);
    if has_exponent(amount) {
        return Some(MoneyError::Exponent { given: given() });
    }
    if amount.starts_with(['+', '-', '−', '(']) || amount.ends_with(['-', '−', ')']) {
        return Some(MoneyError::Signed { given: given() });
    }
    if let Some(currency) = other_currency(amount) {
        return Some(MoneyError::OtherCurrency { currency });
    }
    let character = amount.chars().find(|c| !matches!(c, '0'..='9' | ',' | '.'))?;
    Some(MoneyError::Unexpected { character })
}

fn has_exponent(amount: &str) -> bool {
    let is_number = |part: &str, also: &[char]| {
        part.chars().any(|c| c.is_ascii_digit()) && part.chars().all(|c| c.is_ascii_digit() || also.contains(&c))
    };
    let halves = amount.split_once(['e', 'E']);
    halves
        .is_some_and(|(number, exponent)| is_number(number, &['.', ',', '+', '-']) && is_number(exponent, &['+', '-']))
}

/// A foreign currency sign, or a run of three letters other than `GBP`.
fn other_currency(amount: &str) -> Option<String> {
    let sign = amount.chars().find(|c| matches!(c, '$' | '€' | '¥' | '₹' | '¢')).map(String::from);
    let mut words = amount.split(|c: char| !c.is_ascii_alphabetic());
    sign.or_else(|| words.find(|word| word.len() == 3 && *word != "GBP").map(str::to_owned))
}

/// The pence after the point.
pub(super) fn decimals(pounds: &str, pence: &str) -> Result<i64, MoneyError> {
    let given = || excerpt(&format!("{pounds}.{pence}"));
    let write = match (pounds.is_empty(), pence.len()) {
        _ if pence.contains(['.', ',']) => return Err(MoneyError::Separators { given: given() }),
        (false, 2) => {
            return pence.parse().map_err(|_| MoneyError::Decimals { given: given(), write: None });
        }
        (true, 2) => Some(format!("0.{pence}")),
        (false, 0) => Some(excerpt(pounds)),
        (false, 1) => Some(excerpt(&format!("{pounds}.{pence}0"))),
        _ => None,
    };
    Err(MoneyError::Decimals { given: given(), write })
}

/// The pounds before the point, with or without commas between thousands.
pub(super) fn whole_pounds(text: &str) -> Result<i64, MoneyError> {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let parted = text.contains(',');
    if parted && (first.starts_with('0') || !(1..=3).contains(&first.len()) || groups.any(|group| group.len() != 3)) {
        return Err(MoneyError::Separators { given: excerpt(text) });
    }
    text.replace(',', "").parse().map_err(|_| MoneyError::TooLarge)
}
