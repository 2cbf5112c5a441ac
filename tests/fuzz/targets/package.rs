//! Any bytes as a file: an answer or a refusal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quorate::document::ooxml::Package;
use quorate::document::{Tracked, read_docx};

fuzz_target!(|bytes: &[u8]| {
    let _ = read_docx(bytes, Tracked::Show);
    let Ok(package) = Package::open(bytes) else { return };
    for name in package.names() {
        let _ = package.text(name);
        let _ = package.relationships(name);
    }
});
