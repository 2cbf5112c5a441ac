//! How much is read before a file is refused.

/// Bounds on a package, so that a hostile file costs little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Parts in the package.
    pub entries: usize,
    /// Bytes of one part, unpacked.
    pub part: u64,
    /// Bytes of all parts together, unpacked.
    pub total: u64,
    /// How many times larger a part may become by unpacking, once it is above [`Limits::ratio_from`] bytes.
    pub ratio: u64,
    /// Bytes below which the ratio is not looked at; a small part of blanks packs well and does no harm.
    pub ratio_from: u64,
    /// Nodes of one XML part: elements, texts and comments.
    pub nodes: u32,
    /// How deep elements may stand inside each other.
    pub depth: usize,
}

impl Default for Limits {
    /// Room for a document of some ten thousand pages, and for nothing that would fill the memory of a small server.
    fn default() -> Self {
        Self {
            entries: 20_000,
            part: 256 << 20,
            total: 1 << 30,
            ratio: 200,
            ratio_from: 16 << 20,
            nodes: 6_000_000,
            depth: 200,
        }
    }
}
