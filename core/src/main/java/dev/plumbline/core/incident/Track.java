package dev.plumbline.core.incident;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.ChangeMethod;
import dev.plumbline.core.history.RecoveredRegression;
import dev.plumbline.core.history.SeasonallyAdjusted;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.core.shape.feature.Excursion;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.StepScan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A series on the timeline of its branch, with the changes found in it. */
public final class Track {
    /** The number of common revisions from which a correlation is estimated. */
    private static final int LEAST_COMMON = 20;

    /** The number of newest values that are compared. */
    private static final int COMPARED = 200;

    /** A shape has its own idea of where a change lies. */
    private static final int NEAR = 3;

    /** The number of first parts of a slope, and of parts before it, that may be where it began. */
    private static final int BEGINNING = 8;

    /** Steps of no more than this share of a slope are a part of its ends. */
    private static final double EDGE = 0.5;

    /** The number of values that determine a level. */
    private static final int BEFORE = 10;

    /** The number of values that determine the noise of a level. */
    private static final int LEAST_BEFORE = 5;

    /** From the median of distances to the standard deviation of normal values. */
    private static final double TO_DEVIATION = 1.4826;

    /** The number of deviations from which a difference is not chance. */
    private static final double SURE = 3;

    /** The smallest share of the margin for which steps are searched. */
    private static final double LEAST_SHARE = 0.1;

    private final SegmentedSeries segmented;
    private final Series series;
    private final SeasonallyAdjusted adjusted;

    private final List<SeriesChange> changes;
    private final double margin;
    private final List<RecoveredRegression> recovered;
    private final int[] places;
    private final double[] scores;
    private double[] residuals;

    private Track(SegmentedSeries segmented, Timeline timeline) {
        this.segmented = segmented;
        this.series = segmented.series();
        this.adjusted = segmented.adjusted();
        this.changes = segmented.changes();
        this.margin = segmented.margin();
        this.places = timeline.placesOf(series.points());
        this.scores = scores(ownLevels(adjusted.values(), segmented.known().off()));
        this.recovered = RecoveredRegression.of(
                series, adjusted.values(), segmented.known().accepted());
    }

    /**
     * A series with the steps that are found in it without its seasonality.
     *
     * @param timeline of the series' branch
     */
    public static Track of(SegmentedSeries series, Timeline timeline) {
        return new Track(series, timeline);
    }

    /** The values, with disturbed ones set to the level before them: they are no evidence of a change's place. */
    private static double[] ownLevels(double[] values, List<Integer> off) {
        double[] own = values.clone();
        for (int index : off) {
            if (index > 0) {
                own[index] = Location.median(Arrays.copyOfRange(own, Math.max(0, index - BEFORE), index));
            }
        }
        return own;
    }

    /** The scores of {@code [from, to)}. */
    double[] scores(int from, int to) {
        return Arrays.copyOfRange(scores, from, Math.max(from, to));
    }

    /** The relative change that a difference of scores is, from the given score on. */
    double relative(double difference, double from) {
        if (Arrays.stream(adjusted.values()).allMatch(value -> value > 0)) {
            return Math.expm1(difference);
        }
        return difference == 0 ? 0 : difference / Math.abs(from);
    }

