package dev.plumbline.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicLong clock = new AtomicLong();
    private final List<String> log = new ArrayList<>();
    private final Collected collected = new Collected();

    @Test
    void ends_when_the_level_is_known_as_exactly_as_was_asked() {
        SplittableRandom random = new SplittableRandom(1);
        Precision precision = new Precision(0.01, 0.95, 5, 1_000);

        Rounds.Outcome outcome = rounds(precision, 0, HOUR)
                .measure(List.of(noisy("a", random, 0.01)), collected)
                .get(0);

        assertThat(outcome.end()).isEqualTo(Rounds.End.PRECISE);
        assertThat(outcome.executions()).isBetween(8, 60);
        assertThat(outcome.interval().isInside(-0.01, 0.01)).isTrue();
        assertThat(samples()).hasSize(2);
        assertThat(samples().get(0).groupCount()).isEqualTo(outcome.executions());
    }

    @Test
    void the_interval_at_which_it_stops_covers_the_level_as_often_as_it_says() {
        int covered = 0;
        for (int seed = 0; seed < 400; seed++) {
            SplittableRandom random = new SplittableRandom(500 + seed);
            Collected results = new Collected();
            Rounds.Outcome outcome = rounds(new Precision(0.02, 0.95, 3, 1_000), 0, HOUR)
                    .measure(List.of(noisy("a", random, 0.03)), results)
                    .get(0);
            double[] values =
                    results.runs().get(0).measurements().get(0).sample().groupLocations();
            double level = 0;
            for (double value : values) {
                level += value / values.length;
            }
            covered += level * (1 + outcome.interval().low()) <= 1
                            && level * (1 + outcome.interval().high()) >= 1
                    ? 1
                    : 0;
        }

        assertThat(covered / 400.0).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void makes_no_more_than_the_most_executions() {
        SplittableRandom random = new SplittableRandom(2);

        Rounds.Outcome outcome = rounds(new Precision(0.001, 0.95, 3, 7), 0, HOUR)
                .measure(List.of(noisy("a", random, 0.1)), collected)
                .get(0);

        assertThat(outcome.end()).isEqualTo(Rounds.End.MOST);
        assertThat(outcome.executions()).isEqualTo(7);
    }

    @Test
    void begins_nothing_that_would_pass_the_time_but_measures_everything_once() {
        SplittableRandom random = new SplittableRandom(3);
        List<FakeSubject> subjects = List.of(noisy("a", random, 0.1), noisy("b", random, 0.1));

        List<Rounds.Outcome> outcomes = rounds(new Precision(0.001, 0.95, 3, 1_000), 0, Duration.ofSeconds(7))
                .measure(subjects, collected);

        assertThat(outcomes).extracting(Rounds.Outcome::end).containsOnly(Rounds.End.TIME);
        assertThat(log).hasSize(7);
        assertThat(rounds(new Precision(0.001, 0.95, 3, 1_000), 0, Duration.ZERO)
                        .measure(subjects, collected))
                .extracting(Rounds.Outcome::executions)
                .containsExactly(1, 1);
    }

    @Test
    void a_subject_with_a_plan_is_measured_as_often_as_that_says() {
        FakeSubject planned = noisy("a", new SplittableRandom(3), 0.1);
        FakeSubject other = new FakeSubject("b", () -> 1, clock, log);

        List<Rounds.Outcome> outcomes = new Rounds(
                        new Rounds.Settings(new Precision(0.01, 0.95, 3, 1_000), 0, HOUR, 1)
                                .withPlanned(Map.of("a", Precision.exactly(9))),
                        (subject, execution, share) -> {},
                        clock::get)
                .measure(List.of(planned, other), collected);

        assertThat(outcomes).extracting(Rounds.Outcome::executions).containsExactly(9, 3);
        assertThat(outcomes).extracting(Rounds.Outcome::isPlanned).containsExactly(true, false);
        assertThat(outcomes.get(0).end()).isEqualTo(Rounds.End.MOST);
    }

    @Test
    void a_plan_that_runs_out_of_time_says_what_was_planned() {
        Rounds.Outcome outcome = rounds(Precision.exactly(9), 0, Duration.ofSeconds(4))
                .measure(List.of(noisy("a", new SplittableRandom(3), 0.1)), collected)
                .get(0);

        assertThat(outcome.end()).isEqualTo(Rounds.End.TIME);
        assertThat(outcome.executions()).isEqualTo(4);
        assertThat(outcome.needed()).hasValue(9);
    }

    @Test
    void those_that_come_first_have_all_the_time_they_need_and_the_others_what_is_left() {
        List<FakeSubject> subjects = List.of(
                noisy("a", new SplittableRandom(3), 0.1),
                noisy("b", new SplittableRandom(4), 0.1),
                noisy("c", new SplittableRandom(5), 0.1));

        List<Rounds.Outcome> enough = firstB(subjects, Duration.ofSeconds(9));
        List<String> order = List.copyOf(log);
        List<Rounds.Outcome> tooLittle = firstB(subjects, Duration.ofSeconds(6));

        assertThat(enough).extracting(Rounds.Outcome::executions).containsExactly(2, 6, 1);
        assertThat(order.subList(0, 6)).containsOnly("b");
        assertThat(tooLittle).extracting(Rounds.Outcome::executions).containsExactly(0, 6, 0);
        assertThat(tooLittle)
                .extracting(Rounds.Outcome::end)
                .containsExactly(Rounds.End.TIME, Rounds.End.MOST, Rounds.End.TIME);
    }

    private List<Rounds.Outcome> firstB(List<FakeSubject> subjects, Duration budget) {
        return new Rounds(
                        new Rounds.Settings(Precision.exactly(6), 0, budget, 1).withFirst(Set.of("b")),
                        (subject, execution, share) -> {},
                        clock::get)
                .measure(subjects, collected);
    }

    @Test
    void goes_on_for_the_least_time_although_the_level_is_known() {
        Precision precision = new Precision(0.01, 0.95, 3, 1_000, Duration.ofSeconds(20));

        List<Rounds.Outcome> outcomes = rounds(precision, 2, HOUR)
                .measure(
                        List.of(new FakeSubject("a", () -> 1, clock, log), noisy("b", new SplittableRandom(1), 0.1)),
                        collected);

        // one second each; a warm-up is no part of it, and neither is what the other takes
        assertThat(outcomes.get(0).executions()).isEqualTo(20);
        assertThat(outcomes.get(0).end()).isEqualTo(Rounds.End.PRECISE);
        assertThat(outcomes.get(1).executions()).isGreaterThan(100);
    }

    @Test
    void what_is_known_when_the_budget_or_the_executions_end_is_known() {
        Precision precision = new Precision(0.01, 0.95, 3, 10, Duration.ofSeconds(20));
        FakeSubject steady = new FakeSubject("a", () -> 1, clock, log);

        Rounds.Outcome most =
                rounds(precision, 0, HOUR).measure(List.of(steady), collected).get(0);
        Rounds.Outcome time = rounds(precision, 0, Duration.ofSeconds(7))
                .measure(List.of(steady), new Collected())
                .get(0);

        assertThat(most.executions()).isEqualTo(10);
        assertThat(most.end()).isEqualTo(Rounds.End.PRECISE);
        assertThat(time.executions()).isEqualTo(7);
        assertThat(time.end()).isEqualTo(Rounds.End.PRECISE);
    }

    @Test
    void what_a_long_warm_up_takes_is_not_expected_of_what_follows() {
        AtomicLong first = new AtomicLong(50_000_000_000L);
        FakeSubject subject = new FakeSubject("a", () -> 1 + 0 * clock.addAndGet(first.getAndSet(0)), clock, log);

        Rounds.Outcome outcome = rounds(new Precision(0.01, 0.95, 30, 30), 1, Duration.ofSeconds(60))
                .measure(List.of(subject), collected)
                .get(0);

        // fifty-one of the sixty seconds are gone
        assertThat(outcome.executions()).isEqualTo(9);
        assertThat(outcome.end()).isEqualTo(Rounds.End.TIME);
    }

    @Test
    void gives_up_where_the_machine_drifts_more_than_was_asked() {
        AtomicLong place = new AtomicLong(1000);
        SplittableRandom random = new SplittableRandom(5);
        FakeSubject drifting = new FakeSubject("a", () -> place.addAndGet(random.nextInt(-9, 10)), clock, log);

        Rounds.Outcome outcome = rounds(new Precision(0.001, 0.95, 3, 1_000), 0, HOUR)
                .measure(List.of(drifting), collected)
                .get(0);

        assertThat(outcome.end()).isEqualTo(Rounds.End.DRIFT);
        assertThat(outcome.executions()).isIn(64, 128, 256);
        assertThat(outcome.needed()).isEmpty();
        // within ten seconds nothing is given up, and what drifts little is known before
        List<Double> values = IntStream.range(0, 64).mapToObj(i -> 100.0 + i).toList();
        assertThat(Precision.exactly(64).isOutOfReach(values, Duration.ofMillis(9_999)))
                .isFalse();
        assertThat(Precision.exactly(64).isOutOfReach(values, Duration.ofSeconds(10)))
                .isTrue();
        assertThat(Precision.exactly(64).isOutOfReach(values.subList(0, 63), HOUR))
                .isFalse();
        assertThat(new Precision(0.001, 0.95, 65, 1_000).isOutOfReach(values, HOUR))
                .isFalse();
    }

    @Test
    void steady_values_are_measured_as_often_as_is_asked_at_least() {
        Rounds.Outcome outcome = rounds(new Precision(0.01, 0.95, 200, 1_000), 0, HOUR)
                .measure(List.of(new FakeSubject("a", () -> 1, clock, log)), collected)
                .get(0);

        assertThat(outcome.executions()).isEqualTo(200);
        assertThat(outcome.end()).isEqualTo(Rounds.End.PRECISE);
    }

    @Test
    void what_was_known_when_it_was_stopped_is_not_measured_again() {
        Precision precision = new Precision(0.01, 0.95, 3, 1_000, Duration.ofSeconds(20));
        rounds(Precision.exactly(1), 0, HOUR).measure(List.of(new FakeSubject("a", () -> 1, clock, log)), collected);
        log.clear();

        Rounds.Outcome outcome = rounds(precision, 0, HOUR)
                .measure(List.of(new FakeSubject("a", () -> 1, clock, log)), new Collected(), new Journal() {
                    @Override
                    public List<List<Run>> earlier(String subject) {
                        return Collections.nCopies(5, collected.runs());
                    }

                    @Override
                    public void executed(String subject, List<Run> runs) {
                        throw new AssertionError("nothing is left to measure");
                    }
                })
                .get(0);

        assertThat(outcome.executions()).isEqualTo(5);
        assertThat(log).isEmpty();
    }

    @Test
    void mixes_the_subjects_in_every_round() {
        SplittableRandom random = new SplittableRandom(4);
        List<FakeSubject> subjects = List.of(noisy("a", random, 0.1), noisy("b", random, 0.1), noisy("c", random, 0.1));

        rounds(Precision.exactly(40), 0, HOUR).measure(subjects, collected);

        HashSet<List<String>> orders = new HashSet<>();
        for (int round = 0; round < 40; round++) {
            List<String> order = log.subList(3 * round, 3 * round + 3);
            assertThat(order).containsExactlyInAnyOrder("a", "b", "c");
            orders.add(List.copyOf(order));
        }
        assertThat(orders).hasSize(6);
    }

    @Test
    void the_first_round_which_orders_the_results_goes_as_the_subjects_were_given() {
        List<String> given = List.of("d", "a", "e", "c", "b");

        rounds(Precision.exactly(2), 0, HOUR)
                .measure(
                        given.stream()
                                .map(name -> new FakeSubject(name, () -> 1, clock, log))
                                .toList(),
                        collected);

        assertThat(log.subList(0, 5)).isEqualTo(given);
    }

    @Test
    void warm_up_executions_do_not_count() {
        Rounds.Outcome outcome = rounds(Precision.exactly(3), 2, HOUR)
                .measure(List.of(new FakeSubject("a", () -> 1, clock, log)), collected)
                .get(0);

        assertThat(log).hasSize(5);
        assertThat(outcome.executions()).isEqualTo(3);
        assertThat(samples().get(1).groupLocations()).containsExactly(3, 4, 5);
    }

    @Test
    void one_that_fails_keeps_what_it_had_and_does_not_disturb_the_others() {
        List<Rounds.Outcome> outcomes = rounds(Precision.exactly(5), 0, HOUR)
                .measure(
                        List.of(
                                new FakeSubject("a", () -> 1, clock, log).failingAfter(2),
                                new FakeSubject("b", () -> 1, clock, log)),
                        collected);

        assertThat(outcomes.get(0).end()).isEqualTo(Rounds.End.FAILED);
        assertThat(outcomes.get(0).failure()).isEqualTo("a broke");
        assertThat(outcomes.get(0).executions()).isEqualTo(2);
        assertThat(outcomes.get(1).executions()).isEqualTo(5);
    }

    @Test
    void stopped_from_outside_it_tells_what_it_has() {
        List<Rounds.Outcome> outcomes = rounds(Precision.exactly(50), 0, HOUR)
                .measure(List.of(new FakeSubject("a", () -> 1, clock, log).interruptedAfter(4)), collected);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcomes.get(0).end()).isEqualTo(Rounds.End.STOPPED);
        assertThat(samples().get(0).groupCount()).isEqualTo(4);
    }

    private FakeSubject noisy(String name, SplittableRandom random, double noise) {
        return new FakeSubject(name, () -> Math.exp(noise * random.nextGaussian()), clock, log);
    }

    @Test
    void says_how_many_executions_it_would_have_taken() {
        SplittableRandom random = new SplittableRandom(3);
        Rounds.Outcome cutShort = rounds(new Precision(0.01, 0.95, 3, 20), 0, HOUR)
                .measure(List.of(noisy("a", random, 0.05)), collected)
                .get(0);
        Rounds.Outcome whole = rounds(new Precision(0.01, 0.95, 3, 10_000), 0, HOUR)
                .measure(List.of(noisy("a", new SplittableRandom(3), 0.05)), new Collected())
                .get(0);

        assertThat(cutShort.end()).isEqualTo(Rounds.End.MOST);
        assertThat((double) cutShort.needed().orElseThrow() / whole.executions())
                .isBetween(0.4, 2.5);
        assertThat(whole.needed()).isEmpty();
    }

    private Rounds rounds(Precision precision, int warmUps, Duration budget) {
        return new Rounds(new Rounds.Settings(precision, warmUps, budget, 42), (a, b, c) -> {}, clock::get);
    }

    private List<Sample> samples() {
        return collected.runs().get(0).measurements().stream()
                .map(Measurement::sample)
                .toList();
    }
}
