//! One letter, or a few, in each template.

use quorate::notify::letters::{
    BallotSays, BankHolidaysChanged, CaseLine, ConsultationDue, ConsultationSays, ContactsReview, DeterminationSays,
    DigestLetter, FormConfirmSender, FormFaulty, FormNotNominated, FormProblem, FormReceived, FormUnreadable,
    Frequency, Gone, MailNotUnderstood, MailProblem, Moved, MovedDate, TestLetter,
};

use super::*;

/// A letter by the name of its golden file.
pub(super) struct Sample {
    pub(super) name: &'static str,
    pub(super) letter: Letter,
}

pub(super) fn all() -> Vec<Sample> {
    let mut samples = of_cases();
    samples.extend(of_committees());
    samples.extend(of_none());
    samples.extend(of_the_door());
    samples.extend(of_other_mail());
    samples
}

fn sample(name: &'static str, template: &str, body: &impl Serialize) -> Sample {
    Sample { name, letter: letter(template, body) }
}

fn of_cases() -> Vec<Sample> {
    let notice = arrived();
    let to_proposer =
        CaseLetter { your_turn: false, outcome: None, why: Why::of("the proposer", Statutory::Yes, None), ..arrived() };
    let ended = CaseLetter {
        subject: "withdrawn by the proposer".to_owned(),
        reason: Some("A later SIP does it better.".to_owned()),
        state: Some("Withdrawn".to_owned()),
        ended: Some("The proposer withdrew it.".to_owned()),
        turn: None,
        your_turn: false,
        deadline: None,
        ..arrived()
    };
    let mut optional = sample(
        "notice-optional",
        "notice",
        &CaseLetter {
            subject: "the proposer has answered".to_owned(),
            why: Why::of("DCC", Statutory::No, Some(link("preferences"))),
            deadline: None,
            ..arrived()
        },
    );
    optional.letter.unsubscribe = Some(link("stop/7Jk2"));
    let test = Letter { purpose: quorate::notify::Purpose::Test, ..letter("notice", &notice) };
    vec![
        sample("notice", "notice", &notice),
        sample("notice-not-your-turn", "notice", &to_proposer),
        optional,
        Sample { name: "notice-test", letter: test },
        sample("ended", "ended", &ended),
        sample("reminder", "reminder", &due("due soon", "2025-11-06")),
        sample("reminder-today", "reminder", &due("due soon", "2025-11-10")),
        sample("overdue", "overdue", &due("overdue", "2025-11-11")),
        sample("date_moved", "date_moved", &moved()),
        sample("no_longer_needed", "no_longer_needed", &gone()),
        sample("determination", "determination", &determination()),
    ]
}

/// The receipt on a later day.
fn due(subject: &str, on: &str) -> CaseLetter {
    let deadline = says("Confirm receipt and say what more is needed", "DCC", &receipt(), at(on, "09:00"));
    CaseLetter { subject: subject.to_owned(), deadline: Some(deadline), ..arrived() }
}

fn moved() -> CaseLetter {
    let later = receipt().extended(day("2025-11-17"), "DCC", "two people are ill").unwrap();
    CaseLetter {
        subject: "more time is needed".to_owned(),
        your_turn: false,
        deadline: Some(says("Confirm receipt and say what more is needed", "DCC", &later, at("2025-11-07", "15:00"))),
        moved: Some(Moved::from(&receipt(), Some("Two people are ill.".to_owned()))),
        why: Why::of("the proposer", Statutory::Yes, None),
        ..arrived()
    }
}

fn gone() -> CaseLetter {
    CaseLetter {
        subject: "nothing more to do".to_owned(),
        state: Some("DCC is validating and prioritising".to_owned()),
        gone: Some(Gone::of("Send the information asked for", &receipt())),
        your_turn: false,
        deadline: None,
        why: Why::of("the proposer", Statutory::No, Some(link("preferences"))),
        ..arrived()
    }
}

fn determination() -> CaseLetter {
    CaseLetter {
        reference: "SIP-0001".to_owned(),
        link: link("cases/SIP-0001"),
        subject: "determination made".to_owned(),
        state: Some("DCC is carrying out the Impact Assessment".to_owned()),
        your_turn: false,
        deadline: Some(says("Deliver the Impact Assessment", "DCC", &close(), at("2025-11-18", "12:00"))),
        determination: Some(DeterminationSays {
            body: "Operations Group".to_owned(),
            point: "Impact Assessment sign-off".to_owned(),
            option: "Approve progression to Impact Assessment".to_owned(),
            on: "Tuesday 18 November 2025".to_owned(),
            reasons: "Small cost & no objection.".to_owned(),
            conditions: Some("The cost stays below £30,000.".to_owned()),
            votes: Some("3 for, 1 against, 1 abstained".to_owned()),
        }),
        ..arrived()
    }
}

