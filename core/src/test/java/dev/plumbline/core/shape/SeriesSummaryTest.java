package dev.plumbline.core.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.shape.feature.Advice;
import dev.plumbline.core.shape.feature.Health;
import dev.plumbline.core.stats.distribution.StudentT;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesSummaryTest {
    private static final double MARGIN = 0.02;

    @Test
    void nothing_asks_for_more() {
        SeriesSummary summary = summary(new double[0], Better.LOWER);

        assertThat(summary.mean()).isNaN();
        assertThat(summary.advice()).containsExactly(new Advice.MeasureMore(0, 10));
        assertThat(summary.health()).isEqualTo(Health.GOOD);
    }

    @Test
    void a_constant_is_as_stable_and_reliable_as_can_be() {
        double[] values = new double[30];
        Arrays.fill(values, 4);

        SeriesSummary summary = summary(values, Better.LOWER);

        assertThat(summary.stability()).isEqualTo(100);
        assertThat(summary.reliability()).isEqualTo(100);
        assertThat(summary.detectable()).hasValue(0);
        assertThat(summary.variation()).hasValue(0);
    }

    @Test
    void a_step_for_the_worse_is_as_bad_as_it_is_large() {
        assertThat(summary(step(1.13), Better.LOWER).health()).isEqualTo(Health.CRITICAL);
        assertThat(summary(step(1.07), Better.LOWER).health()).isEqualTo(Health.POOR);
        assertThat(summary(step(1.035), Better.LOWER).health()).isEqualTo(Health.WATCH);
        assertThat(summary(step(1.13), Better.HIGHER).health()).isEqualTo(Health.GOOD);
        assertThat(summary(step(1 / 1.13), Better.HIGHER).health()).isEqualTo(Health.CRITICAL);
    }

    @Test
    void what_came_tells_from_where_and_from_which_level() {
        Advice.LookInto look =
                (Advice.LookInto) summary(step(1.13), Better.LOWER).advice().get(0);

        assertThat(look.index()).isEqualTo(50);
        assertThat(look.behind()).isCloseTo(0.13, within(0.01));
        assertThat(look.best()).isCloseTo(100, within(1.0));
        assertThat(look.now()).isCloseTo(113, within(1.0));
    }

    @Test
    void where_nothing_came_but_a_slope_there_is_nothing_to_look_into() {
        double[] slow = noise(5, 120, 0.01);
        double[] then = slow.clone();
        for (int i = 60; i < 120; i++) {
            slow[i] *= 1 + 0.14 * (i - 60) / 60;
            then[i] *= i < 100 ? 1 + 0.14 * (i - 60) / 40 : 1.3;
        }

        assertThat(summary(slow, Better.LOWER).advice())
                .anyMatch(advice -> advice instanceof Advice.StopSlope)
                .noneMatch(advice -> advice instanceof Advice.LookInto);
        assertThat(summary(slow, Better.LOWER).health()).isEqualTo(Health.CRITICAL);
        // a step on top of it is something that came
        assertThat(summary(then, Better.LOWER).advice()).anyMatch(advice -> advice instanceof Advice.LookInto);
    }

    @Test
    void a_change_that_went_away_is_no_debt() {
        double[] values = noise(1, 100, 0.005);
        for (int i = 40; i < 60; i++) {
            values[i] *= 1.2;
        }

        assertThat(summary(values, Better.LOWER).advice()).noneMatch(advice -> advice instanceof Advice.LookInto);
    }

    @Test
    void noise_says_how_many_runs_would_do_and_recommends_no_margin() {
        double[] values = noise(2, 100, 0.015);

        SeriesSummary summary = summary(values, Better.LOWER);

        assertThat(summary.advice()).noneMatch(advice -> advice instanceof Advice.WidenMargin);
        Advice.RepeatRuns repeat = (Advice.RepeatRuns) summary.advice().get(0);
        double noise = summary.noise().orElseThrow();
        double reach = StudentT.upperQuantile(0.005, 99) + StudentT.upperQuantile(0.01, 99);
        assertThat(repeat.detectable()).isCloseTo(Math.expm1(reach * noise * Math.sqrt(1.01)), within(1e-12));
        // with k runs of one revision the error is the root of 1/k + 1/n
        double withRuns = Math.expm1(reach * noise * Math.sqrt(1.0 / repeat.runs() + 0.01));
        double withFewer = Math.expm1(reach * noise * Math.sqrt(1.0 / (repeat.runs() - 1) + 0.01));
        assertThat(withRuns).isLessThanOrEqualTo(MARGIN + 1e-9);
        assertThat(withFewer).isGreaterThan(MARGIN);
    }

    @Test
    void a_margin_is_recommended_for_false_alarms_unless_it_would_hide_critical_changes() {
        SeriesSummary summary = summary(noise(2, 100, 0.005), Better.LOWER);

        assertThat(summary.advice()).isEmpty();
        assertThat(summary.withFalseAlarms(0, 0, MARGIN).advice()).isEmpty();
        assertThat(summary.withFalseAlarms(2, 0.0432, MARGIN).advice())
                .singleElement()
                .isInstanceOfSatisfying(Advice.WidenMargin.class, widen -> {
                    assertThat(widen.alarms()).isEqualTo(2);
                    assertThat(widen.wide()).isCloseTo(0.044, within(1e-9));
                });
        assertThat(summary.withFalseAlarms(2, 0.0432, MARGIN).health()).isEqualTo(Health.GOOD);
        assertThat(summary.withFalseAlarms(1, 0.192, MARGIN).advice()).isEmpty();
        assertThat(summary.withFalseAlarms(1, 0.0999, MARGIN).advice()).isEmpty();
        assertThat(summary.withFalseAlarms(1, 0.03, 0.05).advice())
                .as("the margin is wider already")
                .isEmpty();
    }

    @Test
    void stability_is_a_half_where_a_series_differs_by_ten_per_cent() {
        double[] values = noise(3, 400, 0.1);

        assertThat(summary(values, Better.LOWER).stability()).isCloseTo(50, within(4.0));
    }

    @Test
    void missing_values_make_a_series_less_reliable() {
        double[] values = new double[40];
        Arrays.fill(values, 4);
        for (int i = 0; i < 40; i += 2) {
            values[i] = Double.NaN;
        }

        assertThat(summary(values, Better.LOWER).reliability()).isCloseTo(50, within(3.0));
    }

    private static double[] step(double factor) {
        double[] values = noise(4, 100, 0.005);
        for (int i = 50; i < 100; i++) {
            values[i] *= factor;
        }
        return values;
    }

    private static double[] noise(long seed, int length, double deviation) {
        SplittableRandom random = new SplittableRandom(seed * 7919).split();
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = 100 * Math.exp(deviation * random.nextGaussian());
        }
        return values;
    }

    private static SeriesSummary summary(double[] values, Better better) {
        return SeriesSummary.of(SeriesShape.of(values, SeriesShape.NO_DAYS, MARGIN), values, better, MARGIN);
    }
}
