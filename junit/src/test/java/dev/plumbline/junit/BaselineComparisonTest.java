package dev.plumbline.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** With real processes, which take some seconds. */
class BaselineComparisonTest {
    private static final Duration LONG = Duration.ofMinutes(3);

    /** Where a baseline is kept, and stays whatever a test finds of other code. */
    @TempDir
    private static Path kept;

    private static String first;

    @TempDir
    private Path folder;

    @BeforeAll
    static void keeps_a_baseline() throws IOException {
        first = run(kept, LONG, Settings.Mode.CHECK, work("old", 20));
        Files.delete(kept.resolve("old/work/WorkTest.class")); // as the next build does
    }

    private static String run(Path home, Duration budget, Settings.Mode mode, Path code) {
        return new BaselineComparison(
                        Workload.TEST,
                        new Settings(budget, 0.03, List.of(), mode, home.resolve("store"), home.resolve("results")))
                .run(Workload.classPath(code));
    }

    /** Code beside the baseline. */
    private static String run(Duration budget, Settings.Mode mode, Path code) {
        return run(kept, budget, mode, code);
    }

    /** Code that has no baseline. */
    private String runAlone(Path code) {
        return run(folder, LONG, Settings.Mode.CHECK, code);
    }

    private static Path work(String name, int units) {
        return Workload.compile(Workload.Kind.ARITHMETIC, units, name, kept.resolve(name));
    }

    /** A test with these members. */
    private Path code(String name, String members) {
        return Workload.compile(
                "package work; class WorkTest {\n" + members + "\n}\n", "WorkTest", folder.resolve(name));
    }

    private static long baselines(Path home) throws IOException {
        Path tests = home.resolve("store/tests");
        if (!Files.exists(tests)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(tests)) {
            return all.count();
        }
    }

    @Test
    void the_first_run_keeps_the_code_and_a_later_one_finds_what_became_slower() throws Exception {
        assertThat(first).contains("WorkTest.works: kept today's code as the baseline in " + kept.resolve("store"));
        assertThat(baselines(kept)).isEqualTo(1);
        assertThatThrownBy(() -> run(LONG, Settings.Mode.CHECK, work("slow", 30)))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("[WorkTest.works]")
                .hasMessageContaining("to be at most 3 % slower than:")
                .hasMessageContaining("-Dtest=WorkTest#works -Dplumbline.baseline=update");
    }

    @Test
    void equal_code_passes_after_three_pairs_and_its_times_can_be_read() throws Exception {
        String note = run(LONG, Settings.Mode.CHECK, work("old", 20));

        assertThat(note).contains("the same code as the baseline of");
        List<Measurement> read = new ArrayList<>();
        List<String> commits = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Results.with(ImportContext.of(Revision.of("c0ffee", "topic"), Environment.unknown(), Instant.EPOCH))
                .read(kept.resolve("results/junit-work.WorkTest.works.json"), new RunSink() {
                    @Override
                    public void accept(RunHeader header, Measurement measurement) {
                        read.add(measurement);
                        commits.add(header.revision().commit());
                    }

                    @Override
                    public void problem(Problem problem) {
                        problems.add(problem);
                    }
                });
        assertThat(problems).isEmpty();
        assertThat(commits).containsExactly("c0ffee");
        assertThat(read).singleElement().satisfies(one -> {
            assertThat(one.benchmark().label()).isEqualTo("work.WorkTest.works");
            assertThat(one.metric().unit().symbol()).isEqualTo("ns");
            assertThat(one.sample().location()).isPositive();
        });
    }

    @Test
    void a_budget_that_is_too_short_aborts_and_says_what_would_decide() throws Exception {
        assertThatThrownBy(() -> run(Duration.ofMillis(1), Settings.Mode.CHECK, work("new", 20)))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("inconclusive: ")
                .hasMessageContaining("after 1 pair in")
                .hasMessageContaining("at least 8 pairs can decide: raise the budget with -Dplumbline.budget=");
    }

    @Test
    void a_baseline_of_another_jvm_is_not_replaced_in_silence_and_can_be_moved() throws Exception {
        try (Stream<Path> all = Files.list(kept.resolve("store/tests"))) {
            Path baseline = all.findFirst().orElseThrow();
            Files.writeString(
                    baseline, Files.readString(baseline).replaceAll("fact\tjvm\t.*", "fact\tjvm\tElsewhere 1.8"));
        }

        assertThatThrownBy(() -> run(LONG, Settings.Mode.CHECK, work("old", 20)))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("is of another machine or JVM: jvm was Elsewhere 1.8 and is ")
                .hasMessageContaining("-Dplumbline.baseline=move")
                .hasMessageContaining("-Dplumbline.baseline=update");
        run(LONG, Settings.Mode.MOVE, work("old", 20));
        assertThat(run(LONG, Settings.Mode.CHECK, work("old", 20))).contains("the same code");
    }

    @Test
    void code_that_does_nothing_fails_and_leaves_no_baseline() throws Exception {
        Path idle = code(
                "idle",
                "@dev.plumbline.junit.PerformanceTest void works(dev.plumbline.junit.Measured m) {"
                        + " m.run((Runnable) () -> {}); }");

        assertThatThrownBy(() -> runAlone(idle))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("it does nothing that can be measured");
        assertThat(baselines(folder)).isZero();
        assertThat(folder.resolve("results")).isEmptyDirectory();
    }

    @Test
    void code_that_throws_in_its_process_fails_with_its_stack_trace() throws Exception {
        Path broken = code(
                "broken",
                "@org.junit.jupiter.api.BeforeEach void open() { throw new IllegalStateException(\"no such file\"); }\n"
                        + "@dev.plumbline.junit.PerformanceTest void works(dev.plumbline.junit.Measured m) {"
                        + " m.run(() -> 1); }");

        assertThatThrownBy(() -> runAlone(broken))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("java.lang.IllegalStateException: no such file")
                .hasMessageContaining("work.WorkTest.open");
        assertThat(baselines(folder)).isZero();
    }

    @Test
    void code_that_was_compiled_for_a_newer_java_aborts_the_test_and_names_it() throws Exception {
        Path newer = work("newer", 20);
        Path type = newer.resolve("work/WorkTest.class");
        byte[] bytes = Files.readAllBytes(type);
        bytes[7] = (byte) 200; // the major version of the class file
        Files.write(type, bytes);

        assertThatThrownBy(() -> runAlone(newer))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("today's code needs a newer Java than " + Runtime.version())
                .hasMessageContaining("-Dplumbline.baseline=update");
    }

    @Test
    void a_process_that_ends_aborts_the_test_with_what_it_printed() throws Exception {
        Path ending = code(
                "ending",
                "@dev.plumbline.junit.PerformanceTest void works(dev.plumbline.junit.Measured m) {"
                        + " System.err.println(\"out of paper\"); System.exit(1); }");

        assertThatThrownBy(() -> runAlone(ending))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("its process ended before it had measured")
                .hasMessageContaining("out of paper");
    }

    @Test
    void results_that_cannot_be_written_abort_before_anything_is_measured() throws Exception {
        Files.writeString(folder.resolve("results"), "a file");

        assertThatThrownBy(() -> runAlone(work("old", 20)))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("the results cannot be written to " + folder.resolve("results"))
                .hasMessageContaining("-Dplumbline.results=FOLDER");
        assertThat(folder.resolve("store")).doesNotExist();
    }
}
