package dev.plumbline.bench;

import static dev.plumbline.bench.RealSuites.percent;

import dev.plumbline.bench.CheckedSuite.Outcome;
import dev.plumbline.bench.CheckedSuite.Track;
import dev.plumbline.bench.RealSuites.Suite;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.stats.distribution.Proportion;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * Prints how often a check of healthy runs in two environments fails the gate, which environment causes it, and how
 * often it detects a slowdown: two real suites, each in an environment of its own, as {@link RealSuites} takes them.
 *
 * <p>Every suite is paired with another one, at places of their own. Both are checked by one check, and each by a check
 * of its own, as two jobs of a build would do; the gate of two jobs closes where one does.
 *
 * <p>Arguments: the folder, seed, places in a suite, error rate of the check of both; the defaults are those of {@link
 * RealSuites}, 8 places, and the error rate of {@code check}. The figures are those of all pairs together.
 */
public final class TwoEnvironments {
    private static final String[] KINDS = {"one check of both", "a check for each"};

    private TwoEnvironments() {}

    /** Prints the table. */
    public static void main(String[] arguments) throws IOException {
        Path folder = arguments.length > 0 ? Path.of(arguments[0]) : RealSuites.data();
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        int places = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 8;
        Policy joint = arguments.length > 3 ? policy(Double.parseDouble(arguments[3])) : Policy.DEFAULT;
        PrintStream out = System.out;
        List<Suite> suites = RealSuites.read(folder);
        Tally[] tallies = {new Tally(), new Tally()};
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < suites.size(); i++) {
            for (int place = 0; place < places; place++) {
                int other = random.nextInt(suites.size() - 1);
                pair(suites.get(i), suites.get(other < i ? other : other + 1), random.split(), joint, tallies);
            }
        }
        out.println("in percent after 1 / 2 / 3 runs: closed by what stays as it was; gate closed as it was;"
                + " found of +10 %; of +20 %");
        for (int kind = 0; kind < KINDS.length; kind++) {
            Tally tally = tallies[kind];
            out.printf(
                    Locale.ROOT,
                    "  %-18s %s  %s  %s  %s%n",
                    KINDS[kind],
                    text(tally.closed),
                    text(tally.gate),
                    text(tally.found[0]),
                    text(tally.found[1]));
        }
    }

    private static Policy policy(double suiteErrorRate) {
        Policy usual = Policy.DEFAULT;
        return new Policy(usual.margin(), usual.severities(), usual.confidence(), suiteErrorRate, usual.minimumRuns());
    }

    /** The counts, by the number of runs checked. */
    private static final class Tally {
        private final Proportion[] closed = none();
        private final Proportion[] gate = none();
        private final Proportion[][] found = {none(), none()};

        private static Proportion[] none() {
            Proportion[] none = new Proportion[RealSuites.CHECKS];
            Arrays.fill(none, new Proportion(0, 0));
            return none;
        }
    }

    /** The runs of a suite around a place, and what is known of its benchmarks there. */
    private record Part(List<Track> tracks, boolean[] stays, boolean[] chosen) {
        static Part of(Suite suite, int place, int before, String environment, SplittableRandom random) {
            boolean[] stays = new boolean[suite.tracks().size()];
            List<Track> tracks = new ArrayList<>();
            int present = 0;
            for (int i = 0; i < stays.length; i++) {
                Track track = suite.tracks().get(i);
                stays[i] = RealSuites.stays(track.values(), place);
                present += Double.isNaN(track.values()[place]) ? 0 : 1;
                tracks.add(new Track(
                                track.better(),
                                Arrays.copyOfRange(track.values(), place - before, place + RealSuites.CHECKS))
                        .in(environment));
            }
            return new Part(tracks, stays, RealSuites.choose(stays, present, random));
        }

        boolean isEmpty() {
            for (boolean one : stays) {
                if (one) {
                    return false;
                }
            }
            return true;
        }

        List<Track> slowed(int before, double size) {
            List<Track> slowed = new ArrayList<>();
            for (int i = 0; i < chosen.length; i++) {
                slowed.add(chosen[i] ? tracks.get(i).worse(before, size) : tracks.get(i));
            }
            return slowed;
        }
    }

    private static int place(Suite suite, SplittableRandom random) {
        int room = suite.runs() - RealSuites.AFTER - 2 - RealSuites.LEAST_BEFORE;
        return room > 0 ? RealSuites.LEAST_BEFORE + random.nextInt(room) : -1;
    }

    private static void pair(Suite one, Suite other, SplittableRandom random, Policy joint, Tally... tallies) {
        int here = place(one, random);
        int there = place(other, random);
        if (here < 0 || there < 0) {
            return;
        }
        int before = Math.min(RealSuites.MOST_BEFORE, Math.min(here, there));
        Part first = Part.of(one, here, before, "one", random);
        Part second = Part.of(other, there, before, "other", random);
        if (first.isEmpty() || second.isEmpty()) {
            return;
        }
        int split = first.tracks.size();
        asTheyWere(first, second, before, joint, tallies);
        for (int size = 0; size < RealSuites.SIZES.length; size++) {
            List<Track> slow = first.slowed(before, RealSuites.SIZES[size]);
            List<Track> slowToo = second.slowed(before, RealSuites.SIZES[size]);
            CheckedSuite both = new CheckedSuite(
                    Stream.concat(slow.stream(), slowToo.stream()).toList(), before, joint);
            CheckedSuite alone = new CheckedSuite(slow, before);
            CheckedSuite aloneToo = new CheckedSuite(slowToo, before);
            for (int k = 0; k < RealSuites.CHECKS; k++) {
                Outcome together = both.check();
                Outcome left = alone.check();
                Outcome right = aloneToo.check();
                for (int i = 0; i < split + second.tracks.size(); i++) {
                    int at = i < split ? i : i - split;
                    Part part = i < split ? first : second;
                    if (part.chosen[at] && part.stays[at] && together.findings().containsKey(i)) {
                        tallies[0].found[size][k] = tallies[0].found[size][k].and(together.isCalled(i));
                        tallies[1].found[size][k] =
                                tallies[1].found[size][k].and((i < split ? left : right).isCalled(at));
                    }
                }
            }
        }
    }

    private static void asTheyWere(Part first, Part second, int before, Policy joint, Tally... tallies) {
        int split = first.tracks.size();
        CheckedSuite both = new CheckedSuite(
                Stream.concat(first.tracks.stream(), second.tracks.stream()).toList(), before, joint);
        CheckedSuite alone = new CheckedSuite(first.tracks, before);
        CheckedSuite aloneToo = new CheckedSuite(second.tracks, before);
        IntPredicate stays = i -> i < split ? first.stays[i] : second.stays[i - split];
        for (int k = 0; k < RealSuites.CHECKS; k++) {
            Outcome together = both.check();
            Outcome left = alone.check();
            Outcome right = aloneToo.check();
            tallies[0].closed[k] = tallies[0].closed[k].and(together.isClosedBy(stays));
            tallies[0].gate[k] = tallies[0].gate[k].and(together.isClosed());
            tallies[1].closed[k] = tallies[1].closed[k].and(
                    left.isClosedBy(i -> first.stays[i]) || right.isClosedBy(i -> second.stays[i]));
            tallies[1].gate[k] = tallies[1].gate[k].and(left.isClosed() || right.isClosed());
        }
    }

    private static String text(Proportion... shares) {
        StringBuilder line = new StringBuilder();
        for (int k = 0; k < shares.length; k++) {
            line.append(k == 0 ? "" : " / ").append(percent(shares[k].share())).append(" of ");
            line.append(shares[k].count());
        }
        return line.toString();
    }
}
