//! Tests of [`super`].

use super::*;

fn arguments(stage: &Stage) -> Vec<&str> {
    let arguments = stage.command.get_args();
    arguments
        .map(|argument| argument.to_str().unwrap())
        .collect()
}

#[test]
fn quick_stages_need_neither_viceroy_nor_the_edges_target() {
    for stage in quick_ones().unwrap() {
        let arguments = arguments(&stage);
        for needed in [EDGE_TARGET, BLACK_BOX] {
            assert!(!arguments.contains(&needed), "{}: {needed}", stage.name);
        }
    }
}

#[test]
fn each_test_target_is_in_exactly_one_stage() {
    let artefacts = Artefacts {
        edge_wasm: "edge.wasm".into(),
        azat: "azat".into(),
        viceroy: "viceroy".into(),
    };
    let stages = all(&artefacts).unwrap();
    let targets = building::test_targets().unwrap();
    assert!(targets.iter().any(|target| target == BLACK_BOX));
    for target in targets {
        let runs_it = |stage: &&Stage| {
            arguments(stage)
                .windows(2)
                .any(|pair| pair == ["--test", &target])
        };
        assert_eq!(stages.iter().filter(runs_it).count(), 1, "{target}");
    }
}
