package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.steps.noise.NoiseModel;
import dev.plumbline.core.stats.steps.noise.Robust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

/** The numbers of the checks beside those that their definitions give, written out. */
class LevelTestNumbersTest {
    private static final double FLOOR = 1e-4;

    /** Two sides of a position, and what is asked of them. */
    private record Given(double[] left, double[] right, NoiseModel noise, StepRole role, boolean last) {
        boolean forwards() {
            return role != StepRole.INNER || left.length >= right.length;
        }

        /** With values around the two sides that are none of theirs. */
        LevelTest set() {
            LevelTest test = test();
            Robust robust = new Robust(left.length + right.length + 5);
            double[] x = all();
            int c = 3 + left.length;
            test.set(new Flank(x, 3, c, robust), new Flank(x, c, c + right.length, robust), noise, role, last);
            return test;
        }

        double roughStrength() {
            Robust robust = new Robust(left.length + right.length + 5);
            double[] x = all();
            int c = 3 + left.length;
            return test().roughStrength(
                            new Flank(x, 3, c, robust), new Flank(x, c, c + right.length, robust), noise, role);
        }

        private LevelTest test() {
            double[] x = all();
            return new LevelTest(x, x.length, new Robust(x.length), Levels.DEFAULT);
        }

        private double[] all() {
            double[] x = new double[left.length + right.length + 5];
            Arrays.fill(x, 77);
            System.arraycopy(left, 0, x, 3, left.length);
            System.arraycopy(right, 0, x, 3 + left.length, right.length);
            return x;
        }
    }

    /** The definitions: {@code base} ends and {@code tested} begins at the position. */
    private static final class Literal {
        private final double[] base;
        private final double[] tested;
        private final NoiseModel noise;
        private final Levels.Level level;
        private final boolean atEnd;
        private final int n;
        private final int k;
        private final double centre;
        private final double middle;
        private final int sign;
        private final double scale;
        private final double statistic;
        private final boolean byRanks;

        Literal(Given given, boolean rough) {
            base = given.forwards() ? given.left : backwards(given.right);
            tested = given.forwards() ? given.right : backwards(given.left);
            noise = given.noise;
            level = Levels.DEFAULT.of(given.role);
            atEnd = given.last && given.forwards();
            n = base.length;
            k = tested.length;
            centre = median(base);
            middle = median(tested);
            sign = middle > centre ? 1 : -1;
            double window = noise.scale() * noise.scale();
            double own = scaleOf(base);
            double pool = Math.min(noise.count(), 20);
            scale = n < 8 || rough ? noise.scale() : Math.sqrt((pool * window + n * own * own) / (pool + n));
            statistic = sign * statistic();
            byRanks = statistic < critical() && nearlyCertain() && ranks() < level.certain();
        }

        double critical() {
            return level.critical().at(noise.degrees());
        }

        double limit() {
            return byRanks ? level.loose().at(noise.degrees()) : critical();
        }

        boolean nearlyCertain() {
            return statistic >= level.loose().at(noise.degrees()) && noise.phi() <= 0.2;
        }

        /** Generalised least squares on the innovations, in which a step is (1, q, q, …). */
        private double statistic() {
            double phi = noise.phi();
            double q = 1 - phi;
            double[] b = map(base, this::clipped);
            double[] y = map(tested, this::clipped);
            double[] step = new double[k];
            double[] innovation = new double[k];
            for (int i = 0; i < k; i++) {
                step[i] = i == 0 ? 1 : q;
                innovation[i] = y[i] - phi * (i == 0 ? b[n - 1] : y[i - 1]);
            }
            double information = product(step, step);
            // a base that is one higher makes every innovation q higher
            double ofBase = q * Arrays.stream(step).sum() / information;
            double mean = Arrays.stream(b).sum() / n;
            double size = product(step, innovation) / information - ofBase * mean;
            double doubt = critical() * noise.phiError() * (k - 1) * q / information;
            double variance = (1 - phi * phi) * (1 / information + Math.pow(ofBase / q, 2) / n);
            return size / (scale * Math.sqrt(variance * (1 + 0.5 * doubt * doubt)));
        }

