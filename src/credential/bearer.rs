//! Bearer tokens in the `Authorization` field (RFC 6750, 2.1).

use std::borrow::Cow;
use std::fmt;

use http::HeaderMap;
use http::header::AUTHORIZATION;
use percent_encoding::percent_decode_str;
use url::Url;

use crate::denial::Denial;
use crate::request::Request;

/// The one credential of a request.
pub enum Credential<'r> {
    /// None at all.
    None,
    /// A Google access token, which only Google can verify.
    Google,
    /// Anything else, to be verified as a JWT.
    Jwt(BearerToken<'r>),
}

/// A bearer token. It can be verified and sent on to the origin, but not printed.
#[derive(Clone, Copy)]
pub struct BearerToken<'r>(&'r str);

impl<'r> BearerToken<'r> {
    /// The token.
    pub fn token(self) -> &'r str {
        self.0
    }

    /// The value of `Authorization` in its plainest spelling.
    pub fn authorization(self) -> String {
        format!("Bearer {}", self.0)
    }
}

impl fmt::Debug for BearerToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BearerToken(…)")
    }
}

/// Google's access tokens begin so; its documentation promises nothing else about them.
const GOOGLE_PREFIX: &str = "ya29.";

/// Finds the one credential of a request.
///
/// # Errors
/// [`Denial::TokenInUrl`], [`Denial::CredentialsSeveral`], [`Denial::SchemeUnsupported`],
/// [`Denial::CredentialMalformed`].
pub fn find(request: &Request) -> Result<Credential<'_>, Denial> {
    if url_holds_token(&request.url) {
        return Err(Denial::TokenInUrl);
    }
    let Some(bearer) = bearer(&request.headers)? else {
        return Ok(Credential::None);
    };
    Ok(match bearer.0.starts_with(GOOGLE_PREFIX) {
        true => Credential::Google,
        false => Credential::Jwt(bearer),
    })
}

fn bearer(headers: &HeaderMap) -> Result<Option<BearerToken<'_>>, Denial> {
    let mut fields = headers.get_all(AUTHORIZATION).iter();
    let Some(field) = fields.next() else {
        return Ok(None);
    };
    if fields.next().is_some() {
        return Err(Denial::CredentialsSeveral);
    }
    let text = field.to_str().map_err(|_| Denial::CredentialMalformed)?;
    let (scheme, rest) = text.split_once(' ').unwrap_or((text, ""));
    if !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(Denial::SchemeUnsupported);
    }
    let token = rest.trim_matches(' ');
    if token.is_empty() || !token.bytes().all(is_token68) {
        return Err(Denial::CredentialMalformed);
    }
    Ok(Some(BearerToken(token)))
}

/// The characters of `token68` (RFC 9110, 11.2).
fn is_token68(byte: u8) -> bool {
    is_token_character(byte) || matches!(byte, b'~' | b'+' | b'/' | b'=')
}

/// Whether a URL holds a token anywhere, also where somebody encoded it once too often.
fn url_holds_token(url: &Url) -> bool {
    [url.path(), url.query().unwrap_or_default()]
        .iter()
        .any(|written| holds_token(written, 2))
}

/// Whether a text holds a token, as it is or after percent-decoding it so many times at most.
fn holds_token(text: &str, decodings: usize) -> bool {
    let mut words = text.as_bytes().split(|byte| !is_token_character(*byte));
    if words.any(|word| looks_like_jwt(word) || word.starts_with(GOOGLE_PREFIX.as_bytes())) {
        return true;
    }
    if decodings == 0 {
        return false;
    }
    match percent_decode_str(text).decode_utf8_lossy() {
        Cow::Owned(decoded) => holds_token(&decoded, decodings - 1),
        Cow::Borrowed(_) => false,
    }
}

/// The characters of compact tokens, and of Google's access tokens.
fn is_token_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

/// Whether a text has the outline of a compact JWS or JWE: base64url segments with dots between them,
/// the first of which opens a JSON object.
fn looks_like_jwt(text: &[u8]) -> bool {
    // `{"`, or `{` and white space: a file called eye.tar.gz is not a token.
    let opens_object = matches!(
        text,
        [b'e', b'y', b'J' | b'A', ..] | [b'e', b'w', b'o' | b'0' | b'k', ..]
    );
    opens_object && text.split(|byte| *byte == b'.').count() >= 3
}

