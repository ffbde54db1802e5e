//! An identity provider on the loopback interface, which does what a test wants.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use azat_edge::time::UnixTime;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use crate::identity_provider::{IdentityProvider, Settings};
use crate::samples;
use crate::token::JwkSet;
use crate::token::SigningKey;

pub(super) const CLIENT_ID: &str = "azat.apps.example";
pub(super) const CLIENT_SECRET: &str = "GOCSPX-mock_client_secret";
pub(super) const CODE: &str = "4/mock_code";
pub(super) const VERIFIER: &str = "mock_verifier_mock_verifier_mock_verifier_mock";
pub(super) const REDIRECT_URI: &str = "http://localhost/callback";
/// Stands in what the provider says of errors; must appear nowhere else.
pub(super) const ERROR_TEXT: &str = "an error text of the provider";

/// What is wrong with the provider.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    None,
    Status(u16, &'static str),
    NotJson,
    TooLong,
    Redirect,
    Incomplete,
}

/// What the test sets, and what it finds out.
pub(super) struct World {
    pub(super) user: String,
    pub(super) expires_in: u64,
    pub(super) rotates: bool,
    pub(super) trouble: Trouble,
    /// Changes of the ID token's claims: `null` removes one.
    pub(super) id_claims: Value,
    pub(super) id_key: &'static SigningKey,
    pub(super) audience: String,
    pub(super) authorized_party: String,
    /// The live refresh token.
    pub(super) refresh_token: String,
    /// How often each endpoint was asked; the token endpoint by grant type.
    pub(super) asked: BTreeMap<String, usize>,
    pub(super) last_form: HashMap<String, String>,
    tokens: HashMap<String, Issued>,
}

#[derive(Clone)]
struct Issued {
    user: String,
    audience: String,
    authorized_party: String,
    expires: UnixTime,
}

#[derive(Clone)]
struct Shared {
    world: Arc<Mutex<World>>,
    gate: Arc<Semaphore>,
}

pub(super) struct FakeProvider {
    shared: Shared,
    address: String,
    serving: JoinHandle<()>,
}

impl FakeProvider {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let world = World {
            user: "105096702580025601450".into(),
            expires_in: 3_600,
            rotates: false,
            trouble: Trouble::None,
            id_claims: json!({}),
            id_key: samples::foreign_key(),
            audience: CLIENT_ID.into(),
            authorized_party: CLIENT_ID.into(),
            refresh_token: "1//mock_refresh_token-0".into(),
            asked: BTreeMap::new(),
            last_form: HashMap::new(),
            tokens: HashMap::new(),
        };
        let shared = Shared {
            world: Arc::new(Mutex::new(world)),
            gate: Arc::new(Semaphore::new(1_000)),
        };
        let router = Router::new()
            .route("/token", post(token))
            .route("/tokeninfo", get(token_info))
            .route("/userinfo", get(user_info))
            .route("/certs", get(certs))
            .with_state(shared.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            shared,
            address,
            serving,
        }
    }

    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.shared.world.lock().unwrap()
    }

    /// A client of this provider.
    pub(super) fn client(&self) -> IdentityProvider {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("provider.toml");
        std::fs::write(directory.path().join("secret"), CLIENT_SECRET).unwrap();
        let address = &self.address;
        let text = format!(
            r#"
client_id = "{CLIENT_ID}"
client_secret_file = "secret"
token_endpoint = "http://{address}/token"
tokeninfo_endpoint = "http://{address}/tokeninfo"
userinfo_endpoint = "http://{address}/userinfo"
jwks_uri = "http://{address}/certs"
redirect_uris = ["{REDIRECT_URI}"]
allow_loopback = true
"#
        );
        std::fs::write(&path, text).unwrap();
        IdentityProvider::new(Settings::read(&path).unwrap()).unwrap()
    }

    /// An access token that somebody got without us.
    pub(super) fn issue(&self) -> String {
        self.world().issue()
    }

    /// An ID token that came with an access token.
    pub(super) fn id_token(&self, access_token: &str) -> String {
        self.world().id_token(access_token)
    }

    pub(super) fn asked(&self, endpoint: &str) -> usize {
        self.world().asked.get(endpoint).copied().unwrap_or(0)
    }

    /// Makes the token endpoint wait with its answers.
    pub(super) fn hold(&self) {
        self.shared.gate.forget_permits(usize::MAX);
    }

    /// Lets it answer again.
    pub(super) fn release(&self) {
        self.shared.gate.add_permits(1_000);
    }

    /// Waits until an endpoint has been asked that often.
    pub(super) async fn asked_times(&self, endpoint: &str, times: usize) {
        while self.asked(endpoint) < times {
            tokio::task::yield_now().await;
        }
    }

    /// Stops listening.
    pub(super) async fn stop(&mut self) {
        self.serving.abort();
        let _ = (&mut self.serving).await;
    }
}

impl World {
    fn count(&mut self, endpoint: &str) {
        *self.asked.entry(endpoint.to_owned()).or_default() += 1;
    }

