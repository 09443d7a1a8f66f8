package dev.plumbline.pipeline.annotate;

import dev.plumbline.core.annotation.LevelsAround;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.history.CalledLevels;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A stretch of points of a series that is for the worse: those that checks judged bad, or the level of a step.
 *
 * @param start index of its first point
 * @param end index behind its last point
 * @param slope what it came to little by little, relative; empty where the level changed at once
 * @param below index of the first point of the level that it came on top of, which checks detected too; empty where it
 *     came on a good one
 */
record OpenChange(Series series, int start, int end, OptionalDouble slope, OptionalInt below) {
    /** The number of runs that show how far a slope has come. */
    private static final int NEWEST = 5;

    OpenChange(Series series, int start, int end) {
        this(series, start, end, OptionalDouble.empty(), OptionalInt.empty());
    }

    /**
     * The open change of an incident: from its first run to the next change, or to a further loss that checks have
     * detected on it.
     */
    static OpenChange of(Shift shift) {
        int start = shift.change().index();
        int end = shift.track().called().stream()
                .map(CalledRegression::index)
                .filter(index -> index > start)
                .findFirst()
                .map(index -> Math.min(index, shift.end()))
                .orElseGet(shift::end);
        return new OpenChange(
                shift.track().series(),
                start,
                end,
                shift.slope().isPresent() ? OptionalDouble.of(shift.change().relativeChange()) : OptionalDouble.empty(),
                OptionalInt.empty());
    }

    /**
     * Every stretch of points judged bad, the oldest first; points detected by mistake before the change of a stretch
     * began are a stretch of their own, and so are those of a loss on top of it.
     *
     * @param margin the smallest relative change that matters
     */
    static List<OpenChange> of(Series series, double margin) {
        List<OpenChange> stretches = new ArrayList<>();
        List<Point> points = series.points();
        int start = -1;
        for (int i = 0; i <= points.size(); i++) {
            boolean bad = i < points.size() && points.get(i).judgedBad();
            if (bad && start < 0) {
                start = i;
            } else if (!bad && start >= 0) {
                List<Integer> levels = CalledLevels.of(points.subList(0, i), start, series.better(), margin);
                if (levels.get(0) > start) {
                    stretches.add(new OpenChange(series, start, levels.get(0)));
                }
                for (int j = 0; j < levels.size(); j++) {
                    stretches.add(new OpenChange(
                            series,
                            levels.get(j),
                            j + 1 < levels.size() ? levels.get(j + 1) : i,
                            OptionalDouble.empty(),
                            j == 0 ? OptionalInt.empty() : OptionalInt.of(levels.get(j - 1))));
                }
                start = -1;
            }
        }
        return stretches;
    }

    /** The commit with which it began; empty text when that is not known. */
    String since() {
        return series.points().get(start).run().header().revision().commit();
    }

    /** Whether a run of it is of the commit whose id begins so: a check of a branch names one of its commits. */
    boolean hasRunOf(String commit) {
        return series.points().subList(start, end).stream()
                .map(point -> point.run().header().revision().commit())
                .anyMatch(one -> ChangeId.isOfCommit(commit, one));
    }

    /**
     * Whether a check may have named this commit as its first: that of one of its runs, or of a run directly before it
     * that was on its level and that the check of the day could only suspect.
     */
    boolean mayBeginWith(String commit) {
        double before = levelBefore();
        double own = Location.median(Arrays.copyOfRange(series.values(), start, end));
        int first = start;
        while (first > 0
                && Math.abs(series.values()[first - 1] - own) < Math.abs(series.values()[first - 1] - before)) {
            first--;
        }
        return new OpenChange(series, first, end).hasRunOf(commit);
    }

    /** As reported by a check. */
    String id() {
        return Finding.id(series.key(), since());
    }

    /** Whether it reaches to the newest run: no good one came after it. */
    boolean isStanding() {
        return end == series.points().size();
    }

