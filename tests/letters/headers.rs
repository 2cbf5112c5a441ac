//! The message around what is said: who it is from, what it belongs to, and what no name or subject can do to it.

use mail_parser::{MessageParser, MimeHeaders};
use proptest::prelude::*;
use quorate::notify::{Attachment, Purpose};

use super::*;

/// The lines of the header, unfolded.
fn header(wire: &str) -> Vec<String> {
    let (head, _) = wire.split_once("\r\n\r\n").unwrap();
    head.replace("\r\n ", " ").replace("\r\n\t", " ").split("\r\n").map(str::to_owned).collect()
}

fn value<'a>(header: &'a [String], name: &str) -> Option<&'a str> {
    header.iter().find_map(|line| line.strip_prefix(&format!("{name}: ")))
}

#[test]
fn a_message_says_who_it_is_from_that_a_machine_wrote_it_and_who_reads_answers() {
    let header = header(&wire(&letter("notice", &arrived())));
    for (name, expected) in [
        ("Message-ID", "<17-sip_received-dana@secas.example>"),
        ("Date", "Mon, 03 Nov 2025 10:00:00 +0000"),
        ("From", "Quorate <quorate@secas.example>"),
        ("Reply-To", "SECAS <secas@secas.example>"),
        ("To", "\"Dana Okafor\" <dana.okafor@dcc.example>"),
        ("Subject", "SUB-0001: a SIP has arrived"),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
    ] {
        let found = value(&header, name).unwrap_or_default().replace('"', "");
        assert_eq!(found, expected.replace('"', ""), "{name}: {header:#?}");
    }
    for never in ["List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "Precedence", "In-Reply-To", "References"] {
        assert_eq!(value(&header, never), None, "{never}");
    }
}

#[test]
fn messages_about_a_case_hang_together_under_one_root() {
    let root = "<case-c1@secas.example>";
    for id in ["17-a", "18-b"] {
        let about = Letter { id: id.to_owned(), thread: Some("C1".to_owned()), ..letter("notice", &arrived()) };
        let header = header(&wire(&about));
        assert_eq!(value(&header, "References"), Some(root));
        assert_eq!(value(&header, "In-Reply-To"), Some(root));
    }
}

#[test]
fn what_may_be_opted_out_of_can_be_with_one_click() {
    let optional = Letter { unsubscribe: Some(link("stop/7Jk2?topic=reminders")), ..letter("notice", &arrived()) };
    let header = header(&wire(&optional));
    assert_eq!(value(&header, "List-Unsubscribe"), Some("<https://quorate.example/stop/7Jk2?topic=reminders>"));
    assert_eq!(value(&header, "List-Unsubscribe-Post"), Some("List-Unsubscribe=One-Click"));
    assert_eq!(value(&header, "List-Id"), Some("Quorate <quorate.secas.example>"));
}

#[test]
fn an_answer_to_a_message_joins_its_thread_and_never_asks_for_another() {
    let answer = Letter { answers: Some("<abc@mail.example>".to_owned()), ..letter("notice", &arrived()) };
    let found = header(&wire(&answer));
    assert_eq!(value(&found, "Auto-Submitted"), Some("auto-replied"));
    assert_eq!(value(&found, "In-Reply-To"), Some("<abc@mail.example>"));
    for bad in ["", "abc", "<a b@c>", "<a@b>\r\nBcc: eve@x.example", "<a@b> <c@d>", &format!("<{}@b>", "x".repeat(999))]
    {
        let answer = Letter { answers: Some(bad.to_owned()), ..letter("notice", &arrived()) };
        let found = header(&wire(&answer));
        assert_eq!(value(&found, "In-Reply-To"), None, "{bad}");
        assert_eq!(value(&found, "Auto-Submitted"), Some("auto-replied"), "{bad}");
    }
}

#[test]
fn the_same_letter_gives_the_same_bytes_and_another_id_another_message() {
    let one = letter("notice", &arrived());
    assert_eq!(wire(&one), wire(&one.clone()));
    let ids = ["a/b", "a_b", "a=2Fb", "a b", "a@b", "å", "a\r\nb"];
    let mut seen: Vec<String> = ids
        .iter()
        .map(|id| {
            value(&header(&wire(&Letter { id: (*id).to_owned(), ..one.clone() })), "Message-ID").unwrap().to_owned()
        })
        .collect();
    assert!(seen.iter().all(|id| id.is_ascii() && id.matches('@').count() == 1 && !id.contains(' ')), "{seen:?}");
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), ids.len());
}

#[test]
fn a_test_says_that_it_is_one() {
    let test = Letter { purpose: Purpose::Test, ..letter("notice", &arrived()) };
    let rendered = composer().render(&test).unwrap();
    assert_eq!(rendered.subject, "Test: SUB-0001: a SIP has arrived");
    assert!(rendered.text.starts_with("This is a test. Nothing it says has happened.\n"), "{}", rendered.text);
    assert!(rendered.html.contains("This is a test."));
}

