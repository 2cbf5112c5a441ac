//! `quorate ... | head -1`: a reader who has read enough is no failure.

use super::{Answer, Folder, program};

/// Runs a command whose standard output nobody reads.
fn unread(words: &[&str]) -> Answer {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    program().args(words).stdout(writer).output().unwrap().into()
}

#[test]
fn a_closed_pipe_ends_a_command_quietly() {
    let folder = Folder::new();
    let world = folder.world();
    let lifecycle = "workflows/ssi-change-governance.yaml";
    let table: &[&[&str]] = &[
        &["--help"],
        &["workdays", "list", "2026"],
        &["workdays", "list", "2026", "--format", "json"],
        &["workflow", "check"],
        &["workflow", "check", "--format", "json"],
        &["workflow", "timeline"],
        &["workflow", "diagram"],
        &["workflow", "diff", lifecycle, "workflows/improvement-consultation.yaml"],
        &["rehearse", "--list"],
        &["rehearse", "sip-g"],
        &["demo", "--once"],
        &["journal", "verify", "--database", &world],
        &["journal", "export", "--database", &world],
        &["journal", "history", "SIP-0001", "--database", &world],
        &["bank-holidays", "list", "--database", &world],
        &["migrate", "status", "--database", &world],
    ];
    for words in table {
        let answer = unread(words);
        assert_eq!((answer.code, answer.err.as_str()), (Some(0), ""), "{words:?}");
    }
}
