//! The papers of a body, from facts to documents.

use chrono::{DateTime, NaiveDate, Utc};
use quorate::committee::papers::{
    Action, ActionNote, Agenda, AgendaItem, AnswerCount, Appendix, Attendee, Author, BallotOutcome, Capacity,
    Classification, CommitteePaper, CostFigure, Costs, DecidedSince, DecisionRecord, Filing, Impact, InterestNote,
    Link, MaterialChange, Milestone, Minutes, MinutesItem, MinutesState, PackReference, PaperReference,
    ProposalSummary, QuestionCount, Quorate, Recommendation, ResponseSummary, Sitting, Spell, Verb, When,
    committee_paper,
};
use quorate::committee::{Ballot, Event, Reader, Reasons, Sees, Then, tally};
use quorate::document::{Block, Document, to_text};

use super::explained::{eventful, name};
use super::opened;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn at(time: &str) -> DateTime<Utc> {
    format!("2025-03-03T{time}:00Z").parse().expect("an instant")
}

fn filing(item: u32) -> Filing {
    let reference = PaperReference::new("OPSG", 52, date("2025-03-03"), item).expect("a reference");
    Filing {
        reference: reference.to_string(),
        classification: Classification::white(),
        date: date("2025-02-24"),
        author: "SECAS".to_owned(),
    }
}

fn sitting() -> Sitting {
    Sitting { body: "Operations Group".to_owned(), number: "52".to_owned(), on: date("2025-03-03") }
}

fn pack() -> PackReference {
    PackReference { reference: "C-2025-01".to_owned(), digest: "9f86d081884c7d65".repeat(4) }
}

fn count(category: &str, answer: &str, parties: u32) -> AnswerCount {
    AnswerCount { category: category.to_owned(), answer: answer.to_owned(), parties }
}

fn responses() -> ResponseSummary {
    ResponseSummary {
        consultation: "C-2025-01".to_owned(),
        closed_on: date("2025-02-14"),
        asked: 40,
        responded: 6,
        questions: vec![QuestionCount {
            question: "Question 1: Should SIP-0012 be implemented?".to_owned(),
            counts: vec![
                count("Large Supplier", "Yes", 2),
                count("Large Supplier", "No", 1),
                count("Network Party", "Yes", 1),
                count("Other SEC Party", "Neutral", 2),
            ],
        }],
        pack: pack(),
        consideration: vec!["DCC has refined the search in answer to two respondents.".to_owned()],
    }
}

fn paper() -> CommitteePaper {
    CommitteePaper {
        filing: filing(3),
        title: "SIP-0012 ‘Bulk export of the inventory’: Impact Assessment sign-off".to_owned(),
        body: sitting().body,
        sitting: Some(sitting()),
        action: Action::Decision,
        purpose: vec![
            "The consultation on this proposal has closed and every response has been collated. This paper asks the \
             Operations Group to decide whether it goes to DCC for Impact Assessment."
                .to_owned(),
        ],
        proposal: ProposalSummary {
            reference: "SIP-0012".to_owned(),
            title: "Bulk export of the inventory".to_owned(),
            raised_by: "Gwen Price".to_owned(),
            organisation: "Ynni Cymru Cyf (Small Supplier)".to_owned(),
            lead: "Sofia Marsh, SECAS".to_owned(),
            stage: "Impact Assessment sign-off".to_owned(),
            summary: vec![
                "Users look up devices one at a time. The proposal adds an export of up to 10,000.".to_owned(),
            ],
            link: Some("https://quorate.example/sips/SIP-0012".to_owned()),
        },
        responses: Some(responses()),
        costs: Costs {
            original: "Band B: £20,000 to £50,000".to_owned(),
            now: "£38,000 to £44,000".to_owned(),
            history: vec![CostFigure {
                stage: "Validation".to_owned(),
                on: date("2024-11-20"),
                figure: "Band B".to_owned(),
                basis: "DCC’s estimate before any assessment".to_owned(),
            }],
        },
        impacts: vec![Impact { area: "Security".to_owned(), effect: "No new interface.".to_owned() }],
        material_changes: vec![MaterialChange {
            test: "A requirement was added".to_owned(),
            before: "Export by postcode".to_owned(),
            now: "Export by postcode and by device type".to_owned(),
        }],
        options: vec!["approve progression to Impact Assessment".to_owned(), "reject it".to_owned()],
        recommendations: vec![
            Recommendation { verb: Verb::Discuss, text: "the responses of Parties".to_owned() },
            Recommendation { verb: Verb::Agree, text: "that the change in scope is described in full".to_owned() },
            Recommendation { verb: Verb::Approve, text: "progression to Impact Assessment.".to_owned() },
        ],
        author: Author { name: "Sofia Marsh".to_owned(), team: "SECAS, SSI change governance".to_owned() },
        timetable: vec![
            Milestone { action: "Proposal received".to_owned(), when: When::On(date("2024-11-04")) },
            Milestone {
                action: "Consultation".to_owned(),
                when: When::Between(date("2025-01-24"), date("2025-02-14")),
            },
            Milestone { action: "Impact Assessment".to_owned(), when: When::WeekOf(date("2025-04-07")) },
            Milestone { action: "Deployment".to_owned(), when: When::Open },
        ],
        appendices: vec![Appendix { reference: "C-2025-01".to_owned(), document: "Collated responses".to_owned() }],
    }
}