/// Names, subjects and addresses as an attacker would choose them.
fn hostile() -> Vec<String> {
    let long = "x".repeat(3000);
    let words = "word ".repeat(1000);
    [
        "\r\nBcc: eve@x.example\r\n\r\n<b>",
        "a\nBcc: eve@x.example",
        "a\rb",
        "a\0b",
        "a\u{2028}Bcc: eve@x.example",
        "\u{202E}gnp.exe",
        "\"<eve@x.example>",
        "=?utf-8?B?QmNjOg==?=",
        "\u{FEFF}\u{200F}",
        "",
        "é\u{1F600}",
        &long,
        &words,
    ]
    .map(str::to_owned)
    .to_vec()
}

#[test]
fn no_name_subject_or_title_adds_a_header_or_a_recipient_or_a_line_too_long() {
    let names = |header: &[String]| -> Vec<String> {
        header.iter().map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect()
    };
    let expected = names(&header(&wire(&letter("notice", &arrived()))));
    for text in hostile() {
        let body = CaseLetter { subject: text.clone(), title: text.clone(), ..arrived() };
        let sent = wire(&Letter { name: text.clone(), ..letter("notice", &body) });
        let head = header(&sent);
        assert_eq!(names(&head), expected, "{text:?}");
        assert!(sent.split("\r\n").all(|line| line.len() <= 998), "{text:?}");
        let parsed = MessageParser::default().parse(sent.as_bytes()).unwrap();
        let to: Vec<_> = parsed.to().unwrap().iter().filter_map(|to| to.address()).collect();
        assert_eq!(to, ["dana.okafor@dcc.example"], "{text:?}");
        let shown = format!("{:?} {:?}", parsed.subject(), parsed.to().unwrap().first().unwrap().name());
        assert!(!shown.contains("\\u{202e}") && !shown.contains("\\0"), "{shown}");
        assert_eq!(parsed.text_bodies().count(), 1, "{text:?}");
    }
}

#[test]
fn an_address_that_is_none_is_refused_without_a_message() {
    for email in [
        "",
        "dana",
        "dana@",
        "@dcc.example",
        "a@b.example\r\nBcc: eve@x.example",
        "a@b.example, eve@x.example",
        "a b@c.example",
    ] {
        let to = Letter { email: email.to_owned(), ..letter("notice", &arrived()) };
        let refused = composer().compose(&to).unwrap_err().to_string();
        assert!(refused.contains("is no e-mail address"), "{refused}");
        assert!(!refused.contains('\n'), "{refused:?}");
    }
}

#[test]
fn files_go_with_a_message_whatever_they_are_called() {
    let file = |name: &str, bytes: &[u8]| Attachment {
        name: name.to_owned(),
        media_type: "application/octet-stream".to_owned(),
        bytes: bytes.to_vec(),
    };
    let attachments = vec![file("form.docx", b"\0\xff\r\n.\r\n"), file("../\"x\"\r\nBcc: e.txt", b"text")];
    let sent = composer().compose(&Letter { attachments, ..letter("notice", &arrived()) }).unwrap().formatted();
    let parsed = MessageParser::default().parse(&sent).unwrap();
    let found: Vec<_> = parsed.attachments().map(|part| (part.attachment_name().unwrap(), part.contents())).collect();
    assert_eq!(found[0], ("form.docx", &b"\0\xff\r\n.\r\n"[..]));
    assert_eq!(found[1], (".._ _x_ Bcc: e.txt".replace("_ _", "__").as_str(), &b"text"[..]));
    assert!(parsed.bcc().is_none());
}

#[test]
fn files_larger_than_servers_take_are_refused() {
    let bytes = vec![0; 10 * 1024 * 1024 + 1];
    let attachments = vec![Attachment { name: "big".to_owned(), media_type: "text/csv".to_owned(), bytes }];
    let refused = composer().compose(&Letter { attachments, ..letter("notice", &arrived()) }).unwrap_err();
    assert_eq!(refused.to_string(), "an attachment of 10485761 bytes is more than the 10485760 that are sent");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_people_are_called_and_write_a_message_is_written_and_goes_to_one_person(
        name in any::<String>(), subject in any::<String>(), file in any::<String>()
    ) {
        let body = CaseLetter { subject: subject.clone(), reason: Some(subject), ..arrived() };
        let attached = Attachment { name: file, media_type: "text/csv".to_owned(), bytes: b"a,b".to_vec() };
        let letter = Letter { name, attachments: vec![attached], ..letter("notice", &body) };
        let sent = composer().compose(&letter).unwrap().formatted();
        let parsed = MessageParser::default().parse(&sent).unwrap();
        let to: Vec<_> = parsed.to().unwrap().iter().filter_map(|to| to.address()).collect();
        prop_assert_eq!(to, ["dana.okafor@dcc.example"]);
        prop_assert_eq!(parsed.attachment_count(), 1);
        prop_assert!(parsed.bcc().is_none() && parsed.cc().is_none());
    }
}
