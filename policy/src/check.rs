//! What makes a policy hold together, beyond the shape of its members.

use std::collections::BTreeMap;

use url::{Host, Position, Url};

use crate::{
    Action, Delivery, Fault, Method, Passage, Policy, Profile, Route, Segment, WithoutKid,
};

/// The largest leeway for clocks that differ, in seconds.
const MAXIMUM_LEEWAY_SECONDS: u32 = 60;

/// Paths that belong to the edge and the origin alone.
const INTERNAL_PREFIX: &str = "edge";

/// What logs call requests whose token is not of a profile.
const OTHER_SYSTEMS: [&str; 4] = ["unknown", "anonymous", "google", "jwt"];

/// The Secret Store's entry that signs calls to the origin: it must not sign tokens too.
const EDGE_ORIGIN_SECRET: &str = "edge_origin_secret";

impl Policy {
    /// Checks the members against each other.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        self.check_base_url()?;
        self.check_mirror()?;
        self.check_repository()?;
        for (name, profile) in &self.profiles {
            check_profile(name, profile)?;
        }
        self.check_shared_keys()?;
        if self.routes.is_empty() {
            return Err(Fault::at("routes", "expected at least one route"));
        }
        for (index, route) in self.routes.iter().enumerate() {
            self.check_route(index, route)?;
        }
        Ok(())
    }

    /// One key serves one algorithm (RFC 8725, 3.1).
    fn check_shared_keys(&self) -> Result<(), Fault> {
        let mut algorithms = BTreeMap::new();
        for (name, profile) in &self.profiles {
            let Some(secret) = &profile.secret else {
                continue;
            };
            let first = *algorithms.entry(secret).or_insert(profile.algorithm);
            if first != profile.algorithm {
                let expected = "expected another entry: an earlier profile uses this one with another algorithm";
                return Err(Fault::at(format!("profiles.{name}.secret"), expected));
            }
        }
        Ok(())
    }

    fn check_base_url(&self) -> Result<(), Fault> {
        self.check_transport("base_url", &self.base_url)?;
        if self.base_url.path() != "/" {
            return Err(Fault::at(
                "base_url",
                "expected a scheme and a host, no path",
            ));
        }
        Ok(())
    }

    fn check_mirror(&self) -> Result<(), Fault> {
        let Some(base) = &self.mirror.redirect_base else {
            return Ok(());
        };
        let path = "mirror.redirect_base";
        self.check_transport(path, base)?;
        if !base.path().ends_with('/') {
            return Err(Fault::at(path, "expected a URL that ends with /"));
        }
        if !self.may_redirect_to(base) {
            return Err(Fault::at(path, "expected another host than base_url's"));
        }
        Ok(())
    }

    fn check_repository(&self) -> Result<(), Fault> {
        for (index, known) in self.repository.hosts.iter().enumerate() {
            let at = |member: &str| format!("repository.hosts.{index}.{member}");
            // What a URL parser makes of it is what a file's URL is compared with.
            let url = Url::parse(&format!("https://{}/", known.host));
            let spelled = |url: &Url| url[Position::BeforeHost..Position::BeforePath] == known.host;
            if !url.is_ok_and(|url| spelled(&url)) {
                return Err(Fault::at(
                    at("host"),
                    "expected a host in lower case, with a port if need be",
                ));
            }
            // Each backend reaches one host: the token would go elsewhere otherwise.
            let is_taken = ["", "origin", "mirror"].contains(&known.backend.as_str())
                || (self.repository.hosts.iter().take(index))
                    .any(|other| other.backend == known.backend);
            if is_taken {
                return Err(Fault::at(
                    at("backend"),
                    "expected the name of a backend of its own",
                ));
            }
        }
        Ok(())
    }

    fn check_transport(&self, path: &str, url: &Url) -> Result<(), Fault> {
        let loopback = self.allow_loopback && url.scheme() == "http" && is_loopback(url);
        if url.scheme() != "https" && !loopback {
            return Err(Fault::at(path, "expected an https URL"));
        }
        let bare = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if !bare {
            return Err(Fault::at(path, "expected no user, query or fragment"));
        }
        Ok(())
    }

    fn check_route(&self, index: usize, route: &Route) -> Result<(), Fault> {
        let at = |member: &str| format!("routes.{index}.{member}");
        match route.path.segments().first() {
            Some(Segment::Literal(first)) if first != INTERNAL_PREFIX => {}
            _ => {
                let expected = "expected a path that begins with a word other than \"edge\": /edge/ is internal";
                return Err(Fault::at(at("path"), expected));
            }
        }
        if route.methods.is_empty() {
            return Err(Fault::at(at("methods"), "expected at least one method"));
        }
        if route.accepts.is_empty() && route.passes.is_empty() {
            return Err(Fault::at(
                at("accepts"),
                "expected a profile here or a kind of request in passes: as it is, nobody may use this route",
            ));
        }
        if let Some(unknown) =
            (route.accepts.iter()).find(|name| !self.profiles.contains_key(*name))
        {
            let expected = format!("expected the name of a profile, not {unknown:?}");
            return Err(Fault::at(at("accepts"), expected));
        }
        if route.accepts.len() > 1 {
            return Err(Fault::at(
                at("accepts"),
                "expected one profile: which is meant cannot be told from a token",
            ));
        }
        if route.passes.contains(&Passage::Jwt) && !route.accepts.is_empty() {
            let expected = "expected no \"jwt\": this route verifies tokens itself";
            return Err(Fault::at(at("passes"), expected));
        }
        let reads = |method: &Method| matches!(method, Method::Get | Method::Head);
        match route.answer {
            Action::File(_) | Action::Fetch if !route.methods.iter().all(reads) => Err(Fault::at(
                at("methods"),
                "expected GET and HEAD at most: files are only read",
            )),
            Action::Origin if !route.accepts.is_empty() => Err(Fault::at(
                at("accepts"),
                "expected no profile: what goes to the origin is verified there",
            )),
            Action::File(_) | Action::Fetch if !route.path.has_parameter("uuid") => {
                Err(Fault::at(at("path"), "expected the parameter {uuid}"))
            }
            Action::File(Delivery::Redirect) | Action::Fetch
                if self.mirror.redirect_base.is_none() =>
            {
                Err(Fault::at(
                    at("answer"),
                    "expected mirror.redirect_base to be set",
                ))
            }
            _ => Ok(()),
        }
    }
}

