package dev.plumbline.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Sample;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleCodecTest {
    private static Sample.Values single(double... values) {
        return Sample.Values.of(Sample.Center.MEAN, values);
    }

    /** Samples compare doubles by their bits: 0.0 and -0.0 differ. */
    private static void assertRoundTrip(Sample sample) {
        assertThat(SampleCodec.decode(SampleCodec.encode(sample))).isEqualTo(sample);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0.0,
                -0.0,
                1,
                -1,
                0.1,
                1e-300,
                Double.MIN_VALUE,
                -Double.MIN_VALUE,
                Double.MIN_NORMAL,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                0x1p53,
                0x1p53 + 2,
                0x1p63,
                -0x1p63,
                0x1p53 - 1,
                123456789.12345679,
                1e22,
                0x1.fffffffffffffp76
            })
    void keeps_every_bit_of_a_number(double value) {
        double neighbour = value > 0 ? Math.nextDown(value) : Math.nextUp(value);
        assertThat(SampleCodec.decode(SampleCodec.encode(single(value)))).isNotEqualTo(single(neighbour));
        assertRoundTrip(single(value));
        assertRoundTrip(single(value, 1.5, value, -2, value));
        assertRoundTrip(single(1.5, value));
        assertRoundTrip(Sample.Summary.of(value));
    }

    @Test
    void keeps_groups_and_their_order() {
        assertRoundTrip(Sample.Values.of(
                Sample.Center.MEDIAN, List.of(new double[] {3, 1, 2}, new double[] {7}, new double[] {1e-3, 5})));
        assertThat(SampleCodec.decode(SampleCodec.encode(Sample.Values.of(Sample.Center.MEDIAN, 1, 2))))
                .isNotEqualTo(Sample.Values.of(Sample.Center.MEAN, 1, 2));
    }

    @Test
    void keeps_what_a_summary_says_and_what_it_does_not_say() {
        for (OptionalDouble deviation : List.of(OptionalDouble.empty(), OptionalDouble.of(0), OptionalDouble.of(0.7))) {
            for (Optional<Interval> interval : List.of(
                    Optional.<Interval>empty(),
                    Optional.of(new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0.999)))) {
                TreeMap<Double, Double> quantiles = new TreeMap<>();
                for (long count : new long[] {0, 1, 127, 128, Long.MAX_VALUE}) {
                    assertRoundTrip(new Sample.Summary(1.25, count, deviation, interval, quantiles));
                    quantiles.put(count % 101 / 100.0, count * 1.1);
                }
            }
        }
    }

    @Test
    void keeps_histograms() {
        assertRoundTrip(Sample.Histogram.of(List.of(
                new Sample.Histogram.Bins(new double[] {-5, 0.25, 1e9}, new long[] {1, Long.MAX_VALUE / 2, 128}),
                new Sample.Histogram.Bins(new double[] {Math.PI}, new long[] {3}))));
    }

    @Test
    void keeps_random_samples_of_all_sorts() {
        for (int seed = 0; seed < 2_000; seed++) {
            assertRoundTrip(random(new SplittableRandom(seed)));
        }
    }

    private static Sample random(SplittableRandom random) {
        int way = random.nextInt(5);
        List<double[]> groups = new ArrayList<>();
        int groupCount = random.nextInt(1, 6);
        for (int i = 0; i < groupCount; i++) {
            double[] values = new double[random.nextInt(1, 30)];
            for (int j = 0; j < values.length; j++) {
                values[j] = number(random, way);
            }
            groups.add(values);
        }
        return Sample.Values.of(random.nextBoolean() ? Sample.Center.MEAN : Sample.Center.MEDIAN, groups);
    }

    private static double number(SplittableRandom random, int way) {
        return switch (way) {
            case 0 -> random.nextInt(-1000, 1000) / 1000.0;
            case 1 -> random.nextLong(1L << 55);
            case 2 -> random.nextDouble(99, 101);
            case 3 -> random.nextInt(100) * 1e-18;
            default -> {
                double any = Double.longBitsToDouble(random.nextLong());
                yield Double.isFinite(any) ? any : -0.0;
            }
        };
    }

    @Test
    void decimal_values_take_few_bytes() {
        double[] values = new SplittableRandom(1)
                .doubles(25, 100, 110)
                .map(v -> Math.rint(v * 1000) / 1000)
                .toArray();

        // two bytes for each value and up to six for the rest; plainly it would be 200
        assertThat(SampleCodec.encode(single(values))).hasSizeLessThan(2 * 25 + 25);
    }

    @Test
    void values_with_all_digits_take_no_more_than_plain_ones() {
        double[] values = new SplittableRandom(1).doubles(25, 100, 110).toArray();
        double[] anything = new SplittableRandom(2)
                .longs(25)
                .mapToDouble(Double::longBitsToDouble)
                .map(value -> Double.isFinite(value) ? value : 1)
                .toArray();

        assertThat(SampleCodec.encode(single(values))).hasSizeLessThan(8 * 25);
        assertThat(SampleCodec.encode(single(anything))).hasSizeLessThanOrEqualTo(8 * 25 + 6);
    }

    @Test
    void the_bytes_of_version_one_are_read_for_ever() {
        byte[] decimal = {1, 1, 2, 2, 1, 1, 30, 1, 4}; // groups of 2 and 1 values with one decimal: 15, 14, 16
        assertThat(SampleCodec.decode(decimal))
                .isEqualTo(Sample.Values.of(Sample.Center.MEAN, List.of(new double[] {1.5, 1.4}, new double[] {1.6})));
        byte[] difference = {1, 2, 1, 2, 21, 0x26, (byte) 0xF0, 0x3F, 0}; // 1.0 (bits 3FF0…), and the same again
        assertThat(SampleCodec.decode(difference)).isEqualTo(Sample.Values.of(Sample.Center.MEDIAN, 1, 1));
        byte[] plain = {1, 4, 0, 0, 0, 20, 0x40, 0, 0, 0, 0, 0, 0, 0}; // a summary that says 2.0
        assertThat(SampleCodec.decode(plain)).isEqualTo(Sample.Summary.of(2));
    }

    @Test
    void a_later_version_is_refused() {
        byte[] bytes = SampleCodec.encode(single(1, 2, 3));
        bytes[0] = 2;

        assertThatThrownBy(() -> SampleCodec.decode(bytes))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void bytes_cut_off_or_too_many_are_refused() {
        byte[] bytes = SampleCodec.encode(
                Sample.Values.of(Sample.Center.MEAN, List.of(new double[] {1.5, Math.PI}, new double[] {-7})));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> SampleCodec.decode(cut)).isInstanceOf(StoreException.class);
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> SampleCodec.decode(longer)).isInstanceOf(StoreException.class);
    }

    @Test
    void damaged_bytes_give_a_sample_or_a_store_exception() {
        byte[] intact = SampleCodec.encode(random(new SplittableRandom(3)));
        int refused = 0;
        for (int seed = 0; seed < 5_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = intact.clone();
            for (int i = 0; i < 3; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(SampleCodec.decode(bytes).groupCount()).isPositive();
            } catch (StoreException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
