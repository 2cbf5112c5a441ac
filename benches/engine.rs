//! Measured work: `cargo bench` prints how long each piece takes, as medians.
//!
//! Machines differ and are shared: compare ratios and repeated runs, not single figures.

mod calendar;
mod committee;
mod document;
mod durable;
mod mail;
mod process;
mod redline;
mod startup;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["pair", scale, old, new] => redline::write_pair(scale, old, new),
        ["mail"] => mail::run(),
        ["words", old, new] => redline::words::run(old, new),
        _ => everything(),
    }
}

fn everything() {
    calendar::run();
    committee::run();
    process::run();
    document::run();
    redline::run();
    durable::run();
    mail::run();
    startup::run();
}
