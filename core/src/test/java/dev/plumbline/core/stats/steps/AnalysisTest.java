package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.steps.noise.NoiseModel;
import dev.plumbline.core.stats.steps.noise.Robust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnalysisTest {
    private static final double FLOOR = 1e-4;

    /** The same analysis with every number worked out anew whenever it is asked for. */
    private static final class Literal {
        private final double[] x;
        private final int m;
        private final Robust robust;
        private final LevelTest test;
        private final List<Integer> starts;
        private NoiseModel noise;
        private int suspect = -1;
        private int pruned;
        private int newest;

        Literal(double[] x, int m) {
            this(x, m, List.of(0), null);
            if (m < Analysis.LEAST) {
                noise = estimateNoise();
                return;
            }
            for (int place : Segmentation.propose(x, m, FLOOR)) {
                starts.add(place);
            }
            noise = estimateNoise();
            if (starts.size() > 1) {
                prune(true);
                relocate(1);
                noise = estimateNoise();
                if (prune(false)) {
                    noise = estimateNoise();
                }
            }
            while (isNewest()) {
                relocate(starts.size() - 1);
                noise = estimateNoise();
            }
        }

        private Literal(double[] x, int m, List<Integer> starts, NoiseModel noise) {
            this.x = x;
            this.m = m;
            this.starts = new ArrayList<>(starts);
            this.noise = noise;
            robust = new Robust(x.length);
            test = new LevelTest(x, x.length, robust, Levels.DEFAULT);
        }

        Literal extended(int end) {
            Literal extended = new Literal(x, end, starts, noise);
            if (end >= Analysis.LEAST) {
                extended.relocate(starts.size() - 1);
                while (extended.isNewest()) {
                    extended.relocate(extended.starts.size() - 1);
                }
            }
            return extended;
        }

        StepSegment segment(int i) {
            return new StepSegment(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : m);
        }

        /** What is left of the newest 200 values when those that may have begun a level are left out. */
        private NoiseModel estimateNoise() {
            int last = starts.size() - 1;
            int end = m - Math.min(12, segment(last).length() / 2);
            int from = IntStream.rangeClosed(0, last)
                    .filter(i -> starts.get(i) <= end - 200)
                    .max()
                    .orElse(0);
            double[] residuals = new double[200];
            boolean[] first = new boolean[200];
            int count = 0;
            int levels = 0;
            for (int i = from; i <= last; i++) {
                int begin = starts.get(i);
                int stop = i == last ? end : segment(i).to;
                if (stop - begin >= 4) {
                    double centre = robust.median(x, Math.max(begin, stop - 200), stop);
                    levels++;
                    first[count] = true;
                    for (int j = Math.max(begin, end - 200); j < stop; j++) {
                        residuals[count++] = x[j] - centre;
                    }
                }
            }
            return count == 0
                    ? NoiseModel.unknown(FLOOR)
                    : NoiseModel.of(residuals, first, count, levels, FLOOR, robust, new double[200]);
        }

        /** Whether a step was dropped. */
        private boolean prune(boolean rough) {
            boolean any = false;
            while (starts.size() > 1) {
                double[] strengths = IntStream.range(0, starts.size() - 1)
                        .mapToDouble(i -> strength(i, rough))
                        .toArray();
                int weakest = 0;
                for (int i = 1; i < strengths.length; i++) {
                    weakest = strengths[i] < strengths[weakest] ? i : weakest;
                }
                if (strengths[weakest] >= 1) {
                    return any;
                }
                starts.remove(weakest + 1);
                pruned++;
                any = true;
            }
            return any;
        }

        private double strength(int i, boolean rough) {
            int left = segment(i).length();
            int right = segment(i + 1).length();
            if (left < 2 || right < 2 || left < 4 && right < 4) {
                return 0;
            }
            if (rough) {
                return test.roughStrength(tail(segment(i)), head(segment(i + 1)), noise, role(i));
            }
            set(i);
            return test.strength();
        }

        private StepRole role(int i) {
            return StepRole.of(i + 2 == starts.size(), segment(i + 1).length());
        }

        private void set(int i) {
            test.set(tail(segment(i)), head(segment(i + 1)), noise, role(i), i + 2 == starts.size());
        }

        List<Check> checks(int i) {
            set(i);
            return test.checks();
        }

        List<Check> checksAt(int c) {
            setAt(c);
            return test.checks();
        }

        private void setAt(int c) {
            StepSegment before = new StepSegment(starts.get(starts.size() - 1), c);
            test.set(tail(before), head(new StepSegment(c, m)), noise, StepRole.of(true, m - c), true);
        }

        private Flank tail(StepSegment segment) {
            return new Flank(x, Math.max(segment.from, segment.to - 200), segment.to, robust);
        }

        private Flank head(StepSegment segment) {
            return new Flank(x, segment.from, Math.min(segment.to, segment.from + 200), robust);
        }

        private void relocate(int from) {
            for (int i = Math.max(1, from); i < starts.size(); i++) {
                starts.set(
                        i,
                        StepLocation.around(x, segment(i - 1), segment(i), noise, robust)
                                .best());
            }
        }

        /** Whether there is one more step among the newest values; if not, there may be a suspect. */
        private boolean isNewest() {
            suspect = -1;
            int begin = Math.max(starts.get(starts.size() - 1), m - 200);
            int length = m - begin;
            // fewer values of a level will do where others have told the noise
            int least = noise.count() - length < 20 ? 8 : 4;
            if (length <= least) {
                return false;
            }
            double centre = robust.median(x, begin, m - Math.min(12, length / 2));
            double[] statistics = new double[length];
            for (int t = least; t < length; t++) {
                statistics[t] = statistic(begin, length, t, centre);
            }
            double loose = Levels.DEFAULT.of(StepRole.NEWEST).loose().at(noise.degrees());
            int[] places = IntStream.range(least, length - 1)
                    .filter(t -> statistics[t] > loose)
                    .toArray();
            if (places.length > 0) {
                int best = highest(statistics, places);
                if (accept(begin + best) || places[0] != best && accept(begin + places[0])) {
                    newest++;
                    return true;
                }
            }
            double suspicious = Levels.DEFAULT.suspicion.at(noise.degrees());
            int[] suspects = IntStream.range(least, length)
                    .filter(t -> statistics[t] > suspicious)
                    .toArray();
            if (suspects.length > 0 && noise.count() >= 30) {
                int best = highest(statistics, suspects);
                if (isLasting(begin + best, centre, statistics[best])) {
                    suspect = begin + best;
                }
            }
            return false;
        }

        private double statistic(int begin, int length, int t, double centre) {
            double low = -noise.clip(false) * noise.scale();
            double high = noise.clip(true) * noise.scale();
            double[] y = Arrays.stream(x, begin, begin + length)
                    .map(value -> Math.max(low, Math.min(high, value - centre)))
                    .toArray();
            double first = y[t] - noise.phi() * y[t - 1];
            double rest = IntStream.range(t + 1, length)
                    .mapToDouble(i -> y[i] - noise.phi() * y[i - 1])
                    .sum();
            double mean = Arrays.stream(y, 0, t).average().orElseThrow();
            double critical = Levels.DEFAULT.of(StepRole.NEWEST).critical().at(noise.degrees());
            return Math.abs(LevelTest.statistic(first, rest, mean, t, length - t, noise.scale(), noise, critical));
        }

        private static int highest(double[] statistics, int[] places) {
            int best = places[0];
            for (int place : places) {
                best = statistics[place] >= statistics[best] ? place : best;
            }
            return best;
        }

        private boolean accept(int c) {
            setAt(c);
            if (test.strength() < 1) {
                return false;
            }
            starts.add(c);
            return true;
        }

        private boolean isLasting(int c, double centre, double statistic) {
            int k = m - c;
            double shift = robust.median(x, c, m) - centre;
            double now = robust.median(x, Math.max(c, m - 3), m) - centre;
            if (shift == 0 || now / shift < 0.5) {
                return false;
            }
            double extreme = shift > 0 ? noise.highest() : noise.lowest();
            double usual = 1.15 * Math.sqrt(2 * Math.log(noise.count()));
            double caution = Math.max(1, Math.max(extreme / usual, noise.ratio() / 1.3));
            double needed = Levels.DEFAULT.suspicion.at(noise.degrees()) * Math.pow(caution, 1.6 / k);
            return k > 2 || Math.max(statistic, Math.abs(shift) / noise.scale() * Math.sqrt(k)) >= needed;
        }
    }

    /** Levels, spikes, slopes and echoes in noise of several kinds; what lies behind {@code length} is none of it. */
    private static double[] series(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        double phi = new double[] {0, 0, 0.4, 0.7}[random.nextInt(4)];
        double tick = random.nextInt(5) == 0 ? 1 : 0;
        double spikes = random.nextInt(3) == 0 ? 0.04 : 0;
        double slope = random.nextInt(6) == 0 ? 0.03 : 0;
        int every = 3 + random.nextInt(90);
        double[] x = new double[length + 7];
        Arrays.fill(x, 1e6);
        double level = 0;
        double previous = 0;
        int until = 0;
        for (int i = 0; i < length; i++) {
            if (i == until) {
                level += (random.nextBoolean() ? 1 : -1) * random.nextInt(8);
                until += 1 + random.nextInt(2 * every);
            }
            previous = phi * previous + Math.sqrt(1 - phi * phi) * random.nextGaussian();
            x[i] = level + slope * i + previous + (random.nextDouble() < spikes ? 9 : 0);
            x[i] = tick > 0 ? Math.rint(x[i]) : x[i];
        }
        int newest = random.nextInt(8);
        double jump = random.nextInt(9) - 4;
        for (int i = Math.max(0, length - newest); i < length; i++) {
            x[i] += jump;
        }
        return x;
    }

    private static Analysis analysis(double[] x, int m) {
        return new Analysis(x, m, FLOOR, Levels.DEFAULT);
    }

    private static void same(String which, Analysis analysis, Literal literal) {
        int count = analysis.count();
        assertThat(IntStream.range(0, count).map(i -> analysis.segment(i).from).boxed())
                .as(which)
                .containsExactlyElementsOf(literal.starts);
        assertThat(IntStream.range(0, count).map(i -> analysis.segment(i).to).boxed())
                .as(which)
                .containsExactlyElementsOf(IntStream.range(0, count)
                        .mapToObj(i -> literal.segment(i).to)
                        .toList());
        assertThat(analysis.noise()).as(which).isEqualTo(literal.noise);
        assertThat(analysis.suspect()).as(which).isEqualTo(literal.suspect);
        assertThat(analysis.length()).as(which).isEqualTo(literal.m);
        assertThat(analysis.scores()).as(which).isSameAs(literal.x);
        assertThat(analysis.robust()).as(which).isNotNull();
        for (int i = 0; i + 1 < count; i++) {
            assertThat(analysis.checks(i)).as("%s, step %d", which, i).isEqualTo(literal.checks(i));
        }
        if (literal.suspect >= 0) {
            assertThat(analysis.suspectChecks(literal.suspect)).as(which).isEqualTo(literal.checksAt(literal.suspect));
        }
    }

    @Test
    void levels_noise_suspect_and_checks_are_those_of_the_definitions() {
        int several = 0;
        int suspects = 0;
        int pruned = 0;
        int newest = 0;
        for (long seed = 1; seed <= 900; seed++) {
            int length = 1 + (int) (seed * 37 % (seed % 3 == 0 ? 420 : 90));
            double[] x = series(seed, length);
            Literal literal = new Literal(x, length);

            same("seed " + seed, analysis(x, length), literal);

            several += literal.starts.size() > 2 ? 1 : 0;
            suspects += literal.suspect >= 0 ? 1 : 0;
            pruned += literal.pruned > 0 ? 1 : 0;
            newest += literal.newest > 0 ? 1 : 0;
        }
        assertThat(several).isGreaterThan(100);
        assertThat(suspects).isGreaterThan(20);
        assertThat(pruned).isGreaterThan(100);
        assertThat(newest).isGreaterThan(20);
    }

    @Test
    void new_values_may_begin_levels_and_leave_the_others_and_the_noise_as_they_were() {
        int begun = 0;
        for (long seed = 1; seed <= 600; seed++) {
            int length = 8 + (int) (seed * 37 % 300);
            double[] x = series(seed, length);
            int before = Math.max(1, length - 1 - (int) (seed % 17));
            Analysis anchor = analysis(x, before);
            Literal literal = new Literal(x, before);

            Analysis extended = anchor.extended(length);

            same("seed " + seed, extended, literal.extended(length));
            same("seed " + seed + " before", anchor, literal);
            begun += extended.count() > anchor.count() ? 1 : 0;
        }
        assertThat(begun).isGreaterThan(20);
    }

    @Test
    void places_that_are_known_begin_levels_whatever_the_values_say() {
        for (long seed = 1; seed <= 100; seed++) {
            int length = 60 + (int) (seed * 37 % 200);
            double[] x = series(seed, length);
            Analysis analysis = analysis(x, length);
            Literal literal = new Literal(x, length);
            List<Integer> starts = new ArrayList<>(literal.starts);
            int[] places = {20, 33, length - 9};
            IntStream.of(places).filter(place -> !starts.contains(place)).forEach(starts::add);
            starts.sort(null);
            Literal expected = new Literal(x, length, starts, null);
            expected.noise = expected.estimateNoise();
            expected.suspect = literal.suspect > length - 9 ? literal.suspect : -1;

            same("seed " + seed, analysis.split(places), expected);
            same("seed " + seed + " before", analysis, literal);
        }
    }

    @Test
    void a_suspect_is_one_no_more_where_a_level_begins_at_it_or_behind_it() {
        double[] x = normal(3, 60);
        x[59] = 8;
        Analysis analysis = analysis(x, 60);

        assertThat(analysis.suspect()).isEqualTo(59);
        assertThat(analysis.split(new int[] {30}).suspect()).isEqualTo(59);
        assertThat(analysis.split(new int[] {59}).suspect()).isEqualTo(-1);
        assertThat(analysis.split(new int[] {30, 59}).suspect()).isEqualTo(-1);
    }

    @Test
    void nine_values_have_one_level_and_noise() {
        double[] x = {0, 1, 0, 1, 0, 100, 101, 100, 101};

        Analysis nine = analysis(x, 9);

        assertThat(nine.count()).isEqualTo(1);
        assertThat(nine.segment(0).to).isEqualTo(9);
        assertThat(nine.suspect()).isEqualTo(-1);
        assertThat(nine.noise().count()).as("half of them may be new").isEqualTo(5);
        assertThat(analysis(x, 1).noise()).isEqualTo(NoiseModel.unknown(FLOOR));
    }

    @Test
    void a_level_is_found_once_it_has_two_values_far_from_the_others_and_one_value_is_suspected() {
        double[] x = normal(3, 62);
        x[60] += 20;
        x[61] += 20;

        assertThat(analysis(x, 60).count()).isEqualTo(1);
        assertThat(analysis(x, 60).suspect()).isEqualTo(-1);
        assertThat(analysis(x, 61).count()).isEqualTo(1);
        assertThat(analysis(x, 61).suspect()).isEqualTo(60);
        assertThat(analysis(x, 62).count()).isEqualTo(2);
        assertThat(analysis(x, 62).segment(1).from).isEqualTo(60);
        assertThat(analysis(x, 62).suspect()).isEqualTo(-1);
    }

    @Test
    void the_levels_of_negated_values_are_the_same() {
        for (long seed = 1; seed <= 60; seed++) {
            double[] x = series(seed, 150);
            double[] negated = Arrays.stream(x).map(value -> -value).toArray();
            Analysis analysis = analysis(x, 150);
            Analysis mirrored = analysis(negated, 150);

            assertThat(mirrored.suspect()).as("seed %d", seed).isEqualTo(analysis.suspect());
            assertThat(mirrored.count()).as("seed %d", seed).isEqualTo(analysis.count());
            for (int i = 0; i < analysis.count(); i++) {
                assertThat(mirrored.segment(i).from).as("seed %d", seed).isEqualTo(analysis.segment(i).from);
            }
            assertThat(mirrored.noise().scale()).isCloseTo(analysis.noise().scale(), within(1e-9));
            assertThat(mirrored.noise().highest()).isCloseTo(analysis.noise().lowest(), within(1e-9));
        }
    }

    private static double[] normal(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[length];
        Arrays.setAll(x, i -> random.nextGaussian());
        return x;
    }
}
