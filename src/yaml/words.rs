//! Plain words for what went wrong.

use super::fault::FaultKind;
use super::tree::{Kind, Meaning, Node, Scalar, Style};
use serde::de::Unexpected;

pub(super) const ALIAS: &str = "an alias (`*name`) is not allowed";

/// What is wrong, and how to mend it.
type Words = (String, Option<String>);

/// The most characters of a person's text that a message repeats.
const REPEATED: usize = 60;

/// The most characters of a message made by another part.
const LONGEST_MESSAGE: usize = 300;

/// The most names a message lists.
const LISTED: usize = 30;

/// Names a character that people cannot see or that ends lines in unusual ways; `None` for every other.
pub(super) fn refused_character(c: char) -> Option<String> {
    let name = match c {
        '\n' | '\t' => return None,
        '\r' => "a carriage return that ends no line",
        '\u{2028}' | '\u{2029}' | '\u{85}' => "an unusual line end",
        '\u{feff}' => "a byte order mark inside the text",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "an invisible change of writing direction",
        c if c.is_control() => "a control character",
        _ => return None,
    };
    Some(format!("{name} (U+{:04X})", u32::from(c)))
}

/// A person's text fit to be repeated in a message: short, on one line and visible.
pub(super) fn clip(text: &str) -> String {
    shorten(text, REPEATED)
}

/// As [`clip`], for a whole message.
pub(super) fn clip_long(text: &str) -> String {
    shorten(text, LONGEST_MESSAGE)
}

fn shorten(text: &str, length: usize) -> String {
    let visible = |c: char| {
        if c.is_whitespace() || refused_character(c).is_some() { ' ' } else { c }
    };
    let mut short: String = text.chars().take(length).map(visible).collect();
    if text.chars().nth(length).is_some() {
        short.push('\u{2026}');
    }
    short
}

/// Says what is wrong with `node`.
pub(super) fn of_fault(kind: &FaultKind, node: &Node) -> Words {
    match kind {
        FaultKind::UnknownField { field, known } => {
            (format!("unknown field `{}`", clip(field)), Some(choose(field, known, "The fields here are")))
        }
        FaultKind::UnknownChoice { given, known } => {
            (format!("`{}` is not one of the choices", clip(given)), Some(choose(given, known, "The choices are")))
        }
        FaultKind::OneChoice { known } => {
            (format!("expected one choice, found {}", describe(node)), Some(choose("", known, "The choices are")))
        }
        FaultKind::MissingField(field) => {
            (format!("the field `{field}` is missing"), Some(format!("Add `{field}:` with its value.")))
        }
        FaultKind::Mismatch { found, expected } => mismatch(found, expected, node),
        FaultKind::Other(message) => other(message),
    }
}

fn mismatch(found: &str, expected: &str, node: &Node) -> Words {
    let found = match &node.kind {
        Kind::Scalar(_) => describe(node),
        Kind::Sequence(_) | Kind::Mapping(_) => found.to_owned(),
    };
    let mend = match &node.kind {
        Kind::Scalar(scalar) => mend_scalar(scalar, expected),
        Kind::Sequence(_) | Kind::Mapping(_) => None,
    };
    (format!("expected {}, found {found}", expectation(expected)), mend)
}

fn mend_scalar(scalar: &Scalar, expected: &str) -> Option<String> {
    let text = clip(&scalar.text);
    let is_number = scalar.text.parse::<serde_yaml::Number>().is_ok();
    match expected {
        _ if scalar.is_blank() => Some("Write the value behind the colon.".to_owned()),
        "a boolean" => match scalar.text.to_ascii_lowercase().as_str() {
            "yes" | "on" | "y" | "true" => Some("Write `true`.".to_owned()),
            "no" | "off" | "n" | "false" => Some("Write `false`.".to_owned()),
            _ => None,
        },
        "a sequence" => Some(format!("Write it as a list: `[{text}]`.")),
        _ if whole_number(expected).is_none() => None,
        _ if scalar.style == Style::Quoted && is_number => Some("Remove the quotes.".to_owned()),
        _ => {
            let trimmed = scalar.text.trim_start_matches('0');
            let padded = trimmed.len() < scalar.text.len() && trimmed.bytes().all(|byte| byte.is_ascii_digit());
            (padded && !trimmed.is_empty()).then(|| format!("Write `{}`.", clip(trimmed)))
        }
    }
}

