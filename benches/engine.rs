//! Measured work: `cargo bench` prints how long each piece takes.

mod calendar;

fn main() {
    calendar::run();
}
