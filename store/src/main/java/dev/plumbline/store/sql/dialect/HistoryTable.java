package dev.plumbline.store.sql.dialect;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table, independent of the database.
 *
 * @param key the columns that identify a row; rows are read in their order
 * @param columns all that have facts; a database may have more, made of these
 */
public record HistoryTable(String name, List<String> key, List<Column> columns) {
    /** The contents of a column. */
    public enum Kind {
        WHOLE,
        INTEGER,
        REAL,
        TEXT,
        BYTES,
        FLAG
    }

    public record Column(String name, Kind kind) {}

    /** Every table of a history, those first to which others refer. */
    public static final List<HistoryTable> ALL = List.of(
            of("environment", "environment_id", "key text"),
            of("branch", "branch_id", "name text"),
            of("benchmark", "benchmark_id", "name text, parameters text"),
            of("metric", "metric_id", "name text, unit text, base text, factor real, better text"),
            of("series", "series_id", "benchmark_id whole, metric text, environment_id whole, branch_id whole"),
            of(
                    "run",
                    "run_id",
                    "id text, content_id text, commit_id text, branch_id whole, commit_second whole, commit_nano integer,"
                            + " position whole, environment_id whole, facts text, measured_second whole,"
                            + " measured_nano integer, added_second whole, added_nano integer, context text,"
                            + " measurements whole"),
            of(
                    "measurement",
                    "run_id, ordinal",
                    "series_id whole, metric_id whole, value real, group_count integer, group_deviation real,"
                            + " sample bytes"),
            of(
                    "point",
                    "series_id, run_id",
                    "metric_id whole, value real, group_count integer, group_deviation real, measurements whole"),
            of(
                    "mark",
                    "mark_id",
                    "series_id whole, run_id whole, bad flag, reason text, at_second whole, at_nano integer"),
            of("checked", "run_id", ""),
            of(
                    "baseline_version",
                    "version_id",
                    "name text, number integer, change text, at_second whole, at_nano integer, made_by text,"
                            + " reason text, origin text, tool text, settings text"),
            of(
                    "baseline",
                    "baseline_id",
                    "benchmark text, parameters text, metric text, environment text, branch text, unit text, base text,"
                            + " factor real, better text, runs integer, group_count integer, mean real, median real,"
                            + " standard_deviation real, robust_deviation real, autocorrelation real, low real,"
                            + " high real, confidence real, quantiles bytes, anchor real, established_version integer,"
                            + " at_second whole, at_nano integer, made_by text, reason text, origin text, tool text,"
                            + " settings text, run_data bytes"),
            of("baseline_run", "baseline_run_id", "run text, commit_id text, at_second whole, at_nano integer"),
            of("baseline_entry", "version_id, baseline_id", ""),
            of(
                    "baseline_validation",
                    "validation_id",
                    "version_id whole, at_second whole, at_nano integer, valid integer, invalid integer"),
            of(
                    "acceptance",
                    "acceptance_id",
                    "id text, benchmark text, parameters text, metric text, environment text, since text, change real,"
                            + " reason text, accepted_by text, at_second whole, at_nano integer, until_second whole,"
                            + " until_nano integer, source text"),
            of("revocation", "acceptance_id", "at_second whole, at_nano integer, revoked_by text, reason text"),
            of("accepted_point", "acceptance_id, series_id, run_id", ""),
            of(
                    "renaming",
                    "renaming_id",
                    "what text, from_name text, from_parameters text, to_name text, to_parameters text,"
                            + " at_second whole, at_nano integer, made_by text, reason text"),
            of("renaming_undone", "renaming_id", "at_second whole, at_nano integer, undone_by text, reason text"),
            of(
                    "incident",
                    "incident_id",
                    "id text, branch text, worse flag, benchmark text, parameters text, metric text, environment text,"
                            + " first_commit text, last_commit text, at_second whole, at_nano integer"),
            of(
                    "triage",
                    "triage_id",
                    "id text, decision text, until_second whole, until_nano integer, fixed_by text, said_by text,"
                            + " at_second whole, at_nano integer, reason text"),
            of(
                    "triage_subject",
                    "triage_id, ordinal",
                    "benchmark text, parameters text, metric text, environment text, branch text, first_commit text,"
                            + " since text, last_commit text, change real"));

    public HistoryTable {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /** @param others the columns that are not of the key, each a name and a kind */
    private static HistoryTable of(String name, String key, String others) {
        List<String> keys = List.of(key.split(", "));
        StringBuilder all = new StringBuilder();
        for (String column : keys) {
            // only within one triage are the ordinals of rows few enough for an integer
            all.append(all.length() == 0 ? "" : ", ")
                    .append(column)
                    .append(name.equals("triage_subject") && column.equals("ordinal") ? " integer" : " whole");
        }
        if (!others.isEmpty()) {
            all.append(", ").append(others);
        }
        List<Column> columns = List.of(all.toString().split(", ")).stream()
                .map(column -> column.split(" "))
                .map(parts -> new Column(parts[0], Kind.valueOf(parts[1].toUpperCase(java.util.Locale.ROOT))))
                .toList();
        return new HistoryTable(name, keys, columns);
    }

    /** The names of its columns with commas between. */
    public String columnList() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
