//! What the mail door does with a message and what it answers.

use super::*;
use quorate::intake::{
    Act, Answer, Decision, Facts, Fault, FormFact, FormOutcome, Ignored, Queued, Seen, SenderKnown, Sign, decide,
};

const YAML: &str = "\nproposer:\n  organisation: Brook\ntitle: x\n";
const PROVEN: &str = "Authentication-Results: mx.quorate.example.org; dmarc=pass header.from=brook.example.org\n";
const REFUTED: &str = "Authentication-Results: mx.quorate.example.org; dmarc=fail header.from=brook.example.org\n";
const REPLY: &str = "In-Reply-To: <n-1@quorate.example.org>\n";

fn facts(sender: SenderKnown, outcomes: &[FormOutcome]) -> Facts {
    let forms = (1..).zip(outcomes);
    let forms = forms.map(|(number, outcome)| FormFact { file: format!("form-{number}"), outcome: outcome.clone() });
    Facts { seen: Seen::New, sender, forms: forms.collect(), answered: Vec::new() }
}

fn faulty() -> FormOutcome {
    FormOutcome::Faulty(vec![Fault {
        label: "B1 Title".to_owned(),
        what: "this is missing".to_owned(),
        mend: "x".to_owned(),
    }])
}

fn file() -> String {
    "form-1".to_owned()
}

#[track_caller]
fn assert_decided(headers: &str, body: &str, facts: &Facts, act: Act, answer: Option<Answer>) {
    assert_eq!(decide(&with(headers, body), facts), Decision { act, answer });
}

#[test]
fn one_complete_form_of_a_nominated_contact_is_submitted_or_confirmed_first() {
    let facts = facts(SenderKnown::Nominated, &[FormOutcome::Complete]);
    assert_decided(PROVEN, YAML, &facts, Act::Submit { form: 0 }, Some(Answer::Received));
    for headers in ["", REFUTED] {
        let confirm = Some(Answer::ConfirmSender { file: file() });
        assert_decided(headers, YAML, &facts, Act::AwaitConfirmation { form: 0 }, confirm);
    }
}

#[test]
fn a_form_beside_other_files_is_found() {
    let unreadable = FormOutcome::Unreadable { why: "cut short".to_owned() };
    let facts = facts(SenderKnown::Nominated, &[FormOutcome::NotAForm, unreadable, FormOutcome::Complete]);
    assert_decided(PROVEN, YAML, &facts, Act::Submit { form: 2 }, Some(Answer::Received));
}

#[test]
fn a_form_of_somebody_not_nominated_goes_to_dcc_and_says_so() {
    for sender in [SenderKnown::Known, SenderKnown::Stranger] {
        for outcome in [FormOutcome::Complete, faulty()] {
            let facts = facts(sender, &[outcome]);
            for headers in ["", PROVEN] {
                assert_decided(headers, YAML, &facts, Act::Queue(Queued::NotNominated), Some(Answer::NotNominated));
            }
            assert_decided(REFUTED, YAML, &facts, Act::Queue(Queued::SenderRefuted), None);
        }
    }
}

#[test]
fn a_form_that_cannot_be_taken_is_answered_with_what_to_mend() {
    let fault = Fault { label: "B1 Title".to_owned(), what: "this is missing".to_owned(), mend: "x".to_owned() };
    let (why, version) = ("it is damaged".to_owned(), "2".to_owned());
    let cases = [
        (vec![faulty()], Answer::FaultyFields { file: file(), faults: vec![fault] }),
        (vec![FormOutcome::Several], Answer::SeveralForms { files: vec![file()] }),
        (vec![FormOutcome::Complete, faulty()], Answer::SeveralForms { files: vec![file(), "form-2".to_owned()] }),
        (vec![FormOutcome::OtherVersion { version: version.clone() }], Answer::OtherVersion { file: file(), version }),
        (vec![FormOutcome::Unreadable { why: why.clone() }], Answer::Unreadable { file: file(), why }),
    ];
    for (outcomes, answer) in cases {
        let facts = facts(SenderKnown::Nominated, &outcomes);
        for headers in ["", PROVEN] {
            assert_decided(headers, YAML, &facts, Act::Queue(Queued::FormNotTaken), Some(answer.clone()));
        }
        assert_decided(REFUTED, YAML, &facts, Act::Queue(Queued::SenderRefuted), None);
    }
}

#[test]
fn a_reply_goes_to_dcc_even_with_a_file_that_is_no_form() {
    let replied = (Act::Queue(Queued::ReplyToNotice), Some(Answer::ReplyToNotice));
    let none = facts(SenderKnown::Known, &[]);
    assert_decided(REPLY, "\nThank you.\n", &none, replied.0.clone(), replied.1.clone());
    let other = facts(SenderKnown::Nominated, &[FormOutcome::NotAForm]);
    assert_decided(REPLY, YAML, &other, replied.0, replied.1);
    let form = facts(SenderKnown::Nominated, &[FormOutcome::Complete]);
    let headers = format!("{PROVEN}{REPLY}");
    assert_decided(&headers, YAML, &form, Act::Submit { form: 0 }, Some(Answer::Received));
}

#[test]
fn a_message_in_which_nothing_is_found_is_answered_only_where_its_sender_is_known_or_proven() {
    let nothing = Act::Queue(Queued::NothingFound);
    let hello = "\nHello\n";
    for sender in [SenderKnown::Nominated, SenderKnown::Known] {
        assert_decided("", hello, &facts(sender, &[]), nothing.clone(), Some(Answer::NothingFound));
        assert_decided(REFUTED, hello, &facts(sender, &[]), Act::Queue(Queued::SenderRefuted), None);
    }
    let stranger = facts(SenderKnown::Stranger, &[]);
    assert_decided("", hello, &stranger, nothing.clone(), None);
    assert_decided(PROVEN, hello, &stranger, nothing, Some(Answer::NothingFound));
}

