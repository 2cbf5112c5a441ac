use quorate::consultation::{Answered, Asked, AskedParty, Category, Load, burden};

use super::{albion, date, northwind};

fn asked(reference: &str, opens: &str, closes: &str, answered: [Answered; 2]) -> Asked {
    let [northwind_did, albion_did] = answered;
    Asked {
        reference: reference.to_owned(),
        opens_on: date(opens),
        closes_on: date(closes),
        sips: 3,
        questions: 7,
        parties: vec![
            AskedParty { respondent: albion(), answered: albion_did },
            AskedParty { respondent: northwind(), answered: northwind_did },
        ],
    }
}

#[test]
fn the_burden_says_who_is_asked_what_and_when() {
    let found = burden(&[
        asked("C-2026-02", "2026-10-01", "2026-10-22", [Answered::No, Answered::No]),
        asked("C-2026-01", "2026-07-01", "2026-07-22", [Answered::Yes, Answered::No]),
    ]);
    let lines: Vec<_> =
        found.lines.iter().map(|line| (line.respondent.party.as_str(), line.reference.as_str())).collect();
    assert_eq!(
        lines,
        [
            ("northwind", "C-2026-01"),
            ("northwind", "C-2026-02"),
            ("albion-gas", "C-2026-01"),
            ("albion-gas", "C-2026-02")
        ]
    );
    assert_eq!(found.by_party[0].1, Load { asked: 2, answered: 1, sips: 6, questions: 14 });
    assert_eq!(
        found.by_category[&Category::GasNetworkOperator],
        Load { asked: 2, answered: 0, sips: 6, questions: 14 }
    );
    assert_eq!(found.by_month["2026-07"], Load { asked: 2, answered: 1, sips: 6, questions: 14 });
    assert_eq!(found.by_month.len(), 2);
}

#[test]
fn no_consultation_is_no_burden() {
    assert_eq!(burden(&[]).lines, []);
}
