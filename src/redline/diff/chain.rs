//! The heaviest set of links between two sequences that keeps the order of both.

/// Something on the old side that may be something on the new side, and how much that is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) weight: u64,
}

/// Picks the links that together weigh most, each `old` and each `new` rising strictly.
///
/// `n log n` for `n` links: a tree over the new positions keeps, for every prefix of them, the heaviest chain that
/// ends there.
pub(super) fn heaviest(mut links: Vec<Link>) -> Vec<Link> {
    links.sort_unstable_by(|a, b| a.old.cmp(&b.old).then(b.new.cmp(&a.new)));
    let positions = links.iter().map(|link| link.new + 1).max().unwrap_or(0);
    let mut tree = Tree::new(positions);
    let mut before = Vec::with_capacity(links.len());
    for (index, link) in links.iter().enumerate() {
        let best = tree.best_before(link.new);
        before.push(best.end);
        tree.raise(link.new, Best { weight: best.weight + link.weight, end: Some(index) });
    }
    let mut chain = Vec::new();
    let mut at = tree.best_before(positions).end;
    while let Some(index) = at {
        chain.extend(links.get(index));
        at = before.get(index).copied().flatten();
    }
    chain.reverse();
    chain
}

/// The heaviest chain within some prefix: its weight, and the link it ends with.
#[derive(Debug, Clone, Copy, Default)]
struct Best {
    weight: u64,
    end: Option<usize>,
}

/// A binary indexed tree of prefix maxima.
struct Tree {
    nodes: Vec<Best>,
}

impl Tree {
    fn new(positions: usize) -> Self {
        Self { nodes: vec![Best::default(); positions + 1] }
    }

    /// The best chain that ends at a position below `position`.
    fn best_before(&self, position: usize) -> Best {
        let mut best = Best::default();
        let mut node = position;
        while node > 0 {
            if let Some(candidate) = self.nodes.get(node)
                && candidate.weight > best.weight
            {
                best = *candidate;
            }
            node &= node - 1;
        }
        best
    }

    fn raise(&mut self, position: usize, best: Best) {
        let mut node = position + 1;
        while let Some(held) = self.nodes.get_mut(node) {
            if best.weight > held.weight {
                *held = best;
            }
            node += node & node.wrapping_neg();
        }
    }
}
