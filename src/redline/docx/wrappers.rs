//! Links and content controls: both ends of one stay, or neither does.

use std::ops::Range;

use super::markup::inner;
use super::pieces::Sides;
use super::story::{PartKind, Story};
use crate::document::ooxml::{XmlNode, child};

/// Equal stretches of tokens, older and newer.
type Pairs = Vec<(Range<usize>, Range<usize>)>;

/// The links and controls among some tokens of a story.
pub(super) struct Wrappers {
    /// The tokens of both ends, in the order of the beginnings.
    ends: Vec<(usize, usize)>,
    first: usize,
    /// Which of them each token stands directly in. Its own ends stand outside it.
    inside: Vec<Option<usize>>,
    /// Which of them each token begins or ends.
    bounds: Vec<Option<usize>>,
}

impl Wrappers {
    /// Leaves of the equal stretches only what stands in the same links and controls in both.
    pub(super) fn check(sides: Sides<'_, '_>, old: &Range<usize>, new: &Range<usize>, pairs: Pairs) -> Pairs {
        let (olds, news) = (Self::find(sides.old, old), Self::find(sides.new, new));
        if olds.ends.is_empty() && news.ends.is_empty() {
            return pairs;
        }
        let single = |(old, new): (Range<usize>, Range<usize>)| old.zip(new);
        let singles: Vec<(usize, usize)> = pairs.into_iter().flat_map(single).collect();
        let partners = olds.partners(&news, &singles);
        let mut kept: Pairs = Vec::new();
        for (old, new) in singles {
            if !olds.fits(&news, &partners, old, new) {
                continue;
            }
            match kept.last_mut() {
                Some((before, after)) if before.end == old && after.end == new => {
                    (before.end, after.end) = (old + 1, new + 1);
                }
                _ => kept.push((old..old + 1, new..new + 1)),
            }
        }
        kept
    }

    fn find(story: &Story<'_>, tokens: &Range<usize>) -> Self {
        let mut found = Self { ends: Vec::new(), first: tokens.start, inside: Vec::new(), bounds: Vec::new() };
        let parts = story.parts.get(story.parts_in(&story.place(tokens))).unwrap_or_default();
        let ends: Vec<_> = parts.iter().filter(|part| matches!(part.kind, PartKind::Open | PartKind::Close)).collect();
        if ends.is_empty() {
            return found;
        }
        found.inside = vec![None; tokens.len()];
        found.bounds = vec![None; tokens.len()];
        let mut open: Vec<usize> = Vec::new();
        let mut at = tokens.start;
        for part in ends {
            let Ok(token) = story.ends.binary_search(&part.range.end) else { continue };
            found.fill(at..token, open.last().copied());
            if part.kind == PartKind::Open {
                found.fill(token..token + 1, open.last().copied());
                found.bind(token, found.ends.len());
                open.push(found.ends.len());
                found.ends.push((token, token));
            } else if let Some(wrapper) = open.pop() {
                found.fill(token..token + 1, open.last().copied());
                found.bind(token, wrapper);
                if let Some(ends) = found.ends.get_mut(wrapper) {
                    ends.1 = token;
                }
            }
            at = token + 1;
        }
        found
    }

    fn fill(&mut self, tokens: Range<usize>, wrapper: Option<usize>) {
        let range = tokens.start.saturating_sub(self.first)..tokens.end.saturating_sub(self.first);
        if let Some(inside) = self.inside.get_mut(range) {
            inside.fill(wrapper);
        }
    }

    fn bind(&mut self, token: usize, wrapper: usize) {
        if let Some(bound) = self.bounds.get_mut(token.saturating_sub(self.first)) {
            *bound = Some(wrapper);
        }
    }

    fn around(&self, token: usize) -> Option<usize> {
        self.inside.get(token.checked_sub(self.first)?).copied().flatten()
    }

    /// The wrapper that a token begins or ends.
    fn ended_by(&self, token: usize) -> Option<usize> {
        self.bounds.get(token.checked_sub(self.first)?).copied().flatten()
    }

    /// For each older wrapper the newer one whose both ends are paired with its own, within wrappers that are partners.
    fn partners(&self, news: &Self, singles: &[(usize, usize)]) -> Vec<Option<usize>> {
        let mut partners: Vec<Option<usize>> = Vec::with_capacity(self.ends.len());
        for (open, close) in &self.ends {
            let new_of = |old: usize| {
                let at = singles.binary_search_by_key(&old, |(old, _)| *old).ok()?;
                singles.get(at).map(|(_, new)| *new)
            };
            let around =
                self.around(*open).map_or(Some(None), |outer| partners.get(outer).copied().flatten().map(Some));
            let partner = new_of(*open).zip(new_of(*close)).and_then(|(new_open, new_close)| {
                let at = news.ended_by(new_open).filter(|at| news.ends.get(*at) == Some(&(new_open, new_close)))?;
                (around? == news.around(new_open)).then_some(at)
            });
            partners.push(partner);
        }
        partners
    }

    fn fits(&self, news: &Self, partners: &[Option<usize>], old: usize, new: usize) -> bool {
        let partner = |wrapper: usize| partners.get(wrapper).copied().flatten();
        let same_around = match (self.around(old), news.around(new)) {
            (None, None) => true,
            (Some(old), Some(new)) => partner(old) == Some(new),
            _ => false,
        };
        let same_end = match (self.ended_by(old), news.ended_by(new)) {
            (None, None) => true,
            (Some(old), Some(new)) => partner(old) == Some(new),
            _ => false,
        };
        same_around && same_end
    }
}

/// Whether a change may stand inside an element; it may only stand around others.
pub(super) fn takes_changes(node: XmlNode<'_>) -> bool {
    node.name() == "hyperlink"
}

/// The element of a control in which its runs stand; a link has none.
pub(super) fn content_of(node: XmlNode<'_>) -> Option<XmlNode<'_>> {
    child(node, "sdtContent").filter(|_| node.name() == "sdt")
}

/// The inside of a link or control, where its runs stand.
pub(super) fn inside(text: &str, node: XmlNode<'_>) -> Range<usize> {
    inner(text, content_of(node).unwrap_or(node))
}
