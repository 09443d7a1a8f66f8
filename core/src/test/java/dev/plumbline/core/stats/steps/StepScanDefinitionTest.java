package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.steps.noise.Robust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The scan beside one that keeps lists and analyses all values anew whenever it is asked. */
class StepScanDefinitionTest {
    private static final class Literal {
        private final StepScan.Settings settings;
        private final Levels levels;
        private final List<Step> settled = new ArrayList<>();
        private final List<Step> settledNegligible = new ArrayList<>();
        private List<Double> values = new ArrayList<>();
        private List<Integer> indices = new ArrayList<>();
        private boolean notPositive;
        private int size;
        private int missing;
        private int start;

        Literal(StepScan.Settings settings, double[] series) {
            this.settings = settings;
            levels = Levels.of(settings.strictness());
            for (double value : series) {
                append(value);
            }
        }

        private void append(double value) {
            if (Double.isFinite(value)) {
                if (values.size() == 512) {
                    settle();
                }
                start = indices.isEmpty() ? size : start;
                notPositive = notPositive || value <= 0;
                values.add(value);
                indices.add(size);
            } else {
                missing++;
            }
            size++;
        }

        /** Steps with 128 later values stay; what lies before the last of them goes, or all but 192 values. */
        private void settle() {
            Window window = window(analysis());
            int from = 512 - 192;
            for (int i = 0; i < window.steps() && window.position(i) <= 512 - 128; i++) {
                Step step = window.step(i);
                (window.matters(step) ? settled : settledNegligible).add(step);
                start = indices.get(window.position(i));
                from = window.position(i) >= 512 - 448 ? window.position(i) : 512 - 192;
            }
            values = new ArrayList<>(values.subList(from, 512));
            indices = new ArrayList<>(indices.subList(from, 512));
        }

        private Regime.Scale scale() {
            if (Collections.min(values) > 0) {
                return new Regime.Logarithmic();
            }
            double largest = values.stream().mapToDouble(Math::abs).max().orElseThrow();
            return new Regime.Linear(largest == 0 ? 1 : powerOfTwo(largest));
        }

        /** The largest that is no more, of those that have all digits. */
        private static double powerOfTwo(double most) {
            double power = Double.MIN_NORMAL;
            while (2 * power <= most) {
                power *= 2;
            }
            return power;
        }

        private double[] scores() {
            Regime.Scale scale = scale();
            return values.stream().mapToDouble(scale::score).toArray();
        }

        /** From 64 values on, the full analysis is that of so many sixteens of them. */
        private int anchored() {
            return values.size() < 64 ? values.size() : values.size() / 16 * 16;
        }

        private Analysis anchor() {
            return new Analysis(scores(), anchored(), floor(anchored()), levels);
        }

        private double floor(int count) {
            double[] sizes = Arrays.stream(scores(), 0, count).map(Math::abs).toArray();
            double typical = new Robust(sizes.length).median(sizes, 0, sizes.length);
            return scale() instanceof Regime.Linear ? 1e-4 * Math.max(typical, 1e-6) : 1e-4;
        }

        private Analysis analysis() {
            return anchored() == values.size() ? anchor() : anchor().extended(values.size());
        }

        private Window window(Analysis analysis) {
            return new Window(
                    analysis, indices.stream().mapToInt(Integer::intValue).toArray(), scale(), settings);
        }

        private Window split(Window found, KnownLevels known) {
            List<Integer> steps =
                    IntStream.range(0, found.steps()).mapToObj(found::position).toList();
            List<Integer> joint = known.isManifold()
                    ? JointLevels.of(
                            scores(),
                            Math.max(0, values.size() - 64),
                            values.size(),
                            positions(known.all()),
                            floor(values.size()))
                    : List.of();
            TreeSet<Integer> all = new TreeSet<>();
            if (!joint.isEmpty()) {
                all.addAll(joint);
                steps.stream()
                        .filter(position -> position <= values.size() - 64)
                        .forEach(all::add);
            } else if (!steps.isEmpty()) {
                all.addAll(steps);
                all.addAll(positions(
                        known.missing(steps.stream().mapToInt(indices::get).toArray())));
            }
            List<Integer> added =
                    all.stream().filter(position -> !steps.contains(position)).toList();
            while (!all.isEmpty() && !List.copyOf(all).equals(steps)) {
                Window split =
                        found.with(all.stream().mapToInt(Integer::intValue).toArray(), added);
                List<Integer> apart = added.stream()
                        .filter(place -> IntStream.range(0, split.steps())
                                .anyMatch(i -> split.position(i) == place && split.isApart(i)))
                        .toList();
                if (apart.equals(added)) {
                    return split;
                }
                all.removeAll(added);
                all.addAll(apart);
                added = apart;
            }
            return found;
        }