#[test]
fn a_file_that_people_send_in_place_of_the_form_is_named() {
    let body = |bytes: &str, name: &str| {
        format!(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: attachment; filename={name}\n\n{bytes}\n--b--\n"
        )
    };
    let facts = facts(SenderKnown::Nominated, &[]);
    let why = |arrived: &Arrived| match decide(arrived, &facts).answer {
        Some(Answer::Unreadable { file, why }) => format!("{file}: {why}"),
        other => panic!("{other:?}"),
    };
    let pdf = with("", &body("%PDF-1.7", "form.pdf"));
    assert_eq!(why(&pdf), "form.pdf: this is a PDF; send the Word file (.docx) it was made from");
    let rich = with("", &body("{\\rtf1", "form.rtf"));
    assert_eq!(why(&rich), "form.rtf: this is a rich text document (.rtf); save it as Word (.docx) and send that");
}

#[test]
fn what_is_too_big_or_hostile_goes_to_dcc() {
    let door = Door { limits: Limits { message: 400, ..Limits::default() }, ..door() };
    let raw = wire(&format!("{PROVEN}From: ada@brook.example.org\nMessage-ID: <a@b>\n\n{}", "x".repeat(600)));
    let big = read(&raw, received(), &door).unwrap();
    let decided = decide(&big, &facts(SenderKnown::Nominated, &[]));
    assert_eq!(decided.act, Act::Queue(Queued::TooBig));
    assert!(matches!(decided.answer, Some(Answer::TooBig { what }) if what.contains("400")));
    let long = format!("X-A: {}\n", "a".repeat(200_000));
    assert_decided(&long, YAML, &facts(SenderKnown::Nominated, &[]), Act::Queue(Queued::Hostile), None);
}

#[test]
fn what_a_program_sent_is_never_answered() {
    let nominated = facts(SenderKnown::Nominated, &[FormOutcome::Complete]);
    let automatic = format!("{PROVEN}Auto-Submitted: auto-replied\n");
    let ignored = Act::Ignore(Ignored::Automatic(Sign::AutoSubmitted));
    assert_decided(&automatic, "\nAway\n", &nominated, ignored, None);
    assert_decided(&automatic, YAML, &nominated, Act::Queue(Queued::AutomaticWithForm), None);
    let own = arrived("From: sip@quorate.example.org\nMessage-ID: <n-1@quorate.example.org>\n\nx\n");
    assert_eq!(decide(&own, &nominated), Decision { act: Act::Ignore(Ignored::OwnNotice), answer: None });
    let bounced = arrived(
        "From: mailer-daemon@x.example.org\nTo: bounces+n-1@quorate.example.org\nSubject: failure notice\nMessage-ID: <a@b>\n\nx\n",
    );
    let decided = decide(&bounced, &nominated);
    assert!(matches!(decided, Decision { act: Act::RecordBounce(_), answer: None }), "{decided:?}");
}

#[test]
fn a_second_copy_is_kept_and_nothing_more() {
    let before = Facts { seen: Seen::Before, ..facts(SenderKnown::Nominated, &[FormOutcome::Complete]) };
    assert_decided(PROVEN, YAML, &before, Act::Ignore(Ignored::SeenBefore), None);
}

#[test]
fn a_message_without_one_sender_is_answered_to_nobody() {
    let several = arrived("From: a@b.example.org, c@d.example.org\nMessage-ID: <a@b>\n\nproposer:\ntitle: x\n");
    let facts = facts(SenderKnown::Nominated, &[FormOutcome::Complete]);
    assert_eq!(decide(&several, &facts), Decision { act: Act::Queue(Queued::NoSender), answer: None });
}

#[test]
fn the_same_is_answered_once_a_day_and_no_address_more_than_twenty_times() {
    let mut facts = facts(SenderKnown::Nominated, &[faulty()]);
    let first = decide(&with("", YAML), &facts).answer.unwrap();
    facts.answered.push(first.key());
    assert_decided("", YAML, &facts, Act::Queue(Queued::FormNotTaken), None);
    let other = Fault { label: "B2 Description".to_owned(), what: "this is missing".to_owned(), mend: "x".to_owned() };
    facts.forms[0].outcome = FormOutcome::Faulty(vec![other]);
    assert!(decide(&with("", YAML), &facts).answer.is_some());
    facts.answered = (0..20).map(|number| format!("answer {number}")).collect();
    assert_decided("", YAML, &facts, Act::Queue(Queued::FormNotTaken), None);
    facts.forms[0].outcome = FormOutcome::Complete;
    assert_decided(PROVEN, YAML, &facts, Act::Submit { form: 0 }, Some(Answer::Received));
    assert_decided("", YAML, &facts, Act::Queue(Queued::NotConfirmed), None);
}

#[test]
fn every_answer_has_a_name_of_its_own() {
    let text = || "x".to_owned();
    let answers = [
        Answer::Received,
        Answer::ConfirmSender { file: text() },
        Answer::NotNominated,
        Answer::Unreadable { file: text(), why: text() },
        Answer::FaultyFields { file: text(), faults: Vec::new() },
        Answer::OtherVersion { file: text(), version: text() },
        Answer::SeveralForms { files: vec![text()] },
        Answer::TooBig { what: text() },
        Answer::ReplyToNotice,
        Answer::NothingFound,
    ];
    let names: std::collections::BTreeSet<_> = answers.iter().map(Answer::name).collect();
    assert_eq!(names.len(), answers.len());
    assert!(answers.iter().all(|answer| answer.key().starts_with(answer.name())));
}
