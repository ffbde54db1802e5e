//! Tests of [`super`].

use azat_edge::time::UnixTime;

use super::JtiWindow;

const NOW: UnixTime = UnixTime::from_seconds(1_800_000_000);

#[test]
fn tokens_are_good_until_they_are_revoked() {
    let mut window = JtiWindow::EMPTY;
    assert!(!window.admits(Some(0), NOW));
    assert!(window.admits(None, NOW));
    assert_eq!((window.count(), window.count()), (0, 1));
    assert!(window.admits(Some(0), NOW) && window.admits(Some(1), NOW));
    assert!(!window.admits(Some(2), NOW));

    window.revoke(NOW);
    assert_eq!(window.bounds(), (2, 2));
    assert!(!window.admits(Some(1), NOW));
    assert!(!window.admits(None, NOW.plus(1)));
    assert_eq!(window.count(), 2);
    assert!(window.admits(Some(2), NOW));
    assert!(!window.admits(Some(1), NOW.plus(1)));
}

#[test]
fn a_revocation_ends_what_was_never_counted() {
    let mut window = JtiWindow::EMPTY;
    window.revoke(NOW);
    let earlier = UnixTime::from_seconds(NOW.seconds() - 1);
    assert!(!window.admits(None, earlier));
    assert_eq!(window.not_before(), NOW);
}

#[test]
fn every_count_and_every_revocation_is_a_change() {
    let mut window = JtiWindow::EMPTY;
    let mut seen = vec![window.changes()];
    for _ in 0..3 {
        window.count();
        seen.push(window.changes());
        window.revoke(NOW);
        seen.push(window.changes());
        window.revoke(NOW.plus(1));
        seen.push(window.changes());
    }
    assert!(seen.is_sorted_by(|earlier, later| earlier < later));
}