        private List<Integer> positions(List<Integer> places) {
            return places.stream()
                    .map(indices::indexOf)
                    .filter(position -> position > 0)
                    .toList();
        }

        Steps result(KnownLevels known) {
            Set<Steps.Warning> warnings = EnumSet.noneOf(Steps.Warning.class);
            if (size - missing < 10) {
                warnings.add(Steps.Warning.FEW_VALUES);
            }
            if (missing > 0) {
                warnings.add(Steps.Warning.MISSING_VALUES);
            }
            if (notPositive) {
                warnings.add(Steps.Warning.NOT_POSITIVE);
            }
            if (values.isEmpty()) {
                return new Steps(size, List.of(), List.of(), Optional.empty(), Optional.empty(), warnings);
            }
            Window anchor = window(anchor());
            Window found = window(analysis());
            Window window = split(found, known);
            List<Step> steps = new ArrayList<>(settled);
            List<Step> negligible = new ArrayList<>(settledNegligible);
            Optional<Step> suspect = window.suspect();
            for (int i = 0; i < window.steps(); i++) {
                int position = window.position(i);
                boolean isFound = IntStream.range(0, found.steps()).anyMatch(j -> found.position(j) == position);
                if (!isFound && known.called().equals(OptionalInt.of(indices.get(position)))) {
                    suspect = Optional.of(window.suspected(i));
                } else if (isFound
                        || i < window.steps() - 1
                        || values.size() - position >= 3
                        || !known.accepted().contains(indices.get(position))) {
                    Step step = reported(window, i, anchor, found);
                    (window.matters(step) ? steps : negligible).add(step);
                }
            }
            if (steps.stream().anyMatch(step -> Double.isInfinite(step.relativeChange()))) {
                warnings.add(Steps.Warning.FROM_ZERO);
            }
            int begin = window.steps() == 0 ? start : indices.get(window.position(window.steps() - 1));
            return new Steps(size, steps, negligible, suspect, Optional.of(window.regime(begin)), warnings);
        }

        /** All steps of the anchor but the last one stay as they are told there while their levels are the same. */
        private static Step reported(Window window, int i, Window anchor, Window found) {
            for (int j = 0; j < anchor.steps() - 1; j++) {
                if (window.hasSame(i, found, j)) {
                    return anchor.step(j);
                }
            }
            return window.step(i);
        }
    }

    /** Levels, spikes, gaps, zeros and negative values in noise of several kinds. */
    private static double[] series(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        int kind = random.nextInt(6);
        double noise = new double[] {0.003, 0.01, 0.03}[random.nextInt(3)];
        int every = 20 + random.nextInt(150);
        double[] values = new double[length];
        double level = 100;
        double previous = 0;
        for (int i = 0; i < length; i++) {
            if (random.nextInt(every) == 0) {
                level *= 1 + (random.nextBoolean() ? 1 : -1) * (random.nextInt(4) == 0 ? 0.012 : 0.08);
            }
            previous = (seed % 3 == 0 ? 0.5 : 0) * previous + random.nextGaussian();
            values[i] = level * Math.exp(noise * previous) * (random.nextInt(50) == 0 ? 1.4 : 1);
            if (kind == 1) {
                values[i] -= 100;
            } else if (kind == 2 && random.nextInt(9) == 0) {
                values[i] = Double.NaN;
            } else if (kind == 3) {
                values[i] = Math.rint(values[i]);
            } else if (kind == 4) {
                values[i] = i < length / 2 ? 0 : Math.rint(values[i] / 40);
            }
        }
        return values;
    }

