//! Any text as Markdown: a tree, and a page of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quorate::document::{blocks_to_markdown, read_markdown};

fuzz_target!(|text: &str| {
    let _ = blocks_to_markdown(&read_markdown(text));
});
