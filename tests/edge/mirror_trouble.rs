//! The mirror misbehaves: 503 or 501 before the first byte, a visible cut after it.

use azat_testbed::Fault;

use crate::support::{assert_denied, content, large, ordinary, resume, sha256, stack};

#[test]
fn a_mirror_that_does_not_answer_the_question_is_told_for_what_it_is() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let path = ordinary(&stack).path();
    for (fault, status, reason) in [
        (Fault::Status(500), 503, "mirror_unavailable"),
        (Fault::Status(503), 503, "mirror_unavailable"),
        (Fault::Status(429), 503, "mirror_unavailable"),
        (Fault::Status(404), 501, "file_missing"),
        (Fault::Status(403), 501, "mirror_refuses_edge"),
        (Fault::Unauthorized, 501, "mirror_refuses_edge"),
        (Fault::Status(301), 501, "answer_wrong"),
        (Fault::Status(304), 501, "answer_wrong"),
        (Fault::Status(412), 501, "answer_wrong"),
        (Fault::Status(416), 501, "answer_wrong"),
        (with("content-encoding", "gzip"), 501, "file_encoded"),
        (with("repr-digest", OTHER_DIGEST), 501, "file_differs"),
    ] {
        stack.mirror().set_fault(fault);
        let answer = stack.get(&path, Some(&token)).unwrap();
        assert_denied(&answer, status, reason);
        assert_eq!(answer.header("www-authenticate"), None, "{fault:?}");
    }
    stack.mirror().clear_fault();
    assert_eq!(stack.get(&path, Some(&token)).unwrap().status, 200);
    stack.mirror().stop();
    assert_denied(
        &stack.get(&path, Some(&token)).unwrap(),
        503,
        "mirror_unavailable",
    );
}

const OTHER_DIGEST: &str = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";

fn with(name: &'static str, value: &'static str) -> Fault {
    Fault::Field { name, value }
}

#[test]
fn a_mirror_that_keeps_silent_is_given_up() {
    let stack = stack();
    let token = stack.mint().unwrap();
    stack.mirror().set_fault(Fault::Stall);
    let answer = stack.get(&ordinary(&stack).path(), Some(&token)).unwrap();
    assert_denied(&answer, 503, "mirror_unavailable");
}

#[test]
fn a_body_that_is_cut_is_seen_to_be_cut_and_can_be_resumed() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = large(&stack);
    let url = format!("{}{}", stack.edge_url(), file.path());
    stack.mirror().set_fault(Fault::CutBody { after: 1000 });
    for version in ["--http1.1", "--http1.0"] {
        let cut = stack
            .curl(&[version, "--header", &token.header(), &url])
            .unwrap();
        assert_eq!(
            (cut.exit, cut.body.len()),
            (18, 1000),
            "{version}: expected a partial file"
        );
    }

    let saved = stack.directory().join("partial");
    let download = || resume(&saved, &url, &token);
    assert_eq!(download(), Some(18));
    stack.mirror().clear_fault();
    assert_eq!(download(), Some(0));
    let bytes = std::fs::read(&saved).unwrap();
    assert_eq!(sha256(&bytes), file.digest.hex);
    assert_eq!(bytes, content(&stack, &file));
}

/// The manifest's own way to go on with a file of which the beginning is there.
#[test]
fn curl_does_not_take_another_part_for_the_rest() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = large(&stack);
    let url = format!("{}{}", stack.edge_url(), file.path());
    let saved = stack.directory().join("partial");
    let beginning = content(&stack, &file)[..1500].to_vec();
    for (fault, status, reason) in [
        (other("bytes=1500-1509"), 501, "answer_wrong"),
        (other("bytes=1000-"), 501, "answer_wrong"),
        (other("bytes=2000-"), 501, "answer_wrong"),
        (other("bytes=0-"), 501, "answer_wrong"),
        (Fault::Status(304), 501, "answer_wrong"),
        (Fault::Status(412), 501, "answer_wrong"),
        (Fault::Status(416), 501, "answer_wrong"),
        (Fault::IgnoreRanges, 501, "ranges_ignored"),
    ] {
        stack.mirror().set_fault(fault);
        std::fs::write(&saved, &beginning).unwrap();
        assert_eq!(resume(&saved, &url, &token), Some(22), "{fault:?}");
        assert_eq!(std::fs::read(&saved).unwrap(), beginning, "{fault:?}");
        let answer = stack
            .curl(&["--range", "1500-", "--header", &token.header(), &url])
            .unwrap();
        assert_denied(&answer, status, reason);
    }
    stack.mirror().clear_fault();
    assert_eq!(resume(&saved, &url, &token), Some(0));
    assert_eq!(std::fs::read(&saved).unwrap(), content(&stack, &file));
}

fn other(range: &'static str) -> Fault {
    Fault::OtherRange { range }
}

#[test]
fn a_file_of_another_length_is_not_the_records() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = large(&stack);
    let url = format!("{}{}", stack.edge_url(), file.path());
    let mirrored = stack.directory().join("mirror").join(&file.mirror_key);
    for length in [1000, 299_999, 300_001] {
        std::fs::write(&mirrored, vec![0; length]).unwrap();
        for range in ["0-", "1500-"] {
            let answer = stack
                .curl(&["--range", range, "--header", &token.header(), &url])
                .unwrap();
            assert_denied(&answer, 501, "file_differs");
        }
        let answer = stack.get(&file.path(), Some(&token)).unwrap();
        assert_denied(&answer, 501, "file_differs");
    }
}