fn agenda() -> Agenda {
    Agenda {
        filing: filing(1),
        sitting: sitting(),
        starts: "10:00".parse().expect("a time"),
        place: "8 Fenchurch Place, London, or by telephone".to_owned(),
        chair: "Carol Chair".to_owned(),
        quorum: "4 of 6 seats".to_owned(),
        items: vec![
            AgendaItem {
                title: "Minutes of the last meeting".to_owned(),
                action: Action::Decision,
                papers: vec!["OPSG_52_0303_02".to_owned()],
                lead: "Chair".to_owned(),
                remark: String::new(),
            },
            AgendaItem {
                title: "SIP-0012 ‘Bulk export of the inventory’: Impact Assessment sign-off".to_owned(),
                action: Action::Decision,
                papers: vec!["OPSG_52_0303_03".to_owned(), "C-2025-01".to_owned()],
                lead: "SECAS".to_owned(),
                remark: "Late paper: DCC’s consideration came after paper day.".to_owned(),
            },
        ],
        decided_since: vec![DecidedSince {
            ballot: "B-2025-004".to_owned(),
            matter: "SIP-0009: urgent timetable".to_owned(),
            outcome: "Timetable set".to_owned(),
            on: date("2025-02-18"),
        }],
    }
}

fn ballot() -> Ballot {
    let mut ballot = eventful();
    let reasons = Reasons {
        option: Some("approve".to_owned()),
        reasons: "The responses support it and the cost is within the band.".to_owned(),
        conditions: Some("DCC reports the first year of use.".to_owned()),
    };
    ballot.apply(&Event::ReasonsRecorded(reasons), opened(), "sofia");
    ballot
}

fn outcome(sees: Sees) -> BallotOutcome {
    BallotOutcome::of(&ballot(), &tally(&ballot()), Reader { sees, name: &name })
}

fn attendee(name: &str, capacity: Capacity, spells: &[(&str, Option<&str>)]) -> Attendee {
    let spells = spells.iter().map(|(from, until)| Spell { from: at(from), until: until.map(at) }).collect();
    Attendee { name: name.to_owned(), capacity, standing_for: "Large Supplier".to_owned(), spells }
}

