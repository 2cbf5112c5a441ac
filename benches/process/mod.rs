//! How long the core takes to prove a definition and to decide.
#![expect(clippy::disallowed_methods, reason = "measuring is what this does")]
#![expect(clippy::print_stdout, reason = "the result is printed")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that cannot run should stop")]

use std::hint::black_box;
use std::time::Instant;

use quorate::calendar::{Division, Edition, london_instant};
use quorate::workflow::{
    Case, Command, Definition, Facts, Record, RoleName, Rules, Value, apply, check, decide, load, open, replay,
};

const ROUNDS: usize = 21;

/// Prints the median times.
pub(crate) fn run() {
    let definitions = load::built_in().unwrap();
    for definition in definitions {
        let micros = median(|| {
            black_box(check::check(definition));
        });
        println!("check of {}: {micros} us", definition.process);
    }
    decisions(&definitions[0]);
}

fn median(work: impl Fn()) -> u128 {
    let mut rounds: Vec<u128> = (0..ROUNDS)
        .map(|_| {
            let started = Instant::now();
            work();
            started.elapsed().as_micros()
        })
        .collect();
    rounds.sort_unstable();
    rounds[ROUNDS / 2]
}

/// A case goes to and fro between two states, so that every transition is a real one with clocks that pause and go on.
fn decisions(definition: &Definition) {
    const STEPS: u32 = 1_000;
    let calendar = Edition::built_in().calendar(Division::EnglandAndWales);
    let rules = Rules { definition, calendar: &calendar };
    let micros = median(|| {
        let mut case = validated(rules);
        for step in 0..STEPS {
            to_and_fro(rules, &mut case, step);
            if case.clocks.iter().any(|clock| clock.paused.len() > 20) {
                case = validated(rules);
            }
        }
    });
    println!("decide and apply: {} transitions/s in memory", u128::from(STEPS) * 1_000_000 / micros.max(1));
}

fn validated(rules: Rules<'_>) -> Case {
    let now = london_instant("2025-11-03".parse().unwrap(), "10:00".parse().unwrap());
    let values = Facts::from([
        ("sent_on".into(), Value::Date("2025-11-03".parse().unwrap())),
        ("urgency_claimed".into(), Value::YesNo(false)),
        ("changes_access_rights".into(), Value::YesNo(false)),
    ]);
    let mut case = replay(&open(rules, values, now).unwrap()).unwrap();
    take(rules, &mut case, "acknowledge", &[], 1);
    case
}

fn to_and_fro(rules: Rules<'_>, case: &mut Case, step: u32) {
    let day = 1 + u64::from(step / 4);
    if case.state.as_str() == "validation" {
        take(rules, case, "ask_information", &["questions"], day);
    } else {
        take(rules, case, "provide_information", &["answer"], day);
    }
}

fn take(rules: Rules<'_>, case: &mut Case, action: &str, fields: &[&str], day: u64) {
    let date = "2025-11-03".parse::<chrono::NaiveDate>().unwrap() + chrono::Days::new(day);
    let now = london_instant(date, "10:00".parse().unwrap());
    let values = fields.iter().map(|field| ((*field).into(), Value::Text("Words.".to_owned()))).collect();
    let command = Command::Act { action: action.into(), values };
    let roles = [RoleName::new("dcc"), RoleName::new("proposer")];
    for event in decide(rules, case, &command, &roles, &Record::default(), now).unwrap() {
        apply(case, &event);
    }
}
