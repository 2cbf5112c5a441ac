//! `quorate workflow`: definitions checked, timed, drawn, compared; cases moved.

use std::fs;

use super::{Folder, quorate, root, words};

#[test]
fn the_definitions_that_ship_are_sound() {
    let said = quorate("workflow check").done();
    assert_eq!(said.matches(": sound. ").count(), 7, "{said}");
    let files = ["governance-process-change", "improvement-consultation", "ssi-change-governance"];
    let line = files.map(|name| format!("workflows/{name}.yaml")).join(" ");
    let json = quorate(&format!("workflow check --format json {line}")).json();
    assert_eq!(json["sound"].as_array().unwrap().len(), 3);
    assert_eq!(json["problems"].as_array().unwrap().len(), 0);
}

#[test]
fn every_problem_of_a_file_is_shown_with_its_place_and_a_caret() {
    let folder = Folder::new();
    let text = fs::read_to_string(root().join("fixtures/workflows/tiny.yaml")).unwrap();
    let text = text.replace("owner: member\n    target", "owner: membr\n    target").replace("to: lapsed", "to: gone");
    let file = folder.file("draft.yaml", &text);
    let answer = words(&["workflow", "check", &file]);
    for wrong in ["owner: membr", "to: gone"] {
        let (number, line) =
            text.lines().zip(1..).find_map(|(line, n)| line.contains(wrong).then_some((n, line))).unwrap();
        let column = line.find(": ").unwrap() + 3;
        let (place, caret) = (format!("{file}:{number}:{column}: "), " ".repeat(column - 1));
        assert!(answer.out.contains(&place), "{place}: {}", answer.out);
        let shown = format!("\n  {number} | {line}\n     | {caret}^");
        assert!(answer.out.contains(&shown), "{shown}: {}", answer.out);
    }
    let problems = answer.out.matches(&file).count();
    assert_eq!(answer.failed(1), format!("quorate: {problems} problems\n"));
    let json = words(&["workflow", "check", "--format", "json", &file]);
    assert_eq!(json.code, Some(1));
    assert!(json.out.contains("\"problems\""), "{json:?}");
}

#[test]
fn a_file_that_cannot_be_read_is_not_a_faulty_definition() {
    let error = quorate("workflow check absent.yaml").failed(3);
    assert!(error.contains("absent.yaml: No such file") && error.contains("Check the path"), "{error}");
    let folder = Folder::new();
    let latin = folder.file("latin.yaml", b"title: caf\xe9\n");
    assert!(words(&["workflow", "check", &latin]).failed(1).contains("save it as UTF-8"));
}

#[test]
fn the_timeline_gives_the_whole_length_and_says_where_each_figure_is_from() {
    let said = quorate("workflow timeline").done();
    for part in ["145  6.9 months", "the source (R24)", "a setting (R48)", "not counted: it waits for the next"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("2025"), "{said}");
    let dated = quorate("workflow timeline --from 2025-11-03").done();
    assert!(dated.contains("Monday 10 November 2025     Waiting for DCC to confirm receipt"), "{dated}");
    assert!(dated.contains("Wednesday 3 June 2026       Live"), "{dated}");
    assert!(quorate("workflow timeline --from 2030-11-01").failed(1).contains("2012 to 2030"));
    assert!(quorate("workflow timeline --division wales").failed(2).contains("gb-union"));
    let json = quorate("workflow timeline --from 2025-11-03 --format json").json();
    assert!(json["timeline"].is_object() && json["dates"].is_array());
}

#[test]
fn a_diagram_goes_to_a_file_or_to_standard_output() {
    let folder = Folder::new();
    for (kind, start) in [("svg", "<svg"), ("mermaid", "flowchart"), ("bpmn", "<?xml")] {
        let path = folder.path(kind);
        let path = path.to_str().unwrap();
        let said = words(&["workflow", "diagram", "--as", kind, "--out", path]).done();
        assert_eq!(said, format!("{path}\n"));
        let file = fs::read_to_string(path).unwrap();
        assert!(file.starts_with(start), "{kind}: {file:.60}");
        assert!(quorate(&format!("workflow diagram --as {kind}")).done().starts_with(&file), "{kind}");
    }
    assert!(quorate("workflow diagram --out absent/folder/x.svg").failed(3).contains("Check the path"));
    assert!(quorate("workflow diagram --as png").failed(2).contains("svg, mermaid, bpmn"));
}

#[test]
fn two_definitions_are_compared_in_words() {
    let folder = Folder::new();
    let path = "workflows/ssi-change-governance.yaml";
    let text = fs::read_to_string(root().join(path)).unwrap();
    let draft = folder
        .file("draft.yaml", text.replace("target: 20wd\n    runs_in: [urgency", "target: 15wd\n    runs_in: [urgency"));
    let said = words(&["workflow", "diff", path, &draft]).done();
    assert!(said.contains("15 Working Days") && said.contains("20"), "{said}");
    assert_eq!(words(&["workflow", "diff", path, path]).done(), "they do not differ\n");
    assert!(words(&["workflow", "diff", path, "absent.yaml"]).failed(3).contains("absent.yaml"));
}

#[test]
fn moving_cases_needs_a_version_that_was_approved() {
    let folder = Folder::new();
    let world = folder.world();
    let mapping = folder.file("mapping.yaml", "from: \"1.0\"\nto: \"9.9\"\n");
    let migrate =
        |mapping: &str| words(&["workflow", "migrate", "--dry-run", "--mapping", mapping, "--database", &world]);
    assert!(migrate(&mapping).failed(1).contains("9.9"));
    let same = folder.file("same.yaml", "from: \"1.0\"\nto: \"1.0\"\n");
    assert!(migrate(&same).failed(1).contains("the cases follow this version already"));
    let faulty = folder.file("faulty.yaml", "from: \"1.0\"\nto: \"1.1\"\nstate: {}\n");
    assert!(migrate(&faulty).failed(1).contains("faulty.yaml:3:1"));
    assert!(migrate("absent.yaml").failed(3).contains("absent.yaml"));
    assert!(quorate("workflow migrate").failed(2).contains("--mapping"));
}

#[test]
fn a_new_version_is_stored_and_only_a_dry_run_may_move_cases_to_it_before_it_is_approved() {
    let folder = Folder::new();
    let world = folder.world();
    let text = fs::read_to_string(root().join("workflows/ssi-change-governance.yaml")).unwrap();
    let draft = folder.file("draft.yaml", text.replacen("version: \"1.0\"", "version: \"1.1\"", 1));
    let import = |file: &str| words(&["workflow", "import", file, "--database", &world]);
    assert!(import(&draft).done().starts_with("ssi-change-governance version 1.1: stored. It is not in force"));
    assert!(import(&draft).failed(1).contains("has a version 1.1 already"));
    let faulty = folder.file("faulty.yaml", text.replacen("start: submitted", "start: sent", 1));
    assert!(import(&faulty).failed(1).contains("faulty.yaml:"));

    let mapping = folder.file("mapping.yaml", "from: \"1.0\"\nto: \"1.1\"\n");
    let migrate = ["workflow", "migrate", "--mapping", &mapping, "--database", &world, "--dry-run"];
    let said = words(&migrate).done();
    assert!(said.contains(" stays in `submitted`; keeps its clock `acknowledgement`\n"), "{said}");
    assert!(said.ends_with(" cases would move from version 1.0 to 1.1.\n"), "{said}");
    assert!(words(&migrate[..6]).failed(1).contains("version 1.1 of ssi-change-governance has not been approved"));
}
