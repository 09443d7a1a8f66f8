package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.judge.NextRun;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.RunNoise;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForkPlannerTest {
    private static final RunNoise NOISE = new RunNoise(0.003, 0.012, 0.02);
    private static final ForkPlanner.Design THREE = new ForkPlanner.Design(3, 4);

    @Test
    void what_is_promised_is_what_the_judge_says_of_runs_that_are_made_so() {
        ForkPlanner.Design twelve = new ForkPlanner.Design(12, 4);
        double[] promised = IntStream.range(0, 15)
                .mapToDouble(seed -> detectable(new ForkPlanner(List.of(history(seed, NOISE, THREE)), Policy.DEFAULT)
                        .detectable(
                                List.of(known(seed, NOISE)),
                                Map.of(known(seed, NOISE).key(), twelve))))
                .toArray();
        double[] kept = IntStream.range(0, 15)
                .mapToDouble(
                        seed -> detectable(NextRun.after(List.of(history(100 + seed, NOISE, twelve)), Policy.DEFAULT)
                                .detectable()))
                .toArray();

        assertThat(Location.median(promised)).isCloseTo(Location.median(kept), within(0.1 * Location.median(kept)));
    }

    @Test
    void a_run_like_those_before_detects_what_the_next_check_says() {
        Series history = history(1, NOISE, THREE);
        ForkPlanner planner = new ForkPlanner(List.of(history), Policy.DEFAULT);

        assertThat(planner.detectable(List.of(known(1, NOISE)), Map.of(history.key(), THREE)))
                .isEqualTo(NextRun.after(List.of(history), Policy.DEFAULT).detectable())
                .isEqualTo(planner.detectable(List.of(), Map.of()));
    }

    @Test
    void as_few_forks_are_planned_as_detect_the_change() {
        ForkPlanner planner = new ForkPlanner(List.of(history(1, NOISE, THREE)), Policy.DEFAULT);
        ForkPlanner.Planned planned = plan(planner, 1, NOISE, 0.045, 3, 50);

        assertThat(planned.isEnough()).isTrue();
        assertThat(planned.iterations()).isEqualTo(4);
        assertThat(planned.forks()).isBetween(4, 20);
        assertThat(planned.detectable().orElseThrow()).isLessThanOrEqualTo(0.045);
        ForkPlanner.Known known = known(1, NOISE);
        double oneLess = planner.detectable(
                        List.of(known),
                        Map.of(known.key(), new ForkPlanner.Design(planned.forks() * 0.75, planned.iterations())))
                .get(known.key())
                .orElseThrow();
        assertThat(oneLess).isGreaterThan(0.045);
    }

    @Test
    void a_larger_change_takes_fewer_forks_and_never_fewer_than_the_fewest() {
        ForkPlanner planner = new ForkPlanner(List.of(history(1, NOISE, THREE)), Policy.DEFAULT);

        assertThat(plan(planner, 1, NOISE, 0.5, 3, 50).forks()).isEqualTo(3);
        assertThat(plan(planner, 1, NOISE, 0.06, 3, 50).forks())
                .isLessThanOrEqualTo(plan(planner, 1, NOISE, 0.04, 3, 50).forks());
    }

    @Test
    void forks_that_hardly_help_are_not_planned() {
        RunNoise unsteady = new RunNoise(0.03, 0.012, 0.02);
        ForkPlanner planner = new ForkPlanner(List.of(history(2, unsteady, THREE)), Policy.DEFAULT);

        ForkPlanner.Planned planned = plan(planner, 2, unsteady, 0.03, 3, 50);

        assertThat(planned.isEnough()).isFalse();
        assertThat(planned.forks()).isLessThan(10);
        assertThat(planned.detectable().orElseThrow()).isGreaterThan(0.05);
    }

    @Test
    void no_more_than_the_most_are_planned() {
        ForkPlanner.Planned planned =
                plan(new ForkPlanner(List.of(history(1, NOISE, THREE)), Policy.DEFAULT), 1, NOISE, 0.021, 3, 7);

        assertThat(planned.forks()).isEqualTo(7);
        assertThat(planned.isEnough()).isFalse();
    }

    @Test
    void a_history_that_is_too_short_says_nothing() {
        Series young = history(1, NOISE, THREE);
        ForkPlanner planner =
                new ForkPlanner(List.of(young.withPoints(young.points().subList(0, 3))), Policy.DEFAULT);

        assertThat(plan(planner, 1, NOISE, 0.05, 3, 10).detectable()).isEmpty();
        assertThat(new ForkPlanner(List.of(), Policy.DEFAULT).plan(List.of())).isEmpty();
    }

    @Test
    void a_step_in_the_history_stays_as_large_as_it_was() {
        Series history = history(1, NOISE, THREE);
        Series stepped = Trials.DURATION
                .called("s1")
                .series(Trials.points(IntStream.range(0, history.points().size())
                        .mapToDouble(i -> history.points().get(i).value() * (i < 15 ? 1 : 1.5))
                        .toArray()));

        ForkPlanner.Planned planned = plan(new ForkPlanner(List.of(stepped), Policy.DEFAULT), 1, NOISE, 0.05, 3, 50);

        assertThat(planned.isEnough()).isTrue();
    }

    @Test
    void what_cannot_be_planned_is_an_error() {
        assertThatThrownBy(() -> new ForkPlanner.Wanted(known(1, NOISE), 4, 0.05, 3, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ForkPlanner.Wanted(known(1, NOISE), 4, Double.NaN, 3, 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ForkPlanner.Design(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ForkPlanner.Planned plan(
            ForkPlanner planner, int seed, RunNoise noise, double size, int fewest, int most) {
        return planner.plan(List.of(new ForkPlanner.Wanted(known(seed, noise), 4, size, fewest, most)))
                .get(0);
    }

    private static ForkPlanner.Known known(int seed, RunNoise noise) {
        return new ForkPlanner.Known(history(seed, noise, THREE).key(), noise, THREE);
    }

    private static double detectable(Map<?, java.util.OptionalDouble> all) {
        assertThat(all).hasSize(1);
        return all.values().iterator().next().orElseThrow();
    }

    private static Series history(int seed, RunNoise noise, ForkPlanner.Design design) {
        return Trials.DURATION
                .called("s" + seed)
                .series(Trials.points(
                        Trials.noisy(seed, 30, 100, noise.deviation(design.forks(), design.iterations()))));
    }
}
