package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.core.stats.GeneralizedEsd.Measure;
import dev.plumbline.core.stats.distribution.Normal;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GeneralizedEsdTest {
    /** The 54 values of Rosner (1983), also in the NIST/SEMATECH handbook, 1.3.5.17.3. */
    private static final double[] ROSNER = {
        -0.25, 0.68, 0.94, 1.15, 1.20, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56, 1.58, 1.65, 1.69, 1.70,
        1.76, 1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.10, 2.14, 2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.40,
        2.47, 2.54, 2.62, 2.64, 2.90, 2.92, 2.92, 2.93, 3.21, 3.26, 3.30, 3.59, 3.68, 4.30, 4.64, 5.34, 5.42, 6.01
    };

    @Test
    void finds_the_three_outliers_of_the_published_example() {
        GeneralizedEsd published = GeneralizedEsd.withDefaults()
                .with(Measure.CLASSIC)
                .withLevel(0.05)
                .withMostShare(10.0 / 54 + 1e-9);
        assertThat(published.find(ROSNER)).containsExactly(51, 52, 53);
    }

    @Test
    void agrees_with_removing_one_value_at_a_time() {
        SplittableRandom random = new SplittableRandom(81);
        for (int trial = 0; trial < 1_000; trial++) {
            double[] values = random.doubles(10 + random.nextInt(60))
                    .map(u -> Normal.upperQuantile(u))
                    .toArray();
            boolean whole = trial % 3 == 0;
            for (int i = 0; i < values.length; i++) {
                values[i] += random.nextInt(12) == 0 ? random.nextDouble(-12, 12) : 0;
                values[i] = whole ? Math.rint(4 * values[i]) : values[i];
            }
            for (Measure measure : Measure.values()) {
                int[] found = GeneralizedEsd.withDefaults().with(measure).find(values);
                double[] sizes = Arrays.stream(found)
                        .mapToDouble(i -> values[i])
                        .sorted()
                        .toArray();
                assertThat(sizes).containsExactly(literal(values, measure, 0.01, values.length / 10));
            }
        }
    }

    /** Rosner's procedure as written, by value: which of equal values goes does not matter. */
    private static double[] literal(double[] values, Measure measure, double level, int most) {
        List<Double> left = new ArrayList<>();
        Arrays.stream(values).sorted().forEach(left::add);
        List<Double> removed = new ArrayList<>();
        int outliers = 0;
        int n = values.length;
        for (int i = 1; i <= most; i++) {
            double[] now = left.stream().mapToDouble(Double::doubleValue).toArray();
            double centre = measure == Measure.ROBUST ? Location.median(now) : Location.mean(now);
            double unit = measure == Measure.ROBUST
                    ? Spread.MAD_TO_SIGMA * Spread.medianAbsoluteDeviation(now)
                    : Spread.standardDeviation(now);
            if (unit == 0) {
                break;
            }
            double below = centre - now[0];
            double above = now[now.length - 1] - centre;
            removed.add(left.remove(above >= below ? now.length - 1 : 0));
            double t = StudentT.upperQuantile(level / (2.0 * (n - i + 1)), n - i - 1.0);
            double critical = (n - i) * t / Math.sqrt((n - i - 1 + t * t) * (n - i + 1));
            if (Math.max(below, above) / unit > critical) {
                outliers = i;
            }
        }
        return removed.subList(0, outliers).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
    }

    @Test
    void finds_spikes_and_leaves_clean_values_alone() {
        SplittableRandom random = new SplittableRandom(82);
        double[] clean = random.doubles(10_000).map(Normal::upperQuantile).toArray();
        assertThat(GeneralizedEsd.withDefaults().find(clean)).hasSizeLessThanOrEqualTo(2);
        double[] spiky = clean.clone();
        int spikes = 0;
        int found = 0;
        for (int i = 0; i < spiky.length; i += 33) {
            spiky[i] = i % 2 == 0 ? 8 : -8;
            spikes++;
        }
        for (int index : GeneralizedEsd.withDefaults().find(spiky)) {
            found += index % 33 == 0 ? 1 : 0;
        }
        assertThat(found).isGreaterThan((int) (0.95 * spikes));
    }

    @Test
    void few_or_equal_values_have_no_outliers() {
        GeneralizedEsd test = GeneralizedEsd.withDefaults();
        assertThat(test.find(new double[0])).isEmpty();
        assertThat(test.find(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 99})).isEmpty();
        double[] mostlyEqual = new double[50];
        mostlyEqual[7] = 99;
        assertThat(test.find(mostlyEqual)).isEmpty();
        assertThat(test.with(Measure.CLASSIC).find(mostlyEqual)).containsExactly(7);
        assertThat(test.with(Measure.CLASSIC).find(new double[50])).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> test.find(new double[] {1, Double.POSITIVE_INFINITY}))
                .withMessageContaining("values[1]");
        assertThatIllegalArgumentException().isThrownBy(() -> test.withLevel(0));
        assertThatIllegalArgumentException().isThrownBy(() -> test.withMostShare(0.5));
    }
}
