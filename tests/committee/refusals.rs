//! What cannot be done with a ballot, and the words it is refused in.

use quorate::committee::decide::{self, Proposal};
use quorate::committee::{Ballot, BallotOption, Coming, Event, Mode, Phase, Reasons, Refused, Then, standing};
use serde_json::json;

use super::{Play, after_the_close, ballot_of, correspondence, later, meeting, opened, person, proposal, table};

#[track_caller]
fn refused(result: Result<(), Refused>) -> String {
    result.expect_err("it is refused").to_string()
}

/// A meeting of the group that everybody but the alternates attends.
fn at_the_table() -> Play {
    let mut play = Play::group(meeting());
    play.arrive(&["chair", "dep", "a", "b", "c", "d"]);
    play
}

fn tied() -> Play {
    let mut play = at_the_table();
    for (who, chosen) in [("a", "approve"), ("b", "approve"), ("c", "reject"), ("d", "reject")] {
        play.vote(who, chosen).expect("a vote");
    }
    play
}

fn tied_by_correspondence() -> Play {
    let mut play = Play::group(correspondence());
    for (who, chosen) in [("a", "approve"), ("b", "approve"), ("c", "reject"), ("d", "reject")] {
        play.vote(who, chosen).expect("a vote");
    }
    play.now = after_the_close();
    play.close().expect("the time is over");
    play
}

fn opening(change: impl FnOnce(&mut Proposal)) -> String {
    let mut proposal = proposal(&["approve", "reject"], meeting());
    change(&mut proposal);
    decide::open(proposal, &table::terms("group"), opened()).expect_err("it is refused").to_string()
}

#[test]
fn a_ballot_is_opened_only_with_something_to_choose() {
    insta::assert_snapshot!(opening(|proposal| proposal.options.clear()), @"there is no option to vote for; give at least one");
    insta::assert_snapshot!(opening(|proposal| proposal.options.push(proposal.options[0].clone())), @"the option approve is there twice; leave it in once");
    insta::assert_snapshot!(opening(|proposal| proposal.options.push(BallotOption::default())), @"the name of an option may not be left blank; say it in words");
    insta::assert_snapshot!(opening(|proposal| proposal.matter.question = " ".to_owned()), @"the question may not be left blank; say it in words");
}

#[test]
fn proposed_values_hold_whole_numbers_only() {
    let said = opening(|proposal| {
        let hours = json!({ "asked": [1, 2.5] });
        proposal.options[0].proposed.insert("maintenance_hours".to_owned(), hours);
    });
    insta::assert_snapshot!(said, @"maintenance_hours, proposed with approve, holds a number that is not whole; write amounts in whole units");
}

#[test]
fn a_ballot_by_correspondence_closes_in_the_future() {
    let closes_on = |day: &str| Mode::Correspondence { closes_on: day.parse().expect("a date") };
    insta::assert_snapshot!(opening(|proposal| proposal.mode = closes_on("2025-03-02")), @"a ballot by correspondence that closes on Sunday 2 March 2025 at 17:00 is over already; give a later day");
    let today = Proposal { mode: closes_on("2025-03-03"), ..proposal(&["approve", "reject"], meeting()) };
    assert!(decide::open(today, &table::terms("group"), opened()).is_ok());
}

#[test]
fn a_ballot_is_opened_under_terms_that_are_in_force() {
    let mut terms = table::terms("group");
    terms.in_force_from = "2025-03-04".parse().expect("a date");
    let early = decide::open(proposal(&["approve"], meeting()), &terms, opened()).expect_err("it is refused");
    insta::assert_snapshot!(early, @"these terms of reference hold from Tuesday 4 March 2025; open the ballot then, or under the terms in force now");
}

#[test]
fn a_body_without_a_vote_cannot_be_asked() {
    let mut terms = table::terms("quorum_of_one");
    terms.members.retain(|member| member.person == person("chair"));
    let nobody = decide::open(proposal(&["approve"], meeting()), &terms, opened()).expect_err("it is refused");
    insta::assert_snapshot!(nobody, @"nobody on group has a vote today; appoint members before a ballot is opened");
}

#[test]
fn whoever_is_not_entitled_cannot_vote() {
    let mut play = at_the_table();
    insta::assert_snapshot!(refused(play.vote("stranger", "approve")), @"stranger had no seat on group when the ballot opened, and is nobody's alternate there");
    insta::assert_snapshot!(refused(play.vote("a/b", "approve")), @"a may not vote for the seat of b: only b and the alternates named for b may");
    insta::assert_snapshot!(refused(play.vote("z/a", "approve")), @"z may not vote for the seat of a: only a and the alternates named for a may");
    insta::assert_snapshot!(refused(play.vote("x", "approve")), @"x may not vote for the seat of x: only x and the alternates named for x may");
}

