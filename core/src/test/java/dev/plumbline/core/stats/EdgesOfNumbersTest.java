package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.stats.classic.EDivisive;
import dev.plumbline.core.stats.classic.OnlineCusum;
import dev.plumbline.core.stats.classic.OptimalPartitioning;
import dev.plumbline.core.stats.classic.Pelt;
import dev.plumbline.core.stats.classic.WindowedEDivisive;
import dev.plumbline.core.stats.distribution.Normal;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Arms;
import dev.plumbline.core.stats.sample.Histogram;
import dev.plumbline.core.stats.sample.HodgesLehmann;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import dev.plumbline.core.stats.steps.StepScan;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every statistic of this package makes of the edges of numbers: an answer without NaN, or an error that says what
 * is wrong. Numbers that are not finite are errors that name their place.
 */
class EdgesOfNumbersTest {
    private static final double[][] FINITE = {
        {5},
        {0},
        {5, 5},
        {1, 2},
        {0, 0, 0, 0, 0},
        {5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5},
        {-3, -2, -1, -2, -3, -1, -2, -2},
        {-1, 0, 1, -1, 0, 1, -1, 0, 1, 0},
        {0.0, -0.0, 0.0, -0.0, 0.0, -0.0},
        {1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2},
        {1e-300, 2e-300, 1.5e-300, 1e-300, 2e-300, 3e-300},
        {1e300, 2e300, 1.5e300, 1e300, 2e300, 3e300},
        {1e-300, 1e300, 1e-300, 1e300, 1e-300, 1e300},
        {-1e300, 1e300, -1e300, 1e300, 0, 1e-300},
        {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE},
        {Double.MIN_VALUE, Double.MIN_VALUE, 0, Double.MIN_VALUE, Double.MIN_VALUE},
        {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20},
    };

    private static Map<String, Function<double[], Object>> ofOneSample() {
        Map<String, Function<double[], Object>> all = new LinkedHashMap<>();
        all.put("mean", Location::mean);
        all.put("median", Location::median);
        all.put("quantile", values -> Location.quantile(values, 0.9));
        all.put("medianInterval", values -> Location.medianInterval(values, 0.95));
        all.put("standardDeviation", Spread::standardDeviation);
        all.put("medianAbsoluteDeviation", Spread::medianAbsoluteDeviation);
        all.put("winsorisedDeviation", Spread::winsorisedDeviation);
        all.put("predictionOfMean", values -> PredictionInterval.ofMean(values, 0.95));
        all.put("predictionOfMedian", values -> PredictionInterval.ofMedian(values, 0.95));
        all.put("mannKendall", MannKendall::test);
        all.put("theilSen", values -> TheilSen.of(values, 0.95));
        all.put("outliers", values -> GeneralizedEsd.withDefaults().find(values));
        all.put("histogram", values -> Histogram.of(values).quantile(0.5));
        all.put("histogramBelow", values -> {
            double below = Histogram.of(values).below(values[0]);
            return below == Double.NEGATIVE_INFINITY ? 0.0 : below;
        });
        return all;
    }

    private static Map<String, BiFunction<double[], double[], Object>> ofTwoSamples() {
        Map<String, BiFunction<double[], double[], Object>> all = new LinkedHashMap<>();
        all.put("shift", HodgesLehmann::shift);
        all.put("hodgesLehmann", (a, b) -> HodgesLehmann.of(a, b, 0.95));
        all.put("cliffsDelta", (a, b) -> CliffsDelta.of(a, b, 0.95));
        all.put("rankSum", (a, b) -> RankSum.withDefaults().test(a, b));
        all.put(
                "permutation",
                (a, b) -> Permutation.withDefaults().withDraws(99).test(a, b));
        all.put("welch", (a, b) -> Welch.withDefaults().test(a, b));
        all.put("moderatedT", (a, b) -> ModeratedT.withDefaults().test(Arms.ofForks(a, b)));
        return all;
    }

    private static Map<String, Function<double[], Object>> ofSeries() {
        Map<String, Function<double[], Object>> all = new LinkedHashMap<>();
        all.put("eDivisive", EDivisive::analyze);
        all.put("windowed", WindowedEDivisive::analyze);
        all.put("pelt", Pelt::partition);
        all.put("optimal", OptimalPartitioning::partition);
        all.put("cusum", values -> OnlineCusum.analyze(values, OnlineCusum.Settings.DEFAULT));
        return all;
    }

