//! The words of items: one form however they were typed.

use proptest::prelude::*;
use quorate::brd::{BrdText, Line};
use quorate::document::{Block, Level, Numbering, Text, read_markdown};

#[test]
fn words_from_two_files_are_the_same_words() {
    assert_eq!(Line::new(" Log\u{a0}In\r\n\u{200b}now "), Line::new("Log In now"));
    let text = BrdText::new("\n\nThe SSI  \r\n\r\n\r\nshall\u{feff}\n\n");
    assert_eq!(text.as_str(), "The SSI\n\nshall");
}

#[test]
fn a_text_has_one_form_however_it_was_typed() {
    let typed = "The SSI\nshall __show__:\n\n- one\n    - below\n- two\n";
    assert_eq!(BrdText::new(typed).as_str(), "The SSI shall **show**:\n* one\n  * below\n* two");
}

#[test]
fn signs_that_mean_nothing_to_markdown_are_left_as_they_are() {
    for text in ["UC_Login_001 [Main Flow] <User ID> & more", "5 < 6 ~ 7", "“<(<User ID>)>< Party >”", "a * b"] {
        assert_eq!(BrdText::new(text).as_str(), text);
    }
    assert_eq!(BrdText::from_blocks(&[Block::paragraph("*not* so")]).as_str(), "\\*not\\* so");
}

#[test]
fn a_heading_within_a_text_becomes_words_in_bold() {
    let heading = Block::heading(Level::Two, Numbering::Plain, Text::new("Fields"));
    assert_eq!(BrdText::from_blocks(&[heading, Block::PageBreak]).as_str(), "**Fields**");
    assert_eq!(BrdText::new("# Fields").as_str(), "**Fields**");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_one_form_says_what_was_typed_and_stays_as_it_is(typed in "[a-z *_\\\\\\[\\]<&~|`#+>1.)\n-]{0,60}") {
        let text = BrdText::new(&typed);
        prop_assert_eq!(&BrdText::new(text.as_str()), &text);
        prop_assert_eq!(text.blocks(), read_markdown(text.as_str()));
        prop_assert_eq!(BrdText::from_blocks(&text.blocks()), text);
    }
}
