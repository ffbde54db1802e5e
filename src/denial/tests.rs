//! The table of denials: one row for each ground, with both faces.

use std::collections::BTreeSet;

use http::header::{HeaderMap, HeaderValue, RETRY_AFTER};

use super::{Challenge, Denial, Ground, Remedy, RetryAfter};
use crate::credential::jwt::refusal as token;
use crate::credential::{acceptance, bearer, place, url};
use crate::delivery::refusal as delivery;
use crate::gate::{service, session, user};
use crate::gateway::refusal as gateway;
use crate::jose::TokenFault;
use crate::origin::refusal as origin;
use crate::time::UnixTime;
use crate::{resource, route, settings};

/// A ground, its status, code, challenge, error in `Proxy-Status`, and code in the log.
type Row = (
    &'static Ground,
    u16,
    &'static str,
    Challenge,
    &'static str,
    &'static str,
);

#[rustfmt::skip]
fn rows() -> Vec<Row> {
    use super::Challenge::{Bare, InvalidRequest, InvalidToken, None};
    let http_request_denied = "http_request_denied";
    vec![
        (&gateway::TARGET_INVALID, 400, "target_invalid", None, http_request_denied, "target_invalid"),
        (&gateway::PROGRAM_BROKE, 500, "program_broke", None, "proxy_internal_error", "program_broke"),
        (&route::UNKNOWN, 404, "route_unknown", None, http_request_denied, "route_unknown"),
        (&route::METHOD_NOT_ALLOWED, 405, "method_not_allowed", None, http_request_denied, "method_not_allowed"),
        (&resource::PARAMETER_INVALID, 400, "parameter_invalid", None, http_request_denied, "parameter_invalid"),
        (&resource::PARAMETER_UNKNOWN, 400, "parameter_unknown", None, http_request_denied, "parameter_unknown"),
        (&url::TOKEN_IN_URL, 400, "token_in_url", InvalidRequest, http_request_denied, "token_in_url"),
        (&acceptance::MISSING, 401, "credential_missing", Bare, http_request_denied, "credential_missing"),
        (&bearer::SCHEME_UNSUPPORTED, 401, "scheme_unsupported", Bare, http_request_denied, "scheme_unsupported"),
        (&bearer::MALFORMED, 400, "credential_malformed", InvalidRequest, http_request_denied, "credential_malformed"),
        (&place::SEVERAL, 400, "credentials_several", InvalidRequest, http_request_denied, "credentials_several"),
        (&acceptance::NOT_ACCEPTED, 401, "credential_not_accepted", InvalidToken, http_request_denied, "credential_not_accepted"),
        (&token::MALFORMED, 401, "token_malformed", InvalidToken, http_request_denied, "token_malformed"),
        (&token::CRITICAL_EXTENSION, 401, "token_critical_extension", InvalidToken, http_request_denied, "token_critical_extension"),
        (&token::ENCRYPTED, 401, "token_encrypted", InvalidToken, http_request_denied, "token_encrypted"),
        (&token::NESTED, 401, "token_nested", InvalidToken, http_request_denied, "token_nested"),
        (&token::TYPE_REFUSED, 401, "token_type_refused", InvalidToken, http_request_denied, "token_type_refused"),
        (&token::ALGORITHM_REFUSED, 401, "token_algorithm_refused", InvalidToken, http_request_denied, "token_algorithm_refused"),
        (&token::KEY_UNKNOWN, 401, "token_key_unknown", InvalidToken, http_request_denied, "token_key_unknown"),
        (&token::FORGED, 401, "token_forged", InvalidToken, http_request_denied, "token_forged"),
        (&token::CLAIMS_MALFORMED, 401, "token_claims_malformed", InvalidToken, http_request_denied, "token_claims_malformed"),
        (&token::ISSUER_REFUSED, 401, "token_issuer_refused", InvalidToken, http_request_denied, "token_issuer_refused"),
        (&token::SUBJECT_REFUSED, 401, "token_subject_refused", InvalidToken, http_request_denied, "token_subject_refused"),
        (&token::AUDIENCE_REFUSED, 401, "token_audience_refused", InvalidToken, http_request_denied, "token_audience_refused"),
        (&token::POSSESSION_UNPROVEN, 401, "token_possession_unproven", InvalidToken, http_request_denied, "token_possession_unproven"),
        (&token::NOT_YET_VALID, 401, "token_not_yet_valid", InvalidToken, http_request_denied, "token_not_yet_valid"),
        (&token::LIFETIME_TOO_LONG, 401, "token_lifetime_too_long", InvalidToken, http_request_denied, "token_lifetime_too_long"),
        (&token::EXPIRED, 401, "token_expired", InvalidToken, http_request_denied, "token_expired"),
        (&origin::SESSION_MISSING, 401, "session_missing", InvalidToken, http_request_denied, "session_missing"),
        (&session::TOKEN_REVOKED, 401, "token_revoked", InvalidToken, http_request_denied, "token_revoked"),
        (&origin::SESSION_REVOKED, 401, "session_revoked", InvalidToken, http_request_denied, "session_revoked"),
        (&delivery::REPOSITORY_REFUSED, 404, "file_not_downloadable", None, http_request_denied, "repository_refused"),
        (&delivery::REPOSITORY_UNAVAILABLE, 503, "repository_unavailable", None, "destination_unavailable", "repository_unavailable"),
        (&origin::IDENTITY_PROVIDER_UNAVAILABLE, 503, "identity_provider_unavailable", None, "destination_unavailable", "identity_provider_unavailable"),
        (&origin::FILE_UNKNOWN, 404, "file_not_found", None, http_request_denied, "file_unknown"),
        (&user::SOURCE_REFUSED, 404, "file_not_found", None, http_request_denied, "source_refused"),
        (&delivery::NOT_DOWNLOADABLE, 404, "file_not_downloadable", None, http_request_denied, "file_not_downloadable"),
        (&token::KEYS_MISSING, 503, "keys_missing", None, "proxy_configuration_error", "keys_missing"),
        (&settings::KEYS_BROKEN, 503, "configuration_broken", None, "proxy_configuration_error", "configuration_broken"),
        (&settings::POLICY_BROKEN, 503, "configuration_broken", None, "proxy_configuration_error", "configuration_broken"),
        (&origin::UNAVAILABLE, 503, "origin_unavailable", None, "destination_unavailable", "origin_unavailable"),
        (&user::UNDECIDED, 503, "origin_unavailable", None, "destination_unavailable", "source_undecided"),
        (&delivery::MIRROR_UNAVAILABLE, 503, "mirror_unavailable", None, "destination_unavailable", "mirror_unavailable"),
        (&delivery::MIRROR_REFUSES_EDGE, 501, "mirror_refuses_edge", None, "http_protocol_error", "mirror_refuses_edge"),
        (&delivery::FILE_MISSING, 501, "file_missing", None, "http_protocol_error", "file_missing"),
        (&delivery::FILE_DIFFERS, 501, "file_differs", None, "http_protocol_error", "file_differs"),
        (&delivery::FILE_ENCODED, 501, "file_encoded", None, "http_protocol_error", "file_encoded"),
        (&delivery::RANGES_IGNORED, 501, "ranges_ignored", None, "http_protocol_error", "ranges_ignored"),
        (&delivery::ANSWER_WRONG, 501, "answer_wrong", None, "http_protocol_error", "answer_wrong"),
        (&origin::EDGE_REFUSED, 503, "edge_refused", None, "proxy_configuration_error", "edge_refused"),
        (&origin::DOCUMENT_UNREADABLE, 503, "document_unreadable", None, "http_protocol_error", "document_unreadable"),
        (&origin::DOCUMENT_TOO_LARGE, 501, "document_too_large", None, "http_response_body_size", "document_too_large"),
        (&origin::TOKEN_REVOKED, 401, "token_revoked", InvalidToken, http_request_denied, "token_revoked"),
        (&origin::NO_ACCESS_TOKEN, 401, "session_missing", InvalidToken, http_request_denied, "session_missing"),
        (&resource::NOT_A_UUID, 404, "file_not_found", None, http_request_denied, "file_unknown"),
        (&service::REFUSED, 403, "service_refused", None, http_request_denied, "service_refused"),
        (&token::SECRET_BROKEN, 503, "configuration_broken", None, "proxy_configuration_error", "configuration_broken"),
        (&delivery::NOWHERE_TO_REDIRECT, 501, "redirect_target_missing", None, "proxy_configuration_error", "redirect_target_missing"),
    ]
}