        private double clipped(double value) {
            return clip(value - centre, -noise.clip(false) * scale, noise.clip(true) * scale);
        }

        double local() {
            double local = scale;
            double recent = median(last(base, 40));
            for (int count : new int[] {4, 8, 16}) {
                if (n >= count) {
                    double squares = Arrays.stream(last(base, count))
                            .map(value -> Math.pow(clip(value - recent, -3 * scale, 3 * scale), 2))
                            .sum();
                    double limit = ChiSquaredDistribution.of(count).inverseSurvivalProbability(0.01);
                    local = Math.max(local, Math.sqrt(squares / limit));
                }
            }
            local = Math.max(local, n < 24 ? 0 : 0.7 * scaleOf(last(base, 12)));
            return Math.max(local, n < 48 ? 0 : 0.8 * scaleOf(last(base, 24)));
        }

        double persistence() {
            double newest = median(last(tested, Math.max(3, k / 2)));
            return middle == centre ? 0 : (newest - centre) / (middle - centre);
        }

        double scatter() {
            double wide = (noise.clean(sign > 0) ? 8 : 4) * scale;
            double squares = 0;
            double ofTested = middle;
            for (double value : tested) {
                squares += Math.pow(clip(value - middle, -wide, wide), 2);
                ofTested += clip(value - middle, -4 * scale, 4 * scale) / k;
            }
            double ofBase = centre;
            for (double value : base) {
                ofBase += clip(value - centre, -3.5 * scale, 3.5 * scale) / n;
            }
            double local = local() * local();
            double own = (4 * local + squares) / (4 + k - 1);
            double error = Math.sqrt(own * noise.meanFactor(k) / k + local * noise.longRunFactor() / n);
            return sign * (ofTested - ofBase) / error;
        }

        double ranks() {
            RankSumTail rankSum = new RankSumTail(Math.max(n, k));
            if (noise.phi() <= 0.2) {
                return Math.min(rankSum.probability(base, n, tested, k, sign), cohesion());
            }
            double[] all = Arrays.copyOf(base, n + k);
            System.arraycopy(tested, 0, all, n, k);
            double[] innovations = new double[n + k - 1];
            Arrays.setAll(innovations, i -> all[i + 1] - noise.phi() * all[i]);
            return rankSum.probability(
                    Arrays.copyOf(innovations, n - 1),
                    n - 1,
                    Arrays.copyOfRange(innovations, n - 1, innovations.length),
                    k,
                    sign);
        }

        private double cohesion() {
            if (k < 3 || k > 8) {
                return 1;
            }
            double low = Arrays.stream(tested).min().orElseThrow();
            double high = Arrays.stream(tested).max().orElseThrow();
            long near = Arrays.stream(base)
                    .filter(value -> value > low - scale && value < high + scale)
                    .count();
            long beyond = Arrays.stream(base)
                    .filter(value -> sign > 0 ? value >= low : value <= high)
                    .count();
            // the first lies beyond, and each of the others comes to those that are near already
            double p = (beyond + 1.0) / (n + 1);
            for (int others = 0; others < k - 1; others++) {
                p *= (near + others + 1.0) / (n + others + 1.0);
            }
            return p;
        }

        boolean clear() {
            double nearest = Arrays.stream(tested)
                    .map(value -> sign * (value - centre))
                    .min()
                    .orElseThrow();
            double extreme = sign > 0 ? noise.highest() : noise.lowest();
            return noise.clean(sign > 0) || nearest / scale > 1.5 * Math.max(extreme, 2.5);
        }

        List<Check> checks() {
            List<Check> checks = new ArrayList<>();
            checks.add(atLeast(Check.Kind.STATISTIC, statistic, limit()));
            checks.add(atLeast(Check.Kind.LOCAL_NOISE, statistic * scale / local(), limit()));
            if (atEnd) {
                checks.add(atLeast(Check.Kind.PERSISTENCE, persistence(), 0.4));
            }
            double quantile = TDistribution.of(k + 3).inverseSurvivalProbability(0.03 / 2);
            checks.add(atLeast(Check.Kind.SCATTER, scatter(), quantile));
            checks.add(atLeast(Check.Kind.COUNT, k, clear() ? 2 : 3));
            double rare = clear() ? level.clear() : level.doubtful();
            checks.add(new Check(Check.Kind.RANKS, ranks(), rare, ranks() < rare));
            return checks;
        }

