//! `azat serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use axum::Router;
use azat_origin::base_url::BaseUrl;
use azat_origin::identity_provider::{IdentityProvider, LONGEST_EXCHANGE, Settings};
use azat_origin::log::Log;
use azat_origin::server::{Limits, Server, open_files};
use azat_origin::service::{Exchanges, Origin, request_log};
use azat_origin::store::Health;
use clap::{Args, value_parser};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::edge_secret_file;
use super::say::say;
use super::store_arguments::StoreArguments;

/// How long requests under way are waited for after a signal to stop: the identity provider may be
/// about to answer with a refresh token that is given only once, and then it has to be written.
const GRACE: Duration = LONGEST_EXCHANGE.saturating_add(Duration::from_secs(1));

/// How long threads are waited for after that: a disk may hang. The store stands a power cut.
const LAST_PATIENCE: Duration = Duration::from_secs(1);

/// Runs the origin service until SIGINT or SIGTERM
///
/// When it is ready it prints one line, "listening on http://…"; then it logs each request as one
/// line of JSON on the standard error. Lines that nobody takes are dropped, and counted.
/// GET /healthz is answered "ok" as long as the process answers, GET /readyz "ready" while its
/// store does what it is asked; neither is logged. It ends with 1 when the store has failed and
/// cannot be opened again. To change the edge's secret without a gap, give both for a while.
///
///     azat serve --store azat.redb --base-url https://service.azul.example \
///         --edge-secret-file edge-secret --listen 127.0.0.1:8080 \
///         --identity-provider provider.toml
///
/// provider.toml is the identity provider, here Google; files named in it are looked for beside it,
/// and the redirect URIs are where sign-ins may end. For another provider add issuer,
/// token_endpoint, tokeninfo_endpoint, userinfo_endpoint and jwks_uri; all of them https, or http
/// on the loopback interface with allow_loopback = true.
///
///     client_id = "…apps.googleusercontent.com"
///     client_secret_file = "client-secret"
///     redirect_uris = ["https://service.azul.example/callback"]
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Serve {
    #[command(flatten)]
    store: StoreArguments,
    /// The URL under which users reach the service: begins every link, and is the `iss` of AZATs
    #[arg(long, value_name = "URL")]
    base_url: BaseUrl,
    /// The secret that the edge signs its calls with, at least 32 bytes; give it twice to rotate
    #[arg(long = "edge-secret-file", value_name = "FILE", required = true)]
    edge_secret_files: Vec<PathBuf>,
    /// The identity provider that users sign in with (TOML); without it nobody can
    #[arg(long, value_name = "FILE")]
    identity_provider: Option<PathBuf>,
    /// Let only the user who asked for a manifest fetch it: the AZAT goes into both halves of the
    /// command
    #[arg(long)]
    authenticated_manifests: bool,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// How many connections are served at once; without it 512, or what `ulimit -n` has room for
    #[arg(long, value_name = "NUMBER", value_parser = value_parser!(u32).range(1..))]
    maximum_connections: Option<u32>,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let log = Log::to_stderr()?;
        log.take_panics();
        let served = self.serve(&log);
        log.flush();
        served
    }

    fn serve(self, log: &Log) -> anyhow::Result<()> {
        ensure!(
            self.edge_secret_files.len() <= 2,
            "expected at most two edge secrets: the present one and the next"
        );
        let secrets = (self.edge_secret_files.iter())
            .map(|path| edge_secret_file::read(path))
            .collect::<Result<_, _>>()?;
        let limits = limits(self.maximum_connections, open_files::connections(), log)?;
        let store = self.store.open_logging(log)?;
        let mut origin = Origin::new(store, self.base_url, secrets)?.with_log(log.clone());
        if let Some(path) = self.identity_provider {
            let provider = IdentityProvider::new(Settings::read(&path)?)?;
            origin = origin.with_identity_provider(provider);
        }
        if self.authenticated_manifests {
            origin = origin.with_authenticated_manifests();
        }
        let (exchanges, health) = (origin.exchanges(), origin.health());
        let router = request_log::logged(origin.into_router(), log.clone());
        let serving = serve(
            router,
            exchanges,
            self.listen,
            limits,
            health.clone(),
            log.clone(),
        );
        let runtime = Runtime::new()?;
        let served = runtime.block_on(serving);
        runtime.shutdown_timeout(LAST_PATIENCE);
        served?;
        // Its supervisor has to know.
        ensure!(
            *health.borrow() != Health::Lost,
            "the store failed and could not be opened again"
        );
        Ok(())
    }
}

/// The limits with so many connections, if the process may have `possible` ones.
fn limits(wanted: Option<u32>, possible: u64, log: &Log) -> anyhow::Result<Limits> {
    let limits = Limits::default();
    let connections = wanted.unwrap_or(limits.connections);
    if u64::from(connections) <= possible {
        return Ok(Limits {
            connections,
            ..limits
        });
    }
    ensure!(
        wanted.is_none() && possible > 0,
        "there are open files for {possible} connections: raise `ulimit -n`, \
         or lower --maximum-connections"
    );
    let detail = format!("there are open files for {possible} connections: see `ulimit -n`");
    log.notice("fewer connections than usual are served", Some(&detail));
    Ok(Limits {
        connections: u32::try_from(possible)?,
        ..limits
    })
}

async fn serve(
    router: Router,
    exchanges: Exchanges,
    address: SocketAddr,
    limits: Limits,
    health: watch::Receiver<Health>,
    log: Log,
) -> anyhow::Result<()> {
    let listener = (TcpListener::bind(address).await)
        .with_context(|| format!("cannot listen on {address}"))?;
    let stop = stop_signal(health)?;
    say(format_args!(
        "listening on http://{}",
        listener.local_addr()?
    ))?;

    let server = Server::new(listener, router, limits, log);
    let stopped = async {
        server.run(stop.clone()).await;
        exchanges.finished().await;
    };
    let impatience = async {
        stop.cancelled().await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        () = stopped => {}
        () = impatience => {}
    }
    Ok(())
}

/// Is cancelled at the first SIGINT or SIGTERM, and when the store can only be helped by a new
/// process.
fn stop_signal(mut health: watch::Receiver<Health>) -> anyhow::Result<CancellationToken> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let stop = CancellationToken::new();
    let stopping = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            Ok(_) = health.wait_for(|health| *health == Health::Lost) => {}
        }
        stopping.cancel();
    });
    Ok(stop)
}
