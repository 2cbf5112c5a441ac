//! Ballots from outside: who may do what, what everybody sees, and what comes of it.

use quorate::committee::{Choice, Coming, Mode, Then};
use quorate::service::{BallotEntry, BallotView, Escalation, NewBallot, NewVote};
use serde_json::json;

use super::*;

/// A process change called `change` that waits for the Panel: three members, of whom two are a quorum.
pub(super) async fn before_the_panel() -> Stage {
    let steps = "
  - change_process: { as: dana, call_it: change, title: Another version }
";
    let mut stage = Stage::set("2025-10-20", steps).await;
    let text =
        include_str!("../../workflows/ssi-change-governance.yaml").replace("version: \"1.0\"", "version: \"1.1\"");
    service::import_definition(stage.app(), &Call::new(&person("dana"), stage.now()), "x.yaml", &text).await.unwrap();
    let steps = "
  - act:
      as: dana
      case: change
      take: consult
      with: { process_changed: ssi-change-governance, new_version: \"1.1\", differences: None., closes_on: 2025-11-10 }
  - on: 2025-11-11
  - act: { as: dana, case: change, take: refer, with: { refinements: none } }
";
    stage.then(steps).await;
    stage
}

fn asked(stage: &Stage, mode: Mode) -> NewBallot {
    let proposed =
        BTreeMap::from([("approve".to_owned(), BTreeMap::from([("effective_on".to_owned(), json!("2025-12-01"))]))]);
    NewBallot { case: stage.reference("change"), question: None, mode, proposed, papers: Vec::new() }
}

fn meeting() -> Mode {
    Mode::Meeting { reference: "Panel 130".to_owned() }
}

fn by_post() -> Mode {
    Mode::Correspondence { closes_on: day("2025-11-14") }
}

async fn open(stage: &Stage, who: &str, mode: Mode) -> Result<BallotView, ServiceError> {
    service::open_ballot(stage.app(), &Call::new(&person(who), stage.now()), asked(stage, mode)).await
}

async fn vote_at(stage: &Stage, now: DateTime<Utc>, who: &str, choice: &str) -> Result<BallotView, ServiceError> {
    let choice = if choice == "abstain" { Choice::Abstain } else { Choice::For(choice.to_owned()) };
    let vote = NewVote { choice, reason: None, seat: None, recorded_for: None };
    service::vote(stage.app(), &Call::new(&person(who), now), "B-2025-001", vote).await
}

async fn vote(stage: &Stage, who: &str, choice: &str) -> Result<BallotView, ServiceError> {
    vote_at(stage, stage.now(), who, choice).await
}

async fn enter(stage: &Stage, who: &str, entry: BallotEntry) -> Result<BallotView, ServiceError> {
    service::enter_in_ballot(stage.app(), &Call::new(&person(who), stage.now()), "B-2025-001", entry).await
}

fn arrives(who: &str) -> BallotEntry {
    BallotEntry::Attendance { person: who.to_owned(), what: Coming::Arrived, at: None }
}

async fn close(stage: &Stage, who: &str) -> Result<BallotView, ServiceError> {
    service::close_ballot(stage.app(), &Call::new(&person(who), stage.now()), "B-2025-001").await
}

async fn seen_by(stage: &Stage, who: Option<&str>) -> BallotView {
    let viewer = who.map(person);
    service::ballot(stage.app(), "B-2025-001", viewer.as_ref()).await.unwrap()
}

#[track_caller]
fn refused(result: Result<BallotView, ServiceError>, wanted: &str) {
    let said = result.expect_err("it is refused").to_string();
    assert!(said.contains(wanted), "{wanted}: {said}");
}

#[tokio::test]
async fn the_count_alone_takes_the_option_and_the_record_names_the_ballot() {
    let stage = before_the_panel().await;
    let opened = open(&stage, "sofia", meeting()).await.unwrap();
    assert_eq!((opened.reference.as_str(), opened.phase.as_str()), ("B-2025-001", "voting"));
    assert_eq!(
        opened.options.iter().map(|option| option.name.as_str()).collect::<Vec<_>>(),
        ["approve", "do_not_approve"]
    );
    for who in ["tom", "mei"] {
        enter(&stage, "sofia", arrives(who)).await.unwrap();
        vote(&stage, who, "approve").await.unwrap();
    }
    let closed = close(&stage, "sofia").await.unwrap();
    assert_eq!(closed.result.unwrap().option.as_deref(), Some("approve"));
    let case = stage.case("change").await;
    assert_eq!(case.state.name, "approved");
    let made = &case.determinations[0];
    assert_eq!((made.body.as_str(), made.ballot.as_deref()), ("the SEC Panel", Some("B-2025-001")));
    assert!(made.reasons.contains("by 2 of 2 votes cast"), "{}", made.reasons);
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn a_ballot_is_opened_by_the_secretary_once_and_complete() {
    let stage = before_the_panel().await;
    refused(open(&stage, "tom", meeting()).await, "Who could: SECAS");
    let bare = NewBallot { proposed: BTreeMap::new(), ..asked(&stage, meeting()) };
    let call_of = person("sofia");
    let call = Call::new(&call_of, stage.now());
    refused(
        service::open_ballot(stage.app(), &call, bare).await,
        "proposed.approve.effective_on: give it with the option: Day from which new cases follow it",
    );
    let mut more = asked(&stage, meeting());
    more.proposed.insert("refine".to_owned(), BTreeMap::new());
    refused(service::open_ballot(stage.app(), &call, more).await, "proposed.refine: the body has no such option here");
    let past = Mode::Correspondence { closes_on: day("2025-11-10") };
    refused(open(&stage, "sofia", past).await, "is over already");
    open(&stage, "sofia", by_post()).await.unwrap();
    refused(open(&stage, "sofia", meeting()).await, "the ballot B-2025-001 on G-2025-01 is open already");
}

#[tokio::test]
async fn nothing_that_is_refused_is_half_saved() {
    let stage = before_the_panel().await;
    open(&stage, "sofia", by_post()).await.unwrap();
    vote(&stage, "tom", "approve").await.unwrap();
    let before = stage.everything().await;
    refused(vote(&stage, "tom", "approve").await, "tom has voted exactly so already");
    refused(vote(&stage, "priya", "approve").await, "priya had no seat on panel");
    refused(vote(&stage, "sofia", "approve").await, "sofia had no seat on panel");
    refused(vote(&stage, "owen", "refine").await, "refine is not an option here");
    refused(close(&stage, "sofia").await, "may still vote");
    refused(close(&stage, "tom").await, "is not for you to do");
    refused(enter(&stage, "tom", arrives("tom")).await, "Who could: SECAS");
    let for_owen = NewVote { choice: Choice::Abstain, reason: None, seat: None, recorded_for: Some("owen".to_owned()) };
    let sofia = person("sofia");
    let recorded = service::vote(stage.app(), &Call::new(&sofia, stage.now()), "B-2025-001", for_owen).await;
    refused(recorded, "by correspondence everybody votes for themselves");
    assert_eq!(stage.everything().await, before);
}

#[tokio::test]
async fn a_recused_member_cannot_vote_and_the_vote_given_no_longer_counts() {
    let stage = before_the_panel().await;
    open(&stage, "sofia", by_post()).await.unwrap();
    vote(&stage, "tom", "approve").await.unwrap();
    let interest = BallotEntry::Interest { person: None, interest: "We build it.".to_owned(), then: Then::Recused };
    enter(&stage, "tom", interest).await.unwrap();
    refused(vote(&stage, "tom", "approve").await, "tom declared an interest and takes no part");
    for who in ["owen", "mei"] {
        vote(&stage, who, "do_not_approve").await.unwrap();
    }
    close(&stage, "sofia").await.unwrap();
    assert_eq!(stage.case("change").await.state.name, "not_approved");
}

#[tokio::test]
async fn a_ballot_by_correspondence_closes_itself_and_takes_nothing_after() {
    let stage = before_the_panel().await;
    open(&stage, "sofia", by_post()).await.unwrap();
    for who in ["tom", "owen"] {
        vote(&stage, who, "approve").await.unwrap();
    }
    // Nobody has noticed the close yet; a vote that comes after it finds it closed all the same.
    refused(vote_at(&stage, at("2025-11-14 17:00"), "mei", "do_not_approve").await, "is closed");
    assert_eq!(stage.case("change").await.state.name, "approved");
    assert_eq!(stage.case("change").await.determinations[0].decided_on, day("2025-11-14"));
}

#[tokio::test]
async fn a_ballot_without_a_quorum_forms_nothing() {
    let stage = before_the_panel().await;
    open(&stage, "sofia", by_post()).await.unwrap();
    vote(&stage, "tom", "approve").await.unwrap();
    stage.tick(at("2025-11-14 17:00")).await;
    let ballot = seen_by(&stage, None).await;
    assert_eq!(ballot.result.as_ref().map(|result| result.because.as_str()), Some("not_quorate"));
    assert!(ballot.reasoning.last().unwrap().contains("1 seat took part where 2 must"), "{:?}", ballot.reasoning);
    assert_eq!(stage.case("change").await.state.name, "panel_decision");
    open(&stage, "sofia", meeting()).await.unwrap();
}

#[tokio::test]
async fn nobody_reads_a_vote_that_is_not_for_them() {
    let stage = before_the_panel().await;
    open(&stage, "sofia", meeting()).await.unwrap();
    for (who, choice) in [("tom", "approve"), ("owen", "do_not_approve"), ("mei", "approve")] {
        enter(&stage, "sofia", arrives(who)).await.unwrap();
        vote(&stage, who, choice).await.unwrap();
    }
    let count = |view: BallotView| (view.voted.len(), view.votes.len(), view.reasoning.len());
    assert_eq!(count(seen_by(&stage, None).await), (3, 0, 0));
    assert_eq!(count(seen_by(&stage, Some("priya")).await), (3, 0, 0));
    assert_eq!(count(seen_by(&stage, Some("tom")).await), (3, 1, 0));
    assert_eq!(count(seen_by(&stage, Some("sofia")).await), (3, 3, 0));
    close(&stage, "sofia").await.unwrap();
    let (public, member) = (seen_by(&stage, None).await, seen_by(&stage, Some("tom")).await);
    assert_eq!((public.votes.len(), member.votes.len()), (0, 3));
    let names = |view: &BallotView| view.reasoning.iter().any(|line| line.contains("(Owen Pryce)"));
    assert_eq!((names(&public), names(&member)), (false, true));
    let journal = service::happenings(stage.app(), 0).await.unwrap();
    let told = journal.iter().any(|entry| entry.entry.payload.to_string().contains("Owen Pryce"));
    assert!(!told, "the journal names people by their ids");
}

#[tokio::test]
async fn what_the_panel_holds_cannot_be_escalated() {
    let stage = before_the_panel().await;
    let given = Escalation { reasons: "Hard.".to_owned(), options_sought: "Any.".to_owned(), papers: None };
    let sofia = person("sofia");
    let call = Call::new(&sofia, stage.now());
    let said = service::escalate(stage.app(), &call, &stage.reference("change"), given).await.unwrap_err().to_string();
    assert!(said.contains("the SEC Panel has it already, and there is nowhere to escalate it to"), "{said}");
}

#[tokio::test]
async fn terms_adopted_during_a_ballot_change_nothing_in_it() {
    let mut stage = before_the_panel().await;
    open(&stage, "sofia", by_post()).await.unwrap();
    let steps = "
  - act:
      as: sofia
      case: panel
      take: propose_terms
      with:
        reason: Another quorum.
        terms: |
          body: panel
          title: SEC Panel
          version: second
          in_force_from: 2025-11-11
          approved_by: the Panel
          chair: tom
          quorum: { number: 1 }
          members: [{ person: tom, category: Large Supplier, seat: Large Suppliers }, { person: priya, category: Large Supplier, seat: Large Suppliers }]
  - determine: { as: sofia, case: panel, votes: { approve: [members] }, expect: approve }
";
    stage.then(steps).await;
    refused(vote(&stage, "priya", "approve").await, "priya had no seat on panel when the ballot opened");
    vote(&stage, "owen", "approve").await.unwrap();
    stage.tick(at("2025-11-14 17:00")).await;
    assert_eq!(seen_by(&stage, None).await.result.unwrap().because, "not_quorate");
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn a_sip_cannot_be_withdrawn_while_a_body_decides() {
    let mut stage = Stage::set("2025-11-03", "").await;
    let steps = "
  - submit: { as: callum, call_it: k, form: sip-k }
  - act: { as: dana, case: k, take: acknowledge }
  - act: { as: dana, case: k, take: confirm_urgency, with: { urgency_reason: It is. } }
  - ballot: { as: sofia, call_it: b, case: k, with: { timetable: { findings: 2025-11-10 } } }
  - act: { as: callum, case: k, take: withdraw, with: { reason: Enough. }, refused: is not possible now }
  - expect: { case: b, state: at_meeting }
";
    stage.then(steps).await;
}

#[tokio::test]
async fn a_body_is_entered_once_with_people_who_are_known() {
    let stage = Stage::set("2025-11-03", "").await;
    let sofia = person("sofia");
    let call = Call::new(&sofia, stage.now());
    let terms = "{ body: sub, title: Sub, version: a, in_force_from: 2025-11-03, approved_by: us, chair: zoe, \
        members: [{ person: zoe, category: Other, seat: One }] }";
    let said = service::establish_committee(stage.app(), &call, terms).await.unwrap_err().to_string();
    assert!(said.contains("nobody is known as zoe"), "{said}");
    let panel = terms.replace("sub", "panel").replace("zoe", "tom");
    let said = service::establish_committee(stage.app(), &call, &panel).await.unwrap_err().to_string();
    assert!(said.contains("panel has terms of reference already"), "{said}");
    let unset = terms.replace("zoe", "tom");
    assert_eq!(service::establish_committee(stage.app(), &call, &unset).await.unwrap().reference, "SUB");
}
