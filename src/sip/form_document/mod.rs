//! The SIP form that people download, fill in and send: as a Word document and as YAML.
//!
//! [`blank_form`] is the form to be filled in, [`read_form`] reads it back, and [`filled_form`] is the form as its
//! proposer could have filled it in. What is asked, in which order and with which words is one table; what an answer
//! may be is checked where every form is checked, in [`RawSipForm::parse`](super::RawSipForm::parse).
//!
//! An answer is found by the code before the label of its field (`C2`), in the first cell of its row, which survives
//! whatever a word processor does to styles, widths and fonts. Rows that are added below a field without a code belong
//! to its answer.

mod answers;
mod error;
mod fields;
mod locate;
mod read;
mod ticks;
mod write;
mod written;
mod yaml;

pub use error::{FormError, FormFault, label_of};
pub use read::read_form;
pub use write::{blank_form, filled_form};
pub use yaml::blank_yaml;

/// The version of the form.
pub const VERSION: u32 = 1;
