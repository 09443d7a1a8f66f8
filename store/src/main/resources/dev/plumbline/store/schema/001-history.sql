-- Version 1: the history. Comments stand inside the statements, so that SQLite keeps them and .schema shows them.

CREATE TABLE environment (
    -- What numbers depend on besides the code. Only runs with the same environment are comparable.
    environment_id INTEGER PRIMARY KEY,
    key            TEXT NOT NULL UNIQUE -- the name a person gave, or a digest of the facts that move measurements
) STRICT;

CREATE TABLE branch (
    branch_id INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE benchmark (
    -- Text is kept as it came, but for what SQL tools cannot show: the NUL character, halves of surrogate pairs and the
    -- character U+0010 are written as U+0010 and four hexadecimal digits.
    -- Parameters (here), facts and context (in run) are JSON objects of strings, sorted by name.
    benchmark_id INTEGER PRIMARY KEY,
    name         TEXT NOT NULL,
    parameters   TEXT NOT NULL, -- part of the identity; {} when there are none
    UNIQUE (name, parameters)
) STRICT;

CREATE TABLE metric (
    -- A metric as some run gave it. When its unit or direction changes later, that is another row.
    metric_id INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,
    unit      TEXT NOT NULL, -- as the tool wrote it; empty for a bare number
    base      TEXT NOT NULL, -- metrics with the same base can be compared: value * factor is in the base unit
    factor    REAL NOT NULL,
    better    TEXT NOT NULL CHECK (better IN ('LOWER', 'HIGHER')),
    UNIQUE (name, unit, better, base, factor)
) STRICT;

CREATE TABLE series (
    series_id      INTEGER PRIMARY KEY,
    benchmark_id   INTEGER NOT NULL REFERENCES benchmark,
    metric         TEXT    NOT NULL, -- the metric's name
    environment_id INTEGER NOT NULL REFERENCES environment,
    branch_id      INTEGER NOT NULL REFERENCES branch,
    UNIQUE (benchmark_id, metric, environment_id, branch_id)
) STRICT;

CREATE TABLE run (
    -- One execution of a suite. Times are seconds since 1970 and the nanoseconds after that second.
    run_id          INTEGER PRIMARY KEY, -- in the order of recording
    id              TEXT    NOT NULL UNIQUE, -- made from content, revision, environment and time of measurement
    content_id      TEXT    NOT NULL, -- made from the measurements alone
    commit_id       TEXT    NOT NULL, -- empty when unknown
    branch_id       INTEGER NOT NULL REFERENCES branch,
    commit_second   INTEGER,
    commit_nano     INTEGER,
    position        INTEGER, -- how many commits the branch had, this one included
    environment_id  INTEGER NOT NULL REFERENCES environment,
    facts           TEXT    NOT NULL, -- all that is known of the environment
    measured_second INTEGER,
    measured_nano   INTEGER,
    added_second    INTEGER NOT NULL,
    added_nano      INTEGER NOT NULL,
    context         TEXT    NOT NULL, -- what else the tool told
    measurements    INTEGER NOT NULL
) STRICT;

CREATE INDEX run_by_place ON run (environment_id, branch_id);
CREATE INDEX run_by_content ON run (content_id);

CREATE TABLE measurement (
    -- The facts, run after run, in the order in which they came.
    run_id          INTEGER NOT NULL REFERENCES run,
    ordinal         INTEGER NOT NULL, -- 0 for the first measurement of the run
    series_id       INTEGER NOT NULL REFERENCES series,
    metric_id       INTEGER NOT NULL REFERENCES metric,
    value           REAL    NOT NULL, -- the sample's location, in the metric's unit
    group_count     INTEGER NOT NULL, -- how many independent groups (forks) it stands on
    group_deviation REAL    NOT NULL, -- standard deviation of the groups' logarithms
    sample          BLOB,             -- everything that was measured; NULL when that is the value alone
    PRIMARY KEY (run_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE point (
    -- The same, put together by series: what histories and charts read. One row for each run in a series.
    -- It is made from the measurements alone, whose references are checked, so that its own need not be.
    series_id       INTEGER NOT NULL,
    run_id          INTEGER NOT NULL,
    metric_id       INTEGER NOT NULL, -- of the last measurement
    value           REAL    NOT NULL,
    group_count     INTEGER NOT NULL,
    group_deviation REAL    NOT NULL,
    measurements    INTEGER NOT NULL, -- above 1, the run measured this several times and the point pools them
    PRIMARY KEY (series_id, run_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX point_pooled ON point (series_id, run_id) WHERE measurements > 1;

CREATE TABLE mark (
    -- What checks and people said of points. Rows are only added; the latest one of a point holds.
    mark_id   INTEGER PRIMARY KEY,
    series_id INTEGER NOT NULL,
    run_id    INTEGER NOT NULL,
    bad       INTEGER NOT NULL CHECK (bad IN (0, 1)), -- 1: called a regression; 0: that was revoked
    reason    TEXT    NOT NULL,
    at_second INTEGER NOT NULL,
    at_nano   INTEGER NOT NULL,
    FOREIGN KEY (series_id, run_id) REFERENCES point (series_id, run_id)
) STRICT;

CREATE INDEX mark_by_point ON mark (series_id, run_id, mark_id);
CREATE INDEX mark_by_run ON mark (run_id);

CREATE VIEW history AS
    -- For reading by people: SELECT * FROM history WHERE benchmark LIKE '%sort%' ORDER BY time;
    SELECT benchmark.name || CASE benchmark.parameters WHEN '{}' THEN '' ELSE ' ' || benchmark.parameters END
               AS benchmark,
           series.metric AS metric,
           point.value AS value,
           metric.unit AS unit,
           metric.better AS better,
           run.commit_id AS commit_id,
           run.position AS position,
           branch.name AS branch,
           environment.key AS environment,
           datetime(coalesce(run.measured_second, run.added_second), 'unixepoch') AS time,
           coalesce((SELECT mark.bad
                     FROM mark
                     WHERE mark.series_id = point.series_id AND mark.run_id = point.run_id
                     ORDER BY mark.mark_id DESC
                     LIMIT 1), 0) AS judged_bad,
           run.id AS run
    FROM point
    JOIN series USING (series_id)
    JOIN benchmark USING (benchmark_id)
    JOIN metric USING (metric_id)
    JOIN run USING (run_id)
    JOIN branch ON branch.branch_id = series.branch_id
    JOIN environment ON environment.environment_id = series.environment_id;
