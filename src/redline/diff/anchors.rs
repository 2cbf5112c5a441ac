//! Sure points to hold on to when two sequences are too different to compare in full.

use super::chain::{Link, heaviest};
use super::intern::IdMap;

/// Where a token stands, as long as it stands in one place only.
#[derive(Default)]
struct Places {
    old: Place,
    new: Place,
}

#[derive(Default, Clone, Copy)]
enum Place {
    #[default]
    Nowhere,
    At(usize),
    Several,
}

impl Place {
    fn note(&mut self, at: usize) {
        *self = match self {
            Self::Nowhere => Self::At(at),
            _ => Self::Several,
        };
    }
}

/// Pairs the tokens that occur once on each side: the largest set of them in the same order on both.
///
/// For two sequences without repetition this is their longest common subsequence.
pub(super) fn unique(old: &[u32], new: &[u32]) -> Vec<Link> {
    let links = once_on_each(old, new).into_iter().map(|(old, new)| Link { old, new, weight: 1 });
    heaviest(links.collect())
}

/// Where the tokens stand that occur once on each side, in no order.
pub(super) fn once_on_each(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let mut places: IdMap<Places> = IdMap::default();
    for (at, token) in old.iter().enumerate() {
        places.entry(*token).or_default().old.note(at);
    }
    for (at, token) in new.iter().enumerate() {
        if let Some(places) = places.get_mut(token) {
            places.new.note(at);
        }
    }
    let once = places.values().filter_map(|places| match (places.old, places.new) {
        (Place::At(old), Place::At(new)) => Some((old, new)),
        _ => None,
    });
    once.collect()
}
