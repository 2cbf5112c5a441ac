//! What arrives by mail: how it is read, what sort of message it is and what is done with it.
#![expect(clippy::panic, reason = "helpers of tests fail the test by panicking, as the tests do")]

use chrono::{DateTime, TimeZone, Utc};
use quorate::intake::{Arrived, Door, FileKind, Finding, Kind, Limits, NotAMessage, Sent, Standing, Verdict, read};

#[path = "intake/bounces.rs"]
mod bounces;
#[path = "intake/deciding.rs"]
mod deciding;
#[path = "intake/hostile.rs"]
mod hostile;
#[path = "intake/sorts.rs"]
mod sorts;

fn received() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 10, 0, 0).unwrap()
}

fn door() -> Door {
    Door {
        limits: Limits::default(),
        domain: "quorate.example.org".to_owned(),
        own_addresses: vec!["sip@quorate.example.org".to_owned()],
        bounce_address: Some("bounces@quorate.example.org".to_owned()),
        trusted_servers: vec!["mx.quorate.example.org".to_owned()],
    }
}

/// A message as a mail server has it: lines ended as on the wire.
fn wire(text: &str) -> Vec<u8> {
    text.replace('\n', "\r\n").into_bytes()
}

fn arrived(text: &str) -> Arrived {
    read(&wire(text), received(), &door()).unwrap_or_else(|error| panic!("{error}"))
}

/// A message with these headers beside the usual ones.
fn with(headers: &str, body: &str) -> Arrived {
    arrived(&format!(
        "Return-Path: <ada@brook.example.org>\n{headers}From: Ada Brook <ada@brook.example.org>\n\
         To: sip@quorate.example.org\nSubject: A proposal\nMessage-ID: <m1@brook.example.org>\n\
         Date: Mon, 2 Mar 2026 09:30:00 +0000\n{body}"
    ))
}

const MIXED: &str = "\
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=\"outer\"

preamble
--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Please find our form =E2=80=93 thanks.
--inner
Content-Type: text/html

<p>Please find our form</p>
--inner--

--outer
Content-Type: application/octet-stream; name=\"=?utf-8?Q?Our_f=C3=B6rm.pdf?=\"
Content-Disposition: attachment; filename=\"=?utf-8?Q?Our_f=C3=B6rm.pdf?=\"
Content-Transfer-Encoding: base64

JVBERi0xLjcK
--outer
Content-Type: text/yaml
Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fsip%0Aform.yaml

proposer:
  organisation: Brook Energy
title: Show the tariff

--outer--
epilogue
";

#[test]
fn a_message_is_taken_apart() {
    let arrived = with("In-Reply-To: <n-17@quorate.example.org>\n", MIXED);
    assert_eq!(arrived.from.as_ref().unwrap().address, "ada@brook.example.org");
    assert_eq!(arrived.from.as_ref().unwrap().name.as_deref(), Some("Ada Brook"));
    assert_eq!(arrived.subject, "A proposal");
    assert_eq!(arrived.text, "Please find our form – thanks.");
    let files: Vec<_> = arrived.attachments.iter().map(|file| (file.name.as_str(), file.kind)).collect();
    assert_eq!(files, [("Our förm.pdf", FileKind::Pdf), ("sip form.yaml", FileKind::FormAsYaml)]);
    assert_eq!(
        arrived.attachments[1].bytes,
        b"proposer:\r\n  organisation: Brook Energy\r\ntitle: Show the tariff\r\n"
    );
    assert_eq!(arrived.findings, []);
    assert_eq!(arrived.kind, Kind::Submission);
    assert_eq!(arrived.answers[0].notice().unwrap().as_str(), "n-17");
}

#[test]
fn a_message_without_plain_text_is_read_from_its_page() {
    let arrived = with("", "Content-Type: text/html\n\n<p>Hello &amp; <b>welcome</b></p>\n");
    assert_eq!(arrived.text, "Hello & welcome");
}

#[test]
fn text_is_read_in_its_character_set() {
    let body = b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nna\xefve\r\n";
    let raw = [b"From: a@b.example.org\r\nSubject: x\r\n".as_slice(), body].concat();
    assert_eq!(read(&raw, received(), &door()).unwrap().text, "naïve");
    let unknown = with("", "Content-Type: text/plain; charset=klingon\n\nhello\n");
    assert_eq!(unknown.text, "hello");
    assert_eq!(unknown.findings, [Finding::UnknownCharset { charset: "klingon".to_owned() }]);
}