    static Stream<String> oneSample() {
        return ofOneSample().keySet().stream();
    }

    static Stream<String> twoSamples() {
        return ofTwoSamples().keySet().stream();
    }

    static Stream<String> series() {
        return ofSeries().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("oneSample")
    void a_statistic_of_one_sample_is_a_number_or_an_error_that_says_why(String name) {
        Function<double[], Object> statistic = ofOneSample().get(name);
        for (double[] values : FINITE) {
            sound(name + " of " + Arrays.toString(values), () -> statistic.apply(values.clone()));
        }
        if (name.equals("outliers")) {
            assertThat((int[]) statistic.apply(new double[0])).isEmpty();
        } else {
            refused(name, () -> statistic.apply(new double[0]), "");
        }
        refused(name, () -> statistic.apply(new double[] {1, Double.NaN, 3, 4, 5, 6, 7, 8, 9, 10}), "[1]");
        refused(name, () -> statistic.apply(new double[] {1, 2, Double.POSITIVE_INFINITY, 4, 5, 6, 7, 8}), "[2]");
        refused(name, () -> statistic.apply(new double[] {Double.NEGATIVE_INFINITY, 2, 3, 4, 5, 6, 7, 8}), "[0]");
    }

    @ParameterizedTest
    @MethodSource("twoSamples")
    void a_statistic_of_two_samples_is_a_number_or_an_error_that_says_why(String name) {
        BiFunction<double[], double[], Object> statistic = ofTwoSamples().get(name);
        for (double[] base : FINITE) {
            for (double[] candidate : FINITE) {
                sound(
                        name + " of " + Arrays.toString(base) + " and " + Arrays.toString(candidate),
                        () -> statistic.apply(base.clone(), candidate.clone()));
            }
        }
        double[] good = {1, 2, 3, 4, 5};
        double[] bad = {1, 2, Double.NaN, 4, 5};
        double[] endless = {1, 2, 3, Double.NEGATIVE_INFINITY, 5};
        refused(name, () -> statistic.apply(good.clone(), bad.clone()), "[2]");
        refused(name, () -> statistic.apply(bad.clone(), good.clone()), "[2]");
        refused(name, () -> statistic.apply(good.clone(), endless.clone()), "[3]");
        refused(name, () -> statistic.apply(new double[0], good.clone()), "");
        refused(name, () -> statistic.apply(good.clone(), new double[0]), "");
    }

    @ParameterizedTest
    @MethodSource("series")
    void a_search_for_changes_answers_every_finite_series_and_names_what_is_not_finite(String name) {
        Function<double[], Object> search = ofSeries().get(name);
        for (double[] values : FINITE) {
            sound(name + " of " + Arrays.toString(values), () -> search.apply(values.clone()));
        }
        sound(name + " of nothing", () -> search.apply(new double[0]));
        refused(name, () -> search.apply(new double[] {1, Double.NaN, 3, 4, 5, 6, 7, 8, 9, 10}), "values[1]");
        refused(name, () -> search.apply(new double[] {1, 2, Double.POSITIVE_INFINITY}), "values[2]");
    }

    @ParameterizedTest
    @MethodSource("series")
    void searches_and_statistics_leave_their_arguments_as_they_were(String name) {
        double[] values = {3, 1, 2, 9, 8, 9, 1, 2, 3, 8, 8, 9};
        double[] copy = values.clone();
        assertThat(ofSeries().get(name).apply(values)).isNotNull();
        ofOneSample().values().forEach(statistic -> assertThat(statistic.apply(values))
                .isNotNull());
        ofTwoSamples().values().forEach(statistic -> assertThat(statistic.apply(values, copy))
                .isNotNull());
        assertThat(values).containsExactly(3, 1, 2, 9, 8, 9, 1, 2, 3, 8, 8, 9);
        assertThat(copy).containsExactly(values);
    }

    @ParameterizedTest
    @MethodSource("numbersThatAreNot")
    void the_scan_for_steps_keeps_the_place_of_a_value_that_is_no_number_and_warns(double value) {
        double[] values = new double[40];
        Arrays.setAll(values, i -> i < 20 ? 10 + i % 2 : 20 + i % 2);
        values[5] = value;
        values[30] = value;
        var steps = StepScan.analyze(values);
        assertThat(steps.steps()).extracting(step -> step.index()).containsExactly(20);
        assertThat(steps.warnings()).contains(dev.plumbline.core.stats.steps.Steps.Warning.MISSING_VALUES);
        assertThat(steps.steps().get(0).relativeChange()).isBetween(0.8, 1.0);
    }

    static double[] numbersThatAreNot() {
        return new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    }

    private interface Call {
        Object get();
    }

    private static void sound(String what, Call call) {
        Object answer;
        try {
            answer = call.get();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).as(what).isNotBlank();
            return;
        }
        assertThat(nan(answer)).as("%s is %s", what, answer).isEmpty();
    }

