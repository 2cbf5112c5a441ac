//! The list of priorities, from acceptance to the end: who stands where, why, and on whose word (R23, R25).
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets what it does not expect has failed"
)]

#[path = "priorities/office.rs"]
mod office;

use office::{Office, marks, now};
use quorate::service;
use sea_orm::{ConnectionTrait, Database};
use serde_json::json;
use tempfile::TempDir;

const CRITERIA: &str = include_str!("../fixtures/prioritisation.yaml");

#[tokio::test]
async fn a_score_says_what_each_criterion_adds_and_why() {
    let office = Office::new().await;
    let sip = office.accepted("priya", 1, 4).await;
    let list = office.list().await;
    assert_eq!(list.criteria, "example-1");
    let score = list.sips[0].score.as_ref().unwrap();
    assert_eq!((score.criteria.as_str(), score.total, score.out_of), ("example-1", 35, 61));
    assert_eq!(score.lines[1], "Benefit to Parties: 4 of 5, weight 4, adds 16. As found.");
    assert_eq!(
        (list.sips[0].latest.reason.as_str(), list.sips[0].latest.by.as_str()),
        ("It scores 35 of 61 by criteria example-1.", "DCC (dana)")
    );
    let case = service::case(&office.app, &sip, now()).await.unwrap();
    assert!(
        case.recorded["score"].starts_with(
            "35 of 61 by criteria example-1. Duty and security: 1 of 4, weight 5, adds 5 (As found). Benefit"
        ),
        "{}",
        case.recorded["score"]
    );
    assert!(case.recorded["marks"].starts_with("breadth: 3 (As found.); duty: 1 (As found.);"));
}

#[tokio::test]
async fn the_list_is_in_order_of_score_and_equals_stand_in_order_of_acceptance() {
    let office = Office::new().await;
    for (duty, benefit) in [(0, 2), (2, 2), (0, 2), (4, 5), (2, 2)] {
        office.accepted("priya", duty, benefit).await;
    }
    assert_eq!(office.order().await, ["SIP-0004", "SIP-0002", "SIP-0005", "SIP-0001", "SIP-0003"]);
    let reasons: Vec<_> = office.list().await.sips.into_iter().map(|sip| sip.above_next).collect();
    assert!(reasons[0].as_deref().unwrap().contains("because it scores higher. SIP-0004 scores 54 of 61"));
    assert!(reasons[1].as_deref().unwrap().contains("because their scores are equal and its reference comes first."));
    assert_eq!(reasons[4], None);
    assert!(office.holds().await);
}

#[tokio::test]
async fn a_rank_given_by_hand_moves_the_others_and_keeps_their_history() {
    let office = Office::new().await;
    for (duty, benefit) in [(3, 3), (2, 3), (1, 3), (0, 3)] {
        office.accepted("priya", duty, benefit).await;
    }
    office.rank("SIP-0003", 1, "Its fix is already built.").await.unwrap();
    assert_eq!(office.order().await, ["SIP-0003", "SIP-0001", "SIP-0002", "SIP-0004"]);
    let sips = office.list().await.sips;
    let previous: Vec<_> = sips.iter().map(|sip| sip.previous).collect();
    assert_eq!(previous, [Some(3), Some(1), Some(2), None]);
    let changes: Vec<_> = sips.iter().map(|sip| sip.change.as_str()).collect();
    let made_way = "SIP-0003 joined or was placed";
    assert_eq!(changes, ["it was placed here", made_way, made_way, "it was put where its score belongs"]);
    let by_hand = sips[0].by_hand.as_ref().unwrap();
    assert_eq!(
        (by_hand.reason.as_str(), by_hand.by.as_str(), by_hand.at),
        ("Its fix is already built.", "DCC (euan)", now())
    );
    assert!(sips[1..].iter().all(|sip| sip.by_hand.is_none()));
    let above_next = sips[0].above_next.as_deref().unwrap();
    assert!(
        above_next.contains("because DCC (euan) placed SIP-0003 on 3 November 2025: \"Its fix is already built.\""),
        "{above_next}"
    );

    office.rank("SIP-0004", 1, "A duty has come up.").await.unwrap();
    let moved = &office.list().await.sips[1];
    assert_eq!((moved.sip.as_str(), moved.latest.reason.as_str()), ("SIP-0003", "A duty has come up."));
    assert_eq!(moved.by_hand.as_ref().unwrap().reason, "Its fix is already built.");
    assert!(office.holds().await);
}

