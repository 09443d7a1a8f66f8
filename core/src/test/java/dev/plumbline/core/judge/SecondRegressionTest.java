package dev.plumbline.core.judge;

import static dev.plumbline.core.judge.CheckedWalk.change;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.CommitOrder;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks of one branch, one after the other, where a regression comes on top of one that nobody has accepted. */
class SecondRegressionTest {
    private static final int GOOD = 20;

    /** The commits of the branch are known, in their order. */
    private static final class Commits implements CommitOrder {
        private final List<RunInfo> runs;

        Commits(List<RunInfo> runs) {
            this.runs = runs;
        }

        @Override
        public Timeline timeline(String branch) {
            return Timeline.of(runs);
        }

        @Override
        public Optional<Set<String>> ancestors(String commit) {
            return Optional.empty();
        }

        @Override
        public Set<String> between(String commit, String upTo) {
            return Set.of();
        }
    }

    /** Twenty good runs, then one check after the other, each of a commit of its own. */
    private static final class Walk extends CheckedWalk {
        private final List<Triage> stated = new ArrayList<>();

        Walk(long seed, double noise, String unit) {
            super(seed, noise, unit, GOOD);
        }

        Finding check(double level) {
            RunInfo run = measure("c" + runs.size(), level);
            return first(judge(
                    run,
                    new Annotations(new Annotations.Facts(accepted, taken, stated), Instant.EPOCH, new Commits(runs)),
                    Set.of()));
        }

        List<Finding> checks(int count, double level) {
            return IntStream.range(0, count).mapToObj(i -> check(level)).toList();
        }

        /** Somebody accepts what a finding says of the newest runs, from its first one on. */
        void accept(Finding finding) {
            accept(
                    finding,
                    Acceptance.Scope.ENV,
                    Instant.EPOCH,
                    series(0).points().stream()
                            .dropWhile(point ->
                                    !point.run().header().revision().commit().equals(finding.since()))
                            .toList());
        }

        void acknowledge(Finding finding) {
            stated.add(new Triage(
                    finding.id(),
                    Triage.Decision.ACKNOWLEDGED,
                    Optional.empty(),
                    "",
                    "Ann",
                    Instant.EPOCH,
                    "on it",
                    List.of(new Triage.Subject(
                            finding.key(),
                            finding.since(),
                            finding.since(),
                            finding.since(),
                            finding.verdict().effect().orElseThrow().relativeChange()))));
        }
    }

    private static List<Warning.OnOpenLevel> open(Finding finding) {
        return CheckedWalk.warnings(finding, Warning.OnOpenLevel.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 25})
    void is_a_change_of_its_own_from_its_first_run_on_and_the_earlier_one_is_told_beside_it(int before) {
        Walk walk = new Walk(41 + before, 0.01, "ms");
        List<Finding> first = walk.checks(before, 130);
        assertThat(first).extracting(Finding::since).containsOnly("c" + GOOD);
        assertThat(first).allSatisfy(finding -> assertThat(open(finding)).isEmpty());

        List<Finding> second = walk.checks(10, 165);

        for (Finding finding : second) {
            assertThat(change(finding)).isBetween(0.22, 0.32);
            assertThat(finding.since()).isEqualTo("c" + (GOOD + before));
            assertThat(open(finding)).singleElement().satisfies(one -> {
                assertThat(one.open().commit()).isEqualTo("c" + GOOD);
                assertThat(one.change()).isBetween(0.26, 0.34);
            });
        }
        assertThat(second).extracting(Finding::id).containsOnly(second.get(0).id());
        assertThat(second.get(0).id()).isNotEqualTo(first.get(0).id());
    }

    @Test
    void a_third_one_tells_both_that_are_open() {
        Walk walk = new Walk(5, 0.01, "ms");
        walk.checks(3, 130);
        walk.checks(3, 165);

        for (Finding finding : walk.checks(5, 200)) {
            assertThat(change(finding)).isBetween(0.17, 0.26);
            assertThat(finding.since()).isEqualTo("c" + (GOOD + 6));
            assertThat(open(finding))
                    .extracting(one -> one.open().commit())
                    .containsExactly("c" + GOOD, "c" + (GOOD + 3));
        }
    }

    @Test
    void what_stays_where_it_is_stays_one_change() {
        int further = 0;
        for (long seed = 0; seed < 30; seed++) {
            Walk walk = new Walk(1000 + seed, 0.015, "ms");
            for (Finding finding : walk.checks(20, 125)) {
                assertThat(change(finding)).isPositive();
                further += open(finding).isEmpty() ? 0 : 1;
            }
        }
        assertThat(further).isLessThanOrEqualTo(6);
    }

    @Test
    void when_it_goes_back_the_earlier_one_is_called_again() {
        Walk walk = new Walk(6, 0.01, "ms");
        Finding first = walk.checks(5, 130).get(0);
        walk.checks(4, 165);

        for (Finding finding : walk.checks(6, 130)) {
            assertThat(change(finding)).isBetween(0.2, 0.4);
            assertThat(finding.id()).isEqualTo(first.id());
            assertThat(open(finding)).isEmpty();
        }
        assertThat(walk.check(100).verdict()).isNotInstanceOf(Verdict.Regressed.class);
    }

