//! What the sheets of a workbook may be called.

use std::collections::BTreeSet;

/// The most UTF-16 units in the name of a sheet.
const LONGEST: usize = 31;

/// Names that a workbook accepts, in order: without the characters it refuses, short enough, and each once whatever its
/// case.
pub(super) fn sheet_names<'a>(wanted: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    wanted
        .map(|name| {
            let name = free(&acceptable(name), &taken);
            taken.insert(name.to_lowercase());
            name
        })
        .collect()
}

fn acceptable(name: &str) -> String {
    let refused = |letter: char| letter.is_control() || "[]:*?/\\".contains(letter);
    let clean: String = name.chars().map(|letter| if refused(letter) { '-' } else { letter }).collect();
    let clean = shortened(clean.trim().trim_matches('\''), LONGEST);
    match clean.trim().trim_matches('\'') {
        "" => "Sheet".to_owned(),
        // A workbook keeps this name for itself.
        name if name.eq_ignore_ascii_case("history") => format!("{name} sheet"),
        name => name.to_owned(),
    }
}

fn free(name: &str, taken: &BTreeSet<String>) -> String {
    if !taken.contains(&name.to_lowercase()) {
        return name.to_owned();
    }
    let numbered = |number: u32| {
        let end = format!(" ({number})");
        format!("{}{end}", shortened(name, LONGEST - end.len()))
    };
    (2..=u32::MAX).map(numbered).find(|name| !taken.contains(&name.to_lowercase())).unwrap_or_default()
}

fn shortened(name: &str, most: usize) -> String {
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units <= most
    };
    name.chars().take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_acceptable_and_kept_apart() {
        let wanted = ["SIP-0001: cost/benefit?", "Tally", "tally", "", "'quoted'", "History", "[x]*"];
        let expected = ["SIP-0001- cost-benefit-", "Tally", "tally (2)", "Sheet", "quoted", "History sheet", "-x--"];
        assert_eq!(sheet_names(wanted.into_iter()), expected);
    }

    #[test]
    fn long_names_are_shortened_and_still_kept_apart() {
        let long = "a".repeat(40);
        let names = sheet_names([long.as_str(), long.as_str()].into_iter());
        assert_eq!(names, ["a".repeat(31), format!("{} (2)", "a".repeat(27))]);
        assert_eq!(sheet_names(["👩".repeat(20).as_str()].into_iter()), ["👩".repeat(15)]);
    }
}