    fn issue(&mut self) -> String {
        let token = format!("ya29.mock_access_token-{}", self.tokens.len());
        let issued = Issued {
            user: self.user.clone(),
            audience: self.audience.clone(),
            authorized_party: self.authorized_party.clone(),
            expires: UnixTime::now().plus(self.expires_in),
        };
        self.tokens.insert(token.clone(), issued);
        token
    }

    fn id_token(&self, access_token: &str) -> String {
        let now = UnixTime::now().seconds();
        let hash = Sha256::digest(access_token);
        let mut claims = json!({
            "iss": "https://accounts.google.com", "aud": CLIENT_ID, "azp": CLIENT_ID,
            "sub": self.user, "iat": now, "exp": now + 3_600,
            "at_hash": URL_SAFE_NO_PAD.encode(&hash[..16]),
        });
        for (name, value) in self.id_claims.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
            .as_object_mut()
            .unwrap()
            .retain(|_, value| !value.is_null());
        super::signed(self.id_key, &claims)
    }

    fn find(&self, token: &str) -> Option<Issued> {
        let issued = self.tokens.get(token)?;
        (UnixTime::now() < issued.expires).then(|| issued.clone())
    }

    fn trouble(&self) -> Option<Response> {
        let error = |error| json!({"error": error, "error_description": ERROR_TEXT});
        Some(match self.trouble {
            Trouble::None => return None,
            Trouble::Status(status, code) => {
                (StatusCode::from_u16(status).unwrap(), Json(error(code))).into_response()
            }
            Trouble::NotJson => ERROR_TEXT.into_response(),
            Trouble::TooLong => Bytes::from(vec![b' '; 65 * 1024]).into_response(),
            Trouble::Redirect => {
                (StatusCode::FOUND, [(header::LOCATION, "/certs")], "{}").into_response()
            }
            Trouble::Incomplete => Json(json!({"token_type": "Bearer"})).into_response(),
        })
    }
}

async fn token(
    State(shared): State<Shared>,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let grant_type = form.get("grant_type").cloned().unwrap_or_default();
    {
        let mut world = shared.world.lock().unwrap();
        world.count(&grant_type);
        world.last_form = form.clone();
    }
    shared.gate.acquire().await.unwrap().forget();
    let mut world = shared.world.lock().unwrap();
    if let Some(trouble) = world.trouble() {
        return trouble;
    }
    let is = |name: &str, value: &str| form.get(name).is_some_and(|own| own == value);
    assert!(is("client_id", CLIENT_ID) && is("client_secret", CLIENT_SECRET));
    let by_code = grant_type == "authorization_code"
        && is("code", CODE)
        && is("code_verifier", VERIFIER)
        && is("redirect_uri", REDIRECT_URI);
    let by_refresh_token =
        grant_type == "refresh_token" && is("refresh_token", &world.refresh_token);
    if !(by_code || by_refresh_token) {
        let body = json!({"error": "invalid_grant", "error_description": ERROR_TEXT});
        return (StatusCode::BAD_REQUEST, Json(body)).into_response();
    }
    let access_token = world.issue();
    let mut body = json!({
        "access_token": access_token, "expires_in": world.expires_in,
        "scope": "openid email", "token_type": "Bearer",
        "id_token": world.id_token(&access_token),
    });
    if by_code || world.rotates {
        world.refresh_token = format!("1//mock_refresh_token-{}", world.tokens.len());
        body["refresh_token"] = world.refresh_token.clone().into();
    }
    Json(body).into_response()
}

async fn token_info(
    State(shared): State<Shared>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let mut world = shared.world.lock().unwrap();
    world.count("tokeninfo");
    if let Some(trouble) = world.trouble() {
        return trouble;
    }
    let Some(issued) = query
        .get("access_token")
        .and_then(|token| world.find(token))
    else {
        let body = json!({"error": "invalid_token", "error_description": "Invalid Value"});
        return (StatusCode::BAD_REQUEST, Json(body)).into_response();
    };
    let expires_in = issued.expires.since(UnixTime::now());
    Json(json!({
        "azp": issued.authorized_party, "aud": issued.audience, "sub": issued.user,
        "scope": "openid email", "exp": issued.expires.seconds().to_string(),
        "expires_in": expires_in.to_string(), "email": "user@example.org",
        "email_verified": "true", "access_type": "offline",
    }))
    .into_response()
}

async fn user_info(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    let mut world = shared.world.lock().unwrap();
    world.count("userinfo");
    let token = headers[header::AUTHORIZATION]
        .to_str()
        .unwrap()
        .strip_prefix("Bearer ")
        .unwrap();
    match world.find(token) {
        Some(issued) => {
            let body = json!({"sub": issued.user, "email": "user@example.org"});
            Json(body).into_response()
        }
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}

async fn certs(State(shared): State<Shared>) -> Response {
    let mut world = shared.world.lock().unwrap();
    world.count("certs");
    Json(JwkSet::of(std::slice::from_ref(samples::foreign_key()))).into_response()
}
