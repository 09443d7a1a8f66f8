package dev.plumbline.bench;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.measure.BenchmarkPair;
import dev.plumbline.measure.PairedRounds;
import dev.plumbline.measure.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prints the share of slower benchmarks among others that {@code plumb pr} finds in the time of a number of pairs, and
 * the share of false alarms, by simulated benchmarks whose noise differs (log-normally by a third).
 *
 * <p>Arguments: first seed, suites a row; defaults 1 and 300.
 */
public final class PairedPower {
    private static final double SPREAD_OF_NOISE = 0.35;
    private static final RunHeader HEADER =
            new RunHeader(Revision.unknown(), Environment.unknown(), Optional.empty(), Instant.EPOCH, new TreeMap<>());
    private static final Metric TIME = new Metric("time", Unit.of("s"), Better.LOWER);

    /**
     * A kind of suite.
     *
     * @param noise the standard deviation of a pair, relative
     * @param spikes the share of executions that a tenth to two fifths are added to
     */
    private record Suite(int benchmarks, int slower, double effect, double noise, double spikes, int pairs) {
        String reported() {
            return String.format(
                    Locale.ROOT,
                    "%d of %d slower by %.1f %%, noise %.1f %%, spikes %.0f %%, %d pairs",
                    slower,
                    benchmarks,
                    100 * effect,
                    100 * noise,
                    100 * spikes,
                    pairs);
        }
    }

    private static final List<Suite> SUITES = List.of(
            new Suite(9, 1, 0.047, 0.02, 0, 104),
            new Suite(9, 1, 0.047, 0.03, 0, 104),
            new Suite(9, 1, 0.047, 0.04, 0, 104),
            new Suite(9, 1, 0.047, 0.05, 0, 104),
            new Suite(9, 1, 0.047, 0.06, 0, 104),
            new Suite(9, 1, 0.047, 0.03, 0.05, 104),
            new Suite(9, 1, 0.047, 0.03, 0.1, 104),
            new Suite(9, 1, 0.047, 0.02, 0.2, 104),
            new Suite(9, 1, 0.047, 0.05, 0.05, 104),
            new Suite(9, 3, 0.047, 0.04, 0, 104),
            new Suite(30, 1, 0.047, 0.04, 0, 250),
            new Suite(30, 3, 0.047, 0.03, 0, 300),
            new Suite(9, 1, 0.03, 0.05, 0, 200),
            new Suite(9, 1, 0.10, 0.04, 0, 60),
            new Suite(9, 0, 0, 0.04, 0, 104),
            new Suite(30, 0, 0, 0.04, 0.05, 300));

    private PairedPower() {}

    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 300;
        for (Suite suite : SUITES) {
            Proportion found = new Proportion(0, 0);
            Proportion others = new Proportion(0, 0);
            for (int i = 0; i < count; i++) {
                List<Finding> findings = measured(suite, seed + i);
                for (int b = 0; b < suite.slower; b++) {
                    found = found.and(isRegression(findings.get(b)));
                }
                others = others.and(findings.subList(suite.slower, suite.benchmarks).stream()
                        .anyMatch(PairedPower::isRegression));
            }
            System.out.printf(
                    Locale.ROOT, "%s: found %s, another called %s%n", suite.reported(), share(found), share(others));
        }
    }

    private static String share(Proportion proportion) {
        return proportion.count() == 0
                ? "-"
                : String.format(Locale.ROOT, "%.1f %%", 100.0 * proportion.hits() / proportion.count());
    }

    private static boolean isRegression(Finding finding) {
        return finding.verdict() instanceof Verdict.Regressed;
    }

    private static List<Finding> measured(Suite suite, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        AtomicLong clock = new AtomicLong();
        List<BenchmarkPair> contests = new ArrayList<>();
        for (int b = 0; b < suite.benchmarks; b++) {
            double noise =
                    b < suite.slower ? suite.noise : suite.noise * Math.exp(SPREAD_OF_NOISE * random.nextGaussian());
            Simulated base = new Simulated("b" + b, 1, noise / Math.sqrt(2), suite.spikes, random, clock);
            contests.add(new BenchmarkPair(base.name, base, base.slower(b < suite.slower ? suite.effect : 0)));
        }
        PairedRounds.Settings settings = new PairedRounds.Settings(
                Policy.DEFAULT, 4, 500, 3, Duration.ofSeconds(2L * suite.pairs), seed, "simulated", "main");
        PairedRounds.Outcome outcome = new PairedRounds(settings, (name, pair, share) -> {}, clock::get)
                .measure(contests, new Nothing(), new Nothing());
        List<Finding> findings = new ArrayList<>(outcome.comparison().findings(outcome.trials()));
        // the trials come in the order of their first measurement
        findings.sort((a, b) -> Integer.compare(place(a), place(b)));
        return findings;
    }

    private static int place(Finding finding) {
        return Integer.parseInt(finding.key().benchmark().name().substring(1));
    }

    /** An execution of one second on the simulated clock. */
    private record Simulated(
            String name, double level, double noise, double spikes, SplittableRandom random, AtomicLong clock)
            implements Subject {
        Simulated slower(double effect) {
            return new Simulated(name, level * (1 + effect), noise, spikes, random, clock);
        }

        @Override
        public void measure(RunSink sink) {
            clock.addAndGet(1_000_000_000L);
            double value = level * Math.exp(noise * random.nextGaussian());
            if (random.nextDouble() < spikes) {
                value *= 1.1 + 0.3 * random.nextDouble();
            }
            sink.accept(
                    HEADER,
                    new Measurement(
                            Benchmark.of(name), TIME, Sample.Values.of(Sample.Center.MEAN, List.of(new double[] {value
                            }))));
        }
    }

    private static final class Nothing implements RunSink {
        @Override
        public void accept(RunHeader header, Measurement measurement) {
            // the pairs are with the rounds
        }

        @Override
        public void problem(Problem problem) {
            throw new IllegalStateException(problem.toString());
        }
    }
}
