//! `quorate brd apply`, `diff` and `blame`: what change sets do to a baseline, what differs, and where an item comes from.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::brd::{read, refuse_itself};
use super::database::DatabaseArgs;
use super::{Failure, Format, read_text, write_file, write_json};
use crate::brd::changes::{ChangeSet, Drafted, Merged, Reserved, draft, merge};
use crate::brd::versions::{Differing, How, difference};
use crate::brd::{Brd, to_yaml};
use crate::calendar::date_words;
use crate::service::{self, App, TraceView};

/// Which change sets are applied to which baseline.
#[derive(Debug, Args)]
pub(crate) struct ApplyArgs {
    /// The baseline: .yaml, .docx or .md.
    base: PathBuf,
    /// The change sets, YAML files, in the order they are merged.
    #[arg(required = true)]
    changes: Vec<PathBuf>,
    /// Where to write the baseline with the changes; standard output where absent.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Which two baselines are compared.
#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The older baseline: .yaml, .docx or .md.
    old: PathBuf,
    /// The newer baseline: .yaml, .docx or .md.
    new: PathBuf,
}

/// Which item is traced.
#[derive(Debug, Args)]
pub(crate) struct BlameArgs {
    /// Its id, such as SSI-FR-6a, or its kind and name, such as "term Incident".
    item: String,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Applies change sets to a baseline; conflicts are shown with every text, and nothing is written then.
pub(crate) fn apply(args: &ApplyArgs, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let (base, _) = read(&args.base)?;
    let drafted = draft_each(&base, &args.changes)?;
    let sets: Vec<ChangeSet> = drafted.iter().map(|drafted| drafted.set.clone()).collect();
    let merged = merge(&base, &sets, &[]).map_err(|problems| Failure::no(listed(&problems)))?;
    if !merged.conflicts.is_empty() {
        return Err(Failure::no(format!("the change sets contradict each other:\n{}", listed(&merged.conflicts))));
    }
    let text = to_yaml(&merged.brd);
    let Some(target) = &args.out else { return Ok(out.write_all(text.as_bytes())?) };
    for file in std::iter::once(&args.base).chain(&args.changes) {
        refuse_itself(file, target)?;
    }
    write_file(target, text.as_bytes())?;
    tell(&base, &drafted, &merged, format, out)
}

/// Each change set with its ids given, no id twice.
fn draft_each(base: &Brd, files: &[PathBuf]) -> Result<Vec<Drafted>, Failure> {
    let (mut drafted, mut reserved) = (Vec::<Drafted>::new(), Reserved::default());
    for file in files {
        let set = ChangeSet::load(&file.display().to_string(), &read_text(file)?)?;
        let refused = |problems: Vec<_>| Failure::no(format!("{}:\n{}", file.display(), listed(&problems)));
        let one = draft(base, set, &reserved).map_err(refused)?;
        reserved.others.extend(one.set.items().cloned());
        drafted.push(one);
    }
    Ok(drafted)
}

fn tell(base: &Brd, drafted: &[Drafted], merged: &Merged, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let changed = difference(base, &merged.brd);
    let findings: Vec<String> = drafted.iter().flat_map(|drafted| &drafted.findings).map(ToString::to_string).collect();
    let notices: Vec<String> = merged.notices.iter().map(ToString::to_string).collect();
    if format == Format::Json {
        return write_json(out, &json!({ "changed": changed, "findings": findings, "notices": notices }));
    }
    writeln!(out, "{}", summary(&changed))?;
    for line in findings.iter().chain(&notices) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

/// How many items came, changed and went.
fn summary(changed: &[Differing]) -> String {
    let all = [How::Added, How::Amended, How::Moved, How::Retired, How::Restored, How::Removed];
    let counted = all.map(|how| (how, changed.iter().filter(|item| item.how == how).count()));
    let said: Vec<String> =
        counted.iter().filter(|(_, count)| *count > 0).map(|(how, count)| format!("{count} {}", how.title())).collect();
    if said.is_empty() { "nothing differs".to_owned() } else { said.join(", ") }
}

/// Compares two baselines.
pub(crate) fn diff(args: &DiffArgs, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let ((old, _), (new, _)) = (read(&args.old)?, read(&args.new)?);
    let changed = difference(&old, &new);
    if format == Format::Json {
        return write_json(out, &changed);
    }
    writeln!(out, "{}", summary(&changed))?;
    changed.iter().try_for_each(|item| write_item(item, out))
}

fn write_item(item: &Differing, out: &mut impl Write) -> Result<(), Failure> {
    writeln!(out, "{} {}", item.item, item.how.title())?;
    for (field, before) in &item.fields {
        writeln!(out, "  {field}")?;
        before.was.lines().try_for_each(|line| writeln!(out, "    - {line}"))?;
        before.is.lines().try_for_each(|line| writeln!(out, "    + {line}"))?;
    }
    Ok(())
}

/// Traces an item of the baseline kept in a database.
pub(crate) async fn blame(args: &BlameArgs, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let app = App::open_to_read(&args.database.database).await?;
    let trace = service::trace_item(&app, &args.item).await?;
    if format == Format::Json { write_json(out, &trace) } else { write_trace(&trace, out) }
}

fn write_trace(trace: &TraceView, out: &mut impl Write) -> Result<(), Failure> {
    writeln!(out, "{}: since {}, last changed in {}", trace.item, trace.since, trace.last_changed)?;
    for passage in &trace.passages {
        writeln!(out, "{} ({}): {}", passage.version, date_words(passage.date), passage.change.how.title())?;
        for by in &passage.by {
            writeln!(out, "  {} {}", by.sip, by.title)?;
            for made in &by.determinations {
                let ballot = made.ballot.as_ref().map(|ballot| format!(", ballot {ballot}")).unwrap_or_default();
                writeln!(out, "    {}: {} by {}, {}{ballot}", made.point, made.option, made.body, date_words(made.on))?;
            }
        }
    }
    Ok(())
}

fn listed(lines: &[impl ToString]) -> String {
    lines.iter().map(|line| format!("  {}", line.to_string())).collect::<Vec<_>>().join("\n")
}
