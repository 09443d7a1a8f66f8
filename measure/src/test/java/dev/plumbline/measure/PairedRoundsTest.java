package dev.plumbline.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.PairEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedRoundsTest {
    private final AtomicLong clock = new AtomicLong();
    private final List<String> log = new ArrayList<>();

    @Test
    void finds_the_one_benchmark_that_slowed_down_and_leaves_the_others_alone() {
        int found = 0;
        int falseAlarms = 0;
        for (int seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<BenchmarkPair> contests = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                double effect = i == 3 ? 0.05 : 0;
                contests.add(contest("b" + i, noise(random, 0, 0.01), noise(random, effect, 0.01)));
            }
            List<Finding> findings = findings(settings(40, 3, Duration.ofHours(9)), contests);
            // every fake has a second metric, its number of calls, which never differs
            found += findings.get(6).verdict() instanceof Verdict.Regressed ? 1 : 0;
            for (int i = 0; i < findings.size(); i++) {
                falseAlarms += i != 6 && findings.get(i).verdict() instanceof Verdict.Regressed ? 1 : 0;
            }
        }

        assertThat(found).isGreaterThanOrEqualTo(49);
        assertThat(falseAlarms).isLessThanOrEqualTo(2);
    }

    @Test
    void takes_each_pair_in_the_order_opposite_to_the_one_before() {
        measure(
                settings(8, 0, Duration.ofHours(1)),
                List.of(contest("b", noise(new SplittableRandom(1), 0, 0.3), () -> 1)));

        assertThat(log).hasSize(16);
        for (int pair = 0; pair + 1 < 8; pair++) {
            assertThat(log.get(2 * pair)).isEqualTo(log.get(2 * pair + 3));
            assertThat(log.get(2 * pair + 1)).isEqualTo(log.get(2 * pair + 2));
        }
    }

    @Test
    void a_machine_that_slows_down_all_the_time_makes_no_regression() {
        int alarms = 0;
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(40 + seed);
            AtomicInteger executions = new AtomicInteger();
            DoubleSupplier drifting =
                    () -> Math.exp(0.003 * executions.incrementAndGet() + 0.01 * random.nextGaussian());
            alarms += findings(settings(20, 3, Duration.ofHours(1)), List.of(contest("b", drifting, drifting)))
                                    .get(0)
                                    .verdict()
                            instanceof Verdict.Regressed
                    ? 1
                    : 0;
        }

        assertThat(alarms).isLessThanOrEqualTo(5);
    }

    @Test
    void what_fresh_pairs_do_not_show_again_is_no_regression() {
        // the candidate is slow in its first six executions only
        AtomicInteger calls = new AtomicInteger();
        SplittableRandom random = new SplittableRandom(5);
        DoubleSupplier candidate =
                () -> (calls.incrementAndGet() <= 4 ? 1.5 : 1) * Math.exp(0.001 * random.nextGaussian());

        List<Finding> findings = findings(
                settings(40, 4, Duration.ofHours(1)), List.of(contest("b", noise(random, 0, 0.001), candidate)));

        assertThat(findings.get(0).verdict()).isNotInstanceOf(Verdict.Regressed.class);
    }

    @Test
    void three_fresh_pairs_that_miss_a_regression_by_noise_are_followed_by_more() {
        int called = 0;
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(6_000 + seed);
            BenchmarkPair contest = contest("b", noise(random, 0, 0.035), noise(random, 0.05, 0.035));
            List<Finding> findings = findings(settings(150, 3, Duration.ofHours(1)), List.of(contest));
            called += findings.get(0).verdict() instanceof Verdict.Regressed ? 1 : 0;
        }

        assertThat(called).isGreaterThanOrEqualTo(196);
    }

    @Test
    void what_has_the_right_of_way_is_measured_to_its_end_before_the_others_go_on() {
        SplittableRandom random = new SplittableRandom(9);
        BenchmarkPair waiting = contest("waiting", noise(random, 0, 0.2), noise(random, 0, 0.2));
        BenchmarkPair first = contest("first", noise(random, 0, 0.2), noise(random, 0, 0.2));

        PairedRounds.Outcome outcome = measure(
                settings(1_000, 0, Duration.ofSeconds(40)),
                List.of(waiting, new BenchmarkPair("first", first.base(), first.candidate(), true)));

        assertThat(outcome.pairs()).containsExactly(1, 19);
    }

    @Test
    void the_time_goes_where_a_regression_may_be() {
        int found = 0;
        int pairsOfCulprit = 0;
        for (int seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(700 + seed);
            List<BenchmarkPair> contests = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                contests.add(contest("b" + i, noise(random, 0, 0.035), noise(random, i == 3 ? 0.05 : 0, 0.035)));
            }
            // as long as thirteen pairs of each: in equal shares they find it in 3 of 50
            PairedRounds.Outcome outcome = measure(settings(1_000, 3, Duration.ofSeconds(2 * 9 * 13)), contests);
            found += outcome.comparison().findings(outcome.trials()).get(6).verdict() instanceof Verdict.Regressed
                    ? 1
                    : 0;
            pairsOfCulprit += outcome.pairs().get(3);
        }

        assertThat(found).isGreaterThanOrEqualTo(43);
        assertThat(pairsOfCulprit / 50).isGreaterThanOrEqualTo(22);
    }

    @Test
    void time_that_is_over_leaves_the_question_open() {
        SplittableRandom random = new SplittableRandom(6);

        List<Finding> findings = findings(
                settings(1_000, 3, Duration.ofSeconds(20)),
                List.of(contest("b", noise(random, 0, 0.2), noise(random, 0, 0.2))));

        assertThat(findings.get(0).verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(log).hasSize(20);
    }

    @Test
    void says_whether_the_time_ended_it() {
        List<BenchmarkPair> noisy =
                List.of(contest("b", noise(new SplittableRandom(6), 0, 0.2), noise(new SplittableRandom(7), 0, 0.2)));
        List<BenchmarkPair> quiet = List.of(contest("b", () -> 1, () -> 1));

        assertThat(measure(settings(1_000, 3, Duration.ofSeconds(20)), noisy).end())
                .isEqualTo(PairedRounds.End.TIME);
        assertThat(measure(settings(1_000, 3, Duration.ofSeconds(20)), quiet).end())
                .isEqualTo(PairedRounds.End.DONE);
    }

    @ParameterizedTest
    @CsvSource({"extra, 2", "system, 1"})
    void what_only_explains_a_time_asks_for_no_more_evidence(String metric, int judged) {
        BenchmarkPair contest = new BenchmarkPair(
                "b",
                new FakeSubject("base", () -> 1, clock, log).counting(metric),
                new FakeSubject("candidate", () -> 1, clock, log).counting(metric));

        Finding finding =
                findings(settings(10, 0, Duration.ofHours(1)), List.of(contest)).get(0);

        assertThat(finding.evidence(PairEvidence.Difference.class).map(PairEvidence.Difference::suiteSize))
                .containsExactly(judged);
    }

    @Test
    void a_second_copy_of_the_base_takes_part_in_every_round_and_no_arm_has_a_place_of_its_own() {
        SplittableRandom random = new SplittableRandom(8);
        BenchmarkPair two = contest("b", noise(random, 0, 0.3), noise(random, 0, 0.3));
        FakeSubject twin = new FakeSubject("b twin", noise(random, 0, 0.3), clock, log);
        BenchmarkPair three = new BenchmarkPair("b", two.base(), two.candidate(), Optional.of(twin), false);

        PairedRounds.Outcome outcome = measure(settings(200, 0, Duration.ofHours(1)), List.of(three));

        assertThat(outcome.trials().get(0).twin()).hasSize(200);
        int[] inTheMiddle = new int[3];
        for (int round = 0; round < 200; round++) {
            List<String> order = log.subList(3 * round, 3 * round + 3);
            assertThat(order).containsExactlyInAnyOrder("b base", "b candidate", "b twin");
            inTheMiddle[List.of("b base", "b candidate", "b twin").indexOf(order.get(1))]++;
            if (round % 2 == 1) {
                List<String> before = log.subList(3 * round - 3, 3 * round);
                assertThat(order).containsExactly(before.get(2), before.get(1), before.get(0));
            }
        }
        for (int count : inTheMiddle) {
            assertThat(count).isBetween(40, 95);
        }
    }

    @Test
    void a_side_that_fails_is_told_and_the_other_contests_go_on() {
        FakeSubject broken = new FakeSubject("broken", () -> 1, clock, log).failingAfter(0);
        FakeSubject fine = new FakeSubject("fine", () -> 1, clock, log);

        PairedRounds.Outcome outcome = measure(
                settings(10, 0, Duration.ofHours(1)),
                List.of(new BenchmarkPair("broken", fine, broken), contest("b", () -> 1, () -> 1)));

        assertThat(outcome.failures()).containsExactly("broken broke");
        assertThat(outcome.pairs()).containsExactly(0, 5);
        assertThat(outcome.comparison().findings(outcome.trials()).get(0).verdict())
                .isInstanceOf(Verdict.Unchanged.class);
    }

    private static DoubleSupplier noise(SplittableRandom random, double effect, double deviation) {
        return () -> (1 + effect) * Math.exp(deviation * random.nextGaussian());
    }

    private BenchmarkPair contest(String name, DoubleSupplier base, DoubleSupplier candidate) {
        return new BenchmarkPair(
                name,
                new FakeSubject(name + " base", base, clock, log),
                new FakeSubject(name + " candidate", candidate, clock, log));
    }

    private static PairedRounds.Settings settings(int most, int confirming, Duration budget) {
        return new PairedRounds.Settings(Policy.DEFAULT, 4, most, confirming, budget, 42, "machine", "main");
    }

    private PairedRounds.Outcome measure(PairedRounds.Settings settings, List<BenchmarkPair> contests) {
        return new PairedRounds(settings, (a, b, c) -> {}, clock::get)
                .measure(contests, new Collected(), new Collected());
    }

    private List<Finding> findings(PairedRounds.Settings settings, List<BenchmarkPair> contests) {
        PairedRounds.Outcome outcome = measure(settings, contests);
        return outcome.comparison().findings(outcome.trials());
    }
}
