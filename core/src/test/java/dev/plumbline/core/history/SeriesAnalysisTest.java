package dev.plumbline.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.shape.SeriesShape;
import dev.plumbline.core.stats.classic.EDivisive;
import dev.plumbline.core.stats.classic.OnlineCusum;
import dev.plumbline.core.stats.classic.Partition;
import dev.plumbline.core.stats.classic.WindowedEDivisive;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import dev.plumbline.core.stats.steps.Tier;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SeriesAnalysisTest {
    private static final ChangeMethod STEPS = new ChangeMethod.BySteps(StepScan.Settings.DEFAULT);

    static Stream<ChangeMethod> methods() {
        return Stream.of(
                STEPS,
                new ChangeMethod.ByEDivisive(EDivisive.Settings.DEFAULT),
                new ChangeMethod.ByWindowedEDivisive(WindowedEDivisive.Settings.DEFAULT),
                new ChangeMethod.ByPelt(Partition.Settings.DEFAULT),
                new ChangeMethod.ByOptimalPartitioning(Partition.Settings.DEFAULT),
                new ChangeMethod.ByOnlineCusum(OnlineCusum.Settings.DEFAULT));
    }

    private static SeriesAnalysis analysis(ChangeMethod method, Better better, double... values) {
        return SeriesAnalysis.of(
                new SeriesKey(Benchmark.of("sort"), "time", "box", "main"),
                Unit.of("ms"),
                better,
                Arrays.stream(values).boxed().toList(),
                Collections.nCopies(values.length, ""),
                SeriesShape.NO_DAYS,
                method);
    }

    private static double[] step(int count, int change, double before, double after) {
        SplittableRandom random = new SplittableRandom(77);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = (i < change ? before : after) * (1 + 0.01 * random.nextGaussian());
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void every_method_names_the_place_of_a_clear_step_behind_places_without_a_value(ChangeMethod method) {
        double[] values = step(90, 50, 100, 115);
        values[0] = Double.NaN;
        values[20] = Double.POSITIVE_INFINITY;
        values[60] = Double.NaN;

        SeriesAnalysis analysis = analysis(method, Better.LOWER, values);

        assertThat(analysis.confirmed()).extracting(SeriesChange::index).containsExactly(50);
        SeriesChange change = analysis.confirmed().get(0);
        assertThat(change.before()).isBetween(99.0, 101.0);
        assertThat(change.after()).isBetween(114.0, 116.0);
        assertThat(change.relativeChange()).isBetween(0.14, 0.16);
        assertThat(analysis.verdict()).isEqualTo(Verdict.Kind.REGRESSED);
        assertThat(analysis.warnings()).contains(new AnalysisWarning.Missing(3, 90));
        assertThat(analysis.current().orElseThrow().start()).isEqualTo(50);
        assertThat(analysis.current().orElseThrow().level()).isBetween(114.0, 116.0);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void a_method_tells_exactly_what_it_says_it_tells(ChangeMethod method) {
        SeriesChange change = analysis(method, Better.LOWER, step(90, 50, 100, 115))
                .confirmed()
                .get(0);

        assertThat(change.pValue().isPresent()).isNotEqualTo(method.notGiven().contains(ChangeMethod.Evidence.P_VALUE));
        assertThat(change.confidenceInterval().isPresent())
                .isNotEqualTo(method.notGiven().contains(ChangeMethod.Evidence.CONFIDENCE_INTERVAL));
        assertThat(change.positions().isPresent())
                .isNotEqualTo(method.notGiven().contains(ChangeMethod.Evidence.POSITION_INTERVAL));
        assertThat(change.detectedAt().isPresent()).isEqualTo(method.name() == ChangeMethod.Name.ONLINE_CUSUM);
        assertThat(method.settings()).isNotEmpty();
        assertThat(ChangeMethod.Name.of(method.name().text())).contains(method.name());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void the_other_direction_and_turned_metrics_are_told_apart(ChangeMethod method) {
        double[] values = step(90, 50, 115, 100);

        assertThat(analysis(method, Better.LOWER, values).verdict()).isEqualTo(Verdict.Kind.IMPROVED);
        assertThat(analysis(method, Better.HIGHER, values).verdict()).isEqualTo(Verdict.Kind.REGRESSED);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void nothing_is_claimed_of_few_values_and_nothing_is_not_a_number(ChangeMethod method) {
        for (double[] values : List.of(
                new double[0],
                new double[] {Double.NaN},
                new double[] {1},
                new double[] {1, 1},
                new double[] {1, 2},
                new double[] {0, 0, 0})) {
            SeriesAnalysis analysis = analysis(method, Better.LOWER, values);
            assertThat(analysis.verdict()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
            assertThat(analysis.warnings())
                    .containsAnyOf(new AnalysisWarning.TooFewToShow(), new AnalysisWarning.TooFewToTrust());
            assertThat(analysis.current().isPresent())
                    .isEqualTo(Arrays.stream(values).anyMatch(Double::isFinite));
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void constants_are_unchanged_at_every_magnitude(ChangeMethod method) {
        for (double level : new double[] {0, 5, -5, 1e-300, 1e300}) {
            double[] values = new double[40];
            Arrays.fill(values, level);
            SeriesAnalysis analysis = analysis(method, Better.LOWER, values);
            assertThat(analysis.changes()).as("level %s", level).isEmpty();
            assertThat(analysis.verdict()).isEqualTo(Verdict.Kind.UNCHANGED);
            assertThat(analysis.current().orElseThrow().level())
                    .isCloseTo(level, org.assertj.core.data.Offset.offset(Math.abs(level) * 1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void magnitudes_near_the_ends_of_doubles_change_no_place(ChangeMethod method) {
        double[] values = step(90, 50, 100, 115);
        for (double factor : new double[] {0x1p-1000, 0x1p1000}) {
            double[] scaled = Arrays.stream(values).map(value -> value * factor).toArray();
            assertThat(analysis(method, Better.LOWER, scaled).confirmed())
                    .extracting(SeriesChange::index)
                    .containsExactly(50);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void a_rise_out_of_zero_is_infinite_and_said_so(ChangeMethod method) {
        double[] values = new double[60];
        for (int i = 30; i < 60; i++) {
            values[i] = 5 + 0.01 * (i % 3);
        }

        SeriesAnalysis analysis = analysis(method, Better.LOWER, values);

        SeriesChange first = analysis.confirmed().get(0);
        assertThat(first.index()).isEqualTo(30);
        assertThat(first.relativeChange()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(analysis.warnings()).contains(new AnalysisWarning.FromZero());
    }

    @Test
    void steps_are_those_of_the_scan_with_all_it_says_of_them() {
        double[] values = step(90, 50, 100, 115);
        Steps steps = StepScan.analyze(values);
        Step step = steps.steps().get(0);

        SeriesChange change = analysis(STEPS, Better.LOWER, values).changes().get(0);

        assertThat(change.index()).isEqualTo(step.index());
        assertThat(change.confidenceInterval()).contains(new Interval(step.low(), step.high(), 0.95));
        assertThat(change.positions()).contains(new SeriesChange.Positions(step.firstIndex(), step.lastIndex()));
        assertThat(change.pValue()).hasValue(step.pValue());
        assertThat(change.tier()).isEqualTo(Tier.CONFIRMED);
        SeriesAnalysis.Current current =
                analysis(STEPS, Better.LOWER, values).current().orElseThrow();
        assertThat(current.relativeNoise())
                .hasValue(steps.regime().orElseThrow().relativeNoise());
        assertThat(current.autocorrelation())
                .hasValue(steps.regime().orElseThrow().autocorrelation());
    }

    @Test
    void a_suspect_comes_last_and_leaves_the_question_open() {
        SeriesAnalysis analysis = analysis(STEPS, Better.LOWER, step(60, 59, 100, 130));

        assertThat(analysis.suspect()).isPresent();
        assertThat(analysis.confirmed()).isEmpty();
        assertThat(analysis.changes()).hasSize(1);
        assertThat(analysis.verdict()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
    }

    @Test
    void a_suspect_that_leaves_a_part_of_a_regression_leaves_the_verdict() {
        double[] part = step(60, 40, 100, 150);
        part[59] = 130;
        double[] whole = step(60, 40, 100, 150);
        whole[59] = 100;

        SeriesAnalysis partly = analysis(STEPS, Better.LOWER, part);
        SeriesAnalysis back = analysis(STEPS, Better.LOWER, whole);

        assertThat(partly.suspect()).isPresent();
        assertThat(partly.verdict()).isEqualTo(Verdict.Kind.REGRESSED);
        assertThat(back.suspect()).isPresent();
        assertThat(back.verdict()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
    }

    @Test
    void a_change_of_the_spread_alone_is_neither_a_regression_nor_an_improvement() {
        double[] values = new double[80];
        for (int i = 0; i < values.length; i++) {
            int size = i < 40 ? 1 : 30;
            values[i] = 100 + (i % 2 == 0 ? size : -size);
        }

        SeriesAnalysis analysis =
                analysis(new ChangeMethod.ByEDivisive(EDivisive.Settings.DEFAULT), Better.LOWER, values);

        assertThat(analysis.confirmed()).extracting(SeriesChange::index).contains(40);
        assertThat(analysis.confirmed().get(0).relativeChange()).isZero();
        assertThat(analysis.verdict()).isEqualTo(Verdict.Kind.UNCHANGED);
    }

    @Test
    void settings_are_told_by_name() {
        assertThat(new ChangeMethod.ByEDivisive(new EDivisive.Settings(99, 0.01, 3, Long.MAX_VALUE)).settings())
                .isEqualTo(
                        Map.of("permutations", 99, "significance", 0.01, "minimumSegment", 3, "seed", Long.MAX_VALUE));
        assertThat(new ChangeMethod.ByPelt(new Partition.Settings(2.5, 4)).settings())
                .isEqualTo(Map.of("penalty", 2.5, "minimumSegment", 4))
                .isEqualTo(new ChangeMethod.ByOptimalPartitioning(new Partition.Settings(2.5, 4)).settings());
        assertThat(new ChangeMethod.ByWindowedEDivisive(
                                new WindowedEDivisive.Settings(30, 0.01, 0.05, WindowedEDivisive.Retest.NEIGHBOURS))
                        .settings())
                .isEqualTo(Map.of("window", 30, "significance", 0.01, "margin", 0.05));
        assertThat(new ChangeMethod.ByOnlineCusum(new OnlineCusum.Settings(0.05)).settings())
                .isEqualTo(Map.of("falseAlarms", 0.05));
        assertThat(new ChangeMethod.BySteps(new StepScan.Settings(0.03)).settings())
                .isEqualTo(Map.of("margin", 0.03));
    }

    @Test
    void an_unknown_name_is_no_method() {
        assertThat(ChangeMethod.Name.of("plet")).isEmpty();
        assertThat(ChangeMethod.Name.all())
                .startsWith("steps, e-divisive, windowed-e-divisive")
                .endsWith("online-cusum");
    }

    @Test
    void changes_that_cannot_be_are_refused() {
        assertThatThrownBy(() -> change(0, 0.1, OptionalDouble.empty(), OptionalInt.empty()))
                .hasMessageContaining("needs a value before it");
        assertThatThrownBy(() -> change(3, Double.NaN, OptionalDouble.empty(), OptionalInt.empty()))
                .hasMessageContaining("is a number");
        assertThatThrownBy(() -> change(3, 0.1, OptionalDouble.of(1.1), OptionalInt.empty()))
                .hasMessageContaining("not in [0, 1]");
        assertThatThrownBy(() -> change(3, 0.1, OptionalDouble.of(Double.NaN), OptionalInt.empty()))
                .hasMessageContaining("not in [0, 1]");
        assertThatThrownBy(() -> change(3, 0.1, OptionalDouble.empty(), OptionalInt.of(2)))
                .hasMessageContaining("already");
        assertThatThrownBy(() -> new SeriesChange.Positions(4, 3)).hasMessageContaining("out of order");
        assertThatThrownBy(() -> new SeriesChange.Positions(-1, 3)).hasMessageContaining("out of order");
        assertThat(change(3, 0.1, OptionalDouble.of(1), OptionalInt.of(3)).index())
                .isEqualTo(3);
        assertThat(change(1, 0.1, OptionalDouble.of(0), OptionalInt.empty()).pValue())
                .hasValue(0);
        assertThat(new SeriesChange.Positions(0, 0).last()).isZero();
    }

    @Test
    void a_change_behind_the_series_is_refused() {
        SeriesAnalysis analysis = analysis(STEPS, Better.LOWER, step(20, 20, 100, 100));

        assertThatThrownBy(() -> new SeriesAnalysis(
                        analysis.key(),
                        analysis.unit(),
                        analysis.better(),
                        analysis.values(),
                        analysis.revisions(),
                        analysis.method(),
                        List.of(change(20, 0.1, OptionalDouble.empty(), OptionalInt.empty())),
                        analysis.current(),
                        false,
                        List.of(),
                        analysis.shape(),
                        analysis.summary(),
                        List.of(),
                        Map.of(),
                        Map.of()))
                .hasMessageContaining("a change at 20 in a series of 20");
        assertThatThrownBy(() -> SeriesAnalysis.of(
                        analysis.key(),
                        analysis.unit(),
                        analysis.better(),
                        List.of(1.0),
                        List.of(),
                        new double[0],
                        STEPS))
                .hasMessageContaining("1 values with 0 revisions");
    }

    private static SeriesChange change(
            int index, double relativeChange, OptionalDouble pValue, OptionalInt detectedAt) {
        return new SeriesChange(
                index,
                1,
                2,
                relativeChange,
                Tier.CONFIRMED,
                Optional.empty(),
                Optional.empty(),
                pValue,
                Optional.empty(),
                detectedAt);
    }

    /** Six values a day for six weeks that are slower at weekends, and from a place on slower altogether. */
    private static SeriesAnalysis swinging(int place) {
        SplittableRandom random = new SplittableRandom(5);
        double[] days = new double[252];
        Double[] values = new Double[days.length];
        for (int i = 0; i < days.length; i++) {
            // the epoch was a Thursday
            days[i] = 20_000 + i / 6.0;
            boolean isWeekend = ((int) days[i] + 3) % 7 >= 5;
            values[i] = (isWeekend ? 104 : 96) * (i < place ? 1 : 1.06) * Math.exp(0.006 * random.nextGaussian());
        }
        return SeriesAnalysis.of(
                new SeriesKey(Benchmark.of("sort"), "time", "box", "main"),
                Unit.of("ms"),
                Better.LOWER,
                List.of(values),
                Collections.nCopies(values.length, ""),
                days,
                STEPS);
    }

    @Test
    void a_weekend_that_ends_has_improved_nothing() {
        SeriesAnalysis swing = swinging(252);
        SeriesAnalysis both = swinging(150);

        assertThat(swing.changes()).isEmpty();
        assertThat(swing.verdict()).isEqualTo(Verdict.Kind.UNCHANGED);
        assertThat(swing.warnings()).containsExactly(new AnalysisWarning.WithoutSwing());
        assertThat(both.changes()).singleElement().satisfies(change -> {
            assertThat(change.index()).isEqualTo(150);
            assertThat(change.relativeChange()).isCloseTo(0.06, within(0.005));
        });
        assertThat(both.verdict()).isEqualTo(Verdict.Kind.REGRESSED);
    }

    /** A value each midnight for eighty days on a wave of 10 %, and 5 % more from the fortieth on. */
    private static Double[] waving() {
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, 80)
                .mapToObj(i -> 100
                        * (1 + 0.1 * Math.sin(2 * Math.PI * i / 7))
                        * (i < 40 ? 1 : 1.05)
                        * (1 + 0.005 * random.nextGaussian()))
                .toArray(Double[]::new);
    }

    private static SeriesAnalysis weekly(Double[] values, double firstDay) {
        return SeriesAnalysis.of(
                new SeriesKey(Benchmark.of("sort"), "time", "box", "main"),
                Unit.of("ms"),
                Better.LOWER,
                List.of(values),
                Collections.nCopies(values.length, ""),
                IntStream.range(0, values.length).mapToDouble(i -> firstDay + i).toArray(),
                STEPS);
    }

    @Test
    void a_step_that_a_weekly_wave_hides_is_told_with_the_interval_of_the_noise() {
        for (int firstDay = 20_000; firstDay < 20_007; firstDay++) {
            SeriesAnalysis analysis = weekly(waving(), firstDay);

            assertThat(analysis.verdict()).isEqualTo(Verdict.Kind.REGRESSED);
            assertThat(analysis.changes()).singleElement().satisfies(change -> {
                assertThat(change.index()).isEqualTo(40);
                Interval interval = change.confidenceInterval().orElseThrow();
                assertThat(interval.contains(0.05)).isTrue();
                // 4 * 0.5 % * sqrt(2 / 40) is 0.45 %
                assertThat(interval.width()).isLessThan(0.01);
            });
            assertThat(analysis.current().orElseThrow().relativeNoise().orElseThrow())
                    .isLessThan(0.007);
        }
    }

    @Test
    void a_place_without_a_value_does_not_keep_the_swing_in() {
        Double[] values = waving();
        values[20] = Double.NaN;
        values[61] = Double.NaN;

        SeriesAnalysis analysis = weekly(values, 20_000);

        assertThat(analysis.changes()).extracting(SeriesChange::index).containsExactly(40);
    }
}