/// Words for what the type asked for, from serde's own.
fn expectation(expected: &str) -> String {
    if let Some(number) = whole_number(expected) {
        return number;
    }
    match expected {
        "a string" | "a borrowed string" | "str" | "string" => "text".to_owned(),
        "a boolean" => "`true` or `false`".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a map" => "fields (`name: value`)".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        "unit" => "nothing".to_owned(),
        "a formatted date string" => "a date such as 2026-03-31".to_owned(),
        "a formatted time string" => "a time such as 17:00:00".to_owned(),
        expected if expected.contains("RFC 3339") => "a date and time such as 2026-03-31T17:00:00Z".to_owned(),
        expected if expected.starts_with("struct ") => "fields (`name: value`)".to_owned(),
        expected if expected.starts_with("tuple ") => "a list".to_owned(),
        expected if expected.ends_with(" variant") => "a choice with its content (`name: content`)".to_owned(),
        expected => clip_long(expected),
    }
}

fn whole_number(expected: &str) -> Option<String> {
    let (least, most) = match expected.trim_start_matches("a nonzero ") {
        "u8" => (0, i64::from(u8::MAX)),
        "u16" => (0, i64::from(u16::MAX)),
        "u32" => (0, i64::from(u32::MAX)),
        "i8" => (i64::from(i8::MIN), i64::from(i8::MAX)),
        "i16" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "i32" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        "u64" | "u128" | "usize" => return Some("a whole number of at least 0".to_owned()),
        "i64" | "i128" | "isize" => return Some("a whole number".to_owned()),
        _ => return None,
    };
    let least = if expected.starts_with("a nonzero u") { 1 } else { least };
    Some(format!("a whole number from {least} to {most}"))
}

/// Words for a value as it is written.
fn describe(node: &Node) -> String {
    let scalar = match &node.kind {
        Kind::Scalar(scalar) => scalar,
        Kind::Sequence(_) => return "a list".to_owned(),
        Kind::Mapping(entries) if entries.is_empty() => return "an empty set of fields".to_owned(),
        Kind::Mapping(entries) if entries.len() == 1 => return "a field".to_owned(),
        Kind::Mapping(entries) => return format!("{} fields", entries.len()),
    };
    let text = clip(&scalar.text);
    match scalar.meaning() {
        Meaning::Nothing => "nothing".to_owned(),
        Meaning::Bool(_) => format!("`{text}`"),
        Meaning::Unsigned(_) | Meaning::Signed(_) | Meaning::Float(_) => {
            format!("the number `{text}`")
        }
        Meaning::Text("") => "empty text".to_owned(),
        Meaning::Text(_) => format!("the text `{text}`"),
    }
}

/// Words for a value as serde names it.
pub(super) fn unexpected(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unsigned(value) => format!("the number `{value}`"),
        Unexpected::Signed(value) => format!("the number `{value}`"),
        Unexpected::Float(value) => format!("the number `{value}`"),
        Unexpected::Str(text) => format!("the text `{}`", clip(text)),
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "fields (`name: value`)".to_owned(),
        Unexpected::UnitVariant => "a choice without content".to_owned(),
        Unexpected::NewtypeVariant | Unexpected::TupleVariant | Unexpected::StructVariant => {
            "a choice with content".to_owned()
        }
        other => clip_long(&other.to_string()),
    }
}

/// Adds to the few messages of other parts that say nothing by themselves; passes on the rest.
fn other(message: &str) -> Words {
    let date = [
        "input contains invalid characters",
        "premature end of input",
        "input is out of range",
        "trailing input",
        "no possible date and time matching input",
        "input is not enough for unique date and time",
    ];
    if date.contains(&message) {
        let mend = "Write a date as 2026-03-31, a time as 17:00:00, both as 2026-03-31T17:00:00Z.";
        return ("this is not a date or time that can be read".to_owned(), Some(mend.to_owned()));
    }
    if message.starts_with("data did not match any variant") {
        return ("this has none of the forms that are possible here".to_owned(), None);
    }
    (clip_long(message.trim_end_matches('.')), None)
}

