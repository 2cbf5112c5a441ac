//! Going on behind a problem: what follows from a mend is never reported.
#![expect(dead_code, reason = "only the problems of these types are looked at")]

use super::problems;
use serde::Deserialize;

#[test]
fn a_field_missing_because_its_value_was_wrong_is_not_reported() {
    #[derive(Debug, Deserialize)]
    struct Outer {
        never: Vec<Impossible>,
        count: u8,
    }
    #[derive(Debug, Deserialize)]
    struct Impossible {
        code: Code,
        size: u8,
    }
    /// Accepts one text only, which nothing made up can be.
    #[derive(Debug, Deserialize)]
    #[serde(try_from = "String")]
    struct Code;
    impl TryFrom<String> for Code {
        type Error = &'static str;
        fn try_from(text: String) -> Result<Self, Self::Error> {
            if text == "open sesame" { Ok(Self) } else { Err("the code is wrong.") }
        }
    }
    assert_eq!(
        problems::<Outer>("never: [{ code: shut, size: big }, { size: 1 }, { code: open sesame }]\ncount: many\n"),
        [
            "x.yaml:1:17: never[0].code: the code is wrong",
            "x.yaml:1:29: never[0].size: expected a whole number from 0 to 255, found the text `big`",
            "x.yaml:1:36: never[1]: the field `code` is missing. Add `code:` with its value.",
            "x.yaml:1:49: never[2]: the field `size` is missing. Add `size:` with its value.",
            "x.yaml:2:8: count: expected a whole number from 0 to 255, found the text `many`",
        ]
    );
}

#[test]
fn types_that_need_themselves_do_not_make_reading_endless() {
    #[derive(Debug, Deserialize)]
    struct Endless {
        left: Box<Endless>,
        right: Box<Endless>,
    }
    let found = problems::<Endless>("left: {}\nright: { left: 1 }\n");
    let expected = "x.yaml:1:7: left: the field `left` is missing. Add `left:` with its value.";
    assert_eq!(found.first().unwrap(), expected);
}

#[test]
fn problems_inside_untagged_and_flattened_types_are_reported_for_the_enclosing_value() {
    #[derive(Debug, Deserialize)]
    struct Mixed {
        either: Either,
        inner: Wrapped,
        last: bool,
    }
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(u8),
        Flag { on: bool },
    }
    #[derive(Debug, Deserialize)]
    struct Wrapped {
        #[serde(flatten)]
        core: Core,
    }
    #[derive(Debug, Deserialize)]
    struct Core {
        size: u8,
    }
    assert_eq!(
        problems::<Mixed>("either: neither\ninner: { size: big }\nlast: maybe\n"),
        [
            "x.yaml:1:9: either: this has none of the forms that are possible here",
            "x.yaml:2:8: inner: expected a whole number from 0 to 255, found the text `big`",
            "x.yaml:3:7: last: expected `true` or `false`, found the text `maybe`",
        ]
    );
}

#[test]
fn a_field_missing_in_a_flattened_or_tagged_type_is_one_problem() {
    #[derive(Debug, Deserialize)]
    struct Whole {
        flat: Flat,
        step: Step,
        last: bool,
    }
    #[derive(Debug, Deserialize)]
    struct Flat {
        #[serde(flatten)]
        core: Core,
    }
    #[derive(Debug, Deserialize)]
    struct Core {
        size: u8,
    }
    #[derive(Debug, Deserialize)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Step {
        Wait { days: u16, open: bool },
    }
    assert_eq!(
        problems::<Whole>("flat: {}\nstep: { kind: wait }\nlast: maybe\n"),
        [
            "x.yaml:1:7: flat: the field `size` is missing. Add `size:` with its value.",
            "x.yaml:2:7: step: the field `days` is missing. Add `days:` with its value.",
            "x.yaml:2:7: step: the field `open` is missing. Add `open:` with its value.",
            "x.yaml:3:7: last: expected `true` or `false`, found the text `maybe`",
        ]
    );
}