fn minutes() -> Minutes {
    Minutes {
        filing: filing(9),
        sitting: sitting(),
        state: MinutesState::Draft,
        place: "8 Fenchurch Place, London".to_owned(),
        presided: "Carol Chair".to_owned(),
        opened: at("10:00"),
        closed: Some(at("12:30")),
        attendance: vec![
            attendee("Carol Chair", Capacity::Chair, &[("10:00", None)]),
            attendee("Ade Adler", Capacity::Member, &[("10:00", Some("10:40")), ("11:05", None)]),
            attendee("Zoe Zander", Capacity::AlternateFor("Cai Cole".to_owned()), &[("10:10", None)]),
        ],
        apologies: vec!["Cai Cole".to_owned()],
        quorate: vec![
            Quorate { spell: Spell { from: at("10:00"), until: Some(at("10:10")) }, present: 3, needed: 4 },
            Quorate { spell: Spell { from: at("10:10"), until: None }, present: 4, needed: 4 },
        ],
        interests: vec![InterestNote {
            person: "Dai Davies".to_owned(),
            item: "SIP-0012".to_owned(),
            interest: "My employer proposed it.".to_owned(),
            then: Then::Recused,
        }],
        items: vec![MinutesItem {
            title: "SIP-0012: Impact Assessment sign-off".to_owned(),
            papers: vec!["OPSG_52_0303_03".to_owned()],
            discussion: vec![
                "A member asked whether the export is limited in size.".to_owned(),
                "DCC said that it is, at 10,000 devices.".to_owned(),
            ],
            outcomes: vec![outcome(Sees::Numbers)],
            actions: vec![ActionNote {
                reference: "52/01".to_owned(),
                action: "Publish the determination".to_owned(),
                owner: "SECAS".to_owned(),
                due: Some(date("2025-03-10")),
            }],
        }],
        next_meeting: Some(date("2025-04-07")),
    }
}

fn record(sees: Sees) -> Document {
    let record = DecisionRecord {
        filing: filing(3),
        subject: "SIP-0012 ‘Bulk export of the inventory’".to_owned(),
        closed: Some(at("11:20")),
        pack: Some(pack()),
        follows: vec!["DCC delivers its Impact Assessment by 28 April 2025.".to_owned()],
        links: vec![Link {
            title: "SIP-0012 on the public register".to_owned(),
            address: "https://quorate.example/sips/SIP-0012".to_owned(),
        }],
    };
    record.document(&ballot(), &tally(&ballot()), Reader { sees, name: &name })
}

fn headings(document: &Document) -> Vec<String> {
    let heading = |block: &Block| match block {
        Block::Heading(heading) => Some(heading.text.to_plain()),
        _ => None,
    };
    document.blocks.iter().filter_map(heading).collect()
}