#[test]
fn a_chair_with_the_casting_vote_only_has_no_ordinary_vote() {
    insta::assert_snapshot!(refused(at_the_table().vote("chair", "approve")), @"the seat of chair has no ordinary vote under the terms of reference");
}

#[test]
fn nobody_votes_exactly_the_same_twice() {
    let mut play = at_the_table();
    play.vote("a", "approve").expect("a vote");
    insta::assert_snapshot!(refused(play.vote("a", "approve")), @"a has voted exactly so already; there is nothing to change");
    play.vote("a", "reject").expect("a changed vote");
    assert_eq!(play.ballot.votes.len(), 2, "the changed vote is a new entry");
}

#[test]
fn a_recused_person_cannot_vote_and_cannot_come_back() {
    let mut play = at_the_table();
    play.recuse("a").expect("a declaration");
    insta::assert_snapshot!(refused(play.vote("a", "approve")), @"a declared an interest and takes no part in this matter");
    insta::assert_snapshot!(refused(play.declare("a", Then::Stays)), @"a is recused already, and a recusal holds for the whole ballot");
    play.arrive(&["x"]);
    insta::assert_snapshot!(refused(play.vote("x/a", "approve")), @"a declared an interest, and an alternate acts only for a member who is absent");
}

#[test]
fn an_interest_that_stays_may_become_a_recusal() {
    let mut play = at_the_table();
    play.declare("a", Then::Stays).expect("a declaration");
    play.recuse("a").expect("a recusal");
    assert!(play.ballot.is_recused(&person("a")));
}

#[test]
fn an_interest_is_said_in_words_by_somebody_who_has_a_part() {
    let play = at_the_table();
    let declare = |who, what| decide::declare_interest(&play.ballot, &person(who), what, Then::Recused, play.now);
    insta::assert_snapshot!(declare("a", " ").expect_err("it is blank"), @"the interest may not be left blank; say it in words");
    insta::assert_snapshot!(declare("stranger", "Mine.").expect_err("no part"), @"stranger had no seat on group when the ballot opened, and is nobody's alternate there");
}

#[test]
fn an_alternate_acts_only_while_the_member_is_absent() {
    let mut play = at_the_table();
    play.arrive(&["x"]);
    insta::assert_snapshot!(refused(play.vote("x/a", "approve")), @"a is at the meeting, and an alternate acts only for a member who is absent");
    play.attend("a", Coming::Left).expect("a leaves");
    play.vote("x/a", "approve").expect("the member is absent");
}

#[test]
fn a_seat_is_voted_by_one_person() {
    let mut play = Play::group(meeting());
    play.arrive(&["x"]);
    play.vote("x/a", "approve").expect("the member is absent");
    play.arrive(&["a"]);
    insta::assert_snapshot!(refused(play.vote("a", "reject")), @"x has voted for the seat of a already; a seat has one vote, and whoever gave it may change it");
    play.vote("x/a", "reject").expect("a changed vote");
    play.attend("x", Coming::Left).expect("x leaves");
    insta::assert_snapshot!(refused(play.vote("x/a", "approve")), @"x is not at the meeting; record when they arrived first");
}

#[test]
fn an_alternate_does_not_undo_the_vote_of_a_member_who_left() {
    let mut play = at_the_table();
    play.vote("a", "approve").expect("a vote");
    play.attend("a", Coming::Left).expect("a leaves");
    play.arrive(&["x"]);
    insta::assert_snapshot!(refused(play.vote("x/a", "reject")), @"a has voted for the seat of a already; a seat has one vote, and whoever gave it may change it");
}

#[test]
fn one_person_has_one_vote_whoever_they_stand_for() {
    let mut play = Play::group(meeting());
    play.arrive(&["x"]);
    play.vote("x/a", "approve").expect("a is absent");
    insta::assert_snapshot!(refused(play.vote("x/b", "approve")), @"x has voted for the seat of a; one person has one vote, however many members they stand for");
}

#[test]
fn by_correspondence_an_alternate_waits_for_the_member_to_be_away() {
    let mut play = Play::group(correspondence());
    insta::assert_snapshot!(refused(play.vote("x/a", "approve")), @"a has not said they will be absent; record that first, and an alternate can vote");
    play.away("a").expect("a is away");
    play.vote("x/a", "approve").expect("the member is away");
    insta::assert_snapshot!(refused(play.vote("a", "reject")), @"x has voted for the seat of a already; a seat has one vote, and whoever gave it may change it");
}

