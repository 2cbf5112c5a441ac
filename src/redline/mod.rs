//! Two versions of a document in, one that shows what changed out.
//!
//! [`diff`] decides what changed: which block is which, and inside a block which words. It knows nothing of files.
//! [`merge`] joins two changed versions of one text. [`docx`] makes a Word file with tracked changes of two, and asks
//! [`identity`] what a row or a heading is about; [`report`] reads such a file and tells people what changed.
//!
//! Architecture invariant: bytes and values in, bytes and values out. No file, no clock, no environment; who made a
//! change and when are arguments.

pub mod diff;
pub mod docx;
pub mod identity;
pub mod merge;
pub mod report;
