//! What an operator can do about a denial. What its client can do, the denial says itself.

use azat_edge::check::Check;
use azat_edge::denial::Denial;
use azat_edge::jose::TokenFault;

/// What to do, where anything can be done. `check` is the one that failed.
pub(super) fn for_operator(denial: &Denial, check: Check) -> Option<&'static str> {
    Some(match denial {
        Denial::RouteUnknown => {
            "No [[routes]] entry of the policy has this path. A path with empty segments, encoded slashes or \
             dot segments matches none."
        }
        Denial::MethodNotAllowed { .. } => {
            "Routes of the policy have this path; name the method in one's `methods` if it is to be served."
        }
        Denial::CredentialMissing | Denial::CredentialNotAccepted => {
            "The route's `accepts` and `passes` in the policy say which credentials it takes."
        }
        Denial::Token(fault) => return for_token(fault),
        Denial::KeysMissing => {
            "There is no usable key for the profile: neither in its JWK set (`azat keys publish` prints it; here, \
             --keys) nor, where the profile has a `secret`, in the Secret Store (here, --secrets)."
        }
        Denial::ConfigurationBroken { .. } if check == Check::Keys => {
            "The profile's `secret` in the Secret Store (here, --secrets) is no good key: it is base64, of as many \
             bytes as the hash at least."
        }
        Denial::ConfigurationBroken { cause } if cause.starts_with("item keys: ") => {
            "The Config Store's item `keys` is no good: it has a JWK set per profile. `azat keys publish` prints \
             such a set."
        }
        Denial::ConfigurationBroken { .. } => {
            "`azat policy check` tells what is wrong with a policy."
        }
        Denial::SessionMissing if check == Check::Delivery => {
            "The file is not mirrored, and the origin has no session of the user for the repository."
        }
        Denial::SessionMissing => {
            "The origin does not know the subject: `azat users import` adds users."
        }
        Denial::TokenRevoked => {
            "The token's counter (jti) lies before the entitlement's `jti_window`, or it was issued before its \
             `not_before`. Only a new token helps."
        }
        Denial::FileUnknown if check == Check::Name => {
            "The path's last segment is no uuid: 32 hexadecimal digits, with or without hyphens."
        }
        Denial::FileUnknown => {
            "The origin has no such file in that catalog and version: `azat files import` adds files."
        }
        Denial::SourceRefused => {
            "The file is there, but not public, and its `source` is not among the subject's `sources`: \
             `azat users import` changes them. The client is told what it is told of files that do not exist."
        }
        Denial::FileNotDownloadable => {
            "The record has no `mirror_key`, and no `repository_url` on a host of the policy's \
             [[repository.hosts]]; or the route would have to redirect to what comes through the edge."
        }
        Denial::OriginUnavailable { .. } => {
            "The Secret Store's entry `edge_origin_secret` must have 32 bytes at least, and be the origin's."
        }
        _ => return None,
    })
}

fn for_token(fault: &TokenFault) -> Option<&'static str> {
    Some(match fault {
        TokenFault::TypeRefused => {
            "The token's `typ` is not the profile's `typ`; a profile without one takes JWT or none."
        }
        TokenFault::AlgorithmRefused => {
            "The profile's `algorithm` in the policy is the only one; the token's `alg` is another."
        }
        TokenFault::KeyUnknown => {
            "The token's `kid` is not in the profile's JWK set: was the key published (`azat keys publish`), or \
             removed before its last token expired? A token without `kid` needs a set with one key of the \
             algorithm, or the profile's `without_kid` to let three be tried."
        }
        TokenFault::SignatureInvalid => {
            "The token was changed on the way, or signed with another key: does a published key have the \
             `kid` of a different one?"
        }
        TokenFault::IssuerRefused => {
            "The token's `iss` is not the profile's `issuer`, byte for byte: is it a token of another \
             deployment?"
        }
        TokenFault::SubjectRefused => {
            "The token's `sub` does not begin with the profile's `subject_prefix`."
        }
        TokenFault::AudienceRefused => {
            "The token's `aud` does not contain the profile's `audience`; a profile without one takes no token \
             with `aud`."
        }
        TokenFault::LifetimeTooLong => {
            "The token lives longer than the profile's `maximum_lifetime_seconds`."
        }
        TokenFault::NotYetValid => {
            "The token's `iat` or `nbf` lies ahead by more than the profile's `leeway_seconds`: does the \
             issuer's clock run fast?"
        }
        _ => return None,
    })
}
