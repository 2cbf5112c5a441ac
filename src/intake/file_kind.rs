//! What a file is by its content, whatever its name and declared type say.

use std::fmt::{self, Display};

/// How much of the beginning and of the end of a package is searched for the names of its parts, in bytes.
const SEARCHED: usize = 256 << 10;
/// How much of a text is looked at to see that it is text, in bytes.
const SAMPLE: usize = 64 << 10;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A Word document, `.docx` or `.docm`.
    Docx,
    /// A Word document from before 2007, or one that is protected by a password.
    OldWordOrProtected,
    /// A document of `LibreOffice` Writer, `.odt`.
    Odt,
    /// An Excel workbook.
    Xlsx,
    /// Any other zip archive.
    Zip,
    /// A PDF.
    Pdf,
    /// Rich text.
    Rtf,
    /// A text that has the fields of a SIP form as YAML.
    FormAsYaml,
    /// Any other text.
    Text,
    /// A web page.
    Html,
    /// A picture.
    Image,
    /// A whole message.
    Message,
    /// Attachments packed by Outlook, `winmail.dat`.
    OutlookPacked,
    /// A signature of the message.
    Signature,
    /// Something encrypted.
    Encrypted,
    /// A program.
    Program,
    /// Anything else.
    Other,
}

impl FileKind {
    /// What a file is, from its content first, then from its declared type.
    pub fn of(bytes: &[u8], declared: &str) -> Self {
        Self::by_type_alone(declared)
            .or_else(|| Self::by_first_bytes(bytes))
            .unwrap_or_else(|| if is_text(bytes) { Self::of_text(bytes, declared) } else { Self::Other })
    }

    /// What only the declared type can tell.
    fn by_type_alone(declared: &str) -> Option<Self> {
        Some(match declared {
            "message/rfc822" | "message/global" => Self::Message,
            "application/pgp-signature" | "application/pkcs7-signature" | "application/x-pkcs7-signature" => {
                Self::Signature
            }
            "application/pkcs7-mime" | "application/x-pkcs7-mime" | "application/pgp-encrypted" => Self::Encrypted,
            _ => return None,
        })
    }

    fn by_first_bytes(bytes: &[u8]) -> Option<Self> {
        let images: [&[u8]; 6] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"];
        let programs: [&[u8]; 3] = [b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe"];
        let begins = |with: &[u8]| bytes.starts_with(with);
        Some(match () {
            () if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") => Self::of_package(bytes),
            () if begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") => Self::OldWordOrProtected,
            () if begins(b"%PDF-") => Self::Pdf,
            () if begins(b"{\\rtf") => Self::Rtf,
            () if begins(b"\x78\x9f\x3e\x22") => Self::OutlookPacked,
            () if begins(b"-----BEGIN PGP MESSAGE") => Self::Encrypted,
            () if images.into_iter().any(begins) && !is_text(bytes) => Self::Image,
            () if programs.into_iter().any(begins) && !is_text(bytes) => Self::Program,
            () => return None,
        })
    }

    fn of_package(bytes: &[u8]) -> Self {
        let start = bytes.get(..SEARCHED).unwrap_or(bytes);
        let end = bytes.get(bytes.len().saturating_sub(SEARCHED)..).unwrap_or(bytes);
        let holds = |name: &[u8]| [start, end].iter().any(|piece| piece.windows(name.len()).any(|at| at == name));
        match () {
            () if holds(b"mimetypeapplication/vnd.oasis.opendocument.text") => Self::Odt,
            () if holds(b"word/") && holds(b"[Content_Types].xml") => Self::Docx,
            () if holds(b"xl/workbook") => Self::Xlsx,
            () => Self::Zip,
        }
    }

    fn of_text(bytes: &[u8], declared: &str) -> Self {
        let text = String::from_utf8_lossy(bytes.get(..SAMPLE).unwrap_or(bytes));
        if looks_like_form(&text) {
            return Self::FormAsYaml;
        }
        let start = text.trim_start_matches('\u{feff}').trim_start().get(..14).unwrap_or_default().to_ascii_lowercase();
        let page = declared == "text/html" || start.starts_with("<!doctype html") || start.starts_with("<html");
        if page { Self::Html } else { Self::Text }
    }
}

impl Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Docx => "a Word document",
            Self::OldWordOrProtected => "an old or protected Word document",
            Self::Odt => "a LibreOffice document (.odt)",
            Self::Xlsx => "an Excel workbook",
            Self::Zip => "a zip archive",
            Self::Pdf => "a PDF",
            Self::Rtf => "a rich text document (.rtf)",
            Self::FormAsYaml => "a form as YAML",
            Self::Text => "a text",
            Self::Html => "a web page",
            Self::Image => "a picture",
            Self::Message => "a whole message",
            Self::OutlookPacked => "attachments packed by Outlook",
            Self::Signature => "a signature",
            Self::Encrypted => "something encrypted",
            Self::Program => "a program",
            Self::Other => "a file of an unknown kind",
        })
    }
}

/// Whether a text has, each at the beginning of a line, fields that every SIP form as YAML has.
pub(super) fn looks_like_form(text: &str) -> bool {
    let has = |field: &str| text.lines().any(|line| line.trim_start_matches('\u{feff}').starts_with(field));
    has("proposer:") && (has("title:") || has("description:"))
}

/// Whether the bytes can be read as text: no null bytes, or UTF-16 with its mark.
fn is_text(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let marked = sample.starts_with(b"\xff\xfe") || sample.starts_with(b"\xfe\xff");
    marked || !sample.iter().any(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31))
}
