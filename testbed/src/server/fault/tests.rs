//! Tests of [`super`].

use super::*;

#[test]
fn a_path_with_its_own_fault_has_that_one() {
    let faults = FaultSwitch::default();
    assert_eq!(faults.at("/a"), None);
    faults.set_at("/a", Fault::Status(404));
    assert_eq!(
        (faults.at("/a"), faults.at("/b")),
        (Some(Fault::Status(404)), None)
    );
    faults.set(Fault::Stall);
    assert_eq!(
        (faults.at("/a"), faults.at("/b")),
        (Some(Fault::Status(404)), Some(Fault::Stall))
    );
    faults.clear();
    assert_eq!((faults.at("/a"), faults.at("/b")), (None, None));
}
