//! Reading a baseline back from a document.

use proptest::prelude::*;
use quorate::brd::{Brd, Imported, import, import_docx, render};
use quorate::document::to_docx;

use super::any::{any_brd, small};
use super::baseline::baseline;

fn through_the_document(brd: &Brd) -> Imported {
    import(&render(brd))
}

#[test]
fn the_live_document_is_read_back_without_loss() {
    for brd in [small(), baseline()] {
        let imported = through_the_document(&brd);
        assert_eq!(imported.findings, []);
        assert_eq!(imported.brd, brd);
    }
}

#[test]
fn the_live_document_as_a_word_file_is_read_back_without_loss() {
    for brd in [small(), baseline()] {
        let imported = import_docx(&to_docx(&render(&brd)).unwrap()).unwrap();
        assert_eq!(imported.findings, []);
        assert_eq!(imported.brd, brd);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_live_document_is_read_back_without_loss(brd in any_brd()) {
        let imported = through_the_document(&brd);
        prop_assert_eq!(imported.brd, brd.arranged());
        prop_assert_eq!(imported.findings, []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_word_file_of_a_live_document_is_read_back_without_loss(brd in any_brd()) {
        let imported = import_docx(&to_docx(&render(&brd)).unwrap()).unwrap();
        prop_assert_eq!(imported.brd, brd.arranged());
        prop_assert_eq!(imported.findings, []);
    }
}
