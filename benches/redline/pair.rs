//! A document of about 90 pages and a later one, from package to package.

use std::hint::black_box;
use std::time::Instant;

use quorate::redline::docx::{Existing, Options, redline};

use super::realsize::pair;

/// Writes the two documents, `scale` times the real size.
pub(crate) fn write(scale: &str, old: &str, new: &str) {
    let (older, newer) = pair(scale.parse().unwrap());
    std::fs::write(old, older).unwrap();
    std::fs::write(new, newer).unwrap();
}

/// Prints the times.
pub(super) fn run() {
    for (scale, rounds) in [(1, 21), (10, 3)] {
        let (old, new) = pair(scale);
        let options = Options {
            author: "DCC".to_owned(),
            date: "2026-08-25T09:00:00Z".parse().unwrap(),
            existing: Existing::Refuse,
            attribution: Vec::new(),
        };
        let mut times: Vec<u128> = (0..rounds)
            .map(|_| {
                let started = Instant::now();
                black_box(redline(&old, &new, &options).unwrap());
                started.elapsed().as_micros()
            })
            .collect();
        times.sort_unstable();
        let median = times.get(rounds / 2).copied().unwrap_or_default();
        println!("redline of two documents of {} kB: {median} us", new.len() / 1000);
    }
}
