package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.record.RecordResults;
import dev.plumbline.pipeline.workspace.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several jobs that write at the same time. */
class ConcurrentWritersTest {
    private static final int WRITERS = 4;

    @TempDir
    private Path folder;

    /** Lets all begin together, and fails where one of them does. */
    private static <T> List<T> together(List<? extends Callable<T>> jobs) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(jobs.size());
        try {
            CyclicBarrier start = new CyclicBarrier(jobs.size());
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> job : jobs) {
                running.add(threads.submit(() -> {
                    start.await();
                    return job.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void every_writer_of_a_new_history_finds_its_runs_there() throws Exception {
        ResultFiles files = new ResultFiles(folder);
        List<Callable<RecordResults.Outcome>> jobs = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            Path file = files.healthy(writer).file();
            jobs.add(() -> new RecordResults(files.workspace(), ReadingSettings.DEFAULT, Progress.SILENT)
                    .record(List.of(file)));
        }

        List<RecordResults.Outcome> outcomes = together(jobs);

        assertThat(outcomes).allMatch(outcome -> outcome.newMeasurements() == 2);
        assertThat(files.series()).hasSize(2).allMatch(series -> series.points().size() == WRITERS);
    }

    @Test
    void the_same_file_recorded_by_all_at_once_is_there_once() throws Exception {
        ResultFiles files = new ResultFiles(folder);
        files.history(3);
        Path file = files.healthy(3).file();
        List<Callable<Long>> jobs = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            jobs.add(() -> files.recorder().record(List.of(file)).newMeasurements());
        }

        assertThat(together(jobs).stream().mapToLong(Long::longValue).sum()).isEqualTo(2);
        assertThat(files.series()).allMatch(series -> series.points().size() == 4);
    }

    @Test
    void checks_beside_each_other_judge_and_record() throws Exception {
        ResultFiles files = new ResultFiles(folder);
        files.history(20);
        List<Callable<Integer>> jobs = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            Path file = files.healthy(20 + writer).on("branch" + writer).file();
            jobs.add(() -> files.check(file).findings().size());
        }

        assertThat(together(jobs)).containsOnly(2);
        assertThat(files.series().stream()
                        .mapToInt(series -> series.points().size())
                        .sum())
                .isEqualTo(2 * (20 + WRITERS));
    }

    @Test
    void a_file_that_several_write_is_one_of_theirs_and_whole() throws Exception {
        for (int round = 0; round < 20; round++) {
            Path file = folder.resolve("round" + round + "/settings.yaml");
            List<String> texts = new ArrayList<>();
            List<Callable<Boolean>> jobs = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String text = ("writer " + writer + "\n").repeat(1000 * (writer + 1));
                texts.add(text);
                jobs.add(() -> AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8)));
            }

            together(jobs);

            assertThat(texts).contains(Files.readString(file));
            assertThat(inside(file.getParent())).containsExactly(file);
        }
    }

    private static List<Path> inside(Path directory) throws IOException {
        try (var all = Files.list(directory)) {
            return all.toList();
        }
    }
}
