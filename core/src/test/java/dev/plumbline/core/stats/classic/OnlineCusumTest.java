package dev.plumbline.core.stats.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OnlineCusumTest {
    private static double[] normal(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }

    private static double[] stepped(int count, int change, double size, long seed) {
        double[] values = normal(count, seed);
        for (int i = change; i < count; i++) {
            values[i] += size;
        }
        return values;
    }

    private static List<Integer> indices(OnlineCusum.Alarms alarms) {
        return alarms.alarms().stream().map(OnlineCusum.Alarm::index).toList();
    }

    /** The definition: after every value, every split since the last change is tried. */
    private static List<OnlineCusum.Alarm> literal(double[] values, double deviation, double threshold) {
        List<OnlineCusum.Alarm> alarms = new ArrayList<>();
        int start = 0;
        int seen = 0;
        int end = 1;
        while (end <= values.length) {
            double largest = 0;
            int split = -1;
            for (int c = start + 1; c < end; c++) {
                double left = Arrays.stream(values, start, c).average().orElseThrow();
                double right = Arrays.stream(values, c, end).average().orElseThrow();
                double weight = (double) (c - start) * (end - c) / (end - start);
                double statistic = weight * (right - left) * (right - left) / (deviation * deviation);
                if (statistic > largest) {
                    largest = statistic;
                    split = c;
                }
            }
            seen = Math.max(seen, end - 1);
            if (largest >= threshold) {
                alarms.add(new OnlineCusum.Alarm(split, seen, largest));
                start = split;
                end = split + 1;
            } else {
                end++;
            }
        }
        return alarms;
    }

    @Test
    void alarms_as_the_definition_does_on_many_series() {
        for (long seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(900 + seed);
            double[] values = normal(120, seed);
            double level = 0;
            for (int i = 0; i < values.length; i++) {
                level += random.nextInt(30) == 0 ? 6 * random.nextGaussian() : 0;
                values[i] += level;
            }

            OnlineCusum.Alarms found = OnlineCusum.analyze(values, OnlineCusum.Settings.DEFAULT);
            List<OnlineCusum.Alarm> expected = literal(values, found.deviation(), found.threshold());

            assertThat(indices(found))
                    .as("seed %d", seed)
                    .isEqualTo(expected.stream().map(OnlineCusum.Alarm::index).toList());
            for (int i = 0; i < expected.size(); i++) {
                assertThat(found.alarms().get(i).detectedAt())
                        .isEqualTo(expected.get(i).detectedAt());
                assertThat(found.alarms().get(i).statistic())
                        .isCloseTo(expected.get(i).statistic(), org.assertj.core.data.Offset.offset(1e-6));
            }
        }
    }

    @Test
    void what_is_found_in_the_beginning_does_not_depend_on_the_rest_but_through_noise_and_length() {
        // the sign of the later noise decides nothing, and the length stays the same
        double[] values = stepped(200, 60, 8, 5);
        double[] other = values.clone();
        for (int i = 120; i < 200; i++) {
            other[i] = values[319 - i];
        }

        OnlineCusum.Alarm first = OnlineCusum.analyze(values, OnlineCusum.Settings.DEFAULT)
                .alarms()
                .get(0);
        OnlineCusum.Alarm again = OnlineCusum.analyze(other, OnlineCusum.Settings.DEFAULT)
                .alarms()
                .get(0);

        assertThat(first.index()).isEqualTo(60).isEqualTo(again.index());
        assertThat(first.detectedAt()).isLessThan(70);
    }

    @Test
    void healthy_series_alarm_about_as_often_as_asked_for() {
        int alarmed = 0;
        int series = 2000;
        for (int seed = 0; seed < series; seed++) {
            alarmed += OnlineCusum.analyze(normal(200, 50_000 + seed), new OnlineCusum.Settings(0.05))
                            .alarms()
                            .isEmpty()
                    ? 0
                    : 1;
        }

        // 5 %, and somewhat more as the noise is estimated from the series
        assertThat(alarmed / (double) series).isBetween(0.04, 0.09);
    }

    @Test
    void scaling_by_a_power_of_two_and_turning_upside_down_change_no_index() {
        double[] values = stepped(150, 90, 5, 8);
        List<Integer> indices = indices(OnlineCusum.analyze(values, OnlineCusum.Settings.DEFAULT));

        assertThat(indices).contains(90);
        for (double factor : new double[] {0x1p-900, 0x1p900, -1}) {
            double[] scaled = Arrays.stream(values).map(value -> value * factor).toArray();
            assertThat(indices(OnlineCusum.analyze(scaled, OnlineCusum.Settings.DEFAULT)))
                    .as("times %s", factor)
                    .isEqualTo(indices);
        }
    }

    @Test
    void nothing_alarms_without_values_or_without_scatter() {
        for (double[] values : List.of(new double[0], new double[] {3}, new double[] {3, 3}, new double[50])) {
            OnlineCusum.Alarms found = OnlineCusum.analyze(values, OnlineCusum.Settings.DEFAULT);
            assertThat(found.alarms()).isEmpty();
            assertThat(found.size()).isEqualTo(values.length);
            assertThat(found.deviation()).isZero();
        }
    }

    @Test
    void a_value_that_is_no_number_is_named() {
        assertThatThrownBy(() -> OnlineCusum.analyze(
                        new double[] {1, 2, Double.NaN, Double.POSITIVE_INFINITY}, OnlineCusum.Settings.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("values[2] is NaN");
    }

    @Test
    void rates_without_a_known_threshold_are_refused() {
        for (double rate : new double[] {0.009, 0.11, 0, -1, Double.NaN}) {
            assertThatThrownBy(() -> new OnlineCusum.Settings(rate))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 % to 10 %");
        }
        assertThat(new OnlineCusum.Settings(0.01).falseAlarms()).isEqualTo(0.01);
        assertThat(new OnlineCusum.Settings(0.1).falseAlarms()).isEqualTo(0.1);
    }

    @Test
    void an_alarm_does_not_come_before_its_change() {
        assertThatThrownBy(() -> new OnlineCusum.Alarm(5, 4, 20)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OnlineCusum.Alarm(0, 4, 20)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new OnlineCusum.Alarm(4, 4, 20).index()).isEqualTo(4);
    }

    @Test
    void the_threshold_of_short_series_is_that_of_a_hundred_values() {
        double shortest = FunctionalCusum.threshold(FunctionalCusum.Baseline.ESTIMATED, 100, 0.05);

        assertThat(OnlineCusum.analyze(normal(20, 1), new OnlineCusum.Settings(0.05))
                        .threshold())
                .isEqualTo(shortest);
        assertThat(OnlineCusum.analyze(normal(400, 1), new OnlineCusum.Settings(0.05))
                        .threshold())
                .isGreaterThan(shortest);
    }
}
