//! Names: a prefix, and what is called by it.

/// Where a name stands in the text: its prefix up to the colon, its local part after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) start: u32,
    /// Where the local part begins.
    pub(super) local: u32,
    pub(super) stop: u32,
}

impl Name {
    pub(super) const NOTHING: Self = Self { start: 0, local: 0, stop: 0 };

    pub(super) fn has_prefix(self) -> bool {
        self.local > self.start
    }
}

/// What each byte may be, as a table, for this is asked of nearly every byte of a part.
static CLASSES: [u8; 256] = classes();
/// May be part of a name. Beyond ASCII every byte may; [`is_name`] looks closer.
pub(super) const IN_NAME: u8 = 1;
/// A name may begin with it.
pub(super) const BEGINS_NAME: u8 = 2;
/// Ends a plain value or is not plain in it.
pub(super) const SPECIAL: u8 = 4;
/// Ends a text.
pub(super) const ENDS_TEXT: u8 = 8;
/// Is not plain in a text: it stands for something else.
pub(super) const CODES: u8 = 16;
/// May end something that a text may not hold.
pub(super) const ENDS_TAG: u8 = 32;
/// Belongs to a character beyond ASCII.
pub(super) const WIDE: u8 = 64;

#[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "computed when compiled, over all bytes")]
const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut at = 0;
    while at < classes.len() {
        let byte = at as u8;
        let begins = byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80;
        if begins {
            classes[at] |= IN_NAME | BEGINS_NAME;
        }
        if byte.is_ascii_digit() || matches!(byte, b'-' | b'.') {
            classes[at] |= IN_NAME;
        }
        if matches!(byte, b'"' | b'\'' | b'&' | b'<' | b'\t' | b'\n' | b'\r') {
            classes[at] |= SPECIAL;
        }
        classes[at] |= match byte {
            b'<' => ENDS_TEXT,
            b'&' | b'\r' => CODES,
            b'>' => ENDS_TAG,
            0x80.. => WIDE,
            _ => 0,
        };
        at += 1;
    }
    classes
}

/// What a byte may be: any of the constants above.
pub(super) fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or_default()
}

/// How many bytes come before the first whose class ends the stretch, and what they may be, all together.
pub(super) fn stretch(bytes: &[u8], ends: impl Fn(u8) -> bool) -> (usize, u8) {
    let (mut length, mut seen) = (0, 0);
    // Names and values are short: a plain loop is over before a clever one has begun.
    while let Some(byte) = bytes.get(length) {
        let class = class(*byte);
        if ends(class) {
            break;
        }
        seen |= class;
        length += 1;
    }
    (length, seen)
}

/// Whether a name beyond ASCII is one.
pub(super) fn is_name(name: &str) -> bool {
    let begins = name.chars().next().is_some_and(begins_wide_name);
    begins && name.chars().all(|c| c.is_ascii() || in_wide_name(c))
}

fn begins_wide_name(character: char) -> bool {
    matches!(character,
        'a'..='z'
        | 'A'..='Z'
        | '_'
        | '\u{C0}'..='\u{D6}'
        | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}'
        | '\u{200C}'..='\u{200D}'
        | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FDCF}'
        | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

fn in_wide_name(character: char) -> bool {
    begins_wide_name(character) || matches!(character, '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}
