//! Reports of what became of a message, as mail servers write them.

use super::*;
use quorate::intake::{Action, Bounce, Lasting, Status};

fn bounce(text: &str) -> Bounce {
    match arrived(text).kind {
        Kind::Bounce(bounce) => bounce,
        other => panic!("a bounce was expected: {other:?}"),
    }
}

/// A report in the standard form: its headers, its text, its fields and what it returns.
fn report(headers: &str, fields: &str, returned: &str) -> String {
    format!(
        "Return-Path: <>\n{headers}Message-ID: <report@mail.brook.example.org>\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"=_b\"\n\n--=_b\n\
         Content-Type: text/plain\n\nYour message could not be handed over.\n\n--=_b\n\
         Content-Type: message/delivery-status\n\n{fields}\n--=_b\n{returned}\n--=_b--\n"
    )
}

const RETURNED: &str = "Content-Type: message/rfc822\n\nFrom: sip@quorate.example.org\nTo: gone@brook.example.org\n\
                        Message-ID: <n-77@quorate.example.org>\nSubject: Due\n\nHello";
const RETURNED_HEADERS: &str = "Content-Type: text/rfc822-headers\n\nFrom: sip@quorate.example.org\n\
                                Message-Id: <n-78@quorate.example.org>\nSubject: Due\n";

#[test]
fn a_report_in_the_shape_of_postfix_is_read() {
    let bounce = bounce(&report(
        "From: MAILER-DAEMON@mail.brook.example.org (Mail Delivery System)\nSubject: Undelivered Mail Returned to Sender\n\
         To: bounces+n-77@quorate.example.org\nAuto-Submitted: auto-replied\n",
        "Reporting-MTA: dns; mail.brook.example.org\nX-Postfix-Queue-ID: 4F0A\nArrival-Date: Mon, 2 Mar 2026 09:00:00 +0000\n\n\
         Final-Recipient: rfc822; gone@brook.example.org\nOriginal-Recipient: rfc822;Gone@brook.example.org\n\
         Action: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.brook.example.org\n\
         Diagnostic-Code: smtp; 550 5.1.1 <gone@brook.example.org>: Recipient address\n    rejected: no such user\n",
        RETURNED,
    ));
    assert_eq!(bounce.notice.as_ref().unwrap().as_str(), "n-77");
    assert_eq!(bounce.original.as_ref().unwrap().as_str(), "n-77@quorate.example.org");
    assert_eq!(bounce.reported_by.as_deref(), Some("mail.brook.example.org"));
    let [returned] = bounce.recipients.as_slice() else { panic!("one recipient: {bounce:?}") };
    assert_eq!(returned.address(), Some("Gone@brook.example.org"));
    assert_eq!(returned.final_recipient.as_deref(), Some("gone@brook.example.org"));
    assert_eq!((returned.action, returned.lasting()), (Action::Failed, Lasting::Permanent));
    assert_eq!(returned.status.unwrap().to_string(), "5.1.1");
    let said = "550 5.1.1 <gone@brook.example.org>: Recipient address rejected: no such user";
    assert_eq!(returned.diagnostic.as_deref(), Some(said));
}

#[test]
fn a_delay_is_no_failure_yet() {
    let bounce = bounce(&report(
        "From: MAILER-DAEMON@mail.brook.example.org\nSubject: Delayed Mail (still being retried)\nTo: bounces@quorate.example.org\n",
        "Reporting-MTA: dns; mail.brook.example.org\n\nFinal-Recipient: rfc822; slow@brook.example.org\nAction: delayed\n\
         Status: 4.4.1\nDiagnostic-Code: X-Postfix; connect to mx.brook.example.org: Connection timed out\n",
        RETURNED_HEADERS,
    ));
    assert_eq!(bounce.notice.as_ref().unwrap().as_str(), "n-78");
    assert_eq!((bounce.recipients[0].action, bounce.recipients[0].lasting()), (Action::Delayed, Lasting::Passing));
    let said = "connect to mx.brook.example.org: Connection timed out";
    assert_eq!(bounce.recipients[0].diagnostic.as_deref(), Some(said));
}

#[test]
fn a_report_in_the_shape_of_exchange_is_read() {
    let bounce = bounce(&report(
        "From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@brook.example.org>\n\
         Subject: Undeliverable: Due\nTo: bounces@quorate.example.org\nIn-Reply-To: <n-77@quorate.example.org>\n",
        "Reporting-MTA: dns;AM0.brook.example.org\nReceived-From-MTA: dns;mx.quorate.example.org\n\n\
         Final-Recipient: rfc822;full@brook.example.org\nAction: failed\nStatus: 5.2.2\n\
         Diagnostic-Code: smtp;554 5.2.2 mailbox full; STOREDRV.Deliver\nX-Display-Name: Full\n\n\
         Final-Recipient: rfc822;gone@brook.example.org\nAction: failed\nStatus: 5.1.10\n",
        RETURNED,
    ));
    let lasting: Vec<_> = bounce.recipients.iter().map(|one| (one.address().unwrap(), one.lasting())).collect();
    let expected = [("full@brook.example.org", Lasting::Passing), ("gone@brook.example.org", Lasting::Permanent)];
    assert_eq!(lasting, expected);
}

