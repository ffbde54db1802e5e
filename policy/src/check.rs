//! What makes a policy hold together, beyond the shape of its members.

use std::collections::BTreeMap;

use url::{Position, Url};

use crate::loopback::is_loopback;
use crate::table::AtFault;
use crate::tables::NamedTable;
use crate::written::WrittenRoute;
use crate::{
    Accepts, Delivery, Fault, Method, Passage, Policy, Route, Segment, Served, UNKNOWN_SYSTEM,
};

/// Paths that belong to the edge and the origin alone.
const INTERNAL_PREFIX: &str = "edge";

impl Policy<WrittenRoute> {
    /// Checks the members against each other, and yields a policy that holds together.
    pub(crate) fn check(mut self) -> Result<Policy, Fault> {
        self.check_base_url()?;
        self.check_mirror()?;
        self.check_repository()?;
        (self.patience.check())
            .map_err(|(member, expected)| Fault::at(format!("patience.{member}"), expected))?;
        for table in self.tables() {
            self.check_table(&table)?;
        }
        self.check_shared_keys()?;
        if self.routes.is_empty() {
            return Err(Fault::at("routes", "expected at least one route"));
        }
        let written = std::mem::take(&mut self.routes);
        let routes: Result<Vec<Route>, Fault> = (written.into_iter().enumerate())
            .map(|(index, route)| self.checked_route(index, route))
            .collect();
        Ok(self.with_routes(routes?))
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

    /// Checks a table, and its name: no other table may have it, nor may logs call other
    /// credentials by it.
    fn check_table(&self, named: &NamedTable<'_>) -> Result<(), Fault> {
        let NamedTable {
            system,
            name,
            table,
        } = named;
        let place = || format!("{system}.{name}");
        let others = Passage::ALL.map(Passage::as_str);
        let same = self.tables().filter(|other| other.name == *name).count();
        if *name == UNKNOWN_SYSTEM || others.contains(name) || same > 1 {
            let expected = "expected another name: logs call other credentials so";
            return Err(Fault::at(place(), expected));
        }
        (table.check())
            .map_err(|(member, expected)| Fault::at(format!("{}.{member}", place()), expected))
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
            if !is_backend_name(&known.backend) {
                let expected =
                    "expected the name of a backend: at most 255 characters of ASCII, or spaces";
                return Err(Fault::at(at("backend"), expected));
            }
            // Each backend reaches one host: the token would go elsewhere otherwise.
            let is_taken = ["origin", "mirror"].contains(&known.backend.as_str())
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

    /// A route that holds together, from the members that were written.
    fn checked_route(&self, index: usize, route: WrittenRoute) -> Result<Route, Fault> {
        let fault =
            |member: &str, expected: &str| Fault::at(format!("routes.{index}.{member}"), expected);
        match route.path.segments().first() {
            Some(Segment::Literal(first)) if first != INTERNAL_PREFIX => {}
            _ => {
                let expected = "expected a path that begins with a word other than \"edge\": /edge/ is internal";
                return Err(fault("path", expected));
            }
        }
        if route.methods.is_empty() {
            return Err(fault("methods", "expected at least one method"));
        }
        if route.accepts.is_empty() && route.passes.is_empty() {
            return Err(fault(
                "accepts",
                "expected a profile here or a kind of request in passes: as it is, nobody may use this route",
            ));
        }
        let delivery = route.answer.delivery();
        let checked = match delivery {
            Some(delivery) => self.check_files(&route, delivery),
            None => check_backend(&route),
        };
        checked.map_err(|(member, expected)| fault(member, &expected))?;
        Ok(Route {
            path: route.path,
            methods: route.methods,
            served: match delivery {
                Some(delivery) => Served::Files {
                    accepts: Accepts {
                        names: route.accepts,
                        combine: route.combine.unwrap_or_default(),
                        services: route.services,
                    },
                    delivery,
                },
                None => Served::Backend {
                    passes: route.passes,
                },
            },
        })
    }

    fn check_files(&self, route: &WrittenRoute, delivery: Delivery) -> Result<(), AtFault> {
        if !route.passes.is_empty() {
            return at("passes", "expected none: the edge itself decides on files");
        }
        self.check_accepted(&route.accepts)?;
        let is_proved = |service: &String| {
            let mut accepted = route.accepts.iter().filter_map(|name| self.table(name));
            accepted.any(|table| table.service() == Some(service))
        };
        if let Some(unproved) = route.services.iter().find(|service| !is_proved(service)) {
            return at(
                "services",
                &format!("expected services that something in accepts proves, not {unproved:?}"),
            );
        }
        let reads = |method: &Method| matches!(method, Method::Get | Method::Head);
        if !route.methods.iter().all(reads) {
            return at(
                "methods",
                "expected GET and HEAD at most: files are only read",
            );
        }
        if !route.path.has_parameter("uuid") {
            return at("path", "expected the parameter {uuid}");
        }
        if delivery != Delivery::Stream && self.mirror.redirect_base.is_none() {
            return at("answer", "expected mirror.redirect_base to be set");
        }
        Ok(())
    }

    /// Checks that each name has a table, and that a credential shows which of them it belongs to.
    fn check_accepted(&self, names: &[String]) -> Result<(), AtFault> {
        let is_profile = |name: &String| self.profiles.contains_key(name);
        // They are one system, which has one place in the route's order.
        let runs = names.chunk_by(|name, next| is_profile(name) == is_profile(next));
        if runs
            .filter(|run| run.first().is_some_and(is_profile))
            .count()
            > 1
        {
            return at("accepts", "expected the profiles next to each other");
        }
        for (index, name) in names.iter().enumerate() {
            if self.table(name).is_none() {
                return at(
                    "accepts",
                    &format!("expected the name of a profile, not {name:?}"),
                );
            }
            let profile = self.profiles.get(name);
            let is_told_from = |other: &String| match (profile, self.profiles.get(other)) {
                (Some(profile), Some(other)) => profile.is_told_from(other),
                _ => other != name,
            };
            if !names.iter().take(index).all(is_told_from) {
                let expected = "expected profiles of different algorithms or issuers: which is meant could not be told from a token";
                return at("accepts", expected);
            }
        }
        Ok(())
    }
}

/// Whether a backend can be called so. The platform's own default is `Host 1`.
fn is_backend_name(text: &str) -> bool {
    let is_legal = |byte: u8| matches!(byte, b' '..=b'~');
    (1..=255).contains(&text.len()) && text.bytes().all(is_legal)
}

fn at<T>(member: &'static str, expected: &str) -> Result<T, AtFault> {
    Err((member, expected.to_owned()))
}

fn check_backend(route: &WrittenRoute) -> Result<(), AtFault> {
    if !route.accepts.is_empty() {
        return at(
            "accepts",
            "expected no profile: what goes to the origin is verified there",
        );
    }
    let nothing = "expected none: nothing is verified here";
    if route.combine.is_some() {
        return at("combine", nothing);
    }
    if !route.services.is_empty() {
        return at("services", nothing);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
