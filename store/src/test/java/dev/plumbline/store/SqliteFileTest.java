package dev.plumbline.store;

import static dev.plumbline.store.Fixtures.NOON;
import static dev.plumbline.store.Fixtures.header;
import static dev.plumbline.store.Fixtures.run;
import static dev.plumbline.store.Fixtures.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Run;
import dev.plumbline.store.naming.Aliases;
import dev.plumbline.store.sqlite.Schema;
import dev.plumbline.store.sqlite.SqliteRunStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of a {@link SqliteRunStore}: what is in it, and what happens when it is not as it should be. */
class SqliteFileTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("history.db");
    }

    private static void record(Path file, Run... runs) {
        try (SqliteRunStore store = SqliteRunStore.open(file)) {
            store.record(List.of(runs));
        }
    }

    /** As it is while the last of its users writes its log back into the file. */
    @Test
    void of_a_file_that_is_locked_a_copy_waits_and_is_never_an_empty_history() throws Exception {
        record(file, run(1, time("sort", 1)));
        try (Connection locked = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = locked.createStatement()) {
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("BEGIN EXCLUSIVE");

            assertThatThrownBy(() -> SqliteRunStore.copyOf(file, Aliases.NONE, Reruns.POOL, Duration.ofMillis(100)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another process keeps writing to it");
        }
        try (SqliteRunStore copy = SqliteRunStore.copyOf(file, Aliases.NONE, Reruns.POOL)) {
            assertThat(copy.runs(RunQuery.all())).hasSize(1);
        }
    }

    @Test
    void a_copy_and_a_reader_that_end_at_the_same_moment_leave_no_file_behind() throws Exception {
        record(file, run(1, time("sort", 1)));
        for (int i = 0; i < 200; i++) {
            CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
                try (SqliteRunStore open = SqliteRunStore.open(file)) {
                    open.runs(RunQuery.all());
                }
            });
            SqliteRunStore.copyOf(file, Aliases.NONE, Reruns.POOL).close();
            reader.join();
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files).containsExactly(file);
            }
        }
    }

    @Test
    void of_a_damaged_file_a_copy_says_so_at_once() throws IOException {
        record(file, run(1, time("sort", 1)));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> SqliteRunStore.copyOf(file, Aliases.NONE, Reruns.POOL, Duration.ofDays(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the file is damaged");
    }

    @Test
    void a_copy_holds_what_was_committed_and_keeps_what_it_gets_to_itself() throws IOException {
        record(file, run(1, time("sort", 1)), run(2, time("sort", 2)));
        try (SqliteRunStore open = SqliteRunStore.open(file)) {
            open.record(List.of(run(3, time("sort", 3)))); // lies in the log beside the file
            byte[] before = Files.readAllBytes(file);

            try (SqliteRunStore copy = SqliteRunStore.copyOf(file, Aliases.NONE, Reruns.POOL)) {
                assertThat(copy.runs(RunQuery.all())).isEqualTo(open.runs(RunQuery.all()));
                copy.record(List.of(run(4, time("sort", 4))));
                assertThat(copy.runs(RunQuery.all())).hasSize(4);
            }

            assertThat(open.runs(RunQuery.all())).hasSize(3);
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }
    }

    @Test
    void the_copy_of_a_file_without_content_is_a_history_without_runs() throws IOException {
        Files.createFile(file);

        try (SqliteRunStore copy = SqliteRunStore.copyOf(file, Aliases.NONE, Reruns.POOL)) {
            assertThat(copy.runs(RunQuery.all())).isEmpty();
        }
    }

    @Test
    void nothing_but_a_history_is_copied() throws IOException {
        Files.writeString(file, "benchmark,value\n".repeat(20));

        assertThatThrownBy(() -> SqliteRunStore.copyOf(file, Aliases.NONE, Reruns.POOL))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not a SQLite database");
    }

    private static void sql(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    private static List<List<String>> rows(Path file, String query) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static void assertRefused(Path file, String... words) {
        assertThatThrownBy(() -> SqliteRunStore.open(file).close())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContainingAll(words);
    }

    @Test
    void what_was_recorded_is_there_when_the_file_is_opened_again() {
        Run run = run(1, time("Sort", 1, 2, 3));
        record(file, run);

        try (SqliteRunStore store = SqliteRunStore.open(file)) {
            assertThat(store.run(run.id())).isEqualTo(run);
        }
        assertThat(directory.toFile().list()).containsExactly("history.db");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space.db",
                "100%25.db",
                "what?.db",
                "a#b.db",
                "mode=memory.db",
                "ünïcode-😀.db",
                ":memory:",
                "file:x"
            })
    void file_names_mean_what_they_say(String name) throws IOException {
        Path odd;
        try {
            odd = directory.resolve(name);
        } catch (InvalidPathException e) {
            assumeThat(true).as("this platform has no file names like " + name).isFalse();
            return;
        }
        record(odd, run(1, time("Sort", 1)));

        assertThat(Files.size(odd)).isPositive();
        try (SqliteRunStore store = SqliteRunStore.open(odd)) {
            assertThat(store.runs(RunQuery.all())).hasSize(1);
        }
    }

    @Test
    void people_can_read_the_view_history() throws SQLException {
        Run run = run(7, time("Sort", 1, 2), time("Search", 5));
        record(file, run);
        try (SqliteRunStore store = SqliteRunStore.open(file)) {
            store.markBad(List.of(new PointKey(run.id(), Benchmark.of("Search"), "time")), "slow", NOON);
        }

        assertThat(rows(
                        file,
                        "SELECT benchmark, metric, value, unit, better, commit_id, position, branch,"
                                + " time, judged_bad, run"
                                + " FROM history ORDER BY benchmark"))
                .containsExactly(
                        List.of(
                                "Search",
                                "time",
                                "5.0",
                                "ns/op",
                                "LOWER",
                                "c7",
                                "7",
                                "main",
                                "2026-03-01 19:00:00",
                                "1",
                                run.id()),
                        List.of(
                                "Sort",
                                "time",
                                "1.5",
                                "ns/op",
                                "LOWER",
                                "c7",
                                "7",
                                "main",
                                "2026-03-01 19:00:00",
                                "0",
                                run.id()));
    }

    @Test
    void the_schema_is_strict_logged_ahead_and_explains_itself() throws SQLException {
        record(file, run(1, time("Sort", 1)));

        assertThat(rows(file, "PRAGMA journal_mode")).containsExactly(List.of("wal"));
        assertThat(rows(
                        file,
                        "SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT"
                                + " LIKE 'sqlite_%' AND NOT strict"))
                .isEmpty();
        assertThat(rows(
                        file,
                        "SELECT sql FROM sqlite_schema WHERE type IN ('table', 'view') AND sql NOT LIKE '%--%'"
                                + " AND name NOT IN ('branch', 'series')"))
                .isEmpty();
        assertThat(rows(file, "PRAGMA integrity_check")).containsExactly(List.of("ok"));
        assertThat(rows(file, "PRAGMA foreign_key_check")).isEmpty();
    }

    /** Its tables are those of version 5, which may hold acceptances that a Plumbline of version 4 cannot read. */
    @Test
    void a_history_of_version_4_gets_the_number_of_what_may_stand_in_it() throws Exception {
        record(file, run(1, time("Sort", 1)));
        sql(file, "PRAGMA user_version = 4");

        record(file, run(2, time("Sort", 1.1)));

        assertThat(rows(file, "PRAGMA user_version")).containsExactly(List.of("5"));
        assertThat(rows(file, "SELECT count(*) FROM history")).containsExactly(List.of("2"));
    }

    // ---- not a history, or not ours

    @Test
    void a_history_of_a_later_version_is_refused_and_not_touched() throws Exception {
        record(file, run(1, time("Sort", 1)));
        sql(file, "PRAGMA user_version = 1000");
        byte[] before = Files.readAllBytes(file);

        assertRefused(file, "version 1000", "up to " + Schema.VERSION, "newer");

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(directory.toFile().list()).containsExactly("history.db");
    }

    @Test
    void a_later_version_that_is_still_in_the_log_is_refused_too() throws Exception {
        record(file, run(1, time("Sort", 1)));
        Path copy = directory.resolve("copy.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = 1000");
            // as a killed process leaves it: the new version stands only in the log
            Files.copy(file, copy);
            Files.copy(directory.resolve("history.db-wal"), directory.resolve("copy.db-wal"));
        }

        assertRefused(copy, "version 1000");
        assertThat(rows(copy, "SELECT count(*) FROM history")).containsExactly(List.of("1"));
        assertThat(rows(copy, "PRAGMA user_version")).containsExactly(List.of("1000"));
    }

    @Test
    void a_database_of_another_program_is_refused_and_not_touched() throws Exception {
        sql(file, "CREATE TABLE bookmarks (url TEXT)", "PRAGMA user_version = 1");
        byte[] before = Files.readAllBytes(file);

        assertRefused(file, "another program");

        sql(directory.resolve("named.db"), "PRAGMA application_id = 77", "CREATE TABLE t (c)");
        assertRefused(directory.resolve("named.db"), "another program");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{\"benchmarks\": []}", "SQLite format 3"})
    void a_file_that_is_no_database_is_refused_and_not_touched(String content) throws IOException {
        String text = content.repeat(20);
        Files.writeString(file, text);

        assertRefused(file, "not a SQLite database", "choose another path");

        assertThat(file).hasContent(text);
    }

    @Test
    void a_header_without_a_database_is_refused() throws IOException {
        byte[] bytes = new byte[4096];
        byte[] magic = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, bytes, 0, magic.length);
        Files.write(file, bytes);

        assertRefused(file, "not a SQLite database");

        assertThat(file).hasBinaryContent(bytes);
    }

    @Test
    void an_empty_file_becomes_a_history() throws IOException {
        Files.createFile(file);

        record(file, run(1, time("Sort", 1)));

        assertThat(Files.size(file)).isPositive();
    }

    @Test
    void a_directory_in_the_place_of_the_file_is_refused() throws IOException {
        Files.createDirectory(file);

        assertRefused(file, "is a directory");
    }

    @Test
    void a_file_in_the_place_of_the_directory_is_refused() throws IOException {
        Files.writeString(file, "in the way");

        assertRefused(file.resolve("history.db"), "cannot be created", file.toString());
    }

    // ---- damage

    @Test
    void a_damaged_file_says_so() throws IOException {
        List<Run> runs = new ArrayList<>();
        for (int n = 1; n <= 50; n++) {
            runs.add(run(n, time("Sort", n, 2, 3), time("Search", n, 4, 5)));
        }
        record(file, runs.toArray(Run[]::new));
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] garbage = new byte[4096];
            Arrays.fill(garbage, (byte) 0xA5);
            for (long page = 2; page < bytes.length() / 4096; page++) {
                bytes.seek(page * 4096);
                bytes.write(garbage);
            }
        }

        assertThatThrownBy(() -> {
                    try (SqliteRunStore store = SqliteRunStore.open(file)) {
                        store.series(SeriesQuery.all());
                    }
                })
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(file.toString(), "damaged", ".recover");
    }

    @Test
    void a_cut_off_file_says_so() throws IOException {
        record(file, run(1, time("Sort", 1)));
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(4096 * 3);
        }

        assertThatThrownBy(() -> {
                    try (SqliteRunStore store = SqliteRunStore.open(file)) {
                        store.series(SeriesQuery.all());
                    }
                })
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(file.toString(), "damaged");
    }

    @Test
    void a_full_disk_is_told_and_nothing_is_half_recorded() {
        try (SqliteRunStore store = SqliteRunStore.open(file)) {
            store.record(run(1, time("Sort", 1)));
            // SQLite takes the limit of its pages for the end of the disk
            assertThat(limitPages(store, 0)).isPositive();
            limitPages(store, limitPages(store, 0));
            double[] many = new SplittableRandom(1).doubles(20_000).toArray();

            assertThatThrownBy(() -> store.record(run(2, time("Sort", many))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContainingAll("disk is full", "nothing was recorded");
            assertThat(store.runs(RunQuery.all())).hasSize(1);
            assertThat(store.series(SeriesQuery.all()).get(0).points()).hasSize(1);

            limitPages(store, 1_000_000);
            assertThat(store.record(run(2, time("Sort", many))).isNew()).isTrue();
        }
    }

    /** Sets how many pages the file may have, at least those that it has; answers what holds now. */
    private static long limitPages(SqliteRunStore store, long pages) {
        return store.database().read(() -> store.database()
                .number(pages == 0 ? "PRAGMA page_count" : "PRAGMA max_page_count = " + pages));
    }

    @Test
    void a_directory_that_may_not_be_written_is_told() throws IOException {
        record(file, run(1, time("Sort", 1)));
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeThat(Files.isWritable(directory))
                    .as("this user may write everywhere")
                    .isFalse();
            assertThatThrownBy(() -> record(file, run(2, time("Sort", 2))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("written");
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void a_file_that_may_only_be_read_is_read_and_writing_to_it_is_told() throws IOException {
        record(file, run(1, time("Sort", 1)));
        byte[] before = Files.readAllBytes(file);
        try (SqliteRunStore store = SqliteRunStore.openToRead(file)) {
            assertThat(store.series(SeriesQuery.all())).hasSize(1);
            assertThatThrownBy(() -> store.record(run(2, time("Sort", 2))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is not writable");
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void a_file_that_the_connection_may_not_write_is_told() throws SQLException {
        try (SqliteRunStore store = SqliteRunStore.open(file)) {
            store.record(run(1, time("Sort", 1)));
            store.database().execute("PRAGMA query_only = true");

            assertThatThrownBy(() -> store.record(run(2, time("Sort", 2))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is not writable");
        }
    }

    // ---- several at once

    @Test
    void a_reader_sees_the_picture_from_before_while_another_store_records() {
        record(file, run(1, time("Sort", 1)));
        try (SqliteRunStore reader = SqliteRunStore.open(file);
                SqliteRunStore writer = SqliteRunStore.open(file);
                Recording recording = writer.begin()) {
            recording.accept(header(2), time("Sort", 2));
            recording.accept(header(2), time("New", 2));
            assertThat(reader.series(SeriesQuery.all())).hasSize(1);

            reader.forEachSeries(SeriesQuery.all(), series -> {
                recording.commit();
                assertThat(reader.runs(RunQuery.all())).hasSize(1);
                assertThat(reader.keys(SeriesQuery.all())).hasSize(1);
            });

            assertThat(reader.series(SeriesQuery.all())).hasSize(2);
        }
    }

    @Test
    void a_second_writer_that_loses_patience_says_why_and_can_try_again() {
        try (SqliteRunStore first = SqliteRunStore.open(file);
                SqliteRunStore second = SqliteRunStore.open(file, Duration.ofMillis(50))) {
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
    void leaves_no_other_files_behind() throws IOException {
        record(file, run(1, time("Sort", 1)), run(2, time("Sort", 2)));

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }
}
