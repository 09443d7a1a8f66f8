package dev.plumbline.core.judge;

import static dev.plumbline.core.judge.trial.Trials.DURATION;
import static dev.plumbline.core.judge.trial.Trials.decisive;
import static dev.plumbline.core.judge.trial.Trials.judge;
import static dev.plumbline.core.judge.trial.Trials.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Verdict.Kind;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is judged soon after people accepted a level. */
class AcceptedLevelJudgementTest {
    private static final double LEVEL = 112;

    private static Point point(double value) {
        return Trials.points(value).get(0);
    }

    private static List<Point> noisy(SplittableRandom random, int count, double level, double noise) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(point(level * Math.exp(noise * random.nextGaussian())));
        }
        return points;
    }

    /** @param change of the new run beside the accepted level */
    private static Trial trial(SplittableRandom random, int since, double change) {
        return new Trial(
                DURATION.series(noisy(random, since, LEVEL, 0.01)),
                noisy(random, 1, LEVEL * (1 + change), 0.01),
                List.of(),
                noisy(random, 40, 100, 0.01));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10})
    void a_regression_right_after_an_accepted_one_is_found_by_the_noise_of_the_level_before(int since) {
        int found = 0;
        for (int seed = 0; seed < 200; seed++) {
            Finding finding = judge(trial(new SplittableRandom(100L * since + seed), since, 0.12));
            found += finding.verdict().kind() == Kind.REGRESSED ? 1 : 0;
        }

        assertThat(found).isGreaterThanOrEqualTo(190);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10})
    void a_healthy_run_right_after_an_accepted_level_is_called_no_more_often_than_others(int since) {
        int called = 0;
        for (int seed = 0; seed < 1000; seed++) {
            Kind kind = judge(trial(new SplittableRandom(9000L * since + seed), since, 0))
                    .verdict()
                    .kind();
            called += kind == Kind.REGRESSED ? 1 : 0;
        }

        // at the promised 5 % more have a probability of 1 %: scipy.stats.binom.isf(0.01, 1000, 0.05)
        assertThat(called).as("since %d", since).isLessThanOrEqualTo(67);
    }

    @Test
    void it_is_judged_against_the_accepted_level_and_not_against_that_before() {
        Finding finding = judge(trial(new SplittableRandom(3), 3, 0.12));

        assertThat(finding.baseline().orElseThrow().runs()).isEqualTo(3);
        assertThat(finding.baseline().orElseThrow().level()).isEqualTo(LEVEL, within(2.0));
        assertThat(finding.verdict().effect().orElseThrow().relativeChange()).isEqualTo(0.12, within(0.03));
        assertHistory(finding, 43, 3);
    }

    @Test
    void one_run_tells_the_level_and_what_comes_after_it_is_no_part_of_it() {
        Finding finding = judge(trial(new SplittableRandom(3), 1, 0.12));

        assertThat(finding.verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(finding.baseline().orElseThrow().runs()).isEqualTo(1);
        assertThat(finding.verdict().effect().orElseThrow().relativeChange()).isEqualTo(0.12, within(0.03));
        assertHistory(finding, 41, 1);
    }

    @Test
    void a_step_since_the_accepted_level_is_no_noise_of_it() {
        SplittableRandom random = new SplittableRandom(11);
        List<Point> since = noisy(random, 5, LEVEL, 0.01);
        since.addAll(noisy(random, 3, LEVEL * 1.08, 0.01));
        Finding finding = judge(new Trial(
                DURATION.series(since), noisy(random, 1, LEVEL * 1.08, 0.01), List.of(), noisy(random, 40, 100, 0.01)));

        assertHistory(finding, 48, 3);
        assertThat(only(finding, HistoryEvidence.History.class).noise()).isEqualTo(0.01, within(0.0005));
    }

    @Test
    void where_noise_is_not_relative_the_accepted_level_has_to_tell_its_own() {
        SplittableRandom random = new SplittableRandom(5);
        List<Point> before = noisy(random, 40, 100, 0.01);
        before.set(7, point(0));
        Finding finding = judge(
                new Trial(DURATION.series(noisy(random, 3, LEVEL, 0.01)), List.of(point(LEVEL)), List.of(), before));

        assertThat(decisive(finding)).isEqualTo(new HistoryEvidence.TooFewRuns(3, 5));
    }

    private static void assertHistory(Finding finding, int runs, int currentRuns) {
        HistoryEvidence.History history = only(finding, HistoryEvidence.History.class);
        assertThat(history.runs()).isEqualTo(runs);
        assertThat(history.currentRuns()).isEqualTo(currentRuns);
    }
}
