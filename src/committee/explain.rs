//! A count in plain sentences, so that whoever reads the record can follow it.

use super::ballot::{Ballot, Choice, Mode, Phase};
use super::ids::PersonId;
use super::tally::{How, Outcome, Part, SeatCount, Tally, WhyNot, tally};
use super::terms::{ChairInQuorum, Quorum, Ratio, Voting};

/// Who reads an explanation.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// How much of it they may see.
    pub sees: Sees,
    /// What to call a person.
    pub name: &'a dyn Fn(&PersonId) -> String,
}

/// How much of a count somebody may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sees {
    /// Who took part, and how many voted for what; not who voted how.
    Numbers,
    /// Who voted how as well.
    Votes,
}

/// Why a count gives the result it gives: who was entitled, who took part, was recused or away, the quorum, the votes,
/// and the rule that decided.
pub fn explain(ballot: &Ballot, tally: &Tally, reader: Reader<'_>) -> Vec<String> {
    let mut lines = vec![entitled(ballot, tally)];
    lines.extend(taking_part(ballot, tally, reader));
    lines.extend(interests(ballot, reader));
    lines.push(quorum(ballot, tally));
    lines.extend(votes(ballot, tally, reader));
    lines.extend(casting(ballot, reader));
    lines.push(result(ballot, tally, reader));
    lines
}

fn entitled(ballot: &Ballot, tally: &Tally) -> String {
    let terms = &ballot.opening.terms;
    let voting = tally.seats.iter().filter(|seat| seat.vote == Voting::Voting).count();
    format!(
        "{} had {} when the ballot opened, {voting} of them with an ordinary vote (terms of reference {}).",
        terms.title,
        plural(tally.seats.len(), "seat", "seats"),
        terms.version
    )
}

fn taking_part(ballot: &Ballot, tally: &Tally, reader: Reader<'_>) -> Vec<String> {
    let members = of_part(tally, |seat| seat.part == Part::Member);
    let recused = of_part(tally, |seat| seat.part == Part::Recused);
    let absent = of_part(tally, |seat| seat.part == Part::Absent);
    let alternates: Vec<String> = tally.seats.iter().filter_map(|seat| acting(seat, reader)).collect();
    let took_part = match ballot.opening.mode {
        Mode::Meeting { .. } => "Took part at the meeting",
        Mode::Correspondence { .. } => "Took part by correspondence",
    };
    let lines = [
        (took_part, named(&members, reader)),
        ("Alternates who acted for an absent member", joined(&alternates)),
        ("Recused, so neither counted towards the quorum nor among the votes", named(&recused, reader)),
        ("Absent", named(&absent, reader)),
    ];
    lines.into_iter().filter(|(_, who)| !who.is_empty()).map(|(what, who)| format!("{what}: {who}.")).collect()
}

fn of_part(tally: &Tally, is: impl Fn(&SeatCount) -> bool) -> Vec<&PersonId> {
    tally.seats.iter().filter(|seat| is(seat)).map(|seat| &seat.member).collect()
}

fn acting(seat: &SeatCount, reader: Reader<'_>) -> Option<String> {
    let Part::Alternate(alternate) = &seat.part else { return None };
    Some(format!("{} for {}", (reader.name)(alternate), (reader.name)(&seat.member)))
}

fn named(people: &[&PersonId], reader: Reader<'_>) -> String {
    joined(&people.iter().map(|person| (reader.name)(person)).collect::<Vec<_>>())
}