#[test]
fn a_member_who_votes_after_all_is_not_away() {
    let mut play = Play::group(correspondence());
    play.away("a").expect("a is away");
    play.vote("a", "approve").expect("a votes after all");
    assert!(!play.ballot.is_absent(&person("a")));
    insta::assert_snapshot!(refused(play.vote("x/a", "reject")), @"a has voted for the seat of a already; a seat has one vote, and whoever gave it may change it");
    insta::assert_snapshot!(refused(play.away("a")), @"a has voted for the seat of a already; a seat has one vote, and whoever gave it may change it");
}

#[test]
fn being_away_is_said_by_members_by_correspondence() {
    insta::assert_snapshot!(refused(at_the_table().away("a")), @"the ballot is held at a meeting; whoever has not arrived is absent");
    let mut play = Play::group(correspondence());
    insta::assert_snapshot!(refused(play.away("x")), @"x had no seat on group when the ballot opened, and is nobody's alternate there");
    play.recuse("a").expect("a recusal");
    insta::assert_snapshot!(refused(play.away("a")), @"a declared an interest and takes no part in this matter");
}

#[test]
fn attendance_is_recorded_in_order_and_once() {
    let mut play = at_the_table();
    insta::assert_snapshot!(refused(play.attend("a", Coming::Arrived)), @"a is recorded as present at that time already");
    insta::assert_snapshot!(refused(play.attend("x", Coming::Left)), @"x is recorded as away at that time already");
    insta::assert_snapshot!(refused(play.attend("stranger", Coming::Arrived)), @"stranger had no seat on group when the ballot opened, and is nobody's alternate there");
    let early = quorate::committee::Attendance { person: person("a"), what: Coming::Left, at: opened() };
    insta::assert_snapshot!(decide::record_attendance(&play.ballot, early.clone(), play.now).expect_err("it is earlier"), @"a is recorded until Monday 3 March 2025, 10:03 (London); record people in the order they came and went");
    let tomorrow = quorate::committee::Attendance { at: later(60 * 24), ..early };
    insta::assert_snapshot!(decide::record_attendance(&play.ballot, tomorrow, play.now).expect_err("it has not come"), @"Tuesday 4 March 2025, 10:00 (London) has not come yet; record people as they come and go");
}

#[test]
fn nobody_attends_a_ballot_by_correspondence() {
    insta::assert_snapshot!(refused(Play::group(correspondence()).attend("a", Coming::Arrived)), @"the ballot is held by correspondence; nobody attends, and a member says if they will be absent");
}

#[test]
fn whoever_is_not_at_the_meeting_cannot_vote_there() {
    insta::assert_snapshot!(refused(Play::group(meeting()).vote("a", "approve")), @"a is not at the meeting; record when they arrived first");
}

#[test]
fn only_what_is_on_the_ballot_can_be_chosen() {
    let mut play = at_the_table();
    insta::assert_snapshot!(refused(play.vote("a", "refine")), @"refine is not an option here; choose one of: approve, reject");
    insta::assert_snapshot!(refused(play.vote("a", "against")), @"with several options nobody votes against; choose one of: approve, reject, or abstain");
}

#[test]
fn nothing_is_entered_after_the_close() {
    let mut play = Play::group(correspondence());
    play.now = after_the_close();
    insta::assert_snapshot!(refused(play.vote("a", "approve")), @"the ballot closed on Monday 10 March 2025, 17:00 (London); nothing can be entered after that");
    insta::assert_snapshot!(refused(play.recuse("a")), @"the ballot closed on Monday 10 March 2025, 17:00 (London); nothing can be entered after that");
    play.now -= chrono::TimeDelta::seconds(1);
    play.vote("a", "approve").expect("one second is enough");
}

#[test]
fn a_ballot_that_is_over_takes_nothing_more() {
    let mut play = at_the_table();
    play.close().expect("it closes");
    insta::assert_snapshot!(refused(play.vote("a", "approve")), @"B-2025-001 is closed, so nothing can be entered in it");
    insta::assert_snapshot!(refused(play.close()), @"B-2025-001 is closed, so nothing can be entered in it");
    let mut play = at_the_table();
    play.take(decide::void(&play.ballot, "SIP-0001 was withdrawn.")).expect("it is void");
    insta::assert_snapshot!(refused(play.casting("chair", "approve")), @"B-2025-001 is void, so nothing can be entered in it");
    insta::assert_snapshot!(refused(play.take(decide::void(&play.ballot, "Again."))), @"B-2025-001 is void, so nothing can be entered in it");
}

#[test]
fn nothing_is_entered_in_a_ballot_that_was_never_opened() {
    let unopened = Ballot::default();
    assert!(matches!(decide::close(&unopened, opened()), Err(Refused::NotOpen { state: "not open yet", .. })));
    assert_eq!(standing(&unopened), quorate::committee::Standing::default());
}

