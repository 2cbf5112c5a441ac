//! The made-up documents themselves: sound, varied, and the same to a reader however they were saved.

use super::generate::documents::{Kind, document};
use super::generate::edits;
use super::generate::random::Random;
use super::generate::shrink::smallest;
use super::generate::write::{Noise, package};
use super::package::Package;
use super::resolve::{Decision, Places, first_difference, lines};
use super::rules::{Expected, broken};

fn opened(document: &super::generate::model::Document, noise: Noise) -> Package {
    Package::open(&package(document, noise)).unwrap()
}

#[test]
fn two_saves_of_a_document_have_the_same_lines() {
    for seed in 0..150 {
        let made = document(&mut Random::new(seed), Kind::Rich);
        let plain = lines(&opened(&made, Noise::None), Decision::Accept, Places::Written);
        let noisy = lines(&opened(&made, Noise::Seeded(seed)), Decision::Accept, Places::Written);
        let difference = first_difference(&noisy, &plain);
        assert!(difference.is_none(), "seed {seed}: {}", difference.unwrap());
    }
}

#[test]
fn made_up_documents_keep_every_rule() {
    for seed in 0..150 {
        let mut random = Random::new(seed);
        let made = document(&mut random, Kind::Rich);
        let edited = edits::edited(&made, edits::ALL, 6, &mut random);
        for document in [made, edited] {
            let package = opened(&document, Noise::Seeded(seed));
            let found = broken(&package, &package, Expected { authors: &[], date: "" });
            assert!(found.is_empty(), "seed {seed}: {found:#?}");
        }
    }
}

#[test]
fn every_edit_changes_something_now_and_then() {
    for (at, edit) in edits::ALL.iter().enumerate() {
        let changed = (0..40).filter(|seed| {
            let mut random = Random::new(*seed);
            let made = document(&mut random, Kind::Rich);
            edits::edited(&made, &[*edit], 1, &mut random) != made
        });
        assert!(changed.count() > 5, "edit {at} rarely changes anything");
    }
}

#[test]
fn a_failing_pair_shrinks_to_what_makes_it_fail() {
    let mut random = Random::new(4);
    let old = document(&mut random, Kind::Rich);
    let new = edits::edited(&old, edits::ALL, 5, &mut random);
    let mut has_table = |old: &super::generate::model::Document, _: &super::generate::model::Document| {
        format!("{old:?}").contains("Table(")
    };
    let old = if has_table(&old, &new) { old } else { document(&mut Random::new(9), Kind::Rich) };
    assert!(has_table(&old, &new), "choose a seed that gives a table");
    let (old, new) = smallest((old, new), 2_000, &mut has_table);
    assert!(format!("{old:?}").len() < 500 && format!("{new:?}").len() < 400, "{old:?} {new:?}");
}
