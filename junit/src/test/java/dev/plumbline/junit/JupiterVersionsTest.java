package dev.plumbline.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of docs/junit.md, and what goes wrong in tests of users, on every Jupiter that is supported. */
class JupiterVersionsTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("\nclass (\\w+)");

    private static final String WRONG = """
            import dev.plumbline.junit.Measured;
            import dev.plumbline.junit.PerformanceTest;
            import org.junit.jupiter.api.TestInfo;
            import org.junit.jupiter.api.io.TempDir;

            class WrongTest {
                @PerformanceTest
                void measures_nothing(Measured m) {}

                @PerformanceTest
                void measures_twice(Measured m) {
                    m.run(() -> System.nanoTime());
                    m.run(() -> System.nanoTime());
                }

                @PerformanceTest
                void throws_something(Measured m) {
                    m.run(() -> { throw new java.io.IOException("no such document"); });
                }

                @PerformanceTest
                void asks_for_more(Measured m, TestInfo info) {
                    m.run(() -> info);
                }

                @PerformanceTest(margin = -1)
                void accepts_less_than_nothing(Measured m) {
                    m.run(() -> 1);
                }
            }
            """;

    private static final String EXTENDED = """
            import dev.plumbline.junit.Measured;
            import dev.plumbline.junit.PerformanceTest;
            import java.nio.file.Path;
            import org.junit.jupiter.api.io.TempDir;

            class ExtendedTest {
                @TempDir
                Path folder;

                @PerformanceTest
                void reads(Measured m) {
                    m.run(() -> folder);
                }
            }
            """;

    private static final String PARALLEL = """
            import dev.plumbline.junit.Measured;
            import dev.plumbline.junit.PerformanceTest;
            import org.junit.jupiter.api.Test;

            class ParallelTest {
                @PerformanceTest
                void measured(Measured m) throws Exception {
                    m.run(() -> System.nanoTime());
                    Thread.sleep(300);
                }

                @Test
                void first() throws Exception {
                    Thread.sleep(300);
                }

                @Test
                void second() throws Exception {
                    Thread.sleep(300);
                }
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "last-of-5", "newest"})
    void the_first_run_of_the_documented_test_keeps_a_baseline_and_says_so(String jupiter) throws Exception {
        compile(example(0));

        List<String> lines = launch(jupiter, List.of(), "SortingPerformanceTest");

        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("| note sorts")
                        .contains("SortingPerformanceTest.sorts: kept today's code as the baseline in "
                                + folder.resolve("store")))
                .anySatisfy(line -> assertThat(line).startsWith("| successful sorts"));
        assertThat(folder.resolve("results/junit-SortingPerformanceTest.sorts.json"))
                .exists();
    }

    @Test
    void the_documented_comparisons_pass() throws Exception {
        compile(example(1));

        List<String> lines = launch("newest", List.of(), "SortingComparisonTest");

        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith("| successful the_library_is_faster"))
                .anySatisfy(line -> assertThat(line).startsWith("| successful the_library_is_not_slower"));
    }

    private static String example(int number) throws IOException {
        Matcher examples = EXAMPLE.matcher(Files.readString(Path.of("../docs/junit.md")));
        for (int i = 0; i <= number; i++) {
            assertThat(examples.find()).isTrue();
        }
        return examples.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "last-of-5", "newest"})
    void a_wrong_test_fails_with_a_sentence_and_is_not_measured(String jupiter) throws Exception {
        compile(WRONG);
        compile(EXTENDED);

        List<String> lines = launch(jupiter, List.of(), "WrongTest", "ExtendedTest");

        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("| failed measures_nothing")
                        .contains("Measured.run was not called"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("| failed measures_twice")
                        .contains("Measured.run was called twice"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("| failed throws_something")
                        .contains("java.io.IOException: no such document"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("| failed asks_for_more")
                        .contains("has to have one parameter, of the type Measured"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("| failed accepts_less")
                        .contains("plumbline.margin is -1.0; it is the accepted slowdown in percent"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("| failed reads")
                        .contains("the field folder is one; make in @BeforeEach what it gives"))
                .noneSatisfy(line -> assertThat(line).startsWith("| successful"));
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "last-of-5", "newest"})
    void no_other_test_runs_beside_a_performance_test(String jupiter) throws Exception {
        compile(PARALLEL);

        List<String> lines = launch(
                jupiter,
                List.of(
                        "-Dplumbline.baseline=off",
                        "-Djunit.jupiter.execution.parallel.enabled=true",
                        "-Djunit.jupiter.execution.parallel.mode.default=concurrent",
                        "-Djunit.jupiter.execution.parallel.config.strategy=fixed",
                        "-Djunit.jupiter.execution.parallel.config.fixed.parallelism=4"),
                "ParallelTest");

        int begin = indexOf(lines, "| started measured");
        assertThat(lines.get(begin + 1)).startsWith("| successful measured");
    }

    private static int indexOf(List<String> lines, String beginning) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(beginning)) {
                return i;
            }
        }
        throw new AssertionError(beginning + " in " + lines);
    }

    private void compile(String source) {
        Matcher type = TYPE.matcher(source);
        assertThat(type.find()).isTrue();
        Workload.compile(source, type.group(1), folder.resolve("classes"));
    }

    private List<String> launch(String jupiter, List<String> options, String... names)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "-Dplumbline.store=" + folder.resolve("store"),
                "-Dplumbline.results=" + folder.resolve("results"),
                "-Dplumbline.budget=60"));
        all.addAll(options);
        return Jupiters.launch(jupiter, folder.resolve("classes"), all, names);
    }
}
