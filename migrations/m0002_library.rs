//! What cases refer to: bank holidays, process definitions, settings, counters, and answers already given.

pub(super) const STEP: super::Step = super::Step { name: "m0002_library", up: UP, down: DOWN };

const UP: &str = "
CREATE TABLE editions (
    name        TEXT    NOT NULL PRIMARY KEY, -- as cited by every deadline reckoned with it
    json        TEXT    NOT NULL,             -- the publication as imported, so a deadline can be reckoned again
    imported_at INTEGER NOT NULL,             -- when it became available
    imported_by TEXT    NOT NULL              -- who vouches for it
) STRICT;

CREATE TABLE definitions (
    process     TEXT    NOT NULL, -- the process it defines
    version     TEXT    NOT NULL, -- running cases keep the version they began under
    yaml        TEXT    NOT NULL, -- the text as loaded
    digest      TEXT    NOT NULL, -- tells a changed text under the same version
    loaded_at   INTEGER NOT NULL, -- when it was loaded
    approved_by TEXT,             -- the Panel determination; null for one that nobody approved (yet)
    active_from TEXT,             -- London date; null while not in force
    PRIMARY KEY (process, version)
) STRICT;

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY, -- the setting
    json TEXT NOT NULL              -- its value
) STRICT, WITHOUT ROWID;

CREATE TABLE counters (
    name  TEXT    NOT NULL PRIMARY KEY, -- the series, e.g. the references of one year
    value INTEGER NOT NULL              -- the number given out last
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency (
    actor        TEXT    NOT NULL, -- keys are each actor's own
    key          TEXT    NOT NULL, -- chosen by the actor
    request_hash TEXT    NOT NULL, -- tells another request under the same key
    status       INTEGER NOT NULL, -- the answer's status
    response     TEXT    NOT NULL, -- the answer, given again to a repeated request
    at           INTEGER NOT NULL, -- when; old answers are forgotten
    PRIMARY KEY (actor, key)
) STRICT;

CREATE INDEX idempotency_at ON idempotency (at); -- forgetting old answers
";

const DOWN: &str = "
DROP TABLE idempotency;
DROP TABLE counters;
DROP TABLE settings;
DROP TABLE definitions;
DROP TABLE editions;
";
