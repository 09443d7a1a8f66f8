package dev.plumbline.core.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineStatisticsTest {
    private static List<BaselineRun> runs(double... values) {
        List<BaselineRun> runs = new ArrayList<>();
        for (double value : values) {
            runs.add(
                    new BaselineRun("r" + runs.size(), "c", Histories.time(runs.size()), value, 2, 0.01, value > 1000));
        }
        return runs;
    }

    @Test
    void tells_what_the_runs_say_together() {
        BaselineStatistics statistics = BaselineStatistics.of(runs(10, 12, 11, 13, 9, 11.5, 10.5, 12.5));

        // >>> x = np.array([10, 12, 11, 13, 9, 11.5, 10.5, 12.5])
        // >>> x.mean(), np.median(x), x.std(ddof=1), np.quantile(x, [.05, .25, .75, .95])
        // (11.1875, 11.25, 1.334634781503914, [9.35, 10.375, 12.125, 12.825])
        assertThat(statistics.runs()).isEqualTo(8);
        assertThat(statistics.groups()).isEqualTo(16);
        assertThat(statistics.mean()).isEqualTo(11.1875, within(1e-12));
        assertThat(statistics.median()).isEqualTo(11.25, within(1e-12));
        assertThat(statistics.standardDeviation()).isEqualTo(1.334634781503914, within(1e-12));
        assertThat(statistics.quantiles().get(0.25)).isEqualTo(10.375, within(1e-12));
        assertThat(statistics.quantiles().get(0.0)).isEqualTo(9);
        assertThat(statistics.quantiles().get(1.0)).isEqualTo(13);
        assertThat(statistics.autocorrelation()).isZero();
        // >>> scipy.stats.t.interval(.95, 7, x.mean(), scipy.stats.sem(x))
        assertThat(statistics.interval().low()).isEqualTo(10.07171739992803, within(1e-9));
        assertThat(statistics.interval().high()).isEqualTo(12.30328260007197, within(1e-9));
    }

    @Test
    void an_anomaly_is_no_part_of_them() {
        assertThat(BaselineStatistics.of(runs(10, 11, 1e6, 12))).isEqualTo(BaselineStatistics.of(runs(10, 11, 12)));
    }

    @Test
    void runs_that_resemble_their_neighbours_widen_the_interval() {
        double[] alternating = {10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12};
        double[] wandering = {10, 10, 10, 10, 10, 10, 12, 12, 12, 12, 12, 12};

        assertThat(BaselineStatistics.of(runs(wandering)).relativeWidth())
                .isGreaterThan(2 * BaselineStatistics.of(runs(alternating)).relativeWidth());
    }

    @Test
    void a_single_run_has_no_scatter_and_no_interval() {
        BaselineStatistics statistics = BaselineStatistics.of(runs(5));

        assertThat(statistics.standardDeviation()).isZero();
        assertThat(statistics.robustDeviation()).isZero();
        assertThat(statistics.relativeWidth()).isInfinite();
        assertThat(statistics.relativeNoise()).isZero();
    }

    @Test
    void equal_runs_have_an_interval_of_no_width() {
        assertThat(BaselineStatistics.of(runs(7, 7, 7, 7)).relativeWidth()).isZero();
        assertThat(BaselineStatistics.of(runs(0, 0, 0, 0)).relativeWidth()).isZero();
    }

    @Test
    void values_near_the_largest_double_stay_finite() {
        double largest = Double.MAX_VALUE;
        List<BaselineRun> runs = List.of(
                new BaselineRun("a", "c", Histories.START, largest, 1, 0, false),
                new BaselineRun("b", "c", Histories.START, -largest, 1, 0, false));

        assertThat(BaselineStatistics.of(runs).mean()).isFinite();
        assertThat(BaselineStatistics.of(runs).standardDeviation()).isFinite();
    }

    @Test
    void nothing_but_anomalies_is_no_baseline() {
        assertThatThrownBy(() -> BaselineStatistics.of(runs(1e6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one run");
    }
}
