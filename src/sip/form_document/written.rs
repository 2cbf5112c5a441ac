//! Answers as people write them: lists, dates, weeks and amounts.

use chrono::{NaiveDate, Weekday};

/// Words that people write where they have nothing to say.
const BLANK_WORDS: [&str; 9] = ["n/a", "na", "n.a", "none", "nil", "not applicable", "-", "–", "—"];

/// Whether an answer to a field that may be left blank says that there is none.
pub(super) fn is_blank_word(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    BLANK_WORDS.contains(&text.as_str())
}

/// One answer on one line, its spaces plain.
pub(super) fn one_line(paragraphs: &[String]) -> String {
    paragraphs.iter().map(|text| text.trim()).collect::<Vec<_>>().join(" ").replace(['\n', '\t'], " ")
}

/// An id, an address, an amount: without the spaces, stops and brackets that come with it.
pub(super) fn name(paragraphs: &[String]) -> String {
    let text = one_line(paragraphs).replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ");
    let within = text.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(address, _)| address);
    let text = within.unwrap_or(&text).trim().trim_end_matches(['.', ',', ';']).trim();
    text.strip_prefix("mailto:").unwrap_or(text).to_owned()
}

/// The names or ids of a list: one to a line, or parted by commas, semicolons or `and`. What stands in quotation marks
/// is one name.
pub(super) fn names(paragraphs: &[String]) -> Vec<String> {
    let lines = paragraphs.iter().flat_map(|paragraph| paragraph.lines());
    lines.flat_map(names_of_line).filter(|name| !name.is_empty()).collect()
}

fn names_of_line(line: &str) -> Vec<String> {
    let line = line.trim();
    let quotes = ['"', '“', '”', '„'];
    let within = line.strip_prefix(quotes).and_then(|line| line.strip_suffix(quotes));
    if let Some(name) = within {
        return vec![name.to_owned()];
    }
    let line = line.replace('\u{a0}', " ").replace(" and ", ",");
    line.split([',', ';']).map(bare).collect()
}

/// A name without the bullet before it and the stop after it.
fn bare(name: &str) -> String {
    let is_bullet = |c: char| matches!(c, '•' | '·' | '-' | '–' | '*') || c.is_whitespace();
    name.trim_start_matches(is_bullet).trim().trim_end_matches('.').to_owned()
}

/// A number of weeks without the word; as it was written if there is more.
pub(super) fn weeks(text: &str) -> String {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.' || c.is_whitespace());
    let word = text.get(digits.len()..).unwrap_or_default().trim().trim_end_matches('.').to_lowercase();
    let plain =
        digits.chars().all(|c| c.is_ascii_digit()) && matches!(word.as_str(), "" | "week" | "weeks" | "wk" | "wks");
    if plain { digits } else { text }.to_owned()
}

/// A date as the form in YAML has it; as it was written if it is none.
pub(super) fn day(text: &str) -> String {
    read_day(text).map_or_else(|| text.to_owned(), |date| date.format("%Y-%m-%d").to_string())
}

/// Reads a date as people in Britain write it: `3 March 2026`, `3rd of Mar 26`, `Tuesday, 3 March 2026`, `03/03/2026`,
/// `3.3.2026`, `2026-03-03`; also `March 3, 2026`. Of two numbers the day comes first.
fn read_day(text: &str) -> Option<NaiveDate> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !matches!(*word, "" | "of" | "the"));
    let words: Vec<_> = words.filter(|word| word.parse::<Weekday>().is_err()).collect();
    let [a, b, c] = words.as_slice() else { return None };
    let (year, month, day) = match (month(a), month(b)) {
        (None, Some(month)) => (year(c)?, month, number(a)?),
        (Some(month), None) => (year(c)?, month, number(b)?),
        (None, None) if a.len() == 4 => (year(a)?, number(b)?, number(c)?),
        (None, None) => (year(c)?, number(b)?, number(a)?),
        (Some(_), Some(_)) => return None,
    };
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The month with this name or the first three letters of it, or `sept`.
fn month(word: &str) -> Option<u32> {
    let letters = word.chars().all(|c| c.is_ascii_alphabetic());
    let word = if word == "sept" { "sep" } else { word };
    let month: chrono::Month = word.parse().ok().filter(|_| letters)?;
    Some(month.number_from_month())
}

/// A number of one or two digits, with or without the ending of `1st`, `2nd`, `3rd` or `4th`.
fn number(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    let plain = (1..=2).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

/// A year of four digits, or of two in this century.
fn year(word: &str) -> Option<i32> {
    let year: i32 = word.parse().ok().filter(|_| word.chars().all(|c| c.is_ascii_digit()))?;
    match word.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_as_people_write_it() {
        for text in [
            "3 March 2026",
            "3rd March 2026",
            "3rd of Mar 26",
            "Tuesday, 3 March 2026",
            "Tue 3 Mar 2026.",
            "03/03/2026",
            "3/3/26",
            "3.3.2026",
            "3-Mar-2026",
            "2026-03-03",
            "2026/3/3",
            "March 3, 2026",
        ] {
            assert_eq!(day(text), "2026-03-03", "{text}");
        }
        assert_eq!(day("04/03/2026"), "2026-03-04");
        assert_eq!(day("1st September 2026"), "2026-09-01");
        assert_eq!(day("1 Sept 2026"), "2026-09-01");
    }

    #[test]
    fn what_is_no_date_is_left_as_it_is() {
        for text in ["03/23/2026", "31 February 2026", "spring 2026", "March", "3 March", "", "3 March 2026 or later"] {
            assert_eq!(day(text), text);
        }
    }

    #[test]
    fn weeks_lose_their_word() {
        assert_eq!(weeks("8"), "8");
        assert_eq!(weeks("8 weeks"), "8");
        assert_eq!(weeks("8 Wks."), "8");
        assert_eq!(weeks("8 months"), "8 months");
        assert_eq!(weeks("about 8 weeks"), "about 8 weeks");
    }

    #[test]
    fn a_list_is_parted_as_people_part_it() {
        let lines = |text: &[&str]| names(&text.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(
            lines(&["SSI-FR-1, SSI-FR-2; SSI-FR-3 and SSI-FR-4"]),
            ["SSI-FR-1", "SSI-FR-2", "SSI-FR-3", "SSI-FR-4"]
        );
        assert_eq!(lines(&["• SSI", "- identity provider."]), ["SSI", "identity provider"]);
        assert_eq!(lines(&["“Orders, Billing and Care”", "SSI"]), ["Orders, Billing and Care", "SSI"]);
    }

    #[test]
    fn an_address_is_found_among_what_surrounds_it() {
        let name = |text: &str| super::name(&[text.to_owned()]);
        assert_eq!(name("Ada <ada@party.example.org>"), "ada@party.example.org");
        assert_eq!(name("mailto:ada@party.example.org."), "ada@party.example.org");
        assert_eq!(name("\u{a0}BFD01 "), "BFD01");
    }
}
