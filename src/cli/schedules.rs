//! `quorate jobs`: what comes round, what came of it, and when it is next.

use std::io::Write;

use clap::Args;

use super::database::DatabaseArgs;
use super::{Failure, Format, write_json};
use crate::calendar::words;
use crate::clock::Clock;
use crate::service::{self, App, JobRun, JobView};

/// Show what comes round by itself: when, what came of the last run, and when it is next.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  quorate jobs --database sqlite:quorate.db")]
pub(crate) struct JobsArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// How to write the answer.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) async fn run(args: JobsArgs, out: &mut impl Write) -> Result<(), Failure> {
    let app = App::open_to_read(&args.database.database).await?;
    let jobs = service::jobs(&app, Clock::real().now()).await?;
    if args.format == Format::Json {
        return write_json(out, &jobs);
    }
    for job in jobs {
        tell(&job, out)?;
    }
    Ok(())
}

fn tell(job: &JobView, out: &mut impl Write) -> Result<(), Failure> {
    writeln!(out, "{}: {}, {}", job.job, job.title, job.schedule)?;
    match &job.last {
        Some(run) => tell_run(run, out)?,
        None => writeln!(out, "  last: not yet")?,
    }
    match (job.next, &job.why_not) {
        (Some(next), _) => writeln!(out, "  next: {}", words(next))?,
        (None, why) => writeln!(out, "  next: {}", why.as_deref().unwrap_or("never"))?,
    }
    Ok(())
}

fn tell_run(run: &JobRun, out: &mut impl Write) -> Result<(), Failure> {
    let outcome = run.outcome.as_ref().map(|outcome| format!(": {outcome}")).unwrap_or_default();
    writeln!(out, "  last: {}, {}{outcome}", words(run.slot), run.status)?;
    if run.missed > 0 {
        writeln!(out, "  missed before it: {}", run.missed)?;
    }
    if let Some(again) = run.again_at {
        writeln!(out, "  tried {} times; again at {}", run.attempts, words(again))?;
    }
    Ok(())
}
