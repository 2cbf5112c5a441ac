//! Measured work: `cargo bench` prints how long each piece takes, as medians.
//!
//! Machines differ and are shared: compare ratios and repeated runs, not single figures.

mod calendar;
mod committee;
mod document;
mod durable;
mod process;
mod startup;

fn main() {
    calendar::run();
    committee::run();
    process::run();
    document::run();
    durable::run();
    startup::run();
}
