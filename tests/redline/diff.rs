//! What the comparison of sequences, texts and blocks promises.

#[path = "diff/alignment.rs"]
mod alignment;
#[path = "diff/sequences.rs"]
mod sequences;
#[path = "diff/texts.rs"]
mod texts;
