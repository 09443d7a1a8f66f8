package dev.plumbline.core.stats.steps;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.steps.noise.Robust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the steps of a benchmark's history; one setting for quiet, autocorrelated, spiky, multimodal and quantised
 * noise.
 *
 * <p>Values are appended one by one; {@link #result()} is a pure function of the values appended so far, so appending
 * and analysing at once give the same answer to the bit. At most the last {@value #CAPACITY} values are kept and
 * analysed again: a step among them may move or vanish as more values come. When the window is full its older steps are
 * settled permanently and the values before the last settled one are dropped.
 *
 * <p>Positive values are judged by their ratios (logarithms). A window with a zero or negative value is judged by
 * differences. NaN and infinite values keep their index and are left out. Fewer than {@value YoungSteps#LEAST} values
 * have no steps; up to {@value YoungSteps#MOST} values one step is searched for besides what the tests of longer series
 * find, and a step that a slope explains as well is negligible.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class StepScan {
    // Proposals: moving two-sample statistics and optimal partitioning over their maxima (Auger and Lawrence 1989;
    // Eichinger and Kirch 2018). Pruning: AR(1) generalised least squares (Cochrane and Orcutt 1949) on winsorised
    // scores (Huber 1964), moderated Welch, Wilcoxon rank sum. Location: capped loss (Fearnhead and Rigaill 2019).
    static final int CAPACITY = 512;
    /** The least number of later values of a settled step. */
    private static final int SETTLED = 128;
    /** The number of values that a full window keeps when none of its steps begins nearby. */
    private static final int KEPT = 192;

    private static final int OLDEST = 448;
    /** From this number of values on, the full analysis is renewed after every {@link #ANCHOR_DISTANCE} values only. */
    private static final int ANCHORED = 64;

    private static final int ANCHOR_DISTANCE = 16;
    /** From this number of values on, what few values show needs no rule of its own. */
    private static final int YOUNG = 48;

    /** The fewest newest values that confirm an accepted level. */
    private static final int LEAST_OF_LEVEL = 3;

    private static final double SMALLEST_SHARE = 1e-6;
    /** The lower limit of noise, as a share of the level: timers and hosts are no more precise. */
    static final double SMALLEST_NOISE = 1e-4;

    private final Settings settings;
    private final Levels levels;
    private final double[] values = new double[CAPACITY];
    private final double[] scores = new double[CAPACITY];
    private final int[] indices = new int[CAPACITY];
    private final List<Step> settledSteps = new ArrayList<>();
    private final List<Step> settledNegligible = new ArrayList<>();
    private int count;
    private int size;
    private int missing;
    private int regimeStart = -1;
    private boolean everNotPositive;
    private Regime.Scale scale = new Regime.Logarithmic();
    private int scored;
    private Analysis anchor;
    private List<Step> anchoredSteps = List.of();
    private Steps cached;

    /**
     * The settings of the scan.
     *
     * @param smallestChange relative changes whose whole interval is smaller are negligible (0.02 is 2 %); 0 reports
     *     all
     * @param strictness every error level of the tests is divided by it: 10 gives far fewer false alarms and finds
     *     less; 0.1 to 1000
     */
    public record Settings(double smallestChange, double strictness) {
        /** Steps of 2 % matter; strictness 1. */
        public static final Settings DEFAULT = new Settings(0.02, 1);

        /** The given smallest change with strictness 1. */
        public Settings(double smallestChange) {
            this(smallestChange, 1);
        }

        /** Checks the ranges. */
        public Settings {
            if (!(strictness >= 0.1 && strictness <= 1000)) {
                throw new IllegalArgumentException("strictness " + strictness + " is not in [0.1, 1000]");
            }
            if (!(smallestChange >= 0 && smallestChange < 1)) {
                throw new IllegalArgumentException("smallest change " + smallestChange + " is not in [0, 1)");
            }
        }
    }

    /** An empty series under {@code settings}. */
    public StepScan(Settings settings) {
        this.settings = requireNonNull(settings, "settings");
        levels = Levels.of(settings.strictness());
    }

    /** The steps of a whole series with the default settings. */
    public static Steps analyze(double[] values) {
        return analyze(values, Settings.DEFAULT);
    }

    /** The steps of a whole series: the same as appending every value. An empty series has none. */
    public static Steps analyze(double[] values, Settings settings) {
        StepScan scan = new StepScan(settings);
        for (double value : values) {
            scan.append(value);
        }
        return scan.result();
    }

    /**
     * The same, where it is known that some levels are two that the values alone would take for one, or that values are
     * off.
     */
    public static Steps analyze(double[] values, Settings settings, KnownLevels known) {
        StepScan scan = new StepScan(settings);
        double[] own = values;
        if (!known.off().isEmpty()) {
            own = values.clone();
            for (int index : known.off()) {
                own[index] = Double.NaN;
            }
        }
        for (double value : own) {
            scan.append(value);
        }
        return scan.evaluate(known);
    }

    /** Adds the next value. A value that is not finite takes an index and is otherwise left out. */
    public void append(double value) {
        cached = null;
        int index = size++;
        if (!Double.isFinite(value)) {
            missing++;
            return;
        }
        if (count == CAPACITY) {
            settle();
        }
        if (regimeStart < 0) {
            regimeStart = index;
        }
        everNotPositive |= value <= 0;
        values[count] = value;
        indices[count++] = index;
    }

    /** The number of values appended, missing ones included. */
    public int size() {
        return size;
    }

    /** The steps after the values appended so far. */
    public Steps result() {
        if (cached == null) {
            cached = evaluate(KnownLevels.NONE);
        }
        return cached;
    }

    /** The steps if {@code value} were appended; it is not. */
    public Steps with(double value) {
        if (count == CAPACITY) {
            StepScan other = restore(settings, state());
            other.append(value);
            return other.result();
        }
        Regime.Scale scaleBefore = scale;
        Analysis anchorBefore = anchor;
        List<Step> anchoredBefore = anchoredSteps;
        Steps known = cached;
        boolean notPositive = everNotPositive;
        int start = regimeStart;
        append(value);
        Steps with = result();
        size--;
        if (Double.isFinite(value)) {
            count--;
        } else {
            missing--;
        }
        everNotPositive = notPositive;
        regimeStart = start;
        cached = known;
        if (scale.equals(scaleBefore)) {
            scored = Math.min(scored, count);
            anchor = anchorBefore;
            anchoredSteps = anchoredBefore;
        } else { // the scores are those of the other scale
            scored = 0;
            anchor = null;
            scale = scaleBefore;
        }
        return with;
    }

    private Steps evaluate(KnownLevels known) {
        Set<Steps.Warning> warnings = EnumSet.noneOf(Steps.Warning.class);
        if (missing > 0) {
            warnings.add(Steps.Warning.MISSING_VALUES);
        }
        if (everNotPositive) {
            warnings.add(Steps.Warning.NOT_POSITIVE);
        }
        boolean few = size - missing < Analysis.LEAST;
        if (count == 0) {
            warnings.add(Steps.Warning.FEW_VALUES);
            return new Steps(size, settledSteps, settledNegligible, Optional.empty(), Optional.empty(), warnings);
        }
        Window found = analyze(count < ANCHORED ? count : count - count % ANCHOR_DISTANCE);
        if (count < YOUNG) {
            found = found.withYoung();
        }
        Window split = split(found, known);
        Window window = placed(split, known);
        List<Step> steps = new ArrayList<>(settledSteps);
        List<Step> negligible = new ArrayList<>(settledNegligible);
        Optional<Step> called = Optional.empty();
        for (int i = 0; i < window.steps(); i++) {
            if (isCalled(window, i, known)
                    && isOnlyIn(split, found, window.position(i))
                    && !isClear(window.position(i), known)) {
                called = Optional.of(window.suspected(i));
                continue;
            }
            if (isFresh(window, i, known) && isOnlyIn(split, found, window.position(i))) {
                continue;
            }
            int same = same(window, i, found);
            Step step = same >= 0 && same < anchoredSteps.size() ? anchoredSteps.get(same) : window.step(i);
            (window.matters(step) ? steps : negligible).add(step);
        }
        if (few && steps.isEmpty()) {
            warnings.add(Steps.Warning.FEW_VALUES);
        }
        for (Step step : steps) {
            if (Double.isInfinite(step.relativeChange())) {
                warnings.add(Steps.Warning.FROM_ZERO);
            }
        }
        int start = window.steps() == 0 ? regimeStart : indices[window.position(window.steps() - 1)];
        Optional<Step> suspect = called.or(window::suspect);
        return new Steps(size, steps, negligible, suspect, Optional.of(window.regime(start)), warnings);
    }

    /** The window with the levels, too, that are known and that a step of it has joined with others. */
    private Window split(Window found, KnownLevels known) {
        int[] steps = IntStream.range(0, found.steps())
                .map(i -> indices[found.position(i)])
                .toArray();
        List<Integer> joint = joint(known);
        if (!joint.isEmpty()) {
            int from = Math.max(0, count - JointLevels.MOST);
            TreeSet<Integer> all = new TreeSet<>(joint);
            IntStream.range(0, found.steps())
                    .map(found::position)
                    .filter(position -> position <= from)
                    .forEach(all::add);
            return apart(found, all);
        }
        if (steps.length == 0) {
            return found;
        }
        TreeSet<Integer> positions = new TreeSet<>();
        for (int place : known.missing(steps)) {
            int position = Arrays.binarySearch(indices, 0, count, place);
            if (position > 0) {
                positions.add(position);
            }
        }
        if (positions.isEmpty()) {
            return found;
        }
        IntStream.range(0, found.steps()).map(found::position).forEach(positions::add);
        return apart(found, positions);
    }

    /** The positions of all newest levels, where several of them are known; empty where not. */
    private List<Integer> joint(KnownLevels known) {
        if (!known.isManifold()) {
            return List.of();
        }
        List<Integer> places = known.all().stream()
                .map(place -> Arrays.binarySearch(indices, 0, count, place))
                .filter(position -> position > 0)
                .toList();
        return JointLevels.of(scores, Math.max(0, count - JointLevels.MOST), count, places, smallestNoise(count));
    }

    /** The window with levels at these positions, except for new ones at which the values do not differ. */
    private Window apart(Window found, TreeSet<Integer> positions) {
        List<Integer> added = positions.stream()
                .filter(position -> !isIn(found, position))
                .collect(Collectors.toCollection(ArrayList::new));
        List<Integer> known =
                IntStream.range(0, found.steps()).mapToObj(found::position).toList();
        while (true) {
            if (positions.isEmpty() || List.copyOf(positions).equals(known)) {
                return found;
            }
            Window split =
                    found.with(positions.stream().mapToInt(Integer::intValue).toArray(), List.copyOf(added));
            List<Integer> same = IntStream.range(0, split.steps())
                    .filter(i -> added.contains(split.position(i)) && !split.isApart(i))
                    .mapToObj(split::position)
                    .toList();
            if (same.isEmpty()) {
                return split;
            }
            added.removeAll(same);
            positions.removeAll(same);
        }
    }

    /** The window with those steps moved whose places checks determine better than few values do. */
    private Window placed(Window found, KnownLevels known) {
        if (known.places().isEmpty() || found.steps() == 0) {
            return found;
        }
        TreeSet<Integer> positions = IntStream.range(0, found.steps())
                .map(found::position)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<Integer> reported = new TreeSet<>();
        for (KnownLevels.Place place : known.places()) {
            List<Integer> moved = IntStream.range(0, found.steps())
                    .filter(i -> place.isInsteadOf(indices[found.position(i)], found.isUp(i)))
                    .mapToObj(found::position)
                    .toList();
            List<Integer> begins = place.begins().stream()
                    .map(index -> Arrays.binarySearch(indices, 0, count, index))
                    .toList();
            if (!moved.isEmpty() && begins.stream().allMatch(position -> position > 0)) {
                positions.removeAll(moved);
                positions.addAll(begins);
                reported.addAll(begins);
            }
        }
        return reported.isEmpty()
                ? found
                : found.with(positions.stream().mapToInt(Integer::intValue).toArray(), List.copyOf(reported));
    }

    /** Whether a step begins an accepted level that few newest values show yet: it is accepted, and not confirmed. */
    private boolean isFresh(Window window, int i, KnownLevels known) {
        return i == window.steps() - 1
                && count - window.position(i) < LEAST_OF_LEVEL
                && known.accepted().contains(indices[window.position(i)]);
    }

    /** Whether checks have detected the values of a step. */
    private boolean isCalled(Window window, int i, KnownLevels known) {
        int place = indices[window.position(i)];
        return known.called().isPresent() && known.called().getAsInt() == place;
    }

    /**
     * Whether the newest values of losses on top of each other show that one there without a check: the scan of single
     * steps joins the few values of the lower one with those around it.
     */
    private boolean isClear(int position, KnownLevels known) {
        return !known.below().isEmpty()
                && count - position >= LEAST_OF_LEVEL
                && joint(known.withoutCalled()).stream()
                        .anyMatch(other -> Math.abs(other - position) <= KnownLevels.NEAR);
    }

    private static boolean isOnlyIn(Window split, Window found, int position) {
        return isIn(split, position) && !isIn(found, position);
    }

    private static boolean isIn(Window window, int position) {
        return IntStream.range(0, window.steps()).anyMatch(i -> window.position(i) == position);
    }

    /** The index of the step of a window that is the same as one of another, with the same levels; -1 when none is. */
    private static int same(Window window, int i, Window found) {
        return IntStream.range(0, found.steps())
                .filter(j -> window == found ? i == j : window.hasSame(i, found, j))
                .findFirst()
                .orElse(-1);
    }

    /**
     * Analyses the window: fully up to the anchor, which is worth keeping, and from there on for new steps only.
     *
     * <p>The answer depends on the values and the anchor's place alone, not on what was asked before.
     */
    private Window analyze(int anchorEnd) {
        Regime.Scale needed = scale();
        if (!needed.equals(scale)) {
            scale = needed;
            scored = 0;
            anchor = null;
        }
        for (; scored < count; scored++) {
            scores[scored] = scale.score(values[scored]);
        }
        if (anchor == null || anchor.length() != anchorEnd) {
            anchor = new Analysis(scores, anchorEnd, smallestNoise(anchorEnd), levels);
            Window anchored = new Window(anchor, indices, scale, settings);
            anchoredSteps = new ArrayList<>();
            // the last one depends on the values to come
            for (int i = 0; i + 1 < anchored.steps(); i++) {
                anchoredSteps.add(anchored.step(i));
            }
        }
        return new Window(anchorEnd == count ? anchor : anchor.extended(count), indices, scale, settings);
    }

    private Regime.Scale scale() {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int i = 0; i < count; i++) {
            smallest = Math.min(smallest, values[i]);
            largest = Math.max(largest, Math.abs(values[i]));
        }
        if (smallest > 0) {
            return new Regime.Logarithmic();
        }
        return new Regime.Linear(
                largest == 0 ? 1 : Math.scalb(1.0, Math.max(Double.MIN_EXPONENT, Math.getExponent(largest))));
    }

    /** On a linear scale a share of the typical magnitude. */
    private double smallestNoise(int end) {
        if (scale instanceof Regime.Logarithmic) {
            return SMALLEST_NOISE;
        }
        double typical = new Robust(end).medianDeviation(scores, 0, end, 0);
        return SMALLEST_NOISE * Math.max(typical, SMALLEST_SHARE);
    }

    /** Finalises the older steps of a full window to make room. */
    private void settle() {
        Window window = analyze(count);
        int from = count - KEPT;
        int settled = 0;
        while (settled < window.steps() && window.position(settled) <= count - SETTLED) {
            settled++;
        }
        if (settled > 0) {
            int last = window.position(settled - 1);
            regimeStart = indices[last];
            if (last >= count - OLDEST) {
                from = last;
            }
        }
        for (int i = 0; i < settled; i++) {
            Step step = window.step(i);
            (window.matters(step) ? settledSteps : settledNegligible).add(step);
        }
        System.arraycopy(values, from, values, 0, count - from);
        System.arraycopy(indices, from, indices, 0, count - from);
        System.arraycopy(scores, from, scores, 0, scored - from);
        count -= from;
        scored -= from;
        anchor = null;
    }

    /**
     * The complete state of a scan, to be stored between runs.
     *
     * @param size values appended, missing ones included
     * @param missing values that were not finite
     * @param regimeStart index of the first value after the last settled step; -1 when there is no value
     * @param everNotPositive whether a zero or negative value was seen
     * @param indices indices of the values kept, ascending
     * @param values the values kept, finite, at most {@value StepScan#CAPACITY}
     * @param steps settled steps
     * @param negligible settled steps that do not matter
     */
    public record State(
            int size,
            int missing,
            int regimeStart,
            boolean everNotPositive,
            List<Integer> indices,
            List<Double> values,
            List<Step> steps,
            List<Step> negligible) {
        /** Copies the lists and checks that they fit together. */
        public State {
            indices = List.copyOf(indices);
            values = List.copyOf(values);
            steps = List.copyOf(steps);
            negligible = List.copyOf(negligible);
            if (indices.size() != values.size() || values.size() > CAPACITY) {
                throw new IllegalArgumentException(
                        indices.size() + " indices and " + values.size() + " values; at most " + CAPACITY + " of each");
            }
            int previous = -1;
            for (int i = 0; i < indices.size(); i++) {
                if (indices.get(i) <= previous || indices.get(i) >= size || !Double.isFinite(values.get(i))) {
                    throw new IllegalArgumentException("value " + i + " of the state is out of order or not finite");
                }
                previous = indices.get(i);
            }
            if (missing < 0 || missing + values.size() > size) {
                throw new IllegalArgumentException(missing + " missing of " + size + " values");
            }
        }
    }

    /** The state now; a scan restored from it goes on exactly as this one. */
    public State state() {
        List<Integer> kept = new ArrayList<>(count);
        List<Double> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            kept.add(indices[i]);
            numbers.add(values[i]);
        }
        return new State(size, missing, regimeStart, everNotPositive, kept, numbers, settledSteps, settledNegligible);
    }

    /** A scan that goes on from {@code state}. */
    public static StepScan restore(Settings settings, State state) {
        StepScan scan = new StepScan(settings);
        scan.size = state.size();
        scan.missing = state.missing();
        scan.regimeStart = state.regimeStart();
        scan.everNotPositive = state.everNotPositive();
        scan.count = state.values().size();
        for (int i = 0; i < scan.count; i++) {
            scan.indices[i] = state.indices().get(i);
            scan.values[i] = state.values().get(i);
        }
        scan.settledSteps.addAll(state.steps());
        scan.settledNegligible.addAll(state.negligible());
        return scan;
    }
}
