//! What every use case needs: the store, the settings, and definitions and calendars read once.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::sync::RwLock;

use super::backups::Backups;
use super::directory::Directory;
use super::error::ServiceError;
use super::loaded::Loaded;
use super::settle::{Journalled, append};
use crate::actor::Actor;
use crate::calendar::{Calendar, Division, Edition};
use crate::store::{self, DefinitionRecord, EditionRecord, Source, Store};
use crate::workflow::{Definition, load};

/// What the operator has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Whose bank holidays count for cases that begin now.
    pub division: Division,
    /// The first London date on which the role and domain tables are no longer SEC text (R26), once that is known.
    pub tables_leave_appendix_ah: Option<NaiveDate>,
    /// Where the pages are, for links in notices.
    pub base_url: String,
    /// Where copies of the database go every night, if anywhere.
    pub backups: Option<Backups>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            division: Division::default(),
            tables_leave_appendix_ah: None,
            base_url: "http://127.0.0.1:8080".to_owned(),
            backups: None,
        }
    }
}

/// A running installation.
pub struct App {
    pub(super) store: Store,
    /// What the operator has chosen.
    pub settings: Settings,
    definitions: RwLock<BTreeMap<(String, String), Arc<Definition>>>,
    editions: RwLock<BTreeMap<String, Arc<Edition>>>,
    pub(super) directory: RwLock<Option<Arc<Directory>>>,
}

impl App {
    /// The address of the page of a case.
    pub(super) fn page_of(&self, case: &Loaded) -> String {
        format!("{}/cases/{}", self.settings.base_url.trim_end_matches('/'), case.record.reference)
    }

    /// The address of the page on which people say what they are told and when.
    pub(super) fn preferences_page(&self) -> String {
        format!("{}/notices", self.settings.base_url.trim_end_matches('/'))
    }

    /// Opens the database, brings its schema up to date, and makes sure that the built-in definitions and edition of
    /// bank holidays are in it.
    ///
    /// # Errors
    ///
    /// The database cannot be opened or brought up to date, or a built-in definition has problems.
    pub async fn open(url: &str, settings: Settings, now: DateTime<Utc>) -> Result<Self, ServiceError> {
        let store = Store::open(url).await?;
        store.migrate().await?;
        let app = Self::on(store, settings);
        app.record_built_ins(now).await?;
        Ok(app)
    }

    /// Opens the database as it is, to read or prove what it holds; nothing is written to it.
    ///
    /// # Errors
    ///
    /// The database cannot be opened, or lacks steps of the schema.
    pub async fn open_to_read(url: &str) -> Result<Self, ServiceError> {
        let store = Store::open(url).await?;
        store.refuse_older().await?;
        Ok(Self::on(store, Settings::default()))
    }

    fn on(store: Store, settings: Settings) -> Self {
        Self {
            store,
            settings,
            definitions: RwLock::default(),
            editions: RwLock::default(),
            directory: RwLock::default(),
        }
    }

    /// Closes the database, so that its file is whole by itself and may be copied.
    ///
    /// # Errors
    ///
    /// The last changes cannot be moved from the write-ahead log into the file; they stay in the log.
    pub async fn close(&self) -> Result<(), ServiceError> {
        Ok(self.store.clone().close().await?)
    }

    /// A version of a process.
    pub(super) async fn definition(
        &self,
        source: &impl Source,
        process: &str,
        version: &str,
    ) -> Result<Arc<Definition>, ServiceError> {
        let key = (process.to_owned(), version.to_owned());
        if let Some(definition) = self.definitions.read().await.get(&key) {
            return Ok(definition.clone());
        }
        let record = store::find_definition(source, process, version).await?;
        let name = format!("{process} {version}");
        let record =
            record.ok_or_else(|| ServiceError::NotFound { what: "version of a process", name: name.clone() })?;
        let definition = Arc::new(load::load(&name, &record.yaml)?);
        self.definitions.write().await.insert(key, definition.clone());
        Ok(definition)
    }

    /// The calendar of an edition and division.
    pub(super) async fn calendar(
        &self,
        source: &impl Source,
        edition: &str,
        division: Division,
    ) -> Result<Calendar, ServiceError> {
        Ok(self.edition(source, edition).await?.calendar(division))
    }

    /// An edition of bank holidays.
    pub(super) async fn edition(&self, source: &impl Source, name: &str) -> Result<Arc<Edition>, ServiceError> {
        if let Some(edition) = self.editions.read().await.get(name) {
            return Ok(edition.clone());
        }
        let record = store::find_edition(source, name).await?;
        let not_found = || ServiceError::NotFound { what: "edition of bank holidays", name: name.to_owned() };
        let record = record.ok_or_else(not_found)?;
        let parsed = record.name.parse().map_err(|error| ServiceError::damaged(name, error))?;
        let edition = Arc::new(Edition::parse(parsed, &record.json.to_string())?);
        self.editions.write().await.insert(name.to_owned(), edition.clone());
        Ok(edition)
    }

    async fn record_built_ins(&self, now: DateTime<Utc>) -> Result<(), ServiceError> {
        let tx = self.store.write().await?;
        let edition = Edition::built_in();
        let name = edition.name().to_string();
        if store::find_edition(&tx, &name).await?.is_none() {
            let json = serde_json::from_str(&edition.to_json()).map_err(|error| ServiceError::damaged(&name, error))?;
            let by = Actor::system();
            let record = EditionRecord { name: name.clone(), json, imported_at: now, imported_by: by.id.clone() };
            store::insert_edition(&tx, &record).await?;
            store::put_setting(&tx, "edition", json!(name)).await?;
            append(&tx, &by, now, Journalled::new("bank-holidays", "edition_imported", json!({ "edition": name })))
                .await?;
        }
        let definitions = load::built_in().map_err(Clone::clone)?;
        super::criteria::record_built_in(&tx, now).await?;
        for (definition, (_, yaml)) in definitions.iter().zip(load::BUILT_IN) {
            record_built_in(&tx, definition, yaml, now).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn record_built_in(
    tx: &store::WriteTx,
    definition: &Definition,
    yaml: &str,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let (process, version) = (definition.process.as_str(), definition.version.as_str());
    let known = store::find_definition(tx, process, version).await?;
    let digest = digest(yaml);
    if let Some(known) = known {
        if known.digest != digest {
            tracing::warn!(
                process,
                version,
                "the built-in definition differs from the recorded one, which stays in force"
            );
        }
        return Ok(());
    }
    let record = DefinitionRecord {
        process: process.to_owned(),
        version: version.to_owned(),
        yaml: yaml.to_owned(),
        digest: digest.clone(),
        loaded_at: now,
        approved_by: Some(definition.source.clone()),
        active_from: Some(definition.effective),
    };
    store::insert_definition(tx, &record).await?;
    let payload = json!({ "process": process, "version": version, "digest": digest, "source": definition.source });
    append(tx, &Actor::system(), now, Journalled::new("processes", "definition_recorded", payload)).await?;
    Ok(())
}

/// SHA-256 of a text, in hexadecimal.
pub(super) fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        use std::fmt::Write as _;
        let _ = write!(text, "{byte:02x}");
        text
    })
}