#[test]
fn the_table() {
    for (ground, status, code, challenge, proxy_error, log_code) in rows() {
        let denial = Denial::from(ground);
        assert_eq!(denial.status(), status, "{code}");
        assert_eq!(denial.code(), code);
        assert_eq!(denial.challenge(), challenge, "{code}");
        assert_eq!(denial.proxy_error(), proxy_error, "{code}");
        assert_eq!(denial.log_code(), log_code, "{code}");
        let expected = match status {
            503 => [Remedy::Time, Remedy::OperatorSoon].as_slice(),
            500 | 501 => &[Remedy::Operator],
            _ => &[Remedy::Client],
        };
        assert!(expected.contains(&denial.remedy()), "{code}");
        assert_eq!(denial.retry_after().is_some(), status == 503, "{code}");
        assert!(denial.is_alarm() || !matches!(status, 500 | 501), "{code}");
        assert!(denial.title().ends_with('.'), "{code}");
        assert!(denial.detail().ends_with('.'), "{code}");
    }
}

#[test]
fn the_denials_that_must_not_be_told_apart_have_one_face() {
    let face = |denial: Denial| crate::problem::answer::<()>(&denial, 0);
    let unknown = face(Denial::from(&origin::FILE_UNKNOWN));
    for other in [&user::SOURCE_REFUSED, &resource::NOT_A_UUID] {
        let other = face(Denial::from(other));
        assert_eq!(other.status(), unknown.status());
        assert_eq!(other.headers(), unknown.headers());
        assert_eq!(other.body(), unknown.body());
    }
    assert_eq!(Denial::from(&user::SOURCE_REFUSED).cause(), None);
}

