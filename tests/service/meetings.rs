//! Meetings from outside: what is refused, who sees what, and ballots that go by who is there.

use chrono::TimeDelta;
use quorate::committee::meeting::Capacity;
use quorate::committee::{Choice, Coming, Mode, Then};
use quorate::service::{
    BallotEntry, BallotView, MeetingCall, MeetingEntry, MeetingView, NewAgendaItem, NewBallot, NewVote,
};
use serde_json::json;

use super::ballots::before_the_panel;
use super::*;

const MEETING: &str = "M-2025-001";

fn called(body: &str, on: &str, reason: Option<&str>) -> MeetingCall {
    let at = NaiveTime::from_hms_opt(10, 0, 0).unwrap();
    let (place, reason) = ("Room 4".to_owned(), reason.map(str::to_owned));
    MeetingCall { body: body.to_owned(), on: day(on), at, place, papers_before: None, reason }
}

async fn call(stage: &Stage, who: &str, given: MeetingCall) -> Result<MeetingView, ServiceError> {
    service::call_meeting(stage.app(), &Call::new(&person(who), stage.now()), given).await
}

/// The Panel, called to decide on a process change, with its papers out.
async fn called_panel() -> Stage {
    let stage = before_the_panel().await;
    call(&stage, "sofia", called("panel", "2025-11-13", Some("The sprint begins."))).await.unwrap();
    service::send_papers(stage.app(), &Call::new(&person("sofia"), stage.now()), MEETING).await.unwrap();
    stage
}

/// The Panel in session, with these members.
async fn in_session(members: &[&str]) -> Stage {
    let mut stage = called_panel().await;
    stage.then("  - on: 2025-11-13\n").await;
    service::open_meeting(stage.app(), &Call::new(&person("sofia"), stage.now()), MEETING).await.unwrap();
    for member in members {
        enter(&stage, "sofia", came(member)).await.unwrap();
    }
    stage
}

fn came(who: &str) -> MeetingEntry {
    MeetingEntry::Attendance { person: who.to_owned(), capacity: Capacity::Member, what: Coming::Arrived, at: None }
}

fn went(who: &str) -> MeetingEntry {
    MeetingEntry::Attendance { person: who.to_owned(), capacity: Capacity::Member, what: Coming::Left, at: None }
}

fn interest(item: u32, who: Option<&str>) -> MeetingEntry {
    let person = who.map(str::to_owned);
    MeetingEntry::Interest { item, person, interest: "Supplies it.".to_owned(), then: Then::Recused }
}

async fn enter(stage: &Stage, who: &str, entry: MeetingEntry) -> Result<MeetingView, ServiceError> {
    service::enter_in_meeting(stage.app(), &Call::new(&person(who), stage.now()), MEETING, entry).await
}

async fn open_ballot(stage: &Stage, meeting: &str) -> Result<BallotView, ServiceError> {
    let proposed =
        BTreeMap::from([("approve".to_owned(), BTreeMap::from([("effective_on".to_owned(), json!("2025-12-01"))]))]);
    let mode = Mode::Meeting { reference: meeting.to_owned() };
    let new = NewBallot { case: stage.reference("change"), question: None, mode, proposed, papers: Vec::new() };
    service::open_ballot(stage.app(), &Call::new(&person("sofia"), stage.now()), new).await
}

async fn vote_of(stage: &Stage, who: &str, choice: &str) -> Result<BallotView, ServiceError> {
    let choice = Choice::For(choice.to_owned());
    let vote = NewVote { choice, reason: None, seat: None, recorded_for: Some(who.to_owned()) };
    service::vote(stage.app(), &Call::new(&person("sofia"), stage.now()), "B-2025-001", vote).await
}

async fn close_ballot(stage: &Stage) -> BallotView {
    service::close_ballot(stage.app(), &Call::new(&person("sofia"), stage.now()), "B-2025-001").await.unwrap()
}

async fn close(stage: &Stage) -> Result<MeetingView, ServiceError> {
    service::close_meeting(stage.app(), &Call::new(&person("sofia"), stage.now()), MEETING).await
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, ServiceError>, wanted: &str) {
    let said = result.expect_err("it is refused").to_string();
    assert!(said.contains(wanted), "{wanted}: {said}");
}

