//! What an office suite shows of the files.
#![expect(clippy::disallowed_methods, reason = "a file is written for another program to open, and read back")]

use std::path::Path;
use std::process::Command;

use quorate::document::{Sheet, Value, to_docx, to_xlsx};

use super::{consultation, properties};

/// What the office suite makes of a file, as a file of another kind beside it.
fn convert(folder: &Path, file: &str, kind: &str) {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let done = Command::new("soffice")
        .args([&profile, "--headless", "--norestore", "--convert-to", kind, "--outdir"])
        .arg(folder)
        .arg(folder.join(file))
        .output()
        .expect("LibreOffice is needed: apt-get install libreoffice-writer libreoffice-calc");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn pages(pdf: &Path) -> String {
    let done = Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(pdf).arg("-").output();
    let done = done.expect("pdftotext is needed: apt-get install poppler-utils");
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn an_office_suite_opens_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("paper.docx"), to_docx(&consultation()).unwrap()).unwrap();
    convert(folder.path(), "paper.docx", "pdf");
    let shown = pages(&folder.path().join("paper.pdf"));
    for words in [
        "SSI_C_2026_03",
        "Classification: White",
        "1.1",
        "a.",
        "3.    See the register.",
        "It improves search <b>for</b> everyone & more.",
        "Appendix A: Progression timetable",
        "Page 1 of 3",
        "Page 3 of 3",
    ] {
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(squeezed(&shown).contains(&squeezed(words)), "{words} is not shown in:\n{shown}");
    }

    let mut sheet = Sheet::new("Responses", ["Respondent", "Response", "Cost"]);
    sheet.row([Value::from("Ynni Cymru Cyf"), Value::from("=1+1"), Value::Pence(123_456)]);
    let package = to_xlsx("Responses", &properties(), &[sheet]).unwrap();
    std::fs::write(folder.path().join("sheet.xlsx"), package).unwrap();
    convert(folder.path(), "sheet.xlsx", "csv");
    let csv = std::fs::read_to_string(folder.path().join("sheet.csv")).unwrap();
    assert_eq!(csv, "Respondent,Response,Cost\nYnni Cymru Cyf,=1+1,1234.56\n");
}