    /**
     * The first run behind the stretch, when the newest runs lie nearer to the level before it than to its own; empty
     * where they do not, or where it reaches to the newest run.
     */
    Optional<RunInfo> backSince() {
        double[] values = series.values();
        if (end == values.length || start == 0) {
            return Optional.empty();
        }
        double before = Location.median(Arrays.copyOfRange(values, Math.max(0, start - 2 * NEWEST), start));
        double own = Location.median(Arrays.copyOfRange(values, start, end));
        double now = Location.median(Arrays.copyOfRange(values, Math.max(end, values.length - NEWEST), values.length));
        return Math.abs(now - before) < Math.abs(now - own)
                ? Optional.of(series.points().get(end).run())
                : Optional.empty();
    }

    /**
     * The level before it and the one that it has come to; empty where the level before is unknown.
     *
     * @param change relative, as it is accepted: it gives the level before where the series has no run there, as on a
     *     branch, and where the runs there are not what the change was measured from
     * @param margin the smallest relative change that matters
     */
    Optional<AcceptChanges.Levels> levels(double change, double margin) {
        double after = newestLevel(margin);
        double known = LevelsAround.of(series.points(), start, end).before();
        double stated = after / (1 + change);
        boolean isSize = Math.abs(change) > Double.MIN_NORMAL && Double.isFinite(stated);
        boolean isKnown = !Double.isNaN(known) && (!isSize || Math.abs(Effect.relativeChange(stated, known)) < margin);
        double before = isKnown ? known : stated;
        return !Double.isFinite(before) || before == after
                ? Optional.empty()
                : Optional.of(new AcceptChanges.Levels(series.key(), series.unit(), before, after, false));
    }

    /** Whether checks detected all of it and the newest runs are back. */
    boolean isOver() {
        return backSince().isPresent()
                && series.points().subList(start, end).stream().allMatch(Point::judgedBad);
    }

    /**
     * The points on the level that the stretch has come to: losses may have added up inside it.
     *
     * @param margin the smallest relative change that matters
     */
    List<PointKey> newestPoints(double margin) {
        return series.points().subList(newest(margin), end).stream()
                .map(point -> new PointKey(
                        point.run().id(), series.key().benchmark(), series.key().metric()))
                .toList();
    }

    /** The level that it came from; NaN where its own series has none. */
    double levelBefore() {
        return below.isEmpty()
                ? LevelsAround.of(series.points(), start, end).before()
                : Location.median(Arrays.copyOfRange(series.values(), below.getAsInt(), start));
    }

    /** The newest level. */
    double newestLevel(double margin) {
        return Location.median(Arrays.copyOfRange(series.values(), newest(margin), end));
    }

    private int newest(double margin) {
        double[] values = Arrays.copyOf(series.values(), end);
        int level = newestLevel(values, margin);
        int newest = Math.max(level, end - NEWEST);
        double inside = Effect.relativeChange(
                Location.median(Arrays.copyOfRange(values, level, end)),
                Location.median(Arrays.copyOfRange(values, newest, end)));
        // a slope has no step: what is accepted is where it has come to
        return slope.isEmpty() && Math.abs(inside) < margin ? level : newest;
    }

    /** The index where the newest level begins, including levels that are too near to it to be a step. */
    private int newestLevel(double[] values, double margin) {
        Steps steps = SegmentedSeries.steps(values, margin);
        List<Integer> cuts = steps.confirmed().stream()
                .map(Step::index)
                .filter(index -> index > start)
                .sorted(Comparator.reverseOrder())
                .toList();
        int level = cuts.isEmpty() ? start : cuts.get(0);
        double newest = Location.median(Arrays.copyOfRange(values, level, end));
        for (int i = 0; i < cuts.size(); i++) {
            int from = i + 1 < cuts.size() ? cuts.get(i + 1) : start;
            double before = Location.median(Arrays.copyOfRange(values, from, cuts.get(i)));
            if (Math.abs(Effect.relativeChange(newest, before)) >= margin) {
                break;
            }
            level = from;
        }
        return level;
    }
}
