//! Images: their bytes, what they are, and how large they are shown.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// An image that stands in a line of text. Its alternative text is the text of the run that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// What the bytes are.
    pub media: Media,
    /// The file itself.
    pub bytes: Bytes,
    /// How wide it is shown, in English Metric Units: 914,400 to the inch, 360,000 to the centimetre.
    pub width: u32,
    /// How high it is shown, in English Metric Units.
    pub height: u32,
}

/// The kind of an image file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// Graphics Interchange Format.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// Tag Image File Format. Browsers do not show it.
    Tiff,
    /// Enhanced Metafile. Browsers do not show it.
    Emf,
    /// Windows Metafile. Browsers do not show it.
    Wmf,
    /// Scalable Vector Graphics.
    Svg,
}

const MEDIA: [(Media, &str, &str); 8] = [
    (Media::Png, "image/png", "png"),
    (Media::Jpeg, "image/jpeg", "jpeg"),
    (Media::Gif, "image/gif", "gif"),
    (Media::Bmp, "image/bmp", "bmp"),
    (Media::Tiff, "image/tiff", "tiff"),
    (Media::Emf, "image/x-emf", "emf"),
    (Media::Wmf, "image/x-wmf", "wmf"),
    (Media::Svg, "image/svg+xml", "svg"),
];

impl Media {
    /// The media type, such as `image/png`.
    pub fn media_type(self) -> &'static str {
        MEDIA.iter().find(|(media, ..)| *media == self).map_or("image/png", |(_, name, _)| name)
    }

    /// How file names end, such as `png`.
    pub fn extension(self) -> &'static str {
        MEDIA.iter().find(|(media, ..)| *media == self).map_or("png", |(.., end)| end)
    }

    /// The kind of a file by how its name ends, in any case.
    pub fn of_extension(extension: &str) -> Option<Self> {
        let extension = match extension.to_ascii_lowercase().as_str() {
            "jpg" | "jpe" => "jpeg".to_owned(),
            "tif" => "tiff".to_owned(),
            other => other.to_owned(),
        };
        MEDIA.iter().find(|(.., end)| *end == extension).map(|(media, ..)| *media)
    }

    /// Whether browsers show it.
    pub fn is_shown_by_browsers(self) -> bool {
        !matches!(self, Self::Tiff | Self::Emf | Self::Wmf)
    }
}

/// The bytes of a file, shared by every copy of the document. Kept as base64 where a document is kept as text.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bytes(Arc<[u8]>);

impl Bytes {
    /// The bytes.
    pub fn get(&self) -> &[u8] {
        &self.0
    }

    /// The bytes in base64 (RFC 4648), as they stand in an address that begins with `data:`.
    pub fn to_base64(&self) -> String {
        let mut text = String::with_capacity(self.0.len().div_ceil(3) * 4);
        for group in self.0.chunks(3) {
            let bits =
                group.iter().enumerate().fold(0_u32, |bits, (place, byte)| bits | u32::from(*byte) << (16 - 8 * place));
            for place in 0..4 {
                text.push(if place <= group.len() { letter(bits >> (18 - 6 * place) & 63) } else { '=' });
            }
        }
        text
    }
}

fn letter(value: u32) -> char {
    let letter = match value {
        0..26 => u32::from('A') + value,
        26..52 => u32::from('a') + value - 26,
        52..62 => u32::from('0') + value - 52,
        62 => u32::from('+'),
        _ => u32::from('/'),
    };
    char::from_u32(letter).unwrap_or('=')
}

fn value(letter: u8) -> Option<u32> {
    match letter {
        b'A'..=b'Z' => Some(u32::from(letter - b'A')),
        b'a'..=b'z' => Some(u32::from(letter - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(letter - b'0') + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }
}

impl From<Bytes> for String {
    fn from(bytes: Bytes) -> Self {
        bytes.to_base64()
    }
}

impl TryFrom<String> for Bytes {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
        let (mut bits, mut held) = (0_u32, 0_u32);
        for sign in text.trim_end_matches('=').bytes() {
            let value = value(sign).ok_or_else(|| format!("`{}` is no sign of base64", char::from(sign)))?;
            (bits, held) = (bits << 6 | value, held + 6);
            if held >= 8 {
                held -= 8;
                bytes.extend(u8::try_from(bits >> held & 255));
            }
        }
        Ok(bytes.into())
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_kept_as_base64_and_read_again() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob\u{ff}~", "Zm9vYsO/fg==")]
        {
            let bytes = Bytes::from(bytes.as_bytes());
            assert_eq!(bytes.to_base64(), text);
            assert_eq!(Bytes::try_from(text.to_owned()), Ok(bytes));
        }
        assert!(Bytes::try_from("Zm9%".to_owned()).is_err());
    }
}