#[tokio::test]
async fn the_journal_has_every_rank_that_changed_with_the_rank_before() {
    let office = Office::new().await;
    for benefit in [5, 4, 3] {
        office.accepted("priya", 0, benefit).await;
    }
    let (words, _) = office.latest_change().await;
    assert_eq!(words, "SIP-0003 joins the list of priorities at rank 3. It scores 26 of 61 by criteria example-1.");
    office.rank("SIP-0003", 1, "It is needed first.").await.unwrap();
    let (words, payload) = office.latest_change().await;
    assert_eq!(
        words,
        "SIP-0003 moves from rank 3 to 1. It is needed first. SIP-0001 moves from rank 1 to 2. \
         SIP-0002 moves from rank 2 to 3."
    );
    assert_eq!((&payload["previous"], &payload["rank"], &payload["by"]), (&json!(3), &json!(1), &json!("DCC (euan)")));
    let changes: Vec<_> = payload["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| {
            (change["sip"].as_str().unwrap(), change["previous"].clone(), change["judgement"]["reason"].clone())
        })
        .collect();
    let reason = || json!("It is needed first.");
    assert_eq!(
        changes,
        [("SIP-0003", json!(3), reason()), ("SIP-0001", json!(1), reason()), ("SIP-0002", json!(2), reason())]
    );
}

#[tokio::test]
async fn a_sip_that_ends_leaves_the_list_and_closes_the_gap() {
    let office = Office::new().await;
    for benefit in [5, 4, 3] {
        office.accepted("priya", 0, benefit).await;
    }
    office.act("priya", "SIP-0001", "withdraw", json!({ "reason": "No longer wanted." })).await.unwrap();
    assert_eq!(office.order().await, ["SIP-0002", "SIP-0003"]);
    let (words, payload) = office.latest_change().await;
    assert!(words.starts_with("SIP-0001 leaves the list of priorities, from rank 1. The proposer withdrew it."));
    assert_eq!((&payload["rank"], &payload["by"]), (&json!(null), &json!("the proposer (priya)")));
    assert_eq!(office.list().await.sips[0].change, "SIP-0001 left the list");
    let case = service::case(&office.app, "SIP-0001", now()).await.unwrap();
    assert!(case.recorded["score"].starts_with("34 of 61"), "what it scored stays on record");
    assert!(office.holds().await);

    let refused = office.rank("SIP-0001", 1, "After all.").await.unwrap_err().to_string();
    assert!(refused.contains("the case has ended"), "{refused}");
    assert_eq!(office.order().await, ["SIP-0002", "SIP-0003"]);
}

#[tokio::test]
async fn a_sip_rejected_before_it_is_accepted_was_never_on_the_list() {
    let office = Office::new().await;
    office.accepted("priya", 0, 3).await;
    let sip = office.in_validation("mei").await;
    office.act("dana", &sip, "reject", json!({ "reason": "It cannot be built." })).await.unwrap();
    assert_eq!(office.order().await, ["SIP-0001"]);
}

#[tokio::test]
async fn a_sip_of_dcc_itself_is_marked_and_ranked_like_any_other() {
    let office = Office::new().await;
    let dcc = office.accepted("dana", 0, 2).await;
    let smallest = office.accepted("owen", 0, 3).await;
    let equal = office.accepted("mei", 0, 2).await;
    assert_eq!(office.order().await, [smallest, dcc, equal]);
    let sips = office.list().await.sips;
    assert_eq!(sips[1].score, sips[2].score);
    let mut favoured = marks(0, 2);
    favoured["proposer"] = json!({ "mark": 4, "because": "It is our own." });
    let sip = office.in_validation("dana").await;
    let refused = office.accept(&sip, favoured).await.unwrap_err().to_string();
    assert!(refused.contains("proposer is not a criterion of version example-1"), "{refused}");
}