/// The document as one line of words, as a reader meets them.
fn words(document: &Document) -> String {
    let text = to_text(document).replace(['|', '+'], " ");
    text.split_whitespace().filter(|word| !word.starts_with("--")).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_reference_names_body_meeting_day_and_item() {
    let reference = |body: &str| PaperReference::new(body, 52, date("2020-02-06"), 3).map(|made| made.to_string());
    assert_eq!(reference("OPSG").as_deref(), Ok("OPSG_52_0602_03"));
    for body in ["", "O", "opsg", "OPS G", "OPS_G", "ÉÉÉ"] {
        assert!(reference(body).expect_err(body).to_string().contains("such as OPSG"));
    }
}

#[test]
fn a_committee_paper_has_the_sections_of_the_real_ones() {
    assert_eq!(
        headings(&committee_paper(&paper())),
        [
            "Purpose",
            "Summary of SIP-0012",
            "Consultation responses",
            "Costs",
            "Impact and material change",
            "Recommendations",
            "Appendices",
            "Appendix A: Progression timetable",
        ]
    );
}

#[test]
fn a_section_with_nothing_to_say_is_left_out() {
    let mut paper = paper();
    (paper.responses, paper.impacts, paper.material_changes) = (None, Vec::new(), Vec::new());
    let expected = ["Purpose", "Summary of SIP-0012", "Costs", "Recommendations"];
    assert_eq!(headings(&committee_paper(&paper)).get(..4), Some(&expected.map(str::to_owned)[..]));
}

#[test]
fn a_committee_paper_says_what_is_asked_and_what_it_rests_on() {
    let text = words(&committee_paper(&paper()));
    for part in [
        "OPSG_52_0303_03 | Classification: White".replace('|', "").split_whitespace().collect::<Vec<_>>().join(" "),
        "Action For Decision".to_owned(),
        "Of 40 Parties asked, 6 responded.".to_owned(),
        "Category Yes No Neutral Total".to_owned(),
        "Large Supplier 2 1 0 3".to_owned(),
        "Total 3 1 2 6".to_owned(),
        "When consulted on Band B: £20,000 to £50,000 Now £38,000 to £44,000".to_owned(),
        "Operations Group is requested to: - DISCUSS the responses of Parties; - AGREE that the change in scope is \
         described in full; and - APPROVE progression to Impact Assessment."
            .to_owned(),
        "Appendix B C-2025-01 Collated responses".to_owned(),
        "Consultation 24 January 2025 to 14 February 2025".to_owned(),
        "Impact Assessment Week beginning 7 April 2025".to_owned(),
    ] {
        assert!(text.contains(&part.replace("============", "")), "{part} is not in:\n{text}");
    }
}

#[test]
fn an_agenda_numbers_its_items_and_notes_what_was_decided_since() {
    let text = words(&agenda().document());
    for part in ["Begins 10:00 (London)", "2 SIP-0012", "B-2025-004", "Late paper: DCC’s"] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
    let mut quiet = agenda();
    (quiet.items, quiet.decided_since) = (Vec::new(), Vec::new());
    assert_eq!(headings(&quiet.document()), ["Items"]);
    assert!(words(&quiet.document()).contains("There is nothing on the agenda yet."));
}

#[test]
fn minutes_say_who_was_there_when_and_what_came_of_each_ballot() {
    let text = words(&minutes().document());
    for part in [
        "Operations Group: Draft minutes",
        "10:00 to 10:40 11:05 to 12:30",
        "10:00 to 10:10 3 4 Not quorate",
        "10:10 to 12:30 4 4 Quorate",
        "My employer proposed it. Took no part",
        "1. A member asked",
        "Outcome: approve",
        "The responses support it",
        "52/01 Publish the determination SECAS 10 March 2025",
    ] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
    let approved = Minutes { state: MinutesState::Approved(date("2025-04-07")), ..minutes() };
    assert!(approved.document().title.ends_with(": Minutes") && approved.document().header.is_empty());
}

#[test]
fn a_decision_record_holds_all_that_could_be_disputed() {
    let text = words(&record(Sees::Votes));
    for part in [
        "Determination approve",
        "Held At meeting M-2025-01",
        "Closed Monday 3 March 2025, 11:20 (London)",
        "C Gas networks, Ordinary Counts By Z, alternate reject",
        "Counts No: recused",
        "Votes cast 2 Abstained (not a vote cast) 1",
        "Determination: approve, by the casting vote",
        "DCC reports the first year of use.",
        "C-2025-01 (responses) 9f86d081884c7d65",
        "https://quorate.example/sips/SIP-0012",
    ] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
}

#[test]
fn a_public_decision_record_does_not_say_who_voted_how() {
    let text = words(&record(Sees::Numbers));
    assert!(text.contains("By Z, alternate") && text.contains("Votes cast 2"), "{text}");
    assert!(!text.contains("Choice") && !text.contains("alternate reject"), "{text}");
}

#[test]
fn a_void_ballot_gives_no_determination() {
    let mut ballot = ballot();
    ballot.apply(&Event::BallotVoided { reason: "SIP-0012 was withdrawn".to_owned() }, opened(), "system");
    let outcome = BallotOutcome::of(&ballot, &tally(&ballot), Reader { sees: Sees::Numbers, name: &name });
    assert_eq!(outcome.determination, "None: the ballot is void");
    assert!(outcome.reasoning.iter().any(|line| line == "The ballot is void: SIP-0012 was withdrawn."));
    assert_eq!(outcome.conditions, Vec::<String>::new(), "conditions of an option that was not chosen");
}