#[test]
fn an_expired_token_says_when_and_what_to_do() {
    let at = UnixTime::from_seconds(784_111_777);
    let denial = Denial::from(TokenFault::Expired { at });
    let expected = "The token expired on Sun, 06 Nov 1994 08:49:37 GMT. \
                    Request a new command line and use the token in it.";
    assert_eq!(denial.detail(), expected);
}

/// The page's heading for what has that remedy.
fn heading(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::Client => "The client's",
        Remedy::Time => "What passes",
        Remedy::OperatorSoon => "An operator's, mended for all at once",
        Remedy::Operator => "An operator's",
    }
}

#[test]
fn the_page_has_every_denial_and_says_why() {
    let page = include_str!("../../docs/denials.md");
    let mut told = BTreeSet::new();
    for section in page.split("\n## ").skip(1) {
        let (heading, text) = section.split_once('\n').unwrap();
        // | `code` | status | why |, or | `code` (`code in the log`) | status | why |
        for row in text.lines().filter(|line| line.starts_with("| `")) {
            let cells: Vec<_> = row.split('|').map(str::trim).collect();
            let codes: Vec<_> = cells[1].split('`').skip(1).step_by(2).collect();
            assert!(cells[3].ends_with('.'), "{row}");
            let in_log = codes.last().unwrap();
            let reason = (heading, codes[0], *in_log, cells[2].to_owned());
            assert!(told.insert(reason), "twice: {row}");
        }
    }
    let denials = rows()
        .into_iter()
        .map(|(ground, status, code, _, _, in_log)| {
            let heading = heading(Denial::from(ground).remedy());
            (heading, code, in_log, status.to_string())
        });
    assert_eq!(told, denials.collect());
}

#[test]
fn an_upstream_says_when_to_come_back_and_only_where_it_helps() {
    let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static("30"))]);
    let told = RetryAfter::told_by(&headers, UnixTime::from_seconds(0));
    let passing = Denial::from(&delivery::MIRROR_UNAVAILABLE);
    assert_eq!(passing.clone().until(told).retry_after(), told);
    let default = Some(RetryAfter::default());
    assert_eq!(passing.until(None).retry_after(), default);
    let lasting = Denial::from(&delivery::FILE_DIFFERS);
    assert_eq!(lasting.until(told).retry_after(), None);
}
