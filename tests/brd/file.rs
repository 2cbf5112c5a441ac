//! Baselines as YAML files.

use proptest::prelude::*;
use quorate::brd::{from_yaml, to_yaml};

use super::any::{SMALL, any_brd, small};

fn problems(text: &str) -> Vec<String> {
    from_yaml("b.yaml", text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn a_baseline_is_written_in_the_one_form_it_has() {
    assert_eq!(to_yaml(&small()), SMALL);
}

#[test]
fn every_problem_of_a_file_is_reported_at_once() {
    let text = SMALL
        .replace("id: PM1\n", "id: PX1\n")
        .replace("moscow: Could", "moscow: Perhaps")
        .replace("version: V1.0.0", "version: one")
        .replace("  flow: Main Flow\n", "  flows: Main Flow\n");
    insta::assert_snapshot!(problems(&text).join("\n"), @r#"
    b.yaml:2:10: version: "one" is not a version; write it like V1.0.9
    b.yaml:26:7: process_maps[0].id: "PX1" is not the id of a process map; write it like PM1
    b.yaml:34:3: components[0]: unknown field `flows`. Did you mean `flow`?
    b.yaml:54:11: requirements[1].moscow: `Perhaps` is not one of the choices. The choices are `Must`, `Should`, `Could`, `Won't`.
    "#);
}

#[test]
fn an_id_stands_once_and_in_its_own_list() {
    let text = SMALL.replace("id: SSI-FR-2", "id: SSI_FR_1").replace("id: SSI-NFR-1", "id: SSI-FR-5");
    insta::assert_snapshot!(problems(&text).join("\n"), @"
    b.yaml:49:7: requirements[1].id: SSI-FR-1 is already in line 39. Give each item an id of its own.
    b.yaml:58:7: non_functional[0].id: SSI-FR-5 is no non-functional requirement. Move it to `requirements`.
    ");
}

#[test]
fn another_format_is_refused() {
    insta::assert_snapshot!(problems(&SMALL.replace("brd: 1", "brd: 2")).join("\n"), @"b.yaml:1:6: brd: 2 is not a known format of a baseline; write 1");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back_and_written_the_same(brd in any_brd()) {
        let text = to_yaml(&brd);
        let read = from_yaml("b.yaml", &text).map_err(|problems| TestCaseError::fail(format!("{problems}\n{text}")))?;
        prop_assert_eq!(to_yaml(&read), text);
        prop_assert_eq!(read, brd);
    }
}
