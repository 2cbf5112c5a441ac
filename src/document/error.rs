//! Why a document or a table could not be written.

use std::fmt::Display;

use thiserror::Error;

/// Why a document or a table could not be written as a file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WriteError {
    /// The parts of the file could not be packed.
    #[error("the file could not be packed: {reason}; if it is very large, write it in parts")]
    Package {
        /// What the packing said.
        reason: String,
    },
    /// The pages could not be made.
    #[error("the PDF could not be made: {reason}; write the document as Word or HTML instead")]
    Typesetting {
        /// What the typesetting said.
        reason: String,
    },
    /// A workbook has no sheet for so many rows or columns.
    #[error(
        "sheet `{sheet}` has {rows} rows and {columns} columns; a workbook holds 1,048,575 rows below the header and \
         16,384 columns: write it as CSV, or in parts"
    )]
    SheetTooLarge {
        /// The name of the sheet.
        sheet: String,
        /// How many rows it has below the header.
        rows: usize,
        /// How many columns it has.
        columns: usize,
    },
}

impl WriteError {
    pub(super) fn package(error: &impl Display) -> Self {
        Self::Package { reason: error.to_string() }
    }
}
