//! What a count says of itself.

use quorate::committee::{Ballot, PersonId, Reader, Sees, explain, tally};

use super::{Coming, Play, after_the_close, correspondence, meeting};

pub(super) fn name(person: &PersonId) -> String {
    match person.as_str() {
        "chair" => "Carol Chair".to_owned(),
        other => other.to_uppercase(),
    }
}

fn explained(ballot: &Ballot, sees: Sees) -> String {
    explain(ballot, &tally(ballot), Reader { sees, name: &name }).join("\n")
}

pub(super) fn eventful() -> Ballot {
    let mut play = Play::group(meeting());
    play.arrive(&["chair", "a", "b", "d", "z"]);
    play.declare("b", quorate::committee::Then::Stays).expect("an interest");
    play.recuse("d").expect("a recusal");
    play.vote("a", "approve").expect("a vote");
    play.vote("b", "abstain").expect("a vote");
    play.vote("z/c", "reject").expect("a vote of an alternate");
    play.attend("a", Coming::Left).expect("a leaves");
    play.casting("chair", "approve").expect("the casting vote");
    play.close().expect("it closes");
    play.ballot
}

#[test]
fn members_read_who_voted_how() {
    insta::assert_snapshot!(explained(&eventful(), Sees::Votes), @r"
    The group had 6 seats when the ballot opened, 5 of them with an ordinary vote (terms of reference 1).
    Took part at the meeting: Carol Chair, A and B.
    Alternates who acted for an absent member: Z for C.
    Recused, so neither counted towards the quorum nor among the votes: D.
    Absent: DEP.
    B declared an interest and stayed: My employer proposed it.
    D declared an interest and took no part: My employer proposed it.
    Quorum: 4 of the 6 seats that count towards it (the chair counts). 4 seats took part, so it was met.
    Votes cast: 2. approve: 1 (A); reject: 1 (Z).
    Abstained, which is not a vote cast: 1 (B).
    Carol Chair, the chair, gave the casting vote: approve.
    Determination: approve, by the casting vote, for the leading votes were equal.
    ");
}

#[test]
fn the_public_reads_numbers() {
    let public = explained(&eventful(), Sees::Numbers);
    insta::assert_snapshot!(public, @r"
    The group had 6 seats when the ballot opened, 5 of them with an ordinary vote (terms of reference 1).
    Took part at the meeting: Carol Chair, A and B.
    Alternates who acted for an absent member: Z for C.
    Recused, so neither counted towards the quorum nor among the votes: D.
    Absent: DEP.
    B declared an interest and stayed: My employer proposed it.
    D declared an interest and took no part: My employer proposed it.
    Quorum: 4 of the 6 seats that count towards it (the chair counts). 4 seats took part, so it was met.
    Votes cast: 2. approve: 1; reject: 1.
    Abstained, which is not a vote cast: 1.
    Carol Chair, the chair, gave the casting vote: approve.
    Determination: approve, by the casting vote, for the leading votes were equal.
    ");
}

#[test]
fn a_missing_quorum_is_reckoned_up() {
    let mut play = Play {
        ballot: super::ballot_of("two_thirds_of_five", &["approve", "reject"], correspondence()),
        now: super::later(1),
    };
    play.vote("a", "approve").expect("a vote");
    play.now = after_the_close();
    play.close().expect("its time is over");
    insta::assert_snapshot!(explained(&play.ballot, Sees::Votes), @r"
    The group had 6 seats when the ballot opened, 5 of them with an ordinary vote (terms of reference 1).
    Took part by correspondence: A.
    Absent: Carol Chair, DEP, B, C and D.
    Quorum: 2/3 of the 5 seats that count towards it, which is 4 (the chair does not count). 1 seat took part, so it was not met.
    Votes cast: 1. approve: 1 (A); reject: 0.
    Abstained, which is not a vote cast: 0.
    No determination was formed: 1 seat took part where 4 must.
    ");
}

#[test]
fn a_void_ballot_says_why() {
    let mut play = Play::group(meeting());
    play.take(quorate::committee::decide::void(&play.ballot, "SIP-0001 was withdrawn.")).expect("it is void");
    insta::assert_snapshot!(explained(&play.ballot, Sees::Numbers), @r"
    The group had 6 seats when the ballot opened, 5 of them with an ordinary vote (terms of reference 1).
    Absent: Carol Chair, DEP, A, B, C and D.
    Quorum: 4 of the 6 seats that count towards it (the chair counts). 0 seats took part, so it was not met.
    Votes cast: 0. approve: 0; reject: 0.
    Abstained, which is not a vote cast: 0.
    The ballot is void: SIP-0001 was withdrawn.
    ");
}
