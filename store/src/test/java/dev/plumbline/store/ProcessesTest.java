package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sqlite.SqliteRunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One file, several processes, and some that are killed. */
@Tag("slow")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ProcessesTest {
    private static final int KILLS = 24;
    private static final int KILLS_WHILE_OPENING = 8;

    @TempDir
    Path directory;

    @Test
    void two_processes_make_and_fill_one_history_at_once() throws Exception {
        Path file = directory.resolve(".plumbline/history.db");
        List<String> acknowledged = new ArrayList<>();
        try (RecordingProcess first = RecordingProcess.start(file, 1, 40);
                RecordingProcess second = RecordingProcess.start(file, 2, 40)) {
            for (RecordingProcess process : List.of(first, second)) {
                assertThat(process.line()).isEqualTo("opening");
                for (String id = process.line(); id != null; id = process.line()) {
                    acknowledged.add(id);
                }
                assertThat(process.waitFor()).isZero();
            }
        }

        assertThat(acknowledged).hasSizeBetween(80, 240).doesNotHaveDuplicates();
        try (SqliteRunStore store = SqliteRunStore.open(file)) {
            assertThat(store.runs(RunQuery.all())).extracting(RunInfo::id).hasSameElementsAs(acknowledged);
            assertWhole(store);
        }
    }

    @Test
    void every_acknowledged_run_is_whole_however_often_the_process_is_killed() throws Exception {
        Path file = directory.resolve("history.db");
        SplittableRandom random = new SplittableRandom(20260301);
        Set<String> acknowledged = new LinkedHashSet<>();
        for (int round = 0; round < KILLS; round++) {
            int wanted = random.nextInt(1, 12);
            try (RecordingProcess process = RecordingProcess.start(file, 10 + round, Integer.MAX_VALUE)) {
                assertThat(process.line()).isEqualTo("opening");
                for (int i = 0; i < wanted; i++) {
                    acknowledged.add(process.line());
                }
                LockSupport.parkNanos(random.nextLong(20_000_000));
                acknowledged.addAll(wholeIds(process.kill()));
            }

            try (SqliteRunStore store = SqliteRunStore.open(file)) {
                assertThat(store.runs(RunQuery.all())).extracting(RunInfo::id).containsAll(acknowledged);
            }
        }

        assertThat(acknowledged).hasSizeGreaterThan(KILLS).doesNotContainNull();
        try (SqliteRunStore store = SqliteRunStore.open(file)) {
            assertWhole(store);
            // a run that was committed but whose process died before it could say so: at most three a kill
            assertThat(store.runs(RunQuery.all()).size() - acknowledged.size()).isBetween(0, 3 * KILLS);
        }
    }

    @Test
    void a_process_that_is_killed_while_it_makes_the_history_leaves_a_file_that_opens() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < KILLS_WHILE_OPENING; round++) {
            Path file = directory.resolve("new" + round + ".db");
            try (RecordingProcess process = RecordingProcess.start(file, round, Integer.MAX_VALUE)) {
                assertThat(process.line()).isEqualTo("opening");
                while (Files.notExists(file)) {
                    Thread.onSpinWait();
                }
                LockSupport.parkNanos(random.nextLong(15_000_000));
                process.kill();
            }

            try (SqliteRunStore store = SqliteRunStore.open(file)) {
                assertWhole(store);
                store.record(Fixtures.run(1, Fixtures.time("Sort", 1)));
            }
        }
    }

    /** The last line may be cut off in the middle; all other lines are ids. */
    private static List<String> wholeIds(List<String> lines) {
        return lines.stream().filter(line -> line.length() == 32).toList();
    }

    /** Every run's content makes its id again, and the series have just the points of these runs. */
    private static void assertWhole(SqliteRunStore store) {
        Map<String, Long> points = new HashMap<>();
        store.forEachSeries(SeriesQuery.all(), series -> series.points()
                .forEach(point -> points.merge(point.run().id(), 1L, Long::sum)));
        List<RunInfo> runs = store.runs(RunQuery.all());
        for (RunInfo info : runs) {
            Run run = store.run(info.id());
            assertThat(run.id()).isEqualTo(info.id());
            long benchmarks = run.measurements().stream()
                    .map(measurement -> measurement.benchmark())
                    .distinct()
                    .count();
            assertThat(points).containsEntry(info.id(), benchmarks);
        }
        assertThat(points).hasSize(runs.size());
        Database database = store.database();
        assertThat(database.<String>read(() -> database.text("PRAGMA integrity_check")))
                .isEqualTo("ok");
        assertThat(database.<Long>read(() -> database.number("SELECT count(*) FROM pragma_foreign_key_check")))
                .isZero();
        assertThat(database.<Long>read(() -> database.number("SELECT (SELECT coalesce(sum(measurements), 0) FROM run) -"
                        + " (SELECT count(*) FROM measurement)")))
                .isZero();
    }
}
