//! Text cut into pieces, and two texts compared for people.

use proptest::prelude::*;
use quorate::redline::diff::{Change, Class, Interner, Token, compare, pieces};

fn cut(text: &str) -> Vec<&str> {
    pieces(text).map(|piece| &text[piece.range]).collect()
}

/// Two texts as tokens.
fn tokens<'a>(old: &'a str, new: &'a str) -> (Vec<Token>, Vec<Token>) {
    let mut ids = Interner::default();
    let mut of = |text: &'a str| -> Vec<Token> {
        pieces(text).map(|piece| Token { id: ids.id(&text[piece.range]), class: piece.class }).collect()
    };
    (of(old), of(new))
}

/// Both texts in one: `[gone]` and `{come}`.
fn marked(old: &str, new: &str) -> String {
    let (old_tokens, new_tokens) = tokens(old, new);
    let (old_text, new_text) = (cut(old), cut(new));
    let mut at = 0;
    let mut result = String::new();
    for Change { old, new } in compare(&old_tokens, &new_tokens) {
        result += &old_text[at..old.start].concat();
        let (gone, come) = (old_text[old.clone()].concat(), new_text[new].concat());
        result.push_str(&format!("[{gone}]{{{come}}}").replace("[]", "").replace("{}", ""));
        at = old.end;
    }
    result + &old_text[at..].concat()
}

#[test]
fn identifiers_numbers_and_sums_are_single_words() {
    for word in [
        "1.4.2",
        "SSI-FR-6a",
        "UC_Login_001",
        "£1,000.50",
        "don't",
        "don’t",
        "10:30",
        "well-known",
        "2.5",
        "é",
        "a\u{301}b",
    ] {
        assert_eq!(cut(word), [word]);
        assert!(pieces(word).all(|piece| piece.class == Class::Word), "{word}");
    }
}

#[test]
fn signs_spaces_and_line_ends_stand_alone() {
    assert_eq!(
        cut("It is (see 1.2).  So,\r\nno!"),
        ["It", " ", "is", " ", "(", "see", " ", "1.2", ")", ".", "  ", "So", ",", "\r\n", "no", "!"]
    );
    assert_eq!(cut("and/or: 5%"), ["and", "/", "or", ":", " ", "5", "%"]);
}

#[test]
fn what_combines_is_never_cut() {
    for cluster in [
        "e\u{301}",
        "👩\u{200D}❤\u{FE0F}\u{200D}👨",
        "🇬🇧",
        "👍🏽",
        "1\u{FE0F}\u{20E3}",
        "각",
        "\u{1112}\u{1161}\u{11ab}",
        " \u{301}",
        ".\u{308}",
    ] {
        assert_eq!(cut(cluster), [cluster], "{cluster:?}");
    }
    assert_eq!(cut("שָׁלוֹם עולם"), ["שָׁלוֹם", " ", "עולם"]);
    assert_eq!(cut("漢字"), ["漢", "字"]);
}

#[test]
fn one_changed_word_is_one_changed_word() {
    assert_eq!(marked("The Party shall log in.", "The User shall log in."), "The [Party]{User} shall log in.");
    assert_eq!(marked("within 10 seconds", "within 5 seconds"), "within [10]{5} seconds");
    assert_eq!(marked("version 1.4.2 of", "version 1.4.3 of"), "version [1.4.2]{1.4.3} of");
}

#[test]
fn a_rewritten_phrase_is_one_change_and_not_a_word_and_a_space_in_turn() {
    assert_eq!(marked("see red green blue now", "see one two three now"), "see [red green blue]{one two three} now");
}

#[test]
fn an_added_sentence_is_added_whole() {
    assert_eq!(marked("It works. It lasts.", "It works. It is cheap. It lasts."), "It works. {It is cheap. }It lasts.");
    assert_eq!(marked("A user may log in.", "A user may not log in."), "A user may {not }log in.");
    assert_eq!(marked("one two", "one two three"), "one two{ three}");
}

#[test]
fn an_added_paragraph_is_added_with_its_own_end() {
    assert_eq!(marked("One is.\nTwo is.\n", "One is.\nNew is.\nTwo is.\n"), "One is.\n{New is.\n}Two is.\n");
}

#[test]
fn a_split_paragraph_is_one_inserted_end() {
    assert_eq!(marked("One is. Two is.\n", "One is.\nTwo is.\n"), "One is.[ ]{\n}Two is.\n");
}

#[test]
fn a_repeated_word_is_removed_where_the_words_around_it_begin() {
    assert_eq!(marked("of the the system", "of the system"), "of the [the ]system");
}

#[test]
fn a_lone_particle_in_a_long_rewriting_is_no_island() {
    let old = "start alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu the xi omicron pi rho \
               sigma tau upsilon phi chi psi omega aleph beth end";
    let new = "start one two three four five six seven eight nine ten eleven twelve the red green blue white black \
               grey pink brown gold teal lime plum end";
    assert_eq!(marked(old, new).matches('[').count(), 1, "{}", marked(old, new));
}

/// Words of a small vocabulary with signs and line ends between.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["the", "of", "system", "user", "Party", "1.2", "shall", "log-in", "may"]);
    let sign = prop::sample::select(vec![" ", " ", " ", ", ", ". ", "\n"]);
    proptest::collection::vec((word, sign), 0..60)
        .prop_map(|parts| parts.into_iter().flat_map(|(a, b)| [a, b]).collect())
}

fn words(tokens: &[Token]) -> Vec<u32> {
    tokens.iter().filter(|token| token.class.is_word()).map(|token| token.id).collect()
}

fn longest_common(old: &[u32], new: &[u32]) -> usize {
    let mut row = vec![0; new.len() + 1];
    for a in old {
        let mut diagonal = 0;
        for (at, b) in new.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if a == b { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[new.len()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_are_the_whole_text(text in any::<String>()) {
        prop_assert_eq!(cut(&text).concat(), text);
    }

    #[test]
    fn what_is_kept_and_what_came_is_the_new_text_and_few_words_more_than_needed_are_marked(old in text(), new in text()) {
        let (old, new) = tokens(&old, &new);
        let script = compare(&old, &new);
        let mut result: Vec<Token> = Vec::new();
        let mut at = 0;
        for change in &script {
            result.extend(&old[at..change.old.start]);
            result.extend(&new[change.new.clone()]);
            at = change.old.end;
        }
        result.extend(&old[at..]);
        prop_assert_eq!(&result, &new);
        let (old_words, new_words) = (words(&old), words(&new));
        let least = old_words.len() + new_words.len() - 2 * longest_common(&old_words, &new_words);
        let changed: usize =
            script.iter().map(|change| words(&old[change.old.clone()]).len() + words(&new[change.new.clone()]).len()).sum();
        prop_assert!(changed >= least && changed * 25 <= least * 26, "{changed} words marked, {least} needed");
    }
}