        private static Check atLeast(Check.Kind kind, double value, double limit) {
            return new Check(kind, value, limit, value >= limit);
        }

        double strength() {
            if (statistic < limit()) {
                return Math.max(0, statistic / critical());
            }
            return checks().stream()
                    .filter(check -> !check.passed())
                    .mapToDouble(check -> 0.99 - 0.01 * check.kind().ordinal())
                    .findFirst()
                    .orElse(byRanks ? 1 : statistic / critical());
        }

        private static double scaleOf(double[] values) {
            return new Robust(values.length).estimate(values, 0, values.length, median(values), 1, FLOOR);
        }

        private static double median(double[] values) {
            return new Robust(values.length).median(values, 0, values.length);
        }

        private static double[] last(double[] values, int count) {
            return Arrays.copyOfRange(values, Math.max(0, values.length - count), values.length);
        }

        private static double[] map(double[] values, DoubleUnaryOperator operator) {
            return Arrays.stream(values).map(operator).toArray();
        }

        private static double product(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }

        private static double clip(double value, double low, double high) {
            return Math.max(low, Math.min(high, value));
        }
    }

    private static double[] backwards(double[] values) {
        double[] backwards = new double[values.length];
        Arrays.setAll(backwards, i -> values[values.length - 1 - i]);
        return backwards;
    }

    /** Sides of all sizes, with and without a step, in quiet, spiky, growing and coarse noise. */
    private static Given given(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double phi = random.nextBoolean() ? 0 : random.nextInt(9) / 10.0;
        int n = 2 + random.nextInt(random.nextBoolean() ? 12 : 70);
        int k = 1 + random.nextInt(random.nextBoolean() ? 9 : 40);
        double[] base = noise(random, n, phi, random.nextInt(4));
        double[] tested = noise(random, k, phi, 0);
        double size = random.nextInt(10) * Math.sqrt((1.0 / n + 1.0 / k) * (1 + phi) / (1 - phi));
        double sign = random.nextBoolean() ? 1 : -1;
        double scatter = new double[] {0.05, 1, 1, 4}[random.nextInt(4)];
        boolean fades = random.nextInt(4) == 0;
        for (int i = 0; i < k; i++) {
            tested[i] = scatter * tested[i] + (fades && i >= k / 2 ? 0 : sign * size);
        }
        double extreme = random.nextBoolean() ? 3 : 5;
        double ratio = random.nextInt(4) == 0 ? 1.4 : 1;
        int count = random.nextBoolean() ? 100 : 5 + random.nextInt(60);
        NoiseModel noise = new NoiseModel(
                random.nextDouble(0.7, 1.3), ratio, phi, 0.1 * random.nextInt(2), phi, 1, count, extreme, 3.5, FLOOR);
        StepRole role = StepRole.values()[random.nextInt(3)];
        boolean swapped = role == StepRole.INNER && random.nextBoolean();
        return new Given(swapped ? tested : base, swapped ? base : tested, noise, role, random.nextBoolean());
    }

    private static double[] noise(SplittableRandom random, int length, double phi, int kind) {
        double[] values = new double[length];
        double previous = random.nextGaussian();
        for (int i = 0; i < length; i++) {
            previous = phi * previous + Math.sqrt(1 - phi * phi) * random.nextGaussian();
            values[i] = previous;
            if (kind == 1 && random.nextInt(8) == 0) {
                values[i] += 8;
            } else if (kind == 2 && i >= 0.7 * length) {
                values[i] *= 4;
            } else if (kind == 3) {
                values[i] = Math.rint(values[i]);
            }
        }
        return values;
    }