fn joined(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn interests(ballot: &Ballot, reader: Reader<'_>) -> impl Iterator<Item = String> {
    ballot.interests.iter().map(move |declared| {
        let then = if ballot.is_recused(&declared.person) { "and took no part" } else { "and stayed" };
        let interest = declared.interest.trim_end_matches('.');
        format!("{} declared an interest {then}: {interest}.", (reader.name)(&declared.person))
    })
}

fn quorum(ballot: &Ballot, tally: &Tally) -> String {
    let terms = &ballot.opening.terms;
    let (Some(needed), Some(rule)) = (tally.needed, terms.quorum) else {
        return "The terms of reference set no quorum, so nothing can be decided.".to_owned();
    };
    let seats = plural(index(tally.counted), "seat", "seats");
    let rule = match rule {
        Quorum::Number(_) => format!("{needed} of the {seats} that count towards it"),
        Quorum::Ratio(Ratio { num, den }) => {
            format!("{num}/{den} of the {seats} that count towards it, which is {needed}")
        }
    };
    let chair = match terms.chair_in_quorum {
        ChairInQuorum::Counts => "the chair counts",
        ChairInQuorum::DoesNotCount => "the chair does not count",
    };
    let met = if tally.present >= needed { "so it was met" } else { "so it was not met" };
    format!("Quorum: {rule} ({chair}). {} took part, {met}.", plural(index(tally.present), "seat", "seats"))
}

fn votes(ballot: &Ballot, tally: &Tally, reader: Reader<'_>) -> Vec<String> {
    let of_choice = |choice: &Choice| {
        let voters = tally.seats.iter().filter(|seat| seat.choice.as_ref() == Some(choice)).filter_map(voter);
        let voters: Vec<&PersonId> = voters.collect();
        let shown = reader.sees == Sees::Votes && !voters.is_empty();
        if shown { format!(" ({})", named(&voters, reader)) } else { String::new() }
    };
    let line = |choice: &Choice, count: u32| format!("{}: {count}{}", title(ballot, choice), of_choice(choice));
    let lines: Vec<String> = tally.votes.iter().map(|(choice, count)| line(choice, *count)).collect();
    vec![
        format!("Votes cast: {}. {}.", tally.cast, lines.join("; ")),
        format!("Abstained, which is not a vote cast: {}{}.", tally.abstained, of_choice(&Choice::Abstain)),
    ]
}

fn voter(seat: &SeatCount) -> Option<&PersonId> {
    match &seat.part {
        Part::Member => Some(&seat.member),
        Part::Alternate(alternate) => Some(alternate),
        Part::Recused | Part::Absent => None,
    }
}

/// What a choice is called on this ballot.
fn title(ballot: &Ballot, choice: &Choice) -> String {
    match choice {
        Choice::For(option) => ballot.option(option).map_or_else(|| option.clone(), |option| option.title.clone()),
        Choice::Against => "Against".to_owned(),
        Choice::Abstain => "Abstained".to_owned(),
    }
}

fn casting(ballot: &Ballot, reader: Reader<'_>) -> Option<String> {
    let casting = ballot.casting.as_ref()?;
    let chair = ballot.opening.electorate.chair.as_ref() == Some(&casting.by);
    let office = if chair { "the chair" } else { "the deputy, for the chair took no part" };
    let who = (reader.name)(&casting.by);
    Some(match casting.choice {
        Choice::Abstain => format!("{who}, {office}, declined the casting vote."),
        _ => format!("{who}, {office}, gave the casting vote: {}.", title(ballot, &casting.choice)),
    })
}

fn result(ballot: &Ballot, tally: &Tally, reader: Reader<'_>) -> String {
    let recorded = match &ballot.phase {
        Phase::Closed(result) => result,
        Phase::Void(reason) => return format!("The ballot is void: {}.", reason.trim_end_matches('.')),
        _ => &tally.outcome,
    };
    match recorded {
        Outcome::Formed { option, how } => formed(ballot, tally, option, *how),
        Outcome::CastingVoteNeeded { between } => {
            let between: Vec<String> = between.iter().map(|choice| title(ballot, choice)).collect();
            let who = ballot.presiding().map_or_else(|| "the chair".to_owned(), |who| (reader.name)(who));
            format!("{} have equally many votes, so {who} gives the casting vote.", joined(&between))
        }
        Outcome::NotQuorate { present, needed } => {
            let seats = plural(index(*present), "seat", "seats");
            format!("No determination was formed: {seats} took part where {needed} must.")
        }
        Outcome::NotFormed { why } => format!("No determination was formed: {}.", why_not(*why)),
    }
}

/// What came of a ballot, in one sentence that names nobody: the votes where a determination was formed, or else why there
/// is none.
pub fn in_one_sentence(ballot: &Ballot) -> String {
    let tally = tally(ballot);
    match &ballot.phase {
        Phase::Void(reason) => format!("The ballot is void: {}.", reason.trim_end_matches('.')),
        Phase::CastingVote => "The leading votes are equal, so the casting vote is asked for.".to_owned(),
        Phase::Closed(Outcome::Formed { option, how }) => for_and_against(ballot, &tally, option, *how),
        Phase::Closed(Outcome::NotQuorate { present, needed }) => {
            let were = if *present == 1 { "was" } else { "were" };
            format!("No determination: {present} of {needed} needed for a quorum {were} present.")
        }
        Phase::Closed(Outcome::NotFormed { why }) => format!("No determination: {}.", why_not(*why)),
        Phase::Unopened | Phase::Voting | Phase::Closed(Outcome::CastingVoteNeeded { .. }) => {
            "No determination has been formed yet.".to_owned()
        }
    }
}

fn for_and_against(ballot: &Ballot, tally: &Tally, option: &str, how: How) -> String {
    let choice = Choice::For(option.to_owned());
    let votes = tally.votes.iter().find(|(of, _)| *of == choice).map_or(0, |(_, votes)| *votes);
    let others = tally.cast.saturating_sub(votes);
    let abstained = match tally.abstained {
        0 => String::new(),
        many => format!(", {}", plural(index(many), "abstention", "abstentions")),
    };
    let casting = if how == How::CastingVote { ", by the casting vote" } else { "" };
    format!("{}: {votes} to {others}{abstained}{casting}.", title(ballot, &choice))
}

fn formed(ballot: &Ballot, tally: &Tally, option: &str, how: How) -> String {
    let choice = Choice::For(option.to_owned());
    let title = title(ballot, &choice);
    let votes = tally.votes.iter().find(|(of, _)| *of == choice).map_or(0, |(_, votes)| *votes);
    match how {
        How::Majority => {
            format!("Determination: {title}, by {votes} of {} votes cast, which is more than half.", tally.cast)
        }
        How::CastingVote => format!("Determination: {title}, by the casting vote, for the leading votes were equal."),
    }
}

fn why_not(why: WhyNot) -> &'static str {
    match why {
        WhyNot::QuorumUnset => "the terms of reference set no quorum",
        WhyNot::NoVotesCast => "nobody who took part cast a vote",
        WhyNot::NoMajority => "no option has more than half of the votes cast",
        WhyNot::Against => "the option put to the vote was not carried",
        WhyNot::NobodyPresides => "the votes are equal, and neither chair nor deputy was there to break the tie",
        WhyNot::CastingVoteDeclined => "the votes are equal, and the casting vote was declined",
        WhyNot::CastingVoteLapsed => "the votes are equal, and the casting vote was not given in time",
        WhyNot::Overtaken => "the body may no longer decide it, so its votes do not count",
    }
}

fn plural(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

fn index(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