/// A consultation of two SIPs, at an instant.
fn consultation(subject: &str, now: DateTime<Utc>) -> CaseLetter {
    let line = |reference: &str, title: &str| CaseLine {
        reference: reference.to_owned(),
        title: title.to_owned(),
        link: link(&format!("cases/{reference}")),
    };
    CaseLetter {
        kind: "Consultation".to_owned(),
        reference: "C-2025-04".to_owned(),
        title: "Winter consultation".to_owned(),
        subject: subject.to_owned(),
        state: Some("SEC Parties may respond".to_owned()),
        deadline: Some(says("Respond to the consultation", "SEC Parties", &close(), now)),
        consultation: Some(ConsultationSays {
            about: None,
            cases: vec![line("SIP-0001", "Longer idle time"), line("SIP-0002", "Filter by <device> & firmware")],
            answer: link("consultations/C-2025-04/respond"),
            not_yet_answered: true,
        }),
        link: link("consultations/C-2025-04"),
        why: Why::of("Beacon Energy, a SEC Party", Statutory::Yes, None),
        ..arrived()
    }
}

fn of_committees() -> Vec<Sample> {
    let open = consultation("consultation open", at("2025-11-17", "09:00"));
    let closing = consultation("the consultation closes soon", at("2025-12-05", "09:00"));
    let ballot = CaseLetter {
        kind: "Ballot".to_owned(),
        reference: "B-0003".to_owned(),
        title: "SIP-0001: Impact Assessment sign-off".to_owned(),
        subject: "a ballot is open".to_owned(),
        state: Some("Members vote by correspondence".to_owned()),
        deadline: Some(says("Vote", "the members", &close(), at("2025-12-03", "09:00"))),
        ballot: Some(BallotSays {
            body: "The Operations Group".to_owned(),
            question: "Does SIP-0001 go to Impact Assessment?".to_owned(),
            options: vec!["approve".to_owned(), "reject".to_owned(), "escalate to the Panel".to_owned()],
            vote: link("ballots/B-0003"),
            not_yet_voted: true,
        }),
        link: link("ballots/B-0003"),
        why: Why::of("the Operations Group", Statutory::No, Some(link("preferences"))),
        ..arrived()
    };
    vec![
        sample("consultation_open", "consultation_open", &open),
        sample("consultation_closing", "consultation_closing", &closing),
        sample("ballot_open", "ballot_open", &ballot),
    ]
}

/// Four letters about three cases.
pub(super) fn week() -> Vec<(DateTime<Utc>, CaseLetter)> {
    let numbered = CaseLetter {
        reference: "SIP-0001".to_owned(),
        link: link("cases/SIP-0001"),
        subject: "accepted and numbered".to_owned(),
        your_turn: false,
        deadline: None,
        turn: Some("SECAS".to_owned()),
        ..arrived()
    };
    vec![
        (at("2025-11-05", "11:30"), numbered),
        (at("2025-11-06", "09:00"), due("due soon", "2025-11-06")),
        (at("2025-11-03", "10:00"), arrived()),
        (
            at("2025-11-06", "16:00"),
            CaseLetter { your_turn: false, ..consultation("consultation open", at("2025-11-17", "09:00")) },
        ),
    ]
}

