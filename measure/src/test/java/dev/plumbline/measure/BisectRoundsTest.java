package dev.plumbline.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.name.BenchmarkName;
import dev.plumbline.measure.process.CommandFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BisectRoundsTest {
    private final AtomicLong clock = new AtomicLong();
    private final List<String> log = new ArrayList<>();

    @Test
    void finds_a_ten_percent_step_in_three_percent_noise_with_fewer_runs_than_ten_a_step() throws Exception {
        int right = 0;
        for (int seed = 0; seed < 100; seed++) {
            log.clear();
            BisectRounds.Outcome outcome = rounds(500, Duration.ofHours(9)).measure(64, commits(seed, 0.10, Set.of()));
            right += outcome.look().orElseThrow().culprits().equals(List.of(culprit(seed))) ? 1 : 0;
            assertThat(log.size()).as("seed %d", seed).isLessThan(60);
        }

        assertThat(right).isGreaterThanOrEqualTo(95);
    }

    @Test
    void ends_that_do_not_differ_are_told_and_nothing_else_is_measured() throws Exception {
        int mistaken = 0;
        for (int seed = 0; seed < 100; seed++) {
            BisectRounds.Outcome outcome = rounds(500, Duration.ofHours(9)).measure(64, commits(seed, 0, Set.of()));
            mistaken += outcome.end() == BisectRounds.End.NO_DIFFERENCE ? 0 : 1;
        }

        assertThat(mistaken).isLessThanOrEqualTo(8);
    }

    @Test
    void commits_that_do_not_build_are_passed_over() throws Exception {
        Set<Integer> broken = new HashSet<>(List.of(31, 32, 33, 16, 48));

        BisectRounds.Outcome outcome = rounds(500, Duration.ofHours(9)).measure(64, commits(3, 0.10, broken));

        assertThat(outcome.end()).isEqualTo(BisectRounds.End.FOUND);
        assertThat(outcome.seen().get(32).failure()).contains("does not build");
        assertThat(outcome.seen().get(32).runs()).isEmpty();
        assertThat(outcome.look().orElseThrow().culprits()).contains(culprit(3));
    }

    @Test
    void a_good_commit_that_does_not_build_is_an_error() {
        assertThatThrownBy(() -> rounds(500, Duration.ofHours(9)).measure(64, commits(3, 0.1, Set.of(0))))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("does not build");
    }

    @Test
    void stops_when_the_time_or_the_runs_are_spent() throws Exception {
        BisectRounds.Outcome time = rounds(500, Duration.ofSeconds(15)).measure(64, commits(1, 0.1, Set.of()));
        log.clear();
        BisectRounds.Outcome runs = rounds(15, Duration.ofHours(1)).measure(64, commits(1, 0.1, Set.of()));

        assertThat(time.end()).isEqualTo(BisectRounds.End.SPENT);
        assertThat(runs.end()).isEqualTo(BisectRounds.End.SPENT);
        assertThat(log.size()).isBetween(14, 16);
        assertThat(runs.look().orElseThrow().credible()).hasSizeGreaterThan(1);
    }

    @Test
    void stopped_from_outside_it_tells_what_it_has() throws Exception {
        BisectRounds.Commits stopping = position ->
                new Gauge(subject(() -> 1.0 + position).interruptedAfter(0), new BenchmarkName("b"), time());

        BisectRounds.Outcome outcome = rounds(500, Duration.ofHours(1)).measure(5, stopping);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome.end()).isEqualTo(BisectRounds.End.STOPPED);
        assertThat(outcome.look()).isEmpty();
    }

    @Test
    void a_benchmark_that_is_not_measured_is_told_with_what_is() {
        Gauge gauge = new Gauge(subject(() -> 1), new BenchmarkName("other"), Optional.empty());

        assertThatThrownBy(gauge::read)
                .hasMessageContaining("does not measure other")
                .hasMessageContaining("b time");
        assertThatThrownBy(new Gauge(subject(() -> 1), new BenchmarkName("b"), Optional.of("none"))::read)
                .hasMessageContaining("does not measure b none");
    }

    private static int culprit(int seed) {
        return 1 + new SplittableRandom(seed).nextInt(64);
    }

    private BisectRounds.Commits commits(int seed, double step, Set<Integer> broken) {
        SplittableRandom random = new SplittableRandom(1_000 + seed);
        int culprit = culprit(seed);
        return position -> {
            if (broken.contains(position)) {
                throw new CommandFailure("commit " + position + " does not build");
            }
            double level = position >= culprit ? 100 * (1 + step) : 100;
            return new Gauge(
                    subject(() -> level * (1 + 0.03 * random.nextGaussian())),
                    new BenchmarkName("b"),
                    Optional.empty());
        };
    }

    private static Optional<String> time() {
        return Optional.of("time");
    }

    private FakeSubject subject(java.util.function.DoubleSupplier values) {
        return new FakeSubject("subject", values, clock, log);
    }

    private BisectRounds rounds(int runs, Duration budget) {
        return new BisectRounds(
                new BisectRounds.Settings(0.99, 0.05, 20, runs, budget), reading -> 0.02, (a, b, c) -> {}, clock::get);
    }
}
