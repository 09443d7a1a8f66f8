package dev.plumbline.store.sql;

import dev.plumbline.core.baseline.BaselineRun;
import dev.plumbline.core.model.Sample;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.StoredText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The runs of baselines: one row for each run, and columns of bytes for what each baseline took from it. */
final class BaselineRuns implements AutoCloseable {
    private static final int COLUMNS = 5;

    private final Dimension<Source> sources;
    private final PreparedStatement find;
    private final Map<Long, Source> known = new HashMap<>();

    /** A run without what it measured. */
    private record Source(String run, String commit, Instant time) {}

    BaselineRuns(Database database) throws SQLException {
        sources = new Dimension<>(
                database,
                "baseline_run",
                (statement, source) -> {
                    statement.setString(1, StoredText.encode(source.run));
                    statement.setString(2, StoredText.encode(source.commit));
                    statement.setLong(3, source.time.getEpochSecond());
                    statement.setInt(4, source.time.getNano());
                },
                "run",
                "commit_id",
                "at_second",
                "at_nano");
        find = database.prepare(
                "SELECT run, commit_id, at_second, at_nano FROM baseline_run WHERE baseline_run_id = ?");
    }

    byte[] encode(List<BaselineRun> runs) throws SQLException {
        double[][] columns = new double[COLUMNS][runs.size()];
        for (int i = 0; i < runs.size(); i++) {
            BaselineRun run = runs.get(i);
            columns[0][i] = sources.number(new Source(run.id(), run.commit(), run.time()));
            columns[1][i] = run.value();
            columns[2][i] = run.groups();
            columns[3][i] = run.groupDeviation();
            columns[4][i] = run.anomaly() ? 1 : 0;
        }
        List<double[]> groups = new ArrayList<>();
        for (double[] column : columns) {
            groups.add(column);
        }
        return SampleCodec.encode(Sample.Values.of(Sample.Center.MEAN, groups));
    }

    List<BaselineRun> decode(byte[] bytes) throws SQLException {
        Sample.Values columns = (Sample.Values) SampleCodec.decode(bytes);
        double[] numbers = columns.group(0);
        double[] values = columns.group(1);
        double[] groups = columns.group(2);
        double[] deviations = columns.group(3);
        double[] anomalies = columns.group(4);
        List<BaselineRun> runs = new ArrayList<>(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            Source source = source((long) numbers[i]);
            runs.add(new BaselineRun(
                    source.run,
                    source.commit,
                    source.time,
                    values[i],
                    (int) groups[i],
                    deviations[i],
                    anomalies[i] != 0));
        }
        return runs;
    }

    private Source source(long number) throws SQLException {
        Source cached = known.get(number);
        if (cached != null) {
            return cached;
        }
        find.setLong(1, number);
        try (ResultSet row = find.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("no run of baselines with number " + number);
            }
            Source source = new Source(
                    StoredText.decode(row.getString(1)),
                    StoredText.decode(row.getString(2)),
                    Instant.ofEpochSecond(row.getLong(3), row.getLong(4)));
            known.put(number, source);
            return source;
        }
    }

    @Override
    public void close() throws SQLException {
        sources.close();
        find.close();
    }
}
