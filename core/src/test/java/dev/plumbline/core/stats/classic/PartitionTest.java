package dev.plumbline.core.stats.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTest {
    @ParameterizedTest
    @CsvSource({
        // the recursion F[t] = min F[i] + ((x[i:t] - x[i:t].mean())**2).sum() + c*np.log(n)*s**2 in NumPy
        "3, 1, 30 90, 121.81297048045005",
        "1, 10, 30 90, 102.66300350932187",
        "0.5, 1, 30 42 60 62 86 90, 87.86506421381206"
    })
    void finds_the_optimum_of_whole_numbers(double penalty, int minimum, String indices, double cost) {
        Partition partition = Pelt.partition(Draws.fourLevels(), new Partition.Settings(penalty, minimum));

        assertThat(partition.indices())
                .isEqualTo(
                        Arrays.stream(indices.split(" ")).map(Integer::valueOf).toList());
        assertThat(partition.cost()).isCloseTo(cost, within(1e-9));
        // 1.482602218505602*np.median(np.abs(d - np.median(d)))/np.sqrt(2), d = np.diff(x)
        assertThat(partition.deviation()).isCloseTo(5806.855419009211, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void pruning_changes_nothing_to_the_bit(int kind) {
        Random random = new Random(300 + kind);
        int changes = 0;
        for (int repetition = 0; repetition < 400; repetition++) {
            double[] values = Draws.series(random, kind, random.nextInt(120));
            Partition.Settings settings = new Partition.Settings(4 * random.nextDouble(), 1 + random.nextInt(6));

            Partition pruned = Pelt.partition(values, settings);

            assertThat(pruned).isEqualTo(OptimalPartitioning.partition(values, settings));
            changes += pruned.indices().size();
        }
        assertThat(changes).isGreaterThan(200);
    }

    @Test
    void pruning_changes_nothing_on_long_series() {
        Random random = new Random(310);
        for (int kind = 0; kind < 6; kind++) {
            double[] values = Draws.series(random, kind, 1500);

            assertThat(Pelt.partition(values)).isEqualTo(OptimalPartitioning.partition(values));
        }
    }

    @Test
    void no_other_partition_costs_less() {
        Random random = new Random(320);
        for (int repetition = 0; repetition < 300; repetition++) {
            double[] values = Draws.series(random, repetition, 4 + random.nextInt(7));
            Partition.Settings settings = new Partition.Settings(2 * random.nextDouble(), 1 + repetition % 3);
            Partition partition = OptimalPartitioning.partition(values, settings);
            if (partition.deviation() == 0 || values.length < 2 * settings.minimumSegment()) {
                assertThat(partition.indices()).isEmpty();
                continue;
            }

            double least = Double.POSITIVE_INFINITY;
            for (int mask = 0; mask < 1 << (values.length - 1); mask++) {
                least = Math.min(least, cost(values, indices(mask, values.length), settings, partition.deviation()));
            }
            double own = cost(values, partition.indices(), settings, partition.deviation());
            assertThat(own).isCloseTo(least, within(1e-9 * least + 1e-9));
            assertThat(partition.cost()).isCloseTo(own, within(1e-6 * own + 1e-6));
        }
    }

    private static List<Integer> indices(int mask, int length) {
        List<Integer> indices = new ArrayList<>();
        for (int i = 1; i < length; i++) {
            if ((mask >> (i - 1) & 1) == 1) {
                indices.add(i);
            }
        }
        return indices;
    }

    /** The definition; infinite when a segment is too short. */
    private static double cost(double[] values, List<Integer> indices, Partition.Settings settings, double deviation) {
        double cost = settings.penalty() * Math.log(values.length) * indices.size();
        for (int i = 0; i <= indices.size(); i++) {
            int from = i == 0 ? 0 : indices.get(i - 1);
            int to = i == indices.size() ? values.length : indices.get(i);
            if (to - from < settings.minimumSegment()) {
                return Double.POSITIVE_INFINITY;
            }
            double mean = Arrays.stream(values, from, to).average().orElseThrow();
            for (int j = from; j < to; j++) {
                cost += (values[j] - mean) * (values[j] - mean) / (deviation * deviation);
            }
        }
        return cost;
    }

    @Test
    void reversed_time_mirrors_the_changes() {
        Random random = new Random(330);
        for (int repetition = 0; repetition < 100; repetition++) {
            double[] values = Draws.series(random, 5, 80);

            Partition backward = Pelt.partition(Draws.reversed(values));

            List<Integer> mirrored =
                    backward.indices().stream().map(i -> 80 - i).sorted().toList();
            assertThat(mirrored).isEqualTo(Pelt.partition(values).indices());
        }
    }

    @Test
    void sign_and_scale_change_nothing_but_the_unit() {
        Random random = new Random(340);
        for (int repetition = 0; repetition < 100; repetition++) {
            double[] values = Draws.series(random, repetition % 2 == 0 ? 5 : 2, 80);
            Partition partition = Pelt.partition(values);

            assertThat(Pelt.partition(Draws.linear(values, -1, 0)).indices()).isEqualTo(partition.indices());
            assertThat(Pelt.partition(Draws.linear(values, 3, 0)).indices()).isEqualTo(partition.indices());
            Partition large = Pelt.partition(Draws.linear(values, 0x1p990, 0));
            assertThat(large.indices()).isEqualTo(partition.indices());
            assertThat(large.cost()).isEqualTo(partition.cost());
            assertThat(large.deviation()).isEqualTo(Math.scalb(partition.deviation(), 990));
            assertThat(Pelt.partition(Draws.linear(values, 0x1p-900, 0)).cost()).isEqualTo(partition.cost());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 60})
    void constant_series_have_no_changes(int length) {
        double[] values = new double[length];
        Arrays.fill(values, 0.1);

        assertThat(Pelt.partition(values)).isEqualTo(new Partition(length, List.of(), 0, 0));
        assertThat(OptimalPartitioning.partition(values)).isEqualTo(new Partition(length, List.of(), 0, 0));
    }

    @Test
    void a_step_without_noise_is_found() {
        double[] values = new double[60];
        Arrays.fill(values, 23, 60, 1e300);

        Partition partition = Pelt.partition(values);

        assertThat(partition.indices()).containsExactly(23);
        // sqrt(1/59/2) steps
        assertThat(partition.deviation()).isCloseTo(Math.sqrt(1 / 118.0) * 1e300, within(1e286));
    }

    @Test
    void noise_far_below_the_largest_number_is_a_number() {
        double[] values = {1e-250, 2e-250, 4e-250, 3e-250, 1e300, 2e-250, 1e-250, 2e-250};

        Partition partition = Pelt.partition(values);

        assertThat(partition.cost()).isFinite();
        assertThat(partition.deviation()).isFinite().isPositive();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void rejects_a_value_that_is_not_finite_with_its_index(double bad) {
        double[] values = {1, 2, 3, bad};

        assertThatThrownBy(() -> Pelt.partition(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("values[3] is " + bad + ", not a finite number");
        assertThatThrownBy(() -> OptimalPartitioning.partition(values)).hasMessageContaining("values[3]");
    }

    @Test
    void rejects_settings_out_of_range() {
        assertThatThrownBy(() -> new Partition.Settings(-1, 1)).hasMessageContaining("-1.0");
        assertThatThrownBy(() -> new Partition.Settings(Double.NaN, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Partition.Settings(Double.POSITIVE_INFINITY, 1))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> new Partition.Settings(1, 0)).hasMessageContaining("not 0");
        assertThatThrownBy(() -> new Partition(3, List.of(3), 1, 1)).hasMessageContaining("index 3");
        assertThatThrownBy(() -> new Changes(3, List.of(new ChangePoint(3, 1, 1, 1, 1))))
                .hasMessageContaining("index 3");
        assertThatThrownBy(() -> new ChangePoint(0, 1, 1, 1, 1)).hasMessageContaining("index 0");
        assertThatThrownBy(() -> new ChangePoint(1, 1, Double.NaN, 1, 1)).hasMessageContaining("NaN");
    }
}
