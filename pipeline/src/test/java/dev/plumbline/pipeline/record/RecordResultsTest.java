package dev.plumbline.pipeline.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Series;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.store.Recorded;
import dev.plumbline.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What recording adds, and that it adds all of it or nothing. */
class RecordResultsTest {
    private static final String BROKEN = "benchmark,value,unit\nfine,1,ms\nhalf,\"2";

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void aFolder() {
        files = new ResultFiles(folder);
    }

    private RecordResults.Outcome record(ReadingSettings settings, Path... paths) throws IOException {
        return new RecordResults(files.workspace(), settings, Progress.SILENT).record(List.of(paths));
    }

    private List<List<Double>> values() {
        return files.series().stream()
                .map(series ->
                        series.points().stream().map(point -> point.value()).toList())
                .toList();
    }

    // ---- what comes of it

    @Test
    void every_run_is_reported_with_what_it_brought_and_a_second_time_as_known() throws IOException {
        Path one = files.healthy(0).file();
        Path two = files.healthy(1).with("third", 7).file();

        RecordResults.Outcome first = files.record(one, two);
        RecordResults.Outcome again = files.record(two, one);

        assertThat(first.runs()).extracting(Recorded::measurements).containsExactly(2L, 3L);
        assertThat(first.runs()).allMatch(Recorded::isNew);
        assertThat(first.newMeasurements()).isEqualTo(5);
        assertThat(first.files()).isEqualTo(2);
        assertThat(again.runs()).hasSize(2).noneMatch(Recorded::isNew);
        assertThat(again.newMeasurements()).isZero();
        assertThat(again.notes()).isEmpty();
    }

    @Test
    void one_file_named_twice_is_one_run() throws IOException {
        Path file = files.healthy(0).file();

        RecordResults.Outcome outcome = files.record(file, file);

        assertThat(outcome.newMeasurements()).isEqualTo(2);
        assertThat(files.series()).allMatch(series -> series.points().size() == 1);
    }

    @Test
    void a_file_without_a_measurement_adds_no_run_and_is_no_failure() throws IOException {
        RecordResults.Outcome outcome = files.record(files.write("none.csv", "benchmark,value,unit\n"));

        assertThat(outcome.runs()).isEmpty();
        assertThat(outcome.unreadable()).isEmpty();
        assertThat(files.series()).isEmpty();
    }

    @Test
    void one_bad_record_is_reported_with_its_place_and_the_others_are_kept() throws IOException {
        RecordResults.Outcome outcome = files.record(files.write(
                "some.csv", "benchmark,metric,value,unit\nfine,time,1,ms\nbad,time,NaN,ms\nodd,time,x,ms\n"));

        assertThat(outcome.newMeasurements()).isEqualTo(1);
        assertThat(outcome.problems()).hasSize(2).extracting(Problem::where).allSatisfy(where -> assertThat(where)
                .contains("some.csv"));
        assertThat(files.series())
                .extracting(series -> series.key().benchmark().name())
                .containsExactly("fine");
    }

    @Test
    void numbers_that_another_commit_brought_are_noted_with_it_one_or_several() throws IOException {
        files.record(files.run(1).with("fast", 100.25).file());
        RecordResults.Outcome one =
                files.record(files.run(2).with("fast", 100.25).file());
        files.record(files.run(3).with("fast", 101.5).file());
        RecordResults.Outcome two = files.record(
                files.run(4).with("fast", 100.25).file(),
                files.run(5).with("fast", 101.5).file());

        assertThat(one.notes())
                .containsExactly(
                        "exactly these numbers were recorded before, for commit c1: is this an old result" + " file?");
        assertThat(two.notes()).singleElement().asString().startsWith("the numbers of 2 runs were recorded before");
    }