#[test]
fn the_time_of_sending_is_believed_only_if_the_arrival_bears_it_out() {
    let sent = |date: &str| {
        let raw = wire(&format!("From: a@b.example.org\n{date}Message-ID: <a@b>\n\nx\n"));
        read(&raw, received(), &door()).unwrap().sent
    };
    let at = |day, hour| Utc.with_ymd_and_hms(2026, 3, day, hour, 30, 0).unwrap();
    assert_eq!(sent("Date: Sun, 1 Mar 2026 23:30:00 +0100\n"), Sent::At(at(1, 22)));
    assert_eq!(sent("Date: Mon, 2 Mar 2026 07:30:00 -0500 (EST)\n"), Sent::At(at(2, 12)));
    assert_eq!(sent("Date: Mon, 2 Mar 2026 07:30:00 -0500\n").or_received(received()), received());
    assert_eq!(sent("Date: Wed, 4 Mar 2026 10:30:00 +0000\n"), Sent::InFuture(at(4, 10)));
    assert!(matches!(sent("Date: Mon, 2 Feb 2026 07:30:00 +0000\n"), Sent::LongAgo(_)));
    for unsaid in
        ["", "Date: yesterday\n", "Date: Mon, 32 Mar 2026 07:30:00 +0000\n", "Date: 1 Jan 99999 00:00 +0000\n"]
    {
        assert_eq!(sent(unsaid).or_received(received()), received(), "{unsaid}");
    }
}

#[test]
fn one_sender_is_needed() {
    let from = |from: &str| {
        let arrived = arrived(&format!("{from}Subject: x\nMessage-ID: <a@b>\n\nx\n"));
        (arrived.from.map(|from| from.address), arrived.findings)
    };
    assert_eq!(from("From: a@B.example.org\n"), (Some("a@b.example.org".to_owned()), vec![]));
    assert_eq!(from("From: a@b.example.org, c@d.example.org\n"), (None, vec![Finding::SeveralSenders { count: 2 }]));
    assert_eq!(from(""), (None, vec![Finding::NoSender]));
    assert_eq!(from("From: nobody\n"), (None, vec![Finding::NoSender]));
    let twice = from("From: a@b.example.org\nFrom: c@d.example.org\n");
    assert_eq!(twice.1, [Finding::RepeatedHeader { name: "From" }, Finding::SeveralSenders { count: 2 }]);
}

#[test]
fn nothing_of_a_header_can_break_another() {
    let arrived = arrived(
        "From: =?utf-8?Q?Ada=0D=0ABcc:_x@y.example.org?= <ada@brook.example.org>\n\
         Subject: =?utf-8?Q?Hello=0D=0ABcc:_x=E2=80=AEevil?=\nMessage-ID: <a b>\n\nx\n",
    );
    assert_eq!(arrived.subject, "Hello Bcc: xevil");
    assert_eq!(arrived.from.unwrap().name.unwrap(), "Ada Bcc: x@y.example.org");
    assert_eq!((arrived.message_id, arrived.findings), (None, vec![Finding::NoMessageId]));
}

#[test]
fn only_a_trusted_server_vouches_for_a_sender() {
    let standing = |results: &str| with(results, "\nx\n").standing();
    let ours = |rest: &str| format!("Authentication-Results: mx.quorate.example.org; {rest}\n");
    assert_eq!(standing(""), Standing::Unproven);
    assert_eq!(standing(&ours("none")), Standing::Unproven);
    assert_eq!(standing(&ours("dmarc=pass (p=reject) header.from=brook.example.org")), Standing::Proven);
    assert_eq!(standing(&ours("dmarc=pass header.from=other.example.org")), Standing::Unproven);
    assert_eq!(standing(&ours("dkim=pass header.d=brook.example.org header.s=s1")), Standing::Proven);
    assert_eq!(standing(&ours("dkim=pass header.i=@example.org")), Standing::Proven);
    assert_eq!(standing(&ours("dkim=pass header.d=mailer.example.com")), Standing::Unproven);
    assert_eq!(standing(&ours("dkim=pass header.d=ook.example.org")), Standing::Unproven);
    assert_eq!(standing(&ours("spf=pass smtp.mailfrom=ada@brook.example.org")), Standing::Proven);
    assert_eq!(standing(&ours("spf=softfail smtp.mailfrom=brook.example.org")), Standing::Unproven);
    assert_eq!(
        standing(&ours("spf=pass smtp.mailfrom=brook.example.org;\n\tdmarc=fail header.from=x")),
        Standing::Refuted
    );
    let forged = "Authentication-Results: mx.elsewhere.example.com; dmarc=pass header.from=brook.example.org\n";
    assert_eq!(standing(forged), Standing::Unproven);
    let commented =
        "Authentication-Results: (mx.quorate.example.org;) x.example.com; dmarc=pass header.from=brook.example.org\n";
    assert_eq!(standing(commented), Standing::Unproven);
}

