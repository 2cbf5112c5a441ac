//! `quorate serve`: the pages, the API and the clocks on one address, until told to stop.

use std::io::Write;
use std::sync::Arc;

use clap::Args;
use tokio::net::TcpListener;

use super::Failure;
use super::outbox::{arrivals, door, outbox};
use crate::api;
use crate::clock::Clock;
use crate::config::{DoorConfig, MailConfig, ServeConfig, local_url};
use crate::jobs::Mail;
use crate::service::{self, App};
use crate::web;

/// Serve the pages and the API, and let the clocks run.
///
/// The database is created if need be. SIGTERM or Ctrl-C ends it once what is under way is done.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  quorate serve --database \"sqlite:quorate.db?mode=rwc\" --listen 127.0.0.1:8080\n  listening on http://127.0.0.1:8080"
)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    config: ServeConfig,
    #[command(flatten)]
    mail: MailConfig,
    #[command(flatten)]
    door: DoorConfig,
}

pub(crate) async fn run(args: ServeArgs, out: &mut impl Write) -> Result<(), Failure> {
    let door = door(&args.door, &args.mail);
    let mail = Mail { outbox: outbox(&args.mail)?, arrivals: arrivals(&args.door)?, door };
    let config = args.config;
    if let Some(folder) = config.backup_to.as_ref().filter(|folder| !folder.is_dir()) {
        let what = "there is no such folder for copies of the database. Make it, or correct --backup-to";
        return Err(Failure::surroundings(format!("{}: {what}", folder.display())));
    }
    let listener = bind(&config).await?;
    let address = listener.local_addr()?;
    let clock = Clock::real();
    let app = Arc::new(App::open(&config.database, config.settings(address), clock.now()).await?);
    if !service::has_people(&app).await? {
        writeln!(out, "There are no people in this database yet, so nobody can sign in; the register can be read.")?;
        writeln!(out, "`quorate setup FILE` enters organisations and people and gives each person a token.")?;
        writeln!(out, "`quorate demo` serves a small world with people and tokens to try Quorate with.")?;
    }
    writeln!(out, "listening on {}", local_url(address))?;
    out.flush()?;
    serve(app, clock, listener, mail).await
}

async fn bind(config: &ServeConfig) -> Result<TcpListener, Failure> {
    let address = config.listen;
    let refused = |error| {
        Failure::surroundings(format!("cannot listen on {address}: {error}. Choose another address with --listen"))
    };
    TcpListener::bind(address).await.map_err(refused)
}

/// Serves the API and the pages and lets the clocks run and the mail go out, until told to stop.
pub(crate) async fn serve(app: Arc<App>, clock: Clock, listener: TcpListener, mail: Mail) -> Result<(), Failure> {
    let pages = web::router(app.clone(), clock).map_err(|error| Failure::surroundings(error.to_string()))?;
    let served = api::serve(app.clone(), clock, listener, pages, mail).await;
    app.close().await?;
    served.map_err(|error| Failure::surroundings(error.to_string()))
}
