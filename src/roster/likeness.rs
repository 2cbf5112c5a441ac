//! Names that mean the same, and names that look alike.

use std::collections::BTreeSet;

/// Words that say what kind of company it is, which people leave out.
const KINDS: [&str; 6] = ["ltd", "limited", "plc", "llp", "co", "company"];

/// A name for comparing: its letters and digits in lower case, single spaces, without the kind of company.
pub(super) fn plain(name: &str) -> String {
    let letters: String =
        name.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let words: Vec<_> = letters.split_whitespace().collect();
    let kept: Vec<_> = words.iter().copied().filter(|word| !KINDS.contains(word)).collect();
    if kept.is_empty() { words.join(" ") } else { kept.join(" ") }
}

/// The candidate most like `name`, if one shares at least half of its pairs of letters.
pub(super) fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let wanted = pairs(name);
    let shared = |other: &str| {
        let pairs = pairs(other);
        (2 * wanted.intersection(&pairs).count(), wanted.len() + pairs.len())
    };
    let near = known.map(|other| (shared(other), other)).filter(|((shared, of), _)| *of > 0 && 2 * shared >= *of);
    near.max_by(|((one, of), _), ((other, of_other), _)| (one * of_other).cmp(&(other * of))).map(|(_, known)| known)
}

/// Each two letters that stand side by side.
fn pairs(name: &str) -> BTreeSet<(char, char)> {
    let name = plain(name);
    name.chars().zip(name.chars().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::{nearest, plain};

    #[test]
    fn the_kind_of_company_and_the_case_do_not_count() {
        assert_eq!(plain(" Castle  Power Ltd. "), plain("CASTLE POWER LIMITED"));
        assert_eq!(plain("Co."), "co");
    }

    #[test]
    fn a_name_with_letters_wrong_is_still_near() {
        let known = ["Northwind Energy Supply", "Castle Power", "Albion Gas Networks"];
        assert_eq!(nearest("Nortwind Energy Suply", known.into_iter()), Some("Northwind Energy Supply"));
        assert_eq!(nearest("Zebra", known.into_iter()), None);
        assert_eq!(nearest("", known.into_iter()), None);
    }
}
