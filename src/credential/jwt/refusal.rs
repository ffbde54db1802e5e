//! The steps of verifying a token, and what is reported of one that fails at one of them.

use http::StatusCode;

use crate::denial::{Challenge, Denial, Ground, NEW_COMMAND_LINE};
use crate::jose::TokenFault;
use crate::step::Step;

/// The steps, in their order.
pub(super) static STEPS: [&Step; 14] = [
    &FORM,
    &KEYS,
    &TYPE,
    &ALGORITHM,
    &KEY,
    &SIGNATURE,
    &CLAIMS,
    &ISSUER,
    &SUBJECT,
    &AUDIENCE,
    &POSSESSION,
    &LIFETIME,
    &EXPIRY,
    &BEGINNING,
];

/// The steps where a route accepts several profiles.
pub(super) static STEPS_AMONG_SEVERAL: [&Step; 15] = [
    &FORM,
    &PROFILE,
    &KEYS,
    &TYPE,
    &ALGORITHM,
    &KEY,
    &SIGNATURE,
    &CLAIMS,
    &ISSUER,
    &SUBJECT,
    &AUDIENCE,
    &POSSESSION,
    &LIFETIME,
    &EXPIRY,
    &BEGINNING,
];

/// The token shows of which of several profiles it is.
pub(super) static PROFILE: Step = Step::new(
    "profile",
    "by its alg or else by its iss, the token is of one kind that the route takes",
);

static FORM: Step = Step::new(
    "form",
    "a compact JWS, not encrypted, without critical extensions",
);
static KEYS: Step = Step::new("keys", "there are keys for this kind of token");
static TYPE: Step = Step::new("type", "typ is the one of this kind of token");
static ALGORITHM: Step = Step::new("algorithm", "alg is the one of this kind of token");
static KEY: Step = Step::new("key", "one of the keys is the token's");
static SIGNATURE: Step = Step::new("signature", "the signature verifies");
static CLAIMS: Step = Step::new("claims", "the claims are there, and of the right types");
static ISSUER: Step = Step::new("issuer", "iss is the issuer of this kind of token");
static SUBJECT: Step = Step::new("subject", "sub is a subject of this kind of token");
static AUDIENCE: Step = Step::new("audience", "aud names this service, or is absent");
static POSSESSION: Step = Step::new("possession", "whoever bears the token may use it");
static LIFETIME: Step = Step::new(
    "lifetime",
    "exp is no farther from iat than its issuer goes",
);
static EXPIRY: Step = Step::new("expiry", "exp has not passed");
static BEGINNING: Step = Step::new("beginning", "iat and nbf have passed");

/// No key is published for the profile.
pub static KEYS_MISSING: Ground = Ground::outage(
    "keys_missing",
    "proxy_configuration_error",
    "Tokens cannot be verified at the moment.",
    &KEYS,
)
.advising(
    "There is no usable key for the profile: neither in its JWK set (`azat keys publish` prints it; here, \
     --keys) nor, where the profile has a `secret`, in the Secret Store (here, --secrets).",
);

/// The key that the profile shares with its issuer is unusable.
pub static SECRET_BROKEN: Ground = Ground::misconfigured(&KEYS).advising(
    "The profile's `secret` in the Secret Store (here, --secrets) is no good key: it is base64, of as many \
     bytes as the hash at least.",
);

/// A token that is not believed.
const fn refused(code: &'static str, title: &'static str, step: &'static Step) -> Ground {
    Ground::refused(
        StatusCode::UNAUTHORIZED,
        code,
        title,
        NEW_COMMAND_LINE,
        step,
    )
    .challenging(Challenge::InvalidToken)
}

/// For [`TokenFault::Malformed`].
pub static MALFORMED: Ground = refused("token_malformed", "The token cannot be read.", &FORM);
/// For [`TokenFault::CriticalExtension`].
pub static CRITICAL_EXTENSION: Ground = refused(
    "token_critical_extension",
    "The token needs an extension that is not supported.",
    &FORM,
);
/// For [`TokenFault::Encrypted`].
pub static ENCRYPTED: Ground = refused(
    "token_encrypted",
    "The token is encrypted; only signed ones are taken.",
    &FORM,
);
/// For [`TokenFault::Nested`].
pub static NESTED: Ground = refused("token_nested", "The token holds another token.", &FORM);
/// For [`TokenFault::TypeRefused`].
pub static TYPE_REFUSED: Ground = refused(
    "token_type_refused",
    "The token is of a type that is not accepted.",
    &TYPE,
)
.advising("The token's `typ` is not the profile's `typ`; a profile without one takes JWT or none.");
/// For [`TokenFault::AlgorithmRefused`].
pub static ALGORITHM_REFUSED: Ground = refused(
    "token_algorithm_refused",
    "The token's algorithm is not accepted.",
    &ALGORITHM,
)
.advising("The profile's `algorithm` in the policy is the only one; the token's `alg` is another.");
/// For [`TokenFault::KeyUnknown`].
pub static KEY_UNKNOWN: Ground = refused("token_key_unknown", "The token's key is not known.", &KEY)
    .advising(
        "The token's `kid` is not in the profile's JWK set: was the key published (`azat keys publish`), or \
         removed before its last token expired? A token without `kid` needs a set with one key of the \
         algorithm, or the profile's `without_kid` to let three be tried.",
    );