/// Suggests the name that was probably meant, or lists them all.
fn choose(given: &str, known: &[&str], heading: &str) -> String {
    if let Some(name) = closest(given, known) {
        return format!("Did you mean `{name}`?");
    }
    match known {
        [] => "Nothing can be written here.".to_owned(),
        names => {
            let listed: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
            let rest = if names.len() > LISTED { " and others" } else { "" };
            format!("{heading} {}{rest}.", listed.join(", "))
        }
    }
}

/// The known name at most two typing errors away; capitals, hyphens and underscores do not count.
pub(super) fn closest<'k>(given: &str, known: &[&'k str]) -> Option<&'k str> {
    let folded: Vec<char> = fold(given).chars().take(REPEATED).collect();
    let distances = known.iter().map(|name| (distance(&folded, &fold(name)), *name));
    let (distance, name) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= 2 && distance < folded.len().min(name.len())).then_some(name)
}

fn fold(name: &str) -> String {
    name.to_lowercase().replace(['-', ' '], "_")
}

/// How many single letters have to be put in, taken out or exchanged to turn one word into the other.
fn distance(from: &[char], to: &str) -> usize {
    let mut row: Vec<usize> = (0..=from.len()).collect();
    for (line, letter) in to.chars().enumerate() {
        let mut corner = line;
        let mut last = line + 1;
        let mut next = vec![last];
        for (above, other) in row.iter().skip(1).zip(from) {
            last = (corner + usize::from(*other != letter)).min(last + 1).min(above + 1);
            corner = *above;
            next.push(last);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// Words for a refusal by the library that builds the value, for which nothing better is known.
pub(super) fn of_refusal(message: &str) -> Words {
    let what = message.split(" at line ").next().unwrap_or_default();
    if message.contains("while scanning") || message.contains("while parsing") {
        let (what, mend) = malformed(what);
        return (what, Some(mend.to_owned()));
    }
    (clip_long(what), None)
}

/// Words for the parser's complaint about text that is not well-formed.
pub(super) fn malformed(info: &str) -> (String, &'static str) {
    let has = |part: &str| info.contains(part);
    match () {
        () if has("unknown anchor") => {
            (ALIAS.to_owned(), "Write the value out here, or put text that begins with `*` in quotes.")
        }
        () if has("found unexpected end of stream") || has("unexpected eof") => {
            ("a quotation or bracket is opened here and never closed".to_owned(), "Close it.")
        }
        () if has("tab") && !has("data") => {
            ("a tab is used where only spaces are allowed".to_owned(), "Indent with spaces.")
        }
        () if has("mapping values are not allowed") => (
            "a `: ` stands where no field can begin".to_owned(),
            "Put text that contains `: ` in quotes; if the line before lacks a space behind its `:`, add it.",
        ),
        () if has("indentation in quoted") => {
            ("a quotation begins here that is not closed before the next field".to_owned(), "Close it.")
        }
        () if has("illegal placement of ':'") => (
            "a `:` stands where none can be".to_owned(),
            "Close the bracket before it, or put text that contains it in quotes.",
        ),
        () if has("did not find expected ',' or") || has("expected ',' or ']'") => {
            ("a list or set of fields in brackets is not closed here".to_owned(), "Add the missing comma or bracket.")
        }
        () if has("simple key") || has("did not find expected key") || has("block collection") => (
            format!("this line does not fit what surrounds it ({info})"),
            "Check that the line is indented like its neighbours and has `: ` behind its name.",
        ),
        () if has("recursion limit") => {
            ("brackets are inside one another too deep".to_owned(), "Make the document flatter.")
        }
        () => (
            format!("this is not well-formed YAML: {}", clip_long(info)),
            "Check the indentation, quotation marks and brackets on this line and the one before.",
        ),
    }
}
