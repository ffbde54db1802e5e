//! Tests of [`super`].

use serde_json::{Value, json};

use crate::Policy;

fn good() -> Value {
    json!({
        "base_url": "https://azul.example",
        "default_catalog": "dcp",
        "mirror": {"redirect_base": "https://mirror.example/"},
        "freshness": {
            "entitlement": {"fresh_seconds": 60, "stale_seconds": 300},
            "file": {"fresh_seconds": 60, "stale_seconds": 300},
        },
        "profiles": {"azat": {
            "algorithm": "RS256",
            "issuer": "https://azul.example",
            "maximum_lifetime_seconds": 604_800,
            "leeway_seconds": 60,
        }},
        "routes": [{
            "path": "/repository/files/{uuid}",
            "methods": ["GET"],
            "accepts": ["azat"],
            "answer": {"file": "redirect"},
        }],
    })
}

/// The fault of the good policy with the member at `pointer` set to `value`; `null` removes it.
fn fault(pointer: &str, value: Value) -> String {
    let mut policy = good();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = policy.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Value::Null => parent.remove(name),
        value => parent.insert(name.to_owned(), value),
    };
    match Policy::from_compact(&policy.to_string()) {
        Ok(_) => "none".to_owned(),
        Err(fault) => fault.to_string(),
    }
}

#[test]
fn a_good_policy_survives_its_compact_form() {
    let policy = Policy::from_compact(&good().to_string()).unwrap();
    assert_eq!(Policy::from_compact(&policy.to_compact()), Ok(policy));
}

#[test]
fn urls_are_https_and_bare() {
    for url in [
        "http://azul.example",
        "http://127.0.0.1:1",
        "ftp://azul.example",
    ] {
        assert_eq!(
            fault("/base_url", json!(url)),
            "base_url: expected an https URL",
            "{url}"
        );
    }
    for url in [
        "https://u@azul.example",
        "https://azul.example/?a",
        "https://azul.example/#a",
    ] {
        assert_eq!(
            fault("/base_url", json!(url)),
            "base_url: expected no user, query or fragment"
        );
    }
    let with_path = fault("/base_url", json!("https://azul.example/a"));
    assert_eq!(with_path, "base_url: expected a scheme and a host, no path");
}

#[test]
fn loopback_is_for_tests_that_say_so() {
    let mut policy = good();
    policy["allow_loopback"] = json!(true);
    for (url, is_good) in [
        ("http://127.0.0.1:1", true),
        ("http://[::1]:1", true),
        ("http://localhost:1", true),
        ("http://azul.example", false),
        ("http://127.0.0.1.example", false),
    ] {
        policy["base_url"] = json!(url);
        assert_eq!(
            Policy::from_compact(&policy.to_string()).is_ok(),
            is_good,
            "{url}"
        );
    }
}

#[test]
fn a_redirect_leads_to_another_host() {
    let at = "/mirror/redirect_base";
    let same = fault(at, json!("https://azul.example/files/"));
    assert_eq!(
        same,
        "mirror.redirect_base: expected another host than base_url's"
    );
    let same_but_port = fault(at, json!("https://azul.example:8443/files/"));
    assert_eq!(same_but_port, same);
    let open = fault(at, json!("https://mirror.example/files"));
    assert_eq!(
        open,
        "mirror.redirect_base: expected a URL that ends with /"
    );
    assert_eq!(
        fault(at, Value::Null),
        "routes.0.answer: expected mirror.redirect_base to be set"
    );
}

#[test]
fn profiles_are_bounded() {
    let of = |member: &str, value| fault(&format!("/profiles/azat/{member}"), value);
    assert_eq!(
        of("leeway_seconds", json!(61)),
        "profiles.azat.leeway_seconds: expected at most 60"
    );
    assert_eq!(
        of("maximum_lifetime_seconds", json!(0)),
        "profiles.azat.maximum_lifetime_seconds: expected at least 1"
    );
    for (member, what) in [
        ("issuer", "the value of iss"),
        ("subject_prefix", "the beginning of sub"),
        ("audience", "the value of aud"),
        ("typ", "the value of typ"),
    ] {
        let expected = format!("profiles.azat.{member}: expected {what}, or no such member");
        assert_eq!(of(member, json!("")), expected);
        assert_eq!(of(member, json!("x")), "none");
    }
    assert_eq!(of("issuer", Value::Null), "none");
    assert_eq!(of("maximum_lifetime_seconds", Value::Null), "none");
    assert!(of("jti", json!("any")).contains("unknown variant `any`"));
    assert!(of("without_kid", json!("all")).contains("unknown variant `all`"));
    assert!(of("algorithm", json!("none")).contains("unknown variant `none`"));
}

