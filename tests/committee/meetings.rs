//! Meetings: how they are called and moved, what comes onto the agenda, who was there, and what is refused.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use quorate::calendar::{Calendar, Division, Edition, WorkingDays};
use quorate::committee::meeting::agenda::{Business, Decided, NewItem, Waiting, draw_up};
use quorate::committee::meeting::decide::{self, Arrangement, NewPaper, Who};
use quorate::committee::meeting::{Agreed, Attended, Capacity, Event, Meeting, Phase, Refused, Subject, presence};
use quorate::committee::{BodyId, Coming, PersonId, Terms, Then};

use super::person;
use Capacity::{Alternate, Member, Observer};
use Coming::{Arrived, Left};

const TERMS: &str = "\
body: group
title: Group
version: '1'
in_force_from: 2025-01-01
approved_by: Founding
chair: chair
deputy: a
quorum: { number: 3 }
members:
  - { person: chair, category: Independent, seat: Chair }
  - { person: a, category: Large Supplier, seat: A, alternates: [x] }
  - { person: b, category: Small Supplier, seat: B, alternates: [x, y] }
  - { person: c, category: Other SEC Party, seat: C }
";

/// Wednesday 12 March 2025, ten in the morning in London.
fn begins() -> DateTime<Utc> {
    "2025-03-12T10:00:00Z".parse().expect("an instant")
}

pub(super) fn minute(minutes: i64) -> DateTime<Utc> {
    begins() + TimeDelta::minutes(minutes)
}

fn called_at() -> DateTime<Utc> {
    "2025-02-20T09:00:00Z".parse().expect("an instant")
}

fn on(day: &str) -> NaiveDate {
    day.parse().expect("a date")
}

fn calendar() -> Calendar {
    Edition::built_in().calendar(Division::EnglandAndWales)
}

fn terms() -> Terms {
    Terms::parse("terms.yaml", TERMS).unwrap_or_else(|problems| panic!("{problems}"))
}

fn who() -> Who {
    let body = BodyId::parse("group").expect("an id");
    Who { reference: "M-2025-001".to_owned(), body, title: "Group".to_owned() }
}

fn arrangement(day: &str, reason: Option<&str>) -> Arrangement {
    Arrangement {
        on: on(day),
        at: NaiveTime::from_hms_opt(10, 0, 0).expect("a time"),
        place: "Room 1".to_owned(),
        papers_before: WorkingDays::new(5),
        reason: reason.map(str::to_owned),
    }
}

fn business() -> Business {
    Business {
        minutes: vec!["M-2025-000".to_owned()],
        decided: vec![Decided {
            ballot: "B-2025-001".to_owned(),
            case: "SIP-0002".to_owned(),
            point_title: "Development sign-off".to_owned(),
        }],
        waiting: vec![Waiting {
            case: "SIP-0001".to_owned(),
            title: "Ask once".to_owned(),
            point: "ia_sign_off".to_owned(),
            point_title: "Impact Assessment sign-off".to_owned(),
        }],
    }
}

/// A meeting in the making, and what happened to it.
pub(super) struct Play(pub(super) Meeting);

impl Play {
    pub(super) fn take(&mut self, decided: Result<Vec<Event>, Refused>, at: DateTime<Utc>) -> Result<(), Refused> {
        decided?.iter().for_each(|event| self.0.apply(event, at));
        Ok(())
    }

    fn called() -> Self {
        let mut play = Self(Meeting::default());
        let items = draw_up(&business());
        let called = decide::call(who(), &arrangement("2025-03-12", None), items, &calendar(), called_at());
        play.take(called, called_at()).expect("it is called");
        play
    }

    fn papers_out() -> Self {
        let mut play = Self::called();
        let sent = decide::send_papers(&play.0);
        play.take(sent, called_at()).expect("papers go out");
        play
    }

    pub(super) fn in_session() -> Self {
        let mut play = Self::papers_out();
        let opened = decide::open(&play.0, &terms(), begins());
        play.take(opened, begins()).expect("it begins");
        play
    }

