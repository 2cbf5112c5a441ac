//! Three texts, a zero byte between them: what changed from the first to each of the others, and both merged.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quorate::redline::diff::{Interner, Token, changes, compare, matches, pieces};
use quorate::redline::merge::merge;

fn tokens<'a>(text: &'a str, ids: &mut Interner<&'a str>) -> Vec<Token> {
    pieces(text).map(|piece| Token { id: ids.id(&text[piece.range]), class: piece.class }).collect()
}

fuzz_target!(|text: &str| {
    let mut texts = text.split('\0');
    let (base, ours, theirs) = (texts.next().unwrap_or(""), texts.next().unwrap_or(""), texts.next().unwrap_or(""));
    let mut ids = Interner::default();
    let (old, new) = (tokens(base, &mut ids), tokens(ours, &mut ids));
    for (at, to) in matches(&compare(&old, &new), old.len(), new.len()) {
        assert_eq!(old[at], new[to], "what is kept is the same");
    }
    let (old, new): (Vec<u32>, Vec<u32>) =
        (base.chars().map(u32::from).collect(), ours.chars().map(u32::from).collect());
    for (at, to) in matches(&changes(&old, &new), old.len(), new.len()) {
        assert_eq!(old[at], new[to], "what is kept is the same");
    }
    assert_eq!(merge(base, ours, base).text().as_deref(), Some(ours), "one side's changes are taken");
    assert_eq!(merge(base, base, theirs).text().as_deref(), Some(theirs), "the other side's are too");
    let there = merge(base, ours, theirs).text();
    assert_eq!(there, merge(base, theirs, ours).text(), "it makes no odds which side is which");
});
