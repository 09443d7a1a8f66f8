package dev.plumbline.core.judge;

import static dev.plumbline.core.judge.CheckedWalk.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.CommitOrder;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Further runs of a commit whose regression somebody accepted. */
class AcceptedRerunsTest {
    private static final int GOOD = 12;
    private static final String SLOWER = "aaaa0001";

    /** Some good runs, and then runs of commits that may be accepted. */
    private static final class Walk extends CheckedWalk {
        private final Set<String> checked = new HashSet<>();

        Walk(long seed, double noise, String unit) {
            super(seed, noise, unit, GOOD);
        }

        Finding check(String commit, double level) {
            RunInfo run = measure(commit, level);
            Judgement judgement = judge(
                    run,
                    new Annotations(new Annotations.Facts(accepted, taken, List.of()), now(), CommitOrder.UNKNOWN),
                    checked);
            checked.addAll(judgement.facts().checked());
            return first(judgement);
        }

        /** Somebody accepts what the newest run shows. */
        void accept(Finding finding, Acceptance.Scope scope) {
            List<Point> points = series(0).points();
            accept(finding, scope, now(), points.subList(points.size() - 1, points.size()));
        }
    }

    private static Walk accepted(long seed, double noise, String unit, double level) {
        Walk walk = new Walk(seed, noise, unit);
        Finding first = walk.check(SLOWER, level);
        assertThat(first.isKnown()).isFalse();
        walk.accept(first, Acceptance.Scope.ENV);
        return walk;
    }

    private static List<Warning.BeyondAccepted> beyond(Finding finding) {
        return CheckedWalk.warnings(finding, Warning.BeyondAccepted.class);
    }

    private static boolean isOpen(Finding finding) {
        return finding.verdict() instanceof Verdict.Regressed && !finding.isKnown();
    }

    @Test
    void a_rerun_that_is_clearly_larger_than_what_was_accepted_is_a_regression_with_both_sizes() {
        Walk walk = accepted(1, 0.01, "ms", 120);
        assertThat(walk.check(SLOWER, 120).isKnown()).isTrue();

        Finding larger = walk.check(SLOWER, 170);

        assertThat(larger.isKnown()).isFalse();
        assertThat(change(larger)).isEqualTo(0.7, within(0.06));
        assertThat(larger.since()).isEqualTo(SLOWER);
        assertThat(beyond(larger)).singleElement().satisfies(one -> {
            assertThat(one.accepted()).isEqualTo(0.2, within(0.05));
            assertThat(one.measured()).isEqualTo(0.7, within(0.06));
        });
    }

    @ParameterizedTest
    @CsvSource({"0.01, 120", "0.01, 140", "0.02, 130", "0.03, 140"})
    void reruns_at_the_accepted_level_pass_and_those_of_twice_the_size_fail(double noise, double level) {
        int suites = 25;
        int passed = 0;
        int failed = 0;
        for (long seed = 0; seed < suites; seed++) {
            Walk same = accepted(700 + seed, noise, "ms", level);
            for (int run = 0; run < 2; run++) {
                passed += isOpen(same.check(SLOWER, level)) ? 0 : 1;
            }
            Walk twice = accepted(900 + seed, noise, "ms", level);
            twice.check(SLOWER, 2 * level - 100);
            failed += isOpen(twice.check(SLOWER, 2 * level - 100)) ? 1 : 0;
        }

        assertThat(passed).isGreaterThanOrEqualTo(2 * suites - 2);
        assertThat(failed).isGreaterThanOrEqualTo(suites * 9 / 10);
    }

    @Test
    void a_counter_is_no_more_than_what_was_accepted_to_the_last_digit() {
        Walk walk = accepted(2, 0, "B", 120);

        assertThat(walk.check(SLOWER, 120).isKnown()).isTrue();
        assertThat(beyond(walk.check(SLOWER, 128))).hasSize(1);
    }

    @Test
    void who_accepts_the_larger_one_too_has_accepted_the_commit_up_to_that() {
        Walk walk = accepted(3, 0.01, "ms", 120);
        Finding larger = walk.check(SLOWER, 170);
        walk.accept(larger, Acceptance.Scope.ENV);

        assertThat(walk.check(SLOWER, 170).isKnown()).isTrue();
        assertThat(isOpen(walk.check(SLOWER, 250))).isTrue();
    }

    @Test
    void a_disturbed_rerun_is_outvoted_by_the_next_two() {
        Walk walk = accepted(4, 0.01, "ms", 120);
        assertThat(isOpen(walk.check(SLOWER, 170))).isTrue();
        walk.check(SLOWER, 120);

        assertThat(isOpen(walk.check(SLOWER, 120))).isFalse();
    }

    @Test
    void the_next_commit_at_the_larger_level_is_a_regression_whatever_the_reruns_were() {
        Walk walk = accepted(5, 0.01, "ms", 120);
        walk.check(SLOWER, 120);
        walk.check(SLOWER, 170);
        walk.check(SLOWER, 170);

        assertThat(isOpen(walk.check("bbbb0002", 170))).isTrue();
        assertThat(isOpen(walk.check("bbbb0002", 120))).isFalse();
    }

    @Test
    void an_acceptance_of_the_whole_benchmark_holds_each_series_to_its_own_accepted_runs() {
        Walk walk = new Walk(6, 0.01, "ms");
        walk.accept(walk.check(SLOWER, 120), Acceptance.Scope.BENCHMARK);

        assertThat(walk.check(SLOWER, 120).isKnown()).isTrue();
        assertThat(beyond(walk.check(SLOWER, 170))).hasSize(1);
    }
}