/// For [`TokenFault::SignatureInvalid`].
pub static FORGED: Ground = refused(
    "token_forged",
    "The token's signature is not valid.",
    &SIGNATURE,
)
.advising(
    "The token was changed on the way, or signed with another key: does a published key have the \
     `kid` of a different one?",
);
/// For [`TokenFault::ClaimsMalformed`].
pub static CLAIMS_MALFORMED: Ground = refused(
    "token_claims_malformed",
    "The token's claims cannot be read.",
    &CLAIMS,
);
/// For [`TokenFault::IssuerRefused`].
pub static ISSUER_REFUSED: Ground = refused(
    "token_issuer_refused",
    "The token was not issued for this service.",
    &ISSUER,
)
.advising(
    "The token's `iss` is not the profile's `issuer`, byte for byte: is it a token of another \
     deployment?",
);
/// For [`TokenFault::SubjectRefused`].
pub static SUBJECT_REFUSED: Ground = refused(
    "token_subject_refused",
    "The token's subject is not one of this service.",
    &SUBJECT,
)
.advising("The token's `sub` does not begin with the profile's `subject_prefix`.");
/// For [`TokenFault::AudienceRefused`].
pub static AUDIENCE_REFUSED: Ground = refused(
    "token_audience_refused",
    "The token is not meant for this service.",
    &AUDIENCE,
)
.advising(
    "The token's `aud` does not contain the profile's `audience`; a profile without one takes no token \
     with `aud`.",
);
/// For [`TokenFault::PossessionUnproven`].
pub static POSSESSION_UNPROVEN: Ground = refused(
    "token_possession_unproven",
    "The token is bound to a key; only bearer tokens are taken.",
    &POSSESSION,
);
/// For [`TokenFault::LifetimeTooLong`].
pub static LIFETIME_TOO_LONG: Ground = refused(
    "token_lifetime_too_long",
    "The token's lifetime is too long.",
    &LIFETIME,
)
.advising("The token lives longer than the profile's `maximum_lifetime_seconds`.");
/// For [`TokenFault::Expired`].
pub static EXPIRED: Ground = refused("token_expired", "The token has expired.", &EXPIRY);
/// For [`TokenFault::NotYetValid`].
pub static NOT_YET_VALID: Ground = refused(
    "token_not_yet_valid",
    "The token is not valid yet.",
    &BEGINNING,
)
.advising(
    "The token's `iat` or `nbf` lies ahead by more than the profile's `leeway_seconds`: does the \
     issuer's clock run fast?",
);

impl From<TokenFault> for Denial {
    fn from(fault: TokenFault) -> Self {
        let denial = Self::from(ground(fault)).because(fault.to_string());
        match fault {
            TokenFault::Expired { at } => {
                let date = at.http_date();
                denial.detailed(format!("The token expired on {date}. {NEW_COMMAND_LINE}"))
            }
            _ => denial,
        }
    }
}

fn ground(fault: TokenFault) -> &'static Ground {
    match fault {
        TokenFault::Malformed(_) => &MALFORMED,
        TokenFault::CriticalExtension => &CRITICAL_EXTENSION,
        TokenFault::Encrypted => &ENCRYPTED,
        TokenFault::Nested => &NESTED,
        TokenFault::TypeRefused => &TYPE_REFUSED,
        TokenFault::AlgorithmRefused => &ALGORITHM_REFUSED,
        TokenFault::KeyUnknown => &KEY_UNKNOWN,
        TokenFault::SignatureInvalid => &FORGED,
        TokenFault::ClaimsMalformed(_) => &CLAIMS_MALFORMED,
        TokenFault::IssuerRefused => &ISSUER_REFUSED,
        TokenFault::SubjectRefused => &SUBJECT_REFUSED,
        TokenFault::AudienceRefused => &AUDIENCE_REFUSED,
        TokenFault::PossessionUnproven => &POSSESSION_UNPROVEN,
        TokenFault::LifetimeTooLong => &LIFETIME_TOO_LONG,
        TokenFault::Expired { .. } => &EXPIRED,
        TokenFault::NotYetValid => &NOT_YET_VALID,
    }
}
