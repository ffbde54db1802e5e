//! Whole verification: tokens of any form, and claims of any form under a good signature.

use std::sync::LazyLock;

use azat_edge::jose::{Compact, Memory, TokenFault, Verified};
use azat_edge::time::UnixTime;
use azat_policy::{Algorithm, JtiRule, Profile};
use serde_json::Value;

use crate::signer::{KeyMaterial, Signer};

/// When verification takes place.
const NOW: u64 = 1_800_000_000;

/// A kind of token, who signs it, and a good one.
pub(crate) struct System {
    profile: Profile,
    signer: Signer,
    keys: KeyMaterial,
    pub(crate) header: &'static str,
    pub(crate) claims: &'static str,
    pub(crate) token: String,
}

/// One for each algorithm, and one whose tokens name neither issuer nor key.
pub(crate) static SYSTEMS: LazyLock<Vec<System>> = LazyLock::new(|| {
    const ISSUED: &str =
        r#"{"iss":"https://azul.example","sub":"google#1","iat":1800000000,"exp":1800003600}"#;
    let of_issuer = |algorithm| Profile {
        issuer: Some("https://azul.example".into()),
        maximum_lifetime_seconds: Some(604_800),
        leeway_seconds: 60,
        ..Profile::of(algorithm)
    };
    let unnamed = Profile {
        subject_prefix: Some("#".into()),
        jti: Some(JtiRule::Counter),
        ..Profile::of(Algorithm::ES256)
    };
    let named = Profile {
        audience: Some("https://edge.example".into()),
        typ: Some("at+jwt".into()),
        ..of_issuer(Algorithm::HS512)
    };
    vec![
        System::new(
            of_issuer(Algorithm::RS256),
            r#"{"alg":"RS256","kid":"k1"}"#,
            ISSUED,
        ),
        System::new(
            unnamed,
            r#"{"alg":"ES256"}"#,
            r##"{"sub":"#1","exp":1800003600,"jti":"7"}"##,
        ),
        System::new(
            of_issuer(Algorithm::HS256),
            r#"{"alg":"HS256","typ":"JWT"}"#,
            ISSUED,
        ),
        System::new(
            named,
            r#"{"alg":"HS512","typ":"at+jwt"}"#,
            r#"{"iss":"https://azul.example","sub":"google#1","iat":1800000000,"exp":1800003600,"aud":["https://edge.example"],"nbf":1800000000.5}"#,
        ),
    ]
});

impl System {
    fn new(profile: Profile, header: &'static str, claims: &'static str) -> Self {
        let signer = Signer::new(profile.algorithm, 1);
        Self {
            keys: signer.material(),
            token: signer.token(header, claims),
            profile,
            signer,
            header,
            claims,
        }
    }

    fn verify(&self, token: &str) -> Result<Verified, TokenFault> {
        self.keys
            .verify(token, &self.profile, UnixTime::from_seconds(NOW))
    }

    /// As [`System::verify`], by way of a memory that knows the good token.
    fn verify_with_memory(&self, token: &str) -> Result<Verified, TokenFault> {
        let mut memory = Memory::default();
        let mut authenticate =
            |token| memory.authenticate(Compact::parse(token)?, &self.profile, self.keys.keys());
        authenticate(self.token.as_str()).expect("the good token");
        // Twice: once to be remembered, once to be recognised.
        let first = authenticate(token).map(drop);
        let again = authenticate(token);
        assert_eq!(first.err(), again.as_ref().err().copied());
        again?.verify(&self.profile, UnixTime::from_seconds(NOW))
    }
}

/// What is not signed is not believed, and what is signed is believed exactly when a plain reading
/// of the rules says so. A memory changes nothing.
///
/// The first byte says under which profile, and whether the rest is a token, what to change in the
/// good token, or the claims of a token that is signed.
///
/// # Panics
/// When it is otherwise.
pub fn run(data: &[u8]) {
    let Some((&kind, rest)) = data.split_first() else {
        return;
    };
    let system = &SYSTEMS[usize::from(kind) % SYSTEMS.len()];
    let token = match kind >> 6 {
        0 => String::from_utf8_lossy(rest).into_owned(),
        1 => changed(&system.token, rest),
        2 => system.signer.token(rest, system.claims),
        _ => system.signer.token(system.header, rest),
    };
    let outcome = system.verify(&token);
    assert_eq!(system.verify_with_memory(&token), outcome);
    match kind >> 6 {
        0 | 1 => assert!(
            outcome.is_err() || token == system.token,
            "a forged token is believed"
        ),
        2 => assert!(
            outcome.is_err() || is_header(rest, system),
            "this header is believed"
        ),
        _ => assert_eq!(
            outcome.is_ok(),
            are_claims(rest, &system.profile),
            "{outcome:?}"
        ),
    }
}