    private static KnownLevels known(long seed, double[] values, Steps steps) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<Integer> places = new TreeSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            places.add(random.nextInt(values.length));
        }
        // few values before or behind a step of the values
        steps.steps().forEach(step -> {
            if (random.nextBoolean()) {
                places.add(Math.max(0, step.index() - 6 + random.nextInt(12)));
            }
        });
        int called = values.length - 1 - random.nextInt(6);
        return new KnownLevels(
                List.copyOf(places), called > 0 && random.nextBoolean() ? OptionalInt.of(called) : OptionalInt.empty());
    }

    @Test
    void steps_suspect_regime_and_warnings_are_those_of_the_definitions() {
        int negligible = 0;
        int suspects = 0;
        int moved = 0;
        for (long seed = 1; seed <= 120; seed++) {
            int length = (int) (seed * 67 % (seed % 4 == 0 ? 1600 : 300));
            double[] values = series(seed, length);
            StepScan.Settings settings = new StepScan.Settings(seed % 5 == 0 ? 0 : 0.02, seed % 7 == 0 ? 10 : 1);
            Literal literal = new Literal(settings, values);
            Steps expected = literal.result(KnownLevels.NONE);

            Steps steps = StepScan.analyze(values, settings);

            assertThat(steps).as("seed %d", seed).isEqualTo(expected);
            negligible += steps.negligible().size();
            suspects += steps.suspect().isPresent() ? 1 : 0;
            if (length > 0) {
                KnownLevels known = known(seed, values, steps);
                Steps split = StepScan.analyze(values, settings, known);
                assertThat(split).as("seed %d with %s", seed, known).isEqualTo(literal.result(known));
                moved += split.equals(steps) ? 0 : 1;
            }
        }
        assertThat(negligible).isGreaterThan(4);
        assertThat(suspects).isGreaterThan(4);
        assertThat(moved).isGreaterThan(4);
    }

    @Test
    void a_full_window_settles_steps_with_128_later_values_and_begins_at_the_last_of_them_unless_it_is_too_old() {
        assertSettled(384, true, 384);
        assertSettled(385, false, 320);
        assertSettled(64, true, 64);
        assertSettled(63, true, 320);
    }

    private static void assertSettled(int place, boolean settled, int begin) {
        StepScan scan = new StepScan(StepScan.Settings.DEFAULT);
        for (int i = 0; i < 513; i++) {
            scan.append(i < place ? 1000 : 1100);
        }
        assertThat(scan.state().steps()).as("%d", place).hasSize(settled ? 1 : 0);
        assertThat(scan.state().indices().get(0)).as("%d", place).isEqualTo(begin);
        assertThat(scan.result().steps())
                .as("%d", place)
                .extracting(Step::index)
                .containsExactly(place);
        assertThat(scan.result().regime().orElseThrow().start()).isEqualTo(place);
    }

    @Test
    void a_value_that_is_only_tried_settles_nothing_in_a_full_window() {
        StepScan scan = new StepScan(StepScan.Settings.DEFAULT);
        for (int i = 0; i < 512; i++) {
            scan.append(i < 200 ? 1000 : 1100);
        }
        StepScan.State before = scan.state();

        scan.with(1100);

        assertThat(scan.state()).isEqualTo(before);
        assertThat(scan.size()).isEqualTo(512);
    }

    @Test
    void ten_finite_values_are_enough_and_gaps_do_not_count() {
        double[] values = DoubleStream.of(1, 2, 1, 2, 1, 2, 1, 2, 1, Double.NaN, Double.POSITIVE_INFINITY)
                .toArray();

        assertThat(StepScan.analyze(values).warnings())
                .containsExactly(Steps.Warning.FEW_VALUES, Steps.Warning.MISSING_VALUES);
        double[] ten = Arrays.copyOf(values, 10);
        ten[9] = 2;
        assertThat(StepScan.analyze(ten).warnings()).isEmpty();
        assertThat(StepScan.analyze(ten).regime().orElseThrow().start()).isZero();
    }

    @Test
    void a_series_of_gaps_has_a_size_and_no_regime() {
        Steps steps = StepScan.analyze(new double[] {Double.NaN, Double.NEGATIVE_INFINITY});

        assertThat(steps.size()).isEqualTo(2);
        assertThat(steps.regime()).isEmpty();
        assertThat(steps.steps()).isEmpty();
        assertThat(steps.warnings()).containsExactly(Steps.Warning.FEW_VALUES, Steps.Warning.MISSING_VALUES);
        StepScan scan = new StepScan(StepScan.Settings.DEFAULT);
        scan.append(Double.NaN);
        assertThat(scan.size()).isEqualTo(1);
        scan.append(3);
        assertThat(scan.result().regime().orElseThrow().start())
                .as("the first value")
                .isEqualTo(1);
    }

    @Test
    void values_that_are_not_positive_are_scored_in_a_power_of_two_near_the_largest() {
        assertThat(unit(-5, 3)).isEqualTo(4);
        assertThat(unit(0, 8)).isEqualTo(8);
        assertThat(unit(0, 0)).isEqualTo(1);
        assertThat(unit(0, Double.MIN_VALUE)).isEqualTo(Double.MIN_NORMAL);
        assertThat(StepScan.analyze(new double[] {1, 2}).regime().orElseThrow().scale())
                .isEqualTo(new Regime.Logarithmic());
    }

    private static double unit(double... values) {
        return ((Regime.Linear) StepScan.analyze(values).regime().orElseThrow().scale()).unit();
    }

    @Test
    void no_noise_below_a_ten_thousandth_of_the_typical_size_is_believed() {
        double[] values = new double[40];
        Arrays.fill(values, -6);

        // a score of -6 / 4
        assertThat(StepScan.analyze(values).regime().orElseThrow().deviation()).isCloseTo(1.5e-4, within(1e-18));
        Arrays.fill(values, 0);
        assertThat(StepScan.analyze(values).regime().orElseThrow().deviation()).isCloseTo(1e-10, within(1e-24));
        Arrays.fill(values, 3);
        assertThat(StepScan.analyze(values).regime().orElseThrow().deviation()).isEqualTo(1e-4);
    }

    @Test
    void settings_out_of_their_ranges_are_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StepScan.Settings(1))
                .withMessage("smallest change 1.0 is not in [0, 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StepScan.Settings(0, 1000.5))
                .withMessage("strictness 1000.5 is not in [0.1, 1000]");
        assertThat(new StepScan.Settings(0.03)).isEqualTo(new StepScan.Settings(0.03, 1));
    }

    private static StepScan.State state(int size, int missing, List<Integer> indices, List<Double> values) {
        return new StepScan.State(size, missing, 0, false, indices, values, List.of(), List.of());
    }

    private static StepScan.State state(
            int size, int missing, List<Integer> indices, List<Double> values, int start, boolean notPositive) {
        return new StepScan.State(size, missing, start, notPositive, indices, values, List.of(), List.of());
    }

    @Test
    void a_state_holds_as_many_values_as_a_window_and_each_at_a_place_of_its_own() {
        List<Integer> places = IntStream.range(0, 513).boxed().toList();
        List<Double> values = Collections.nCopies(513, 1.0);

        assertThat(state(512, 0, places.subList(0, 512), values.subList(0, 512)).values())
                .hasSize(512);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> state(513, 0, places, values))
                .withMessage("513 indices and 513 values; at most 512 of each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> state(3, 0, List.of(1, 1), List.of(1.0, 2.0)))
                .withMessage("value 1 of the state is out of order or not finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> state(3, 0, List.of(-1), List.of(1.0)))
                .withMessage("value 0 of the state is out of order or not finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> state(3, -1, List.of(1), List.of(1.0)))
                .withMessage("-1 missing of 3 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> state(3, 3, List.of(1), List.of(1.0)))
                .withMessage("3 missing of 3 values");
    }

    @Test
    void a_scan_knows_its_state_with_gaps_and_settled_steps() {
        StepScan scan = new StepScan(StepScan.Settings.DEFAULT);
        scan.append(Double.NaN);
        scan.append(5);
        scan.append(0);

        assertThat(scan.state()).isEqualTo(state(3, 1, List.of(1, 2), List.of(5.0, 0.0), 1, true));
        double[] values = series(24, 1300);
        StepScan longer = new StepScan(StepScan.Settings.DEFAULT);
        Arrays.stream(values).forEach(longer::append);
        StepScan.State state = longer.state();
        assertThat(state.steps()).isNotEmpty();
        assertThat(StepScan.restore(StepScan.Settings.DEFAULT, state).state()).isEqualTo(state);
        assertThat(StepScan.restore(StepScan.Settings.DEFAULT, state).result()).isEqualTo(longer.result());
    }
}
