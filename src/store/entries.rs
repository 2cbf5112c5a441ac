//! The journal in the database: appended to inside the transaction of the change it tells of, never altered.

use std::io::Write;

use sea_orm::{
    ColumnTrait, ConnectionTrait as _, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement, Value,
};

use super::column::{Column as _, stored};
use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::journal::{Entry, Head, NewEntry};
use super::query;
use super::verify::Verifier;
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "journal")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) seq: i64,
        pub(crate) at: i64,
        pub(crate) actor: String,
        pub(crate) subject: String,
        pub(crate) act: String,
        pub(crate) payload: String,
        pub(crate) previous_hash: Vec<u8>,
        pub(crate) hash: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(Entry { seq, at, actor, subject, act, payload, previous_hash, hash });

/// How many entries are read at a time.
const PAGE: u32 = 1000;

/// Adds an entry if its predecessor is the latest there is. The head remembered from the last entry is usually right,
/// and this spares asking for it; when it is not (another program wrote, or a transaction was undone), nothing happens.
const ADD_IF_NEXT: &str = "
    INSERT INTO journal (seq, at, actor, subject, act, payload, previous_hash, hash)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
    WHERE ?7 = (SELECT hash FROM journal ORDER BY seq DESC LIMIT 1)";

/// Enters an act at the end of the journal.
///
/// # Errors
/// [`StoreError::Payload`] when the payload has no canonical form; otherwise when it cannot be written.
pub async fn append_journal(tx: &WriteTx, new: NewEntry) -> Result<Entry, StoreError> {
    let mut remembered = tx.head.lock().await;
    if let Some(head) = *remembered {
        let entry = Entry::seal(&head, new.clone())?;
        if add_if_next(tx, &entry).await? {
            *remembered = Some(entry.head());
            return Ok(entry);
        }
    }
    let entry = Entry::seal(&journal_head(tx).await?, new)?;
    query::insert::<table::ActiveModel>(tx, &entry).await?;
    *remembered = Some(entry.head());
    Ok(entry)
}

async fn add_if_next(tx: &WriteTx, entry: &Entry) -> Result<bool, StoreError> {
    let values: [Value; 8] = [
        entry.seq.into(),
        entry.at.store().into(),
        entry.actor.as_str().into(),
        entry.subject.as_str().into(),
        entry.act.as_str().into(),
        entry.payload.as_str().into(),
        entry.previous_hash.store().into(),
        entry.hash.store().into(),
    ];
    let statement = Statement::from_sql_and_values(DbBackend::Sqlite, ADD_IF_NEXT, values);
    Ok(tx.connection().execute_raw(statement).await?.rows_affected() > 0)
}

/// The latest entry's number and hash; [`Head::EMPTY`] when there is none.
///
/// # Errors
/// When the database cannot be read.
pub async fn journal_head(source: &impl Source) -> Result<Head, StoreError> {
    let latest: Option<Entry> = query::one(source, table::Entity::find().order_by_desc(Column::Seq)).await?;
    Ok(latest.map_or(Head::EMPTY, |entry| entry.head()))
}

/// Everything entered about `subject`, in order.
///
/// # Errors
/// When the database cannot be read.
pub async fn journal_of(source: &impl Source, subject: &str) -> Result<Vec<Entry>, StoreError> {
    let history = table::Entity::find().filter(Column::Subject.eq(subject));
    query::all(source, history.order_by_asc(Column::Seq)).await
}

/// At most `limit` entries after number `after`, in order. To read everything, ask again after the last one received.
///
/// # Errors
/// When the database cannot be read.
pub async fn journal_range(source: &impl Source, after: i64, limit: u32) -> Result<Vec<Entry>, StoreError> {
    let page = table::Entity::find().filter(Column::Seq.gt(after)).order_by_asc(Column::Seq);
    query::all(source, page.limit(u64::from(limit))).await
}

/// Checks the whole journal and gives its head.
///
/// # Errors
/// [`StoreError::Journal`] with the first place where it does not hold and what was done there.
pub async fn verify_journal(source: &impl Source) -> Result<Head, StoreError> {
    let mut verifier = Verifier::default();
    let mut after = i64::MIN;
    loop {
        let page = journal_range(source, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        page.into_iter().try_for_each(|entry| verifier.push(entry))?;
    }
    Ok(verifier.finish()?)
}

/// Writes the whole journal to `out`, one JSON object a line, checking it on the way, and gives its head.
///
/// # Errors
/// [`StoreError::Journal`] when it does not hold; [`StoreError::Export`] when `out` does not take it.
pub async fn export_journal(source: &impl Source, out: &mut impl Write) -> Result<Head, StoreError> {
    let mut verifier = Verifier::default();
    let mut after = i64::MIN;
    loop {
        let page = journal_range(source, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        for entry in page {
            writeln!(out, "{}", entry.to_line())?;
            verifier.push(entry)?;
        }
    }
    Ok(verifier.finish()?)
}
