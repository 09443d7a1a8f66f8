package dev.plumbline.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextRunTest {
    private static final Series QUIET = series("quiet", 30, 0.01);
    private static final Series LOUD = series("loud", 30, 0.05);
    private static final Series YOUNG = series("young", 3, 0.01);
    private static final Series ZEROS = Trials.COUNTER.called("zeros").series(Trials.points(new double[30]));

    private static Series series(String name, int runs, double noise) {
        return Trials.DURATION.called(name).series(Trials.points(Trials.noisy(name.hashCode(), runs, 100, noise)));
    }

    private static NextRun next(Series... histories) {
        return NextRun.after(List.of(histories), Policy.DEFAULT);
    }

    @Test
    void what_it_detects_is_what_a_check_of_any_run_tells() {
        NextRun next = next(QUIET, LOUD, YOUNG);
        for (double value : new double[] {100, 130, 60}) {
            List<Finding> findings = new Judge(Policy.DEFAULT)
                    .judge(Arrays.asList(QUIET, LOUD, YOUNG).stream()
                            .map(history -> new Trial(
                                    history,
                                    List.of(Trials.points(new double[] {value}).get(0)),
                                    List.of())));

            for (Finding finding : findings) {
                assertThat(next.detectable(finding.key(), 1))
                        .as("%s of %s", finding.key(), value)
                        .isEqualTo(finding.detectableChange());
            }
        }
    }

    @Test
    void series_too_young_to_be_judged_are_part_of_the_suite_and_nothing_is_told_of_them() {
        NextRun next = next(QUIET, YOUNG);

        assertThat(next.expected()).extracting(NextRun.Expected::key).containsExactly(QUIET.key());
        assertThat(next.suite().series()).isEqualTo(2);
        assertThat(next.detectable(YOUNG.key(), 1)).isEmpty();
        assertThat(next.detectable()).containsOnlyKeys(QUIET.key());
    }

    @Test
    void what_measured_nothing_but_zero_is_no_part_of_it_unless_all_did() {
        assertThat(next(QUIET, ZEROS).suite().series()).isEqualTo(1);
        assertThat(next(ZEROS).suite().series()).isEqualTo(1);
    }

    @Test
    void more_runs_detect_less() {
        NextRun next = next(QUIET, LOUD);

        for (SeriesKey key : List.of(QUIET.key(), LOUD.key())) {
            assertThat(next.detectable(key, 5).orElseThrow())
                    .isLessThan(next.detectable(key, 1).orElseThrow());
        }
    }

    @Test
    void only_those_wanted_are_told_and_all_are_their_suite() {
        NextRun all = next(QUIET, LOUD);
        NextRun one = all.only(QUIET.key()::equals);

        assertThat(one.expected()).extracting(NextRun.Expected::key).containsExactly(QUIET.key());
        assertThat(one.detectable(LOUD.key(), 1)).isEmpty();
        assertThat(one.detectable(QUIET.key(), 1)).isEqualTo(all.detectable(QUIET.key(), 1));
        assertThat(one.suite().series()).isEqualTo(2);
    }
}
