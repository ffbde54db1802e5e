//! Who has no request under way does not hold a stop up.

use std::time::Duration;

use crate::service::Service;

/// Less than the service waits for those who have.
const SOON: Duration = Duration::from_secs(10);

#[test]
fn half_open_connections_do_not_hold_a_stop_up() {
    let mut service = Service::start(&[]);
    let body = "POST /user/authorize HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\
                Content-Length: 10\r\n\r\n{";
    let half = ["", "GET / HT", body].map(|text| service.sent(text));
    let idle = service.idle();
    assert!(service.stop() < SOON);
    drop((half, idle));
}
