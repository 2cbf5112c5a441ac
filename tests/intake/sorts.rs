//! What sort of message arrived.

use super::*;
use quorate::intake::Sign;

fn sort(headers: &str) -> Kind {
    with(headers, "\nHello\n").kind
}

#[test]
fn a_message_by_a_program_is_known_by_its_headers() {
    for (headers, sign) in [
        ("Auto-Submitted: auto-replied\n", Sign::AutoSubmitted),
        ("Auto-Submitted: auto-generated (by x)\n", Sign::AutoSubmitted),
        ("Precedence: bulk\n", Sign::Precedence),
        ("Precedence: auto_reply\n", Sign::Precedence),
        ("List-Id: News <news.example.org>\n", Sign::List),
        ("X-Autoreply: yes\n", Sign::Header),
    ] {
        assert_eq!(sort(headers), Kind::AutoReply(sign), "{headers}");
    }
    assert_eq!(sort("Auto-Submitted: no\n"), Kind::Other);
    assert_eq!(sort("Precedence: first-class\n"), Kind::Other);
}

#[test]
fn a_message_without_an_envelope_sender_is_by_a_program() {
    let arrived = arrived("Return-Path: <>\nFrom: x@y.example.org\nSubject: Hello\nMessage-ID: <a@b>\n\nx\n");
    assert_eq!(arrived.kind, Kind::AutoReply(Sign::NullSender));
}

#[test]
fn an_out_of_office_subject_counts_where_it_answers_us() {
    let away = |answers: &str| {
        arrived(&format!(
            "From: x@y.example.org\nSubject: Automatic reply: SIP-0001\nMessage-ID: <a@b>\n{answers}\nBack on Monday\n"
        ))
    };
    assert_eq!(away("In-Reply-To: <n-1@quorate.example.org>\n").kind, Kind::AutoReply(Sign::Subject));
    assert_eq!(away("").kind, Kind::Other);
}

#[test]
fn a_receipt_is_by_a_program() {
    let receipt = with(
        "",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nRead.\n--b\n\
         Content-Type: message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually; displayed\n\n--b--\n",
    );
    assert_eq!(receipt.kind, Kind::AutoReply(Sign::Receipt));
}

#[test]
fn our_own_message_is_known_when_it_comes_back() {
    let own =
        "From: SIP <SIP@quorate.example.org>\nAuto-Submitted: auto-generated\nMessage-ID: <n-1@quorate.example.org>\n";
    assert_eq!(arrived(&format!("{own}Subject: Due\n\nx\n")).kind, Kind::OwnNotice);
}

#[test]
fn a_reply_is_known_by_what_it_answers() {
    assert_eq!(sort("In-Reply-To: <n-1@quorate.example.org>\n"), Kind::ReplyToNotice);
    assert_eq!(sort("References: <case-p-2026-0001@quorate.example.org>\n\t<other@x>\n"), Kind::ReplyToNotice);
    assert_eq!(sort("In-Reply-To: <n-1@elsewhere.example.org>\n"), Kind::Other);
    let arrived = with("References: <case-P-2026-0001@QUORATE.example.org> <n-2@quorate.example.org>\n", "\nx\n");
    assert_eq!(arrived.case(), Some("p-2026-0001"));
    assert_eq!(arrived.answers[0].notice().unwrap().as_str(), "n-2");
}

#[test]
fn a_form_pasted_into_the_text_is_a_candidate() {
    let arrived = with("", "\nHello,\n\nproposer:\n  organisation: Brook\ntitle: x\n");
    let names: Vec<_> = arrived.candidates().iter().map(|one| one.name().to_owned()).collect();
    assert_eq!((arrived.kind.clone(), names), (Kind::Submission, vec!["the text of the message".to_owned()]));
}
