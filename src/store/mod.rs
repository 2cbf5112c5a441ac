//! The database: cases, clocks, notices, people and the journal, on `SQLite`.
//!
//! Architecture invariant: nothing else in Quorate knows sea-orm, SQL or `SQLite`, and nothing here knows a rule of the
//! process. Values come in and go out as the plain structs of `records`; their JSON bodies are not looked into.
//!
//! Every change is made through a [`WriteTx`]: open one with [`Store::write`], pass it to the functions that change
//! things, and [`commit`](WriteTx::commit) it. There is no other way to write, and only one write goes on at a time.
//!
//! * [`find_case`] and its like take a [`Source`]: the [`Store`] or an open [`WriteTx`]. `find` gives an `Option`,
//!   `list` and `.._of` a `Vec`.
//! * [`append_journal`] chains each act to the one before; [`verify_journal`] says whether the chain holds and, if not,
//!   what was done to it. The format is in `docs/decisions/journal-format.md`.
//! * [`StoreError`] says what to do.

mod address;
mod arrivals;
mod backup;
mod cases;
mod clocks;
mod column;
mod connection;
mod counters;
mod definitions;
mod dossiers;
mod drafts;
mod editions;
mod entries;
mod error;
mod idempotency;
mod journal;
mod members;
#[path = "../../migrations/mod.rs"]
mod migrations;
mod notices;
mod parties;
mod people;
mod preferences;
mod query;
mod records;
mod runs;
mod schema;
mod settings;
mod told;
mod verify;

pub use arrivals::{
    arrivals_from, bounces_of, count_arrivals, find_arrival, find_arrival_by_token, insert_arrival, insert_bounce,
    list_arrivals, list_bounces, update_arrival,
};
pub use backup::{files_in, remove_file};
pub use cases::{find_case, find_case_by_reference, insert_case, list_cases, update_case};
pub use clocks::{clocks_of, due_clocks, next_clock_at, replace_clocks, running_clocks_of_edition};
pub use connection::{Source, Store, WriteTx};
pub use counters::next_number;
pub use definitions::{activate_definition, active_definition, find_definition, insert_definition, list_definitions};
pub use dossiers::{dossier_kinds, dossiers_of, find_dossier, list_dossiers, put_dossier};
pub use drafts::{delete_draft, find_draft, put_draft};
pub use editions::{find_edition, insert_edition, list_editions};
pub use entries::{append_journal, export_journal, journal_head, journal_of, journal_range, verify_journal};
pub use error::StoreError;
pub use idempotency::{delete_answers_before, find_answer, insert_answer};
pub use journal::{Entry, EntryHash, Head, NewEntry, NotAHash, NotAnEntry, NotCanonical, canonical_json};
pub use members::{batches_of, end_member, insert_member, members_of};
pub use notices::{
    claim_digest, claim_notices, count_notices, find_notice, list_notices, mark_notice, notices_of, queue_notice,
    queue_notices, requeue_notice,
};
pub use parties::{delete_party, find_party, find_party_by_name, insert_party, list_parties, update_party};
pub use people::{
    delete_person, find_person, find_person_by_token_hash, insert_person, list_people, people_of, update_person,
};
pub use preferences::{
    begin_preferences, find_preferences, find_preferences_by_token, list_preferences, put_preferences,
};
pub use records::*;
pub use runs::{claim_run_again, delete_runs_before, find_run, find_run_before, insert_run, mark_run, runs_of};
pub use settings::{find_setting, list_settings, put_setting};
pub use told::{forget_told, put_told, told_of};
pub use verify::{Broken, Part, Tampering, Verifier, verify_chain};