    @Test
    void checks_and_strength_are_those_of_their_definitions() {
        Map<Check.Kind, Integer> failed = new EnumMap<>(Check.Kind.class);
        int passed = 0;
        int byRanks = 0;
        int none = 0;
        for (long seed = 1; seed <= 4000; seed++) {
            Given given = given(seed);
            Literal literal = new Literal(given, false);
            List<Check> expected = literal.checks();

            double strength = given.set().strength();
            LevelTest test = given.set();
            List<Check> checks = test.checks();

            assertThat(checks)
                    .as("seed %d", seed)
                    .extracting(Check::kind)
                    .containsExactlyElementsOf(
                            expected.stream().map(Check::kind).toList());
            for (int i = 0; i < checks.size(); i++) {
                String which = checks.get(i).kind() + " of seed " + seed;
                close(which, checks.get(i).value(), expected.get(i).value());
                close(which, checks.get(i).limit(), expected.get(i).limit());
                assertThat(checks.get(i).passed())
                        .as(which)
                        .isEqualTo(expected.get(i).passed());
            }
            close("strength of seed " + seed, strength, literal.strength());
            assertThat(test.strength() >= 1)
                    .as("after the checks, seed %d", seed)
                    .isEqualTo(strength >= 1);
            none += strength == 0 ? 1 : 0;
            byRanks += literal.byRanks ? 1 : 0;
            passed += strength >= 1 ? 1 : 0;
            checks.stream()
                    .filter(check -> !check.passed())
                    .findFirst()
                    .ifPresent(check -> failed.merge(check.kind(), 1, Integer::sum));
        }
        assertThat(failed.keySet())
                .containsExactly(
                        Check.Kind.STATISTIC,
                        Check.Kind.LOCAL_NOISE,
                        Check.Kind.PERSISTENCE,
                        Check.Kind.SCATTER,
                        Check.Kind.COUNT,
                        Check.Kind.RANKS);
        assertThat(passed).isGreaterThan(400);
        assertThat(byRanks).isGreaterThan(4);
        assertThat(none).isGreaterThan(4);
    }

    @Test
    void the_rough_strength_is_the_statistic_under_the_noise_of_the_window_alone() {
        int nearly = 0;
        int enough = 0;
        for (long seed = 1; seed <= 4000; seed++) {
            Given given = given(seed);
            Literal literal = new Literal(given, true);
            double ratio = literal.statistic / literal.critical();
            boolean nearlyCertain = ratio < 1 && literal.nearlyCertain();

            close("seed " + seed, given.roughStrength(), nearlyCertain ? 1 : Math.max(0, ratio));

            nearly += nearlyCertain ? 1 : 0;
            enough += ratio >= 1 ? 1 : 0;
        }
        assertThat(nearly).isGreaterThan(40);
        assertThat(enough).isGreaterThan(400);
    }

    private static void close(String which, double actual, double expected) {
        assertThat(actual).as(which).isCloseTo(expected, within(1e-9 * Math.max(1e-3, Math.abs(expected))));
    }

    private static final NoiseModel SPIKY = new NoiseModel(1, 1, 0, 0.05, 0, 1, 100, 4, 4, FLOOR);

