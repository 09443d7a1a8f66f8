package dev.plumbline.report.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Location;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlopeTest {
    /** Values around their level that rise from the first to the last, with noise. */
    private static double[] line(int size, double rise, double noise, long seed) {
        Random random = new Random(seed);
        double[] values = new double[size];
        Arrays.setAll(values, i -> rise * ((double) i / (size - 1) - 0.5) + noise * random.nextGaussian());
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 60, 200, 1000})
    void a_line_is_as_steep_as_its_ends_say(int size) {
        Slope slope = Slope.of(line(size, 0.2, 0.01, 7)).orElseThrow();

        assertThat(slope.rise()).isCloseTo(0.2, within(0.03));
        assertThat(slope.low()).isLessThan(slope.rise());
        assertThat(slope.high()).isGreaterThan(slope.rise());
        assertThat(slope.change()).as("from 0.9 to 1.1").isCloseTo(1.1 / 0.9 - 1, within(0.03));
        assertThat(slope.end() / slope.begin() - 1).isCloseTo(slope.change(), within(1e-12));
    }

    @Test
    void falling_is_the_same_the_other_way_round() {
        double[] values = line(50, 0.1, 0.01, 3);
        Slope up = Slope.of(values).orElseThrow();
        double middle = Location.median(values);
        double[] mirrored =
                Arrays.stream(values).map(value -> 2 * middle - value).toArray();
        Slope down = Slope.of(mirrored).orElseThrow();

        assertThat(down.rise()).isCloseTo(-up.rise(), within(1e-12));
        assertThat(down.low()).isCloseTo(-up.high(), within(1e-12));
        assertThat(down.change()).isNegative();
    }

    @Test
    void a_line_beside_its_level_begins_and_ends_where_its_values_do() {
        // the level is that of a long time before, too: 100, and values from 100 to 120
        double[] values = Arrays.stream(line(100, 0.2, 0.005, 5))
                .map(value -> value + 0.1)
                .toArray();

        Slope slope = Slope.of(values).orElseThrow();

        assertThat(slope.middle()).isCloseTo(1.1, within(0.01));
        assertThat(slope.begin()).isCloseTo(1, within(0.01));
        assertThat(slope.end()).isCloseTo(1.2, within(0.01));
        assertThat(slope.change()).isCloseTo(0.2, within(0.02));
    }

    @Test
    void noise_is_no_line_but_once_in_a_thousand() {
        int found = 0;
        for (long seed = 0; seed < 2000; seed++) {
            found += Slope.of(line(40, 0, 0.05, seed)).isPresent() ? 1 : 0;
        }
        assertThat(found).isBetween(0, 8); // P(more than 8 of 2,000) is 0.0002 where each has 0.001
    }

    @Test
    void a_step_that_is_too_small_to_be_found_is_no_line() {
        for (long seed = 0; seed < 200; seed++) {
            double[] values = line(80, 0, 0.05, seed);
            for (int i = 40; i < 80; i++) {
                values[i] += 0.05;
            }
            assertThat(Slope.of(values)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void few_values_and_equal_values_are_no_line() {
        assertThat(Slope.of(line(19, 0.5, 0.001, 1))).isEmpty();
        assertThat(Slope.of(new double[40])).isEmpty();
        assertThat(Slope.of(new double[0])).isEmpty();
    }

    @Test
    void a_line_comes_on_top_of_steps() {
        Slope slope = new Slope(1, 0.1, 0.08, 0.12);

        assertThat(slope.with(0)).isCloseTo(slope.change(), within(1e-15));
        assertThat(slope.with(0.2)).isCloseTo(1.2 * (1.05 / 0.95) - 1, within(1e-12));
        Interval interval = slope.with(new Interval(0.19, 0.21, 0.95));
        assertThat(interval.low()).isCloseTo(1.19 * (1.04 / 0.96) - 1, within(1e-12));
        assertThat(interval.high()).isCloseTo(1.21 * (1.06 / 0.94) - 1, within(1e-12));
    }
}
