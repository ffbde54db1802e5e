//! Arrows between rooms lead down, and the plan lists all of them.
//!
//! A room is a module of the core's root or of the program's, be it a file or a folder.

use std::collections::{BTreeMap, BTreeSet};

use super::arrows::{Arrows, Ends, Ties};
use super::finding::Finding;
use super::modules::Modules;
use super::plan::{self, Row};

/// Where rooms are.
const FOLDER: &str = "src/";

/// Compares the arrows with the plan, and the plan with itself.
pub(crate) fn findings(
    plan: &[Row<'_>],
    modules: &Modules<'_>,
    arrows: &Arrows<'_>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut used = BTreeSet::new();
    for (ends, ties) in arrows.iter() {
        if let Some(rooms) = rooms_of(ends) {
            used.insert(rooms);
            findings.extend(astray(plan, rooms, ends, ties));
        }
    }
    let rooms: BTreeMap<_, _> = (modules.iter())
        .filter_map(|(_, module)| Some((room_of(module.file)?, module.file)))
        .collect();
    for (room, file) in &rooms {
        findings.extend(unplanned(plan, room, file, &used));
    }
    for (number, row) in plan.iter().enumerate() {
        let below = &plan[number + 1..];
        match rooms.contains_key(row.room) {
            true => findings.extend(allowed_for_nothing(row, below, &used)),
            false => findings.push(of_row(row, "there is no such room. Take its row out.")),
        }
    }
    findings
}

/// Names that a room takes from where it may not.
fn astray(plan: &[Row<'_>], rooms: Ends<'_>, (file, from): Ends<'_>, ties: &Ties) -> Vec<Finding> {
    let (room, other) = rooms;
    // A room without a row is reported once, with the row that it needs.
    let row = plan.iter().find(|row| row.room == room);
    if row.is_none_or(|row| row.allowed.contains(&other)) {
        return Vec::new();
    }
    let told = |name| {
        format!(
            "{room} takes {name} from {other} ({from}), which its row does not allow. If {other} \
             is to stand below {room}, add it to that row in {}. If not, move {name} down, or let \
             the caller hand it in.",
            plan::FILE
        )
    };
    ties.iter()
        .map(|(name, line)| Finding::new(file, *line, told(name)))
        .collect()
}

/// A room that the plan does not have.
fn unplanned(
    plan: &[Row<'_>],
    room: &str,
    file: &str,
    used: &BTreeSet<Ends<'_>>,
) -> Option<Finding> {
    if plan.iter().any(|row| row.room == room) {
        return None;
    }
    let row: Vec<_> = (used.iter())
        .filter(|(from, _)| *from == room)
        .map(|(_, to)| *to)
        .collect();
    let told = format!(
        "the room {room} has no row in the plan. Add it in {}, above all that it imports: \
         {room} → {}",
        plan::FILE,
        row.join(", ")
    );
    Some(Finding::new(file, 1, told))
}

/// What a row allows though nobody needs it, or though it is not below: a room stands above all
/// that it may import, which makes arrows go one way.
fn allowed_for_nothing(
    row: &Row<'_>,
    below: &[Row<'_>],
    used: &BTreeSet<Ends<'_>>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let room = row.room;
    for other in &row.allowed {
        if !used.contains(&(room, other)) {
            let told = format!("it may import {other}, and does not. Take {other} out.");
            findings.push(of_row(row, &told));
        }
        if !below.iter().any(|row| row.room == *other) {
            let told = format!(
                "it may import {other}, which has no row further down. Move {other} down; \
                 where that cannot be, the arrow leads up, and has to go."
            );
            findings.push(of_row(row, &told));
        }
    }
    findings
}

fn of_row(row: &Row<'_>, told: &str) -> Finding {
    Finding::new(plan::FILE, row.line, format!("{}: {told}", row.room))
}

/// The two rooms of an arrow that leads from one to another.
fn rooms_of<'a>((from, to): Ends<'a>) -> Option<Ends<'a>> {
    let rooms = (room_of(from)?, room_of(to)?);
    (rooms.0 != rooms.1).then_some(rooms)
}

/// `src/a.rs` and `src/a/b.rs` are in room `a`.
fn room_of(file: &str) -> Option<&str> {
    file.strip_prefix(FOLDER)?.split(['/', '.']).next()
}
