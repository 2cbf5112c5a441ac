//! Dossiers: what is kept beside the cases and follows from the journal.

use sea_orm::{ActiveValue, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::column::stored;
use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::DossierRecord;
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "dossiers")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: String,
        pub(crate) parent: Option<String>,
        pub(crate) revision: i64,
        pub(crate) updated_at: i64,
        pub(crate) body: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(DossierRecord { kind, id, parent, revision, updated_at, body });

/// Keeps a dossier as it stands after a change: revision 1 adds it, any later one follows the revision before it.
///
/// # Errors
/// [`StoreError::Exists`] when revision 1 is there already; [`StoreError::Conflict`] when another than the revision
/// before is stored; [`StoreError::NotFound`] when none is.
pub async fn put_dossier(tx: &WriteTx, dossier: &DossierRecord) -> Result<(), StoreError> {
    if dossier.revision == 1 {
        return query::insert::<table::ActiveModel>(tx, dossier).await;
    }
    let row = table::ActiveModel {
        kind: ActiveValue::NotSet,
        id: ActiveValue::NotSet,
        parent: ActiveValue::NotSet,
        ..dossier.into()
    };
    let expected = dossier.revision - 1;
    let before = Condition::all()
        .add(Column::Kind.eq(dossier.kind.as_str()))
        .add(Column::Id.eq(dossier.id.as_str()))
        .add(Column::Revision.eq(expected));
    let updated = table::Entity::update_many().set(row).filter(before).exec(tx.connection()).await?;
    if updated.rows_affected > 0 {
        return Ok(());
    }
    let (what, key) = ("dossier", format!("{}:{}", dossier.kind, dossier.id));
    match find_dossier(tx, &dossier.kind, &dossier.id).await? {
        Some(stored) => Err(StoreError::Conflict { what, key, expected, found: stored.revision }),
        None => Err(StoreError::NotFound { what, key }),
    }
}

/// The dossier of this kind and id.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_dossier(source: &impl Source, kind: &str, id: &str) -> Result<Option<DossierRecord>, StoreError> {
    query::one(source, table::Entity::find_by_id((kind.to_owned(), id.to_owned()))).await
}

/// Every dossier of a kind that belongs to `parent`, by id.
///
/// # Errors
/// When the database cannot be read.
pub async fn dossiers_of(source: &impl Source, kind: &str, parent: &str) -> Result<Vec<DossierRecord>, StoreError> {
    let children = table::Entity::find().filter(Column::Kind.eq(kind)).filter(Column::Parent.eq(parent));
    query::all(source, children.order_by_asc(Column::Id)).await
}

/// Every dossier of a kind, by id.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_dossiers(source: &impl Source, kind: &str) -> Result<Vec<DossierRecord>, StoreError> {
    query::all(source, table::Entity::find().filter(Column::Kind.eq(kind)).order_by_asc(Column::Id)).await
}

/// The kinds of dossier that are kept.
///
/// # Errors
/// When the database cannot be read.
pub async fn dossier_kinds(source: &impl Source) -> Result<Vec<String>, StoreError> {
    let kinds = table::Entity::find().select_only().column(Column::Kind).distinct().order_by_asc(Column::Kind);
    Ok(kinds.into_tuple().all(source.connection()).await?)
}
