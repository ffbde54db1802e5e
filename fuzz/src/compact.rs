//! The compact serialisation: any text.

use azat_edge::jose::Compact;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::signer::base64url;
use crate::verification::SYSTEMS;

/// A text that is taken has three segments, each of which is what encoding its bytes again yields.
///
/// # Panics
/// When it is otherwise.
pub fn run(data: &[u8]) {
    let Ok(token) = std::str::from_utf8(data) else {
        return;
    };
    if Compact::parse(token).is_err() {
        return;
    }
    assert!(token.len() <= 8 * 1024);
    let segments: Vec<&str> = token.split('.').collect();
    assert_eq!(segments.len(), 3);
    for segment in segments {
        let bytes = URL_SAFE_NO_PAD.decode(segment).expect("base64url");
        assert_eq!(URL_SAFE_NO_PAD.encode(bytes), segment);
    }
}

/// Where fuzzing begins.
pub fn seeds() -> Vec<Vec<u8>> {
    let tokens = SYSTEMS.iter().map(|system| system.token.clone());
    let others = [
        "..".to_owned(),
        "eyJhbGciOiJub25lIn0.e30.".to_owned(),
        "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.AAAA.AAAA".to_owned(),
        format!(
            "{}.e30.AAAA",
            base64url(r#"{"alg":"RS256","crit":["x"],"x":1}"#)
        ),
    ];
    tokens.chain(others).map(String::into_bytes).collect()
}
