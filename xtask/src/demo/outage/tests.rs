//! Tests of [`super`].

use super::*;

const AS_IT_SHOULD_BE: Outage = Outage {
    cached: 200,
    not_cached: 503,
    retry_after: Some(10),
    went_on: 200,
    whole: true,
};

#[test]
fn each_answer_that_is_not_right_is_told() {
    let differences = |outage: Outage| outage.differences().len();
    assert_eq!(differences(AS_IT_SHOULD_BE), 0);
    let wrong = [
        Outage {
            cached: 503,
            ..AS_IT_SHOULD_BE
        },
        Outage {
            not_cached: 200,
            ..AS_IT_SHOULD_BE
        },
        Outage {
            retry_after: None,
            ..AS_IT_SHOULD_BE
        },
        Outage {
            went_on: 503,
            ..AS_IT_SHOULD_BE
        },
        Outage {
            whole: false,
            ..AS_IT_SHOULD_BE
        },
    ];
    assert_eq!(wrong.map(differences), [1; 5]);
}

#[test]
fn answers_are_read_from_a_dump_of_headers() {
    let dump = "HTTP/1.1 503 Service Unavailable\r\nretry-after: 10\r\n\r\nHTTP/1.1 200 OK\r\n";
    let read_as = |dump: &str| {
        let answers = read(dump).into_iter();
        answers
            .map(|answer| (answer.status, answer.retry_after))
            .collect::<Vec<_>>()
    };
    assert_eq!(read_as(""), []);
    assert_eq!(read_as(dump), [(503, Some(10))]);
    assert_eq!(
        read_as(&format!("{dump}\r\n")),
        [(503, Some(10)), (200, None)]
    );
}