#[tokio::test]
async fn every_fault_in_the_marks_is_told_at_once() {
    let office = Office::new().await;
    let sip = office.in_validation("priya").await;
    let faulty = json!({
        "duty": { "mark": 9, "because": "It is urgent." },
        "party_benefit": { "mark": 2, "because": "x".repeat(2_001) },
        "Speed": { "mark": 1, "because": "Fast." },
        "beauty": { "mark": 1, "because": "It is." },
        "value": { "mark": 1, "because": "Cheap." },
    });
    let refused = office.accept(&sip, faulty).await.unwrap_err().to_string();
    for fault in [
        "every published criterion has a mark and a reason",
        "marks.duty.mark: 9 is too high, give 0 to 4",
        "marks.party_benefit.because: this has 2001 characters, write at most 2000",
        "marks.Speed: \"Speed\" is not a key",
        "marks.beauty: beauty is not a criterion of version example-1, take it out",
        "marks.breadth: this is missing, give a mark from 0 to 5",
        "marks.readiness: this is missing, give a mark from 0 to 2",
    ] {
        assert!(refused.contains(fault), "{fault} is missing from: {refused}");
    }
    assert!(!refused.contains("marks.value") && !refused.contains("marks.party_benefit: this is missing"), "{refused}");
    assert!(office.order().await.is_empty());

    let unreadable = json!({ "duty": { "mark": "high", "because": "x" }, "value": 3 });
    let refused = office.accept(&sip, unreadable).await.unwrap_err().to_string();
    assert!(refused.contains("duty: give a whole number; value: give its `mark` and `because`"), "{refused}");
    assert!(office.accept(&sip, marks(0, 1)).await.is_ok());
}

