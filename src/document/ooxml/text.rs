//! The text of a part, from the bytes it is stored as.

use super::ReadError;

/// Decodes UTF-8 or UTF-16, with a byte order mark or without one.
pub(super) fn decode(part: &str, mut bytes: Vec<u8>) -> Result<String, ReadError> {
    let wrong = || ReadError::Encoding { part: part.to_owned() };
    let text = match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => {
            bytes.drain(..3);
            return String::from_utf8(bytes).map_err(|_| wrong());
        }
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [b'<', 0, ..] => utf16(&bytes, u16::from_le_bytes),
        [0, b'<', ..] => utf16(&bytes, u16::from_be_bytes),
        _ => return String::from_utf8(bytes).map_err(|_| wrong()),
    };
    Ok(declared_as_utf8(text.ok_or_else(wrong)?))
}

fn utf16(bytes: &[u8], join: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| join(*pair)).collect();
    rest.is_empty().then(|| String::from_utf16(&units).ok()).flatten()
}

/// The text with a declaration that fits what is written from here on, which is UTF-8.
fn declared_as_utf8(text: String) -> String {
    match text.split_once("?>") {
        Some((declaration, rest)) if declaration.starts_with("<?xml") => {
            let standalone = if declaration.contains("standalone") { " standalone=\"yes\"" } else { "" };
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"{standalone}?>{rest}")
        }
        _ => text,
    }
}
