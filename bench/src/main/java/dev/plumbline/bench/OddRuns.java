package dev.plumbline.bench;

import dev.plumbline.bench.CheckedSuite.Track;
import dev.plumbline.bench.RealSuites.Suite;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.shape.feature.OddRun;
import dev.plumbline.core.stats.distribution.Proportion;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * Prints how often a run of a real suite is reported as odd: unchanged, disturbed, and with slower code; and how often
 * its values are reported as being in another unit.
 *
 * <p>The suites and the healthy places are those of {@link RealSuites}, here with at least
 * {@value OddRun#FEWEST_SERIES} benchmarks and a middle that stays. In a disturbed run four benchmarks of five are
 * slower, each by a share of its own, whose mean is the size; in a slow change of the code a tenth, two thirds or all
 * of them are, by the same share.
 *
 * <p>Arguments: as of {@link RealSuites}.
 */
public final class OddRuns {
    private static final double[] SIZES = {0.08, 0.2, 0.4};
    private static final double DISTURBED = 0.8;
    private static final double THOUSAND = 1000;

    private OddRuns() {}

    /** The kinds of planted disturbance of a run. */
    private enum Planted {
        NOTHING("as it was", 0),
        DISTURBED_RUN("disturbed run", DISTURBED),
        TENTH("a tenth slower", 0.1),
        TWO_THIRDS("two thirds slower", 2.0 / 3),
        ALL("all slower", 1);

        private final String words;
        private final double share;

        Planted(String words, double share) {
            this.words = words;
            this.share = share;
        }

        /** The factors of the benchmarks, worse than one where the value rises. */
        double[] factors(int series, double size, SplittableRandom random) {
            double[] factors = new double[series];
            for (int i = 0; i < series; i++) {
                boolean isChosen = this == TENTH ? i == 0 || random.nextDouble() < share : random.nextDouble() < share;
                double own = this == DISTURBED_RUN ? -size * Math.log1p(-random.nextDouble()) : size;
                factors[i] = this != NOTHING && isChosen ? 1 + own : 1;
            }
            return factors;
        }
    }

    /** Prints the table. */
    public static void main(String[] arguments) throws IOException {
        Path folder = arguments.length > 0 ? Path.of(arguments[0]) : RealSuites.data();
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        int places = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        PrintStream out = System.out;
        List<Suite> suites = RealSuites.read(folder);
        out.println("share of runs reported as odd (most of the suite is off), in percent");
        for (double size : SIZES) {
            for (Planted planted : Planted.values()) {
                Proportion reported = new Proportion(0, 0);
                for (int i = 0; i < suites.size(); i++) {
                    SplittableRandom random = new SplittableRandom(seed * 1_000_003L + i).split();
                    for (int place : places(suites.get(i), places, random)) {
                        reported = reported.and(isOdd(suites.get(i), place, planted, size, random));
                    }
                }
                out.printf(
                        Locale.ROOT,
                        "  %3.0f %%  %-18s %5.1f  (%d of %d)%n",
                        100 * size,
                        planted.words,
                        100 * reported.share(),
                        reported.hits(),
                        reported.count());
            }
        }
        out.println("share of runs reported to be in another unit, in percent");
        print(out, "as it was", suites, seed, places, i -> 1);
        print(out, "all a thousandfold", suites, seed, places, i -> THOUSAND);
        print(out, "all a thousandth", suites, seed, places, i -> 1 / THOUSAND);
        print(out, "all a thousandfold and 20 % slower", suites, seed, places, i -> 1.2 * THOUSAND);
        print(out, "every second a thousandfold", suites, seed, places, i -> i % 2 == 0 ? THOUSAND : 1);
        print(out, "all 800 times slower", suites, seed, places, i -> 0.8 * THOUSAND);
        print(out, "all 60 times slower", suites, seed, places, i -> 60);
    }

    private static void print(
            PrintStream out, String words, List<Suite> suites, long seed, int places, IntToDoubleFunction factors) {
        Proportion reported = new Proportion(0, 0);
        for (int i = 0; i < suites.size(); i++) {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003L + i).split();
            for (int place : places(suites.get(i), places, random)) {
                reported = reported.and(isInAnotherUnit(suites.get(i), place, factors));
            }
        }
        out.printf(
                Locale.ROOT,
                "  %-36s %5.1f  (%d of %d)%n",
                words,
                100 * reported.share(),
                reported.hits(),
                reported.count());
    }

    private static boolean isInAnotherUnit(Suite suite, int place, IntToDoubleFunction factors) {
        int from = Math.max(0, place - RealSuites.MOST_BEFORE);
        List<Track> tracks = new ArrayList<>();
        for (int i = 0; i < suite.tracks().size(); i++) {
            double[] values = Arrays.copyOfRange(suite.tracks().get(i).values(), from, place + 1);
            values[place - from] *= factors.applyAsDouble(i);
            tracks.add(new Track(suite.tracks().get(i).better(), values));
        }
        return new CheckedSuite(tracks, place - from).check().unit().isPresent();
    }

    private static List<Integer> places(Suite suite, int count, SplittableRandom random) {
        int room = suite.runs() - RealSuites.AFTER - RealSuites.LEAST_BEFORE;
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < count && room > 0; i++) {
            int place = RealSuites.LEAST_BEFORE + random.nextInt(room);
            if (suite.tracks().size() >= OddRun.FEWEST_SERIES && suite.staysAsAWhole(place)) {
                places.add(place);
            }
        }
        return places;
    }

    private static boolean isOdd(Suite suite, int place, Planted planted, double size, SplittableRandom random) {
        int from = Math.max(0, place - RealSuites.MOST_BEFORE);
        List<Track> tracks = suite.tracks();
        double[] factors = planted.factors(tracks.size(), size, random);
        double[][] values = new double[tracks.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = Arrays.copyOfRange(tracks.get(i).values(), from, place + 1);
            boolean isHigher = tracks.get(i).better() == Better.HIGHER;
            values[i][place - from] *= isHigher ? 1 / factors[i] : factors[i];
        }
        return OddRun.find(values, tracks.stream().map(Track::better).toList()).stream()
                .anyMatch(odd -> odd.run() == place - from && odd.isMostOfSuite());
    }
}
