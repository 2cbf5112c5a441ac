//! The parts of a message, told apart line by line within bounds.
//!
//! Each level of multipart is scanned once, so the work is bounded by the size of the message times the depth allowed,
//! whatever the message holds. Whole messages inside the message are left whole.

use mail_parser::{ContentType, HeaderName, Message, MessageParser, MessagePart, MimeHeaders};

use super::door::Limits;
use super::finding::Finding;

/// A part that holds no further parts.
#[derive(Debug)]
pub(super) struct Leaf<'a> {
    /// Its headers, as far as they say what it is.
    pub(super) headers: Message<'a>,
    /// Its body in its transfer coding.
    pub(super) body: &'a [u8],
    /// Whether it is one of several versions of the same text.
    pub(super) within: Within,
}

/// What kind of multipart a leaf stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// Parts that belong together, or no multipart at all.
    Mixed,
    /// Several versions of the same thing.
    Alternative,
}

impl Leaf<'_> {
    /// The type it says it is, in lower case; `text/plain` if it says nothing.
    pub(super) fn declared(&self) -> String {
        declared(self.headers.content_type())
    }

    /// Whether it declares itself an attachment, or has a file name.
    pub(super) fn is_attached(&self) -> bool {
        let attached = self.headers.content_disposition().is_some_and(ContentType::is_attachment);
        attached || self.headers.attachment_name().is_some()
    }
}

fn declared(content_type: Option<&ContentType<'_>>) -> String {
    let Some(content_type) = content_type else { return "text/plain".to_owned() };
    let subtype = content_type.subtype().unwrap_or("plain");
    format!("{}/{subtype}", content_type.ctype()).to_ascii_lowercase()
}

/// The headers of a message or part and its body, parted at the first blank line.
pub(super) fn head_and_body(part: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in part.split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if matches!(line, b"\n" | b"\r\n") {
            return part.split_at(at);
        }
    }
    (part, &[])
}

/// Reads headers with the parser of their kind; nothing if there are none.
pub(super) fn read_headers(head: &[u8]) -> Option<Message<'_>> {
    MessageParser::default().parse_headers(head)
}

/// The headers that say what a part is. A part without headers has none, in a message with one part, as the parser wants.
fn read_mime_headers(head: &[u8]) -> Message<'_> {
    let parser = MessageParser::new().with_mime_headers().header_id(HeaderName::MessageId).default_header_ignore();
    let none = || Message { parts: vec![MessagePart::default()], ..Message::default() };
    parser.parse_headers(head).unwrap_or_else(none)
}

/// The leaves of a message in reading order.
pub(super) fn leaves<'a>(raw: &'a [u8], limits: &Limits, findings: &mut Vec<Finding>) -> Vec<Leaf<'a>> {
    let mut splitter = Splitter { limits, findings, leaves: Vec::new(), parts: 0 };
    splitter.take(raw, 0, Within::Mixed);
    splitter.leaves
}

struct Splitter<'a, 'b> {
    limits: &'b Limits,
    findings: &'b mut Vec<Finding>,
    leaves: Vec<Leaf<'a>>,
    parts: usize,
}

impl<'a> Splitter<'a, '_> {
    fn take(&mut self, part: &'a [u8], depth: usize, within: Within) {
        self.parts += 1;
        if self.parts > self.limits.parts {
            return self.note(Finding::TooManyParts { most: self.limits.parts });
        }
        let (head, body) = head_and_body(part);
        if head.len() > self.limits.headers {
            return self.note(Finding::HeadersTooLong { most: self.limits.headers });
        }
        let headers = read_mime_headers(head);
        let content_type = headers.content_type();
        if !content_type.is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("multipart")) {
            return self.leaves.push(Leaf { headers, body, within });
        }
        let boundary = content_type.and_then(|kind| kind.attribute("boundary")).unwrap_or_default().to_owned();
        let alternative = content_type.and_then(ContentType::subtype).is_some_and(is_alternative);
        if boundary.is_empty() {
            self.note(Finding::MissingBoundary);
            return self.leaves.push(Leaf { headers, body, within });
        }
        if depth >= self.limits.depth {
            return self.note(Finding::TooDeep { most: self.limits.depth });
        }
        let inside = if alternative { Within::Alternative } else { within };
        if self.take_each(body, boundary.as_bytes(), depth + 1, inside) == Found::Nothing {
            self.note(Finding::MissingBoundary);
            self.leaves.push(Leaf { headers, body, within });
        }
    }

    fn take_each(&mut self, body: &'a [u8], boundary: &[u8], depth: usize, within: Within) -> Found {
        let mut open: Option<usize> = None;
        let mut at = 0;
        for line in body.split_inclusive(|byte| *byte == b'\n') {
            if let Some(delimiter) = delimiter(line, boundary) {
                if let Some(start) = open {
                    self.take(without_line_end(body.get(start..at).unwrap_or_default()), depth, within);
                }
                open = Some(at + line.len());
                if delimiter == Delimiter::Last {
                    return Found::Parts;
                }
            }
            if self.parts > self.limits.parts {
                return Found::Parts;
            }
            at += line.len();
        }
        let Some(rest) = open.and_then(|start| body.get(start..)) else { return Found::Nothing };
        self.note(Finding::CutShort);
        self.take(rest, depth, within);
        Found::Parts
    }

    /// Notes something once.
    fn note(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

fn is_alternative(subtype: &str) -> bool {
    subtype.eq_ignore_ascii_case("alternative")
}

#[derive(Debug, PartialEq, Eq)]
enum Found {
    Parts,
    Nothing,
}

#[derive(Debug, PartialEq, Eq)]
enum Delimiter {
    Next,
    Last,
}

/// What a line says about the parts around it: `--boundary` begins one, `--boundary--` ends the last.
fn delimiter(line: &[u8], boundary: &[u8]) -> Option<Delimiter> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary)?.trim_ascii_end();
    match rest {
        b"" => Some(Delimiter::Next),
        b"--" => Some(Delimiter::Last),
        _ => None,
    }
}

fn without_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}