    fn over() -> Self {
        let mut play = Self::in_session();
        let closed = decide::close(&play.0);
        play.take(closed, minute(60)).expect("it ends");
        play
    }

    pub(super) fn attend(&mut self, who: &str, capacity: Capacity, what: Coming, at: i64) -> Result<(), Refused> {
        let attended = Attended { person: person(who), capacity, what, at: minute(at) };
        let decided = decide::attend(&self.0, attended, minute(at));
        self.take(decided, minute(at))
    }

    fn arrive(&mut self, who: &str, at: i64) {
        self.attend(who, Capacity::Member, Coming::Arrived, at).unwrap_or_else(|error| panic!("{who}: {error}"));
    }

    fn leave(&mut self, who: &str, at: i64) {
        self.attend(who, Capacity::Member, Coming::Left, at).unwrap_or_else(|error| panic!("{who}: {error}"));
    }
}

fn said<T: std::fmt::Debug>(outcome: Result<T, Refused>) -> String {
    outcome.expect_err("it is refused").to_string()
}

#[test]
fn paper_day_is_five_working_days_before_the_meeting() {
    let play = Play::called();
    assert_eq!(play.0.called.paper_day, on("2025-03-05"));
    assert_eq!(play.0.called.begins_at(), begins());
}

#[test]
fn an_agenda_has_the_usual_items_and_whatever_waits() {
    let play = Play::called();
    let titles: Vec<&str> = play.0.agenda().map(|item| item.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "Apologies and declarations of interest",
            "Minutes of M-2025-000",
            "Decided since the last meeting: SIP-0002, Development sign-off (B-2025-001)",
            "SIP-0001 Ask once: Impact Assessment sign-off",
            "Any other business",
        ]
    );
    assert_eq!(play.0.item_on("SIP-0001", "ia_sign_off").map(|item| item.number), Some(4));
}

#[test]
fn a_meeting_on_a_day_that_is_no_working_day_needs_a_reason() {
    let call = |reason| decide::call(who(), &arrangement("2025-03-15", reason), Vec::new(), &calendar(), called_at());
    assert!(said(call(None)).contains("Saturday 15 March 2025 is not a Working Day"));
    assert!(said(call(Some(" "))).contains("the reason may not be left blank"));
    assert!(call(Some("The only day the Panel can meet.")).is_ok());
}

#[test]
fn a_meeting_at_short_notice_needs_a_reason_and_has_its_papers_due_at_once() {
    let now = "2025-03-10T09:00:00Z".parse().expect("an instant");
    let call = |reason| decide::call(who(), &arrangement("2025-03-12", reason), Vec::new(), &calendar(), now);
    assert!(said(call(None)).contains("papers should have been out on Wednesday 5 March 2025"));
    let events = call(Some("Urgent.")).expect("it is called");
    assert!(matches!(&events[..], [Event::MeetingCalled(called)] if called.paper_day == on("2025-03-10")));
}

#[test]
fn a_meeting_is_not_called_in_the_past() {
    let call = decide::call(who(), &arrangement("2025-02-19", Some("x")), Vec::new(), &calendar(), called_at());
    assert!(said(call).contains("is past"));
}

#[test]
fn moving_a_meeting_moves_paper_day_and_keeps_the_date_it_had() {
    let mut play = Play::called();
    let moved = decide::move_to(&play.0, &arrangement("2025-03-19", Some("The room.")), &calendar(), called_at());
    play.take(moved, called_at()).expect("it moves");
    assert_eq!((play.0.called.on, play.0.called.paper_day), (on("2025-03-19"), on("2025-03-12")));
    assert_eq!(play.0.moves.iter().map(|moved| moved.from).collect::<Vec<_>>(), [on("2025-03-12")]);
    let again = decide::move_to(&play.0, &arrangement("2025-03-19", Some("Again.")), &calendar(), called_at());
    assert!(said(again).contains("nothing to move"));
    let silent = decide::move_to(&play.0, &arrangement("2025-03-20", None), &calendar(), called_at());
    assert!(said(silent).contains("the reason may not be left blank"));
}

