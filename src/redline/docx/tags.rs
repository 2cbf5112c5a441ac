//! The tags that mark a change.

/// How the newer part writes the `w:` prefix, with its colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tags<'w> {
    pub(super) w: &'w str,
}

/// What stands around runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrap {
    Added,
    Removed,
    MovedFrom,
    MovedTo,
}

impl Wrap {
    /// The name of its element.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Added => "ins",
            Self::Removed => "del",
            Self::MovedFrom => "moveFrom",
            Self::MovedTo => "moveTo",
        }
    }
}