    private static void refused(String what, Call call, String place) {
        try {
            Object answer = call.get();
            assertThat(answer).as("%s gives an answer", what).isNull();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).as(what).isNotBlank().contains(place);
        }
    }

    /** Where a NaN is inside an answer; empty when there is none. */
    private static Optional<String> nan(Object answer) {
        if (answer instanceof Double number) {
            return number.isNaN() ? Optional.of("itself") : Optional.empty();
        }
        if (answer instanceof OptionalDouble number) {
            return number.isPresent() ? nan(number.getAsDouble()) : Optional.empty();
        }
        if (answer instanceof Optional<?> inside) {
            return inside.flatMap(EdgesOfNumbersTest::nan);
        }
        if (answer instanceof Collection<?> elements) {
            return elements.stream()
                    .map(EdgesOfNumbersTest::nan)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (answer instanceof Record) {
            for (RecordComponent component : answer.getClass().getRecordComponents()) {
                try {
                    component.getAccessor().setAccessible(true);
                    Optional<String> inside = nan(component.getAccessor().invoke(answer));
                    if (inside.isPresent()) {
                        return Optional.of(component.getName());
                    }
                } catch (IllegalAccessException | InvocationTargetException e) {
                    throw new LinkageError(component.getName(), e);
                }
            }
        }
        return Optional.empty();
    }

    @Test
    void spreads_up_to_the_largest_number_are_those_of_the_values_made_smaller() {
        double[] small = {1, 3, -2, 5, 4, 0.5, -1, 2};
        double[] huge =
                Arrays.stream(small).map(value -> Math.scalb(value, 1020)).toArray();
        assertThat(Spread.standardDeviation(huge)).isEqualTo(Math.scalb(Spread.standardDeviation(small), 1020));
        assertThat(Spread.winsorisedDeviation(huge)).isEqualTo(Math.scalb(Spread.winsorisedDeviation(small), 1020));
        assertThat(Spread.medianAbsoluteDeviation(huge))
                .isEqualTo(Math.scalb(Spread.medianAbsoluteDeviation(small), 1020));
        assertThat(MannKendall.test(huge)).isEqualTo(MannKendall.test(small));
        // 2 MAX / sqrt 2 is more than any number
        assertThat(Spread.standardDeviation(new double[] {Double.MAX_VALUE, -Double.MAX_VALUE}))
                .isEqualTo(Double.MAX_VALUE);
    }

    @ParameterizedTest
    @MethodSource("probabilities")
    void distributions_answer_the_edges_of_their_arguments(List<Double> pair) {
        double z = pair.get(0);
        double degrees = pair.get(1);
        double normal = Normal.survival(z);
        double student = StudentT.survival(z, degrees);
        assertThat(normal).isBetween(0.0, 1.0);
        assertThat(student).isBetween(0.0, 1.0);
        assertThat(normal + Normal.cumulative(z)).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-12));
        // heavier tails than the normal distribution, on both sides
        if (z > 0) {
            assertThat(student).isGreaterThanOrEqualTo(normal * (1 - 1e-9));
        }
    }

    static Stream<List<Double>> probabilities() {
        double[] places = {0, -0.0, 1e-300, -1e-300, 1, -1, 40, -40, 1e300, -1e300};
        double[] degrees = {1, 2, 3.5, 30, 1e6};
        return Arrays.stream(places).boxed().flatMap(z -> Arrays.stream(degrees).mapToObj(d -> List.of(z, d)));
    }
}
