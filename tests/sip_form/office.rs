//! What an office suite makes of the form.
#![expect(clippy::disallowed_methods, reason = "a file is written for another program to open, and read back")]

use std::path::Path;
use std::process::Command;

use super::*;

fn convert(folder: &Path, file: &str, kind: &str) {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let done = Command::new("soffice")
        .args([&profile, "--headless", "--norestore", "--convert-to", kind, "--outdir"])
        .arg(folder)
        .arg(folder.join(file))
        .output()
        .expect("LibreOffice is needed: apt-get install libreoffice-writer");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn answers_survive_an_office_suite_that_saves_the_form_in_another_format_and_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut form = form(FORMS[2]);
    form.benefits.push("Tom’s “list”\nof\ttwo  things".parse().expect("a benefit"));
    form.systems.insert("Orders, Billing and Care".parse().expect("a name"));
    std::fs::write(folder.path().join("form.docx"), to_docx(&filled_form(&form)).expect("written")).expect("saved");
    convert(folder.path(), "form.docx", "odt");
    std::fs::remove_file(folder.path().join("form.docx")).expect("removed");
    convert(folder.path(), "form.odt", "docx");
    let bytes = std::fs::read(folder.path().join("form.docx")).expect("the file came back");
    assert_eq!(read(&read_docx(&bytes, Tracked::Accept).expect("it can be read")), form);
}
