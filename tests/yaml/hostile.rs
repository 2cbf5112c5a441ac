//! Text that is meant to do harm, and text nobody meant at all: each gets an answer, quickly and in plain words.

use super::{GOOD, read};
use proptest::prelude::*;
use quorate::yaml::render;

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// A name, a text made to cost time, memory or stack, and the words that must refuse it.
type Hostile = (&'static str, String, &'static str);

fn hostile_shapes() -> Vec<Hostile> {
    let bomb = lines(60, |n| format!("b{n}: &b{n} [*b{0}, *b{0}, *b{0}]\n", n.saturating_sub(1)));
    let big_anchor = format!("a: &a [{}]\nb: [{}]\n", "x, ".repeat(5_000), "*a, ".repeat(5_000));
    let nested_fields = lines(500, |n| " ".repeat(n) + "a:\n");
    vec![
        ("lists", "[".repeat(100_000), "too deep"),
        ("fields in brackets", "{a: ".repeat(60_000), "too deep"),
        ("fields", nested_fields, "32 deep"),
        ("dashes", "- ".repeat(100_000), "32 deep"),
        ("question marks", "? ".repeat(100_000), "32 deep"),
        ("alias bomb", format!("b0: &b0 x\n{bomb}"), "alias"),
        ("one big anchor", big_anchor, "anchor"),
        ("document marks", "---\n".repeat(60_000), "document"),
        ("tags", "!a ".repeat(80_000), "YAML"),
        ("directives", "%TAG !a! b\n".repeat(20_000), "YAML"),
        ("colons", "a: b: ".repeat(40_000), "`: `"),
    ]
}

fn hostile_sizes() -> Vec<Hostile> {
    let wrong_values = format!("assertions: [{}]", "[],".repeat(9_000));
    let states = lines(6_000, |n| format!("  s{n}: {{}}\n"));
    let good = lines(2_500, |n| format!("  s{n}: {{ title: T, owner: dcc }}\n"));
    let bad = lines(60, |n| format!("  t{n}: {{ title: T, owner: nobody }}\n"));
    let long_keys = format!("? {}\n: 1\n", "k".repeat(900)).repeat(200);
    vec![
        ("50 MB", "a".repeat(50_000_000), "too large"),
        ("a million keys", lines(1_000_000, |n| format!("k{n}: 1\n")), "too large"),
        ("many keys", lines(22_000, |n| format!("k{n}: 1\n")), "more than 20000 parts"),
        ("commas", format!("[{}]", "a,".repeat(100_000)), "more than 20000 parts"),
        ("the same key", "a: 1\n".repeat(40_000), "twice"),
        ("long keys", long_keys, "longer than 256"),
        ("wrong values", wrong_values, "expected text"),
        ("mistakes at the end", format!("states:\n{good}{bad}"), "choices"),
        ("empty states", format!("states:\n{states}"), "is missing"),
    ]
}

fn hostile_text() -> Vec<Hostile> {
    vec![
        ("open quotation", format!("\"{}", "a\n ".repeat(80_000)), "quotation"),
        ("comments", "# comment\n".repeat(25_000), "empty"),
        ("blank lines", "\n".repeat(260_000), "empty"),
        ("control characters", "\0".repeat(260_000), "control character"),
        ("carriage returns", "\r".repeat(260_000), "carriage return"),
        ("block text", format!("a: |\n{}", "  x\n\n".repeat(50_000)), "unknown field"),
        ("long text", format!("a: {}", "word ".repeat(50_000)), "unknown field"),
        ("folded lines", format!("a: {}", "word\n  ".repeat(30_000)), "unknown field"),
    ]
}

#[test]
fn hostile_text_is_refused_and_says_why() {
    let all = [hostile_shapes(), hostile_sizes(), hostile_text()];
    for (name, text, words) in all.into_iter().flatten() {
        let found = read(&text).map(|document| document.value).unwrap_err();
        assert!(found.len() <= 50, "{name}");
        let shown = found.to_string();
        assert!(shown.contains(words), "{name}: {shown}");
        assert!(shown.len() < 60_000, "{name}: {} bytes of problems", shown.len());
        assert!(render(found.as_slice(), &text).len() < 100_000, "{name}");
    }
}

/// Text that looks like YAML more often than chance would have it.
fn yaml_like() -> impl Strategy<Value = String> {
    let words = "process version states a 12 012 1e3 yes ~ 2019-06-27 owner: dcc title: T s: [ ] { } \
                 \" ' # | > ? <<: : @ ` \\ \u{feff} \u{e9}";
    let spaced = [": ", "\n", "\n  ", "\n    ", "- ", ", ", " ", "&a ", "*a", "!t ", "---\n", "...\n", "\t", "\r\n"];
    let pieces: Vec<String> = words.split(' ').chain(spaced).map(ToOwned::to_owned).collect();
    prop::collection::vec(prop::sample::select(pieces), 0..40).prop_map(|parts| parts.concat())
}

/// What every answer has to be like, whatever the text.
fn check_answer(text: &str) -> Result<(), TestCaseError> {
    let Err(found) = read(text) else {
        return Ok(());
    };
    prop_assert!(!found.is_empty() && found.len() <= 50);
    let lines = text.lines().count() + 1;
    for problem in &found {
        prop_assert!((1..=lines).contains(&problem.line) && problem.column >= 1, "{problem:?}");
        prop_assert!(!problem.what.is_empty() && !problem.to_string().contains('\n'), "{problem:?}");
        prop_assert!(!problem.what.contains(" at line "), "not in plain words: {problem:?}");
    }
    render(found.as_slice(), text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_at_all_gets_an_answer(text in any::<String>()) {
        check_answer(&text)?;
    }

    #[test]
    fn any_text_like_yaml_gets_an_answer(text in yaml_like()) {
        check_answer(&text)?;
    }

    #[test]
    fn a_good_document_with_one_piece_changed_gets_an_answer(
        at in 0..GOOD.len(),
        length in 0..8_usize,
        piece in yaml_like(),
    ) {
        let end = (at + length).min(GOOD.len());
        check_answer(&format!("{}{piece}{}", &GOOD[..at], &GOOD[end..]))?;
    }
}
