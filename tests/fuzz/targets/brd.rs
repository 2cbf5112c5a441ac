//! Any text as a Baseline Requirements Document: read and written again, or refused with its problems.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quorate::brd::{from_yaml, to_yaml};

fuzz_target!(|text: &str| {
    if let Ok(brd) = from_yaml("brd.yaml", text) {
        let again = from_yaml("brd.yaml", &to_yaml(&brd)).expect("what is written can be read");
        assert_eq!(again, brd, "what is read again is the same");
    }
});
