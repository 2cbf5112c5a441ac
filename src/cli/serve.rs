//! `quorate serve`: the pages, the API and the timers on one address, until told to stop.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::Failure;
use crate::api::{self, ApiState};
use crate::clock::Clock;
use crate::config::{ServeConfig, local_url};
use crate::jobs::{self, Outbox};
use crate::notify::{Composer, Transport};
use crate::service::{self, App};
use crate::web;

/// How long requests under way may take to end once Quorate is told to stop.
const GRACE: Duration = Duration::from_secs(10);

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
    /// Write notices as e-mails into this folder, one file each; without it they wait in the queue.
    #[arg(long, env = "QUORATE_MAIL_TO", hide_env_values = true, value_name = "FOLDER")]
    mail_to: Option<PathBuf>,
}

/// The pages, with whatever is neither page nor API answered as the API does.
pub(crate) fn pages(app: &Arc<App>, clock: Clock) -> Result<Router, Failure> {
    let pages = web::router(app.clone(), clock).map_err(|error| Failure::surroundings(error.to_string()))?;
    Ok(pages.merge(api::without_pages()))
}

/// An outbox that writes e-mails into a folder.
pub(crate) fn outbox(folder: &Path) -> Result<Outbox, Failure> {
    let composer = Composer::new("Quorate", "no-reply@quorate.example");
    let composer = composer.map_err(|error| Failure::surroundings(error.to_string()))?;
    Ok(Outbox { composer, transport: Transport::Directory(folder.to_path_buf()) })
}

pub(crate) async fn run(args: ServeArgs, out: &mut impl Write) -> Result<(), Failure> {
    let config = args.config;
    let listener = bind(&config).await?;
    let address = listener.local_addr()?;
    let clock = Clock::real();
    let app = Arc::new(App::open(&config.database, config.settings(address), clock.now()).await?);
    if !service::has_people(&app).await? {
        writeln!(
            out,
            "There are no people in this database yet, so nobody can sign in and only the register can be read."
        )?;
        writeln!(out, "`quorate demo` serves a small world with people and tokens to try Quorate with.")?;
    }
    writeln!(out, "listening on {}", local_url(address))?;
    out.flush()?;
    let pages = pages(&app, clock)?;
    let mail = args.mail_to.as_deref().map(outbox).transpose()?;
    serve(app, clock, listener, pages, mail).await
}

async fn bind(config: &ServeConfig) -> Result<TcpListener, Failure> {
    let address = config.listen;
    let refused = |error| {
        Failure::surroundings(format!("cannot listen on {address}: {error}. Choose another address with --listen"))
    };
    TcpListener::bind(address).await.map_err(refused)
}

/// Serves the API and the pages on `listener` and lets the clocks run, until SIGTERM or Ctrl-C; then ends what is under
/// way. `pages` answers every address outside the API.
///
/// # Errors
///
/// The timers cannot be started, or the listener fails.
pub(crate) async fn serve(
    app: Arc<App>,
    clock: Clock,
    listener: TcpListener,
    pages: Router,
    mail: Option<Outbox>,
) -> Result<(), Failure> {
    let unstarted = |error| Failure::surroundings(format!("the timers cannot be started: {error}"));
    let jobs = jobs::start(app.clone(), clock, mail).await.map_err(unstarted)?;
    let router = api::router(ApiState { app, clock }).merge(pages);
    tracing::info!(address = %listener.local_addr()?, "listening");
    let served = serve_until_told(listener, router).await;
    let stopped = jobs.stop().await;
    tracing::info!("stopped");
    served?;
    stopped.map_err(|error| Failure::surroundings(format!("the timers did not stop: {error}")))
}

async fn serve_until_told(listener: TcpListener, router: Router) -> std::io::Result<()> {
    let (tell, told) = watch::channel(());
    let (mut terminate, mut overtime) = (signal(SignalKind::terminate())?, told.clone());
    let asked = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        tracing::info!("told to stop");
        let _ = tell.send(());
    };
    let too_long = async move {
        let _ = overtime.changed().await;
        tokio::time::sleep(GRACE).await;
    };
    let served = axum::serve(listener, router).with_graceful_shutdown(asked);
    tokio::select! {
        served = served => served,
        () = too_long => {
            tracing::warn!("some requests did not end in time and were cut off");
            Ok(())
        }
    }
}