#[cfg(test)]
mod tests {
    use http::header::AUTHORIZATION;
    use http::{HeaderMap, HeaderValue, Method};

    use super::{Credential, find};
    use crate::denial::Denial;
    use crate::request::Request;

    fn request(query: &str, fields: &[&[u8]]) -> Request {
        let mut headers = HeaderMap::new();
        for field in fields {
            headers.append(AUTHORIZATION, HeaderValue::from_bytes(field).unwrap());
        }
        Request {
            method: Method::GET,
            url: format!("https://azul.example/{query}").parse().unwrap(),
            headers,
        }
    }

    fn kind(field: &str) -> Result<&'static str, Denial> {
        find(&request("", &[field.as_bytes()])).map(|credential| match credential {
            Credential::None => "none",
            Credential::Google => "google",
            Credential::Jwt(_) => "jwt",
        })
    }

    #[test]
    fn the_token_is_told_by_its_look() {
        assert!(matches!(find(&request("", &[])), Ok(Credential::None)));
        assert_eq!(kind("Bearer eyJ.eyJ.c2ln"), Ok("jwt"));
        assert_eq!(kind("bEARER  garbage "), Ok("jwt"));
        assert_eq!(kind("Bearer ya29.a0Af"), Ok("google"));
    }

    #[test]
    fn anything_but_one_bearer_token_is_refused() {
        assert_eq!(kind("Basic dTpw"), Err(Denial::SchemeUnsupported));
        assert_eq!(kind("eyJ.eyJ.c2ln"), Err(Denial::SchemeUnsupported));
        for field in [
            "Bearer",
            "Bearer ",
            "Bearer a b",
            "Bearer a,Bearer b",
            "Bearer a\tb",
            "Bearer \"a\"",
        ] {
            assert_eq!(kind(field), Err(Denial::CredentialMalformed), "{field:?}");
        }
        let not_ascii = request("", &[b"Bearer \xff"]);
        assert_eq!(find(&not_ascii).err(), Some(Denial::CredentialMalformed));
        let two = request("", &[b"Bearer a", b"Bearer a"]);
        assert_eq!(find(&two).err(), Some(Denial::CredentialsSeveral));
    }

    #[test]
    fn a_token_in_the_url_is_refused_wherever_it_is() {
        let tokens = [
            "?token=eyJh.eyJi.c2ln",
            "?a=1&x=eyJh%2EeyJi.c2ln",
            "?t=eyJh.eyJi.",
            "?t=eyJh.a.b.c.d",
            "?t=ewogImFsZyI.e30.c2ln",
            "?eyJh.eyJi.c2ln",
            "?eyJh.eyJi.c2ln=",
            "?t=Bearer%20eyJh.eyJi.c2ln",
            "?t=%20eyJh.eyJi.c2ln%0a",
            "?t=eyJh%252EeyJi%252Ec2ln",
            "?t=ya29.a0Af",
            "eyJh.eyJi.c2ln",
            "files/eyJh.eyJi.c2ln/x",
        ];
        for query in tokens {
            assert_eq!(
                find(&request(query, &[])).err(),
                Some(Denial::TokenInUrl),
                "{query}"
            );
        }
        let others = [
            "?version=2018-09-14T12%3A33%3A47.221025Z",
            "?fileName=eye.tar.gz",
            "?t=a.b.c",
            "?t=eyJh",
            "?t=xya29.b",
            "manifest/files/ksQulKNmb2-kY3VybMQQ0rDOPEbwV_651C442JNP1MQQd5NnR1loWI6An6-ELWvp4MQDMTIz",
        ];
        for query in others {
            assert!(find(&request(query, &[])).is_ok(), "{query}");
        }
    }

    #[test]
    fn a_token_cannot_be_printed() {
        let request = request("", &[b"Bearer eyJsecret.eyJ.c2ln"]);
        let Ok(Credential::Jwt(token)) = find(&request) else {
            panic!("expected a token");
        };
        assert!(!format!("{token:?}").contains("secret"));
    }
}
