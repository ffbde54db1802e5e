//! How a file's bytes reach the client through the edge.

use std::time::{Duration, Instant};

use crate::support::{content, empty, large, ordinary, resume, resume_with_wget, stack};

#[test]
fn a_file_arrives_as_it_is_with_its_name_and_digest() {
    let stack = stack();
    let token = stack.mint().unwrap();
    for file in stack.library().readable() {
        let answer = stack.get(&file.path(), Some(&token)).unwrap();
        assert_eq!((answer.exit, answer.status), (0, 200), "{}", file.name);
        assert_eq!(answer.body, content(&stack, file), "{}", file.name);
        assert_eq!(
            answer.header("content-length"),
            Some(file.size.to_string().as_str())
        );
        assert_eq!(answer.header("content-type"), Some(file.content_type));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
        let disposition = answer.header("content-disposition").unwrap();
        assert!(
            disposition.starts_with("attachment; filename=\""),
            "{disposition}"
        );
        assert!(
            answer
                .header("repr-digest")
                .unwrap()
                .starts_with("sha-256=:")
        );
    }
}

#[test]
fn curl_saves_a_file_under_its_own_name() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = stack.library().named("salt & pepper.csv").unwrap();
    let answer = stack.get(&file.path(), Some(&token)).unwrap();
    assert_eq!(
        answer.header("content-disposition"),
        Some(
            "attachment; filename=\"salt & pepper.csv\"; filename*=UTF-8''salt%20%26%20pepper.csv"
        )
    );
}

#[test]
fn the_mirror_learns_nothing_of_the_client() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let url = format!(
        "{}{}&token=secret",
        stack.edge_url(),
        ordinary(&stack).path()
    );
    let arguments = [
        "--compressed",
        "--cookie",
        "session=secret",
        "--referer",
        "https://secret.example/",
    ];
    let headers = ["--header", &token.header(), "--header", "X-Secret: secret"];
    let answer = stack
        .curl(&[&arguments[..], &headers, &[url.as_str()]].concat())
        .unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-encoding"), None);
    let requests = stack.mirror().requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(
        requests[0].path,
        format!("/{}", ordinary(&stack).mirror_key)
    );
    for (name, value) in &requests[0].headers {
        assert!(!value.contains("secret"), "{name}");
        assert!(!["authorization", "cookie", "referer", "x-secret"].contains(&name.as_str()));
    }
    assert_eq!(requests[0].header("accept-encoding"), Some("identity"));
}

#[test]
fn head_says_what_get_would_send() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = large(&stack);
    let url = format!("{}{}", stack.edge_url(), file.path());
    let get = stack.get(&file.path(), Some(&token)).unwrap();
    let head = stack
        .curl(&["--head", "--header", &token.header(), &url])
        .unwrap();
    assert_eq!((head.exit, head.status), (0, 200));
    for name in [
        "content-length",
        "content-type",
        "content-disposition",
        "repr-digest",
        "etag",
    ] {
        assert!(get.header(name).is_some(), "{name}");
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
}

#[test]
fn ranges_are_served_from_the_mirror() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = large(&stack);
    let whole = content(&stack, &file);
    let url = format!("{}{}", stack.edge_url(), file.path());
    let header = token.header();
    let ask = |range: &str| {
        stack
            .curl(&["--range", range, "--header", &header, &url])
            .unwrap()
    };
    let size = whole.len();
    for (range, first, last) in [
        ("10-19", 10, 19),
        ("-5", size - 5, size - 1),
        ("299990-999999", 299_990, size - 1),
        ("0-", 0, size - 1),
    ] {
        let part = ask(range);
        assert_eq!((part.exit, part.status), (0, 206), "{range}");
        assert_eq!(part.body, &whole[first..=last], "{range}");
        let content_range = format!("bytes {first}-{last}/{size}");
        assert_eq!(part.header("content-range"), Some(content_range.as_str()));
        let seen = stack.mirror().requests();
        let plain = format!("bytes={first}-{last}");
        assert_eq!(seen.last().unwrap().header("range"), Some(plain.as_str()));
    }
    stack.mirror().forget_requests();
    let beyond = ask(&format!("{}-", size + 1));
    assert_eq!((beyond.status, beyond.body.len()), (416, 0));
    let unsatisfied = format!("bytes */{size}");
    assert_eq!(beyond.header("content-range"), Some(unsatisfied.as_str()));
    assert_eq!(stack.mirror().requests().len(), 0);
}

