package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.NextRun;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.stats.sample.Location;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActorTest {
    private static final double[] QUIET = Trials.noisy(7, 30, 100, 0.005);

    private static Actor actor(double... values) {
        return actor(Policy.DEFAULT, values);
    }

    private static Actor actor(Policy policy, double... values) {
        return Actor.of(Trials.DURATION.series(Trials.points(values)), policy);
    }

    private static Blocks blocks() {
        return new Blocks(new SplittableRandom(3), 100);
    }

    /** A level, and so many values half as high again. */
    private static double[] stepped(int after) {
        return DoubleStream.concat(Arrays.stream(QUIET), Arrays.stream(Trials.noisy(8, after, 150, 0.005)))
                .toArray();
    }

    @Test
    void noise_is_the_distance_of_each_value_from_the_middle_of_its_own_level() {
        double[] values = stepped(30);

        Actor actor = actor(values);

        double[] scores = Arrays.stream(values).map(Math::log).toArray();
        double before = Location.median(Arrays.copyOfRange(scores, 0, 30));
        double after = Location.median(Arrays.copyOfRange(scores, 30, 60));
        for (int i = 0; i < 60; i++) {
            assertThat(actor.residuals()[i]).isCloseTo(scores[i] - (i < 30 ? before : after), within(1e-12));
        }
        assertThat(actor.expectation().level()).isCloseTo(150, within(1.0));
    }

    @ParameterizedTest
    @CsvSource({"5, 30", "6, 36", "7, 37"})
    void a_level_of_fewer_than_six_values_says_nothing_of_noise(int after, int known) {
        assertThat(actor(stepped(after)).residuals()).hasSize(known);
    }

    @Test
    void where_there_is_none_of_six_values_the_longest_says_it() {
        assertThat(actor(Arrays.copyOf(QUIET, 5)).residuals()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"8, 3", "9, 4", "27, 5", "28, 5", "30, 5"})
    void neighbours_are_drawn_together_by_the_third_root_of_their_number(int values, int block) {
        // ceil(1.5 * 8 ** (1 / 3))
        assertThat(actor(Arrays.copyOf(QUIET, values)).block()).isEqualTo(block);
    }

    @Test
    void a_drawn_history_has_the_current_level_and_that_noise() {
        Actor actor = actor(stepped(30));

        double[] drawn = actor.healthy(blocks(), 100, 2);

        double[] noise = blocks().draw(actor.residuals(), 62, actor.block());
        assertThat(drawn).hasSize(62);
        for (int i = 0; i < 62; i++) {
            assertThat(Math.log(drawn[i]))
                    .isCloseTo(actor.expectation().regime().centre() + noise[i], within(1e-12));
        }
        assertThat(Location.median(drawn)).isCloseTo(150, within(1.0));
        assertThat(actor.healthy(blocks(), 10, 2)).containsExactly(Arrays.copyOf(drawn, 12));
    }

    @Test
    void a_series_that_never_moved_is_drawn_as_it_is() {
        assertThat(actor(7, 7, 7, 7, 7, 7).healthy(blocks(), 100, 1)).containsExactly(7, 7, 7, 7, 7, 7, 7);
    }

    @Test
    void noise_around_zero_is_drawn_in_the_unit_of_the_values() {
        double[] values = Trials.mapped(QUIET, value -> value - 100);
        double middle = Location.median(values);

        Actor actor = actor(values);
        double[] drawn = actor.healthy(blocks(), 100, 0);

        double level = actor.expectation().regime().level();
        for (double value : drawn) {
            assertThat(Arrays.stream(values)
                            .map(own -> Math.abs(own - middle - (value - level)))
                            .min())
                    .hasValueCloseTo(0.0, within(1e-9));
        }
    }

    @Test
    void worse_is_more_where_lower_is_better_and_less_where_higher_is() {
        double[] duration = {10, 10, 10};
        double[] throughput = {10, 10, 10};
        double[] below = {-10, -10, -10};

        actor(QUIET).worsen(duration, 1, 0.2);
        Actor.of(Trials.THROUGHPUT.series(Trials.points(QUIET)), Policy.DEFAULT).worsen(throughput, 1, 0.2);
        actor(QUIET).worsen(below, 2, 0.2);

        assertThat(duration).containsExactly(10, 12, 12);
        assertThat(throughput).containsExactly(10, 8, 8);
        assertThat(below).containsExactly(-10, -10, -8);
    }

    @Test
    void a_floor_counts_at_the_current_level() {
        Policy floored = new Policy(0.02, Severities.DEFAULT, 0.95, 0.05, 5, 30);
        Actor actor = actor(floored, stepped(30));

        assertThat(actor.asked()).isEqualTo(floored);
        // 30 of 150
        assertThat(actor.policy().margin()).isCloseTo(0.2, within(0.002));
        assertThat(actor.isAsked(0.1)).isFalse();
        assertThat(actor.isAsked(0.3)).isTrue();
        assertThat(actor.isAsked(0.01)).as("below the margin of every series").isTrue();
        assertThat(detectable(actor, 1).orElseThrow()).isGreaterThan(0.2);
        assertThat(detectable(actor(stepped(30)), 1).orElseThrow()).isLessThan(0.1);
        assertThat(detectable(actor(stepped(30)), 4).orElseThrow())
                .isLessThan(detectable(actor(stepped(30)), 1).orElseThrow());
    }

    @Test
    void other_thresholds_are_all_that_changes_with_them() {
        Policy floored = new Policy(0.02, Severities.DEFAULT, 0.95, 0.05, 5, 30);
        Actor actor = actor(stepped(30));

        Actor other = actor.with(floored);

        assertThat(other.asked()).isEqualTo(floored);
        assertThat(other.policy()).isEqualTo(actor(floored, stepped(30)).policy());
        assertThat(other.series()).isSameAs(actor.series());
        assertThat(other.expectation()).isSameAs(actor.expectation());
        assertThat(other.residuals()).isSameAs(actor.residuals());
        assertThat(other.block()).isEqualTo(actor.block());
    }

    @Test
    void a_course_begins_with_the_history_and_goes_on_with_the_runs_that_come() {
        Actor actor = actor(QUIET);
        double[] values = {100, 101, 100, 101, 100, 101, 100, 101, 100, 140, 100};

        ReplayCourse course = actor.course(values, 2);

        assertThat(next(course).history())
                .isEqualTo(Arrays.stream(values, 0, 9).boxed().toList());
        assertThat(next(course).history())
                .isEqualTo(Arrays.stream(values, 0, 10).boxed().toList());
    }

    private static Finding next(ReplayCourse course) {
        return Judge.judgeTrials(List.of(course.next())).get(0);
    }

    private static OptionalDouble detectable(Actor actor, int runs) {
        return NextRun.after(List.of(actor.series()), actor.asked())
                .detectable(actor.series().key(), runs);
    }
}
