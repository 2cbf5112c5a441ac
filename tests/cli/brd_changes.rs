//! `quorate brd apply`, `diff` and `blame`.

use super::{Folder, quorate, root, words};

fn fixture(name: &str) -> String {
    root().join("fixtures/brd").join(name).display().to_string()
}

#[test]
fn the_later_changes_are_applied_and_the_difference_is_said_item_by_item() {
    let folder = Folder::new();
    let next = folder.path("next.yaml").display().to_string();
    let base = fixture("baseline.yaml");
    let changes =
        ["service-domains", "multi-factor", "portal-requirements"].map(|name| fixture(&format!("changes/{name}.yaml")));
    let [domains, factor, portal] = &changes;
    let said = words(&["brd", "apply", &base, domains, factor, portal, "-o", &next]).done();
    assert!(said.starts_with("5 added, 27 amended, 56 moved, 4 retired\n"), "{said}");
    let differing = words(&["brd", "diff", &base, &next]).done();
    assert!(differing.contains("BFD05 retired\n") && differing.contains("SSI-FR-82 added\n"), "{differing}");
    assert!(differing.contains("    - BFD05\n    + BFD01\n"), "{differing}");
    let same = words(&["brd", "diff", &base, &base]).done();
    assert_eq!(same, "nothing differs\n");
    let json = words(&["brd", "diff", &base, &next, "--format", "json"]).json();
    assert_eq!(json.as_array().unwrap().len(), 92);
}

#[test]
fn change_sets_that_contradict_each_other_are_shown_with_every_text_and_nothing_is_written() {
    let folder = Folder::new();
    let set = |sip: &str, text: &str| {
        let yaml = format!(
            "sip: {sip}\nbase: V1.0.9\nchanges:\n- amend: {{ item: SSI-FR-71, fields: {{ text: {{ becomes: {text} }} }} }}\n"
        );
        folder.file(&format!("{sip}.yaml"), yaml)
    };
    let (one, two) = (set("SIP-0001", "It shall speak."), set("SIP-0002", "It shall sing."));
    let next = folder.path("next.yaml");
    let target = next.display().to_string();
    let said = words(&["brd", "apply", &fixture("baseline.yaml"), &one, &two, "-o", &target]).failed(1);
    assert!(said.contains("It shall speak.") && said.contains("It shall sing."), "{said}");
    assert!(!next.exists());
    let said = words(&["brd", "apply", &fixture("baseline.yaml"), &one, "-o", &one]).failed(2);
    assert!(said.contains("name another file"), "{said}");
}

#[test]
fn an_item_is_traced_in_the_world_of_the_demonstration() {
    let folder = Folder::new();
    let world = folder.world();
    let said = words(&["brd", "blame", "ssi_fr_13", "--database", &world]).done();
    assert!(said.starts_with("SSI-FR-13: since V1.0.9, last changed in V1.0.10\n"), "{said}");
    assert!(said.contains("SIP-0001") && said.contains("Deployment sign-off: approve by"), "{said}");
    let missing = words(&["brd", "blame", "SSI-FR-999", "--database", &world]).failed(1);
    assert!(missing.contains("there is no item of the baseline `SSI-FR-999`"), "{missing}");
    assert!(quorate("brd blame").failed(2).contains("<ITEM>"));
}