#[test]
fn conditions_are_judged_at_the_edge() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = large(&stack);
    let url = format!("{}{}", stack.edge_url(), file.path());
    let ask = |arguments: &[&str]| {
        let header = token.header();
        stack
            .curl(&[arguments, &["--header", &header, &url]].concat())
            .unwrap()
    };
    let whole = ask(&[]);
    let etag = whole.header("etag").unwrap().to_owned();
    assert_eq!(etag, format!("\"sha-256:{}\"", file.digest.hex));
    assert_eq!(whole.header("last-modified"), None);

    let kept = stack.directory().join("etag");
    std::fs::write(&kept, &etag).unwrap();
    let kept = kept.to_str().unwrap();
    stack.mirror().forget_requests();
    for arguments in [
        &["--header", &format!("If-None-Match: {etag}")][..],
        &["--etag-compare", kept],
    ] {
        let unchanged = ask(arguments);
        assert_eq!(
            (unchanged.exit, unchanged.status),
            (0, 304),
            "{arguments:?}"
        );
        assert_eq!(unchanged.header("etag"), Some(etag.as_str()));
        for name in ["content-length", "content-type", "content-range"] {
            assert_eq!(unchanged.header(name), None, "{name}");
        }
    }
    let meant = ask(&["--header", "If-Match: \"other\""]);
    assert_eq!((meant.status, meant.body.len()), (412, 0));
    assert_eq!(stack.mirror().requests().len(), 0);

    let same = ask(&["--range", "0-3", "--header", &format!("If-Range: {etag}")]);
    assert_eq!((same.status, same.body.len()), (206, 4));
    let changed = ask(&["--range", "0-3", "--header", "If-Range: \"other\""]);
    assert_eq!((changed.status, &changed.body), (200, &whole.body));
    let dated = ask(&["--time-cond", "2100-01-01"]);
    assert_eq!((dated.status, &dated.body), (200, &whole.body));
    for request in stack.mirror().requests() {
        let conditions = request
            .headers
            .iter()
            .filter(|(name, _)| name.starts_with("if-"));
        assert_eq!(conditions.count(), 0);
    }
}

#[test]
fn a_finished_file_is_resumed_without_a_word() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = ordinary(&stack);
    let url = format!("{}{}", stack.edge_url(), file.path());
    let range = format!("Range: bytes={}-", file.size);
    let ask = |arguments: &[&str]| {
        let header = token.header();
        let common = ["--header", &header, "--header", &range, url.as_str()];
        stack.curl(&[arguments, &common].concat()).unwrap()
    };
    let answer = ask(&[]);
    assert_eq!((answer.exit, answer.status, answer.body.len()), (0, 206, 0));
    assert_eq!(answer.header("content-length"), Some("0"));
    let content_range = format!("bytes */{}", file.size);
    assert_eq!(answer.header("content-range"), Some(content_range.as_str()));
    let others = ask(&["--user-agent", "Wget/1.21.3"]);
    assert_eq!((others.status, others.body.len()), (416, 0));
    assert_eq!(others.header("content-range"), Some(content_range.as_str()));
    assert_eq!(stack.mirror().requests().len(), 0);
}

#[test]
fn curl_and_wget_leave_a_finished_file_alone() {
    let stack = stack();
    let token = stack.mint().unwrap();
    for file in [ordinary(&stack), empty(&stack)] {
        let url = format!("{}{}", stack.edge_url(), file.path());
        let saved = stack.directory().join("whole");
        std::fs::write(&saved, content(&stack, &file)).unwrap();
        stack.mirror().forget_requests();
        assert_eq!(resume(&saved, &url, &token), Some(0), "{}", file.name);
        let started = Instant::now();
        assert_eq!(
            resume_with_wget(&saved, &url, &token),
            Some(0),
            "{}",
            file.name
        );
        // Each time that wget tries again, it waits a second longer.
        assert!(started.elapsed() < Duration::from_secs(5), "{}", file.name);
        assert_eq!(std::fs::read(&saved).unwrap(), content(&stack, &file));
    }
}

#[test]
fn curl_and_wget_resume_what_was_cut() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = large(&stack);
    let url = format!("{}{}", stack.edge_url(), file.path());
    let whole = content(&stack, &file);
    for resume in [resume, resume_with_wget] {
        let saved = stack.directory().join("partial");
        std::fs::write(&saved, &whole[..1500]).unwrap();
        assert_eq!(resume(&saved, &url, &token), Some(0));
        assert_eq!(std::fs::read(&saved).unwrap(), whole);
    }
}

#[test]
fn an_empty_file_has_no_parts() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let url = format!("{}{}", stack.edge_url(), empty(&stack).path());
    for range in ["Range: bytes=0-", "Range: bytes=0-99", "Range: bytes=-1"] {
        let answer = stack
            .curl(&["--header", &token.header(), "--header", range, &url])
            .unwrap();
        assert_eq!((answer.exit, answer.status), (0, 200), "{range}");
        assert_eq!(answer.header("content-length"), Some("0"), "{range}");
    }
}

#[test]
fn ranges_that_do_not_count_are_ignored() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = ordinary(&stack);
    let whole = content(&stack, &file);
    let url = format!("{}{}", stack.edge_url(), file.path());
    let header = token.header();
    let ask = |arguments: &[&str]| {
        stack
            .curl(&[arguments, &["--header", &header, &url]].concat())
            .unwrap()
    };
    let after_end = format!("Range: bytes={}-", file.size);
    for arguments in [
        &["--range", "0-1,4-5"][..],
        &[
            "--header",
            "Range: bytes=0-1",
            "--header",
            "Range: bytes=4-5",
        ],
        &["--header", &after_end, "--header", "If-Range: \"other\""],
    ] {
        let answer = ask(arguments);
        assert_eq!((answer.exit, answer.status), (0, 200), "{arguments:?}");
        assert_eq!(answer.body, whole, "{arguments:?}");
        assert_eq!(answer.header("content-type"), Some(file.content_type));
    }
    let head = ask(&["--head", "--header", &after_end]);
    assert_eq!(head.status, 200);
    assert_eq!(
        head.header("content-length"),
        Some(file.size.to_string().as_str())
    );
}