    private static Check check(Given given, Check.Kind kind) {
        return given.set().checks().stream()
                .filter(check -> check.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void two_values_are_enough_where_the_nearest_lies_beyond_one_and_a_half_times_the_farthest_spike() {
        double[] base = {0, 1, -1, 0, 1, -1, 0};

        // the farthest spike lay four deviations out
        assertThat(check(new Given(base, new double[] {9, 6}, SPIKY, StepRole.PAIR, true), Check.Kind.COUNT)
                        .limit())
                .isEqualTo(3);
        assertThat(check(new Given(base, new double[] {9, 6.01}, SPIKY, StepRole.PAIR, true), Check.Kind.COUNT)
                        .limit())
                .isEqualTo(2);
        assertThat(check(new Given(base, new double[] {-6.01, -9}, SPIKY, StepRole.PAIR, true), Check.Kind.COUNT)
                        .limit())
                .isEqualTo(2);
        // no spikes, but a core that is not normal: two and a half deviations are taken for the farthest
        NoiseModel modes = new NoiseModel(1, 1.3, 0, 0.05, 0, 1, 100, 1, 1, FLOOR);
        assertThat(check(new Given(base, new double[] {3.75, 4}, modes, StepRole.PAIR, true), Check.Kind.COUNT)
                        .limit())
                .isEqualTo(3);
        assertThat(check(new Given(base, new double[] {3.8, 4}, modes, StepRole.PAIR, true), Check.Kind.COUNT)
                        .limit())
                .isEqualTo(2);
    }

    @Test
    void values_close_together_are_as_rare_as_the_values_beyond_them_and_near_them_make_them() {
        double[] tested = {5, 7, 6};
        // one value lies far beyond, so that the rank sum tells little
        double[] free = {0, 1, 9, 3, -1, 0, 1};
        double[] below = {0, 1, 9, 4.01, -1, 0, 1};
        double[] justNotBelow = {0, 1, 9, 4, -1, 0, 1};
        double[] above = {0, 1, 7.99, 3, -1, 0, 1};
        double[] justNotAbove = {0, 1, 8, 3, -1, 0, 1};
        double[] asLargeAsTheNearest = {0, 1, 9, 5, -1, 0, 1};

        // Laplace: the first beyond, then each of the others among those near
        assertThat(ranks(free, tested)).isCloseTo(2 / 8.0 * (1 / 8.0) * (2 / 9.0), within(1e-15));
        assertThat(ranks(below, tested)).isCloseTo(2 / 8.0 * (2 / 8.0) * (3 / 9.0), within(1e-15));
        assertThat(ranks(above, tested)).isEqualTo(ranks(below, tested));
        assertThat(ranks(justNotBelow, tested)).isEqualTo(ranks(free, tested));
        assertThat(ranks(justNotAbove, tested)).isEqualTo(ranks(free, tested));
        assertThat(ranks(asLargeAsTheNearest, tested)).isCloseTo(3 / 8.0 * (2 / 8.0) * (3 / 9.0), within(1e-15));
        for (double[] base : List.of(free, below, justNotBelow, above, justNotAbove, asLargeAsTheNearest)) {
            assertThat(ranks(negated(base), negated(tested))).isEqualTo(ranks(base, tested));
        }
    }

    private static double ranks(double[] base, double[] tested) {
        return check(new Given(base, tested, SPIKY, StepRole.NEWEST, true), Check.Kind.RANKS)
                .value();
    }

    private static double[] negated(double[] values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }

    @Test
    void levels_with_one_median_have_no_shift_that_could_last() {
        double[] base = {0, 2, -2, 0, 1, -1, 0};
        double[] lower = {0, -2, 0, 0, -1};
        double[] higher = {0, 2, 0, 0, 1};

        assertThat(check(new Given(base, lower, SPIKY, StepRole.NEWEST, true), Check.Kind.PERSISTENCE)
                        .value())
                .isZero();
        // without a direction it is taken for a fall
        assertThat(check(new Given(base, lower, SPIKY, StepRole.NEWEST, true), Check.Kind.STATISTIC)
                        .value())
                .isPositive();
        assertThat(check(new Given(base, higher, SPIKY, StepRole.NEWEST, true), Check.Kind.STATISTIC)
                        .value())
                .isNegative();
        assertThat(new Given(base, higher, SPIKY, StepRole.NEWEST, true).set().strength())
                .isZero();
    }

    @Test
    void sides_of_equal_length_are_read_forwards() {
        double[] left = {0, 1, -1, 0, 1, -1, 0, 0.5};
        double[] right = {5, 6, 4, 5, 6, 4, 5, 9};

        assertThat(new Given(left, right, SPIKY, StepRole.INNER, true).set().checks())
                .extracting(Check::kind)
                .contains(Check.Kind.PERSISTENCE);
        assertThat(new Given(Arrays.copyOf(left, 7), right, SPIKY, StepRole.INNER, true)
                        .set()
                        .checks())
                .extracting(Check::kind)
                .doesNotContain(Check.Kind.PERSISTENCE);
        assertThat(new Given(left, right, SPIKY, StepRole.INNER, false).set().checks())
                .extracting(Check::kind)
                .doesNotContain(Check.Kind.PERSISTENCE);
    }
}
