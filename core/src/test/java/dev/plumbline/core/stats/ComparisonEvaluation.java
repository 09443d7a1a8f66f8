package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.Normal;
import dev.plumbline.core.stats.sample.Arms;
import dev.plumbline.core.stats.sample.ForkValue;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Measures the error rates, power and coverage of the two-sample comparison on generated forks and prints them as
 * tables.
 *
 * <p>Arguments: how many suites a cell (60), and the seed (1).
 */
final class ComparisonEvaluation {
    private static final double SLOWDOWN = 0.05;

    private ComparisonEvaluation() {}

    /** How the forks, or the iterations inside them, scatter. */
    enum Family {
        NORMAL,
        /** Three forks in ten are slower, by luck of compilation or layout. */
        BIMODAL_FORKS,
        LOGNORMAL_FORKS,
        /** Student's t with three degrees of freedom. */
        HEAVY_FORKS,
        /** One fork in twenty is 20 to 100 % slower. */
        SPIKED_FORKS,
        /** One iteration in twenty is 20 to 100 % slower. */
        SPIKED_ITERATIONS,
        /** Iterations of a fork resemble their neighbours: autocorrelation 0.6. */
        ALIKE_ITERATIONS,
        /** Values are whole numbers around 100. */
        QUANTISED,
        /** Every other iteration scatters three times as much. */
        UNEVEN,
        /** The first iterations of a fork are slower by up to 20 %. */
        WARMING
    }

    static double normal(SplittableRandom random) {
        return Normal.upperQuantile(random.nextDouble() * (1 - 0x1p-50) + 0x1p-51);
    }

    /** The forks of one arm around 100. */
    static double[][] forks(
            SplittableRandom random, Family family, int forks, int iterations, double forkDeviation, double ratio) {
        double[][] values = new double[forks][iterations];
        double iterationDeviation = 3 * forkDeviation;
        double phi = family == Family.ALIKE_ITERATIONS ? 0.6 : 0;
        for (double[] fork : values) {
            double effect = forkEffect(random, family, forkDeviation);
            double state = normal(random);
            for (int i = 0; i < iterations; i++) {
                state = i == 0 ? state : phi * state + Math.sqrt(1 - phi * phi) * normal(random);
                double noise = iterationDeviation * state;
                if (family == Family.UNEVEN) {
                    noise *= i % 2 == 0 ? 0.45 : 1.35;
                }
                if (family == Family.WARMING) {
                    noise += 0.2 * Math.exp(-1.5 * i) * random.nextDouble();
                }
                fork[i] = 100 * ratio * Math.exp(effect + noise);
                if (family == Family.SPIKED_ITERATIONS && random.nextDouble() < 0.05) {
                    fork[i] *= 1.2 + 0.8 * random.nextDouble();
                }
                if (family == Family.QUANTISED) {
                    fork[i] = Math.rint(fork[i]);
                }
            }
        }
        return values;
    }

    private static double forkEffect(SplittableRandom random, Family family, double deviation) {
        return switch (family) {
            case BIMODAL_FORKS -> deviation * ((random.nextDouble() < 0.3 ? 1 : 0) - 0.3) / Math.sqrt(0.21);
            case LOGNORMAL_FORKS ->
                deviation
                        * (Math.exp(0.8 * normal(random)) - Math.exp(0.32))
                        / Math.sqrt((Math.exp(0.64) - 1) * Math.exp(0.64));
            case HEAVY_FORKS -> {
                double squares = 0;
                for (int i = 0; i < 3; i++) {
                    double z = normal(random);
                    squares += z * z;
                }
                yield deviation * normal(random) / Math.sqrt(squares / 3);
            }
            case SPIKED_FORKS ->
                deviation * normal(random)
                        + (random.nextDouble() < 0.05 ? Math.log(1.2 + 0.8 * random.nextDouble()) : 0);
            case NORMAL, SPIKED_ITERATIONS, ALIKE_ITERATIONS, QUANTISED, UNEVEN, WARMING -> deviation * normal(random);
        };
    }

    /** Rejections and coverage of one way of comparing, added up over benchmarks. */
    static final class Tally {
        private int count;
        private int rejected5;
        private int rejected1;
        private int covered;
        private int found;
        private double width;

        /** One benchmark where nothing changed. */
        void add(ModeratedT.Result same) {
            count++;
            rejected5 += same.pValue() <= 0.05 ? 1 : 0;
            rejected1 += same.pValue() <= 0.01 ? 1 : 0;
            covered += same.interval().contains(0) ? 1 : 0;
            width += same.interval().width();
        }

        /** The same benchmark made slower. */
        void addSlowed(ModeratedT.Result slowed) {
            found += slowed.pValue() <= 0.01 ? 1 : 0;
        }

        double rejectedAt5() {
            return (double) rejected5 / count;
        }

        double rejectedAt1() {
            return (double) rejected1 / count;
        }

