//! Random tokens, honest, changed and hostile, before us and before `jsonwebtoken` at its
//! strictest.
//!
//! What they refuse, we refuse. Where we refuse more, a rule says why: [`RULES`]. A difference that
//! no rule explains fails, and so does a rule that has nothing to explain.

use std::collections::BTreeSet;

use azat_edge::jose::TokenFault;
use azat_edge::time::UnixTime;
use azat_policy::{Algorithm, Profile};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, Validation};
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};

use crate::signer::{KeyMaterial, Signer, base64url};

/// How many tokens there are for each algorithm: fewer where a test build is slow.
const TOKENS: [(Algorithm, usize); 4] = [
    (Algorithm::RS256, 500),
    (Algorithm::ES256, 200),
    (Algorithm::HS256, 3_000),
    (Algorithm::HS512, 1_000),
];

const ISSUER: &str = "https://azul.example";
const AUDIENCE: &str = "https://edge.example";

/// A token that they believe, and we do not.
struct Case<'t> {
    token: &'t str,
    header: Value,
    claims: Value,
    fault: TokenFault,
}

/// A reason to differ: what it is, and whether it is the reason in a case.
type Rule = (&'static str, fn(&Case<'_>) -> bool);

/// What we say of a member that occurs twice.
const TWICE: &str = "expected objects of at most 64 members, each only once";

const RULES: &[Rule] = &[
    (
        "Members occur once (RFC 7515, 4): they take the last.",
        |case| case.faults_with(TWICE) && case.names_twice(),
    ),
    (
        "Any crit is refused (RFC 7515, 4.1.11), also an empty one: they look for names they do not know.",
        |case| case.fault == TokenFault::CriticalExtension,
    ),
    (
        "typ is that of the profile (RFC 8725, 3.11): they do not look.",
        |case| case.fault == TokenFault::TypeRefused,
    ),
    (
        "A header has no enc, no cty JWT and no b64 but true: they ignore all three.",
        |case| {
            matches!(case.fault, TokenFault::Encrypted | TokenFault::Nested)
                || (case.header["b64"] == false && case.faults_with("expected no b64 but true"))
        },
    ),
    (
        "A kid names a published key: they are given one key.",
        |case| case.fault == TokenFault::KeyUnknown,
    ),
    (
        "A lifetime is as long as the issuer's at most: they have no such limit.",
        |case| case.fault == TokenFault::LifetimeTooLong,
    ),
    ("iat does not lie ahead: they do not look.", |case| {
        case.fault == TokenFault::NotYetValid
            && case.claims["iat"].as_f64() > case.claims["nbf"].as_f64()
    }),
    (
        "cnf asks for a proof of possession (RFC 7800, 3): they do not look.",
        |case| case.fault == TokenFault::PossessionUnproven,
    ),
    ("exp comes after iat: they do not compare.", |case| {
        case.fault == TokenFault::ClaimsMalformed("exp comes before iat")
    }),
    (
        "iss is one string (RFC 7519, 4.1.1): they take arrays.",
        |case| case.faults_with("expected iss as a string") && case.claims["iss"].is_array(),
    ),
    (
        "iss, sub, aud, iat and jti have the types of RFC 7519, 4.1: they look at fewer.",
        |case| {
            matches!(case.fault, TokenFault::ClaimsMalformed(_)) && case.has_claim_of_wrong_type()
        },
    ),
    (
        "sub is there and not empty, and so is iat: they ask for less.",
        |case| {
            (case.faults_with("expected sub, not empty") && case.claims["sub"] == "")
                || (case.faults_with("expected iat") && case.claims.get("iat").is_none())
        },
    ),
];

impl Case<'_> {
    /// Whether that is what we said of header or claims: a fault of another kind is none of the
    /// rule's.
    fn faults_with(&self, expected: &str) -> bool {
        matches!(self.fault, TokenFault::Malformed(told) | TokenFault::ClaimsMalformed(told) if told == expected)
    }

    fn names_twice(&self) -> bool {
        self.token.split('.').take(2).any(|segment| {
            let text = String::from_utf8(URL_SAFE_NO_PAD.decode(segment).unwrap_or_default());
            let text = text.unwrap_or_default();
            // Each of our texts has a member `dup`, if at all, twice.
            text.contains(r#""dup""#)
        })
    }

    fn has_claim_of_wrong_type(&self) -> bool {
        let is_wrong = |name: &str, is_right: fn(&Value) -> bool| {
            self.claims.get(name).is_some_and(|value| !is_right(value))
        };
        is_wrong("iss", Value::is_string)
            || is_wrong("sub", Value::is_string)
            || is_wrong("jti", Value::is_string)
            || is_wrong("iat", |iat| iat.as_f64().is_some_and(|iat| iat >= 0.0))
            || is_wrong("nbf", |nbf| nbf.as_f64().is_some_and(|nbf| nbf >= 0.0))
            || is_wrong("exp", |exp| exp.as_f64().is_some_and(|exp| exp >= 0.0))
            || is_wrong("aud", |aud| match aud {
                Value::Array(names) => names.iter().all(Value::is_string),
                only => only.is_string(),
            })
    }
}

