//! `quorate redline`: two documents in, one out.

use std::fs;

use super::{Folder, words};

const OLD: &str = "# Search\n\n## Scope\n\nThe system shall list users.\n\n| Id | Text |\n|---|---|\n\
                   | SSI-FR-6 | It lists five users. |\n| SSI-FR-7 | It sorts users. |\n";
const NEW: &str = "# Search\n\n## Scope\n\nThe system must list users.\n\n| Id | Text |\n|---|---|\n\
                   | SSI-FR-6 | It lists ten users. |\n";

struct Pair {
    folder: Folder,
    old: String,
    new: String,
}

fn pair() -> Pair {
    let folder = Folder::new();
    let (old, new) = (folder.file("old.md", OLD), folder.file("new.md", NEW));
    Pair { folder, old, new }
}

impl Pair {
    /// Makes a redline of a kind, and gives its bytes.
    fn redline(&self, kind: &str) -> Vec<u8> {
        let out = self.folder.path(&format!("redline.{kind}"));
        let line = ["redline", &self.old, &self.new, "--author", "SIP-0012", "--date", "2026-02-06", "-o"];
        let said = words(&[&line[..], &[out.to_str().unwrap()]].concat()).done();
        assert!(said.contains("words deleted") && said.contains("redline."), "{said}");
        fs::read(out).unwrap()
    }

    fn text(&self, kind: &str) -> String {
        String::from_utf8(self.redline(kind)).unwrap()
    }
}

#[test]
fn the_name_of_the_result_says_what_is_written() {
    let pair = pair();
    assert!(pair.redline("docx").starts_with(b"PK"));
    assert!(pair.redline("pdf").starts_with(b"%PDF"));
    let html = pair.text("html");
    assert!(html.contains("<del class=\"rev deleted by-1\"") && html.contains("old.md") && html.contains("SIP-0012"));
    let text = pair.text("txt");
    assert!(text.contains("The system [-shall-]{+must+} list users."), "{text}");
    let markdown = pair.text("md");
    assert!(markdown.contains("The system {--shall--}{++must++} list users."), "{markdown}");
}

#[test]
fn other_programs_are_told_each_change_with_its_id_and_its_author() {
    let json: serde_json::Value = serde_json::from_str(&pair().text("json")).unwrap();
    assert_eq!((json["format"].as_u64(), json["title"].as_str()), (Some(1), Some("Search")));
    let changes = json["changes"].as_array().unwrap();
    let told: Vec<_> = changes
        .iter()
        .map(|change| (change["kind"].as_str().unwrap(), change["part"].as_str().unwrap(), change["identity"].as_str()))
        .collect();
    assert_eq!(
        told,
        [("amended", "paragraph", None), ("amended", "row", Some("SSI-FR-6")), ("removed", "row", Some("SSI-FR-7"))]
    );
    assert!(changes.iter().all(|change| change["author"] == "SIP-0012" && change["at"] == "2026-02-06T00:00:00Z"));
    assert_eq!(changes[0]["section"][0], "Scope");
    assert_eq!(json["summary"]["all"]["amended"], 2);
}

#[test]
fn the_counts_are_told_and_can_be_asked_for() {
    let Pair { folder: _folder, old, new } = pair();
    let json = words(&["redline", &old, &new, "--format", "json"]).json();
    assert_eq!((json["changed"].as_bool(), json["rows_deleted"].as_u64()), (Some(true), Some(1)));
    assert_eq!(words(&["redline", &old, &old]).done(), "The two documents say and look the same.\n");
    assert_eq!(words(&["redline", &old, &old, "--check"]).code, Some(0));
    assert!(words(&["redline", &old, &new, "--check"]).failed(1).contains("differ"));
}

#[test]
fn changes_are_by_whom_they_are_said_to_be() {
    let Pair { folder, old, new } = pair();
    let out = folder.path("redline.json");
    let line = ["redline", &old, &new, "--by", "ssi_fr_6=SIP-0001", "--by", "SSI-FR-6=SIP-0013"];
    assert!(words(&line).failed(2).contains("is no id"));
    let line = ["redline", &old, &new, "--by", "SSI_FR_6=SIP-0013", "-o", out.to_str().unwrap()];
    assert!(words(&line).done().contains("Written"));
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(out).unwrap()).unwrap();
    let authors: Vec<_> = json["changes"].as_array().unwrap().iter().map(|change| &change["author"]).collect();
    assert_eq!(authors, ["Quorate", "SIP-0013", "Quorate"]);
}

#[test]
fn a_baseline_is_compared_as_the_document_it_is() {
    let folder = Folder::new();
    let old = fs::read_to_string(super::root().join("fixtures/brd/baseline.yaml")).unwrap();
    let new = old.replacen("Must", "Should", 1);
    assert_ne!(old, new);
    let (old, new) = (folder.file("old.yaml", old), folder.file("new.yaml", new));
    let json = words(&["redline", &old, &new, "--format", "json"]).json();
    assert_eq!((json["words_inserted"].as_u64(), json["words_deleted"].as_u64()), (Some(1), Some(1)), "{json}");
}

#[test]
fn what_cannot_be_done_is_said_and_leaves_nothing_behind() {
    let Pair { folder, old, new } = pair();
    assert!(words(&["redline", &old, &new, "-o", &new]).failed(2).contains("another name"));
    assert_eq!(fs::read_to_string(&new).unwrap(), NEW);
    assert!(words(&["redline", &old, &new, "-o", "redline.odt"]).failed(2).contains("end it with .docx"));
    assert!(words(&["redline", &old, "new.rtf"]).failed(2).contains(".docx, .docm, .md or .yaml"));
    assert!(words(&["redline", &old, "absent.docx"]).failed(3).contains("absent.docx"));
    let broken = folder.file("broken.docx", "no zip");
    assert!(words(&["redline", &old, &broken]).failed(1).contains("newer document"));
    let nowhere = folder.path("absent/redline.docx");
    assert!(words(&["redline", &old, &new, "-o", nowhere.to_str().unwrap()]).failed(3).contains("Check the path"));
    let left: Vec<_> = fs::read_dir(folder.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}
