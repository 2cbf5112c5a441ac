//! `quorate workflow`: definitions.