#[test]
fn items_come_and_go_with_a_reason_and_keep_their_numbers() {
    let mut play = Play::called();
    let new = || NewItem { title: "Review of the terms".to_owned(), subject: Subject::Other };
    assert!(said(decide::add_item(&play.0, new(), " ")).contains("the reason may not be left blank"));
    let added = decide::add_item(&play.0, new(), "Asked for by the Panel.");
    play.take(added, called_at()).expect("it is added");
    let removed = decide::remove_item(&play.0, 6, "Put off.");
    play.take(removed, called_at()).expect("it is taken off");
    assert!(said(decide::remove_item(&play.0, 6, "Again.")).contains("there is no item 6 on the agenda"));
    let added = decide::add_item(&play.0, new(), "Back.");
    play.take(added, called_at()).expect("it is added");
    assert_eq!(play.0.agenda().map(|item| item.number).max(), Some(7));
    let same = NewItem { title: "SIP-0001".to_owned(), subject: play.0.items[3].subject.clone() };
    assert!(said(decide::add_item(&play.0, same, "Twice.")).contains("on the agenda already, as item 4"));
}

#[test]
fn a_paper_after_paper_day_needs_a_reason_and_is_marked_late() {
    let mut play = Play::called();
    let paper = |reference: &str, digest: Option<&str>| NewPaper {
        reference: reference.to_owned(),
        title: "Committee paper".to_owned(),
        digest: digest.map(str::to_owned),
    };
    let in_time = decide::add_paper(&play.0, 4, &paper("P1", None), None, called_at());
    play.take(in_time, called_at()).expect("it is added");
    let after = "2025-03-06T09:00:00Z".parse().expect("an instant");
    let late = |reason| decide::add_paper(&play.0, 4, &paper("P2", Some(&"a1".repeat(32))), reason, after);
    assert!(said(late(None)).contains("papers were due on Wednesday 5 March 2025"));
    let late = late(Some("The responses came in late."));
    assert!(said(decide::add_paper(&play.0, 4, &paper("P1", None), None, called_at())).contains("already"));
    assert!(said(decide::add_paper(&play.0, 4, &paper("P3", Some("x")), None, called_at())).contains("SHA-256"));
    play.take(late, after).expect("it is added");
    let late: Vec<bool> = play.0.items[3].papers.iter().map(|paper| paper.late_because.is_some()).collect();
    assert_eq!(late, [false, true]);
}

#[test]
fn a_paper_after_the_papers_are_out_is_late_even_before_paper_day() {
    let play = Play::papers_out();
    let paper = NewPaper { reference: "P".to_owned(), title: "Paper".to_owned(), digest: None };
    assert!(said(decide::add_paper(&play.0, 4, &paper, None, called_at())).contains("late one needs the reason"));
}

#[test]
fn a_session_begins_on_its_day_at_its_hour_once_papers_are_out() {
    let before = Play::called();
    assert!(said(decide::open(&before.0, &terms(), begins())).contains("its papers are not out"));
    let play = Play::papers_out();
    assert!(said(decide::open(&play.0, &terms(), minute(-1))).contains("the meeting begins on Wednesday 12 March"));
    let next_day = minute(24 * 60);
    assert!(said(decide::open(&play.0, &terms(), next_day)).contains("called for Wednesday 12 March 2025"));
    assert!(decide::open(&play.0, &terms(), minute(5)).is_ok());
}