/// Both verifiers, set to want the same.
struct Verifiers {
    profile: Profile,
    keys: KeyMaterial,
    validation: Validation,
    decoding_key: DecodingKey,
    now: UnixTime,
}

impl Verifiers {
    fn of(signer: &Signer, algorithm: Algorithm, now: u64) -> Self {
        let (theirs, decoding_key) = match signer {
            Signer::Rs256(key) => (
                jsonwebtoken::Algorithm::RS256,
                DecodingKey::from_rsa_raw_components(&key.modulus().to_bytes_be(), &[1, 0, 1]),
            ),
            Signer::Es256(_) => {
                let jwk = serde_json::from_value(signer.jwk("k1").unwrap()).unwrap();
                (
                    jsonwebtoken::Algorithm::ES256,
                    DecodingKey::from_jwk(&jwk).unwrap(),
                )
            }
            Signer::Hs256(key) => (
                jsonwebtoken::Algorithm::HS256,
                DecodingKey::from_secret(key),
            ),
            Signer::Hs512(key) => (
                jsonwebtoken::Algorithm::HS512,
                DecodingKey::from_secret(key),
            ),
        };
        let mut validation = Validation::new(theirs);
        validation.set_required_spec_claims(&["exp", "iss", "sub", "aud"]);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.validate_nbf = true;
        validation.leeway = 60;
        Self {
            profile: Profile {
                issuer: Some(ISSUER.into()),
                audience: Some(AUDIENCE.into()),
                maximum_lifetime_seconds: Some(7 * 86_400),
                leeway_seconds: 60,
                ..Profile::of(algorithm)
            },
            keys: signer.material(),
            validation,
            decoding_key,
            now: UnixTime::from_seconds(now),
        }
    }

    fn ours(&self, token: &str) -> Result<(), TokenFault> {
        (self.keys.verify(token, &self.profile, self.now)).map(drop)
    }

    fn theirs(&self, token: &str) -> Option<Value> {
        let decoded = jsonwebtoken::decode(token, &self.decoding_key, &self.validation);
        decoded.ok().map(|token| token.claims)
    }
}

/// What tokens are made of. Times keep away from `now`, since their clock is the system's.
struct Forge<'f> {
    signer: &'f Signer,
    algorithm: Algorithm,
    now: u64,
    random: StdRng,
}

