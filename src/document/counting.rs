//! Numbers as the items of a list carry them.

/// The letters that count as numbers do, from one: `a` to `z`, then `aa`, `bb` and so on, as word processors count.
pub(super) fn letters(number: u32) -> String {
    let place = usize::try_from(number.saturating_sub(1)).unwrap_or_default();
    let letter = ('a'..='z').nth(place % 26).unwrap_or('a');
    std::iter::repeat_n(letter, (place / 26).min(LONGEST) + 1).collect()
}

/// The most letters a number is written with beyond the first.
const LONGEST: usize = 60;

/// A small Roman number, from `i` on. Beyond 3,999 there is no such number, and it is written in figures.
pub(super) fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut left = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([1, 26, 27, 53].map(letters), ["a", "z", "aa", "aaa"]);
        assert!(letters(u32::MAX).len() < 100);
    }

    #[test]
    fn roman_numbers_are_small() {
        assert_eq!([1, 4, 9, 14, 40, 1994, 3999].map(roman), ["i", "iv", "ix", "xiv", "xl", "mcmxciv", "mmmcmxcix"]);
        assert_eq!([0, 4000].map(roman), ["0", "4000"]);
    }
}