#[test]
fn a_second_result_cannot_better_the_first() {
    let both = "Authentication-Results: mx.quorate.example.org; dmarc=fail header.from=brook.example.org\n\
                Authentication-Results: mx.quorate.example.org; dmarc=pass header.from=brook.example.org\n";
    let arrived = with(both, "\nx\n");
    assert_eq!(arrived.authentication.verdict("dmarc"), Verdict::Fail);
    assert_eq!(arrived.standing(), Standing::Refuted);
    let none = "Authentication-Results: mx.quorate.example.org; dkim=none\n\
                Authentication-Results: mx.quorate.example.org; dkim=pass header.d=brook.example.org\n";
    assert_eq!(with(none, "\nx\n").standing(), Standing::Unproven);
}

#[test]
fn what_a_file_is_shows_in_its_content() {
    let docx = [b"PK\x03\x04....[Content_Types].xml....word/document.xml".as_slice(), &[0; 40]].concat();
    let cases: [(&[u8], &str, FileKind); 12] = [
        (&docx, "application/octet-stream", FileKind::Docx),
        (b"PK\x03\x04xx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", FileKind::Zip),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", FileKind::OldWordOrProtected),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.textPK", "", FileKind::Odt),
        (b"%PDF-1.4", "application/msword", FileKind::Pdf),
        (b"proposer:\ntitle: x\n", "application/octet-stream", FileKind::FormAsYaml),
        (b"\xef\xbb\xbfproposer:\r\ntitle: x\r\n", "text/plain", FileKind::FormAsYaml),
        (b"The proposer: me\n", "text/plain", FileKind::Text),
        (b"MZ\x90\0\x03", "application/pdf", FileKind::Program),
        (b"\x89PNG\r\n\x1a\n\0", "image/png", FileKind::Image),
        (b"From: x", "message/rfc822", FileKind::Message),
        (b"\0\x01\x02", "text/plain", FileKind::Other),
    ];
    for (bytes, declared, kind) in cases {
        assert_eq!(FileKind::of(bytes, declared), kind, "{declared}");
    }
}

#[test]
fn file_names_are_made_safe_and_unlike_one_another() {
    let names = [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\form.docx", "form.docx"),
        ("form\u{202e}xcod.exe", "formxcod.exe"),
        (".htaccess", "htaccess"),
        ("CON.txt", "attachment-6.txt"),
        ("form.docx", "form-2.docx"),
        ("a:b|c?.yaml", "a_b_c_.yaml"),
        ("", "attachment-9.txt"),
    ];
    let start = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n".to_owned();
    let given = std::iter::once("first.txt").chain(names.iter().map(|(name, _)| *name));
    let body = given.fold(start, |body, name| {
        let name = name.replace('\\', "\\\\");
        let headers = format!("Content-Type: text/plain\nContent-Disposition: attachment; filename=\"{name}\"\n");
        format!("{body}--b\n{headers}\nx\n")
    });
    let arrived = with("", &format!("{body}--b--\n"));
    let safe: Vec<_> = arrived.attachments.iter().skip(1).map(|file| file.name.as_str()).collect();
    assert_eq!(safe, names.map(|(_, safe)| safe));
}

#[test]
fn what_cannot_be_opened_is_said() {
    let one = |kind: &str, body: &str| {
        let arrived = with("", &format!("Content-Type: multipart/mixed; boundary=b\n\n--b\n{kind}\n\n{body}\n--b--\n"));
        arrived.findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    let packed =
        one("Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64", "eJ8+IgAA");
    assert!(packed.contains("packed in winmail.dat, which only Outlook can open"), "{packed}");
    let forwarded = one("Content-Type: message/rfc822; name=\"Fwd.eml\"", "From: a@b\n\nx");
    assert!(forwarded.contains("Fwd.eml is a whole message"), "{forwarded}");
    let sealed = one("Content-Type: application/pkcs7-mime; name=smime.p7m", "xx");
    assert!(sealed.contains("encrypted"), "{sealed}");
    let damaged = one("Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64", "!!! not base64 !!!");
    assert_eq!(damaged, "a.png is damaged: it could not be decoded");
}

#[test]
fn what_is_no_message_is_refused() {
    assert_eq!(read(b"", received(), &door()), Err(NotAMessage::Empty));
    assert_eq!(read(b" \r\n\r\n", received(), &door()), Err(NotAMessage::Empty));
    assert_eq!(read(b"hello there\n", received(), &door()), Err(NotAMessage::NoHeaders));
    assert_eq!(read(b"PK\x03\x04\0\0:\0\n", received(), &door()), Err(NotAMessage::NoHeaders));
}

#[test]
fn the_line_that_mailbox_files_put_first_is_passed_over() {
    let raw = b"From ada@brook.example.org Mon Mar  2 09:30:00 2026\nFrom: ada@brook.example.org\nSubject: Hi\n\nx\n";
    assert_eq!(read(raw, received(), &door()).unwrap().subject, "Hi");
}