impl Forge<'_> {
    fn token(&mut self) -> String {
        let header = self.header();
        let claims = self.claims();
        let token = self.signer.token(header, claims);
        match self.random.gen_range(0..10) {
            0 => self.mutated(token),
            1 => self.cut(token),
            _ => token,
        }
    }

    /// Good but for one thing, mostly.
    fn header(&mut self) -> String {
        let mut header = json!({"alg": self.algorithm.as_str(), "kid": "k1"});
        if self.random.gen_bool(0.4) {
            let oddities = [
                ("typ", json!("JWT")),
                ("typ", json!("at+jwt")),
                ("typ", json!("application/jwt")),
                ("typ", json!(1)),
                ("alg", json!("none")),
                ("alg", json!("HS384")),
                ("alg", json!("RS256")),
                ("alg", json!("HS256")),
                ("alg", json!(["RS256"])),
                ("alg", json!(null)),
                ("kid", json!("k2")),
                ("kid", json!("")),
                ("kid", json!(1)),
                ("crit", json!([])),
                ("crit", json!(["x"])),
                ("crit", json!(["exp"])),
                ("crit", json!("x")),
                ("crit", json!(null)),
                ("cty", json!("JWT")),
                ("cty", json!("json")),
                ("enc", json!("A128GCM")),
                ("b64", json!(false)),
                ("b64", json!(true)),
                ("x", json!("y")),
                ("x", json!(7)),
                ("x", json!({"y": [null]})),
                ("jku", json!("https://attacker.example/")),
                ("x5c", json!(["AAAA"])),
            ];
            let (name, value) = oddities.choose(&mut self.random).unwrap();
            header[name] = value.clone();
        }
        self.text(&header)
    }

    fn claims(&mut self) -> String {
        let now = self.now;
        let mut claims = json!({
            "iss": ISSUER,
            "sub": "google#1",
            "aud": AUDIENCE,
            "iat": now - 600,
            "exp": now + 3_600,
        });
        for _ in 0..self.random.gen_range(0..3) {
            let oddities = [
                ("iss", json!("https://azul.example/")),
                ("iss", json!([ISSUER])),
                ("iss", json!(1)),
                ("sub", json!("")),
                ("sub", json!(1)),
                ("sub", json!(null)),
                ("aud", json!([AUDIENCE, "x"])),
                ("aud", json!([])),
                ("aud", json!(["x", 1])),
                ("aud", json!([AUDIENCE, 1])),
                ("aud", json!("x")),
                ("aud", json!({AUDIENCE: 1})),
                ("exp", json!(now - 3_600)),
                ("exp", json!(now - 610)),
                ("exp", json!(now as f64 + 3_600.5)),
                ("exp", json!((now + 3_600).to_string())),
                ("exp", json!(-1)),
                ("exp", json!(0)),
                ("exp", json!(u64::MAX)),
                ("exp", json!(1e300)),
                ("exp", json!(null)),
                ("exp", json!([now + 3_600])),
                ("exp", json!(now + 8 * 86_400)),
                ("iat", json!(now + 600)),
                ("iat", json!(now + 7_200)),
                ("iat", json!("now")),
                ("iat", json!(-1)),
                ("nbf", json!(now - 10)),
                ("nbf", json!(now + 600)),
                ("nbf", json!((now + 600).to_string())),
                ("nbf", json!(null)),
                ("nbf", json!(-5)),
                ("jti", json!("7")),
                ("jti", json!(7)),
                ("cnf", json!({"jkt": "AAAA"})),
                ("x", json!([{"y": null}, 1.5])),
            ];
            let (name, value) = oddities.choose(&mut self.random).unwrap();
            claims[name] = value.clone();
        }
        if self.random.gen_bool(0.1) {
            let name = ["iss", "sub", "aud", "iat", "exp"]
                .choose(&mut self.random)
                .unwrap();
            claims.as_object_mut().unwrap().remove(*name);
        }
        self.text(&claims)
    }

    /// The object as text, sometimes with a member twice, sometimes not JSON.
    fn text(&mut self, object: &Value) -> String {
        let text = object.to_string();
        let open = text.trim_end_matches('}');
        match self.random.gen_range(0..40) {
            0 => format!(r#"{open},"dup":1,"dup":1}}"#),
            1 => format!(r#"{open},"x":[{{"dup":1,"dup":2}}]}}"#),
            2 => format!("{text}{{}}"),
            3 => format!("\u{feff}{text}"),
            4 => format!("[{text}]"),
            5 => open.to_owned(),
            6 => format!(
                " {} ",
                text.replace(':', " :\t").replace("https :\t", "https:")
            ),
            7 => format!(r#"{open},"x":"\ud800"}}"#),
            _ => text,
        }
    }

    /// One character changed to another.
    fn mutated(&mut self, token: String) -> String {
        const LETTERS: &[u8] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. ";
        let mut token = token.into_bytes();
        let place = self.random.gen_range(0..token.len());
        token[place] = *LETTERS.choose(&mut self.random).unwrap();
        String::from_utf8(token).unwrap()
    }

    /// Something at its end taken away, or put there.
    fn cut(&mut self, mut token: String) -> String {
        let signature = token.rfind('.').unwrap() + 1;
        match self.random.gen_range(0..6) {
            0 => token.truncate(signature),
            1 => token.truncate(token.len() - 1),
            2 => token.push_str("AA"),
            3 => token.push_str("=="),
            4 => token.push('.'),
            _ => token = format!("{}{}", &token[..signature], base64url([0; 64])),
        }
        token
    }
}

/// Signs tokens of that algorithm, and notes what comes out.
fn run(algorithm: Algorithm, seed: u64, tokens: usize, findings: &mut Findings) {
    let now = UnixTime::now().seconds();
    let signer = Signer::new(algorithm, seed);
    let verifiers = Verifiers::of(&signer, algorithm, now);
    let random = StdRng::seed_from_u64(seed);
    let mut forge = Forge {
        signer: &signer,
        algorithm,
        now,
        random,
    };
    for _ in 0..tokens {
        let token = forge.token();
        match (verifiers.ours(&token), verifiers.theirs(&token)) {
            (Ok(()), Some(_)) => findings.believed += 1,
            (Err(_), None) => {}
            (Ok(()), None) => {
                (findings.complaints).insert(format!("we alone believe {token}"));
            }
            (Err(fault), Some(claims)) => findings.explain(&Case {
                header: header(&token),
                token: &token,
                claims,
                fault,
            }),
        }
    }
}

fn header(token: &str) -> Value {
    let header = token.split('.').next().unwrap_or_default();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap()
}

#[derive(Default)]
struct Findings {
    /// How many tokens both believe.
    believed: usize,
    /// The rules that explained something.
    explained: BTreeSet<&'static str>,
    complaints: BTreeSet<String>,
}

impl Findings {
    fn explain(&mut self, case: &Case<'_>) {
        match RULES.iter().find(|(_, is_reason)| is_reason(case)) {
            Some((rule, _)) => {
                self.explained.insert(rule);
            }
            None => {
                let (header, claims) = (&case.header, &case.claims);
                let complaint = format!("{:?} without a reason: {header} {claims}", case.fault);
                self.complaints.insert(complaint);
            }
        }
    }
}

#[test]
fn every_difference_has_a_reason() {
    let mut findings = Findings::default();
    for (seed, (algorithm, tokens)) in (1..).zip(TOKENS) {
        run(algorithm, seed, tokens, &mut findings);
    }
    let mut complaints = findings.complaints;
    for (rule, _) in RULES {
        if !findings.explained.contains(rule) {
            complaints.insert(format!("nothing to explain: {rule}"));
        }
    }
    let complaints: Vec<String> = complaints.into_iter().collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    // Tokens that both refuse prove little.
    assert!(
        findings.believed > 500,
        "{} are believed by both",
        findings.believed
    );
}
