package dev.plumbline.report.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedNumbersTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** Reads the text as the documentation of {@link PackedNumbers} says. */
    private static double[] unpacked(PackedNumbers packed) {
        List<Double> values = new ArrayList<>();
        long before = 0;
        long rest = 0;
        int shift = 0;
        for (char character : packed.text().toCharArray()) {
            if (character == '.') {
                values.add(Double.NaN);
                continue;
            }
            int code = ALPHABET.indexOf(character);
            rest |= (long) (code & 31) << shift;
            shift += 5;
            if (code < 32) {
                before += rest >>> 1 ^ -(rest & 1);
                values.add(before * packed.step());
                rest = 0;
                shift = 0;
            }
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Test
    void five_digits_of_the_typical_size_come_back() {
        Random random = new Random(7);
        for (double level : new double[] {1e-300, 3.3e-9, 0.07, 1, 812_345, 9.9e250}) {
            double[] values = random.doubles(300, 0.5 * level, 2 * level).toArray();
            double[] back = unpacked(PackedNumbers.of(values));

            for (int i = 0; i < values.length; i++) {
                assertThat(back[i])
                        .as("value %d of level %s, seed 7", i, level)
                        .isCloseTo(values[i], within(1e-4 * level));
            }
        }
    }

    @Test
    void a_spike_of_any_size_leaves_the_others_readable() {
        double[] back = unpacked(PackedNumbers.of(new double[] {1, 1.01, 1e9, 0.99, -1e9, 1}));

        assertThat(back).containsExactly(new double[] {1, 1.01, 1e9, 0.99, -1e9, 1}, within(1e-4));
    }

    @Test
    void what_is_not_finite_keeps_its_place() {
        double[] back = unpacked(PackedNumbers.of(new double[] {Double.NaN, 2, Double.POSITIVE_INFINITY, 3}));

        assertThat(back).hasSize(4);
        assertThat(back[0]).isNaN();
        assertThat(back[1]).isCloseTo(2, within(1e-3));
        assertThat(back[2]).isNaN();
        assertThat(back[3]).isCloseTo(3, within(1e-3));
    }

    @Test
    void nothing_zeros_and_the_largest_numbers_are_packed() {
        assertThat(unpacked(PackedNumbers.of(new double[0]))).isEmpty();
        assertThat(unpacked(PackedNumbers.of(new double[] {0, -0.0, 0}))).containsExactly(0, 0, 0);
        double[] extremes = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE};
        double[] back = unpacked(PackedNumbers.of(extremes));
        assertThat(back[0]).isCloseTo(Double.MAX_VALUE, within(1e304));
        assertThat(back[1]).isCloseTo(-Double.MAX_VALUE, within(1e304));
        assertThat(back[2]).isZero();
    }

    @Test
    void a_measurement_takes_three_characters_at_most() {
        Random random = new Random(3);
        double[] values = new double[300];
        Arrays.setAll(values, i -> 123.4 * (1 + 0.01 * random.nextGaussian()));

        assertThat(PackedNumbers.of(values).text()).hasSizeLessThan(900).matches("[A-Za-z0-9_.-]*");
    }
}