#[test]
fn a_report_in_the_shape_of_gmail_is_read() {
    let bounce = bounce(&report(
        "From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>\nSubject: Delivery Status Notification (Failure)\n\
         To: bounces+n-90@quorate.example.org\nX-Failed-Recipients: gone@brook.example.org\nAuto-Submitted: auto-replied\n\
         In-Reply-To: <n-90@quorate.example.org>\nReferences: <n-90@quorate.example.org>\n",
        "Reporting-MTA: dns; googlemail.example\n\nFinal-Recipient: rfc822; gone@brook.example.org\nAction: failed\n\
         Status: 5.0.0\nDiagnostic-Code: smtp; 550 no such user\nLast-Attempt-Date: Mon, 02 Mar 2026 01:00:00 -0800 (PST)\n",
        "Content-Type: message/rfc822\n\nMessage-ID: <n-90@quorate.example.org>\n",
    ));
    assert_eq!(bounce.notice.as_ref().unwrap().as_str(), "n-90");
    assert_eq!(bounce.recipients[0].lasting(), Lasting::Permanent);
}

#[test]
fn a_delivery_reported_is_no_failure() {
    let bounce = bounce(&report(
        "From: MAILER-DAEMON@mail.brook.example.org\nSubject: Successful Mail Delivery Report\nTo: bounces@quorate.example.org\n",
        "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; ada@brook.example.org\nAction: relayed\nStatus: 2.0.0\n",
        RETURNED_HEADERS,
    ));
    assert_eq!((bounce.recipients[0].action, bounce.recipients[0].lasting()), (Action::Relayed, Lasting::NoFailure));
}

#[test]
fn a_report_in_the_old_shape_of_exim_is_read() {
    let bounce = bounce(
        "Return-Path: <>\nX-Failed-Recipients: gone@brook.example.org\nAuto-Submitted: auto-replied\n\
         From: Mail Delivery System <Mailer-Daemon@mail.brook.example.org>\nTo: bounces+n-12@quorate.example.org\n\
         Subject: Mail delivery failed: returning message to sender\nMessage-Id: <E1@mail.brook.example.org>\n\n\
         The following address failed:\n\n  gone@brook.example.org\n    host mx.brook.example.org [192.0.2.1]\n\
         \x20   SMTP error from remote mail server after RCPT TO: 550 5.1.1 unknown user\n\n\
         ------ This is a copy of the message, including all the headers. ------\n\n\
         From: sip@quorate.example.org\nTo: other@brook.example.org\nMessage-ID: <n-12@quorate.example.org>\n",
    );
    assert_eq!(bounce.notice.as_ref().unwrap().as_str(), "n-12");
    assert_eq!(bounce.original.as_ref().unwrap().as_str(), "n-12@quorate.example.org");
    let [returned] = bounce.recipients.as_slice() else { panic!("one recipient: {bounce:?}") };
    assert_eq!(returned.final_recipient.as_deref(), Some("gone@brook.example.org"));
    assert_eq!((returned.action, returned.lasting()), (Action::Unknown, Lasting::Permanent));
}

#[test]
fn a_report_in_the_shape_of_qmail_is_read() {
    let bounce = bounce(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mail.brook.example.org\nTo: bounces@quorate.example.org\n\
         Subject: failure notice\nMessage-Id: <q@mail.brook.example.org>\n\n\
         Hi. This is the program that delivers mail at mail.brook.example.org.\n\n<gone@brook.example.org>:\n\
         Sorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n\
         Message-ID: <n-13@quorate.example.org>\n",
    );
    assert_eq!(bounce.notice.as_ref().unwrap().as_str(), "n-13");
    assert_eq!(bounce.recipients[0].final_recipient.as_deref(), Some("gone@brook.example.org"));
    assert_eq!(bounce.recipients[0].status, Status::parse("5.1.1"));
}

#[test]
fn mail_to_a_bounce_address_is_about_its_notice_whatever_it_says() {
    let bounce = bounce(
        "Return-Path: <>\nFrom: postmaster@brook.example.org\nTo: bounces+n-14@quorate.example.org\nSubject: Hm\n\
         Message-Id: <q@brook.example.org>\n\nWe are sorry.\n",
    );
    assert_eq!((bounce.notice.unwrap().as_str(), bounce.recipients.len()), ("n-14", 0));
    let away = arrived(
        "Return-Path: <>\nFrom: ada@brook.example.org\nTo: bounces+n-14@quorate.example.org\n\
         Subject: Automatic reply: Due\nAuto-Submitted: auto-replied\nMessage-Id: <q@brook.example.org>\n\nBack on Monday.\n",
    );
    assert!(matches!(away.kind, Kind::AutoReply(_)));
}

#[test]
fn a_person_who_writes_about_delivery_is_no_bounce() {
    assert_eq!(with("", "Comments: x\n\nThe delivery has failed, said the postmaster: 550 5.1.1\n").kind, Kind::Other);
    let asks = arrived("From: ada@brook.example.org\nSubject: Returned mail?\nMessage-ID: <a@b>\n\nWhat happened?\n");
    assert_eq!(asks.kind, Kind::Other);
}

#[test]
fn a_status_is_three_numbers() {
    assert_eq!(Status::parse(" 5.1.10 (bad)").map(|status| status.to_string()).as_deref(), Some("5.1.10"));
    for text in ["", "5", "5.1", "3.1.1", "5.1.1.1", "5.1.9999", "a.b.c", "5..1"] {
        assert_eq!(Status::parse(text), None, "{text}");
    }
}
