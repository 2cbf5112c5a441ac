//! A definition is proved sound before it runs, and everything wrong with it is said at once.

use std::time::Instant;

use quorate::workflow::check::{check_report, transitions};
use quorate::workflow::load::{BUILT_IN, built_in};

#[test]
fn the_definitions_that_come_with_the_program_are_sound() {
    let definitions = built_in().unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(definitions.len(), BUILT_IN.len());
    for definition in definitions {
        #[expect(clippy::disallowed_methods, reason = "the time taken is printed, not relied on")]
        let began = Instant::now();
        let report = check_report(definition);
        println!("{}: {:?} in {:?}", definition.process, report.proof, began.elapsed());
        assert_eq!(report.findings, []);
        println!("{} transitions", transitions(definition).len());
    }
}
