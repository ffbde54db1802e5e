//! The table of denials: one row each, with both faces.

use azat_policy::Method;

use super::{Challenge, Denial};
use crate::jose::TokenFault;
use crate::time::UnixTime;

#[test]
fn the_table() {
    use Challenge::{Bare, InvalidRequest, InvalidToken, None};
    use Denial::Token;
    let http_request_denied = "http_request_denied";
    let cause = "x";
    let at = UnixTime::from_seconds(0);
    #[rustfmt::skip]
    let rows = [
        // denial, status, code, challenge, Proxy-Status error, log reason
        (Denial::RouteUnknown, 404, "route_unknown", None, http_request_denied, "route_unknown"),
        (Denial::MethodNotAllowed { allowed: vec![Method::Get] }, 405, "method_not_allowed", None, http_request_denied, "method_not_allowed"),
        (Denial::ParameterInvalid { expected: "x" }, 400, "parameter_invalid", None, http_request_denied, "parameter_invalid"),
        (Denial::TokenInUrl, 400, "token_in_url", InvalidRequest, http_request_denied, "token_in_url"),
        (Denial::CredentialMissing, 401, "credential_missing", Bare, http_request_denied, "credential_missing"),
        (Denial::SchemeUnsupported, 401, "scheme_unsupported", Bare, http_request_denied, "scheme_unsupported"),
        (Denial::CredentialMalformed, 400, "credential_malformed", InvalidRequest, http_request_denied, "credential_malformed"),
        (Denial::CredentialsSeveral, 400, "credentials_several", InvalidRequest, http_request_denied, "credentials_several"),
        (Denial::CredentialNotAccepted, 401, "credential_not_accepted", InvalidToken, http_request_denied, "credential_not_accepted"),
        (Token(TokenFault::Malformed("x")), 401, "token_malformed", InvalidToken, http_request_denied, "token_malformed"),
        (Token(TokenFault::CriticalExtension), 401, "token_critical_extension", InvalidToken, http_request_denied, "token_critical_extension"),
        (Token(TokenFault::Encrypted), 401, "token_encrypted", InvalidToken, http_request_denied, "token_encrypted"),
        (Token(TokenFault::Nested), 401, "token_nested", InvalidToken, http_request_denied, "token_nested"),
        (Token(TokenFault::TypeRefused), 401, "token_type_refused", InvalidToken, http_request_denied, "token_type_refused"),
        (Token(TokenFault::AlgorithmRefused), 401, "token_algorithm_refused", InvalidToken, http_request_denied, "token_algorithm_refused"),
        (Token(TokenFault::KeyUnknown), 401, "token_key_unknown", InvalidToken, http_request_denied, "token_key_unknown"),
        (Token(TokenFault::SignatureInvalid), 401, "token_forged", InvalidToken, http_request_denied, "token_forged"),
        (Token(TokenFault::ClaimsMalformed("x")), 401, "token_claims_malformed", InvalidToken, http_request_denied, "token_claims_malformed"),
        (Token(TokenFault::IssuerRefused), 401, "token_issuer_refused", InvalidToken, http_request_denied, "token_issuer_refused"),
        (Token(TokenFault::SubjectRefused), 401, "token_subject_refused", InvalidToken, http_request_denied, "token_subject_refused"),
        (Token(TokenFault::AudienceRefused), 401, "token_audience_refused", InvalidToken, http_request_denied, "token_audience_refused"),
        (Token(TokenFault::PossessionUnproven), 401, "token_possession_unproven", InvalidToken, http_request_denied, "token_possession_unproven"),
        (Token(TokenFault::NotYetValid), 401, "token_not_yet_valid", InvalidToken, http_request_denied, "token_not_yet_valid"),
        (Token(TokenFault::LifetimeTooLong), 401, "token_lifetime_too_long", InvalidToken, http_request_denied, "token_lifetime_too_long"),
        (Token(TokenFault::Expired { at }), 401, "token_expired", InvalidToken, http_request_denied, "token_expired"),
        (Denial::SessionMissing, 401, "session_missing", InvalidToken, http_request_denied, "session_missing"),
        (Denial::TokenRevoked, 401, "token_revoked", InvalidToken, http_request_denied, "token_revoked"),
        (Denial::SessionRevoked, 401, "session_revoked", InvalidToken, http_request_denied, "session_revoked"),
        (Denial::RepositoryRefused { cause }, 404, "file_not_downloadable", None, http_request_denied, "repository_refused"),
        (Denial::RepositoryUnavailable { cause }, 503, "repository_unavailable", None, "destination_unavailable", "repository_unavailable"),
        (Denial::IdentityProviderUnavailable, 503, "identity_provider_unavailable", None, "destination_unavailable", "identity_provider_unavailable"),
        (Denial::FileUnknown, 404, "file_not_found", None, http_request_denied, "file_unknown"),
        (Denial::SourceRefused, 404, "file_not_found", None, http_request_denied, "source_refused"),
        (Denial::FileNotDownloadable, 404, "file_not_downloadable", None, http_request_denied, "file_not_downloadable"),
        (Denial::KeysMissing, 503, "keys_missing", None, "proxy_configuration_error", "keys_missing"),
        (Denial::ConfigurationBroken { cause: "x".into() }, 503, "configuration_broken", None, "proxy_configuration_error", "configuration_broken"),
        (Denial::OriginUnavailable { cause }, 503, "origin_unavailable", None, "destination_unavailable", "origin_unavailable"),
        (Denial::MirrorUnavailable { cause }, 503, "mirror_unavailable", None, "destination_unavailable", "mirror_unavailable"),
    ];
    for (denial, status, code, challenge, proxy_error, log_reason) in rows {
        let face = denial.face();
        assert_eq!(face.status, status, "{code}");
        assert_eq!(face.code, code);
        assert_eq!(face.challenge, challenge, "{code}");
        assert_eq!(face.proxy_error, proxy_error, "{code}");
        assert_eq!(denial.log_reason(), log_reason, "{code}");
        assert_eq!(face.retry_after.is_some(), status == 503, "{code}");
        assert!(face.title.ends_with('.'), "{code}");
    }
}

#[test]
fn the_two_denials_that_must_not_be_told_apart_have_one_face() {
    assert_eq!(Denial::FileUnknown.face(), Denial::SourceRefused.face());
    assert_eq!(Denial::SourceRefused.cause(), None);
}

#[test]
fn an_expired_token_says_when_and_what_to_do() {
    let at = UnixTime::from_seconds(784_111_777);
    let detail = Denial::Token(TokenFault::Expired { at }).face().detail;
    let expected = "The token expired on Sun, 06 Nov 1994 08:49:37 GMT. \
                    Request a new command line and use the token in it.";
    assert_eq!(detail, expected);
}
