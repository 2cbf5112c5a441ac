//! Serving: the API, the pages and the clocks on one address, until told to stop.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::{ApiState, router};
use crate::clock::Clock;
use crate::jobs::{self, JobsError, Mail};
use crate::service::App;

/// How long requests under way may take to end once Quorate is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Why serving came to an end by itself.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The clocks cannot be started or stopped.
    #[error(transparent)]
    Jobs(#[from] JobsError),
    /// The network fails.
    #[error("the network failed: {0}. Check that the address can be listened on")]
    Network(#[from] std::io::Error),
}

/// Serves the API and the pages on `listener` and lets the clocks run, until SIGTERM or Ctrl-C; then ends what is under
/// way. `pages` answers every address outside the API.
///
/// # Errors
///
/// The clocks cannot be started, or the network fails.
pub async fn serve(
    app: Arc<App>,
    clock: Clock,
    listener: TcpListener,
    pages: Router,
    mail: Mail,
) -> Result<(), ServeError> {
    let jobs = jobs::start(app.clone(), clock, mail).await?;
    let router = router(ApiState { app, clock }).merge(pages);
    tracing::info!(address = %listener.local_addr()?, "listening");
    let served = serve_until_told(listener, router).await;
    let stopped = jobs.stop().await;
    tracing::info!("stopped");
    served?;
    Ok(stopped?)
}

async fn serve_until_told(listener: TcpListener, router: Router) -> std::io::Result<()> {
    let (tell, told) = watch::channel(());
    let terminate = signal(SignalKind::terminate())?;
    let served = axum::serve(listener, router).with_graceful_shutdown(asked_to_stop(terminate, tell));
    tokio::select! {
        served = served => served,
        () = too_long(told) => {
            tracing::warn!("some requests did not end in time and were cut off");
            Ok(())
        }
    }
}

async fn asked_to_stop(mut terminate: tokio::signal::unix::Signal, tell: watch::Sender<()>) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    tracing::info!("told to stop");
    tell.send_replace(());
}

async fn too_long(mut told: watch::Receiver<()>) {
    let _ = told.changed().await;
    tokio::time::sleep(GRACE).await;
}
