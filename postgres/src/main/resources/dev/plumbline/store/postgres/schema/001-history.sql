-- Version 1: the history, with the tables and columns that it has in SQLite too (store/…/schema/*.sql says what each
-- means). Every project has them in a schema of its own.
--
-- Numbers are given by the one writer that a project has at a time, in the order of recording: answers depend on that
-- order, and a sequence would give numbers before it is known whether their transaction lasts.
--
-- Times are seconds since 1970 and the nanoseconds after that second, so that they come back exactly; beside them
-- stands the same as timestamptz, for people and for other programs. It is NULL outside of what that type can hold.
--
-- Text is compared by its bytes. Names may be longer than an entry of a B-tree, so that they have hash indexes; that a
-- name stands once is seen to by the one writer.

CREATE TABLE schema_version (
    version integer NOT NULL
);
COMMENT ON TABLE schema_version IS 'Plumbline: how many files of its schema were applied';

CREATE FUNCTION moment(second bigint, nano integer) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN second BETWEEN -210866803200 AND 9224318015999 THEN to_timestamp(second + nano / 1e9) END;

CREATE TABLE environment (
    environment_id bigint PRIMARY KEY,
    key            text COLLATE "C" NOT NULL
);
COMMENT ON TABLE environment IS 'What numbers depend on besides the code; only runs with the same one are comparable';
CREATE INDEX environment_by_key ON environment USING hash (key);

CREATE TABLE branch (
    branch_id bigint PRIMARY KEY,
    name      text COLLATE "C" NOT NULL
);
CREATE INDEX branch_by_name ON branch USING hash (name);

CREATE TABLE benchmark (
    benchmark_id bigint PRIMARY KEY,
    name         text COLLATE "C" NOT NULL,
    parameters   text COLLATE "C" NOT NULL
);
COMMENT ON COLUMN benchmark.parameters IS 'A JSON object of strings, sorted by name; part of the identity';
CREATE INDEX benchmark_by_name ON benchmark USING hash (name);

CREATE TABLE metric (
    metric_id bigint PRIMARY KEY,
    name      text COLLATE "C" NOT NULL,
    unit      text COLLATE "C" NOT NULL,
    base      text COLLATE "C" NOT NULL,
    factor    double precision NOT NULL,
    better    text COLLATE "C" NOT NULL CHECK (better IN ('LOWER', 'HIGHER'))
);
COMMENT ON TABLE metric IS 'A metric as some run gave it: value * factor is in the base unit';
CREATE INDEX metric_by_name ON metric USING hash (name);

CREATE TABLE series (
    series_id      bigint PRIMARY KEY,
    benchmark_id   bigint NOT NULL REFERENCES benchmark,
    metric         text COLLATE "C" NOT NULL,
    environment_id bigint NOT NULL REFERENCES environment,
    branch_id      bigint NOT NULL REFERENCES branch
);
CREATE INDEX series_by_benchmark ON series (benchmark_id, environment_id, branch_id);
CREATE INDEX series_by_place ON series (environment_id, branch_id);

CREATE TABLE run (
    run_id          bigint PRIMARY KEY,
    id              text COLLATE "C" NOT NULL UNIQUE,
    content_id      text COLLATE "C" NOT NULL,
    commit_id       text COLLATE "C" NOT NULL,
    branch_id       bigint NOT NULL REFERENCES branch,
    commit_second   bigint,
    commit_nano     integer,
    position        bigint,
    environment_id  bigint NOT NULL REFERENCES environment,
    facts           text COLLATE "C" NOT NULL,
    measured_second bigint,
    measured_nano   integer,
    added_second    bigint NOT NULL,
    added_nano      integer NOT NULL,
    context         text COLLATE "C" NOT NULL,
    measurements    bigint NOT NULL,
    committed_at    timestamptz GENERATED ALWAYS AS (moment(commit_second, commit_nano)) STORED,
    measured_at     timestamptz GENERATED ALWAYS AS (moment(measured_second, measured_nano)) STORED,
    added_at        timestamptz GENERATED ALWAYS AS (moment(added_second, added_nano)) STORED
);
COMMENT ON TABLE run IS 'One execution of a suite';
CREATE INDEX run_by_place ON run (environment_id, branch_id);
CREATE INDEX run_by_content ON run (content_id);

-- Measurements and points refer to rows that the same transaction wrote or looked up; checking that again would take
-- longer than writing them.
CREATE TABLE measurement (
    run_id          bigint NOT NULL,
    ordinal         bigint NOT NULL,
    series_id       bigint NOT NULL,
    metric_id       bigint NOT NULL,
    value           double precision NOT NULL,
    group_count     integer NOT NULL,
    group_deviation double precision NOT NULL,
    sample          bytea,
    PRIMARY KEY (run_id, ordinal)
);
COMMENT ON TABLE measurement IS 'The facts, run after run, in the order in which they came';
-- the samples are as short as they get: see SampleCodec
ALTER TABLE measurement ALTER COLUMN sample SET STORAGE EXTERNAL;

CREATE TABLE point (
    series_id       bigint NOT NULL,
    run_id          bigint NOT NULL,
    metric_id       bigint NOT NULL,
    value           double precision NOT NULL,
    group_count     integer NOT NULL,
    group_deviation double precision NOT NULL,
    measurements    bigint NOT NULL,
    PRIMARY KEY (series_id, run_id)
);
COMMENT ON TABLE point IS 'The same, put together by series: one row for each run in a series';
CREATE INDEX point_pooled ON point (series_id, run_id) WHERE measurements > 1;

CREATE TABLE mark (
    mark_id   bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    series_id bigint NOT NULL,
    run_id    bigint NOT NULL,
    bad       boolean NOT NULL,
    reason    text COLLATE "C" NOT NULL,
    at_second bigint NOT NULL,
    at_nano   integer NOT NULL,
    at        timestamptz GENERATED ALWAYS AS (moment(at_second, at_nano)) STORED,
    FOREIGN KEY (series_id, run_id) REFERENCES point (series_id, run_id)
);
COMMENT ON TABLE mark IS 'What checks and people said of points; the latest row of a point holds';
CREATE INDEX mark_by_point ON mark (series_id, run_id, mark_id);
CREATE INDEX mark_by_run ON mark (run_id);

CREATE TABLE checked (
    run_id bigint PRIMARY KEY REFERENCES run
);
COMMENT ON TABLE checked IS 'Runs that a check has judged';

CREATE TABLE baseline_version (
    version_id bigint PRIMARY KEY,
    name       text COLLATE "C" NOT NULL,
    number     integer NOT NULL,
    change     text COLLATE "C" NOT NULL
        CHECK (change IN ('ESTABLISHED', 'ACCEPTED', 'ROLLED_BACK', 'RESET', 'IMPORTED')),
    at_second  bigint NOT NULL,
    at_nano    integer NOT NULL,
    made_by    text COLLATE "C" NOT NULL,
    reason     text COLLATE "C" NOT NULL,
    origin     text COLLATE "C" NOT NULL,
    tool       text COLLATE "C" NOT NULL,
    settings   text COLLATE "C" NOT NULL,
    at         timestamptz GENERATED ALWAYS AS (moment(at_second, at_nano)) STORED
);
CREATE INDEX baseline_version_by_name ON baseline_version USING hash (name);

CREATE TABLE baseline (
    baseline_id         bigint PRIMARY KEY,
    benchmark           text COLLATE "C" NOT NULL,
    parameters          text COLLATE "C" NOT NULL,
    metric              text COLLATE "C" NOT NULL,
    environment         text COLLATE "C" NOT NULL,
    branch              text COLLATE "C" NOT NULL,
    unit                text COLLATE "C" NOT NULL,
    base                text COLLATE "C" NOT NULL,
    factor              double precision NOT NULL,
    better              text COLLATE "C" NOT NULL CHECK (better IN ('LOWER', 'HIGHER')),
    runs                integer NOT NULL,
    group_count         integer NOT NULL,
    mean                double precision NOT NULL,
    median              double precision NOT NULL,
    standard_deviation  double precision NOT NULL,
    robust_deviation    double precision NOT NULL,
    autocorrelation     double precision NOT NULL,
    low                 double precision,
    high                double precision,
    confidence          double precision NOT NULL,
    quantiles           bytea NOT NULL,
    anchor              double precision NOT NULL,
    established_version integer NOT NULL,
    at_second           bigint NOT NULL,
    at_nano             integer NOT NULL,
    made_by             text COLLATE "C" NOT NULL,
    reason              text COLLATE "C" NOT NULL,
    origin              text COLLATE "C" NOT NULL,
    tool                text COLLATE "C" NOT NULL,
    settings            text COLLATE "C" NOT NULL,
    run_data            bytea NOT NULL,
    at                  timestamptz GENERATED ALWAYS AS (moment(at_second, at_nano)) STORED
);
CREATE INDEX baseline_by_benchmark ON baseline USING hash (benchmark);

CREATE TABLE baseline_run (
    baseline_run_id bigint PRIMARY KEY,
    run             text COLLATE "C" NOT NULL,
    commit_id       text COLLATE "C" NOT NULL,
    at_second       bigint NOT NULL,
    at_nano         integer NOT NULL
);
CREATE INDEX baseline_run_by_run ON baseline_run USING hash (run);

CREATE TABLE baseline_entry (
    version_id  bigint NOT NULL REFERENCES baseline_version,
    baseline_id bigint NOT NULL REFERENCES baseline,
    PRIMARY KEY (version_id, baseline_id)
);
CREATE INDEX baseline_entry_by_baseline ON baseline_entry (baseline_id);

CREATE TABLE baseline_validation (
    validation_id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    version_id    bigint NOT NULL REFERENCES baseline_version,
    at_second     bigint NOT NULL,
    at_nano       integer NOT NULL,
    valid         integer NOT NULL,
    invalid       integer NOT NULL
);
CREATE INDEX baseline_validation_by_version ON baseline_validation (version_id);

CREATE TABLE acceptance (
    acceptance_id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    id            text COLLATE "C" NOT NULL UNIQUE,
    benchmark     text COLLATE "C" NOT NULL,
    parameters    text COLLATE "C" NOT NULL,
    metric        text COLLATE "C",
    environment   text COLLATE "C",
    since         text COLLATE "C" NOT NULL,
    change        double precision NOT NULL,
    reason        text COLLATE "C" NOT NULL,
    accepted_by   text COLLATE "C" NOT NULL,
    at_second     bigint NOT NULL,
    at_nano       integer NOT NULL,
    until_second  bigint,
    until_nano    integer,
    source        text COLLATE "C" NOT NULL,
    at            timestamptz GENERATED ALWAYS AS (moment(at_second, at_nano)) STORED,
    until         timestamptz GENERATED ALWAYS AS (moment(until_second, until_nano)) STORED
);

CREATE TABLE revocation (
    acceptance_id bigint PRIMARY KEY REFERENCES acceptance,
    at_second     bigint NOT NULL,
    at_nano       integer NOT NULL,
    revoked_by    text COLLATE "C" NOT NULL,
    reason        text COLLATE "C" NOT NULL
);

CREATE TABLE accepted_point (
    acceptance_id bigint NOT NULL REFERENCES acceptance,
    series_id     bigint NOT NULL,
    run_id        bigint NOT NULL,
    PRIMARY KEY (acceptance_id, series_id, run_id),
    FOREIGN KEY (series_id, run_id) REFERENCES point (series_id, run_id)
);
CREATE INDEX accepted_point_by_point ON accepted_point (series_id, run_id);

CREATE TABLE renaming (
    renaming_id     bigint PRIMARY KEY,
    what            text COLLATE "C" NOT NULL CHECK (what IN ('NAME', 'BENCHMARK', 'METRIC')),
    from_name       text COLLATE "C" NOT NULL,
    from_parameters text COLLATE "C" NOT NULL,
    to_name         text COLLATE "C" NOT NULL,
    to_parameters   text COLLATE "C" NOT NULL,
    at_second       bigint NOT NULL,
    at_nano         integer NOT NULL,
    made_by         text COLLATE "C" NOT NULL,
    reason          text COLLATE "C" NOT NULL
);

CREATE TABLE renaming_undone (
    renaming_id bigint PRIMARY KEY REFERENCES renaming,
    at_second   bigint NOT NULL,
    at_nano     integer NOT NULL,
    undone_by   text COLLATE "C" NOT NULL,
    reason      text COLLATE "C" NOT NULL
);

CREATE TABLE incident (
    incident_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    id           text COLLATE "C" NOT NULL UNIQUE,
    branch       text COLLATE "C" NOT NULL,
    worse        boolean NOT NULL,
    benchmark    text COLLATE "C" NOT NULL,
    parameters   text COLLATE "C" NOT NULL,
    metric       text COLLATE "C" NOT NULL,
    environment  text COLLATE "C" NOT NULL,
    first_commit text COLLATE "C" NOT NULL,
    last_commit  text COLLATE "C" NOT NULL,
    at_second    bigint NOT NULL,
    at_nano      integer NOT NULL,
    at           timestamptz GENERATED ALWAYS AS (moment(at_second, at_nano)) STORED
);

CREATE TABLE triage (
    triage_id    bigint PRIMARY KEY,
    id           text COLLATE "C" NOT NULL,
    decision     text COLLATE "C" NOT NULL
        CHECK (decision IN ('ACKNOWLEDGED', 'MUTED', 'FIXED', 'FALSE_ALARM', 'REOPENED')),
    until_second bigint,
    until_nano   integer,
    fixed_by     text COLLATE "C" NOT NULL,
    said_by      text COLLATE "C" NOT NULL,
    at_second    bigint NOT NULL,
    at_nano      integer NOT NULL,
    reason       text COLLATE "C" NOT NULL,
    at           timestamptz GENERATED ALWAYS AS (moment(at_second, at_nano)) STORED,
    until        timestamptz GENERATED ALWAYS AS (moment(until_second, until_nano)) STORED
);
CREATE INDEX triage_by_id ON triage USING hash (id);

CREATE TABLE triage_subject (
    triage_id    bigint NOT NULL REFERENCES triage,
    ordinal      integer NOT NULL,
    benchmark    text COLLATE "C" NOT NULL,
    parameters   text COLLATE "C" NOT NULL,
    metric       text COLLATE "C" NOT NULL,
    environment  text COLLATE "C" NOT NULL,
    branch       text COLLATE "C" NOT NULL,
    first_commit text COLLATE "C" NOT NULL,
    since        text COLLATE "C" NOT NULL,
    last_commit  text COLLATE "C" NOT NULL,
    change       double precision NOT NULL,
    PRIMARY KEY (triage_id, ordinal)
);

CREATE VIEW history AS
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
           coalesce(run.measured_at, run.added_at) AS time,
           coalesce((SELECT mark.bad
                     FROM mark
                     WHERE mark.series_id = point.series_id AND mark.run_id = point.run_id
                     ORDER BY mark.mark_id DESC
                     LIMIT 1), false) AS judged_bad,
           run.id AS run
    FROM point
    JOIN series ON series.series_id = point.series_id
    JOIN benchmark ON benchmark.benchmark_id = series.benchmark_id
    JOIN metric ON metric.metric_id = point.metric_id
    JOIN run ON run.run_id = point.run_id
    JOIN branch ON branch.branch_id = series.branch_id
    JOIN environment ON environment.environment_id = series.environment_id;
COMMENT ON VIEW history IS 'For reading by people: SELECT * FROM history WHERE benchmark LIKE ''%sort%'' ORDER BY time';

CREATE VIEW baselines AS
    SELECT baseline_version.name AS name,
           baseline_version.number AS version,
           baseline.benchmark || CASE baseline.parameters WHEN '{}' THEN '' ELSE ' ' || baseline.parameters END
               AS benchmark,
           baseline.metric AS metric,
           baseline.environment AS environment,
           baseline.branch AS branch,
           baseline.median AS median,
           baseline.unit AS unit,
           baseline.robust_deviation AS robust_deviation,
           baseline.runs AS runs,
           baseline.anchor AS anchor,
           baseline.at AS established,
           baseline.made_by AS made_by,
           baseline.reason AS reason
    FROM baseline_entry
    JOIN baseline_version ON baseline_version.version_id = baseline_entry.version_id
    JOIN baseline ON baseline.baseline_id = baseline_entry.baseline_id;
COMMENT ON VIEW baselines IS
    'For reading by people: SELECT * FROM baselines WHERE name = ''default'' ORDER BY version, benchmark';
