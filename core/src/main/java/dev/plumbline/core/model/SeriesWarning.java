package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

import java.util.function.Predicate;

/** An anomaly of the points of a series. */
public sealed interface SeriesWarning {
    /**
     * Whether it began with the given runs, and so belongs into their report. A warning without a first run belongs
     * into every report.
     */
    default boolean isOf(Predicate<RunInfo> runs) {
        if (this instanceof ForeignUnit foreign) {
            return runs.test(foreign.since);
        }
        if (this instanceof Converted converted) {
            return runs.test(converted.since);
        }
        if (this instanceof Contradicted contradicted) {
            return runs.test(contradicted.since);
        }
        if (this instanceof Turned turned) {
            return runs.test(turned.since);
        }
        return true;
    }

    /**
     * The unit changed and cannot be converted: the points in the other unit are left out.
     *
     * @param before the newest of the units that are left out
     * @param since the first run in the unit of now; the first in the other one where that was for a while
     * @param leftOut how many points, in that unit or another that cannot be converted
     * @param isForAWhile whether the series was in the unit of now before too
     */
    record ForeignUnit(Unit before, Unit now, RunInfo since, int leftOut, boolean isForAWhile)
            implements SeriesWarning {
        public ForeignUnit {
            requireNonNull(before, "before");
            requireNonNull(now, "now");
            requireNonNull(since, "since");
        }

        /** A warning about a series that never had the present unit before. */
        public ForeignUnit(Unit before, Unit now, RunInfo since, int leftOut) {
            this(before, now, since, leftOut, false);
        }
    }

    /**
     * The unit changed; values in the other one are converted.
     *
     * @param since the first run in the unit of now; the first in the other one where that was for a while
     * @param isForAWhile whether the series was in the unit of now before too
     */
    record Converted(Unit before, Unit now, RunInfo since, boolean isForAWhile) implements SeriesWarning {
        public Converted {
            requireNonNull(before, "before");
            requireNonNull(now, "now");
            requireNonNull(since, "since");
        }

        /** A warning about a series that never had the present unit before. */
        public Converted(Unit before, Unit now, RunInfo since) {
            this(before, now, since, false);
        }
    }

    /**
     * The newest points have a unit that cannot be converted, or the opposite direction: they are left out, and the
     * series keeps its unit and direction.
     *
     * @param unit of the newest of them
     * @param better that of the newest of them
     * @param established the unit of the series
     * @param direction of the series
     * @param since the first run of them
     * @param leftOut how many points
     */
    record Contradicted(Unit unit, Better better, Unit established, Better direction, RunInfo since, int leftOut)
            implements SeriesWarning {
        public Contradicted {
            requireNonNull(unit, "unit");
            requireNonNull(better, "better");
            requireNonNull(established, "established");
            requireNonNull(direction, "direction");
            requireNonNull(since, "since");
        }

        /** Whether the unit differs, not only the direction. */
        public boolean isOfUnit() {
            return !unit.isComparableWith(established);
        }
    }

    /**
     * The better direction changed; all points are judged by the direction of the newest points that agree.
     *
     * @param since the first run that has it
     */
    record Turned(Better now, RunInfo since) implements SeriesWarning {
        public Turned {
            requireNonNull(now, "now");
            requireNonNull(since, "since");
        }
    }

    /**
     * Points that pool several measurements of one run.
     *
     * @param points how many
     * @param measurements of the newest of them
     * @param newest run of such a point
     */
    record Pooled(int points, long measurements, RunInfo newest) implements SeriesWarning {
        public Pooled {
            requireNonNull(newest, "newest");
        }
    }

    /**
     * The seasonality of the series explains regressions that checks detected before it was known.
     *
     * @param points the number of detected points, at least one
     */
    record ExplainedBySwing(int points) implements SeriesWarning {}

    /**
     * The newest point is from a run that was recorded last and judged as the newest, although others have later dates.
     *
     * @param before how many of them there are, in the series with the most
     * @param byGit whether git has these among the ancestors of the newest
     */
    record NewestByRecording(RunInfo newest, int before, boolean byGit) implements SeriesWarning {
        public NewestByRecording {
            requireNonNull(newest, "newest");
        }
    }
}
