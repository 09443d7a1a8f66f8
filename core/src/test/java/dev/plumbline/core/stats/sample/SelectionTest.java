package dev.plumbline.core.stats.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
    @Test
    void selects_what_sorting_finds_and_moves_smaller_values_before_it() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 2000; trial++) {
            int n = 1 + random.nextInt(90);
            int distinct = 1 + random.nextInt(trial % 2 == 0 ? 5 : 1000);
            double[] values = new double[n + 3];
            Arrays.fill(values, -1e9);
            for (int i = 0; i < n; i++) {
                values[i] = random.nextInt(distinct);
            }
            double[] sorted = Arrays.copyOf(values, n);
            Arrays.sort(sorted);
            int rank = random.nextInt(n);

            assertThat(Selection.select(values, n, rank)).isEqualTo(sorted[rank]);

            assertThat(values[rank]).isEqualTo(sorted[rank]);
            for (int i = 0; i < n; i++) {
                assertThat(i < rank ? values[i] <= sorted[rank] : values[i] >= sorted[rank])
                        .isTrue();
            }
            assertThat(values[n]).isEqualTo(-1e9);
        }
    }

    @Test
    void two_million_values_take_no_time_to_speak_of_in_any_order() {
        int n = 2_000_000;
        double[] rising = new double[n];
        Arrays.setAll(rising, i -> i);
        double[] falling = new double[n];
        Arrays.setAll(falling, i -> n - 1 - i);
        double[] drawn =
                new SplittableRandom(2).doubles(n).map(x -> Math.rint(x * n)).toArray();
        double[] sorted = drawn.clone();
        Arrays.sort(sorted);

        assertThat(Selection.select(rising, n, 500_000)).isEqualTo(500_000);
        assertThat(Selection.select(falling, n, 500_000)).isEqualTo(500_000);
        assertThat(Selection.select(drawn, n, 1_234_567)).isEqualTo(sorted[1_234_567]);
    }

    @Test
    void values_whose_middle_is_next_to_the_least_or_the_largest_take_no_longer() {
        double[] leastInTheMiddle = leastInTheMiddle(300_001);
        double[] largestInTheMiddle = new double[leastInTheMiddle.length];
        Arrays.setAll(largestInTheMiddle, i -> -leastInTheMiddle[leastInTheMiddle.length - 1 - i]);

        assertThat(Selection.select(leastInTheMiddle, leastInTheMiddle.length, 220_000))
                .isEqualTo(220_000);
        assertThat(Selection.select(largestInTheMiddle, largestInTheMiddle.length, 80_000))
                .isEqualTo(-220_000);
    }

    /** The numbers from 0 on, so that taking the middle of all that is left for the pivot leaves out two at a time. */
    private static double[] leastInTheMiddle(int odd) {
        double[] values = new double[odd];
        Arrays.fill(values, -1);
        values[odd - 1] = odd - 1;
        int next = 0;
        int middle = (odd - 1) / 2;
        for (int behind = odd - 2; middle < behind; middle++, behind--) {
            values[behind] = next++;
            values[middle] = next++;
        }
        int[] others = IntStream.range(next, odd - 1).toArray();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = others.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = others[i];
            others[i] = others[j];
            others[j] = other;
        }
        int used = 0;
        for (int i = 0; i < odd; i++) {
            if (values[i] < 0) {
                values[i] = others[used++];
            }
        }
        return values;
    }

    @Test
    void median_is_the_middle_or_the_mean_of_the_middle_two() {
        assertThat(Selection.median(new double[] {7}, 1)).isEqualTo(7);
        assertThat(Selection.median(new double[] {7, 1}, 2)).isEqualTo(4);
        assertThat(Selection.median(new double[] {9, 1, 5}, 3)).isEqualTo(5);
        assertThat(Selection.median(new double[] {9, 1, 5, 6, -100}, 4)).isEqualTo(5.5);
        double[] many = new double[101];
        for (int i = 0; i < 101; i++) {
            many[i] = i * 37 % 101;
        }
        assertThat(Selection.median(many, 101)).isEqualTo(50);
        double[] even = new double[100];
        for (int i = 0; i < 100; i++) {
            even[i] = i * 37 % 100;
        }
        assertThat(Selection.median(even, 100)).isEqualTo(49.5);
    }

    @Test
    void the_median_of_the_largest_and_least_values_neither_overflows_nor_vanishes() {
        assertThat(Selection.median(new double[] {Double.MIN_VALUE, Double.MIN_VALUE}, 2))
                .isEqualTo(Double.MIN_VALUE);
        assertThat(Selection.median(new double[] {Double.MAX_VALUE, Double.MAX_VALUE}, 2))
                .isEqualTo(Double.MAX_VALUE);
    }
}