    @Test
    void options_win_over_what_the_files_say() throws IOException {
        Overrides overrides = new Overrides(
                Optional.of("feed00"),
                Optional.of("topic"),
                Optional.of(Instant.parse("2026-05-01T00:00:00Z")),
                Optional.of("other"));

        RecordResults.Outcome outcome = record(
                ReadingSettings.of(overrides, Optional.empty()),
                files.healthy(0).file());

        assertThat(outcome.runs()).singleElement().satisfies(one -> {
            assertThat(one.run().header().revision().commit()).isEqualTo("feed00");
            assertThat(one.run().header().revision().branch()).isEqualTo("topic");
            assertThat(one.run().header().revision().commitTime()).hasValue(Instant.parse("2026-05-01T00:00:00Z"));
            assertThat(one.run().header().environment().key()).isEqualTo("other");
        });
    }

    // ---- the order

    @Test
    void the_history_is_the_same_whatever_the_order_and_the_number_of_files_and_calls() throws IOException {
        int runs = 12;
        List<List<Double>> whole = null;
        for (int seed = 0; seed < 4; seed++) {
            ResultFiles some = new ResultFiles(Files.createDirectory(folder.resolve("seed" + seed)));
            List<Path> paths = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                paths.add(some.healthy(i).file());
            }
            Collections.shuffle(paths, new Random(seed));
            Random random = new Random(seed);
            for (int from = 0; from < runs; ) {
                int end = Math.min(runs, from + 1 + random.nextInt(5));
                some.record(paths.subList(from, end).toArray(Path[]::new));
                from = end;
            }
            List<List<Double>> values = some.series().stream()
                    .map(series ->
                            series.points().stream().map(point -> point.value()).toList())
                    .toList();
            whole = whole == null ? values : whole;
            assertThat(values).as("seed %d", seed).isEqualTo(whole);
        }
        ResultFiles once = new ResultFiles(Files.createDirectory(folder.resolve("once")));
        once.history(runs);
        assertThat(once.series().stream()
                        .map(series -> series.points().stream()
                                .map(point -> point.value())
                                .toList())
                        .toList())
                .isEqualTo(whole);
    }

    // ---- all or nothing

    @Test
    void whichever_of_the_files_breaks_off_nothing_of_the_others_is_kept() throws IOException {
        files.history(2);
        byte[] before = Files.readAllBytes(files.historyFile());
        Path broken = files.write("broken.csv", BROKEN);
        for (int place = 0; place < 3; place++) {
            List<Path> paths = new ArrayList<>(
                    List.of(files.healthy(8).file(), files.healthy(9).file()));
            paths.add(place, broken);

            RecordResults.Outcome outcome = files.record(paths.toArray(Path[]::new));

            assertThat(outcome.runs()).as("place %d", place).isEmpty();
            assertThat(outcome.unreadable()).hasSize(1);
            assertThat(values()).allMatch(series -> series.size() == 2);
        }
        assertThat(Files.readAllBytes(files.historyFile())).isEqualTo(before);
    }

    @Test
    void asked_to_leave_it_out_the_others_are_kept_and_it_is_named() throws IOException {
        RecordResults.Outcome outcome = record(
                ReadingSettings.DEFAULT.leavingUnreadableOut(true),
                files.healthy(0).file(),
                files.write("broken.csv", BROKEN),
                files.healthy(1).file());

        assertThat(outcome.newMeasurements()).isEqualTo(4);
        assertThat(outcome.files()).isEqualTo(3);
        assertThat(outcome.unreadable())
                .extracting(Problem::where)
                .singleElement()
                .asString()
                .contains("broken.csv");
    }

    @Test
    void whoever_stops_it_half_way_leaves_the_history_as_it_was_and_usable() throws IOException {
        files.history(2);
        List<Path> paths = List.of(files.healthy(5).file(), files.healthy(6).file());
        Progress stopping = (what, done, total) -> {
            if (done == 1) {
                throw new CancellationException("stopped");
            }
        };

        assertThatThrownBy(() -> new RecordResults(files.workspace(), ReadingSettings.DEFAULT, stopping).record(paths))
                .isInstanceOf(CancellationException.class);

        assertThat(values()).allMatch(series -> series.size() == 2);
        assertThat(files.record(paths.get(0)).newMeasurements()).isEqualTo(2);
    }

    @Test
    void progress_names_each_file_and_never_goes_beyond_their_number() throws IOException {
        List<String> reported = new ArrayList<>();
        Progress progress = (what, done, total) -> {
            assertThat(done).isBetween(0L, total - 1);
            reported.add(what + " " + done + "/" + total);
        };
        Path one = files.healthy(0).file();
        Path two = files.healthy(1).file();

        new RecordResults(files.workspace(), ReadingSettings.DEFAULT, progress).record(List.of(one, two));

        assertThat(reported)
                .containsExactly("reading " + one.getFileName() + " 0/2", "reading " + two.getFileName() + " 1/2");
    }

    @Test
    void an_empty_path_is_no_file_and_not_the_whole_folder() {
        files.healthy(0).file();
        List<ThrowableAssert.ThrowingCallable> uses = List.of(
                () -> files.record(Path.of("")),
                () -> files.check(Path.of("")),
                () -> files.dryRun(files.healthy(1).file(), Path.of("")),
                () -> new PreviewResults(files.workspace(), ReadingSettings.DEFAULT, Progress.SILENT)
                        .preview(List.of(Path.of(""))));

        assertThat(uses).allSatisfy(use -> assertThatThrownBy(use)
                .isInstanceOf(NothingFound.class)
                .hasMessage("an empty string names no file; write . for all files of this folder"));
        assertThatThrownBy(() -> files.compare("", "c1")).isInstanceOf(NothingFound.class);
        assertThat(files.historyFile()).doesNotExist();
    }

    // ---- where it cannot be written

    @Test
    void a_file_where_the_folder_of_the_history_should_be_is_named_and_left_as_it_is() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve(".plumbline"), "mine");

        assertThatThrownBy(() -> files.record(files.healthy(0).file()))
                .isInstanceOfAny(StoreException.class, IOException.class)
                .hasMessageContaining(".plumbline");
        assertThat(inTheWay).hasContent("mine");
    }

    @Test
    void a_new_history_is_kept_out_of_git_and_a_folder_that_is_there_stays_as_it_is() throws IOException {
        files.record(files.healthy(0).file());
        assertThat(folder.resolve(".plumbline/.gitignore")).hasContent("*");

        Files.delete(folder.resolve(".plumbline/.gitignore"));
        files.record(files.healthy(1).file());
        assertThat(folder.resolve(".plumbline/.gitignore")).doesNotExist();
    }

    // ---- beside others

    /** Records the files of its arguments, behind the folder, as another process does. */
    public static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) throws IOException {
            ResultFiles files = new ResultFiles(Path.of(arguments[0]));
            for (int i = 1; i < arguments.length; i++) {
                files.record(Path.of(arguments[i]));
            }
        }
    }

    @Test
    @Timeout(120)
    void two_processes_record_into_one_new_history_and_nothing_is_lost_or_there_twice() throws Exception {
        int runs = 12;
        List<String> even = new ArrayList<>();
        List<String> odd = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            (i % 2 == 0 ? even : odd).add(files.healthy(i).file().toString());
        }
        String shared = files.healthy(runs).file().toString();
        even.add(shared);
        odd.add(0, shared);

        List<Process> processes = List.of(start(even), start(odd));

        for (Process process : processes) {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).as(output).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
        }
        for (Series series : files.series()) {
            assertThat(series.points())
                    .extracting(point -> point.run().header().revision().commit())
                    .as("in the order of their commits, each once")
                    .isEqualTo(IntStream.rangeClosed(0, runs)
                            .mapToObj(i -> "c" + i)
                            .toList());
        }
    }

    private Process start(List<String> paths) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                folder.toString()));
        command.addAll(paths);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