    /**
     * The steps smaller than the margin, down to a tenth of it, where no larger one is near; trusted only if another
     * environment has them too.
     */
    List<Shift> slight() {
        ChangeMethod closer = new ChangeMethod.BySteps(new StepScan.Settings(margin * LEAST_SHARE));
        List<SeriesChange> found = SeriesAnalysis.confirmed(adjusted.values(), closer);
        List<Shift> slight = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            SeriesChange change = found.get(i);
            int index = change.index();
            boolean isKnown = changes.stream().anyMatch(known -> Math.abs(known.index() - index) <= NEAR);
            if (Math.abs(change.relativeChange()) < margin && !isKnown) {
                int start = i == 0 ? 0 : found.get(i - 1).index();
                int end =
                        i + 1 == found.size() ? scores.length : found.get(i + 1).index();
                slight.add(
                        new Shift(this, change, ChangeLocation.of(scores, places, index, start, end, series.better())));
            }
        }
        return slight;
    }

    /** Logarithms, or where that cannot be, shares of the largest magnitude. */
    private static double[] scores(double[] values) {
        if (Arrays.stream(values).allMatch(value -> value > 0)) {
            return Arrays.stream(values).map(Math::log).toArray();
        }
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        return largest == 0
                ? values
                : Arrays.stream(values).map(value -> value / largest).toArray();
    }

    public Series series() {
        return series;
    }

    public SeriesKey key() {
        return series.key();
    }

    double margin() {
        return margin;
    }

    List<Point> points() {
        return series.points();
    }

    int place(int index) {
        return places[index];
    }

    double score(int index) {
        return scores[index];
    }

    /** Whether anything in it may be a part of an incident, however small. */
    boolean isChanged() {
        return !changes.isEmpty() || !recovered.isEmpty() || !adjusted.slopes().isEmpty();
    }

    List<SeriesChange> changes() {
        return changes;
    }

    /** Whether a level is where the series was before a change, or beyond: by the margin, or by a quarter of it. */
    boolean isBack(SeriesChange change, double level) {
        double allowed = Math.max(margin, Math.abs(change.relativeChange()) / 4);
        return Math.signum(change.relativeChange()) * Effect.relativeChange(change.before(), level) <= allowed;
    }

    /** Whether the values from an index on, and the newest of them, are not back where they were before a change. */
    boolean isFarFrom(SeriesChange change, int from) {
        double[] values = adjusted.values();
        double level = Location.median(Arrays.copyOfRange(values, from, values.length));
        int newestFrom = Math.max(from, values.length - NEAR);
        double newest = Location.median(Arrays.copyOfRange(values, newestFrom, values.length));
        double sign = Math.signum(change.relativeChange());
        return sign * (level - change.before()) > 0
                && sign * (newest - change.before()) > 0
                && !isBack(change, level)
                && !isBack(change, newest)
                && !isNoise(levelStart(change.index()), change.index(), from);
    }

    /**
     * Whether chance alone explains the distance of the values from an index on from those of a stretch before; false
     * where there are few.
     */
    private boolean isNoise(int start, int end, int from) {
        if (end - start < LEAST_BEFORE) {
            return false;
        }
        double[] before = scores(start, end);
        double level = Location.median(before);
        double deviation = TO_DEVIATION
                * Location.median(Arrays.stream(before)
                        .map(score -> Math.abs(score - level))
                        .toArray());
        double difference = Location.median(scores(from, scores.length)) - level;
        return Math.abs(difference) <= SURE * deviation * Math.sqrt(1.0 / before.length + 1.0 / (scores.length - from));
    }

    /** The run-to-run deviation of the level before an index, relative to it; 0 where too few runs show it. */
    double noiseBefore(int index) {
        double[] before = scores(levelStart(index), index);
        if (before.length < LEAST_BEFORE) {
            return 0;
        }
        double level = Location.median(before);
        double deviation = TO_DEVIATION
                * Location.median(Arrays.stream(before)
                        .map(score -> Math.abs(score - level))
                        .toArray());
        return Math.abs(relative(deviation, level));
    }

    /** The index where the series recovered from the detected regression that is this change. */
    Optional<Integer> wentBack(SeriesChange change) {
        return recovered.stream()
                .filter(one -> one.index() == change.index())
                .findFirst()
                .map(RecoveredRegression::end);
    }

    /** The index where the series recovered by its shape, if that has an excursion that began with a change. */
    Optional<Integer> returned(SeriesChange change) {
        return adjusted.excursions().stream()
                .filter(excursion -> Math.abs(excursion.first() - change.index()) <= NEAR
                        && excursion.end() > change.index()
                        && excursion.relativeChange() > 0 == change.relativeChange() > 0
                        && isBack(change, excursion.after()))
                .findFirst()
                .map(Excursion::end);
    }

    /**
     * The place on the timeline where a level ended.
     *
     * @param from the index of its first point
     * @param index of the first point behind it, as detected
     */
    ChangeLocation locate(int from, int index) {
        return ChangeLocation.of(scores, places, index, from, levelEnd(index), series.better());
    }

    /** The index of the first point at or behind a place; the number of points when there is none. */
    int indexAt(int place) {
        int index = Arrays.binarySearch(places, place);
        if (index < 0) {
            return -index - 1;
        }
        while (index > 0 && places[index - 1] == place) {
            index--;
        }
        return index;
    }

    /**
     * The steps of at least the margin that are not parts of a slope, and the detected regressions that recovered,
     * oldest first. Such a change replaces the step of the history there, whose level mixes recovered runs with bad
     * ones. The step back is no change of its own.
     */
    public List<Shift> shifts() {
        List<Shift> slopes = slopes();
        List<Shift> shifts = new ArrayList<>();
        for (RecoveredRegression one : recovered) {
            if (Math.abs(one.relativeChange()) >= margin) {
                ChangeLocation where = ChangeLocation.of(
                        scores, places, one.index(), levelStart(one.index()), one.end(), series.better());
                shifts.add(new Shift(this, changeOf(one), where));
            }
        }
        for (SeriesChange change : changes) {
            int index = change.index();
            if (Math.abs(change.relativeChange()) >= margin
                    && !adjusted.isPartOfSlope(index)
                    && slopes.stream().noneMatch(slope -> isEdge(slope, change))
                    && recovered.stream().noneMatch(one -> isReturn(one, change))
                    && shifts.stream().noneMatch(shift -> isStoodForBy(shift, change))) {
                shifts.add(new Shift(
                        this,
                        change,
                        ChangeLocation.of(scores, places, index, levelStart(index), levelEnd(index), series.better())));
            }
        }
        shifts.sort(Comparator.comparingInt(shift -> shift.change().index()));
        return shifts;
    }

    /**
     * Whether a small step lies where a slope in its direction begins or ends: there the line does not fit, and nothing
     * else happened.
     */
    private static boolean isEdge(Shift slope, SeriesChange step) {
        Segment segment = slope.slope().orElseThrow();
        int width = width(segment);
        double share = step.relativeChange() / slope.change().relativeChange();
        return share > 0
                && share <= EDGE
                && (Math.abs(step.index() - segment.first()) <= width
                        || Math.abs(step.index() - segment.end()) <= width);
    }

    private static int width(Segment slope) {
        return Math.max(NEAR, (slope.end() - slope.first()) / BEGINNING);
    }

    private boolean isStoodForBy(Shift shift, SeriesChange change) {
        boolean isOther = change.index() != shift.change().index()
                && changes.stream()
                        .anyMatch(one -> one.index() == shift.change().index());
        return wentBack(shift.change()).isPresent()
                && !isOther
                && shift.worse() == series.better().isWorse(change.relativeChange())
                && change.index() >= shift.change().index() - NEAR
                && change.index() < shift.end();
    }

    private boolean isReturn(RecoveredRegression one, SeriesChange change) {
        return one.end() == change.index()
                && Math.abs(one.relativeChange()) >= margin
                && !series.better().isWorse(change.relativeChange())
                && isBack(changeOf(one), change.after());
    }

    /** With the numbers of the history where that has it. */
    private SeriesChange changeOf(RecoveredRegression one) {
        return changes.stream()
                .filter(change -> change.index() == one.index()
                        && series.better().isWorse(change.relativeChange())
                        && levelEnd(change.index()) == one.end())
                .findFirst()
                .orElseGet(() -> SeriesChange.between(one.index(), one.before(), one.after()));
    }

    /** The slopes that came to the margin or more, oldest first: where each began, and what it came to. */
    List<Shift> slopes() {
        return adjusted.slopes().stream()
                .map(slope -> {
                    int width = width(slope);
                    int low = Math.max(1, slope.first() - width);
                    int high = Math.min(slope.end() - 1, Math.max(1, slope.first() + width));
                    return new Shift(
                            this,
                            SeriesChange.between(slope.first() + 1, slope.startLevel(), slope.endLevel()),
                            ChangeLocation.between(places[low], places[high]),
                            Optional.of(slope));
                })
                .toList();
    }

    /** The regressions detected by checks in its newest points that these changes lack. */
    public List<CalledRegression> called() {
        return segmented.called();
    }

    /** A regression detected by checks in its newest points as a step, with its own numbers and its own place. */
    Shift standing(CalledRegression one) {
        int place = places[one.index()];
        return new Shift(
                this,
                SeriesChange.between(one.index(), one.before(), one.after()),
                ChangeLocation.between(place, place));
    }

    /** The accepted changes of its newest points that these changes lack. */
    public List<CalledRegression> accepted(Annotations annotations) {
        return segmented.accepted(annotations);
    }

    /** The accepted changes for the better. */
    public List<CalledRegression> acceptedAsBetter(Annotations annotations) {
        return segmented.acceptedAsBetter(annotations);
    }

    /** The index where the level of the points before an index begins. */
    int levelStart(int index) {
        int start = 0;
        for (SeriesChange change : changes) {
            start = change.index() < index ? change.index() : start;
        }
        return start;
    }

    /** The index behind the level of the point at an index. */
    int levelEnd(int index) {
        return changes.stream()
                .mapToInt(SeriesChange::index)
                .filter(at -> at > index)
                .findFirst()
                .orElseGet(() -> IntStream.concat(
                                segmented.known().called().stream(),
                                segmented.known().accepted().stream().mapToInt(Integer::intValue))
                        .filter(at -> at > index)
                        .min()
                        .orElse(scores.length));
    }

    /** The scores without the levels. */
    private double[] residuals() {
        if (residuals == null) {
            double[] left = scores.clone();
            for (int i = 0; i <= changes.size(); i++) {
                int from = i == 0 ? 0 : changes.get(i - 1).index();
                int to = i == changes.size() ? scores.length : changes.get(i).index();
                double level = Location.median(Arrays.copyOfRange(scores, from, to));
                double scale = 1e-9
                        + Location.median(Arrays.stream(scores, from, to)
                                .map(score -> Math.abs(score - level))
                                .toArray());
                for (int j = from; j < to; j++) {
                    left[j] = Math.max(-4, Math.min(4, (left[j] - level) / scale));
                }
            }
            residuals = left;
        }
        return residuals;
    }

    /**
     * A correlation of the noise of two series.
     *
     * @param coefficient Pearson's, of what their levels leave of them; 0 where too little is common
     * @param common how many revisions both measured
     */
    record Correlation(double coefficient, int common) {}

    Correlation correlation(Track other) {
        double[] mine = residuals();
        double[] theirs = other.residuals();
        int i = mine.length - 1;
        int j = theirs.length - 1;
        int common = 0;
        double both = 0;
        double first = 0;
        double second = 0;
        while (i >= 0 && j >= 0 && common < COMPARED) {
            if (places[i] > other.places[j]) {
                i--;
            } else if (places[i] < other.places[j]) {
                j--;
            } else {
                both += mine[i] * theirs[j];
                first += mine[i] * mine[i];
                second += theirs[j] * theirs[j];
                common++;
                i--;
                j--;
            }
        }
        return common < LEAST_COMMON || first == 0 || second == 0
                ? new Correlation(0, 0)
                : new Correlation(both / Math.sqrt(first * second), common);
    }
}
