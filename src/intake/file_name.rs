//! File names from strangers, made safe to show, to store and to send on.

/// The most characters of a file name, its ending included.
const MOST_CHARACTERS: usize = 100;
/// The most characters of an ending that is kept when a name is cut short.
const MOST_IN_ENDING: usize = 10;

/// Names that mean a device and not a file on Windows.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The name without folders, control and direction characters and what file systems refuse; `fallback` if nothing is
/// left of it.
pub(super) fn safe(given: &str, fallback: &str) -> String {
    let name = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter_map(plain).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(['.', ' ', '-']);
    let stem = name.split('.').next().unwrap_or_default();
    if name.is_empty() || stem.is_empty() || DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device)) {
        return fallback.to_owned();
    }
    cut(name)
}

/// A character as it may stand in a name, or nothing if it cannot be seen.
fn plain(c: char) -> Option<char> {
    match c {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' => Some('_'),
        c if c.is_whitespace() => Some(' '),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => None,
        c if c.is_control() || c == '\u{fffd}' => None,
        c => Some(c),
    }
}

/// Shortens the part before the ending.
fn cut(name: &str) -> String {
    if name.chars().count() <= MOST_CHARACTERS {
        return name.to_owned();
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).filter(|e| e.chars().count() <= MOST_IN_ENDING);
    let ending = ending.map(|ending| format!(".{ending}")).unwrap_or_default();
    let room = MOST_CHARACTERS - ending.chars().count();
    let stem: String = name.chars().take(room).collect();
    format!("{}{ending}", stem.trim_end_matches(['.', ' ']))
}

/// A name that none of `taken` has, by a number before the ending.
pub(super) fn unlike(name: &str, taken: &[&str]) -> String {
    let free = |name: &String| !taken.iter().any(|other| other.eq_ignore_ascii_case(name));
    let (stem, ending) = name.rsplit_once('.').map_or((name, String::new()), |(stem, end)| (stem, format!(".{end}")));
    let numbered = (2..).map(|number| format!("{stem}-{number}{ending}"));
    std::iter::once(name.to_owned()).chain(numbered).find(free).unwrap_or_default()
}
