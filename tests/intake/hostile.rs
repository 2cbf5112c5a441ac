//! Messages made to do harm, and messages that are broken.

use std::fmt::Write;

use super::*;
use proptest::prelude::*;

fn with_limits(limits: Limits, raw: &[u8]) -> Arrived {
    read(raw, received(), &Door { limits, ..door() }).unwrap_or_else(|error| panic!("{error}"))
}

const HEAD: &str = "From: ada@brook.example.org\nSubject: x\nMessage-ID: <a@b>\n";

#[test]
fn thousands_of_parts_are_not_taken_in() {
    let mut text = format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n");
    for _ in 0..50_000 {
        text.push_str("--b\nContent-Disposition: attachment; filename=a.txt\n\nx\n");
    }
    let arrived = arrived(&text);
    assert_eq!(arrived.findings, [Finding::TooManyParts { most: 100 }]);
    assert!(arrived.attachments.len() <= 100 && arrived.findings[0].is_hostile());
}

#[test]
fn parts_deep_inside_one_another_are_not_taken_in() {
    let mut text = HEAD.to_owned();
    for depth in 0..20_000 {
        write!(text, "Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n").unwrap();
    }
    let arrived = arrived(&text);
    assert!(arrived.findings.contains(&Finding::TooDeep { most: 8 }), "{:?}", arrived.findings);
}

#[test]
fn messages_inside_messages_are_left_whole() {
    let mut text = HEAD.to_owned();
    for _ in 0..50_000 {
        text.push_str("Content-Type: message/rfc822\n\n");
    }
    let arrived = arrived(&text);
    assert_eq!(arrived.attachments.len(), 1);
    assert_eq!(arrived.attachments[0].kind, FileKind::Message);
}

#[test]
fn a_megabyte_of_headers_is_cut_short() {
    let text = format!("{HEAD}X-Long: {}\n\nbody\n", "a".repeat(1 << 20));
    let found = arrived(&text);
    assert_eq!(found.findings, [Finding::HeadersTooLong { most: 128 << 10 }]);
    assert_eq!((found.subject.as_str(), found.text.as_str()), ("x", ""));
    let many = format!("{HEAD}{}\n\nbody\n", "X-A: b\n".repeat(100_000));
    assert!(arrived(&many).findings[0].is_hostile());
}

#[test]
fn what_is_too_large_is_left_out_and_said() {
    let file = |name: &str| format!("--b\nContent-Disposition: attachment; filename={name}\n\n{}\n", "x".repeat(900));
    let text =
        format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{}{}{}--b--\n", file("a"), file("b"), file("c"));
    let raw = wire(&text);
    let limits = Limits { attachment: 1000, attachments: 2000, message: 10_000, ..Limits::default() };
    let two = with_limits(limits, &raw);
    assert_eq!(two.attachments.len(), 2);
    assert_eq!(two.findings, [Finding::AttachmentsTooLarge { name: "c".to_owned(), most: 2000 }]);
    let one = with_limits(Limits { attachment: 100, ..limits }, &raw);
    assert_eq!(one.attachments.len(), 0);
    assert_eq!(one.findings[0], Finding::AttachmentTooLarge { name: "a".to_owned(), most: 100 });
    let none = with_limits(Limits { message: 500, ..limits }, &raw);
    assert_eq!(none.findings, [Finding::MessageTooLarge { bytes: raw.len(), most: 500 }]);
    assert!(none.findings[0].is_too_big() && none.from.is_some());
    let long = with_limits(Limits { text: 10, ..limits }, &wire(&format!("{HEAD}\n{}\n", "ab".repeat(50))));
    assert_eq!((long.text.len(), long.findings), (10, vec![Finding::TextCutOff { most: 10 }]));
}

#[test]
fn a_boundary_that_is_missing_or_never_comes_leaves_text() {
    let none = with("", "Content-Type: multipart/mixed\n\nhello\n");
    assert_eq!((none.text.as_str(), none.findings), ("hello", vec![Finding::MissingBoundary]));
    let never = with("", "Content-Type: multipart/mixed; boundary=x\n\nhello\n");
    assert_eq!((never.text.as_str(), never.findings), ("hello", vec![Finding::MissingBoundary]));
    let cut = with("", "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n");
    assert_eq!((cut.text.as_str(), cut.findings), ("hello", vec![Finding::CutShort]));
}

