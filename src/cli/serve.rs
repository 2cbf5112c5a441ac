//! `quorate serve`: the API and the clocks on one address, until told to stop.

use std::io::Write;
use std::sync::Arc;

use clap::Args;
use tokio::net::TcpListener;

use super::Failure;
use crate::api;
use crate::clock::Clock;
use crate::config::{ServeConfig, local_url};
use crate::service::{self, App};

/// Serve the API and let the clocks run.
///
/// The database is created if need be. SIGTERM or Ctrl-C ends it once what is under way is done.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  quorate serve --database \"sqlite:quorate.db?mode=rwc\" --listen 127.0.0.1:8080\n  listening on http://127.0.0.1:8080"
)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    config: ServeConfig,
}

pub(crate) async fn run(args: ServeArgs, out: &mut impl Write) -> Result<(), Failure> {
    let config = args.config;
    let listener = bind(&config).await?;
    let address = listener.local_addr()?;
    let clock = Clock::real();
    let app = Arc::new(App::open(&config.database, config.settings(address), clock.now()).await?);
    if !service::has_people(&app).await? {
        writeln!(out, "There are no people in this database yet, so nobody can sign in; the register can be read.")?;
        writeln!(out, "`quorate demo` serves a small world with people and tokens to try Quorate with.")?;
    }
    writeln!(out, "listening on {}", local_url(address))?;
    out.flush()?;
    let served = api::serve(app, clock, listener, api::without_pages()).await;
    served.map_err(|error| Failure::surroundings(error.to_string()))
}

async fn bind(config: &ServeConfig) -> Result<TcpListener, Failure> {
    let address = config.listen;
    let refused = |error| {
        Failure::surroundings(format!("cannot listen on {address}: {error}. Choose another address with --listen"))
    };
    TcpListener::bind(address).await.map_err(refused)
}