fn check_profile(name: &str, profile: &Profile) -> Result<(), Fault> {
    let at = |member: &str| format!("profiles.{name}.{member}");
    if OTHER_SYSTEMS.contains(&name) {
        let expected = "expected another name: logs call other credentials so";
        return Err(Fault::at(format!("profiles.{name}"), expected));
    }
    let texts = [
        ("issuer", &profile.issuer, "expected the value of iss"),
        (
            "subject_prefix",
            &profile.subject_prefix,
            "expected the beginning of sub",
        ),
        ("audience", &profile.audience, "expected the value of aud"),
        ("typ", &profile.typ, "expected the value of typ"),
    ];
    for (member, text, expected) in texts {
        if text.as_ref().is_some_and(String::is_empty) {
            return Err(Fault::at(
                at(member),
                format!("{expected}, or no such member"),
            ));
        }
    }
    check_secret(profile).map_err(|(member, expected)| Fault::at(at(member), expected))?;
    if profile.maximum_lifetime_seconds == Some(0) {
        return Err(Fault::at(
            at("maximum_lifetime_seconds"),
            "expected at least 1",
        ));
    }
    if profile.leeway_seconds > MAXIMUM_LEEWAY_SECONDS {
        let expected = format!("expected at most {MAXIMUM_LEEWAY_SECONDS}");
        return Err(Fault::at(at("leeway_seconds"), expected));
    }
    Ok(())
}

/// Yields the member that is at fault, and what was expected of it.
fn check_secret(profile: &Profile) -> Result<(), (&'static str, &'static str)> {
    match (&profile.secret, profile.algorithm.is_symmetric()) {
        (None, true) => Err(("secret", "expected the Secret Store's entry with the key")),
        (Some(_), false) => Err((
            "secret",
            "expected none: the keys of this algorithm are public",
        )),
        (Some(name), true) if name.is_empty() || name == EDGE_ORIGIN_SECRET => {
            Err(("secret", "expected an entry of the Secret Store of its own"))
        }
        (Some(_), true) if profile.without_kid != WithoutKid::OnlyKey => {
            Err(("without_kid", "expected none: there is one key"))
        }
        _ => Ok(()),
    }
}

/// Whether a URL stays on this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests;
