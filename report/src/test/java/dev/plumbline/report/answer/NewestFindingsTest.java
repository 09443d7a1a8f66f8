package dev.plumbline.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.Examples;
import dev.plumbline.report.answer.NewestFindings.Gone;
import dev.plumbline.report.answer.NewestFindings.Newest;
import dev.plumbline.report.evidence.Quotation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewestFindingsTest {
    private static final String COMMIT = "cccccccccccccccccccc";
    private static final RunInfo RUN = Examples.run(8, COMMIT);
    private static final CommitAuthors ANN = new CommitAuthors(Map.of(COMMIT, "Ann <ann@example.org>"));

    private static Finding finding(Verdict verdict) {
        return Examples.finding(Examples.key("Sort.quick", "time"), Examples.MILLISECONDS, Better.LOWER, verdict);
    }

    private static Finding suspect(OptionalInt needed) {
        return finding(new Verdict.Inconclusive(
                Quotation.of("it may be chance"), true, needed, Optional.of(Examples.effect(100, 103.1, 0.05))));
    }

    private static String words(Finding finding) {
        return new Newest(finding, RUN).words(ANN);
    }

    @Test
    void a_regression_names_commit_and_author_and_where_to_look() {
        Finding worse = finding(new Verdict.Regressed(Examples.effect(100, 124, 0.02)));

        assertThat(words(worse))
                .isEqualTo(
                        "detected by a check: Sort.quick time +24.0 % with commit cccccccccc on main by Ann, measured"
                                + " 2026-11-09; plumb explain " + worse.id() + " shows why");
    }

    @Test
    void one_that_began_with_an_earlier_commit_says_which_run_shows_it() {
        Finding worse =
                finding(new Verdict.Regressed(Examples.effect(100, 124, 0.02))).beginning("0123456789abcdef");

        assertThat(words(worse))
                .contains(" +24.0 % since 0123456789, shown by commit cccccccccc on main, measured 2026-11-09; ");
    }

    @Test
    void a_possible_regression_is_measured_again_only_where_that_can_decide_it() {
        assertThat(words(suspect(OptionalInt.of(1))))
                .isEqualTo(
                        "possible regression, not confirmed: Sort.quick time +3.1 % with commit cccccccccc on main by"
                                + " Ann, measured 2026-11-09; measure again to decide");
        assertThat(words(suspect(OptionalInt.empty()))).endsWith("; only a longer history can decide");
    }

    @Test
    void what_is_too_good_asks_whether_the_benchmark_did_its_work() {
        Finding good = finding(new Verdict.Improved(Examples.effect(100, 1, 0.001)));

        assertThat(words(good))
                .startsWith("too good to be true: Sort.quick time -99.0 % with commit ")
                .endsWith(
                        "; did the benchmark do its work? If it is real, plumb accept " + good.id() + " --reason WHY");
    }

    @Test
    void what_somebody_recorded_stands_before_and_behind_it() {
        Annotation known = Annotation.of(
                Annotation.Kind.FALSE_ALARM,
                new Annotation.Origin("a1", "Ben", Instant.EPOCH, "noisy host"),
                Optional.empty(),
                "");

        assertThat(words(finding(new Verdict.Regressed(Examples.effect(100, 124, 0.02)))
                        .with(known)))
                .startsWith("false alarm: Sort.quick time +24.0 % ")
                .endsWith("; false alarm by Ben on 1970-01-01 (a1): noisy host")
                .doesNotContain("plumb ");
    }

    @Test
    void a_change_out_of_zero_has_a_sign_and_no_digits() {
        assertThat(words(finding(new Verdict.Regressed(Examples.effect(0, 24, 0)))))
                .startsWith("detected by a check: Sort.quick time +∞ with commit");
    }

    private static List<String> missing(RunInfo run, String since, String... names) {
        List<Gone> gone = new ArrayList<>();
        for (String name : names) {
            gone.add(new Gone(Missing.benchmark(Examples.key(name, "time")).since(since), run));
        }
        return new NewestFindings(20, List.of(), List.of(), gone, List.of()).missingWords(ANN);
    }

    @Test
    void what_is_missing_names_the_run_and_how_to_accept_that() {
        String id = Missing.benchmark(Examples.key("A", "time")).id();

        assertThat(missing(RUN, "", "A"))
                .containsExactly(
                        "missing from the newest run, commit cccccccccc on main by Ann: A; measure it again, or"
                                + " if removed on purpose, plumb accept " + id + " --reason WHY");
        assertThat(missing(RUN, COMMIT, "A")).isEqualTo(missing(RUN, "", "A"));
        assertThat(missing(RUN, "0123456789abcdef", "A", "B"))
                .containsExactly(
                        "missing since commit 0123456789, as in the newest run, commit cccccccccc on main: A, B;"
                                + " measure them again, or if removed on purpose, plumb accept " + id
                                + " --reason WHY (accepts 1 of the 2)");
        assertThat(missing(Examples.run(8, ""), "", "A"))
                .singleElement()
                .asString()
                .startsWith("missing from the newest run, an unknown commit on main: A; ");
    }

    @Test
    void of_many_that_are_missing_three_are_named() {
        assertThat(missing(RUN, "", "A", "B", "C", "D", "E"))
                .singleElement()
                .asString()
                .contains(": A, B, C and 2 more; measure them again, ")
                .endsWith(" (accepts 1 of the 5)");
        assertThat(missing(RUN, "")).isEmpty();
    }

    @Test
    void a_metric_is_missing_under_its_benchmark_and_runs_have_lines_of_their_own() {
        Gone metric = new Gone(Missing.metric(Examples.key("A", "p99")), RUN);
        Gone other = new Gone(Missing.benchmark(Examples.key("B", "time")), Examples.run(9, "dddddddddddd"));

        assertThat(new NewestFindings(20, List.of(), List.of(), List.of(metric, other), List.of()).missingWords(ANN))
                .satisfiesExactly(
                        first -> assertThat(first).contains(" by Ann: A p99; measure it again"),
                        second -> assertThat(second).contains("commit dddddddddd on main: B; measure it again"));
    }

    @ParameterizedTest
    @CsvSource({"0, main has 0 runs;", "1, main has 1 run;", "9, main has 9 runs;"})
    void a_short_history_says_how_many_runs_it_has(int runs, String words) {
        NewestFindings few = new NewestFindings(runs, List.of(), List.of(), List.of(), List.of());

        assertThat(few.areTooFew()).isTrue();
        assertThat(few.tooFew("main")).startsWith(words).endsWith("plumb check judges new runs sooner");
        assertThat(NewestFindings.UNKNOWN.areTooFew()).isFalse();
    }
}
