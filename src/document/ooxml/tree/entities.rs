//! What stands for a character that cannot stand for itself.

/// What a text or value in which there is an `&` says. None if one of them means nothing.
pub(super) fn decoded(raw: &str, blanks: Blanks) -> Option<String> {
    let mut result = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        push(&mut result, rest.get(..at)?, blanks);
        let after = rest.get(at + 1..)?;
        let stop = after.bytes().take(12).position(|byte| byte == b';')?;
        result.push(character(after.get(..stop)?)?);
        rest = after.get(stop + 1..)?;
    }
    push(&mut result, rest, blanks);
    Some(result)
}

/// What becomes of line ends and tabs that stand as such.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blanks {
    /// Every kind of line end is `\n`, as in text.
    Lines,
    /// Each is a blank, as in a value.
    Spaces,
}

fn push(result: &mut String, raw: &str, blanks: Blanks) {
    let mut characters = raw.chars().peekable();
    while let Some(character) = characters.next() {
        let ends_line = character == '\r';
        if ends_line && characters.peek() == Some(&'\n') {
            characters.next();
        }
        result.push(match (character, blanks) {
            ('\r', Blanks::Lines) => '\n',
            ('\r' | '\n' | '\t', Blanks::Spaces) => ' ',
            (other, _) => other,
        });
    }
}

fn character(name: &str) -> Option<char> {
    let number = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => name.strip_prefix('#')?,
    };
    let code = match number.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|found| is_allowed(*found))
}

/// So many bytes are looked at in one go.
const STRETCH: usize = 4096;

/// Whether XML may hold a character at all.
fn is_allowed(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// The first byte of a character that no XML may hold.
pub(super) fn forbidden(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
    let suspect = |byte: u8| is_control(byte) || byte == 0xEF;
    let any = |stretch: &[u8]| stretch.iter().fold(false, |found, byte| found | suspect(*byte));
    let is_last = |at: usize| matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF]));
    let found = |at: &usize| bytes.get(*at).is_some_and(|byte| is_control(*byte) || (*byte == 0xEF && is_last(*at)));
    let stretches = bytes.chunks(STRETCH).enumerate().filter(|(_, stretch)| any(stretch));
    stretches.flat_map(|(number, stretch)| number * STRETCH..number * STRETCH + stretch.len()).find(found)
}