fn of_none() -> Vec<Sample> {
    let digest = DigestLetter::of(Frequency::Weekly, &week(), Why::of("DCC", Statutory::No, Some(link("preferences"))));
    let holidays = BankHolidaysChanged {
        edition: "2026-02".to_owned(),
        moved: vec![MovedDate {
            reference: "SUB-0001".to_owned(),
            title: "Longer idle time".to_owned(),
            clock: "Confirm receipt and say what more is needed".to_owned(),
            due_words: "Monday 10 November 2025".to_owned(),
            would_be_words: "Tuesday 11 November 2025".to_owned(),
        }],
        reason: "A bank holiday was proclaimed.".to_owned(),
        link: link("bank-holidays"),
    };
    let problem = MailProblem {
        name: "Tom Reed".to_owned(),
        email: "tom.reed@beacon.example".to_owned(),
        party: Some("Beacon Energy".to_owned()),
        said: "550 5.1.1 No such person here".to_owned(),
        since: "Monday 3 November 2025, 10:02 (London)".to_owned(),
        untold: vec!["C-2025-04: consultation open".to_owned()],
        link: link("parties/beacon"),
        why: Why::of("SECAS", Statutory::Yes, None),
    };
    let due = ConsultationDue {
        cut_off: "Tuesday 12 May 2026".to_owned(),
        announced: "Wednesday 24 June 2026".to_owned(),
        opens: "Wednesday 1 July 2026".to_owned(),
        closes: "Wednesday 22 July 2026".to_owned(),
        referral: "Wednesday 29 July 2026".to_owned(),
        explanation: vec!["Cut-off: 30 Working Days back from Wednesday 24 June 2026.".to_owned()],
        link: link(""),
        why: Why::of("SECAS", Statutory::No, None),
    };
    let contacts = ContactsReview {
        party: "Beacon Energy".to_owned(),
        contacts: vec!["Tom Reed".to_owned(), "Una Walsh".to_owned()],
        link: link(""),
        why: Why::of("Beacon Energy", Statutory::No, None),
    };
    let test = TestLetter {
        asked_by: "Sofia Marsh".to_owned(),
        at: "Monday 3 November 2025, 10:00 (London)".to_owned(),
        link: link(""),
    };
    vec![
        sample("digest", "digest", &digest),
        sample("bank_holidays_changed", "bank_holidays_changed", &holidays),
        sample("consultation_due", "consultation_due", &due),
        sample("contacts_review", "contacts_review", &contacts),
        sample("mail_problem", "mail_problem", &problem),
        sample("test", "test", &test),
    ]
}

fn of_the_door() -> Vec<Sample> {
    let received = FormReceived {
        reference: "SUB-0001".to_owned(),
        title: "Longer idle time".to_owned(),
        sent_on: "Monday 3 November 2025".to_owned(),
        acknowledged_by: "the end of Monday 10 November 2025".to_owned(),
        files: vec!["sip-form.docx".to_owned(), "screens.pdf".to_owned()],
        link: link("cases/SUB-0001"),
    };
    let confirm = FormConfirmSender {
        title: "Longer idle time".to_owned(),
        sent_on: "Monday 3 November 2025".to_owned(),
        link: link("confirm/9f3c"),
        until: "the end of Monday 17 November 2025".to_owned(),
    };
    let problem = |field: &str, what: &str, mend: &str| FormProblem {
        field: field.to_owned(),
        what: what.to_owned(),
        mend: Some(mend.to_owned()),
    };
    let faulty = FormFaulty {
        file: "sip-form.docx".to_owned(),
        problems: vec![
            problem("Title", "it is left blank", "Give it in one line."),
            problem("Urgent", "`maybe` is neither yes nor no", "Write yes or no."),
        ],
        link: link("submit"),
    };
    let unreadable = FormUnreadable {
        file: "form.pages".to_owned(),
        what: "it is neither a Word document nor YAML".to_owned(),
        mend: Some("Save it as DOCX.".to_owned()),
        link: link("submit"),
    };
    let stranger = FormNotNominated {
        email: "eve@beacon.example".to_owned(),
        party: Some("Beacon Energy".to_owned()),
        link: link("help/contacts"),
    };
    vec![
        sample("form_received", "form_received", &received),
        sample("form_confirm_sender", "form_confirm_sender", &confirm),
        sample("form_faulty", "form_faulty", &faulty),
        sample("form_unreadable", "form_unreadable", &unreadable),
        sample("form_not_nominated", "form_not_nominated", &stranger),
    ]
}

fn of_other_mail() -> Vec<Sample> {
    vec![
        sample("mail_not_understood", "mail_not_understood", &not_understood()),
        sample(
            "mail_not_understood-several",
            "mail_not_understood",
            &MailNotUnderstood { several_forms: Some(3), ..not_understood() },
        ),
        sample(
            "mail_not_understood-too-large",
            "mail_not_understood",
            &MailNotUnderstood { too_large: Some("20 MB".to_owned()), ..not_understood() },
        ),
        sample(
            "mail_not_understood-reply",
            "mail_not_understood",
            &MailNotUnderstood {
                reply_about: Some(CaseLine {
                    reference: "SIP-0001".to_owned(),
                    title: "Longer idle time".to_owned(),
                    link: link("cases/SIP-0001"),
                }),
                ..not_understood()
            },
        ),
    ]
}

fn not_understood() -> MailNotUnderstood {
    MailNotUnderstood {
        subject: "Lunch on Friday?".to_owned(),
        several_forms: None,
        reply_about: None,
        too_large: None,
        mailbox: "secas@secas.example".to_owned(),
        link: link("submit"),
    }
}