#[test]
fn a_secret_goes_with_a_symmetric_algorithm() {
    let of = |profile: Value| fault("/profiles/azat", profile);
    let entry = "expected the Secret Store's entry with the key";
    for algorithm in ["HS256", "HS512"] {
        let missing = of(json!({ "algorithm": algorithm }));
        assert_eq!(missing, format!("profiles.azat.secret: {entry}"));
        let named = json!({"algorithm": algorithm, "secret": "build_tokens"});
        assert_eq!(of(named), "none");
    }
    for algorithm in ["RS256", "ES256"] {
        let public = of(json!({"algorithm": algorithm, "secret": "build_tokens"}));
        let expected = "profiles.azat.secret: expected none: the keys of this algorithm are public";
        assert_eq!(public, expected);
    }
    for name in ["", "edge_origin_secret"] {
        let shared = of(json!({"algorithm": "HS256", "secret": name}));
        let expected = "profiles.azat.secret: expected an entry of the Secret Store of its own";
        assert_eq!(shared, expected, "{name:?}");
    }
    let tried =
        json!({"algorithm": "HS256", "secret": "build_tokens", "without_kid": "three_keys"});
    assert_eq!(
        of(tried),
        "profiles.azat.without_kid: expected none: there is one key"
    );
}

#[test]
fn a_secret_goes_with_one_algorithm() {
    let mut policy = good();
    let profile = |algorithm: &str, secret: &str| json!({"algorithm": algorithm, "secret": secret});
    policy["profiles"]["b"] = profile("HS256", "shared");
    policy["profiles"]["c"] = profile("HS256", "shared");
    policy["profiles"]["d"] = profile("HS512", "other");
    let mut of = |profile: Value| {
        policy["profiles"]["e"] = profile;
        match Policy::from_compact(&policy.to_string()) {
            Ok(_) => "none".to_owned(),
            Err(fault) => fault.to_string(),
        }
    };
    assert_eq!(of(profile("HS256", "shared")), "none");
    assert_eq!(of(profile("HS512", "other")), "none");
    let expected = "profiles.e.secret: expected another entry: an earlier profile uses this one with another algorithm";
    assert_eq!(of(profile("HS512", "shared")), expected);
    assert_eq!(of(profile("HS256", "other")), expected);
}

#[test]
fn a_profile_is_not_called_as_other_credentials_are() {
    let profile = good()["profiles"]["azat"].clone();
    for name in ["unknown", "anonymous", "google", "jwt"] {
        let expected =
            format!("profiles.{name}: expected another name: logs call other credentials so");
        assert_eq!(
            fault(&format!("/profiles/{name}"), profile.clone()),
            expected
        );
    }
}

#[test]
fn routes_lead_somewhere_and_let_somebody_in() {
    let of = |member: &str, value| fault(&format!("/routes/0/{member}"), value);
    assert_eq!(
        of("methods", json!([])),
        "routes.0.methods: expected at least one method"
    );
    assert!(of("accepts", json!([])).starts_with("routes.0.accepts: expected a profile here"));
    assert_eq!(
        of("accepts", json!(["apat"])),
        "routes.0.accepts: expected the name of a profile, not \"apat\""
    );
    assert_eq!(
        of("accepts", json!(["azat", "azat"])),
        "routes.0.accepts: expected profiles of different algorithms or issuers: which is meant could not be told from a token"
    );
    assert_eq!(
        of("answer", json!("origin")),
        "routes.0.accepts: expected no profile: what goes to the origin is verified there"
    );
    assert_eq!(
        of("path", json!("/files/{id}")),
        "routes.0.path: expected the parameter {uuid}"
    );
    for path in [
        "/edge/files/{uuid}",
        "/edge",
        "/{uuid}",
        "/{a}/files/{uuid}",
    ] {
        let internal = of("path", json!(path));
        assert!(
            internal.ends_with("/edge/ is internal"),
            "{path}: {internal}"
        );
    }
    assert_eq!(
        of("passes", json!(["jwt"])),
        "routes.0.passes: expected none: the edge itself decides on files"
    );
    for method in ["DELETE", "POST", "PUT"] {
        let expected = "routes.0.methods: expected GET and HEAD at most: files are only read";
        assert_eq!(of("methods", json!(["GET", method])), expected);
    }
    for path in [
        "", "files", "/", "/files/", "/a//b", "/a/../b", "/{}", "/a b", "/%61", "/a/{b}c",
    ] {
        assert!(
            of("path", json!(path)).contains("expected a path such as"),
            "{path}"
        );
    }
    assert!(of("surprise", json!(1)).contains("unknown field `surprise`"));
    assert_eq!(
        fault("/routes", json!([])),
        "routes: expected at least one route"
    );
}

