//! Why one SIP is taken before another, in words (R25).

use std::cmp::Ordering;
use std::fmt::{self, Display};

use chrono_tz::Europe::London;

use super::prioritisation::{Score, ScoreLine};
use super::ranking::{Judgement, Ranking};
use super::references::SipReference;

/// A SIP's rank and its score, side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<'a> {
    /// The rank.
    pub ranking: &'a Ranking,
    /// The score.
    pub score: &'a Score,
}

/// Why one SIP stands above another. Displays as sentences for publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation<'a> {
    /// The one that is taken first.
    pub above: Standing<'a>,
    /// The one that is taken later.
    pub below: Standing<'a>,
    /// The reason.
    pub basis: Basis<'a>,
}

/// What puts one SIP above another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis<'a> {
    /// It scores higher.
    Score,
    /// The scores are equal, and its reference comes first.
    EqualScores,
    /// Somebody placed one of the two.
    Placed {
        /// Which one.
        sip: SipReference,
        /// Why, by whom and when.
        judgement: &'a Judgement,
    },
    /// The scores have changed since the order was set, and nobody has placed either.
    OlderThanScores,
}

/// Explains the order of two SIPs, whichever of them is named first.
pub fn explain_order<'a>(a: Standing<'a>, b: Standing<'a>) -> Explanation<'a> {
    let (above, below) = if a.ranking.rank <= b.ranking.rank { (a, b) } else { (b, a) };
    Explanation { above, below, basis: basis(above, below) }
}

/// The score explains an order that agrees with it; a person explains one that does not.
fn basis<'a>(above: Standing<'a>, below: Standing<'a>) -> Basis<'a> {
    match above.score.compare(below.score) {
        Ordering::Greater => return Basis::Score,
        Ordering::Equal if above.ranking.sip < below.ranking.sip => return Basis::EqualScores,
        _ => {}
    }
    let placed = [above, below].into_iter().filter_map(placement);
    placed
        .max_by_key(|(_, judgement)| judgement.at)
        .map_or(Basis::OlderThanScores, |(sip, judgement)| Basis::Placed { sip, judgement })
}

fn placement(standing: Standing<'_>) -> Option<(SipReference, &Judgement)> {
    standing.ranking.placed.as_ref().map(|judgement| (standing.ranking.sip, judgement))
}

impl Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (above, below) = (self.above.ranking, self.below.ranking);
        write!(f, "{} (rank {}) is taken before {} (rank {})", above.sip, above.rank, below.sip, below.rank)?;
        match self.basis {
            Basis::Score => f.write_str(" because it scores higher.")?,
            Basis::EqualScores => {
                f.write_str(" because their scores are equal and its reference comes first.")?;
            }
            Basis::Placed { sip, judgement } => write_placement(f, sip, judgement)?,
            Basis::OlderThanScores => {
                f.write_str(": the order was set before the scores last changed.")?;
            }
        }
        self.write_totals(f)
    }
}

fn write_placement(f: &mut fmt::Formatter<'_>, sip: SipReference, judgement: &Judgement) -> fmt::Result {
    let Judgement { reason, by, at } = judgement;
    let day = at.with_timezone(&London).format("%-d %B %Y");
    write!(f, " because {by} placed {sip} on {day}: \"{reason}\"")
}

impl Explanation<'_> {
    fn write_totals(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (above, below) = (self.above, self.below);
        write!(
            f,
            " {} scores {} of {} and {} scores {} of {}.",
            above.ranking.sip,
            above.score.total,
            above.score.out_of,
            below.ranking.sip,
            below.score.total,
            below.score.out_of
        )?;
        if above.score.criteria != below.score.criteria {
            return f.write_str(" They were scored against different versions of the criteria.");
        }
        let pairs = above.score.lines.iter().zip(&below.score.lines);
        pairs.filter(|(one, other)| one.adds != other.adds).try_for_each(|(one, other)| self.write_line(f, one, other))
    }

    fn write_line(&self, f: &mut fmt::Formatter<'_>, one: &ScoreLine, other: &ScoreLine) -> fmt::Result {
        let (sip, more) = if one.adds > other.adds { (self.above, one) } else { (self.below, other) };
        let difference = one.adds.abs_diff(other.adds);
        let ScoreLine { name, weight, .. } = more;
        let ahead = sip.ranking.sip;
        write!(f, " {name}: {} against {}, weight {weight}, puts {ahead} ahead by {difference}.", one.mark, other.mark)
    }
}
