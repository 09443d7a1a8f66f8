package dev.plumbline.core.judge;

import static dev.plumbline.core.judge.trial.Trials.DURATION;
import static dev.plumbline.core.judge.trial.Trials.judge;
import static dev.plumbline.core.judge.trial.Trials.noisy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Point;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that a loss which nobody accepted kept out of the history, since no check was sure of any of them. */
class HeldRunsTest {
    private static final int RUNS = 10;
    private static final int HELD = 8;
    private static final int SEEDS = 40;

    /** Noise of 2 %; the held runs lie on a level, and the judged ones after them. */
    private static Finding judged(long seed, int held, double heldLevel, double... candidate) {
        List<Point> all = Trials.points(
                Stream.of(noisy(seed, RUNS, 100, 0.02), noisy(1000 + seed, held, heldLevel, 0.02), candidate)
                        .flatMapToDouble(DoubleStream::of)
                        .toArray());
        return judge(new Trial(
                DURATION.series(all.subList(0, RUNS)),
                all.subList(RUNS + held, all.size()),
                List.of(),
                List.of(),
                all.subList(RUNS, RUNS + held)));
    }

    private static String commit(int run) {
        return Trials.points(new double[run + 1])
                .get(run)
                .run()
                .header()
                .revision()
                .commit();
    }

    private static boolean isCalled(Finding finding) {
        return finding.verdict() instanceof Verdict.Regressed;
    }

    @Test
    void they_bear_witness_with_the_run_that_comes() {
        int alone = 0;
        int together = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            alone += isCalled(judged(seed, 0, 107.5, 107.5)) ? 1 : 0;
            Finding finding = judged(seed, HELD, 107.5, 107.5);
            together += isCalled(finding) ? 1 : 0;
            if (isCalled(finding) && !isCalled(judged(seed, 0, 107.5, 107.5))) {
                assertThat(finding.since()).isEqualTo(commit(RUNS));
            }
        }

        assertThat(alone).isLessThan(SEEDS * 2 / 3);
        assertThat(together).isGreaterThan(SEEDS * 9 / 10);
    }

    /** No window of five runs tells it, as ten of a level do not say exactly where that is. */
    @Test
    void a_loss_of_two_deviations_is_called_once_it_has_lasted() {
        int young = 0;
        int lasting = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            young += isCalled(judged(seed, 0, 104, 104)) ? 1 : 0;
            Finding finding = judged(seed, 20, 104, 104);
            lasting += isCalled(finding) ? 1 : 0;
            assertThat(finding.detectableChange()).isNotEmpty();
        }

        assertThat(young).isLessThan(SEEDS / 4);
        assertThat(lasting).isGreaterThan(SEEDS * 3 / 4);
    }

    /** Whatever lies behind it: the values are back. */
    @ParameterizedTest
    @ValueSource(doubles = {100, 96, 101})
    void a_run_that_is_back_is_no_regression(double value) {
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(isCalled(judged(seed, HELD, 108, value)))
                    .as("seed %d", seed)
                    .isFalse();
        }
    }

    /** A scan may have seen a loss where there is none. */
    @Test
    void runs_of_the_level_that_were_held_back_make_no_regression() {
        int called = 0;
        for (int seed = 0; seed < 10 * SEEDS; seed++) {
            called += isCalled(judged(seed, HELD, 100, noisy(2000 + seed, 1, 100, 0.02))) ? 1 : 0;
        }

        // at most as many healthy runs as the error rate allows
        assertThat(called).isLessThanOrEqualTo(10 * SEEDS / 20);
    }

    /** Of a commit that was run twice too, the beginning of what these runs show by themselves is their own. */
    @Test
    void what_the_judged_runs_show_by_themselves_begins_with_them() {
        Finding finding = judged(1, HELD, 103, 150, 151);

        assertThat(isCalled(finding)).isTrue();
        assertThat(finding.since()).isEqualTo(commit(RUNS + HELD));
    }
}
