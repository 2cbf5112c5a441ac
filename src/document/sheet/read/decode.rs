//! The text of a file, in the encodings that spreadsheets save.

use super::SentError;

/// What the bytes 0x80 to 0x9F stand for in Windows-1252; five stand for nothing.
const UPPER: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Reads text: what a byte order mark says, else UTF-8 where it is sound, else Windows-1252.
pub(super) fn text(bytes: &[u8]) -> Result<String, SentError> {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).map_err(|_| unreadable("broken UTF-8"))?,
        [0xFF, 0xFE, rest @ ..] => utf_16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf_16(rest, u16::from_be_bytes)?,
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().copied().map(windows_1252).collect(),
        },
    };
    if text.contains('\0') {
        return Err(unreadable("it holds bytes that stand for no letter"));
    }
    Ok(text)
}

fn utf_16(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Result<String, SentError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().copied().map(unit).collect();
    String::from_utf16(&units).ok().filter(|_| rest.is_empty()).ok_or_else(|| unreadable("broken UTF-16"))
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => UPPER.get(usize::from(byte - 0x80)).copied().unwrap_or('\0'),
        _ => char::from(byte),
    }
}

fn unreadable(reason: &str) -> SentError {
    SentError::Unreadable { reason: reason.to_owned() }
}
