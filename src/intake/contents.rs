//! The text of a message and its attachments, decoded.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::html::html_to_text;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{ContentType, MimeHeaders};

use super::door::Limits;
use super::file_kind::FileKind;
use super::file_name;
use super::finding::Finding;
use super::parts::{Leaf, Within};

/// A file that came with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, made safe to show and to store; no two of a message are the same.
    pub name: String,
    /// The type it was declared as, in lower case, such as `application/pdf`.
    pub declared: String,
    /// What it is by its content.
    pub kind: FileKind,
    /// The file itself.
    pub bytes: Vec<u8>,
}

/// What a message holds.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) text: String,
    pub(super) attachments: Vec<Attachment>,
}

/// Decodes every leaf of a message.
pub(super) fn contents(leaves: &[Leaf<'_>], limits: &Limits, findings: &mut Vec<Finding>) -> Contents {
    let plain = leaves.iter().filter(|leaf| is_text_of_message(leaf, "text/plain"));
    let texts: Vec<_> = plain.map(|leaf| text_of(leaf, limits, findings)).collect();
    let mut text = join(&texts);
    if text.trim().is_empty() {
        let pages = leaves.iter().filter(|leaf| is_text_of_message(leaf, "text/html"));
        let texts: Vec<_> = pages.map(|leaf| html_to_text(&text_of(leaf, limits, findings))).collect();
        text = join(&texts);
    }
    let mut gathering = Gathering { limits, findings, attachments: Vec::new(), bytes: 0 };
    for leaf in leaves.iter().filter(|leaf| is_file(leaf)) {
        gathering.take(leaf);
    }
    let attachments = gathering.attachments;
    Contents { text, attachments }
}

/// Whether a leaf is shown as the text of the message. One that says it has parts, but has none, is text as well.
fn is_text_of_message(leaf: &Leaf<'_>, wanted: &str) -> bool {
    let declared = leaf.declared();
    let broken = wanted == "text/plain" && declared.starts_with("multipart/");
    (declared == wanted || broken) && !leaf.is_attached()
}

fn is_file(leaf: &Leaf<'_>) -> bool {
    let shown = is_text_of_message(leaf, "text/plain") || is_text_of_message(leaf, "text/html");
    let other_version = leaf.within == Within::Alternative && leaf.declared() == "text/enriched";
    !shown && !other_version
}

fn join(texts: &[String]) -> String {
    let texts: Vec<_> = texts.iter().map(|text| text.trim_end()).filter(|text| !text.trim().is_empty()).collect();
    texts.join("\n\n")
}

/// The text of a leaf, with line feeds alone at the ends of lines.
fn text_of(leaf: &Leaf<'_>, limits: &Limits, findings: &mut Vec<Finding>) -> String {
    let bytes = decoded(leaf, "the text", findings);
    let kept = bytes.get(..limits.text).unwrap_or(&bytes);
    if kept.len() < bytes.len() {
        findings.push(Finding::TextCutOff { most: limits.text });
    }
    let charset = leaf.headers.content_type().and_then(|kind| kind.attribute("charset"));
    in_charset(kept, charset, findings).replace("\r\n", "\n").replace('\0', "\u{fffd}")
}

/// Text that claims to be ASCII is read as UTF-8, which is what mail programs mean when they are wrong about it.
fn in_charset(bytes: &[u8], charset: Option<&str>, findings: &mut Vec<Finding>) -> String {
    let charset = charset.unwrap_or("utf-8").trim().to_ascii_lowercase();
    let lossy = || String::from_utf8_lossy(bytes).into_owned();
    if matches!(charset.as_str(), "" | "utf-8" | "utf8" | "us-ascii" | "ascii") {
        return lossy();
    }
    charset_decoder(charset.as_bytes()).map_or_else(
        || {
            let charset = charset.chars().filter(char::is_ascii_graphic).take(40).collect();
            findings.push(Finding::UnknownCharset { charset });
            lossy()
        },
        |decode| decode(bytes),
    )
}

/// The body of a leaf without its transfer coding; as it arrived, with a finding, if that is damaged.
fn decoded(leaf: &Leaf<'_>, name: &str, findings: &mut Vec<Finding>) -> Vec<u8> {
    let coding = leaf.headers.content_transfer_encoding().unwrap_or_default().trim().to_ascii_lowercase();
    let decoded = match coding.as_str() {
        "base64" => base64_decode(leaf.body).filter(|bytes| !bytes.is_empty() || leaf.body.trim_ascii().is_empty()),
        "quoted-printable" => quoted_printable_decode(leaf.body),
        _ => return leaf.body.to_vec(),
    };
    decoded.unwrap_or_else(|| {
        findings.push(Finding::Damaged { name: name.to_owned() });
        leaf.body.to_vec()
    })
}

struct Gathering<'a> {
    limits: &'a Limits,
    findings: &'a mut Vec<Finding>,
    attachments: Vec<Attachment>,
    bytes: usize,
}

impl Gathering<'_> {
    fn take(&mut self, leaf: &Leaf<'_>) {
        let name = self.name(leaf);
        if self.bytes > self.limits.attachments {
            return;
        }
        let bytes = decoded(leaf, &name, self.findings);
        self.bytes += bytes.len();
        if self.bytes > self.limits.attachments {
            return self.findings.push(Finding::AttachmentsTooLarge { name, most: self.limits.attachments });
        }
        if bytes.len() > self.limits.attachment {
            return self.findings.push(Finding::AttachmentTooLarge { name, most: self.limits.attachment });
        }
        let declared = leaf.declared();
        let kind = FileKind::of(&bytes, &declared);
        self.note(kind, &name);
        self.attachments.push(Attachment { name, declared, kind, bytes });
    }

    fn name(&self, leaf: &Leaf<'_>) -> String {
        let given = leaf.headers.attachment_name().unwrap_or_default();
        let subtype = leaf.headers.content_type().and_then(ContentType::subtype).unwrap_or_default();
        let ending = match subtype {
            "rfc822" => ".eml",
            "plain" => ".txt",
            "html" | "pdf" | "png" | "jpeg" | "calendar" => &format!(".{subtype}"),
            _ => "",
        };
        let fallback = format!("attachment-{}{ending}", self.attachments.len() + 1);
        let taken: Vec<_> = self.attachments.iter().map(|other| other.name.as_str()).collect();
        file_name::unlike(&file_name::safe(given, &fallback), &taken)
    }

    fn note(&mut self, kind: FileKind, name: &str) {
        let name = name.to_owned();
        match kind {
            FileKind::OutlookPacked => self.findings.push(Finding::OutlookPacked { name }),
            FileKind::Message => self.findings.push(Finding::ForwardedMessage { name }),
            FileKind::Encrypted if !self.findings.contains(&Finding::Encrypted) => {
                self.findings.push(Finding::Encrypted);
            }
            _ => {}
        }
    }
}
