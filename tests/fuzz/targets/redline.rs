//! The parts of two packages, the first the older's, a zero byte between any two: an answer or a refusal, and what is
//! written can be read again.
#![no_main]

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use quorate::packed::packed;
use quorate::redline::docx::{Existing, Options, redline};
use quorate::redline::report::{Versions, report, to_redline_article, to_redline_json};

fuzz_target!(|bytes: &[u8]| {
    let parts: Vec<&[u8]> = bytes.split(|byte| *byte == 0).collect();
    let old = packed(&mut parts.iter().step_by(2).copied());
    let new = packed(&mut parts.iter().skip(1).step_by(2).copied());
    let existing = [Existing::Accept, Existing::Reject, Existing::Refuse][bytes.len() % 3];
    let options = Options { author: "Fuzz".to_owned(), date: DateTime::UNIX_EPOCH, existing, attribution: Vec::new() };
    let Ok(redline) = redline(&old, &new, &options) else { return };
    match report(&redline.docx) {
        // A part that nothing refers to is not compared, and stays as it is.
        Err(error) => assert!(report(&old).is_err() || report(&new).is_err(), "what is written can be read: {error}"),
        Ok(report) => {
            let _ = to_redline_article(&report, &Versions { older: "1".to_owned(), newer: "2".to_owned() });
            let _ = to_redline_json(&report);
        }
    }
});