#[test]
fn quorum_is_lost_and_regained_as_people_come_and_go() {
    let mut play = Play::in_session();
    for who in ["chair", "a"] {
        play.arrive(who, 0);
    }
    play.arrive("b", 10);
    play.leave("a", 30);
    play.attend("x", Capacity::Alternate, Coming::Arrived, 40).expect("the alternate acts for a");
    let closed = decide::close(&play.0);
    play.take(closed, minute(60)).expect("it ends");
    let spans: Vec<_> = presence::through(&play.0)
        .into_iter()
        .map(|span| ((span.from - begins()).num_minutes(), span.standing.present, span.standing.is_quorate()))
        .collect();
    assert_eq!(spans, [(0, 2, false), (10, 3, true), (30, 2, false), (40, 3, true)]);
    assert_eq!(presence::through(&play.0).last().and_then(|span| span.until), Some(minute(60)));
}

#[test]
fn an_alternate_fills_one_seat_only_and_an_observer_none() {
    let mut play = Play::in_session();
    play.arrive("chair", 0);
    play.attend("x", Capacity::Alternate, Coming::Arrived, 0).expect("x is an alternate of a and b");
    play.attend("guest", Capacity::Observer, Coming::Arrived, 0).expect("anybody may be let in");
    let seated = presence::seated(&play.0, begins());
    let seated: Vec<_> = seated.iter().map(|(seat, by)| (seat.member.as_str(), by.as_str())).collect();
    assert_eq!(seated, [("chair", "chair"), ("a", "x")]);
    play.attend("y", Capacity::Alternate, Coming::Arrived, 1).expect("y is an alternate of b");
    assert!(presence::standing_at(&play.0, minute(1)).is_quorate());
    assert!(!presence::standing_at(&play.0, begins()).is_quorate());
}

#[test]
fn attendance_that_cannot_be_is_refused() {
    let mut play = Play::in_session();
    play.arrive("a", 10);
    let mut refused = |who: &str, capacity, what, at: i64| said(play.attend(who, capacity, what, at));
    assert!(refused("stranger", Member, Arrived, 20).contains("stranger has no seat on group"));
    assert!(refused("a", Alternate, Arrived, 20).contains("a has no seat on group in that capacity"));
    assert!(refused("b", Observer, Arrived, 20).contains("b has a seat on the body"));
    assert!(refused("b", Member, Arrived, -1).contains("the session began on"));
    assert!(refused("a", Member, Arrived, 20).contains("a is recorded as at the meeting"));
    assert!(refused("b", Member, Left, 20).contains("b is recorded as away"));
    assert!(refused("a", Member, Left, 5).contains("a is recorded until"));
    let future = Attended { person: person("b"), capacity: Member, what: Arrived, at: minute(30) };
    assert!(said(decide::attend(&play.0, future, minute(20))).contains("has not come yet"));
}

#[test]
fn what_a_count_rests_on_is_not_changed_afterwards() {
    let mut play = Play::in_session();
    play.arrive("a", 0);
    let opened = decide::open_ballot(&play.0, 4, "B-2025-002");
    play.take(opened, minute(10)).expect("a ballot opens");
    assert!(said(decide::open_ballot(&play.0, 4, "B-2025-003")).contains("a ballot is open: B-2025-002"));
    assert!(said(decide::close(&play.0)).contains("a ballot is open: B-2025-002"));
    let ended = decide::end_ballot(&play.0, "B-2025-002");
    play.take(ended, minute(20)).expect("it ends");
    let early = play.attend("a", Capacity::Member, Coming::Left, 15);
    assert!(said(early).contains("who was there before cannot be changed"));
    assert!(said(decide::remove_item(&play.0, 4, "No.")).contains("was put to the vote in B-2025-002"));
    let declared = decide::declare_interest(&play.0, 4, &person("a"), "Shares.", Then::Recused);
    assert!(said(declared).contains("was put to the vote in B-2025-002"));
    assert!(decide::close(&play.0).is_ok());
}

