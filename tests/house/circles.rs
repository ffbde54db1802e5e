//! No file imports itself by way of others: of two files in a circle neither can be read first.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::arrows::Arrows;
use super::finding::Finding;

/// Circles that share no file, the shortest first.
pub(crate) fn findings(arrows: &Arrows<'_>) -> Vec<Finding> {
    let files: BTreeSet<_> = arrows.iter().map(|((from, _), _)| from).collect();
    let mut circles: Vec<_> = (files.into_iter())
        .filter_map(|file| shortest_through(file, arrows))
        .collect();
    circles.sort_by_key(Vec::len);
    let mut told = BTreeSet::new();
    circles.retain(|circle| {
        let is_news = circle.iter().all(|file| !told.contains(file));
        told.extend(circle.iter().copied().filter(|_| is_news));
        is_news
    });
    circles
        .iter()
        .map(|circle| finding(circle, arrows))
        .collect()
}

/// The shortest way from a file back to it.
fn shortest_through<'a>(start: &'a str, arrows: &Arrows<'a>) -> Option<Vec<&'a str>> {
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut next = VecDeque::from([start]);
    while let Some(file) = next.pop_front() {
        for imported in arrows.from(file) {
            if imported == start {
                let mut circle = vec![file];
                while let Some(before) = circle.last().and_then(|file| came_from.get(file)) {
                    circle.push(before);
                }
                circle.reverse();
                return Some(circle);
            }
            if !came_from.contains_key(imported) {
                came_from.insert(imported, file);
                next.push_back(imported);
            }
        }
    }
    None
}

fn finding(circle: &[&str], arrows: &Arrows<'_>) -> Finding {
    let after = circle.iter().cycle().skip(1);
    let steps = circle.iter().zip(after).map(|(from, to)| {
        let ties = arrows.ties((from, to));
        let line = ties.values().min().copied().unwrap_or(1);
        let names: Vec<_> = ties.keys().map(String::as_str).collect();
        (
            line,
            format!("    {from}:{line} takes from {to}: {}", names.join(", ")),
        )
    });
    let (lines, steps): (Vec<_>, Vec<_>) = steps.unzip();
    let told = format!(
        "{} files import each other in a circle. Turn one of its arrows round, or move what both \
         sides need into a file below them:\n{}",
        circle.len(),
        steps.join("\n")
    );
    Finding::new(circle[0], lines[0], told)
}
