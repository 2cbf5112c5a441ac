//! Whether a body was quorate at an instant, against counting anew.

use proptest::prelude::*;
use quorate::committee::Coming;
use quorate::committee::meeting::{Capacity, decide, presence};

use super::meetings::{Play, minute};

const PEOPLE: [(&str, Capacity); 7] = [
    ("chair", Capacity::Member),
    ("a", Capacity::Member),
    ("b", Capacity::Member),
    ("c", Capacity::Member),
    ("x", Capacity::Alternate),
    ("y", Capacity::Alternate),
    ("guest", Capacity::Observer),
];

/// How many seats are filled, found anew: whoever's last entry says so is there; an alternate fills the first empty
/// seat they stand for.
fn counted_anew(entries: &[(usize, bool, i64)], at: i64) -> u32 {
    let there = |name: &str| {
        let of_name = entries
            .iter()
            .filter(|(who, _, when)| PEOPLE.get(*who).is_some_and(|(known, _)| *known == name) && *when <= at);
        of_name.fold(None, |_, (_, arrived, _)| Some(*arrived)).unwrap_or(false)
    };
    let members = ["chair", "a", "b", "c"].iter().filter(|name| there(name)).count();
    let x_for_a = there("x") && !there("a");
    let for_b = !there("b") && (there("y") || (there("x") && !x_for_a));
    u32::try_from(members + usize::from(x_for_a) + usize::from(for_b)).expect("few")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quorum_at_any_instant_is_what_counting_anew_gives(
        steps in prop::collection::vec((0..PEOPLE.len(), 0_i64..4), 0..30),
        asked in 0_i64..90,
    ) {
        let mut play = Play::in_session();
        let (mut entries, mut now, mut there) = (Vec::new(), 0, [false; PEOPLE.len()]);
        for (who, later) in steps {
            now += later;
            there[who] = !there[who];
            let what = if there[who] { Coming::Arrived } else { Coming::Left };
            play.attend(PEOPLE[who].0, PEOPLE[who].1, what, now).expect("it is possible");
            entries.push((who, there[who], now));
        }
        let standing = presence::standing_at(&play.0, minute(asked));
        prop_assert_eq!(standing.present, counted_anew(&entries, asked));
        let closed = decide::close(&play.0);
        play.take(closed, minute(100)).expect("it ends");
        let spans = presence::through(&play.0);
        let span = spans.iter().find(|span| span.from <= minute(asked) && span.until.is_some_and(|end| minute(asked) < end));
        prop_assert_eq!(span.map(|span| span.standing), Some(standing));
        prop_assert!(spans.windows(2).all(|pair| pair[0].until == Some(pair[1].from)));
    }
}
