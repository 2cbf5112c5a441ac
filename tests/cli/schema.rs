//! `quorate migrate`: the schema forwards and back.

use super::{Folder, quorate, words};

#[test]
fn the_schema_goes_up_and_down_and_up_again() {
    let folder = Folder::new();
    let database = folder.new_database();
    let migrate = |line: &str| {
        let command: Vec<&str> = ["migrate"].into_iter().chain(line.split_whitespace()).collect();
        words(&[&command[..], &["--database", &database]].concat()).done()
    };
    let steps = migrate("status");
    assert!(steps.lines().count() >= 5 && steps.lines().all(|line| line.ends_with(": to be taken")), "{steps}");
    assert_eq!(migrate("up"), steps.replace("to be taken", "taken"));
    assert_eq!(migrate("up"), "nothing to do\n");
    assert!(migrate("status").lines().all(|line| line.ends_with(": taken")));
    assert_eq!(migrate("down --steps 1").lines().count(), 1);
    assert_eq!(migrate("status").matches("to be taken").count(), 1);
    assert_eq!(migrate("down --steps 99").lines().count(), steps.lines().count() - 1);
    assert_eq!(migrate("up").lines().count(), steps.lines().count());
}

#[test]
fn steps_back_must_be_counted_and_a_database_must_be_there() {
    assert!(quorate("migrate down").failed(2).contains("--steps"));
    assert!(quorate("migrate status --database sqlite:absent.db").failed(3).contains("add `?mode=rwc`"));
    assert!(quorate("migrate status --database postgres://x").failed(3).contains("Write `sqlite:PATH`"));
}
