//! The words, styles and names that made-up documents are made of.

/// Plain words; few, so that words repeat and alignment has to choose.
pub(crate) const WORDS: &[&str] = &[
    "the",
    "a",
    "of",
    "and",
    "to",
    "in",
    "shall",
    "must",
    "may",
    "each",
    "interface",
    "system",
    "user",
    "party",
    "energy",
    "supplier",
    "network",
    "report",
    "status",
    "order",
    "meter",
    "device",
    "message",
    "response",
    "request",
    "service",
    "incident",
    "record",
    "notice",
    "access",
    "role",
    "within",
    "one",
    "two",
    "five",
    "working",
    "day",
    "days",
    "sent",
    "received",
    "shown",
    "closed",
    "open",
    "new",
    "list",
    "field",
    "value",
    "date",
    "time",
    "(see",
    "annex)",
    "e.g.",
    "state-of-the-art",
    "1.2",
    "30%",
    "it's",
];

/// Words of other scripts and with marks that belong to the letter before them.
pub(crate) const OTHER_WORDS: &[&str] = &[
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
    "\u{645}\u{631}\u{62d}\u{628}\u{627}",
    "cafe\u{301}",
    "n\u{303}a\u{308}o",
    "\u{1f600}",
    "\u{1f469}\u{200d}\u{1f680}",
    "\u{1f1ec}\u{1f1e7}",
    "\u{6f22}\u{5b57}",
    "\u{e01}\u{e33}",
    "non\u{a0}breaking",
    "R&D",
    "<tag>",
    "\"quoted\"",
    "\u{feff}",
];

/// Paragraph styles: id, name, and whether every package has it (others are written where used only).
pub(crate) const STYLES: &[(&str, &str, bool)] = &[
    ("", "Normal", true),
    ("Heading1", "heading 1", true),
    ("Heading2", "heading 2", true),
    ("Quote", "Quote", false),
    ("Note", "House Note", false),
    ("ListParagraph", "List Paragraph", true),
];

/// How many lists a document may have.
pub(crate) const LISTS: u8 = 5;

/// How many pictures there are to choose from.
pub(crate) const IMAGES: u8 = 6;

/// How many addresses there are to link to.
pub(crate) const ADDRESSES: &[&str] =
    &["https://example.org/a", "https://example.org/b?x=1&y=2", "mailto:desk@example.org", "#Mark1"];

/// The names of content controls.
pub(crate) const CONTROLS: &[&str] = &["version", "status", "owner"];

/// The prefixes of requirement ids.
pub(crate) const PREFIXES: &[&str] = &["SSI-FR", "SSI-NFR", "UC-Login"];
