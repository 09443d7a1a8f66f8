package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

/** What is odd about the points of a series. */
public sealed interface SeriesWarning {
    /**
     * The unit changed and nothing converts the one to the other: the earlier points are left out.
     *
     * @param before the newest of the units that are left out
     * @param since the first run in the unit of now
     * @param leftOut how many points, in that unit or another that cannot be converted
     */
    record ForeignUnit(Unit before, Unit now, RunInfo since, int leftOut) implements SeriesWarning {
        public ForeignUnit {
            requireNonNull(before, "before");
            requireNonNull(now, "now");
            requireNonNull(since, "since");
        }
    }

    /**
     * The unit changed; earlier values are converted.
     *
     * @param since the first run in the unit of now
     */
    record Converted(Unit before, Unit now, RunInfo since) implements SeriesWarning {
        public Converted {
            requireNonNull(before, "before");
            requireNonNull(now, "now");
            requireNonNull(since, "since");
        }
    }

    /**
     * The newest points came in a unit that cannot be converted, or turned the direction round: they are left out, and
     * the series stays as it was established.
     *
     * @param unit of the newest of them
     * @param better as the newest of them says
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

        /** Whether it is the unit that does not fit, and not the direction alone. */
        public boolean isOfUnit() {
            return !unit.isComparableWith(established);
        }
    }

    /**
     * What was better is worse now; all points are judged as the newest of those that agree says.
     *
     * @param since the first run that says so
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
     * The swing of the series with the clock explains what checks called before it was known.
     *
     * @param points how many were called, at least one
     */
    record ExplainedBySwing(int points) implements SeriesWarning {}
}
