//! Tests of [`super`].

use super::*;

fn places(repository_host: Option<&str>) -> Places {
    Places {
        edge: "http://127.0.0.1:1".to_owned(),
        mirror: "http://127.0.0.1:2".to_owned(),
        repository_host: repository_host.map(str::to_owned),
    }
}

#[test]
fn nothing_of_the_operators_own_is_left() {
    let mut theirs = shipped_policy().unwrap();
    theirs.base_url = "https://service.example".parse().unwrap();
    theirs.default_catalog = Catalog::parse("theirs").unwrap();
    theirs.mirror.redirect_base = Some("https://mirror.example/".parse().unwrap());
    theirs.repository.hosts.push(RepositoryHost {
        host: "data.example".to_owned(),
        backend: "theirs".to_owned(),
    });
    theirs.profiles.get_mut("azat").unwrap().issuer = Some("https://issuer.example".to_owned());
    for host in [None, Some("127.0.0.1:3")] {
        assert_eq!(
            policy_item(theirs.clone(), &places(host)).unwrap(),
            policy_item(shipped_policy().unwrap(), &places(host)).unwrap()
        );
    }
}

#[test]
fn a_stack_with_sessions_reaches_its_repository() {
    let hosts = |host| {
        let item = policy_item(shipped_policy().unwrap(), &places(host)).unwrap();
        Policy::from_compact(&item).unwrap().repository.hosts
    };
    assert!(hosts(None).is_empty());
    assert_eq!(hosts(Some("127.0.0.1:3"))[0].host, "127.0.0.1:3");
}

#[test]
fn a_policy_that_a_change_broke_is_refused() {
    let mut broken = shipped_policy().unwrap();
    broken.profiles.clear();
    assert!(policy_item(broken, &places(None)).is_err());
}
