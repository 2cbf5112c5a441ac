//! Changes moved and joined so that they read well, at no or little cost.

use super::changes::{Change, part, push};
use super::compare::Token;
use super::words::Class;

/// Of so many changed words, one more may be marked to spare the reader a fragment.
const WORDS_PER_SPARE: usize = 25;
/// Changed words around a lone particle that make it a fragment.
const WORDS_AROUND_FRAGMENT: usize = 8;

/// Moves each insertion and deletion to the best place it can take without changing what it does, then gives up the
/// unchanged words that only break up a rewritten passage.
pub(super) fn settle(old: &[Token], new: &[Token], changes: Vec<Change>) -> Vec<Change> {
    absorb(old, new, slide_all(old, new, changes))
}

fn slide_all(old: &[Token], new: &[Token], changes: Vec<Change>) -> Vec<Change> {
    let mut settled: Vec<Change> = Vec::with_capacity(changes.len());
    let mut rest = changes.into_iter().peekable();
    while let Some(change) = rest.next() {
        let from = settled.last().map_or((0, 0), |last| (last.old.end, last.new.end));
        let until = rest.peek().map_or((old.len(), new.len()), |next| (next.old.start, next.new.start));
        let moved = if change.old.is_empty() {
            let room = Room { before: change.new.start - from.1, after: until.1 - change.new.end };
            change.shifted(best_shift(new, change.new.start, change.new.end, &room))
        } else if change.new.is_empty() {
            let room = Room { before: change.old.start - from.0, after: until.0 - change.old.end };
            change.shifted(best_shift(old, change.old.start, change.old.end, &room))
        } else {
            change
        };
        push(&mut settled, moved);
    }
    settled
}

/// How many unchanged tokens lie before and after a change.
struct Room {
    before: usize,
    after: usize,
}

/// A move of a change along the text.
#[derive(Clone, Copy)]
enum Shift {
    Back(usize),
    On(usize),
}

impl Change {
    fn shifted(&self, shift: Shift) -> Self {
        let to = |at: usize| match shift {
            Shift::Back(by) => at - by,
            Shift::On(by) => at + by,
        };
        Self { old: to(self.old.start)..to(self.old.end), new: to(self.new.start)..to(self.new.end) }
    }
}

/// Where the tokens from `start` to `end`, present on one side only, are best said to stand.
fn best_shift(side: &[Token], start: usize, end: usize, room: &Room) -> Shift {
    let same = |a: usize, b: usize| side.get(a).is_some_and(|token| Some(token) == side.get(b));
    let back = (1..=room.before).take_while(|by| same(start - by, end - by)).count();
    if back > 0 && back == room.before && start > back {
        return Shift::Back(back);
    }
    let on = (0..room.after).take_while(|by| same(start + by, end + by)).count();
    let length = end - start;
    let first = start - back;
    let best = (first..=start + on).max_by_key(|at| (standing(side, *at) + standing(side, at + length), *at));
    match best.unwrap_or(start) {
        at if at < start => Shift::Back(start - at),
        at => Shift::On(at - start),
    }
}

/// How well a change may begin or end just before the token at `at`.
fn standing(side: &[Token], at: usize) -> u8 {
    let class = |at: Option<usize>| at.and_then(|at| side.get(at)).map(|token| token.class);
    let (previous, next) = (class(at.checked_sub(1)), class(Some(at)));
    match (previous, next) {
        (None | Some(Class::Mark), _) => 6,
        (_, None) => 5,
        (Some(Class::Space), _) if class(at.checked_sub(2)) == Some(Class::Stop) => 5,
        (Some(Class::Space), _) => 3,
        (_, Some(Class::Space | Class::Mark)) => 2,
        _ => 1,
    }
}

/// Joins changes that only a particle keeps apart, while this marks few words more.
fn absorb(old: &[Token], new: &[Token], changes: Vec<Change>) -> Vec<Change> {
    let total: usize = changes.iter().map(|change| words(old, new, change)).sum();
    let mut spare = total / WORDS_PER_SPARE;
    let mut joined: Vec<Change> = Vec::with_capacity(changes.len());
    for change in changes {
        if let Some(last) = joined.last_mut()
            && let Some(cost) = fragment(part(old, &(last.old.end..change.old.start)))
            && cost <= spare
            && is_rewriting(last)
            && is_rewriting(&change)
            && words(old, new, last) + words(old, new, &change) >= WORDS_AROUND_FRAGMENT
        {
            spare -= cost;
            last.old.end = change.old.end;
            last.new.end = change.new.end;
        } else {
            joined.push(change);
        }
    }
    joined
}

/// What it costs to mark these unchanged tokens as changed, if they are worth so little that they may be.
fn fragment(unchanged: &[Token]) -> Option<usize> {
    let short = unchanged.len() <= 4 && unchanged.iter().all(|token| !matches!(token.class, Class::Word | Class::Mark));
    let particles = unchanged.iter().filter(|token| token.class == Class::Particle).count();
    (short && particles <= 1).then_some(2 * particles)
}

fn is_rewriting(change: &Change) -> bool {
    !change.old.is_empty() && !change.new.is_empty()
}

/// Words that a change takes away or brings.
fn words(old: &[Token], new: &[Token], change: &Change) -> usize {
    let tokens = part(old, &change.old).iter().chain(part(new, &change.new));
    tokens.filter(|token| token.class.is_word()).count()
}