#[test]
fn several_profiles_of_a_route_can_be_told_apart() {
    let mut policy = good();
    let profile = |algorithm: &str, issuer: Option<&str>| {
        let mut profile = json!({"algorithm": algorithm});
        if let Some(issuer) = issuer {
            profile["issuer"] = json!(issuer);
        }
        profile
    };
    policy["routes"][0]["accepts"] = json!(["azat", "other"]);
    let mut of = |other: Value| {
        policy["profiles"]["other"] = other;
        match Policy::from_compact(&policy.to_string()) {
            Ok(_) => "none".to_owned(),
            Err(fault) => fault.to_string(),
        }
    };
    assert_eq!(of(profile("ES256", Some("https://azul.example"))), "none");
    assert_eq!(of(profile("RS256", Some("https://other.example"))), "none");
    assert_eq!(of(profile("RS256", None)), "none");
    let expected = "routes.0.accepts: expected profiles of different algorithms or issuers: which is meant could not be told from a token";
    assert_eq!(of(profile("RS256", Some("https://azul.example"))), expected);
}

#[test]
fn what_goes_to_the_origin_combines_nothing() {
    let mut policy = good();
    policy["routes"][0] = json!({
        "path": "/manifest", "methods": ["GET"], "passes": ["anonymous"], "answer": "origin",
    });
    assert!(Policy::from_compact(&policy.to_string()).is_ok());
    for (member, value) in [("combine", json!("first")), ("services", json!(["a"]))] {
        let mut policy = policy.clone();
        policy["routes"][0][member] = value;
        let fault = Policy::from_compact(&policy.to_string()).unwrap_err();
        let expected = "expected none: nothing is verified here";
        assert_eq!(fault.to_string(), format!("routes.0.{member}: {expected}"));
    }
}

#[test]
fn services_are_named_where_one_can_be_proved() {
    assert_eq!(
        fault("/routes/0/services", json!(["builder"])),
        "routes.0.services: expected services that something in accepts proves, not \"builder\""
    );
    assert_eq!(fault("/routes/0/combine", json!("first")), "none");
}

#[test]
fn repository_hosts_are_spelled_as_urls_spell_them() {
    let of = |host: &str| {
        fault(
            "/repository",
            json!({"hosts": [{"host": host, "backend": "terra"}]}),
        )
    };
    assert_eq!(of("data.terra.bio"), "none");
    assert_eq!(of("127.0.0.1:8080"), "none");
    for host in [
        "",
        "Data.terra.bio",
        "https://data.terra.bio",
        "data.terra.bio/",
        "data.terra.bio:443",
        "a b",
    ] {
        assert!(
            of(host).starts_with("repository.hosts.0.host: expected a host"),
            "{host:?}"
        );
    }
    let with = |backend: &str| {
        let hosts = json!([{"host": "data.terra.bio", "backend": backend}]);
        fault("/repository", json!({ "hosts": hosts }))
    };
    for backend in ["Host 1", " ", "~!@/?#%", &"a".repeat(255)] {
        assert_eq!(with(backend), "none", "{backend:?}");
    }
    for backend in ["origin", "mirror"] {
        let expected = "repository.hosts.0.backend: expected the name of a backend of its own";
        assert_eq!(with(backend), expected, "{backend:?}");
    }
    for backend in ["", "a\nb", "a\u{7f}", "\u{e4}", &"a".repeat(256)] {
        let expected = "repository.hosts.0.backend: expected the name of a backend: at most 255";
        assert!(with(backend).starts_with(expected), "{backend:?}");
    }
    let shared = json!({"hosts": [
        {"host": "a.terra.bio", "backend": "terra"},
        {"host": "b.terra.bio", "backend": "terra"},
    ]});
    assert!(fault("/repository", shared).starts_with("repository.hosts.1.backend"));
}

#[test]
fn a_token_goes_to_listed_hosts_only() {
    let mut policy = good();
    policy["repository"] = json!({"hosts": [{"host": "data.terra.bio", "backend": "terra"}]});
    let policy = Policy::from_compact(&policy.to_string()).unwrap();
    let backend = |url: &str| {
        policy
            .repository
            .backend_for(&url.parse().unwrap())
            .map(str::to_owned)
    };
    assert_eq!(
        backend("https://data.terra.bio/a").as_deref(),
        Some("terra")
    );
    assert_eq!(
        backend("https://DATA.terra.bio:443/a").as_deref(),
        Some("terra")
    );
    for url in [
        "https://data.terra.bio:8443/a",
        "https://data.terra.bio.evil.example/a",
        "https://evil.example/data.terra.bio",
        "https://x.data.terra.bio/a",
    ] {
        assert_eq!(backend(url), None, "{url}");
    }
}