#[test]
fn only_a_determination_is_put_to_the_vote_and_only_in_session() {
    let play = Play::in_session();
    assert!(said(decide::open_ballot(&play.0, 1, "B")).contains("item 1 is no determination"));
    assert!(said(decide::open_ballot(&play.0, 9, "B")).contains("there is no item 9"));
    assert!(said(decide::open_ballot(&Play::papers_out().0, 4, "B")).contains("has not begun"));
    assert!(said(decide::end_ballot(&play.0, "B")).contains("no ballot B is open"));
}

#[test]
fn interests_are_those_of_members_and_alternates_and_said_in_words() {
    let mut play = Play::in_session();
    let declare = |play: &Play, who: &str, interest: &str| {
        decide::declare_interest(&play.0, 4, &person(who), interest, Then::Recused)
    };
    assert!(said(declare(&play, "guest", "Curious.")).contains("guest has no seat"));
    assert!(said(declare(&play, "a", " ")).contains("the interest may not be left blank"));
    let declared = declare(&play, "a", "Proposed it.");
    play.take(declared, minute(1)).expect("it is declared");
    assert!(play.0.items[3].is_recused(&person("a")));
    assert!(said(declare(&play, "a", "Proposed it.")).contains("takes no part in item 4 already"));
}

#[test]
fn notes_and_actions_are_taken_until_the_draft_is_out_and_corrected_afterwards() {
    let mut play = Play::over();
    let agreed = |by: &str| Agreed { owner: "dcc".to_owned(), what: "Report.".to_owned(), by: Some(on(by)) };
    assert!(decide::note(&play.0, 1, "All were welcome.").is_ok());
    assert!(said(decide::agree(&play.0, 1, &agreed("2025-03-11"))).contains("is before the meeting"));
    assert!(decide::agree(&play.0, 1, &agreed("2025-03-20")).is_ok());
    assert!(said(decide::correct(&play.0, None, "x")).contains("its minutes are being drafted"));
    let drafted = decide::draft(&play.0);
    play.take(drafted, minute(90)).expect("the draft goes out");
    assert!(said(decide::note(&play.0, 1, "Late.")).contains("its draft minutes are out; correct those"));
    let corrected = decide::correct(&play.0, Some(1), "There were no apologies.");
    play.take(corrected, minute(95)).expect("it is corrected");
    assert_eq!(play.0.minutes.corrections.len(), 1);
}

#[test]
fn minutes_are_approved_after_they_are_drafted_and_then_stand() {
    let mut play = Play::over();
    let drafted = decide::draft(&play.0);
    play.take(drafted, minute(90)).expect("the draft goes out");
    let now = "2025-04-09T10:00:00Z".parse().expect("an instant");
    let approve = |play: &Play, day: &str| decide::approve(&play.0, on(day), Some("M-2025-002".to_owned()), now);
    assert!(said(approve(&play, "2025-03-11")).contains("the draft went out on Wednesday 12 March 2025"));
    assert!(said(approve(&play, "2025-04-10")).contains("not after today"));
    let approved = approve(&play, "2025-04-09");
    play.take(approved, now).expect("they are approved");
    assert_eq!(play.0.phase, Phase::Minuted);
    assert!(said(decide::correct(&play.0, None, "x")).contains("nothing in them changes"));
}

#[test]
fn a_cancelled_meeting_takes_nothing_more() {
    let mut play = Play::called();
    let cancelled = decide::cancel(&play.0, "Nothing to decide.");
    play.take(cancelled, called_at()).expect("it is cancelled");
    assert!(said(decide::send_papers(&play.0)).contains("was cancelled"));
    assert!(said(decide::cancel(&play.0, "Again.")).contains("was cancelled"));
    assert!(said(decide::cancel(&Play::in_session().0, "x")).contains("is in session"));
}

#[test]
fn a_person_never_seated_twice() {
    let mut play = Play::in_session();
    play.attend("x", Capacity::Alternate, Coming::Arrived, 0).expect("x is an alternate");
    let people: Vec<&PersonId> = presence::seated(&play.0, minute(1)).into_iter().map(|(_, by)| by).collect();
    assert_eq!(people, [&person("x")]);
}
