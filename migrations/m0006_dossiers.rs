//! What is kept beside the cases: dossiers, which follow from the journal, and drafts, which nobody else sees.

pub(super) const STEP: super::Step = super::Step { name: "m0006_dossiers", up: UP, down: DOWN };

const UP: &str = "
CREATE TABLE dossiers (
    kind       TEXT    NOT NULL, -- ballot, response and so on
    id         TEXT    NOT NULL, -- the subject in the journal is kind:id
    parent     TEXT,             -- what it belongs to, such as the consultation of a response
    revision   INTEGER NOT NULL, -- refuses a change made from an outdated view
    updated_at INTEGER NOT NULL, -- for feeds and caches
    body       TEXT    NOT NULL, -- as its events give it
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX dossiers_parent ON dossiers (kind, parent, id) WHERE parent IS NOT NULL; -- the responses of one consultation

CREATE TABLE drafts (
    owner      TEXT    NOT NULL, -- the person or Party whose working copy it is
    subject    TEXT    NOT NULL, -- what it is a draft of
    updated_at INTEGER NOT NULL, -- shown to whoever returns to it
    body       TEXT    NOT NULL, -- what has been filled in so far
    PRIMARY KEY (owner, subject)
) STRICT, WITHOUT ROWID;
";

const DOWN: &str = "
DROP TABLE drafts;
DROP TABLE dossiers;
";