    @Test
    void a_small_one_is_called_after_three_runs_at_the_latest_and_keeps_its_id() {
        int late = 0;
        for (long seed = 0; seed < 20; seed++) {
            Walk walk = new Walk(2000 + seed, 0.01, "ms");
            walk.checks(6, 130);
            List<Finding> second = walk.checks(8, 130 * 1.08);
            assertThat(second).allSatisfy(finding -> assertThat(change(finding)).isGreaterThan(0.02));
            late += second.subList(2, 8).stream()
                            .allMatch(finding -> !open(finding).isEmpty()
                                    && finding.id().equals(second.get(7).id()))
                    ? 0
                    : 1;
        }
        assertThat(late).isLessThanOrEqualTo(2);
    }

    @Test
    void of_a_counter_the_first_run_tells_it() {
        Walk walk = new Walk(7, 0, "B");
        walk.checks(2, 130);

        for (Finding finding : walk.checks(4, 143)) {
            assertThat(change(finding)).isEqualTo(0.1, org.assertj.core.api.Assertions.within(1e-9));
            assertThat(finding.since()).isEqualTo("c" + (GOOD + 2));
            assertThat(open(finding)).hasSize(1);
        }
    }

    @Test
    void what_is_open_keeps_its_severity_when_a_minor_one_comes_on_top() {
        Walk walk = new Walk(8, 0.005, "ms");
        Finding first = walk.checks(6, 130).get(5);

        Finding second = walk.checks(3, 130 * 1.06).get(2);

        assertThat(open(second)).hasSize(1);
        assertThat(second.severity()).isEqualTo(first.severity());
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, true"})
    void who_acknowledges_the_second_has_not_acknowledged_the_first(boolean both, boolean isKnown) {
        Walk walk = new Walk(9, 0.01, "ms");
        Finding first = walk.checks(6, 130).get(5);
        Finding second = walk.checks(2, 165).get(1);
        walk.acknowledge(second);
        if (both) {
            walk.acknowledge(first);
        }

        Finding next = walk.check(165);

        assertThat(next.isKnown()).isEqualTo(isKnown);
        assertThat(next.id()).isEqualTo(isKnown ? second.id() : first.id());
    }

    @Test
    void who_acknowledged_the_first_has_not_acknowledged_the_second() {
        Walk walk = new Walk(10, 0.01, "ms");
        walk.acknowledge(walk.checks(2, 130).get(1));
        assertThat(walk.check(130).isKnown()).isTrue();

        List<Finding> second = walk.checks(3, 165);

        assertThat(second).allSatisfy(finding -> assertThat(finding.isKnown()).isFalse());
    }

    @ParameterizedTest
    @CsvSource({"0.005, 1", "0.01, 2", "0.01, 6", "0.02, 6"})
    void who_accepts_the_second_has_not_accepted_the_first_which_is_reported_until_it_is_gone(double noise, int runs) {
        int missed = 0;
        int wrong = 0;
        for (long seed = 0; seed < 20; seed++) {
            Walk walk = new Walk(3000 + seed, noise, "ms");
            Finding first = walk.checks(6, 130).get(5);
            List<Finding> second = walk.checks(runs, 165);
            walk.accept(second.get(runs - 1));

            for (Finding finding : walk.checks(12, 165)) {
                boolean isFirst = finding.verdict() instanceof Verdict.Regressed
                        && finding.id().equals(first.id());
                missed += isFirst ? 0 : 1;
                if (isFirst) {
                    assertThat(change(finding)).isBetween(0.3 - 7 * noise, 0.3 + 7 * noise);
                }
            }
            for (Finding finding : walk.checks(12, 165 / 1.3)) {
                wrong += finding.verdict() instanceof Verdict.Regressed ? 1 : 0;
            }
        }
        assertThat(missed).isZero();
        assertThat(wrong).isLessThanOrEqualTo(14);
    }

    @Test
    void one_odd_run_of_the_accepted_level_does_not_end_what_is_open_below_it() {
        int missed = 0;
        int checks = 0;
        for (long seed = 0; seed < 30; seed++) {
            Walk walk = new Walk(77000 + seed, 0.02, "ms");
            Finding first = walk.checks(6, 110).get(5);
            Finding second = walk.checks(6, 140).get(5);
            if (open(second).isEmpty()) {
                continue;
            }
            walk.accept(second);
            for (Finding finding : walk.checks(6, 140)) {
                checks++;
                missed += finding.id().equals(first.id()) ? 0 : 1;
            }
        }

        assertThat(checks).isGreaterThan(150);
        assertThat(missed).isLessThan(checks / 12);
    }

    @Test
    void one_run_that_is_odd_begins_nothing() {
        Walk walk = new Walk(11, 0.01, "ms");
        Finding first = walk.checks(5, 130).get(0);
        walk.check(180);

        List<Finding> after = walk.checks(5, 130);

        assertThat(after).extracting(Finding::id).containsOnly(first.id());
        assertThat(Arrays.asList(after.get(0), after.get(4)))
                .allSatisfy(finding -> assertThat(open(finding)).isEmpty());
    }
}