        double coverage() {
            return (double) covered / count;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%5.2f %5.2f %6.2f %6.2f %5.1f",
                    100.0 * rejected5 / count,
                    100.0 * rejected1 / count,
                    100.0 * covered / count,
                    100 * width / count,
                    100.0 * found / count);
        }
    }

    /** One family at one size: each benchmark alone and within its suite of 100. */
    static Tally[] families(Family family, ForkValue value, int forks, int iterations, int suites, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + family.ordinal() * 1_009L + forks);
        Tally alone = new Tally();
        Tally within = new Tally();
        for (int s = 0; s < suites; s++) {
            List<Arms> same = new ArrayList<>();
            List<Arms> slowed = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                double deviation = 0.01 * Math.exp(0.5 * normal(random));
                Arms arms = Arms.ofIterations(
                        forks(random, family, forks, iterations, deviation, 1),
                        forks(random, family, forks, iterations, deviation, 1),
                        value);
                same.add(arms);
                slowed.add(slowed(arms));
            }
            List<ModeratedT.Result> sameResults = ModeratedT.withDefaults().test(same);
            List<ModeratedT.Result> slowedResults = ModeratedT.withDefaults().test(slowed);
            for (int i = 0; i < same.size(); i++) {
                alone.add(ModeratedT.withDefaults().test(same.get(i)));
                alone.addSlowed(ModeratedT.withDefaults().test(slowed.get(i)));
                within.add(sameResults.get(i));
                within.addSlowed(slowedResults.get(i));
            }
        }
        return new Tally[] {alone, within};
    }

    private static Arms slowed(Arms arms) {
        double[] candidate = arms.candidate();
        for (int i = 0; i < candidate.length; i++) {
            candidate[i] += Math.log1p(SLOWDOWN);
        }
        return Arms.ofLogs(arms.base(), candidate).withWithin(arms.within().orElseThrow());
    }

    /**
     * What a suite finds of true slowdowns, and what share of its findings is false.
     *
     * @param power the share of true slowdowns called
     * @param falseDiscoveries the mean share of false ones among the called, over suites
     * @param closed the share of suites with any false call
     */
    record Power(double power, double falseDiscoveries, double closed) {}

    /** A suite of 200 benchmarks of 5 forks by 5 iterations; fork deviation 1 %, iteration deviation 3 %. */
    static Power power(int slowed, double spread, Adjustment adjustment, boolean oneSided, int suites, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 7_919 + slowed);
        double found = 0;
        double falseShare = 0;
        double closed = 0;
        for (int s = 0; s < suites; s++) {
            List<Arms> suite = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                double deviation = 0.01 * Math.exp(spread * normal(random));
                suite.add(Arms.ofIterations(
                        forks(random, Family.NORMAL, 5, 5, deviation, 1),
                        forks(random, Family.NORMAL, 5, 5, deviation, i < slowed ? 1 + SLOWDOWN : 1)));
            }
            List<ModeratedT.Result> results = ModeratedT.withDefaults().test(suite);
            double[] adjusted = adjustment.adjust(results.stream()
                    .mapToDouble(result -> oneSided ? result.pValueGreater() : result.pValue())
                    .toArray());
            int right = 0;
            int wrong = 0;
            for (int i = 0; i < adjusted.length; i++) {
                boolean called = adjusted[i] <= 0.05 && results.get(i).relativeChange() >= 0.02;
                right += called && i < slowed ? 1 : 0;
                wrong += called && i >= slowed ? 1 : 0;
            }
            found += slowed == 0 ? 0 : (double) right / slowed;
            falseShare += wrong == 0 ? 0 : (double) wrong / (right + wrong);
            closed += wrong > 0 ? 1 : 0;
        }
        return new Power(found / suites, falseShare / suites, closed / suites);
    }

    public static void main(String[] arguments) throws IOException {
        int suites = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (RealHistories.folder().isPresent()) {
            List<List<double[]>> sources =
                    RealHistories.bySource(RealHistories.folder().orElseThrow());
            out.println("real histories, stretches dealt at random: rejected% at 5 and 1 %, coverage%, width%, -");
            for (int forks : new int[] {3, 5, 10}) {
                Tally[] tallies = RealHistories.dealt(sources, forks, seed);
                out.printf(
                        "%2d a side, %d benchmarks | alone %s | in suites %s%n",
                        forks, tallies[0].count, tallies[0], tallies[1]);
            }
            out.println();
        }
        out.println("5 forks x 5 iterations a side, fork sd 1 %, iteration sd 3 %, suite of 200, slowdown 5 %");
        out.println("slowed spread correction sides      power%  false discoveries%  suites with a false call%");
        for (double spread : new double[] {0, 0.5}) {
            for (int slowed : new int[] {0, 1, 10, 20, 50}) {
                for (Adjustment adjustment : new Adjustment[] {Adjustment.BENJAMINI_HOCHBERG, Adjustment.HOLM}) {
                    for (boolean oneSided : new boolean[] {true, false}) {
                        Power power = power(slowed, spread, adjustment, oneSided, suites, seed);
                        out.printf(
                                Locale.ROOT,
                                "%6d %6.1f %-18s %-5s %6.1f %6.1f %6.1f%n",
                                slowed,
                                spread,
                                adjustment,
                                oneSided ? "one" : "two",
                                100 * power.power,
                                100 * power.falseDiscoveries,
                                100 * power.closed);
                    }
                }
            }
        }
        out.println();
        out.println("rejected% at 5 and 1 %, coverage% of the 95 % interval, its width%, +5 % found% at 1 %");
        out.println("family              value      forks | alone                            | in a suite of 100");
        for (ForkValue value : new ForkValue[] {ForkValue.MEAN, ForkValue.WINSORISED_MEAN}) {
            for (Family family : Family.values()) {
                for (int[] size : new int[][] {{3, 10}, {5, 5}, {10, 5}, {20, 5}}) {
                    Tally[] tallies = families(family, value, size[0], size[1], suites, seed);
                    out.printf(
                            "%-19s %-15s %2dx%2d | %s | %s%n", family, value, size[0], size[1], tallies[0], tallies[1]);
                }
            }
        }
    }
}