/// Where fuzzing begins.
pub fn seeds() -> Vec<Vec<u8>> {
    (0_u8..)
        .zip(SYSTEMS.iter())
        .flat_map(|(index, system)| {
            let input = |kind: u8, rest: &[u8]| [&[kind << 6 | index], rest].concat();
            [
                input(0, system.token.as_bytes()),
                input(1, &[0, 40, b'A', 1, 0, b'B']),
                input(2, system.header.as_bytes()),
                input(3, system.claims.as_bytes()),
            ]
        })
        .collect()
}

/// The token with characters replaced: pairs of a place and a character.
fn changed(token: &str, changes: &[u8]) -> String {
    let mut token = token.as_bytes().to_vec();
    for change in changes.chunks_exact(3) {
        let place = usize::from(u16::from_be_bytes([change[0], change[1]])) % token.len();
        token[place] = change[2] & 0x7f;
    }
    String::from_utf8(token).expect("ASCII")
}

fn is_header(header: &[u8], system: &System) -> bool {
    let Ok(header) = serde_json::from_slice::<Value>(header) else {
        return false;
    };
    let typ = header["typ"].as_str().map(|typ| {
        let typ = typ.to_ascii_lowercase();
        typ.strip_prefix("application/")
            .map(str::to_owned)
            .unwrap_or(typ)
    });
    let is_of_type = match &system.profile.typ {
        None => typ.is_none_or(|typ| typ == "jwt"),
        Some(expected) => typ.is_some_and(|typ| typ == *expected),
    };
    let is_symmetric = system.profile.algorithm.is_symmetric();
    is_of_type
        && header["alg"] == system.profile.algorithm.as_str()
        && header.get("crit").is_none()
        && (is_symmetric || header.get("kid").is_none_or(|kid| kid == "k1"))
}

/// Whether a reading of the claims without any refinement comes to believe them.
fn are_claims(payload: &[u8], profile: &Profile) -> bool {
    // How claims are read is what the target `json` looks at.
    let reads = Signer::new(Algorithm::HS256, 2);
    let token = reads.token(r#"{"alg":"HS256"}"#, payload);
    let any = Profile::of(Algorithm::HS256);
    let is_read = Compact::parse(&token)
        .is_ok_and(|token| token.authenticate(&any, reads.material().keys()).is_ok());
    if !is_read {
        return false;
    }
    let claims: Value = serde_json::from_slice(payload).expect("JSON");
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let date = |name: &str| claims.get(name).map(Date::of);
    let exp = date("exp").expect("exp");
    let (now, leeway) = (i128::from(NOW), i128::from(profile.leeway_seconds));

    let lasts = match (profile.maximum_lifetime_seconds, date("iat")) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(maximum), Some(iat)) => exp.up - iat.down <= i128::from(maximum),
    };
    let is_for_us = match (&profile.audience, claims.get("aud")) {
        (None, aud) => aud.is_none(),
        (Some(own), Some(Value::Array(named))) => named.iter().any(|name| name == own),
        (Some(own), aud) => aud.is_some_and(|aud| aud == own),
    };
    let is_counter = text("jti").is_some_and(|jti| {
        jti.parse::<u64>()
            .is_ok_and(|counter| counter.to_string() == jti)
    });
    let prefix = profile.subject_prefix.as_deref().unwrap_or_default();
    let sub = text("sub").expect("sub");
    text("iss") == profile.issuer.as_deref()
        && sub.starts_with(prefix)
        && sub.len() > prefix.len()
        && is_for_us
        && claims.get("cnf").is_none()
        && (profile.jti.is_none() || is_counter)
        && date("iat").is_none_or(|iat| iat.down <= exp.down)
        && lasts
        && now < exp.down + leeway
        && ["iat", "nbf"]
            .into_iter()
            .filter_map(date)
            .all(|date| date.up <= now + leeway)
}

/// The whole seconds around a date.
struct Date {
    down: i128,
    up: i128,
}

impl Date {
    fn of(date: &Value) -> Self {
        if let Some(whole) = date.as_u64() {
            let whole = i128::from(whole);
            return Self {
                down: whole,
                up: whole,
            };
        }
        let seconds = date.as_f64().expect("a number");
        Self {
            down: seconds.floor() as i128,
            up: seconds.ceil() as i128,
        }
    }
}
