//! How a file's bytes reach the client through the edge.

use crate::support::{content, large, ordinary, resume, stack};

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
    let url = format!("{}{}&x=secret", stack.edge_url(), ordinary(&stack).path());
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
fn ranges_and_conditions_reach_the_mirror() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = large(&stack);
    let whole = content(&stack, &file);
    let ask = |arguments: &[&str]| {
        let url = format!("{}{}", stack.edge_url(), file.path());
        let header = token.header();
        stack
            .curl(&[arguments, &["--header", &header, &url]].concat())
            .unwrap()
    };
    let middle = ask(&["--range", "10-19"]);
    assert_eq!(
        (middle.status, middle.body.as_slice()),
        (206, &whole[10..20])
    );
    let content_range = format!("bytes 10-19/{}", file.size);
    assert_eq!(middle.header("content-range"), Some(content_range.as_str()));
    let end = ask(&["--range", "-5"]);
    assert_eq!(
        (end.status, end.body.as_slice()),
        (206, &whole[whole.len() - 5..])
    );

    let beyond = ask(&["--range", &format!("{}-", file.size + 1)]);
    assert_eq!((beyond.status, beyond.body.len()), (416, 0));
    let unsatisfied = format!("bytes */{}", file.size);
    assert_eq!(beyond.header("content-range"), Some(unsatisfied.as_str()));

    let etag = ask(&[]).header("etag").unwrap().to_owned();
    let unchanged = ask(&["--header", &format!("If-None-Match: {etag}")]);
    assert_eq!((unchanged.status, unchanged.body.len()), (304, 0));
    let same = ask(&["--range", "0-3", "--header", &format!("If-Range: {etag}")]);
    assert_eq!(same.status, 206);
    let changed = ask(&["--range", "0-3", "--header", "If-Range: \"other\""]);
    assert_eq!((changed.status, changed.body.len()), (200, whole.len()));
}

#[test]
fn a_finished_file_is_resumed_without_a_word() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = ordinary(&stack);
    let url = format!("{}{}", stack.edge_url(), file.path());
    let range = format!("Range: bytes={}-", file.size);
    let answer = stack
        .curl(&["--header", &token.header(), "--header", &range, &url])
        .unwrap();
    assert_eq!((answer.exit, answer.status, answer.body.len()), (0, 206, 0));
    assert_eq!(answer.header("content-length"), Some("0"));
    let content_range = format!("bytes */{}", file.size);
    assert_eq!(answer.header("content-range"), Some(content_range.as_str()));
    assert_eq!(stack.mirror().requests().len(), 0);

    // curl itself, on a file that is already whole.
    let saved = stack.directory().join("whole");
    std::fs::write(&saved, content(&stack, &file)).unwrap();
    assert_eq!(resume(&saved, &url, &token), Some(0));
    assert_eq!(std::fs::read(&saved).unwrap(), content(&stack, &file));
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
