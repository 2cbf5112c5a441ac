//! What changed between two sequences, from bare numbers up to blocks of a document.
//!
//! Four layers, each of use by itself:
//!
//! 1. [`changes()`] compares two sequences of numbers. The answer is minimal unless the two are so large and so
//!    different that finding the minimum would take more than a set number of steps; then it is good enough.
//! 2. [`pieces`] cuts text into words, white space and punctuation; [`Interner`] turns them into numbers.
//! 3. [`compare()`] compares two texts made of such [`Token`]s the way a person would mark them: words first, white
//!    space and punctuation following them, each change moved to where a sentence or paragraph begins.
//! 4. [`align()`] says which block of the newer document is which of the older: by identity, then by equal content,
//!    then by likeness, and finds what moved, split or joined.
//!
//! ```
//! use quorate::redline::diff::{Interner, Token, compare, pieces};
//!
//! let mut ids = Interner::default();
//! let mut tokens = |text: &'static str| -> Vec<Token> {
//!     pieces(text).map(|piece| Token { id: ids.id(&text[piece.range]), class: piece.class }).collect()
//! };
//! let (old, new) = (tokens("The Party shall log in."), tokens("The User shall log in."));
//! let changes = compare(&old, &new);
//! assert_eq!(changes.len(), 1);
//! assert_eq!((changes[0].old.clone(), changes[0].new.clone()), (2..3, 2..3));
//! ```
//!
//! Architecture invariant: work is bounded by the length of the input times a constant (and a logarithm), whatever the
//! input. Every search that could be quadratic counts its steps and settles for less when they run out.

mod align;
mod anchors;
mod chain;
mod changes;
mod classes;
mod compare;
mod intern;
mod settle;
mod snake;
mod words;

pub use align::{Item, Kind, Step, align};
pub use changes::{Change, changes, changes_counted, matches};
pub use compare::{Token, compare};
pub use intern::Interner;
pub use words::{Class, Piece, pieces};
