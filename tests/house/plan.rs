//! What the checks compare the code with: the rooms in `plan.txt`, and what is excepted.

/// Where the rooms are, for messages.
pub(crate) const FILE: &str = "tests/house/plan.txt";

/// A crate: the name that it has in paths, and its root.
pub(crate) type Crate = (&'static str, &'static str);

/// Crates whose files import each other in no circle.
pub(crate) const CRATES: [Crate; 7] = [
    ("main", "src/main.rs"),
    ("azat_edge", "src/lib.rs"),
    ("azat_policy", "policy/src/lib.rs"),
    ("azat", "origin/src/main.rs"),
    ("azat_origin", "origin/src/lib.rs"),
    ("azat_testbed", "testbed/src/lib.rs"),
    ("xtask", "xtask/src/main.rs"),
];

/// Files that need not open with `//!`, each with its reason.
pub(crate) const UNDOCUMENTED: [(&str, &str); 0] = [];

/// A room, and what it may import.
pub(crate) struct Row<'a> {
    pub(crate) room: &'a str,
    pub(crate) allowed: Vec<&'a str>,
    /// Where it is in the plan.
    pub(crate) line: usize,
}

/// The rooms of the core and of the program.
pub(crate) fn rooms() -> Vec<Row<'static>> {
    rows(include_str!("plan.txt"))
}

/// The rows of a plan, `room → other, another`. What is indented continues the row above.
pub(crate) fn rows(plan: &str) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (line, text) in (1..).zip(plan.lines()) {
        if text.trim().is_empty() || text.starts_with('#') {
            continue;
        }
        let others = match text.starts_with(' ') {
            true => text,
            false => {
                let (room, others) = text.split_once('→').unwrap_or((text, ""));
                let (room, allowed) = (room.trim(), Vec::new());
                let is_new = rows.iter().all(|row| row.room != room);
                assert!(is_new, "{FILE}:{line}: {room} has a row already");
                rows.push(Row {
                    room,
                    allowed,
                    line,
                });
                others
            }
        };
        let row = rows.last_mut().expect("a plan begins with a room");
        let others = others.split(',').map(str::trim);
        row.allowed.extend(others.filter(|other| !other.is_empty()));
    }
    rows
}
