//! What came of a ballot, as papers print it.

use crate::committee::{Ballot, Choice, Outcome, Phase, Reader, Tally, explain};
use crate::document::{Block, ListKind, ParagraphStyle, Text};

/// What came of a ballot: the determination, why the count gives it, the reasons of the body and its conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotOutcome {
    /// The reference of the ballot.
    pub ballot: String,
    /// The question.
    pub question: String,
    /// What came of it, such as `Approve`.
    pub determination: String,
    /// Why the count gives that, sentence by sentence.
    pub reasoning: Vec<String>,
    /// The reasons of the body.
    pub reasons: Vec<String>,
    /// The conditions it set.
    pub conditions: Vec<String>,
}

impl BallotOutcome {
    /// What came of a ballot, told to a reader.
    pub fn of(ballot: &Ballot, tally: &Tally, reader: Reader<'_>) -> Self {
        let option = chosen(ballot, tally).unwrap_or_default();
        let given: Vec<_> = ballot.reasons_for(option).collect();
        Self {
            ballot: ballot.opening.reference.clone(),
            question: ballot.opening.matter.question.clone(),
            determination: determination(ballot, tally),
            reasoning: explain(ballot, tally, reader),
            reasons: given.iter().map(|given| given.reasons.clone()).filter(|reasons| !reasons.is_empty()).collect(),
            conditions: given.iter().filter_map(|given| given.conditions.clone()).collect(),
        }
    }

    /// The outcome as blocks that stand within a paper.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let ballot = Text::default().bold("Ballot ").bold(&self.ballot).plain(format!(": {}", self.question));
        let determination = Text::default().bold("Outcome: ").plain(&self.determination);
        let mut blocks = vec![Block::paragraph(ballot), Block::paragraph(determination)];
        blocks.push(Block::list(ListKind::Bullets, &self.reasoning));
        blocks.extend(self.said());
        blocks
    }

    /// What the body itself said: its reasons and conditions, word for word.
    pub(super) fn said(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (heading, said) in [("Reasons of the body", &self.reasons), ("Conditions", &self.conditions)] {
            if !said.is_empty() {
                blocks.push(Block::paragraph(Text::default().bold(heading)));
                blocks.extend(said.iter().map(|words| Block::styled(ParagraphStyle::Quote, words)));
            }
        }
        blocks
    }
}

/// What the ballot recorded when it closed, or what the count gives while it is open.
fn outcome<'a>(ballot: &'a Ballot, tally: &'a Tally) -> &'a Outcome {
    match &ballot.phase {
        Phase::Closed(outcome) => outcome,
        _ => &tally.outcome,
    }
}

/// The option chosen, if one was.
pub(super) fn chosen<'a>(ballot: &'a Ballot, tally: &'a Tally) -> Option<&'a str> {
    match (&ballot.phase, outcome(ballot, tally)) {
        (Phase::Void(_), _) => None,
        (_, Outcome::Formed { option, .. }) => Some(option),
        _ => None,
    }
}

/// What a choice is called on this ballot.
pub(super) fn title(ballot: &Ballot, choice: &Choice) -> String {
    match choice {
        Choice::For(option) => ballot.option(option).map_or_else(|| option.clone(), |option| option.title.clone()),
        Choice::Against => "Against".to_owned(),
        Choice::Abstain => "Abstained".to_owned(),
    }
}

/// The determination in a few words.
pub(super) fn determination(ballot: &Ballot, tally: &Tally) -> String {
    match (&ballot.phase, outcome(ballot, tally)) {
        (Phase::Void(_), _) => "None: the ballot is void".to_owned(),
        (_, Outcome::Formed { option, .. }) => title(ballot, &Choice::For(option.clone())),
        (_, Outcome::CastingVoteNeeded { .. }) => "None yet: the casting vote is outstanding".to_owned(),
        (_, Outcome::NotQuorate { .. }) => "No determination formed: the quorum was not met".to_owned(),
        (_, Outcome::NotFormed { .. }) => "No determination formed".to_owned(),
    }
}
