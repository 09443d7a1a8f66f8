package dev.plumbline.core.judge.trial;

import static dev.plumbline.core.judge.trial.Trials.judge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shares of failed requests whose number is known: what counting shows, and what it does not. */
class ShareEvidenceTest {
    private static final Trials FAILURES = new Trials("checkout", Unit.of("%"), Better.LOWER);
    private static final int SEEDS = 200;

    /** A share of {@code trials} as a load test draws it, where the rate itself varies with this relative deviation. */
    private static double drawn(Random random, int trials, double rate, double varying) {
        double own = rate * Math.max(0, 1 + varying * random.nextGaussian());
        return 100.0
                * IntStream.range(0, trials)
                        .filter(i -> random.nextDouble() < own)
                        .count()
                / trials;
    }

    private static Point point(int run, double share, int trials) {
        return new Point(Trials.run(run), share, trials, 0, false);
    }

    private static Trial trial(int trials, double candidate, double... history) {
        List<Point> before = new ArrayList<>();
        for (double share : history) {
            before.add(point(before.size(), share, trials));
        }
        return new Trial(FAILURES.series(before), List.of(point(history.length, candidate, trials)), List.of());
    }

    private static Trial drawn(long seed, int trials, int runs, double rate, double to, double varying) {
        Random random = new Random(seed);
        double[] history = IntStream.range(0, runs)
                .mapToDouble(i -> drawn(random, trials, rate, varying))
                .toArray();
        return trial(trials, drawn(random, trials, to, varying), history);
    }

    private static long called(int trials, int runs, double rate, double to, double varying) {
        return IntStream.range(0, SEEDS)
                .mapToObj(seed -> judge(drawn(seed, trials, runs, rate, to, varying)))
                .filter(finding -> finding.verdict() instanceof Verdict.Regressed)
                .count();
    }

    @ParameterizedTest
    @CsvSource({
        "200, 7, 0.20, 200",
        "200, 30, 0.20, 200",
        "500, 7, 0.20, 200",
        "500, 7, 0.05, 190",
        "500, 30, 0.05, 195",
        "2000, 7, 0.05, 200",
        "2000, 7, 0.03, 190",
    })
    void one_per_cent_that_became_many_times_as_much_is_found_after_few_runs(
            int trials, int runs, double to, int least) {
        assertThat(called(trials, runs, 0.01, to, 0)).isGreaterThanOrEqualTo(least);
    }

    /** The error rate of a suite is 5 %: 10 of 200 on average, 18 and more in one of a hundred tests. */
    @ParameterizedTest
    @CsvSource({
        "200, 7, 0.01, 0",
        "200, 15, 0.01, 0",
        "200, 30, 0.01, 0",
        "1000, 7, 0.01, 0",
        "1000, 30, 0.01, 0",
        "2000, 7, 0.001, 0",
        "1000, 7, 0.05, 0.5",
        "1000, 30, 0.05, 0.5",
    })
    void healthy_runs_are_regressions_no_more_often_than_any_others(int trials, int runs, double rate, double varying) {
        assertThat(called(trials, runs, rate, rate, varying)).isLessThan(18);
    }

    @Test
    void a_first_failure_after_none_is_chance_and_many_are_not() {
        double[] none = new double[7];

        assertThat(judge(trial(200, 0.5, none)).verdict()).isNotInstanceOf(Verdict.Regressed.class);
        assertThat(judge(trial(200, 1, none)).verdict()).isNotInstanceOf(Verdict.Regressed.class);
        assertThat(judge(trial(200, 10, none)).verdict()).isInstanceOf(Verdict.Regressed.class);
    }

    @Test
    void the_counts_and_their_probability_are_part_of_the_decision_trace() {
        Finding finding = judge(trial(200, 20, 1, 0.5, 1.5, 1, 2, 0.5, 1));

        HistoryEvidence.Share why =
                finding.evidence(HistoryEvidence.Share.class).findFirst().orElseThrow();
        assertThat(why.hits()).isCloseTo(40, within(1e-9));
        assertThat(why.trials()).isEqualTo(200);
        assertThat(why.before()).isCloseTo(15 / 1400.0, within(1e-9));
        assertThat(why.dispersion()).isEqualTo(1);
        assertThat(why.probability()).isLessThan(1e-6);
        assertThat(finding.verdict().effect().orElseThrow().interval().low()).isGreaterThan(8);
    }

    @Test
    void shares_that_vary_more_than_counting_explains_widen_what_chance_may_do() {
        HistoryEvidence.Share steady = evidence(2, 1, 1, 1, 1, 1, 1, 1);
        HistoryEvidence.Share bursts = evidence(2, 0.1, 2.5, 0.2, 1.9, 0.1, 1.8, 0.4);

        assertThat(steady.dispersion()).isEqualTo(1);
        assertThat(bursts.dispersion()).isGreaterThan(3);
        assertThat(bursts.probability()).isGreaterThan(10 * steady.probability());
    }

    private static HistoryEvidence.Share evidence(double candidate, double... history) {
        return judge(trial(2000, candidate, history))
                .evidence(HistoryEvidence.Share.class)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void without_the_number_of_trials_and_of_another_unit_counting_says_nothing() {
        List<Point> counted = List.of(point(0, 1, 100), point(1, 2, 100));
        List<Point> bare = List.of(point(0, 1, 1), point(1, 2, 1));

        assertThat(ShareEvidence.of(Unit.of("%"), counted, counted)).isPresent();
        assertThat(ShareEvidence.of(Unit.of("%"), bare, counted)).isEmpty();
        assertThat(ShareEvidence.of(Unit.of("%"), counted, bare)).isEmpty();
        assertThat(ShareEvidence.of(Unit.of("ms"), counted, counted)).isEmpty();
    }
}
