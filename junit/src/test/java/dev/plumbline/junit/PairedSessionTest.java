package dev.plumbline.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.junit.pairs.PairRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairedSessionTest {
    private static final double MARGIN = 0.03;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** What the machine of a simulated session is like. */
    enum Machine {
        /** Nothing but noise of processes. */
        QUIET(0.015, 0, 0, 0, 0.02),
        /** Gets slower by a third while it is measured. */
        DRIFTING(0.015, 0.015, 0, 0, 0.02),
        /** Its speed wanders from slice to slice: AR(1) with a coefficient of 0.9. */
        WANDERING(0.015, 0, 0.06, 0, 0.2),
        /** One process in ten is disturbed, by half its time on average. */
        SPIKED(0.015, 0, 0, 0.1, 0.2),
        /** All of it. */
        BUSY(0.02, 0.015, 0.06, 0.1, 0.5);

        private final double noise;
        private final double drift;
        private final double wander;
        private final double spikes;
        /** The share of sessions with the same code that 30 pairs may leave undecided. */
        private final double undecided;

        Machine(double noise, double drift, double wander, double spikes, double undecided) {
            this.noise = noise;
            this.drift = drift;
            this.wander = wander;
            this.spikes = spikes;
            this.undecided = undecided;
        }
    }

    /** Pairs of one session, each of which takes a second of a simulated clock. */
    private static final class Simulated implements PairedSession.Pair {
        private final Machine machine;
        private final double ratio;
        private final Random random;
        private double level;
        private long nanos;

        Simulated(Machine machine, double ratio, Random random) {
            this.machine = machine;
            this.ratio = ratio;
            this.random = random;
        }

        @Override
        public PairOfForks.Times measure() {
            nanos += SECOND.toNanos();
            double base = process();
            double candidate = process() * ratio;
            double[] bases = new double[12];
            double[] candidates = new double[12];
            for (int i = 0; i < bases.length; i++) {
                boolean baseFirst = random.nextBoolean();
                double first = slice();
                double second = slice();
                bases[i] = base * (baseFirst ? first : second);
                candidates[i] = candidate * (baseFirst ? second : first);
            }
            return new PairOfForks.Times(bases, candidates);
        }

        private double process() {
            double disturbed = random.nextDouble() < machine.spikes ? 1 - 0.5 * Math.log(1 - random.nextDouble()) : 1;
            return 1000 * Math.exp(machine.noise * random.nextGaussian()) * disturbed;
        }

        private double slice() {
            level = 0.9 * level + machine.wander * random.nextGaussian();
            return Math.exp(level + machine.drift * nanos / 1e9 + 0.01 * random.nextGaussian());
        }
    }

    static PairedSession.Outcome session(Machine machine, double ratio, Random random) throws Exception {
        Simulated pairs = new Simulated(machine, ratio, random);
        return new PairedSession(new PairRule(1 + MARGIN), Duration.ofSeconds(30), () -> pairs.nanos).decide(pairs);
    }

    @ParameterizedTest
    @EnumSource
    void the_same_code_hardly_ever_fails_and_a_tenth_slower_is_found(Machine machine) throws Exception {
        Random random = new Random(20261129 + machine.ordinal());
        int sessions = 400;
        int falseFailures = 0;
        int undecided = 0;
        int found = 0;
        int passed = 0;

        for (int i = 0; i < sessions; i++) {
            switch (session(machine, 1, random).look().side()) {
                case ABOVE -> falseFailures++;
                case OPEN -> undecided++;
                case BELOW -> {}
            }
        }
        for (int i = 0; i < sessions / 2; i++) {
            switch (session(machine, 1.1, random).look().side()) {
                case ABOVE -> found++;
                case BELOW -> passed++;
                case OPEN -> {}
            }
        }

        assertThat(falseFailures).as("false failures of %d", sessions).isLessThanOrEqualTo(1);
        assertThat((double) undecided / sessions).as("undecided").isLessThanOrEqualTo(machine.undecided);
        assertThat(found).isGreaterThan(sessions / 8);
        assertThat((double) found / (found + passed))
                .as("found of those decided")
                .isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void code_that_is_slower_by_just_the_margin_hardly_ever_fails() throws Exception {
        Random random = new Random(5);
        int failures = 0;

        for (int i = 0; i < 400; i++) {
            if (session(Machine.QUIET, 1 + MARGIN, random).look().side() == PairRule.Side.ABOVE) {
                failures++;
            }
        }

        assertThat(failures).isLessThanOrEqualTo(3); // 0.25 % is 1; more than 3 have a chance of 2 %
    }

    @Test
    void fresh_pairs_that_do_not_show_the_slowdown_keep_the_test_from_failing() throws Exception {
        PairRule rule = new PairRule(1 + MARGIN);
        List<Double> logRatios = new ArrayList<>();
        boolean[] isSuspected = new boolean[1];
        long[] clock = new long[1];
        PairedSession.Pair disturbed = () -> {
            clock[0] += SECOND.toNanos();
            double ratio = isSuspected[0] ? 1 : 1.2 + 0.001 * (logRatios.size() % 3);
            PairOfForks.Times times = new PairOfForks.Times(new double[] {100}, new double[] {100 * ratio});
            logRatios.add(times.logRatio());
            isSuspected[0] |= rule.look(logRatios.stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray())
                            .side()
                    == PairRule.Side.ABOVE;
            return times;
        };

        PairedSession.Outcome outcome =
                new PairedSession(new PairRule(1 + MARGIN), Duration.ofSeconds(10), () -> clock[0]).decide(disturbed);

        assertThat(isSuspected[0]).isTrue();
        assertThat(outcome.look().side()).isEqualTo(PairRule.Side.OPEN);
    }

    @Test
    void a_suspicion_is_confirmed_even_when_the_time_is_over() throws Exception {
        long[] clock = new long[1];
        int[] taken = new int[1];
        PairedSession.Pair slower = () -> {
            clock[0] += SECOND.toNanos();
            return new PairOfForks.Times(new double[] {100}, new double[] {120 + taken[0]++ % 3});
        };

        PairedSession.Outcome outcome =
                new PairedSession(new PairRule(1 + MARGIN), Duration.ofSeconds(9), () -> clock[0]).decide(slower);

        assertThat(outcome.look().side()).isEqualTo(PairRule.Side.ABOVE);
        assertThat(outcome.spent()).isGreaterThan(Duration.ofSeconds(9));
    }

    @Test
    void one_pair_is_taken_even_where_it_is_longer_than_the_budget() throws Exception {
        Simulated pairs = new Simulated(Machine.QUIET, 1, new Random(1));

        PairedSession.Outcome outcome =
                new PairedSession(new PairRule(1 + MARGIN), Duration.ofMillis(10), () -> pairs.nanos).decide(pairs);

        assertThat(outcome.look().pairs()).isEqualTo(1);
        assertThat(outcome.look().side()).isEqualTo(PairRule.Side.OPEN);
        assertThat(outcome.groups()).hasSize(1);
    }

    @Test
    void an_undecided_session_knows_how_many_pairs_would_decide() throws Exception {
        Simulated pairs = new Simulated(Machine.BUSY, 1, new Random(2));

        PairedSession.Outcome outcome =
                new PairedSession(new PairRule(1 + MARGIN), Duration.ofSeconds(5), () -> pairs.nanos).decide(pairs);

        assertThat(outcome.look().side()).isEqualTo(PairRule.Side.OPEN);
        assertThat(outcome.look().needed()).isPresent();
        assertThat(outcome.look().needed().getAsInt()).isGreaterThan(5);
        assertThat(outcome.needed()).isGreaterThan(outcome.spent());
    }
}
