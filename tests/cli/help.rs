//! What the commands say about themselves, and the reference made from it.

use std::fmt::Write as _;
use std::fs;

use clap::Command;

use super::{program, quorate, root, words};

/// Every command and the commands within it, in order, under their full names.
fn commands() -> Vec<(String, Command)> {
    let mut all = quorate::cli::command();
    all.build();
    let mut found = Vec::new();
    collect("", all, &mut found);
    found
}

fn collect(above: &str, command: Command, found: &mut Vec<(String, Command)>) {
    let name = format!("{above} {}", command.get_name()).trim().to_owned();
    let within: Vec<Command> = command.get_subcommands().cloned().collect();
    found.push((name.clone(), command));
    for command in within.into_iter().filter(|command| command.get_name() != "help") {
        collect(&name, command, found);
    }
}

fn help_of(command: &Command) -> String {
    let help = command.clone().render_long_help().to_string();
    help.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The reference of the command line, from what the commands say about themselves.
fn reference() -> String {
    let mut page = "# The commands\n\n\
        What `--help` says, command by command. Made from the program by `UPDATE=1 cargo test cli::help`; a test\n\
        compares the two.\n"
        .to_owned();
    for (name, command) in commands() {
        let level = "#".repeat(name.split(' ').count().max(2));
        write!(page, "\n{level} {name}\n\n```text\n{}\n```\n", help_of(&command)).unwrap();
    }
    page
}

#[test]
#[expect(clippy::disallowed_methods, reason = "whoever changes a help text asks in the environment for a new page")]
fn the_reference_says_what_the_commands_say() {
    let path = root().join("docs/cli.md");
    if std::env::var("UPDATE").is_ok_and(|value| value == "1") {
        fs::write(&path, reference()).unwrap();
    }
    let page = fs::read_to_string(&path).unwrap_or_default();
    assert!(page == reference(), "docs/cli.md is out of date; run `UPDATE=1 cargo test cli::help`");
}

#[test]
fn every_command_helps_with_an_example() {
    let commands = commands();
    assert!(commands.len() > 25, "{}", commands.len());
    for (name, _) in commands {
        let words: Vec<&str> = name.split(' ').skip(1).chain(["--help"]).collect();
        let help = super::words(&words).done();
        let examples = help.split("Example").nth(1);
        assert!(examples.is_some_and(|examples| examples.contains(&format!("  {name}"))), "{name}: {help}");
    }
}

#[test]
fn misuse_is_told_from_failure() {
    let table = [
        ("", "Usage: quorate <COMMAND>"),
        ("worddays", "a similar subcommand exists: 'workdays'"),
        ("workdays --loud list 2026", "--loud"),
        ("journal verify extra", "extra"),
        ("workflow check --format yaml", "text, json"),
    ];
    for (line, why) in table {
        let error = quorate(line).failed(2);
        assert!(error.contains(why), "{line}: {error}");
    }
}

#[test]
fn help_shows_the_name_of_a_setting_but_not_its_value() {
    let output =
        program().env("QUORATE_DATABASE", "sqlite:/secret/place.db").args(["serve", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(help.contains("[env: QUORATE_DATABASE]") && !help.contains("secret"), "{help}");
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(words(&["--version"]).done(), format!("quorate {}\n", env!("CARGO_PKG_VERSION")));
}
