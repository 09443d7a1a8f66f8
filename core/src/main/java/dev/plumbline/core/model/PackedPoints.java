package dev.plumbline.core.model;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.RandomAccess;

/**
 * The points of a series as columns of numbers: each read creates a point.
 *
 * <p>A million points take some twelve bytes each, where objects would take forty-four; all series that a {@link
 * Builder} makes from the same runs share one column of runs. Columns with only default values (one group, no
 * deviation, never judged bad) are left out. The list is immutable, and a sublist shares its columns.
 */
public final class PackedPoints extends AbstractList<Point> implements RandomAccess {
    private static final RunInfo[] NO_RUNS = {};

    private final RunInfo[] runs;
    private final double[] values;
    /** Null where every point has one group. */
    private final int[] groups;
    /** Null where no point has a deviation. */
    private final double[] deviations;
    /** Null where no point was judged bad. */
    private final boolean[] bad;

    private final int from;
    private final int to;

    private PackedPoints(
            RunInfo[] runs, double[] values, int[] groups, double[] deviations, boolean[] bad, int from, int to) {
        this.runs = runs;
        this.values = values;
        this.groups = groups;
        this.deviations = deviations;
        this.bad = bad;
        this.from = from;
        this.to = to;
    }

    /** These points, packed; the list itself if it is already packed. */
    public static PackedPoints of(List<Point> points) {
        if (points instanceof PackedPoints packed) {
            return packed;
        }
        Builder builder = new Builder(points.size());
        for (Point point : points) {
            builder.add(point);
        }
        return builder.build();
    }

    @Override
    public Point get(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("point " + index + " of " + size());
        }
        int at = from + index;
        return new Point(
                runs[at],
                values[at],
                groups == null ? 1 : groups[at],
                deviations == null ? 0 : deviations[at],
                bad != null && bad[at]);
    }

    @Override
    public int size() {
        return to - from;
    }

    @Override
    public List<Point> subList(int first, int end) {
        if (first < 0 || end > size() || first > end) {
            throw new IndexOutOfBoundsException("points " + first + " to " + end + " of " + size());
        }
        return first == 0 && end == size()
                ? this
                : new PackedPoints(runs, values, groups, deviations, bad, from + first, from + end);
    }

    /**
     * The points that no check reported as a regression, or that were accepted since; the list itself if that is all of
     * them. The detected points are nearly always the newest: the others are then a sublist, which shares the columns.
     */
    public PackedPoints notJudgedBad() {
        if (bad == null) {
            return this;
        }
        int first = from;
        while (first < to && bad[first]) {
            first++;
        }
        int end = first;
        while (end < to && !bad[end]) {
            end++;
        }
        for (int at = end; at < to; at++) {
            if (!bad[at]) {
                return of(stream().filter(point -> !point.judgedBad()).toList());
            }
        }
        return first == from && end == to ? this : new PackedPoints(runs, values, groups, deviations, null, first, end);
    }

    /** Whether a check reported any of the points as a regression; for packed points without visiting them. */
    public static boolean haveJudgedBad(List<Point> points) {
        if (!(points instanceof PackedPoints packed)) {
            return points.stream().anyMatch(Point::judgedBad);
        }
        int at = packed.from;
        while (packed.bad != null && at < packed.to && !packed.bad[at]) {
            at++;
        }
        return packed.bad != null && at < packed.to;
    }

    /** Whether both have the same column of runs, as series that one {@link Builder} made of the same runs have. */
    public boolean haveRunsOf(PackedPoints others) {
        return runs == others.runs && from == others.from && to == others.to;
    }

    /** The value of every point, in order. */
    public double[] values() {
        return Arrays.copyOfRange(values, from, to);
    }

    /** The run of every point, in order: a view of the column. */
    public List<RunInfo> runs() {
        return Collections.unmodifiableList(Arrays.asList(runs).subList(from, to));
    }

    /** Takes points one by one; may be used again for the points of another series. */
    public static final class Builder {
        private RunInfo[] runs;
        private double[] values;
        private int[] groups;
        private double[] deviations;
        private boolean[] bad;
        private int size;
        private boolean hasGroups;
        private boolean hasDeviations;
        private boolean hasBad;
        private RunInfo[] lastRuns = NO_RUNS;

        public Builder() {
            this(16);
        }

        private Builder(int capacity) {
            runs = new RunInfo[capacity];
            values = new double[capacity];
            groups = new int[capacity];
            deviations = new double[capacity];
            bad = new boolean[capacity];
        }

        /** Adds a point. */
        public void add(Point point) {
            add(point.run(), point.value(), point.groupCount(), point.groupDeviation(), point.judgedBad());
        }

        /**
         * Adds a point by its parts.
         *
         * @throws IllegalArgumentException if {@link Point} does not take them
         */
        public void add(RunInfo run, double value, int groupCount, double groupDeviation, boolean judgedBad) {
            Point.check(run, value, groupCount, groupDeviation);
            if (size == values.length) {
                grow(Math.max(16, 2 * size));
            }
            runs[size] = run;
            values[size] = value;
            groups[size] = groupCount;
            deviations[size] = groupDeviation;
            bad[size] = judgedBad;
            hasGroups |= groupCount != 1;
            hasDeviations |= groupDeviation != 0;
            hasBad |= judgedBad;
            size++;
        }

        /** Adds packed points, column by column. */
        public void addAll(PackedPoints points) {
            int count = points.size();
            if (size + count > values.length) {
                grow(Math.max(size + count, 2 * size));
            }
            System.arraycopy(points.runs, points.from, runs, size, count);
            System.arraycopy(points.values, points.from, values, size, count);
            Arrays.fill(groups, size, size + count, 1);
            Arrays.fill(deviations, size, size + count, 0);
            Arrays.fill(bad, size, size + count, false);
            if (points.groups != null) {
                System.arraycopy(points.groups, points.from, groups, size, count);
                hasGroups = true;
            }
            if (points.deviations != null) {
                System.arraycopy(points.deviations, points.from, deviations, size, count);
                hasDeviations = true;
            }
            if (points.bad != null) {
                System.arraycopy(points.bad, points.from, bad, size, count);
                hasBad = true;
            }
            size += count;
        }

        private void grow(int capacity) {
            runs = Arrays.copyOf(runs, capacity);
            values = Arrays.copyOf(values, capacity);
            groups = Arrays.copyOf(groups, capacity);
            deviations = Arrays.copyOf(deviations, capacity);
            bad = Arrays.copyOf(bad, capacity);
        }

        /** All points added; the builder is empty afterwards. */
        public PackedPoints build() {
            PackedPoints points = new PackedPoints(
                    sharedRuns(),
                    Arrays.copyOf(values, size),
                    hasGroups ? Arrays.copyOf(groups, size) : null,
                    hasDeviations ? Arrays.copyOf(deviations, size) : null,
                    hasBad ? Arrays.copyOf(bad, size) : null,
                    0,
                    size);
            size = 0;
            hasGroups = false;
            hasDeviations = false;
            hasBad = false;
            return points;
        }

        /** Most series of a suite have the same runs. */
        private RunInfo[] sharedRuns() {
            boolean same = lastRuns.length == size;
            for (int i = 0; same && i < size; i++) {
                same = lastRuns[i] == runs[i];
            }
            if (!same) {
                lastRuns = Arrays.copyOf(runs, size);
            }
            return lastRuns;
        }
    }
}
