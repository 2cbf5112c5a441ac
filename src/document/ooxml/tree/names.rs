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

/// Whether a byte may be part of a name. Beyond ASCII everything may: no name of office XML goes there.
pub(super) fn in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || byte >= 0x80
}

/// Whether a name may begin with a byte.
pub(super) fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}
