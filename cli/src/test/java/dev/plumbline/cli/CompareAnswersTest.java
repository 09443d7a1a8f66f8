package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plumb compare} and {@code plumb check} say of what only one side has, and what to do next. */
class CompareAnswersTest {
    private static final String HEADER = "benchmark,param:mode,metric,unit,better,value,env:jvm\n";
    private static final String BASE = HEADER
            + "org.a.parse,avgt,time,ms,lower,5,17\norg.a.scan,avgt,time,ms,lower,7,17\norg.a.scan,avgt,rss,MB,lower,3,17\n";

    @TempDir
    private Path folder;

    private String compared(String rows) throws IOException {
        Files.writeString(folder.resolve("a.csv"), BASE);
        Files.writeString(folder.resolve("b.csv"), HEADER + rows);
        return words(CapturedRun.wide(folder, "compare", "a.csv", "b.csv"));
    }

    private static String words(CapturedRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    @Test
    void a_new_benchmark_is_one_line_whatever_the_number_of_its_metrics() throws IOException {
        assertThat(compared("""
                        org.a.parse,avgt,time,ms,lower,5,17
                        org.a.scan,avgt,time,ms,lower,7,17
                        org.a.scan,avgt,rss,MB,lower,3,17
                        org.a.scan,avgt,gc,MB,lower,3,17
                        org.a.fresh,avgt,time,ms,lower,1,17
                        org.a.fresh,avgt,rss,MB,lower,3,17
                        """))
                .contains("note: 1 new benchmark: org.a.fresh {mode=avgt} note:")
                .contains("1 new metric: gc of org.a.scan {mode=avgt}")
                .doesNotContain("counterpart");
    }

    @Test
    void a_renamed_benchmark_is_one_line_with_what_to_do() throws IOException {
        assertThat(compared("""
                        org.a.parse,avgt,time,ms,lower,5,17
                        org.a.scanner,avgt,time,ms,lower,7,17
                        org.a.scanner,avgt,rss,MB,lower,3,17
                        """))
                .contains("org.a.scan {mode=avgt} looks renamed to org.a.scanner {mode=avgt} 1 inconclusive")
                .contains("give it the same name on both sides, or compare with --on-missing pass")
                .doesNotContain("new benchmark");
    }

    @Test
    void another_jvm_is_answered_with_the_same_jvm_and_not_with_more_runs() throws IOException {
        Files.writeString(
                folder.resolve("a.csv"), HEADER + "org.a.scan,avgt,time,ms,lower,7 7.01 7.02 6.99 7 7.01,17\n");
        Files.writeString(
                folder.resolve("b.csv"), HEADER + "org.a.scan,avgt,time,ms,lower,9 9.01 9.02 8.99 9 9.01,21\n");

        assertThat(words(CapturedRun.wide(folder, "compare", "a.csv", "b.csv")))
                .startsWith("HOLD")
                .contains("measure both sides with the same JVM and flags and compare again, or, if the difference is"
                        + " intended, compare with --on-incomparable pass")
                .doesNotContain("Measure each side three times");
    }

    @Test
    void another_mode_of_jmh_is_said_to_be_another_quantity() throws IOException {
        String other = """
                        org.a.parse,,throughput,ops/ms,higher,0.2,17
                        org.a.scan,avgt,time,ms,lower,7,17
                        org.a.scan,avgt,rss,MB,lower,3,17
                        """;
        String words =
                "org.a.parse {mode=avgt} changed its mode, avgt → thrpt: another quantity, which is not compared";

        assertThat(compared(other)).contains(words).doesNotContain("new benchmark");
        for (int i = 0; i < 3; i++) {
            Files.writeString(folder.resolve("a.csv"), BASE.replace(",7,", ",7." + i + ","));
            CapturedRun.of(folder, "record", "a.csv", "--commit", "c" + i);
        }
        assertThat(words(CapturedRun.wide(folder, "check", "b.csv", "--commit", "c9")))
                .contains(words);
    }

    @Test
    void a_result_too_good_to_be_true_names_what_is_usually_wrong_and_the_way_on() throws IOException {
        for (int i = 0; i < 8; i++) {
            Files.writeString(folder.resolve("a.csv"), BASE.replace(",7,", ",7.0" + i * 7 % 5 + ","));
            CapturedRun.of(folder, "record", "a.csv", "--commit", "c" + i);
        }
        Files.writeString(folder.resolve("b.csv"), BASE.replace(",7,", ",0.0001,"));

        CapturedRun held = CapturedRun.wide(folder, "check", "b.csv", "--commit", "c9");
        assertThat(held.exitCode()).isEqualTo(1);
        assertThat(words(held))
                .contains("too good to be true")
                .contains("next: fix the benchmark", "does no work (unused result")
                .containsPattern("if it is real, plumb accept [0-9a-f]{12}-c9 --reason WHY");
        assertThat(CapturedRun.wide(folder, "check", "b.csv", "--commit", "c9", "--on-too-good", "pass")
                        .exitCode())
                .isZero();
    }

    @Test
    void an_improvement_that_was_accepted_passes_the_gate_and_is_the_level_from_then_on() throws IOException {
        for (int i = 0; i < 8; i++) {
            Files.writeString(folder.resolve("a.csv"), BASE.replace(",7,", ",7.0" + i * 7 % 5 + ","));
            CapturedRun.of(folder, "record", "a.csv", "--commit", "c" + i);
        }
        Files.writeString(folder.resolve("b.csv"), BASE.replace(",7,", ",0.01,"));
        CapturedRun held = CapturedRun.wide(folder, "check", "b.csv", "--commit", "c8", "-o", "report.json");
        assertThat(held.exitCode()).isEqualTo(1);
        String id = words(CapturedRun.wide(folder, "check", "b.csv", "--commit", "c8"))
                .replaceAll(".*if it is real, plumb accept (\\S+) .*", "$1");

        CapturedRun tooWide = CapturedRun.wide(folder, "accept", id, "--reason", "cached", "--scope", "benchmark");
        CapturedRun accepted = CapturedRun.wide(folder, "accept", id, "--reason", "cached", "--by", "Ann", "--write");

        assertThat(tooWide.exitCode()).isEqualTo(2);
        assertThat(tooWide.err()).contains("for one metric at a time");
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        assertThat(words(accepted))
                .contains("Improvement accepted: ", "New runs that have commit c8 are judged against ");
        assertThat(Files.readString(folder.resolve("plumbline/acceptances.yaml")))
                .contains("change: -0.99");
        CapturedRun again = CapturedRun.wide(folder, "check", "b.csv", "--commit", "c8");
        assertThat(again.exitCode()).as(again.out()).isZero();
        assertThat(again.out()).contains("1 improved", "1 change is accepted").doesNotContain("too good");
        for (int i = 1; i < 7; i++) {
            Files.writeString(folder.resolve("b.csv"), BASE.replace(",7,", ",0.010" + i * 7 % 5 + ","));
            assertThat(CapturedRun.wide(folder, "check", "b.csv", "--commit", "d" + i)
                            .exitCode())
                    .isZero();
        }

        // it covers no loss, and nothing better by as much again
        Files.writeString(folder.resolve("b.csv"), BASE.replace(",7,", ",7,"));
        assertThat(CapturedRun.wide(folder, "check", "b.csv", "--commit", "e1", "--dry-run")
                        .exitCode())
                .isEqualTo(1);
        Files.writeString(folder.resolve("b.csv"), BASE.replace(",7,", ",0.00001,"));
        assertThat(CapturedRun.wide(folder, "check", "b.csv", "--commit", "e2", "--dry-run")
                        .out())
                .contains("too good to be true");
    }
}
