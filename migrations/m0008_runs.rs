//! The runs of what comes round: back-ups, reviews, reminders and housekeeping.

pub(super) const STEP: super::Step = super::Step { name: "m0008_runs", up: UP, down: DOWN };

const UP: &str = "
CREATE TABLE runs (
    job        TEXT    NOT NULL, -- what comes round
    slot       INTEGER NOT NULL, -- when it was to run
    status     TEXT    NOT NULL, -- noted, running, done, waiting, failed
    attempts   INTEGER NOT NULL, -- also tells the latest claim from an outlived one
    missed     INTEGER NOT NULL, -- slots since the run before that nobody was there for
    started_at INTEGER NOT NULL, -- when the latest attempt began
    ended_at   INTEGER,          -- when it ended; null while it runs
    next_at    INTEGER,          -- when it may be claimed (again); null once settled
    outcome    TEXT,             -- what came of it, or why it failed
    PRIMARY KEY (job, slot)      -- of several nodes one runs a slot
) STRICT, WITHOUT ROWID;
";

const DOWN: &str = "DROP TABLE runs;";
