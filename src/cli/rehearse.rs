//! `quorate rehearse`: plays scenarios.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use clap::Args;

use super::{Failure, Format, read_text, write_json};
use crate::rehearsal::{self, Played, SCENARIOS, Scenario};
use crate::workflow::load;

/// Play a script of people and days through the real process, with a simulated clock.
///
/// Exits 1, saying what differs, when something does not go as the scenario expects.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  quorate rehearse --list\n  quorate rehearse sip-g\n  quorate rehearse my-scenario.yaml\n  quorate rehearse --all --coverage"
)]
pub(crate) struct RehearseArgs {
    /// Scenario files, or names of scenarios that come with the program.
    scenarios: Vec<String>,
    /// Name the scenarios that come with the program.
    #[arg(long)]
    list: bool,
    /// Play every scenario that comes with the program.
    #[arg(long)]
    all: bool,
    /// Say how many transitions of each process were taken, and which were not.
    #[arg(long)]
    coverage: bool,
    /// Leave out the timelines.
    #[arg(long)]
    quiet: bool,
    /// How to write the answer.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) async fn run(args: RehearseArgs, out: &mut impl Write) -> Result<(), Failure> {
    if args.list {
        return list(args.format, out);
    }
    let names = if args.all {
        SCENARIOS.iter().map(|shipped| shipped.name.to_owned()).collect()
    } else {
        args.scenarios.clone()
    };
    if names.is_empty() {
        return Err(Failure::misuse("name a scenario, or give --all or --list"));
    }
    let mut taken = BTreeSet::new();
    let mut differing = Vec::new();
    for name in &names {
        let scenario = read(name)?;
        let played = rehearsal::play(&scenario).await?;
        show(&args, name, &scenario, &played, out)?;
        taken.extend(played.taken);
        differing.extend(played.differences.iter().map(|what| format!("{name}, {what}")));
    }
    if args.coverage {
        show_coverage(&taken, out)?;
    }
    if differing.is_empty() {
        return Ok(());
    }
    Err(Failure::no(format!("not as expected:\n  {}", differing.join("\n  "))))
}

fn list(format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let mut titles = Vec::new();
    for shipped in SCENARIOS {
        titles.push((shipped.name, Scenario::load(shipped.name, shipped.text)?.title));
    }
    if format == Format::Json {
        let listed = titles.iter().map(|(name, title)| serde_json::json!({ "scenario": name, "title": title }));
        return write_json(out, &listed.collect::<Vec<_>>());
    }
    for (name, title) in titles {
        writeln!(out, "{name:<10} {title}")?;
    }
    Ok(())
}

fn read(name: &str) -> Result<Scenario, Failure> {
    let is_file = Path::new(name).extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    match rehearsal::find_shipped(name).filter(|_| !is_file) {
        Some(shipped) => Ok(Scenario::load(shipped.name, shipped.text)?),
        None if is_file => Ok(Scenario::load(name, &read_text(Path::new(name))?)?),
        None => Err(Failure::misuse(format!("there is no scenario `{name}`; see `quorate rehearse --list`"))),
    }
}

fn show(
    args: &RehearseArgs,
    name: &str,
    scenario: &Scenario,
    played: &Played,
    out: &mut impl Write,
) -> Result<(), Failure> {
    if args.format == Format::Json {
        return write_json(
            out,
            &serde_json::json!({
                "scenario": name, "title": scenario.title, "differences": played.differences,
                "transitions": played.taken,
            }),
        );
    }
    if !args.quiet {
        writeln!(out, "{}\n{}\n", scenario.title, scenario.about.trim())?;
        let mut above = None;
        for line in &played.lines {
            writeln!(out, "{}", line.below(above))?;
            above = Some(line);
        }
        writeln!(out)?;
    }
    let verdict = match played.differences.len() {
        0 => "as expected".to_owned(),
        1 => "1 difference".to_owned(),
        many => format!("{many} differences"),
    };
    let counted = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let (steps, taken) = (counted(scenario.steps.len(), "step"), counted(played.taken.len(), "transition"));
    Ok(writeln!(out, "{name}: {steps}, {taken}, {verdict}.")?)
}

pub(super) fn show_coverage(taken: &BTreeSet<rehearsal::Taken>, out: &mut impl Write) -> Result<(), Failure> {
    for definition in load::built_in().map_err(Clone::clone)? {
        let (done, all, missed) = rehearsal::coverage(definition, taken);
        writeln!(out, "{}: {done} of {all} transitions taken.", definition.title)?;
        for transition in missed {
            writeln!(out, "  not taken: {transition}")?;
        }
    }
    Ok(())
}
