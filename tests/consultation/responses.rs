use quorate::consultation::{
    Admitted, Attachment, Part, RawAnswer, RawConfidential, RawEffect, RawResponse, Response, Timing, Verbatim, Words,
};

use super::{decide_late, issued, northwind, raw, response, submit, words};

fn faults(raw: &RawResponse) -> Vec<String> {
    Words::read(raw, &issued()).unwrap_err().0.into_iter().map(|fault| fault.place).collect()
}

#[test]
fn any_words_are_an_answer() {
    for given in ["Yes", "No", "Neutral", "Unknown", "N/A", "1 week", "As per consultation document.", "Flexible"] {
        assert_eq!(words(&raw(&[("Q1", given, "")])).answers[&"Q1".parse().unwrap()].answer.as_str(), given);
    }
    assert!(words(&raw(&[("Q1", "", "No answer, but a rationale.")])).answers.len() == 1);
}

#[test]
fn a_text_is_kept_to_the_letter() {
    let odd = "  Two  spaces,\ta tab\r\n\r\n\u{201c}quotes\u{201d}, <b>markup</b>, e\u{301}, teh typo \n ";
    let kept = words(&raw(&[("Q1", "Yes", odd)]));
    assert_eq!(kept.answers[&"Q1".parse().unwrap()].rationale.as_str(), odd);
    let stored: Words = serde_json::from_str(&serde_json::to_string(&kept).unwrap()).unwrap();
    assert_eq!(stored, kept);
}

#[test]
fn everything_wrong_with_a_response_is_said_at_once() {
    let mut bad = raw(&[("Q9", "Yes", ""), ("first", "Yes", ""), ("Q1", "Yes", "bell \u{7}")]);
    bad.sips.insert("SIP-0099".to_owned(), RawEffect::default());
    bad.comments = "x".repeat(20_001);
    bad.attachments = vec![Attachment { name: Verbatim::default(), digest: "abc".to_owned() }];
    bad.confidential.parts.insert("Q1.colour".to_owned(), "Because.".to_owned());
    bad.confidential.parts.insert("Q1.answer".to_owned(), " ".to_owned());
    let mut places = faults(&bad);
    places.sort();
    assert_eq!(
        places,
        [
            "answers.Q1.rationale",
            "answers.Q9",
            "answers.first",
            "attachments[0]",
            "attachments[0]",
            "comments",
            "confidential.parts.Q1.answer",
            "confidential.parts.Q1.colour",
            "sips.SIP-0099"
        ]
    );
}

#[test]
fn a_response_must_say_something() {
    assert_eq!(faults(&RawResponse::default()), ["answers"]);
    assert_eq!(faults(&raw(&[("Q1", " ", "\n")])), ["answers"]);
    let comment = RawResponse { comments: "We have nothing to add.".to_owned(), ..RawResponse::default() };
    assert!(Words::read(&comment, &issued()).is_ok());
}

#[test]
fn confidentiality_needs_a_reason_and_is_either_of_the_whole_or_of_parts() {
    let whole = |reason: &str| RawConfidential { whole: Some(reason.to_owned()), ..RawConfidential::default() };
    let with = |confidential| RawResponse { confidential, ..raw(&[("Q1", "Yes", "")]) };
    assert_eq!(faults(&with(whole("  "))), ["confidential.whole"]);
    let mut both = whole("Trade secrets.");
    both.parts.insert("Q1".to_owned(), "Trade secrets.".to_owned());
    assert_eq!(faults(&with(both)), ["confidential"]);
    assert!(words(&with(whole("Trade secrets."))).confidential.covers(&Part::Comments));
}

#[test]
fn a_confidential_question_covers_its_answer_and_rationale_and_nothing_else() {
    let mut given = raw(&[("Q1", "Yes", "Because."), ("Q2", "No", "")]);
    given.confidential.parts.insert("Q1".to_owned(), "Prices.".to_owned());
    let confidential = words(&given).confidential;
    let covers = |part: &str| confidential.covers(&part.parse().unwrap());
    assert!(covers("Q1") && covers("Q1.answer") && covers("Q1.rationale"));
    assert!(!covers("Q2") && !covers("Q2.answer") && !covers("comments") && !covers("SIP-0001.cost"));
}

#[test]
fn the_disclaimer_of_a_mail_system_is_no_request_for_confidentiality() {
    let disclaimer = "This e-mail and its attachments are confidential and intended for the addressee only.";
    let given = RawResponse { comments: disclaimer.to_owned(), ..raw(&[("Q1", "Yes", disclaimer)]) };
    assert!(!words(&given).confidential.covers(&Part::Comments));
}

#[test]
fn a_response_may_name_a_part_by_every_spelling_it_is_printed_in() {
    for text in ["Q1", "Q12.answer", "Q3.rationale", "SIP-0001.impact", "SIP-0001.cost", "comments", "attachments"] {
        assert_eq!(text.parse::<Part>().unwrap().to_string(), text);
    }
    for text in ["", "Q0", "Q1.", "answer", "SIP-0001", "Q1.cost.", ".cost", "Q99999"] {
        assert!(text.parse::<Part>().is_err(), "{text}");
    }
}

#[test]
fn every_version_is_kept_and_the_last_one_in_time_counts() {
    let mut given = response(northwind(), &raw(&[("Q1", "Yes", "")]));
    submit(&mut given, northwind(), Timing::InTime, &raw(&[("Q1", "No", "We looked again.")]));
    assert_eq!(given.versions.len(), 2);
    assert_eq!(given.counts().unwrap().number, 2);
    assert_eq!(given.versions[0].words, words(&raw(&[("Q1", "Yes", "")])));
}

#[test]
fn a_late_version_counts_only_once_it_is_admitted() {
    let mut given = response(northwind(), &raw(&[("Q1", "Yes", "")]));
    submit(&mut given, northwind(), Timing::Late, &raw(&[("Q1", "No", "")]));
    assert_eq!(given.counts().unwrap().number, 1);
    assert_eq!(given.undecided().unwrap().number, 2);
    decide_late(&mut given, 2, Admitted::No);
    assert_eq!((given.counts().unwrap().number, given.aside().count()), (1, 1));
    decide_late(&mut given, 2, Admitted::Yes);
    assert_eq!((given.counts().unwrap().number, given.aside().count()), (2, 0));
    assert_eq!(given.decisions.len(), 2, "both decisions are kept");
}

#[test]
fn a_late_response_alone_does_not_count_until_admitted() {
    let mut given = Response::default();
    submit(&mut given, northwind(), Timing::Late, &raw(&[("Q1", "Yes", "")]));
    assert!(given.counts().is_none());
    decide_late(&mut given, 1, Admitted::Yes);
    assert_eq!(given.counts().unwrap().timing, Timing::Late);
}

#[test]
fn an_attachment_is_kept_by_name_and_digest() {
    let attachment = Attachment { name: Verbatim::parse("our case.docx").unwrap(), digest: "ab".repeat(32) };
    let answer = RawAnswer { attachments: vec![attachment.clone()], ..RawAnswer::default() };
    let given = RawResponse { answers: [("Q1".to_owned(), answer)].into(), ..RawResponse::default() };
    assert_eq!(words(&given).answers[&"Q1".parse().unwrap()].attachments, [attachment]);
}
