package dev.plumbline.store.postgres;

import static dev.plumbline.store.Fixtures.NOON;
import static dev.plumbline.store.Fixtures.header;
import static dev.plumbline.store.Fixtures.run;
import static dev.plumbline.store.Fixtures.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.store.Recording;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.naming.Aliases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only a history on a server can get into. */
class PostgresProjectTest {
    private static final String PROJECT = "project-test";
    private static final String OTHER = "project-test_other";
    private static final String LITTLE = "plumbline_test_little";

    private final PostgresAddress address = TestServer.project(PROJECT);

    @AfterEach
    void forget() throws SQLException {
        TestServer.forget(PROJECT);
        TestServer.forget(OTHER);
        sql("DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '" + LITTLE
                + "') THEN EXECUTE 'DROP OWNED BY " + LITTLE + "'; EXECUTE 'DROP ROLE " + LITTLE + "'; END IF; END $$");
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = PostgresDatabase.connect(address, Map.of());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String answer(String sql) throws SQLException {
        try (Connection connection = PostgresDatabase.connect(address, Map.of());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static boolean exists(PostgresAddress address) {
        return PostgresRunStore.exists(new PostgresConnections(address, Map.of()));
    }

    private static PostgresRunStore open(PostgresAddress address) {
        return PostgresRunStore.open(address, Map.of(), Aliases.NONE, Reruns.POOL);
    }

    private static PostgresRunStore open(PostgresAddress address, Duration patience) {
        return PostgresRunStore.open(address, Map.of(), Aliases.NONE, Reruns.POOL, patience);
    }

    // ---- projects and their tables

    @Test
    void projects_of_one_database_know_nothing_of_each_other() {
        try (RunStore one = open(address);
                RunStore other = open(TestServer.project(OTHER))) {
            one.record(run(1, time("Sort", 1)));
            other.record(run(2, time("Parse", 2)));

            assertThat(one.keys(SeriesQuery.all()))
                    .extracting(key -> key.benchmark().name())
                    .containsExactly("Sort");
            assertThat(other.keys(SeriesQuery.all()))
                    .extracting(key -> key.benchmark().name())
                    .containsExactly("Parse");
        }
    }

    @Test
    void looking_for_a_history_makes_none() throws SQLException {
        assertThat(exists(address)).isFalse();
        assertThat(answer("SELECT count(*) FROM pg_namespace WHERE nspname = '" + address.schema() + "'"))
                .isEqualTo("0");

        open(address).close();

        assertThat(exists(address)).isTrue();
    }

    @Test
    void tables_of_a_later_version_are_left_alone() throws SQLException {
        try (RunStore store = open(address)) {
            store.record(run(1, time("Sort", 1)));
        }
        sql("UPDATE schema_version SET version = 99");

        assertThatThrownBy(() -> open(address))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("schema version 99", "left unchanged", "another project");
        assertThat(answer("SELECT count(*) FROM run")).isEqualTo("1");
    }

    @Test
    void a_schema_of_another_program_is_left_alone() throws SQLException {
        sql("CREATE SCHEMA \"" + address.schema() + "\"; CREATE TABLE \"" + address.schema() + "\".other (a int)");

        assertThatThrownBy(() -> open(address))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("belongs to another program", "left unchanged");
        assertThat(answer("SELECT count(*) FROM pg_tables WHERE schemaname = '" + address.schema() + "'"))
                .isEqualTo("1");
    }

    @Test
    void many_processes_may_make_the_tables_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> openings = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                openings.add(threads.submit(() -> open(address).close()));
            }
            for (Future<?> opening : openings) {
                opening.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(answer("SELECT count(*) FROM schema_version")).isEqualTo("1");
    }

    // ---- several at once

    @Test
    void two_that_record_at_once_lose_nothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> even = threads.submit(() -> recordEvery(0));
            Future<?> odd = threads.submit(() -> recordEvery(1));
            even.get();
            odd.get();
        } finally {
            threads.shutdown();
        }
        try (RunStore store = open(address)) {
            assertThat(store.runs(RunQuery.all())).hasSize(20);
            store.runs(RunQuery.all())
                    .forEach(info -> assertThat(store.run(info.id()).id()).isEqualTo(info.id()));
            assertThat(store.series(SeriesQuery.all())).hasSize(30);
            assertThat(store.series(SeriesQuery.all()))
                    .allSatisfy(one -> assertThat(one.points()).hasSizeLessThan(21));
            long points = store.series(SeriesQuery.all()).stream()
                    .mapToLong(one -> one.points().size())
                    .sum();
            assertThat(points).isEqualTo(20 * 20);
        }
    }

