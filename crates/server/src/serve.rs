//! Listening, and stopping in good order.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::state::Shared;
use crate::{jobs, router};

/// Requests that are running when the server is told to stop get so long.
const LAST_REQUESTS: Duration = Duration::from_secs(20);

/// A server that listens already.
pub struct Server {
    app: Shared,
    listener: TcpListener,
    metrics: Option<TcpListener>,
    jobs: bool,
}

impl Server {
    /// Does what is due, then listens. From here on connections wait for [`Server::run`].
    pub async fn bind(app: Shared) -> Result<Self, String> {
        jobs::catch_up(&app).await;
        let listen = |address: SocketAddr| async move {
            TcpListener::bind(address).await.map_err(|error| format!("can't listen on {address}: {error}"))
        };
        let listener = listen(app.settings.listen).await?;
        let metrics = match app.settings.metrics_listen {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        Ok(Self { app, listener, metrics, jobs: true })
    }

    /// Leaves the jobs to others: to another server, or to a test that moves the clock by hand.
    #[must_use]
    pub fn without_jobs(self) -> Self {
        Self { jobs: false, ..self }
    }

    /// Where it listens.
    pub fn address(&self) -> Result<SocketAddr, String> {
        self.listener.local_addr().map_err(|error| error.to_string())
    }

    /// Where it listens for whoever collects metrics.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().and_then(|listener| listener.local_addr().ok())
    }

    /// Serves until `stopped` is ready; then finishes what is running, stops the jobs and closes the database.
    pub async fn run(self, stopped: impl Future<Output = ()> + Send + 'static) -> Result<(), String> {
        let Self { app, listener, metrics, jobs } = self;
        let (stop, stopping) = watch::channel(false);
        let jobs = jobs.then(|| tokio::spawn(jobs::keep_running(app.clone(), stopping.clone())));
        let metrics = metrics.map(|listener| tokio::spawn(serve_metrics(app.clone(), listener, stopping.clone())));
        // Answers are small; waiting to fill a packet would only delay them.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let service = router::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let graceful = axum::serve(listener, service).with_graceful_shutdown(until(stopping.clone()));
        let serving = tokio::spawn(async move { graceful.await });
        stopped.await;
        tracing::info!("stopping");
        let _ = stop.send(true);
        if tokio::time::timeout(LAST_REQUESTS, serving).await.is_err() {
            tracing::warn!("some requests did not end in time");
        }
        if let Some(jobs) = jobs {
            let _ = jobs.await;
        }
        if let Some(metrics) = metrics {
            let _ = metrics.await;
        }
        app.database.close().await;
        Ok(())
    }
}

async fn until(mut stopping: watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stop| *stop).await;
}

async fn serve_metrics(app: Shared, listener: TcpListener, stopping: watch::Receiver<bool>) {
    let router = Router::new().route("/metrics", get(metrics)).with_state(app);
    if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(until(stopping)).await {
        tracing::error!(%error, "metrics");
    }
}

async fn metrics(State(app): State<Shared>) -> impl IntoResponse {
    const KIND: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    match app.metrics.text() {
        Ok(text) => ([(header::CONTENT_TYPE, KIND)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
