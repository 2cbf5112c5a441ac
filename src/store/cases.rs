//! Cases: one row each, changed only from the revision that was read.

use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr};
use sea_orm::{ActiveValue, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::column::{Column as _, stored};
use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::{CaseCursor, CaseFilter, CasePage, CaseRecord};
use table::Column;

pub(crate) mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "cases")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: String,
        pub(crate) process: String,
        pub(crate) definition_version: String,
        pub(crate) edition: String,
        pub(crate) division: String,
        pub(crate) reference: String,
        pub(crate) sip_number: Option<String>,
        pub(crate) title: String,
        pub(crate) state: String,
        pub(crate) owner: Option<String>,
        pub(crate) proposer_party: Option<String>,
        pub(crate) revision: i64,
        pub(crate) opened_at: i64,
        pub(crate) updated_at: i64,
        pub(crate) closed_at: Option<i64>,
        pub(crate) next_deadline_at: Option<i64>,
        pub(crate) body: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(CaseRecord {
    id,
    process,
    definition_version,
    edition,
    division,
    reference,
    sip_number,
    title,
    state,
    owner,
    proposer_party,
    revision,
    opened_at,
    updated_at,
    closed_at,
    next_deadline_at,
    body
});

/// Adds a case.
///
/// # Errors
/// [`StoreError::Exists`] when its id, reference or SIP number is in use.
pub async fn insert_case(tx: &WriteTx, case: &CaseRecord) -> Result<(), StoreError> {
    query::insert::<table::ActiveModel>(tx, case).await
}

/// Stores `case`, whose `revision` is the one that was read, and returns its new revision. Its process, reference,
/// proposer and opening never change and are left as they are, which also spares their indexes.
///
/// # Errors
/// [`StoreError::Conflict`] when another change came first; [`StoreError::NotFound`] when there is no such case;
/// [`StoreError::Exists`] when its reference or SIP number is another's.
pub async fn update_case(tx: &WriteTx, case: &CaseRecord) -> Result<i64, StoreError> {
    let revision = case.revision + 1;
    let row = table::ActiveModel {
        revision: ActiveValue::Set(revision),
        id: ActiveValue::NotSet,
        process: ActiveValue::NotSet,
        reference: ActiveValue::NotSet,
        proposer_party: ActiveValue::NotSet,
        opened_at: ActiveValue::NotSet,
        ..case.into()
    };
    let unchanged = Condition::all().add(Column::Id.eq(case.id.as_str())).add(Column::Revision.eq(case.revision));
    let updated = table::Entity::update_many().set(row).filter(unchanged).exec(tx.connection()).await?;
    match updated.rows_affected {
        0 => Err(stale(tx, case).await?),
        _ => Ok(revision),
    }
}

/// Why no row matched.
async fn stale(tx: &WriteTx, case: &CaseRecord) -> Result<StoreError, StoreError> {
    let (what, key, expected) = ("case", case.id.clone(), case.revision);
    Ok(match find_case(tx, &case.id).await? {
        Some(stored) => StoreError::Conflict { what, key, expected, found: stored.revision },
        None => StoreError::NotFound { what, key },
    })
}

/// The case with this id.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_case(source: &impl Source, id: &str) -> Result<Option<CaseRecord>, StoreError> {
    query::one(source, table::Entity::find_by_id(id)).await
}

/// The case people know by this reference or SIP number.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_case_by_reference(source: &impl Source, reference: &str) -> Result<Option<CaseRecord>, StoreError> {
    let known_as = Condition::any().add(Column::Reference.eq(reference)).add(Column::SipNumber.eq(reference));
    query::one(source, table::Entity::find().filter(known_as)).await
}

/// At most `limit` cases that `filter` lets through, the latest opened first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_cases(source: &impl Source, filter: &CaseFilter, limit: u32) -> Result<CasePage, StoreError> {
    let mut cases: Vec<CaseRecord> = query::all(source, listing(filter).limit(u64::from(limit) + 1)).await?;
    let more = cases.len() > limit as usize;
    cases.truncate(limit as usize);
    let last = cases.last().filter(|_| more);
    let next = last.map(|case| CaseCursor { opened_at: case.opened_at, id: case.id.clone() });
    Ok(CasePage { cases, next })
}

fn listing(filter: &CaseFilter) -> Select<table::Entity> {
    let wanted = Condition::all()
        .add_option(filter.process.as_deref().map(|process| Column::Process.eq(process)))
        .add_option(filter.state.as_deref().map(|state| Column::State.eq(state)))
        .add_option(filter.owner.as_deref().map(|owner| Column::Owner.eq(owner)))
        .add_option(filter.party.as_deref().map(|party| Column::ProposerParty.eq(party)))
        .add_option(filter.text.as_deref().map(containing))
        .add_option(filter.due_before.map(|instant| Column::NextDeadlineAt.lt(instant.store())))
        .add_option(filter.after.as_ref().map(after));
    table::Entity::find().filter(wanted).order_by_desc(Column::OpenedAt).order_by_desc(Column::Id)
}

fn containing(text: &str) -> Condition {
    let escaped = text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    let columns = [Column::Title, Column::Reference, Column::SipNumber];
    let pattern = || LikeExpr::new(format!("%{escaped}%")).escape('\\');
    columns.into_iter().fold(Condition::any(), |any, column| any.add(column.like(pattern())))
}

fn after(cursor: &CaseCursor) -> sea_orm::sea_query::SimpleExpr {
    let place = Expr::tuple([Expr::col(Column::OpenedAt), Expr::col(Column::Id)]);
    place.lt(Expr::tuple([Expr::value(cursor.opened_at.store()), Expr::value(cursor.id.as_str())]))
}
