-- Version 2: established baselines in versions, and what people accepted. Rows are only added.

CREATE TABLE baseline_version (
    -- All baselines of one name as they held at one time. Every change is another version.
    version_id INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    number     INTEGER NOT NULL, -- counted from 1 for each name
    change     TEXT    NOT NULL CHECK (change IN ('ESTABLISHED', 'ACCEPTED', 'ROLLED_BACK', 'RESET', 'IMPORTED')),
    at_second  INTEGER NOT NULL,
    at_nano    INTEGER NOT NULL,
    made_by    TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    origin     TEXT    NOT NULL, -- from what: history, run …, revision …, files …
    tool       TEXT    NOT NULL, -- the version of Plumbline
    settings   TEXT    NOT NULL, -- JSON object of strings
    UNIQUE (name, number)
) STRICT;

CREATE TABLE baseline (
    -- The baseline of one series as it was established once. Several versions may hold it.
    -- It is whole by itself: what it was made of may come from files, and may be pruned from the history.
    baseline_id         INTEGER PRIMARY KEY,
    benchmark           TEXT    NOT NULL,
    parameters          TEXT    NOT NULL,
    metric              TEXT    NOT NULL,
    environment         TEXT    NOT NULL, -- the environment's key
    branch              TEXT    NOT NULL,
    unit                TEXT    NOT NULL,
    base                TEXT    NOT NULL,
    factor              REAL    NOT NULL,
    better              TEXT    NOT NULL CHECK (better IN ('LOWER', 'HIGHER')),
    runs                INTEGER NOT NULL, -- how many count; anomalies do not
    group_count         INTEGER NOT NULL,
    mean                REAL    NOT NULL,
    median              REAL    NOT NULL,
    standard_deviation  REAL    NOT NULL,
    robust_deviation    REAL    NOT NULL,
    autocorrelation     REAL    NOT NULL,
    low                 REAL,             -- the interval of the mean; NULL for no bound
    high                REAL,
    confidence          REAL    NOT NULL,
    quantiles           BLOB    NOT NULL, -- shares and values, in the form of measurement.sample
    anchor              REAL    NOT NULL, -- the median to which later changes are counted
    established_version INTEGER NOT NULL, -- the number of the version that it came with, then as in baseline_version
    at_second           INTEGER NOT NULL,
    at_nano             INTEGER NOT NULL,
    made_by             TEXT    NOT NULL,
    reason              TEXT    NOT NULL,
    origin              TEXT    NOT NULL,
    tool                TEXT    NOT NULL,
    settings            TEXT    NOT NULL,
    run_data            BLOB    NOT NULL  -- columns: baseline_run_id, value, groups, group deviation, anomaly
) STRICT;

CREATE INDEX baseline_by_series ON baseline (benchmark, metric, established_version);

CREATE TABLE baseline_run (
    -- A run that baselines stand on.
    baseline_run_id INTEGER PRIMARY KEY,
    run             TEXT    NOT NULL, -- the run's id; there need not be such a run in the history
    commit_id       TEXT    NOT NULL,
    at_second       INTEGER NOT NULL,
    at_nano         INTEGER NOT NULL,
    UNIQUE (run, commit_id, at_second, at_nano)
) STRICT;

CREATE TABLE baseline_entry (
    -- Which baselines a version holds.
    version_id  INTEGER NOT NULL REFERENCES baseline_version,
    baseline_id INTEGER NOT NULL REFERENCES baseline,
    PRIMARY KEY (version_id, baseline_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX baseline_entry_by_baseline ON baseline_entry (baseline_id);

CREATE TABLE baseline_validation (
    -- When somebody looked at the quality of a version's baselines.
    validation_id INTEGER PRIMARY KEY,
    version_id    INTEGER NOT NULL REFERENCES baseline_version,
    at_second     INTEGER NOT NULL,
    at_nano       INTEGER NOT NULL,
    valid         INTEGER NOT NULL,
    invalid       INTEGER NOT NULL
) STRICT;

CREATE INDEX baseline_validation_by_version ON baseline_validation (version_id);

CREATE TABLE acceptance (
    -- A person's statement that a change for the worse is intended.
    acceptance_id INTEGER PRIMARY KEY,
    id            TEXT    NOT NULL UNIQUE,
    benchmark     TEXT    NOT NULL,
    parameters    TEXT    NOT NULL,
    metric        TEXT,             -- NULL for every metric
    environment   TEXT,             -- NULL for every environment
    since         TEXT    NOT NULL, -- the commit of the change; empty when unknown
    change        REAL    NOT NULL, -- in relation to the level before; -1e999 and 1e999 for a change out of zero
    reason        TEXT    NOT NULL,
    accepted_by   TEXT    NOT NULL,
    at_second     INTEGER NOT NULL,
    at_nano       INTEGER NOT NULL,
    until_second  INTEGER,
    until_nano    INTEGER,
    source        TEXT    NOT NULL  -- command, or a file
) STRICT;

CREATE TABLE revocation (
    -- An acceptance that was taken back.
    acceptance_id INTEGER PRIMARY KEY REFERENCES acceptance,
    at_second     INTEGER NOT NULL,
    at_nano       INTEGER NOT NULL,
    revoked_by    TEXT    NOT NULL,
    reason        TEXT    NOT NULL
) STRICT;

CREATE TABLE accepted_point (
    -- The point with which a series took an accepted level; its baseline begins there while the acceptance holds.
    acceptance_id INTEGER NOT NULL REFERENCES acceptance,
    series_id     INTEGER NOT NULL,
    run_id        INTEGER NOT NULL,
    PRIMARY KEY (acceptance_id, series_id, run_id),
    FOREIGN KEY (series_id, run_id) REFERENCES point (series_id, run_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX accepted_point_by_point ON accepted_point (series_id, run_id);

CREATE TABLE checked (
    -- Runs that a check has judged. Changes for the worse that came in since the first of them are nobody's new normal.
    run_id INTEGER PRIMARY KEY REFERENCES run
) STRICT;

CREATE VIEW baselines AS
    -- For reading by people: SELECT * FROM baselines WHERE name = 'default' ORDER BY version, benchmark;
    SELECT baseline_version.name AS name,
           baseline_version.number AS version,
           benchmark || CASE parameters WHEN '{}' THEN '' ELSE ' ' || parameters END AS benchmark,
           metric,
           environment,
           branch,
           median,
           unit,
           robust_deviation,
           runs,
           anchor,
           datetime(baseline.at_second, 'unixepoch') AS established,
           baseline.made_by AS made_by,
           baseline.reason AS reason
    FROM baseline_entry
    JOIN baseline_version USING (version_id)
    JOIN baseline USING (baseline_id);
