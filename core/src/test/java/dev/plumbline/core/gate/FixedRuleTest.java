package dev.plumbline.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Proportion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FixedRuleTest {
    private static final double[] BEFORE = {500, 98, 102, 100, 98, 102};

    @Test
    void a_share_is_of_the_mean_of_the_newest_runs() {
        FixedRule rule = new FixedRule(FixedRule.Kind.SHARE, 0.05, 5);

        assertThat(rule.beyond(BEFORE, 105, Better.LOWER)).isEmpty();
        assertThat(rule.beyond(BEFORE, 106, Better.LOWER).orElseThrow()).isEqualTo(0.06, within(1e-12));
        assertThat(rule.beyond(BEFORE, 80, Better.LOWER)).isEmpty();
        assertThat(rule.beyond(BEFORE, 80, Better.HIGHER).orElseThrow()).isEqualTo(-0.2, within(1e-12));
    }

    @Test
    void deviations_are_those_of_the_same_runs() {
        FixedRule rule = new FixedRule(FixedRule.Kind.DEVIATIONS, 3, 5);

        // the standard deviation of the newest five is 2
        assertThat(rule.beyond(BEFORE, 105.9, Better.LOWER)).isEmpty();
        assertThat(rule.beyond(BEFORE, 106.1, Better.LOWER)).isPresent();
    }

    @Test
    void a_replay_counts_runs_that_fail_and_the_regressions_that_were_put_into_them() {
        FixedRule rule = new FixedRule(FixedRule.Kind.SHARE, 0.05, 20);
        Series time = series("time", Better.LOWER, 100, 100, 100, 100, 106, 103);
        Series rate = series("rate", Better.HIGHER, 100, 100, 100, 100, 100, 97);

        FixedRule.Replayed replayed = rule.replay(List.of(time, rate), 0.04);

        // of the three runs that have three before them one fails, by its time
        assertThat(replayed.alarms()).isEqualTo(new Proportion(1, 3));
        // 104 and 96 lie inside; 106 is beyond as it is; 103 * 1.04 is 107, of a mean of 101.2; 97 * 0.96 is 93
        assertThat(replayed.found()).isEqualTo(new Proportion(3, 6));
        assertThat(rule.replay(List.of(series("short", Better.LOWER, 1, 1, 1)), 0.04))
                .isEqualTo(new FixedRule.Replayed(new Proportion(0, 0), new Proportion(0, 0)));
    }

    private static Series series(String metric, Better better, double... values) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            RunInfo run = new RunInfo(
                    "r" + i,
                    new RunHeader(
                            Revision.of("c" + i, "main"),
                            Environment.unknown(),
                            Optional.empty(),
                            Instant.EPOCH.plusSeconds(i),
                            Collections.emptySortedMap()));
            points.add(new Point(run, values[i], 1, 0, false));
        }
        SeriesKey key = new SeriesKey(Benchmark.of("b"), metric, "lab", "main");
        return new Series(key, Unit.of("ms"), better, points, List.of());
    }

    @Test
    void too_few_runs_and_a_mean_of_zero_have_no_limit() {
        FixedRule rule = new FixedRule(FixedRule.Kind.SHARE, 0.05, 20);

        assertThat(rule.beyond(new double[] {1, 1}, 9, Better.LOWER)).isEmpty();
        assertThat(rule.beyond(new double[] {0, 0, 0}, 9, Better.LOWER)).isEmpty();
        assertThat(rule.beyond(new double[] {1, 1, 1}, 9, Better.LOWER)).isPresent();
    }

    @Test
    void a_rule_is_made_of_numbers_that_make_sense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FixedRule(FixedRule.Kind.SHARE, 0, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> new FixedRule(FixedRule.Kind.SHARE, Double.NaN, 20));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FixedRule(FixedRule.Kind.SHARE, Double.POSITIVE_INFINITY, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> new FixedRule(FixedRule.Kind.SHARE, 0.1, 2));
    }
}
