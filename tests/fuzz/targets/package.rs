//! Any bytes as a file, and as the parts of a sound package: an answer or a refusal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quorate::brd::import_docx;
use quorate::document::ooxml::Package;
use quorate::document::{Tracked, read_docx, to_html_article, to_text};
use quorate::packed::packed;

fuzz_target!(|bytes: &[u8]| {
    if !bytes.starts_with(b"PK") {
        read(&packed(&mut bytes.split(|byte| *byte == 0)));
        return;
    }
    read(bytes);
    let Ok(package) = Package::open(bytes) else { return };
    for name in package.names() {
        let _ = package.text(name);
        let _ = package.relationships(name);
    }
});

fn read(bytes: &[u8]) {
    for tracked in [Tracked::Show, Tracked::Accept, Tracked::Reject] {
        let Ok(document) = read_docx(bytes, tracked) else { return };
        let _ = (to_html_article(&document), to_text(&document));
    }
    let _ = import_docx(bytes);
}