    /** Ten runs, whose benchmarks the other half has in part. */
    private void recordEvery(int first) {
        try (RunStore store = open(address)) {
            for (int n = first; n < 20; n += 2) {
                List<Measurement> measurements = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    measurements.add(time("b" + (i + 10 * first), n + i + 1, n + 2));
                }
                store.record(run(n, measurements.toArray(Measurement[]::new)));
            }
        }
    }

    @Test
    void a_reader_sees_the_picture_from_before_while_another_records() {
        try (RunStore reader = open(address);
                RunStore writer = open(address)) {
            writer.record(run(1, time("Sort", 1)));
            try (Recording recording = writer.begin()) {
                recording.accept(header(2), time("Sort", 2));
                reader.forEachSeries(SeriesQuery.all(), series -> {
                    recording.commit();
                    assertThat(reader.runs(RunQuery.all())).hasSize(1);
                });
            }
            assertThat(reader.runs(RunQuery.all())).hasSize(2);
        }
    }

    @Test
    void a_second_writer_that_loses_patience_says_why_and_can_try_again() {
        try (RunStore first = open(address);
                RunStore second = open(address, Duration.ofMillis(50))) {
            try (Recording recording = first.begin()) {
                recording.accept(header(1), time("Sort", 1));

                assertThatThrownBy(() -> second.record(run(2, time("Sort", 2))))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("another process");
                recording.commit();
            }
            assertThat(second.record(run(2, time("Sort", 2))).isNew()).isTrue();
            assertThat(first.runs(RunQuery.all())).hasSize(2);
        }
    }

    @Test
    void writers_of_other_projects_do_not_wait() {
        try (RunStore one = open(address);
                RunStore other = open(TestServer.project(OTHER), Duration.ofMillis(50));
                Recording recording = one.begin()) {
            recording.accept(header(1), time("Sort", 1));

            assertThat(other.record(run(1, time("Sort", 1))).isNew()).isTrue();
        }
    }

    @Test
    void what_a_trial_writes_is_seen_by_nobody_and_forgotten() {
        try (RunStore store = open(address)) {
            store.record(run(1, time("Sort", 1)));
            try (RunStore trial =
                    PostgresRunStore.openTrial(new PostgresConnections(address, Map.of()), Aliases.NONE, Reruns.POOL)) {
                trial.record(run(2, time("Sort", 2), time("New", 1)));
                trial.markBad(
                        List.of(new PointKey(run(1, time("Sort", 1)).id(), Benchmark.of("Sort"), "time")), "why", NOON);
                assertThatThrownBy(() -> trial.markChecked(List.of("none"))).isInstanceOf(StoreException.class);

                assertThat(trial.runs(RunQuery.all())).hasSize(2);
                assertThat(trial.series(SeriesQuery.all())).hasSize(2);
                assertThat(store.runs(RunQuery.all())).hasSize(1);
            }
            assertThat(store.runs(RunQuery.all())).hasSize(1);
            assertThat(store.series(SeriesQuery.all()).get(0).points()).noneMatch(point -> point.judgedBad());
            assertThat(store.record(run(2, time("Sort", 2))).isNew()).isTrue();
        }
    }

    // ---- faults

    @Test
    void a_connection_that_breaks_leaves_nothing_half_written() throws SQLException {
        PostgresRunStore store = open(address);
        store.record(run(1, time("Sort", 1)));
        long process = store.database().read(() -> store.database().number("SELECT pg_backend_pid()"));
        Recording recording = store.begin();
        for (int i = 0; i < 5_000; i++) {
            recording.accept(header(2), time("b" + i, i + 1));
        }
        sql("SELECT pg_terminate_backend(" + process + ")");

        assertThatThrownBy(recording::commit)
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("writing the history " + address, "nothing was recorded");
        recording.close();
        store.close();
        try (RunStore again = open(address)) {
            assertThat(again.runs(RunQuery.all())).hasSize(1);
            assertThat(again.keys(SeriesQuery.all())).hasSize(1);
        }
    }

    @Test
    void work_that_the_server_gave_up_for_the_sake_of_another_is_done_again() {
        try (PostgresRunStore store = open(address)) {
            int[] attempts = {0};
            String result = store.database().write(() -> {
                store.database().execute("INSERT INTO branch VALUES (1, 'main')");
                attempts[0]++;
                if (attempts[0] < 3) {
                    throw new SQLException("could not serialize access", "40001");
                }
                return "done";
            });

            assertThat(result).isEqualTo("done");
            assertThat(attempts[0]).isEqualTo(3);
            assertThat(store.database().<Long>read(() -> store.database().number("SELECT count(*) FROM branch")))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_conflict_that_does_not_end_is_an_error() {
        try (PostgresRunStore store = open(address)) {
            assertThatThrownBy(() -> store.database().write(() -> {
                        throw new SQLException("deadlock detected", "40P01");
                    }))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("nothing was recorded; try again");
            assertThat(store.record(run(1, time("Sort", 1))).isNew()).isTrue();
        }
    }

    @Test
    void a_role_needs_no_more_rights_than_the_manual_says() throws SQLException {
        open(address).close();
        String schema = "\"" + address.schema() + "\"";
        sql("CREATE ROLE " + LITTLE + " LOGIN PASSWORD 'pw'; GRANT USAGE ON SCHEMA " + schema + " TO " + LITTLE
                + "; GRANT SELECT ON ALL TABLES IN SCHEMA " + schema + " TO " + LITTLE);
        PostgresAddress little = new PostgresAddress(
                address.host(),
                address.port(),
                address.database(),
                Optional.of(LITTLE),
                Optional.of("pw"),
                PROJECT,
                address.settings());
        try (RunStore reader = open(little)) {
            assertThat(reader.runs(RunQuery.all())).isEmpty();
            assertThatThrownBy(() -> reader.record(run(1, time("Sort", 1))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the role lacks a right (permission denied for table ");
        }
        sql("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + schema + " TO " + LITTLE);
        try (RunStore writer = open(little)) {
            String id = writer.record(run(1, time("Sort", 1))).run().id();
            writer.markBad(List.of(new PointKey(id, Benchmark.of("Sort"), "time")), "why", NOON);
            assertThat(writer.remove(List.of(id), true).runs()).isEqualTo(1);
            writer.record(manyOf(1));
        }
        PostgresAddress elsewhere = new PostgresAddress(
                little.host(),
                little.port(),
                little.database(),
                little.user(),
                little.password(),
                OTHER,
                little.settings());
        assertThatThrownBy(() -> open(elsewhere))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the role lacks a right (permission denied for database");
    }

    @Test
    void a_database_that_is_not_there_and_a_role_that_is_not_there_are_named() {
        PostgresAddress nowhere = new PostgresAddress(
                address.host(),
                address.port(),
                "nowhere",
                address.user(),
                address.password(),
                PROJECT,
                address.settings());
        assertThatThrownBy(() -> open(nowhere))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("there is no database nowhere; create it with: createdb nowhere");
    }

    // ---- values

    @Test
    void names_may_be_longer_than_an_entry_of_an_index() {
        String name = "n" + "am\u20ac".repeat(1_300);
        Metric metric = new Metric("m\u00e4".repeat(2_000), Unit.of("u".repeat(20)), Better.LOWER);
        try (RunStore store = open(address)) {
            store.record(run(1, new Measurement(Benchmark.of(name), metric, Sample.Summary.of(-0.0))));
            store.record(run(2, new Measurement(Benchmark.of(name), metric, Sample.Summary.of(Double.MIN_VALUE))));

            assertThat(store.series(SeriesQuery.all())).singleElement().satisfies(series -> {
                assertThat(series.key().benchmark().name()).isEqualTo(name);
                assertThat(series.values()).containsExactly(0.0, Double.MIN_VALUE);
            });
            assertThat(store.run(store.runs(RunQuery.all()).get(0).id())
                            .measurements()
                            .get(0)
                            .sample()
                            .location())
                    .isEqualTo(-0.0);
        }
    }

    @Test
    void people_see_times_and_values_in_a_view() throws SQLException {
        try (RunStore store = open(address)) {
            store.record(run(1, time("Sort", 5)));
        }
        assertThat(answer("SELECT benchmark || ' ' || value || ' ' || unit || ' ' || commit_id || ' '"
                        + " || to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') FROM history"))
                .isEqualTo("Sort 5 ns/op c1 2026-03-01 13:00");
    }

    private static Run manyOf(int n) {
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            measurements.add(time("b" + i, n * 1000 + i));
        }
        return run(n, measurements.toArray(Measurement[]::new));
    }

    @Test
    void the_server_knows_of_many_new_series_when_it_plans_how_to_look_them_up() throws SQLException {
        try (PostgresRunStore store = open(address)) {
            store.record(manyOf(1));
            for (String table : List.of("benchmark", "series")) {
                assertThat(store.database()
                                .number("SELECT reltuples::bigint FROM pg_class WHERE oid = '" + table + "'::regclass"))
                        .as(table)
                        .isEqualTo(250);
            }
        }
    }

    @Test
    void many_series_are_read_whole_and_in_order() {
        try (RunStore store = open(address)) {
            for (int n = 1; n <= 3; n++) {
                store.record(manyOf(n));
            }
            List<String> names = new ArrayList<>();
            store.forEachSeries(SeriesQuery.all(), series -> {
                String name = series.key().benchmark().name();
                int i = Integer.parseInt(name.substring(1));
                names.add(name);
                assertThat(series.values()).containsExactly(1000 + i, 2000 + i, 3000 + i);
                assertThat(store.series(series.key())).as("read within").contains(series);
            });
            assertThat(names).hasSize(250).isSorted();
        }
    }
}
