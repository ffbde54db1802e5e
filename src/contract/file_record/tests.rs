//! Tests of [`super`].

use super::{Document as _, FileRecord};
use crate::testing::record;

#[test]
fn what_stands_in_for_a_record_is_one_and_is_as_long() {
    let stand_in = FileRecord::stand_in().unwrap();
    let length = serde_json::to_string(&stand_in).unwrap().len();
    let mut usual = record();
    usual["source"] = "10b5aa79-0595-47c6-9871-31a9151a8d56".into();
    usual["name"] = "liver_sample_0001_R1_001.fastq.gz".into();
    usual["mirror_key"] = format!("file/{}.sha256", "a".repeat(64)).into();
    let usual = usual.to_string().len();
    let differ = length.abs_diff(usual);
    assert!(differ < usual / 10, "{length} and {usual} bytes");
    assert!(!stand_in.public);
}
