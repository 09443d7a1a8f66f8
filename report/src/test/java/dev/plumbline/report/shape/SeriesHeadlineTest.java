package dev.plumbline.report.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.history.AnalysisWarning;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.ChangeMethod;
import dev.plumbline.core.history.RefutedRegressions;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.report.Examples;
import dev.plumbline.report.content.AnalyzedSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesHeadlineTest {
    private static final String COMMIT = "c%07xaaaa";

    private static AnalyzedSeries series(SeriesKey key, Role role, boolean lastBad, double... values) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            boolean bad = lastBad && i == values.length - 1;
            points.add(new Point(Examples.run(i, COMMIT.formatted(i)), values[i], 5, 0.01, bad));
        }
        Series series = new Series(key, Examples.MILLISECONDS, Better.LOWER, points, List.of());
        return AnalyzedSeries.of(series, new ChangeMethod.BySteps(StepScan.Settings.DEFAULT), KnownLevels.NONE, role);
    }

    private static AnalyzedSeries series(double... values) {
        return series(Examples.key("Sort.quick", "time"), Role.PRIMARY, false, values);
    }

    /** Values with a noise of about a per cent. */
    private static double[] level(int count, double level) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = level * (1 + 0.004 * (Math.floorMod(i * 7, 5) - 2));
        }
        return values;
    }

    private static double[] then(double[] first, double... second) {
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    /** The same where a check has called its newest run. */
    private static AnalyzedSeries called(AnalyzedSeries one, Annotated stated, Map<String, String> authors) {
        return called(one, 1, stated, authors);
    }

    /** The same where checks have called some newest runs, and the newest check has the size of the last. */
    private static AnalyzedSeries called(AnalyzedSeries one, int runs, Annotated stated, Map<String, String> authors) {
        List<Point> points = one.series().points();
        int first = points.size() - runs;
        CalledRegression called = new CalledRegression(
                one.series().key(),
                first,
                points.get(first).run(),
                100,
                points.get(points.size() - 1).value(),
                points.get(first).run(),
                stated);
        return one.with(one.analysis()
                .with(OptionalDouble.empty(), List.of(called), Map.of(), new RefutedRegressions(0, 0))
                .by(authors));
    }

    private static Annotated stated(Annotation.Kind kind, String reason) {
        return Annotated.NONE.then(
                Annotation.of(kind, new Annotation.Origin("a1", "Ann", Instant.EPOCH, reason), Optional.empty(), ""));
    }

    @Test
    void a_quiet_series_is_stable_and_asks_for_nothing() {
        assertThat(SeriesHeadline.of(series(level(30, 24))))
                .startsWith("stable at 24")
                .contains(" ms (noise ")
                .endsWith("). No action needed.");
    }

    @Test
    void a_series_of_zeros_has_a_level() {
        assertThat(SeriesHeadline.of(series(new double[30])))
                .isEqualTo("stable at 0 s (noise 0.0 %). No action needed.");
    }

    @Test
    void a_short_series_tells_its_newest_value_and_claims_no_noise() {
        assertThat(SeriesHeadline.of(series())).isEqualTo("too few values to judge.");
        assertThat(SeriesHeadline.of(series(24))).isEqualTo("too few values to judge, newest 24.0 ms.");
    }

    @Test
    void a_short_series_whose_newest_run_looks_worse_is_run_again() {
        assertThat(SeriesHeadline.of(series(100, 101, 140)))
                .isEqualTo("too few values to judge, newest 140 ms. It looks worse than all before: run it again.");
        assertThat(SeriesHeadline.of(List.of(series(100, 101, 140))))
                .isEqualTo(
                        "3 runs: too few to judge; 1 series with a possible regression: Sort.quick time; plumb history"
                                + " NAME");
        assertThat(SeriesHeadline.of(series(100, 140)))
                .as("a single value before it tells no noise")
                .isEqualTo("too few values to judge, newest 140 ms.");
    }

    @ParameterizedTest
    @CsvSource({
        "100, 101, 111.2, true",
        "100, 101, 110.5, false",
        "0, 0, 1, true",
        "0, 0, 0, false",
        "100, 200, 150, false",
    })
    void worse_than_all_before_is_so_by_a_tenth_of_each(double first, double second, double newest, boolean worse) {
        assertThat(SeriesHeadline.looksWorse(List.of(first, second), newest, Better.LOWER))
                .isEqualTo(worse);
        assertThat(SeriesHeadline.looksWorse(List.of(first, second), newest, Better.HIGHER))
                .isFalse();
    }

    @Test
    void a_confirmed_loss_on_top_of_an_open_one_names_both() {
        assertThat(SeriesHeadline.of(series(then(then(level(20, 100), level(20, 110)), level(20, 132)))))
                .startsWith("regression +20.0 % since commit c0000028aa, on top of +10.0 % since commit c0000014aa: now"
                        + " 132");
    }

    @Test
    void a_confirmed_level_of_few_runs_that_checks_detected_is_no_outlier_and_no_other_mode() {
        double[] noisy = {
            101, 96, 104, 99, 94, 102, 107, 98, 100, 95, 103, 97, 105, 99, 101, 96, 104, 98, 102, 100, 95, 106, 99, 103,
            97, 101, 94, 100, 104, 98
        };
        List<Point> points = new ArrayList<>();
        double[] values = then(noisy, 152, 161, 149);
        for (int i = 0; i < values.length; i++) {
            points.add(new Point(Examples.run(i, COMMIT.formatted(i)), values[i], 1, 0, i >= noisy.length));
        }
        AnalyzedSeries detected = AnalyzedSeries.of(
                new Series(Examples.key("Sort.quick", "time"), Examples.MILLISECONDS, Better.LOWER, points, List.of()),
                new ChangeMethod.BySteps(StepScan.Settings.DEFAULT),
                KnownLevels.NONE,
                Role.PRIMARY);

        assertThat(detected.analysis().shape().main().word()).isEqualTo(Shape.Word.STEPPED);
        assertThat(SeriesHeadline.of(detected))
                .startsWith("regression +54.1 % since commit c000001eaa: now 154 ms")
                .doesNotContain("outlier");
    }

    @Test
    void a_step_for_the_worse_needs_a_person_and_names_commit_and_author() {
        AnalyzedSeries stepped = series(then(level(20, 100), level(20, 125)));
        AnalyzedSeries authored =
                stepped.with(stepped.analysis().by(Map.of(COMMIT.formatted(20), "Jane Doe <jane@example.org>")));

        assertThat(SeriesHeadline.of(stepped))
                .startsWith("regression +25.0 % since commit c0000014aa: now 125")
                .endsWith(", before 100 ms, 20 runs so far. Action needed, see below.");
        assertThat(SeriesHeadline.of(List.of(stepped, series(level(30, 24)))))
                .isEqualTo("1 of 2 series needs attention: Sort.quick time. Details: plumb history NAME");
        assertThat(SeriesHeadline.of(List.of(authored)))
                .isEqualTo("1 of 1 series needs attention: Sort.quick time (+25.0 % with commit c0000014aa by Jane"
                        + " Doe). Details: plumb history NAME");
    }

    @Test
    void large_numbers_have_commas() {
        List<AnalyzedSeries> all = new ArrayList<>(Collections.nCopies(1_234, series(level(30, 24))));
        all.add(series(Examples.key("Slow", "time"), Role.PRIMARY, false, then(level(20, 100), level(20, 125))));

        assertThat(SeriesHeadline.of(all)).startsWith("1 of 1,235 series needs attention: Slow time.");
    }

    @Test
    void of_many_that_need_a_person_two_are_named() {
        List<AnalyzedSeries> all = new ArrayList<>();
        for (String name : List.of("A", "B", "C", "D")) {
            all.add(series(Examples.key(name, "time"), Role.PRIMARY, false, then(level(20, 100), level(20, 125))));
        }

        assertThat(SeriesHeadline.of(all.subList(0, 2)))
                .isEqualTo("2 of 2 series need attention: A time, B time. Details: plumb history NAME");
        assertThat(SeriesHeadline.of(all))
                .isEqualTo("4 of 4 series need attention: A time, B time and 2 more. Details: plumb history NAME");
        assertThat(SeriesHeadline.of(List.of(series(level(30, 24))))).isEqualTo("No series needs attention.");
    }

    @Test
    void the_worst_are_what_is_open_by_size_with_primary_metrics_before_others() {
        AnalyzedSeries small =
                series(Examples.key("A", "time"), Role.PRIMARY, false, then(level(20, 100), level(20, 103)));
        AnalyzedSeries large =
                series(Examples.key("B", "time"), Role.PRIMARY, false, then(level(20, 100), level(20, 112)));
        AnalyzedSeries larger = called(
                series(Examples.key("C", "time"), Role.PRIMARY, true, then(level(30, 100), 147)),
                Annotated.NONE,
                Map.of());
        AnalyzedSeries secondary =
                series(Examples.key("B", "size"), Role.SECONDARY, false, then(level(20, 100), level(20, 300)));
        // its next run detects only large changes, which is no finding
        double[] noise = level(30, 100);
        for (int i = 0; i < noise.length; i++) {
            noise[i] *= 1 + 0.4 * Math.sin(i * i);
        }
        AnalyzedSeries noisy = series(Examples.key("D", "time"), Role.PRIMARY, false, noise);
        AnalyzedSeries context =
                series(Examples.key("E", "gc.time"), Role.CONTEXT, false, then(level(20, 100), level(20, 500)));

        assertThat(Stream.of(context, noisy, small, secondary, large, larger)
                        .sorted(SeriesHeadline.WORST_FIRST)
                        .toList())
                .containsExactly(larger, large, small, secondary, noisy, context);
    }

    @Test
    void a_name_of_a_thousand_characters_is_cut_in_the_sentence() {
        AnalyzedSeries one = series(
                Examples.key("Very".repeat(250), "time"), Role.PRIMARY, false, then(level(20, 100), level(20, 125)));

        assertThat(SeriesHeadline.of(List.of(one))).hasSizeLessThan(200).contains("…", "Details: plumb history");
    }

    @Test
    void what_a_check_has_detected_stands_until_the_history_confirms_it() {
        AnalyzedSeries one = series(then(level(30, 100), 130));

        assertThat(SeriesHeadline.of(called(one, Annotated.NONE, Map.of(COMMIT.formatted(30), "Jane"))))
                .isEqualTo("regression +30.0 % since commit c000001eaa by Jane, detected by a check: now 130 ms,"
                        + " before 100 ms, 1 run so far. Action needed, see below.");
        assertThat(SeriesHeadline.of(called(one, stated(Annotation.Kind.ACKNOWLEDGED, "known"), Map.of())))
                .startsWith("regression +30.0 % since commit c000001eaa, acknowledged by Ann: now 130 ms")
                .endsWith(" No action needed.");
        assertThat(SeriesHeadline.of(called(one, stated(Annotation.Kind.ACCEPTED, "stricter"), Map.of())))
                .isEqualTo("+30.0 % accepted with commit c000001eaa (Ann: stricter): now 130 ms, before 100 ms,"
                        + " 1 run so far. No action needed.");
        assertThat(SeriesHeadline.of(called(one, stated(Annotation.Kind.ACCEPTED, " "), Map.of())))
                .startsWith("+30.0 % accepted with commit c000001eaa (Ann): now");
    }

    @Test
    void a_size_of_the_newest_run_alone_is_told_from_that_of_all_runs_since() {
        AnalyzedSeries two = called(series(then(level(30, 100), 120, 113)), 2, Annotated.NONE, Map.of());
        AnalyzedSeries alike = called(series(then(level(30, 100), 113, 113)), 2, Annotated.NONE, Map.of());

        assertThat(SeriesHeadline.of(two))
                .isEqualTo("regression +13.0 % in the newest run, since commit c000001eaa, detected by a check: now"
                        + " 113 ms, before 100 ms, 2 runs so far, +16.5 % together. Action needed, see below.");
        assertThat(ShapeWords.called(two.analysis(), two.analysis().called().get(0)))
                .contains(": 100 → 113 ms, +13.0 % in the newest run; not accepted");
        assertThat(SeriesHeadline.of(alike))
                .startsWith("regression +13.0 % since commit c000001eaa, detected by a check: now 113 ms, before 100"
                        + " ms, 2 runs so far. ");
        assertThat(ShapeWords.called(alike.analysis(), alike.analysis().called().get(0)))
                .contains(": 100 → 113 ms, +13.0 %; not accepted");
    }

    @Test
    void a_false_alarm_is_no_regression_that_stands() {
        AnalyzedSeries one =
                called(series(then(level(30, 100), 130)), stated(Annotation.Kind.FALSE_ALARM, ""), Map.of());

        assertThat(SeriesHeadline.standing(one.analysis())).isEmpty();
        assertThat(SeriesHeadline.of(one)).doesNotContain("regression", "Action needed");
    }

    @Test
    void a_newest_run_that_failed_a_check_is_counted_by_benchmark_and_branch() {
        AnalyzedSeries time = series(Examples.key("Sort.quick", "time"), Role.PRIMARY, true, 100, 101, 130);
        AnalyzedSeries cpu = series(Examples.key("Sort.quick", "cpu"), Role.PRIMARY, true, 100, 101, 130);
        AnalyzedSeries other = series(Examples.key("it's", "time"), Role.PRIMARY, true, 100, 101, 130);

        assertThat(SeriesHeadline.of(time)).endsWith(" A check found the newest run worse: plumb explain Sort.quick");
        assertThat(SeriesHeadline.of(other)).endsWith(": plumb explain 'it'\\''s'");
        assertThat(SeriesHeadline.of(List.of(time, cpu)))
                .contains("main: 1 regression in the newest run; plumb explain Sort.quick");
        assertThat(SeriesHeadline.of(List.of(time, cpu, other))).contains("main: 2 regressions in the newest run");
    }

    @Test
    void context_metrics_are_shown_and_never_judged() {
        AnalyzedSeries judged = series(level(30, 24));
        List<AnalyzedSeries> all = new ArrayList<>(List.of(judged));
        for (String metric : List.of("gc.e", "gc.d", "gc.c", "gc.b", "gc.a")) {
            all.add(series(Examples.key("Sort.quick", metric), Role.CONTEXT, false, level(30, 24)));
        }

        assertThat(SeriesHeadline.of(all.get(1))).endsWith(" A context metric: no check judges it.");
        assertThat(SeriesHeadline.of(all.subList(1, 3))).isEqualTo("Only context metrics: no check judges them.");
        assertThat(SeriesHeadline.context(all.subList(0, 2), true))
                .contains("The last is a context metric (gc.e): shown, never judged.");
        assertThat(SeriesHeadline.context(all.subList(0, 3), false))
                .contains("2 are context metrics (gc.d, gc.e): shown, never judged.");
        assertThat(SeriesHeadline.context(all, true))
                .contains("The last 5 are context metrics (gc.a, gc.b, gc.c, gc.d, …): shown, never judged.");
        assertThat(SeriesHeadline.context(List.of(judged), true)).isEmpty();
        assertThat(SeriesHeadline.context(all.subList(1, 3), true)).isEmpty();
    }

    private static AnalyzedSeries unmeasured(int runs, Optional<String> environment) {
        AnalyzedSeries one = series(level(30, 24));
        return one.with(one.analysis()
                .with(new AnalysisWarning.Unmeasured(
                        Examples.run(31, "abcdef0123456789"), runs, environment, Optional.empty())));
    }

    @Test
    void what_the_newest_runs_did_not_measure_is_said_before_its_level() {
        assertThat(SeriesHeadline.of(unmeasured(1, Optional.empty())))
                .startsWith("not measured in the newest run, commit abcdef0123 on main (2026-12-02); before that stable"
                        + " at 24")
                .endsWith(" No action needed: checks do not expect it.");
        assertThat(SeriesHeadline.of(unmeasured(3, Optional.empty())))
                .startsWith("not measured in the newest 3 runs, since commit abcdef0123 on main (2026-12-02); before");
        assertThat(SeriesHeadline.of(unmeasured(1, Optional.of("new machine"))))
                .endsWith(" See plumb history Sort.quick --environment 'new machine'");
        assertThat(SeriesHeadline.of(List.of(unmeasured(1, Optional.of("lab")))))
                .isEqualTo("1 series is measured in environment lab since commit abcdef0123 on main (2026-12-02),"
                        + " which is not comparable.");
    }

    @Test
    void an_outlier_is_told_with_its_size_and_its_place() {
        double[] values = level(40, 24);
        values[25] = 33.6;

        assertThat(SeriesHeadline.of(series(values)))
                .contains(" One outlier: 33.6 ms (+40.0 %) with commit c0000019aa; later runs are normal.")
                .endsWith(" No action needed.");
    }
}