#[tokio::test]
async fn a_rank_the_list_does_not_have_is_refused_with_those_it_has() {
    let office = Office::new().await;
    for benefit in [5, 4, 3] {
        office.accepted("priya", 0, benefit).await;
    }
    for rank in [0, 4, i64::MAX] {
        let refused = office.rank("SIP-0001", rank, "Elsewhere.").await.unwrap_err().to_string();
        assert!(refused.contains("the list of priorities has this rank (there are ranks 1 to 3)"), "{refused}");
    }
    let refused = office.rank("SIP-0001", 2, &"x".repeat(2_001)).await.unwrap_err().to_string();
    assert!(refused.contains("rank_reason: this has 2001 characters; write at most 2000"), "{refused}");
    let refused = office.act("sofia", "SIP-0001", "rank", json!({ "rank": 2, "rank_reason": "Ours." })).await;
    assert!(refused.unwrap_err().to_string().contains("Who could: DCC"));
    assert_eq!(office.order().await, ["SIP-0001", "SIP-0002", "SIP-0003"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acceptances_and_ranks_at_the_same_time_leave_ranks_from_one_to_n() {
    let folder = TempDir::new().unwrap();
    let office = Office::at(&format!("sqlite:{}?mode=rwc", folder.path().join("q.db").display())).await;
    let mut sips = Vec::new();
    for _ in 0..6 {
        sips.push(office.in_validation("priya").await);
    }
    let accepted = |sip: usize, benefit| office.accept(&sips[sip], marks(0, benefit));
    let (one, two) = tokio::join!(accepted(0, 1), accepted(1, 5));
    assert_ne!(one.unwrap().number, two.unwrap().number);
    let (three, ranked, four) = tokio::join!(accepted(2, 3), office.rank("SIP-0001", 2, "Last."), accepted(3, 3));
    assert!(three.is_ok() && ranked.is_ok() && four.is_ok());
    let (five, withdrawn, six) = tokio::join!(
        accepted(4, 4),
        office.act("priya", "SIP-0002", "withdraw", json!({ "reason": "Not now." })),
        accepted(5, 2)
    );
    assert!(five.is_ok() && withdrawn.is_ok() && six.is_ok());
    assert_eq!(office.order().await.len(), 5);
    assert!(office.holds().await);
}

#[tokio::test]
async fn new_criteria_are_published_by_dcc_and_old_scores_keep_theirs() {
    let office = Office::new().await;
    office.accepted("priya", 0, 5).await;
    let yaml = "version: example-2\ncriteria:\n  - key: duty\n    name: Duty and security\n    question: Is it a duty?\n    \
                weight: 1\n    levels: [No., Yes.]\n";
    let refused = service::publish_criteria(&office.app, &office.call("sofia"), yaml).await.unwrap_err();
    assert!(refused.to_string().contains("Who could: DCC"), "{refused}");
    let again = service::publish_criteria(&office.app, &office.call("euan"), CRITERIA).await.unwrap_err();
    assert_eq!(again.to_string(), "version: there is a version example-1 already; give another name");
    let published = service::publish_criteria(&office.app, &office.call("euan"), yaml).await.unwrap();
    assert_eq!((published.version.as_str(), published.in_force), ("example-2", true));
    assert_eq!(published.published_by, "euan");

    let sip = office.in_validation("mei").await;
    let refused = office.accept(&sip, marks(0, 5)).await.unwrap_err().to_string();
    assert!(refused.contains("party_benefit is not a criterion of version example-2"), "{refused}");
    office.accept(&sip, json!({ "duty": { "mark": 1, "because": "It is." } })).await.unwrap();
    let list = office.list().await;
    assert_eq!(list.criteria, "example-2");
    let versions: Vec<_> = list.sips.iter().map(|sip| sip.score.as_ref().unwrap().criteria.as_str()).collect();
    assert_eq!(versions, ["example-2", "example-1"], "the whole of 1 comes before 34 of 61");
    let above_next = list.sips[0].above_next.as_deref().unwrap();
    assert!(above_next.ends_with("They were scored against different versions of the criteria."), "{above_next}");
    let old = service::criteria_view(&office.app, Some("example-1")).await.unwrap();
    assert_eq!((old.in_force, old.criteria.len()), (false, 5));
    let happened = service::happenings(&office.app, 0).await.unwrap();
    let published: Vec<_> = happened
        .iter()
        .filter(|one| one.entry.act == "criteria_published")
        .map(|one| one.entry.actor.as_str())
        .collect();
    assert_eq!(published, ["system", "euan"]);
    assert!(office.holds().await);
}

#[tokio::test]
async fn faulty_criteria_are_refused_with_what_is_wrong() {
    let office = Office::new().await;
    for (yaml, expected) in [
        ("version: 2\n", "the field `criteria` is missing"),
        ("version: 2\ncriteria: []\n", "the number of criteria is 0; give 1 to 30"),
        (
            "version: 2\ncriteria:\n  - {key: duty, name: Duty, question: Is it?, weight: 0, levels: [No.]}\n",
            "criteria[0].weight: 0 is not a weight; give 1 to 100",
        ),
    ] {
        let refused = service::publish_criteria(&office.app, &office.call("dana"), yaml).await.unwrap_err();
        assert!(refused.to_string().contains(expected), "{refused}");
    }
    assert_eq!(service::criteria_view(&office.app, None).await.unwrap().version, "example-1");
}

#[tokio::test]
async fn a_list_or_a_score_altered_outside_is_found() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("q.db").display());
    let office = Office::at(&url).await;
    for benefit in [5, 4] {
        office.accepted("priya", 0, benefit).await;
    }
    assert!(office.holds().await);
    let outsider = Database::connect(&url).await.unwrap();
    let put = |from: &str, to: &str| {
        format!("UPDATE settings SET json = replace(json, '{from}', '{to}') WHERE name = 'priorities'")
    };
    for (from, to, expected) in [
        ("SIP-0001", "SIP-0009", "priorities: the list stored does not follow from its entries"),
        ("\"rank\":1", "\"rank\":7", "priorities: the list cannot be read (the ranks do not run from 1 to 2)"),
    ] {
        outsider.execute_unprepared(&put(from, to)).await.unwrap();
        assert_eq!(service::verify_journal(&office.app).await.unwrap().differing, [expected]);
        outsider.execute_unprepared(&put(to, from)).await.unwrap();
        assert!(office.holds().await);
    }
    let put = "UPDATE cases SET body = replace(body, '\"total\":34', '\"total\":60') WHERE sip_number = 'SIP-0001'";
    outsider.execute_unprepared(put).await.unwrap();
    let proof = service::verify_journal(&office.app).await.unwrap();
    assert_eq!(proof.differing, ["P-2025-0001: its score is not the one it was given"]);
}