#[tokio::test]
async fn only_the_secretary_calls_a_meeting_and_only_of_a_body_there_is() {
    let stage = before_the_panel().await;
    refused(call(&stage, "mei", called("panel", "2025-11-26", None)).await, "SECAS, as the secretary");
    refused(call(&stage, "sofia", called("harbour", "2025-11-26", None)).await, "harbour");
    refused(call(&stage, "sofia", called("panel", "2025-11-29", None)).await, "is not a Working Day");
    refused(call(&stage, "sofia", called("panel", "2025-11-13", None)).await, "so short a notice");
    refused(call(&stage, "sofia", called("panel", "2025-11-10", Some("x"))).await, "is past");
    let meeting = call(&stage, "sofia", called("panel", "2025-11-29", Some("No other day."))).await.unwrap();
    assert_eq!((meeting.phase.as_str(), meeting.paper_day), ("called", day("2025-11-24")));
    assert_eq!(meeting.agenda.iter().filter(|item| item.case.is_some()).count(), 1);
}

#[tokio::test]
async fn a_ballot_goes_by_who_is_at_the_meeting() {
    let stage = in_session(&["tom", "owen"]).await;
    open_ballot(&stage, MEETING).await.unwrap();
    refused(vote_of(&stage, "mei", "approve").await, "mei is not at the meeting");
    let arrival = BallotEntry::Attendance { person: "mei".to_owned(), what: Coming::Arrived, at: None };
    let secretary = person("sofia");
    let call = Call::new(&secretary, stage.now());
    refused(
        service::enter_in_ballot(stage.app(), &call, "B-2025-001", arrival).await,
        "enter it in the meeting M-2025-001",
    );
    enter(&stage, "sofia", came("mei")).await.unwrap();
    for who in ["tom", "owen", "mei"] {
        vote_of(&stage, who, "approve").await.unwrap();
    }
    refused(close(&stage).await, "a ballot is open: B-2025-001");
    let counted = close_ballot(&stage).await;
    assert_eq!(counted.result.unwrap().option.as_deref(), Some("approve"));
    let meeting = close(&stage).await.unwrap();
    let decided = meeting.agenda.iter().flat_map(|item| &item.decisions);
    assert_eq!(decided.map(|decision| decision.ballot.as_str()).collect::<Vec<_>>(), ["B-2025-001"]);
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn when_the_quorum_goes_before_the_count_nothing_is_determined() {
    let stage = in_session(&["tom", "owen"]).await;
    open_ballot(&stage, MEETING).await.unwrap();
    enter(&stage, "sofia", went("owen")).await.unwrap();
    vote_of(&stage, "tom", "approve").await.unwrap();
    let counted = close_ballot(&stage).await;
    assert_eq!(counted.result.unwrap().because, "not_quorate");
    assert_eq!(counted.reasoning.last().unwrap(), "No determination was formed: 1 seat took part where 2 must.");
}

#[tokio::test]
async fn an_interest_declared_in_an_item_holds_in_its_ballot() {
    let stage = in_session(&["tom", "owen", "mei"]).await;
    refused(enter(&stage, "tom", interest(2, Some("owen"))).await, "SECAS, as the secretary");
    refused(enter(&stage, "priya", interest(2, None)).await, "priya has no seat on panel");
    enter(&stage, "tom", interest(2, None)).await.unwrap();
    open_ballot(&stage, MEETING).await.unwrap();
    refused(vote_of(&stage, "tom", "approve").await, "tom declared an interest");
    enter(&stage, "sofia", interest(2, Some("owen"))).await.unwrap();
    refused(vote_of(&stage, "owen", "approve").await, "owen declared an interest");
}

#[tokio::test]
async fn a_ballot_is_opened_only_in_session_on_its_item_and_by_its_body() {
    let mut stage = called_panel().await;
    refused(open_ballot(&stage, MEETING).await, "has not begun");
    refused(open_ballot(&stage, "M-2025-009").await, "no meeting `M-2025-009`");
    call(&stage, "sofia", called("operations_group", "2025-11-26", None)).await.unwrap();
    refused(open_ballot(&stage, "M-2025-002").await, "it is for the SEC Panel to decide");
    stage.then("  - on: 2025-11-13\n").await;
    let secretary = person("sofia");
    let call = Call::new(&secretary, stage.now());
    service::remove_agenda_item(stage.app(), &call, MEETING, 2, "Not ready.").await.unwrap();
    service::open_meeting(stage.app(), &call, MEETING).await.unwrap();
    refused(open_ballot(&stage, MEETING).await, "is not on the agenda of M-2025-001");
    assert_eq!(service::ballots(stage.app(), None, None).await.unwrap(), Vec::new());
}

#[tokio::test]
async fn attendance_of_strangers_and_in_the_future_is_refused() {
    let stage = in_session(&["tom"]).await;
    refused(enter(&stage, "sofia", came("ghost")).await, "nobody is known as ghost");
    refused(enter(&stage, "sofia", came("priya")).await, "priya has no seat on panel");
    refused(enter(&stage, "sofia", came("tom")).await, "tom is recorded as at the meeting");
    let later = MeetingEntry::Attendance {
        person: "owen".to_owned(),
        capacity: Capacity::Member,
        what: Coming::Arrived,
        at: Some(stage.now() + TimeDelta::hours(1)),
    };
    refused(enter(&stage, "sofia", later).await, "has not come yet");
    refused(enter(&stage, "tom", came("owen")).await, "SECAS, as the secretary");
}

#[tokio::test]
async fn the_public_reads_date_agenda_and_decisions_and_members_everything() {
    let stage = in_session(&["tom", "owen"]).await;
    let note = MeetingEntry::Note { item: 2, text: "It was long debated.".to_owned() };
    enter(&stage, "sofia", note).await.unwrap();
    let seen = |viewer: Option<&str>| {
        let (viewer, now, app) = (viewer.map(person), stage.now(), stage.app());
        async move { service::meeting(app, MEETING, viewer.as_ref(), now).await.unwrap() }
    };
    for viewer in [None, Some("priya"), Some("dana")] {
        let public = seen(viewer).await;
        assert_eq!((public.on, public.agenda.len()), (day("2025-11-13"), 3));
        assert_eq!((public.place, public.attendance.len(), public.quorum.len()), (None, 0, 0));
        assert!(public.agenda.iter().all(|item| item.notes.is_empty()) && public.minutes.is_none());
    }
    for viewer in ["mei", "sofia"] {
        let whole = seen(Some(viewer)).await;
        assert_eq!((whole.place.as_deref(), whole.attendance.len()), (Some("Room 4"), 2));
        assert_eq!(whole.agenda[1].notes, ["It was long debated."]);
        assert_eq!(whole.quorum.iter().map(|span| span.quorate).collect::<Vec<_>>(), [true]);
    }
}

#[tokio::test]
async fn nobody_takes_a_step_of_a_meeting_past_its_record() {
    let stage = called_panel().await;
    let outcome = act_at(stage.app(), stage.now(), "sofia", (MEETING, "open_session"), json!({})).await;
    assert!(matches!(outcome, Err(ServiceError::Refused(_))), "{outcome:?}");
}

#[tokio::test]
async fn minutes_are_approved_at_a_session_of_the_same_body() {
    let stage = in_session(&["tom", "owen"]).await;
    close(&stage).await.unwrap();
    let secretary = person("sofia");
    let call = Call::new(&secretary, stage.now());
    service::send_minutes(stage.app(), &call, MEETING).await.unwrap();
    let approve =
        async |on: &str, at: Option<&str>| service::approve_minutes(stage.app(), &call, MEETING, day(on), at).await;
    refused(approve("2025-11-13", Some("M-2025-009")).await, "no meeting `M-2025-009`");
    refused(approve("2025-11-12", Some(MEETING)).await, "was no session of panel on Wednesday 12 November 2025");
    refused(approve("2025-11-14", None).await, "not after today");
    assert_eq!(approve("2025-11-13", None).await.unwrap().phase, "minuted");
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn an_item_is_a_case_that_waits_or_has_a_title() {
    let stage = called_panel().await;
    let add = async |case: Option<&str>, title: Option<&str>| {
        let (case, title) = (case.map(str::to_owned), title.map(str::to_owned));
        let new = NewAgendaItem { case, title, reason: "Asked for.".to_owned() };
        service::add_agenda_item(stage.app(), &Call::new(&person("sofia"), stage.now()), MEETING, new).await
    };
    refused(add(None, None).await, "give the title of the item");
    refused(add(Some("PANEL"), None).await, "PANEL does not wait for panel");
    refused(add(Some("G-2025-01"), None).await, "on the agenda already, as item 2");
    let meeting = add(None, Some("Lunch")).await.unwrap();
    assert_eq!(meeting.agenda.last().unwrap().added_because.as_deref(), Some("Asked for."));
}
