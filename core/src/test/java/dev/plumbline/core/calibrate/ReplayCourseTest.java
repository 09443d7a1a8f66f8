package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.trial.SeriesTrial;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReplayCourseTest {
    private static final Policy FLOORED = new Policy(0.02, Severities.DEFAULT, 0.95, 0.05, 5, 3);

    @Test
    void a_run_is_judged_as_it_is_without_the_runs_before_being_remembered() {
        for (long seed = 1; seed <= 40; seed++) {
            double[] values = values(seed);
            Actor actor = actor(values, seed % 2 == 0 ? Policy.DEFAULT : FLOORED);
            ReplayCourse course = actor.course(values, 12);
            for (int known = values.length - 12; known < values.length; known++) {
                assertThat(judged(course.instead(2 * values[known])))
                        .as("seed %d, %d known, twice as large", seed, known)
                        .isEqualTo(anew(actor, values, known, 2 * values[known]));
                assertThat(judged(course.next()))
                        .as("seed %d, %d known", seed, known)
                        .isEqualTo(anew(actor, values, known, values[known]));
            }
        }
    }

    @Test
    void a_value_judged_instead_of_the_next_leaves_no_trace() {
        double[] values = values(3);
        Actor actor = actor(values, Policy.DEFAULT);
        ReplayCourse untouched = actor.course(values, 2);
        ReplayCourse course = actor.course(values, 2);
        course.instead(-1);
        course.instead(1e9);

        assertThat(judged(course.next())).isEqualTo(judged(untouched.next()));
        assertThat(judged(course.next())).isEqualTo(judged(untouched.next()));
    }

    @Test
    void a_trial_can_be_judged_once_for_each_suite_that_it_is_part_of() {
        double[] values = values(4);
        SeriesTrial trial = actor(values, Policy.DEFAULT).course(values, 1).next();

        Finding first = Judge.judgeTrials(List.of(trial)).get(0);

        assertThat(Judge.judgeTrials(List.of(trial)).get(0)).isEqualTo(first);
    }

    /** Around 100, with a hundredth of it as noise, and then other values. */
    private static ReplayCourse course(int known, double... next) {
        double[] values = Arrays.copyOf(Trials.noisy(7, known, 100, 0.01), known + next.length);
        System.arraycopy(next, 0, values, known, next.length);
        return actor(values, Policy.DEFAULT).course(values, next.length);
    }

    private static Finding finding(SeriesTrial trial) {
        return Judge.judgeTrials(List.of(trial)).get(0);
    }

    @Test
    void a_remembered_run_does_not_tell_what_could_be_detected() {
        ReplayCourse course = course(30, 100, 101);

        for (Finding finding : List.of(finding(course.instead(99)), finding(course.next()), finding(course.next()))) {
            assertThat(finding.trace().get(0).evidence()).isInstanceOf(HistoryEvidence.History.class);
            assertThat(finding.evidence(HistoryEvidence.Sensitivity.class)).isEmpty();
            assertThat(finding.detectableChange()).isEmpty();
            assertThat(finding.baseline()).isEmpty();
        }
    }

    @Test
    void a_course_too_short_to_be_judged_says_so_until_it_is_not() {
        ReplayCourse course = course(3, 100, 101, 100);

        assertThat(Trials.decisive(finding(course.next()))).isEqualTo(new HistoryEvidence.TooFewRuns(3, 5));
        assertThat(Trials.decisive(finding(course.instead(100)))).isInstanceOf(HistoryEvidence.TooFewRuns.class);
        assertThat(Trials.decisive(finding(course.next()))).isInstanceOf(HistoryEvidence.TooFewRuns.class);
        Finding fifth = finding(course.next());
        assertThat(Trials.only(fifth, HistoryEvidence.History.class).runs()).isEqualTo(5);
        assertThat(fifth.pValue()).isPresent();
    }

    @Test
    void what_every_run_was_held_against_is_that_of_its_own_history() {
        ReplayCourse course = course(20, 100, 101, 102);

        for (int runs : new int[] {20, 21, 22}) {
            assertThat(Trials.only(finding(course.next()), HistoryEvidence.History.class)
                            .runs())
                    .isEqualTo(runs);
        }
    }

    @Test
    void after_a_regression_the_next_run_is_judged_with_the_one_before_it() {
        ReplayCourse course = course(30, 120, 121);
        Finding called = finding(course.next());

        Finding again = finding(course.afterRegression());

        assertThat(called.verdict()).isInstanceOf(Verdict.Regressed.class);
        List<Point> points = Trials.points(Trials.noisy(7, 30, 100, 0.01));
        points.add(new Point(points.get(0).run(), 120, 1, 0, true));
        Finding literally = Trials.judge(new Trial(
                Trials.DURATION.series(points), List.of(new Point(points.get(0).run(), 121, 1, 0, false)), List.of()));
        assertThat(again.verdict()).isEqualTo(literally.verdict());
        assertThat(again.pValue()).isEqualTo(literally.pValue());
        HistoryEvidence.History history = Trials.only(again, HistoryEvidence.History.class);
        assertThat(history.leftOut()).isOne();
        assertThat(history.runs()).isEqualTo(30);
        assertThat(history.together()).isEqualTo(2);
    }

    private static double[] values(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int count = 20 + random.nextInt(100);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            double level = i > count - 8 && seed % 3 == 0 ? 120 : 100;
            values[i] = level * (1 + 0.01 * random.nextGaussian()) + (random.nextInt(20) == 0 ? 30 : 0);
            values[i] -= seed % 7 == 0 ? 100 : 0;
        }
        return values;
    }

    private static Actor actor(double[] values, Policy policy) {
        Series series = Trials.DURATION.series(Trials.points(values));
        return Actor.of(series, policy);
    }

    private static Judged anew(Actor actor, double[] values, int known, double value) {
        List<Point> points = Trials.points(Arrays.copyOf(values, known));
        Trial trial = new Trial(
                actor.series().withPoints(points),
                List.of(new Point(points.get(0).run(), value, 1, 0, false)),
                List.of());
        return judged(new SeriesTrial(trial, actor.asked()));
    }

    /** What there is to a verdict but for its words. */
    private record Judged(Verdict.Kind kind, Severity severity, double pValue, String effect, boolean isSuspect) {}

    private static Judged judged(SeriesTrial trial) {
        Finding finding = Judge.judgeTrials(List.of(trial)).get(0);
        return new Judged(
                finding.verdict().kind(),
                finding.severity(),
                finding.pValue().orElse(-1),
                finding.verdict().effect().toString(),
                finding.isSuspect());
    }
}
