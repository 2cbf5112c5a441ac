//! Text within a paragraph: runs that are set alike.

use serde::{Deserialize, Serialize};

use super::image::Image;
use super::revision::Revision;
use super::tree::Block;

/// The text of a paragraph, a heading or a caption, as runs that are each set in one way.
///
/// A line feed in a run breaks the line within the paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text {
    /// The runs in reading order.
    pub runs: Vec<Run>,
}

/// A stretch of text that is set in one way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The characters; a line feed breaks the line. For an image, what it shows in words.
    pub text: String,
    /// Set in bold.
    #[serde(default, skip_serializing_if = "is_off")]
    pub bold: bool,
    /// Set in italics.
    #[serde(default, skip_serializing_if = "is_off")]
    pub italic: bool,
    /// Set in a fixed width, as references and digests are.
    #[serde(default, skip_serializing_if = "is_off")]
    pub code: bool,
    /// Underlined.
    #[serde(default, skip_serializing_if = "is_off")]
    pub underlined: bool,
    /// Struck through by its author, which is not a deletion of a redline.
    #[serde(default, skip_serializing_if = "is_off")]
    pub struck: bool,
    /// Whether it is raised or lowered.
    #[serde(default, skip_serializing_if = "Script::is_none")]
    pub script: Script,
    /// Where the text leads: an address, which must be `https:`, `http:` or `mailto:` to be followed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The image that stands here in place of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// What the note says whose sign follows the text; empty for no note.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnote: Vec<Block>,
    /// How the run differs from the document before; empty but in a redline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Revision>,
}

/// Whether text is raised above the line or lowered below it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Script {
    /// On the line.
    #[default]
    None,
    /// Raised, as in m².
    Super,
    /// Lowered, as in CO₂.
    Sub,
}

impl Script {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes every field by reference")]
    fn is_none(&self) -> bool {
        *self == Self::None
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes every field by reference")]
fn is_off(flag: &bool) -> bool {
    !flag
}

impl Text {
    /// Text that begins with a plain run.
    pub fn new(text: impl Into<String>) -> Self {
        Self::default().plain(text)
    }

    /// Adds a plain run.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.run(Run { text: text.into(), ..Run::default() })
    }

    /// Adds a run in bold.
    #[must_use]
    pub fn bold(self, text: impl Into<String>) -> Self {
        self.run(Run { text: text.into(), bold: true, ..Run::default() })
    }

    /// Adds a run in italics.
    #[must_use]
    pub fn italic(self, text: impl Into<String>) -> Self {
        self.run(Run { text: text.into(), italic: true, ..Run::default() })
    }

    /// Adds a run in a fixed width.
    #[must_use]
    pub fn code(self, text: impl Into<String>) -> Self {
        self.run(Run { text: text.into(), code: true, ..Run::default() })
    }

    /// Adds a run that leads to an address.
    #[must_use]
    pub fn link(self, text: impl Into<String>, address: impl Into<String>) -> Self {
        self.run(Run { text: text.into(), link: Some(address.into()), ..Run::default() })
    }

    /// Adds an image that stands in the line, and says in words what it shows.
    #[must_use]
    pub fn image(self, shows: impl Into<String>, image: Image) -> Self {
        self.run(Run { text: shows.into(), image: Some(image), ..Run::default() })
    }

    /// Adds the sign of a note that says this.
    #[must_use]
    pub fn footnote(self, note: impl Into<Self>) -> Self {
        self.run(Run { footnote: vec![Block::paragraph(note)], ..Run::default() })
    }

    /// Adds a run; one that shows nothing is left out.
    #[must_use]
    pub fn run(mut self, run: Run) -> Self {
        if !run.is_empty() {
            self.runs.push(run);
        }
        self
    }

    /// The characters alone, however they are set.
    pub fn to_plain(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }
}

impl Run {
    /// Whether there is nothing to see: no characters, no image and no note.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.image.is_none() && self.footnote.is_empty()
    }

    /// The address the run leads to, if it is one that may be followed from a document.
    ///
    /// Anything but `https:`, `http:` and `mailto:` is text and no more, so that a document never runs anything.
    pub fn address(&self) -> Option<&str> {
        let link = self.link.as_deref()?;
        let (scheme, rest) = link.split_once(':')?;
        let known = ["https", "http", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        let whole = !rest.is_empty() && !link.chars().any(|letter| letter.is_control() || letter.is_whitespace());
        (known && whole).then_some(link)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self::new(text.as_str())
    }
}