#[test]
fn a_ballot_by_correspondence_is_not_closed_early() {
    let mut play = Play::group(correspondence());
    for who in ["a", "b", "c"] {
        play.vote(who, "approve").expect("a vote");
    }
    insta::assert_snapshot!(refused(play.close()), @"the ballot is open until Monday 10 March 2025, 17:00 (London), and dep, d may still vote");
    play.vote("d", "approve").expect("a vote");
    play.recuse("dep").expect("a recusal");
    play.close().expect("everybody who may has voted");
    assert!(matches!(play.ballot.phase, Phase::Closed(_)));
}

#[test]
fn the_casting_vote_needs_a_tie_and_whoever_presides() {
    let mut play = at_the_table();
    insta::assert_snapshot!(refused(play.casting("chair", "approve")), @"there is no tie, so there is no casting vote to give");
    let mut play = tied();
    insta::assert_snapshot!(refused(play.casting("dep", "approve")), @"dep does not preside, so cannot give the casting vote; it is for chair");
    insta::assert_snapshot!(refused(play.casting("chair", "refine")), @"the casting vote decides between those with equally many votes: approve, reject");
    play.attend("chair", Coming::Left).expect("the chair leaves");
    insta::assert_snapshot!(refused(play.casting("chair", "approve")), @"chair does not preside, so cannot give the casting vote; it is for dep");
    play.casting("dep", "approve").expect("the deputy presides");
}

#[test]
fn a_tie_at_a_meeting_is_broken_before_it_closes() {
    let mut play = tied();
    insta::assert_snapshot!(refused(play.close()), @"the votes are equal; the ballot closes once chair has given the casting vote or declined it");
    play.casting("chair", "abstain").expect("the chair declines");
    play.close().expect("it closes");
}

#[test]
fn by_correspondence_the_casting_vote_waits_for_the_end_of_voting() {
    let mut play = Play::group(correspondence());
    for (who, chosen) in [("a", "approve"), ("b", "approve"), ("c", "reject"), ("d", "reject")] {
        play.vote(who, chosen).expect("a vote");
    }
    insta::assert_snapshot!(refused(play.casting("chair", "approve")), @"votes still come in; the casting vote follows once voting has ended in a tie");
}

#[test]
fn after_voting_has_ended_in_a_tie_only_the_casting_vote_is_taken() {
    let mut play = tied_by_correspondence();
    insta::assert_snapshot!(refused(play.vote("dep", "approve")), @"voting in B-2025-001 has ended in a tie; only the casting vote is still to come");
    insta::assert_snapshot!(refused(play.close()), @"the votes are equal; the ballot closes once chair has given the casting vote or declined it");
    play.casting("chair", "reject").expect("the casting vote");
    play.close().expect("it closes");
}

#[test]
fn a_casting_vote_that_does_not_come_lapses() {
    let mut play = tied_by_correspondence();
    play.take(decide::lapse(&play.ballot, play.now)).expect("its time is over");
    let Phase::Closed(result) = &play.ballot.phase else { panic!("it is closed") };
    assert_eq!(super::said(result), "not formed: casting_vote_lapsed");
}

#[test]
fn reasons_are_in_words_and_about_an_option() {
    let play = at_the_table();
    let reasons = |option: Option<&str>, reasons: &str| {
        let reasons = Reasons { option: option.map(str::to_owned), reasons: reasons.to_owned(), conditions: None };
        decide::record_reasons(&play.ballot, reasons)
    };
    insta::assert_snapshot!(reasons(None, "").expect_err("it is blank"), @"the reasons may not be left blank; say it in words");
    insta::assert_snapshot!(reasons(Some("refine"), "As found.").expect_err("no option"), @"refine is not an option here; choose one of: approve, reject");
    assert!(matches!(reasons(Some("approve"), "As found.").as_deref(), Ok([Event::ReasonsRecorded(_)])));
}

#[test]
fn a_ballot_becomes_void_for_a_reason() {
    let open = ballot_of("group", &["approve"], meeting());
    insta::assert_snapshot!(decide::void(&open, " ").expect_err("no reason"), @"the reason may not be left blank; say it in words");
}

#[test]
fn an_open_ballot_says_what_it_waits_for() {
    let mut play = Play::group(correspondence());
    play.vote("a", "approve").expect("a vote");
    play.recuse("b").expect("a recusal");
    let still = standing(&play.ballot);
    assert_eq!(still.waiting_for, ["dep", "c", "d"].map(person));
    assert_eq!((still.short_of_quorum, still.casting_vote_by), (3, None));
    assert_eq!(standing(&tied_by_correspondence().ballot).casting_vote_by, Some(person("chair")));
}
