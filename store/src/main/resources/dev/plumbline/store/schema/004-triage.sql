-- Version 4: incidents that were seen, and what people said of them and of findings. Rows are only added.

CREATE TABLE incident (
    -- An incident when it was first seen: what it takes to know it again under the same id.
    incident_id  INTEGER PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    branch       TEXT    NOT NULL,
    worse        INTEGER NOT NULL CHECK (worse IN (0, 1)),
    benchmark    TEXT    NOT NULL, -- the series that told its place best
    parameters   TEXT    NOT NULL,
    metric       TEXT    NOT NULL,
    environment  TEXT    NOT NULL,
    first_commit TEXT    NOT NULL, -- the revisions with which it may have begun; empty when unknown
    last_commit  TEXT    NOT NULL,
    at_second    INTEGER NOT NULL,
    at_nano      INTEGER NOT NULL
) STRICT;

CREATE TABLE triage (
    -- What a person said of an incident or a finding; the latest row of an id holds.
    triage_id    INTEGER PRIMARY KEY, -- in the order of saying
    id           TEXT    NOT NULL,
    decision     TEXT    NOT NULL CHECK (decision IN ('ACKNOWLEDGED', 'MUTED', 'FIXED', 'FALSE_ALARM', 'REOPENED')),
    until_second INTEGER,
    until_nano   INTEGER,
    fixed_by     TEXT    NOT NULL, -- the commit that mends it; empty unless decision is FIXED
    said_by      TEXT    NOT NULL,
    at_second    INTEGER NOT NULL,
    at_nano      INTEGER NOT NULL,
    reason       TEXT    NOT NULL
) STRICT;

CREATE INDEX triage_by_id ON triage (id);

CREATE TABLE triage_subject (
    -- The changes that were meant, as they were known then.
    triage_id    INTEGER NOT NULL REFERENCES triage,
    ordinal      INTEGER NOT NULL,
    benchmark    TEXT    NOT NULL,
    parameters   TEXT    NOT NULL,
    metric       TEXT    NOT NULL,
    environment  TEXT    NOT NULL,
    branch       TEXT    NOT NULL,
    first_commit TEXT    NOT NULL, -- the revisions with which it may have begun, and the likeliest
    since        TEXT    NOT NULL,
    last_commit  TEXT    NOT NULL,
    change       REAL    NOT NULL, -- in relation to the level before; -1e999 and 1e999 for a change out of zero
    PRIMARY KEY (triage_id, ordinal)
) STRICT, WITHOUT ROWID;
