//! `quorate demo`: real proposals travel the whole process, and then the world they leave behind is served.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::net::TcpListener;

use super::outbox::into_folder;
use super::serve::serve;
use super::{Failure, rehearse};
use crate::clock::Clock;
use crate::config::local_url;
use crate::jobs::Mail;
use crate::rehearsal::{self, Rehearsal, SCENARIOS, Scenario, Taken, World};
use crate::service;

/// The scenario whose world is served afterwards.
const WORLD: &str = "demo";

/// Watch real proposals travel the whole process, then look round in the world they leave behind.
///
/// Every scenario that comes with the program is played with a simulated clock; the last one leaves its world behind,
/// which is then served with pages and API until Ctrl-C. Nothing is installed, and the data is thrown away with the
/// temporary folder unless --data names a folder.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  quorate demo\n  quorate demo --once\n  quorate demo --data ./demo --listen 127.0.0.1:9000"
)]
pub(crate) struct DemoArgs {
    /// The address and port to listen on; port 0 takes any that is free.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// A folder for the database and the e-mails; it must hold no database yet.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Only play; serve nothing.
    #[arg(long)]
    once: bool,
    /// Milliseconds between lines; on a terminal 15, elsewhere none.
    #[arg(long, value_name = "MILLISECONDS")]
    pace: Option<u64>,
}

pub(crate) async fn run(args: DemoArgs, out: &mut impl Write) -> Result<(), Failure> {
    let listener = if args.once { None } else { Some(bind(args.listen).await?) };
    let folder = Folder::prepare(args.data.as_deref())?;
    let mut taken = play_each(out).await?;
    let rehearsal = play_world(&args, &folder, out).await?;
    taken.extend(rehearsal.played().taken.clone());
    writeln!(out)?;
    rehearse::show_coverage(&taken, out)?;
    finish(&rehearsal, &folder, out).await?;
    let Some(listener) = listener else { return Ok(rehearsal.app.close().await?) };
    let address = listener.local_addr()?;
    invite(&folder, address, out)?;
    let clock = Clock::showing(rehearsal.now);
    let app = Arc::new(rehearsal.app);
    let mail = into_folder(&folder.mail())?;
    serve(app, clock, listener, Mail { outbox: Some(mail), ..Mail::default() }).await
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::surroundings(format!("cannot listen on {address}: {error}. Choose another address with --listen"))
    })
}

/// Where the demonstration keeps its data.
struct Folder {
    path: PathBuf,
    /// Removes the folder at the end, unless people named one of their own.
    _thrown_away: Option<Thrown>,
}

struct Thrown(PathBuf);

impl Drop for Thrown {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Folder {
    fn prepare(named: Option<&Path>) -> Result<Self, Failure> {
        let path = named.map_or_else(
            || std::env::temp_dir().join(format!("quorate-demo-{}", std::process::id())),
            Path::to_path_buf,
        );
        std::fs::create_dir_all(&path).map_err(|error| Failure::file(&path, &error))?;
        let folder = Self { _thrown_away: named.is_none().then(|| Thrown(path.clone())), path };
        if folder.database().exists() {
            let path = folder.database();
            return Err(Failure::misuse(format!("{} is there already; name an empty folder", path.display())));
        }
        Ok(folder)
    }

    fn database(&self) -> PathBuf {
        self.path.join("quorate.db")
    }

    fn mail(&self) -> PathBuf {
        self.path.join("mail")
    }
}

/// Plays every scenario but the one that leaves its world behind, each on an installation of its own.
async fn play_each(out: &mut impl Write) -> Result<BTreeSet<Taken>, Failure> {
    writeln!(out, "Every proposal that comes with Quorate, through the real engine, with a simulated clock:\n")?;
    let mut taken = BTreeSet::new();
    for shipped in SCENARIOS.iter().filter(|shipped| shipped.name != WORLD) {
        let scenario = Scenario::load(shipped.name, shipped.text)?;
        let played = rehearsal::play(&scenario).await?;
        let verdict = if played.differences.is_empty() { "as expected" } else { "NOT AS EXPECTED" };
        writeln!(out, "  {:<7} {:<74} {:>3} steps, {verdict}", shipped.name, scenario.title, scenario.steps.len())?;
        out.flush()?;
        taken.extend(played.taken);
    }
    writeln!(out, "\n`quorate rehearse NAME` shows each in full.\n")?;
    Ok(taken)
}

async fn play_world(args: &DemoArgs, folder: &Folder, out: &mut impl Write) -> Result<Rehearsal, Failure> {
    let shipped = rehearsal::find_shipped(WORLD);
    let shipped = shipped.ok_or_else(|| Failure::surroundings("this program has no demonstration"))?;
    let scenario = Scenario::load(shipped.name, shipped.text)?;
    writeln!(out, "{}\n{}\n", scenario.title, scenario.about.trim())?;
    let url = format!("sqlite:{}?mode=rwc", folder.database().display());
    let mut rehearsal = Rehearsal::begin(&url, &scenario).await?;
    rehearsal.app.settings.base_url = local_url(args.listen);
    let usual = if std::io::stdout().is_terminal() { 15 } else { 0 };
    let pace = Duration::from_millis(args.pace.unwrap_or(usual));
    let (mut failed, mut above) = (None, None);
    rehearsal
        .go_through(&scenario, |line| {
            let written = line.below(above.as_ref());
            failed = failed.take().or_else(|| writeln!(out, "{written}").and_then(|()| out.flush()).err());
            above = Some(line.clone());
            std::thread::sleep(pace);
        })
        .await?;
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(rehearsal),
    }
}

/// Proves the record of the world and writes the e-mails that were queued.
async fn finish(rehearsal: &Rehearsal, folder: &Folder, out: &mut impl Write) -> Result<(), Failure> {
    let proof = service::verify_journal(&rehearsal.app).await?;
    writeln!(
        out,
        "\nThe journal of this world: {} entries, every hash holds; {} cases replayed from their events, {} differ.",
        proof.entries,
        proof.cases,
        proof.differing.len()
    )?;
    let mail = into_folder(&folder.mail())?;
    let sent = service::send_due(&rehearsal.app, &mail, rehearsal.now).await?;
    Ok(writeln!(out, "{} e-mails written to {}.", sent.sent, folder.mail().display())?)
}

fn invite(folder: &Folder, address: SocketAddr, out: &mut impl Write) -> Result<(), Failure> {
    let url = local_url(address);
    writeln!(out, "\nLook round: {url}")?;
    writeln!(out, "Its clock goes on from the end of the story. The database is {}.\n", folder.database().display())?;
    writeln!(out, "Act as someone of this world, for example:")?;
    writeln!(out, "  curl -H 'Authorization: Bearer demo-dcc-dana' {url}/api/v1/cases\n")?;
    for person in World::built_in()?.people {
        writeln!(out, "  {:<16} {:<18} {:<26} {}", person.name, person.party, person.offices.join(", "), person.token)?;
    }
    writeln!(out, "\nlistening on {url} (Ctrl-C ends it)")?;
    Ok(out.flush()?)
}
