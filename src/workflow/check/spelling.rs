//! Names as they are spelt: their form, the nearest one known, and lists of them in words.

use std::borrow::Borrow;

/// Whether a name is lower-case words of letters and digits joined by `joint`, beginning with a letter.
pub(super) fn is_joined_by(joint: char, name: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split(joint).all(word)
}

/// The known name nearest to `name`, if one is within two changed letters.
pub(super) fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let near = known.iter().map(|known| (distance(name, known), *known)).filter(|(distance, _)| *distance <= 2);
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// How to mend an unknown name: the nearest one, or where to declare it.
pub(super) fn mend(name: &str, known: &[&str], declare: &str) -> String {
    match nearest(name, known) {
        Some(nearest) => format!("Did you mean `{nearest}`?"),
        None if known.is_empty() || known.len() > 8 => format!("{declare}, or correct the name."),
        None => format!("{declare}, or use {}.", listed(known, "or")),
    }
}

/// Names in words: `a`, `b` and `c`.
pub(super) fn listed<N: Borrow<str>>(names: &[N], joint: &str) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{}`", name.borrow())).collect();
    match quoted.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, before)) => format!("{} {joint} {last}", before.join(", ")),
    }
}

/// Letters to add, drop or change to make one name of the other.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (above, from) in one.chars().enumerate() {
        let mut diagonal = above;
        let mut left = above + 1;
        let mut next = vec![left];
        for (to, up) in other.chars().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(from != to)).min(left + 1).min(up + 1);
            diagonal = *up;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{distance, is_joined_by, nearest};

    #[test]
    fn distance_counts_the_letters_changed() {
        for (one, other, expected) in
            [("", "", 0), ("", "abc", 3), ("backlog", "backlgo", 2), ("dcc", "dc", 1), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        }
    }

    #[test]
    fn the_nearest_name_is_at_most_two_letters_away() {
        assert_eq!(nearest("secsa", &["dcc", "secas"]), Some("secas"));
        assert_eq!(nearest("panel", &["dcc", "secas"]), None);
    }

    #[test]
    fn names_are_lower_case_words() {
        for good in ["a", "ia_sign_off", "r2_d2"] {
            assert!(is_joined_by('_', good), "{good}");
        }
        for bad in ["", "_a", "a_", "a__b", "A", "a-b", "2a", "é", "a b"] {
            assert!(!is_joined_by('_', bad), "{bad}");
        }
    }
}
