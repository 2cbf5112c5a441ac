//! `quorate brd`: baselines read, checked and written.

use std::fs;

use super::{Folder, root, words};

fn baseline() -> String {
    root().join("fixtures/brd/baseline.yaml").display().to_string()
}

/// The path of a file to be written.
fn target(folder: &Folder, name: &str) -> String {
    folder.path(name).display().to_string()
}

#[test]
fn a_baseline_goes_into_a_word_file_and_comes_back_as_it_was() {
    let folder = Folder::new();
    let (docx, yaml) = (target(&folder, "baseline.docx"), target(&folder, "again.yaml"));
    words(&["brd", "render", &baseline(), "-o", &docx]).done();
    let said = words(&["brd", "import", &docx, "-o", &yaml]).done();
    assert!(said.contains("V1.0.9: 14 domains, 27 process maps, 38 components, 83 functional and 35 non-functional"));
    assert_eq!(fs::read_to_string(&yaml).unwrap(), fs::read_to_string(baseline()).unwrap());
}

#[test]
fn a_baseline_is_written_in_every_format() {
    let folder = Folder::new();
    for (extension, begins) in
        [("html", "<!DOCTYPE html>"), ("txt", "SSI BRD V1.0.9"), ("md", "# SSI Baseline"), ("pdf", "%PDF")]
    {
        let file = target(&folder, &format!("baseline.{extension}"));
        words(&["brd", "render", &baseline(), "-o", &file]).done();
        assert!(fs::read(&file).unwrap().starts_with(begins.as_bytes()), "{extension}");
    }
    assert!(
        words(&["brd", "render", &baseline(), "-o", &target(&folder, "baseline.odt")])
            .failed(2)
            .contains("name a .docx")
    );
}

#[test]
fn what_is_wrong_with_a_baseline_is_said_and_the_answer_is_no_where_something_leads_nowhere() {
    let answer = words(&["brd", "lint", &baseline()]);
    assert!(answer.out.contains("error: PM21: its domain is printed as BDF14. Write BFD14. (misspelt-id)"));
    assert!(answer.failed(1).contains("4 errors, 18 warnings"));
    let small = root().join("tests/brd/small.yaml").display().to_string();
    assert_eq!(words(&["brd", "lint", &small]).done(), "0 errors, 0 warnings, 0 remarks\n");
    assert_eq!(words(&["brd", "lint", &small, "--format", "json"]).json().as_array().map(Vec::len), Some(0));
}

#[test]
fn a_file_is_never_written_over_the_one_it_is_made_from() {
    let folder = Folder::new();
    let file = folder.file("baseline.yaml", fs::read(baseline()).unwrap());
    assert!(words(&["brd", "render", &file, "-o", &file]).failed(2).contains("name another file"));
    assert_eq!(fs::read_to_string(&file).unwrap(), fs::read_to_string(baseline()).unwrap());
}

#[test]
fn a_file_that_is_no_document_is_refused_and_nothing_is_written() {
    let folder = Folder::new();
    let (file, yaml) = (folder.file("baseline.docx", "no document"), target(&folder, "baseline.yaml"));
    assert!(words(&["brd", "import", &file, "-o", &yaml]).failed(1).contains("baseline.docx"));
    assert!(!fs::exists(&yaml).unwrap());
}
