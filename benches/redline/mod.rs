//! How long two documents take to compare, and the layers below.
#![expect(clippy::disallowed_methods, reason = "measuring is what this does")]
#![expect(clippy::print_stdout, reason = "the result is printed")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that cannot run should stop")]

use std::hint::black_box;
use std::time::Instant;

use quorate::redline::diff::changes_counted;

#[path = "../../tests/redline/generate/mod.rs"]
#[expect(dead_code, reason = "the tests make more of it")]
mod generate;
#[path = "../../tests/redline/package.rs"]
#[expect(dead_code, reason = "the tests make more of it")]
mod package;
mod pair;
#[path = "../../tests/redline/realsize.rs"]
mod realsize;
pub(crate) mod words;
#[path = "../../tests/redline/xml.rs"]
#[expect(dead_code, reason = "the tests make more of it")]
mod xml;

pub(crate) use pair::write as write_pair;

const TOKENS: u32 = 200_000;

/// Prints the times.
pub(crate) fn run() {
    pair::run();
    println!("changes between two sequences of {TOKENS} numbers:");
    let ascending: Vec<u32> = (0..TOKENS).collect();
    let descending: Vec<u32> = (0..TOKENS).rev().collect();
    let others: Vec<u32> = (TOKENS..2 * TOKENS).collect();
    let alternating: Vec<u32> = (0..TOKENS).map(|at| at % 2).collect();
    let by_three: Vec<u32> = (0..TOKENS).map(|at| at % 3).collect();
    let scattered: Vec<u32> = ascending.iter().map(|at| spread(*at)).collect();
    let edited: Vec<u32> =
        scattered.iter().enumerate().map(|(at, token)| if at % 1_000 == 0 { 1 } else { *token }).collect();
    timed("equal", &alternating, &alternating);
    timed("all different", &ascending, &others);
    timed("reversed", &ascending, &descending);
    timed("of two and of three", &alternating, &by_three);
    timed("unrelated, of 5,000", &scattered, &ascending.iter().map(|at| spread(at + TOKENS)).collect::<Vec<_>>());
    timed("one in 1,000 changed", &scattered, &edited);
}

/// One of five thousand numbers that looks random.
fn spread(at: u32) -> u32 {
    ((at.wrapping_mul(2_654_435_761) ^ (at >> 3)).wrapping_mul(2_246_822_519) >> 8) % 5_000
}

fn timed(name: &str, old: &[u32], new: &[u32]) {
    let mut rounds: Vec<_> = (0..5)
        .map(|_| {
            let started = Instant::now();
            let (found, steps) = black_box(changes_counted(old, new));
            (started.elapsed().as_micros(), found.len(), steps)
        })
        .collect();
    rounds.sort_unstable();
    if let Some((micros, changes, steps)) = rounds.get(2) {
        println!("  {name}: {micros} us, {changes} changes, {steps} steps");
    }
}