#[test]
fn ten_thousand_addresses_and_ids_are_cut_short() {
    let addresses = "a@b.example.org, ".repeat(4_000);
    let ids = "<n-1@quorate.example.org> ".repeat(2_000);
    let arrived = with(&format!("Cc: {addresses}x@y.example.org\nReferences: {ids}\n"), "\nx\n");
    assert!(arrived.to.len() <= 200 && arrived.references.len() <= 100);
    assert_eq!(arrived.answers.len(), 1);
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just("\r\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("--b\r\n".to_owned()),
        Just("--b--\r\n".to_owned()),
        Just("From: ada@brook.example.org\r\n".to_owned()),
        Just("From: =?utf-8?B?/////w==?= <\"a b\"@x>, (c) d@e\r\n".to_owned()),
        Just("Content-Type: multipart/mixed; boundary=b\r\n".to_owned()),
        Just("Content-Type: multipart/report; boundary=\"b\r\n".to_owned()),
        Just("Content-Type: text/plain; charset=utf-7\r\n".to_owned()),
        Just("Content-Type: text/html; charset=utf-16\r\n".to_owned()),
        Just("Content-Type: message/delivery-status\r\n".to_owned()),
        Just("Content-Type: message/rfc822; name*0*=utf-8''%ff%; name*1=x\r\n".to_owned()),
        Just("Content-Transfer-Encoding: base64\r\n".to_owned()),
        Just("Content-Transfer-Encoding: quoted-printable\r\n".to_owned()),
        Just("Content-Disposition: attachment; filename=\"".to_owned()),
        Just("Final-Recipient: rfc822; x@y\r\nAction: failed\r\nStatus: 5.".to_owned()),
        Just("Authentication-Results: mx.quorate.example.org; dkim=pass (((\r\n".to_owned()),
        Just("Date: Mon, 99 Zzz 99999 99:99:99 +9999\r\n".to_owned()),
        Just("To: bounces+x@quorate.example.org\r\nSubject: failure notice\r\n".to_owned()),
        Just("=\r\n=3D=4=\u{e9}=".to_owned()),
        Just("<p><script><![CDATA[&#xffffffff;&amp".to_owned()),
        "\\PC{0,40}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat().into_bytes())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_arrives_is_read_or_refused(raw in pieces()) {
        if let Ok(arrived) = read(&raw, received(), &door()) {
            prop_assert!(!arrived.subject.contains(['\r', '\n']));
            prop_assert!(arrived.attachments.iter().all(|file| !file.name.contains(['/', '\\', '\n', '\0'])));
            prop_assert!(arrived.attachments.iter().all(|file| !file.name.is_empty()));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, received(), &door());
        let _ = read(&[b"From: a@b.example.org\r\n\r\n".as_slice(), &bytes].concat(), received(), &door());
    }
}

/// Header values that would be slow to read where the work grows with the square of their length.
#[test]
fn long_headers_of_every_kind_are_read_in_one_pass() {
    let long = |piece: &str| piece.repeat(110_000 / piece.len());
    for name in ["From", "To", "Subject", "Content-Type", "References", "Date", "Authentication-Results", "List-Id"] {
        for piece in
            ["(", "<", "\"", ",", ";", "a=b;", "=?utf-8?B?", "=?utf-8?Q?=C3=A9?= ", "a*0*=x;", "\\", ":", "\n\t"]
        {
            let text = format!("{name}: x{}\n{HEAD}\nbody\n", long(piece));
            let _ = read(&wire(&text), received(), &door());
        }
    }
    for piece in ["<", "<!--", "&", "<p", "&#", "<br>"] {
        let text = format!("{HEAD}Content-Type: text/html\n\n{}\n", piece.repeat(300_000 / piece.len()));
        assert!(arrived(&text).text.len() <= 400_000);
    }
}
