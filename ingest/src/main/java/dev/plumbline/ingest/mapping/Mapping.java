package dev.plumbline.ingest.mapping;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Sample;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rules that turn the records of some JSON or CSV into measurements.
 *
 * @param name the display name
 * @param files globs of the files it is for, relative to the configuration's folder; none if it is only asked
 *     for by name
 * @param records where the records are in JSON; when it is not given, each element of a list, else the whole value
 * @param benchmark the benchmark's name
 * @param parameters the benchmark's parameters, in any order
 * @param revision the locations of the revision, the time and the environment
 * @param metrics what was measured; at least one
 * @param decimals how a table writes numbers; JSON's have a point
 */
public record Mapping(
        String name,
        List<String> files,
        Optional<Locator> records,
        Spot benchmark,
        Map<String, Spot> parameters,
        RevisionSpots revision,
        List<MappedMetric> metrics,
        Decimals decimals) {
    public Mapping {
        requireNonNull(name, "name");
        files = List.copyOf(files);
        requireNonNull(records, "records");
        requireNonNull(benchmark, "benchmark");
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        requireNonNull(revision, "revision");
        metrics = List.copyOf(metrics);
        requireNonNull(decimals, "decimals");
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("a mapping has at least one metric");
        }
    }

    /**
     * The spots of the revision, the time and the environment; each may be missing.
     *
     * @param timePattern how both times are written, if not in a usual way
     */
    public record RevisionSpots(
            Optional<Spot> commit,
            Optional<Spot> branch,
            Optional<Spot> commitTime,
            Optional<Spot> time,
            Optional<Spot> environment,
            Optional<TimePattern> timePattern) {
        public RevisionSpots {
            requireNonNull(commit, "commit");
            requireNonNull(branch, "branch");
            requireNonNull(commitTime, "commitTime");
            requireNonNull(time, "time");
            requireNonNull(environment, "environment");
            requireNonNull(timePattern, "timePattern");
        }
    }

    /**
     * One metric of a record.
     *
     * @param name its name; made from the unit when it is not given
     * @param unit its unit; a bare number when it is not given
     * @param better which way is better; follows from unit and name when it is not given
     */
    public record MappedMetric(Optional<Spot> name, Optional<Spot> unit, Optional<Spot> better, Measure measure) {
        public MappedMetric {
            requireNonNull(name, "name");
            requireNonNull(unit, "unit");
            requireNonNull(better, "better");
            requireNonNull(measure, "measure");
        }
    }

    /** The spots of the numbers. */
    public sealed interface Measure {
        /** The spot of the sample's number; a record without it has not measured the metric. */
        Spot location();

        /**
         * Raw values: one, or a list; the lists in a list are groups.
         *
         * @param center the number that represents a group
         */
        record Raw(Spot location, Sample.Center center) implements Measure {
            public Raw {
                requireNonNull(location, "location");
                requireNonNull(center, "center");
            }
        }

        /**
         * A summary as the file states it.
         *
         * @param location the number that represents it
         * @param isMedian whether that number is the median
         * @param quantiles by share: 0 is the minimum, 1 the maximum
         */
        record Stated(
                Spot location,
                boolean isMedian,
                Optional<Spot> deviation,
                Optional<Spot> count,
                SortedMap<Double, Spot> quantiles)
                implements Measure {
            public Stated {
                requireNonNull(location, "location");
                requireNonNull(deviation, "deviation");
                requireNonNull(count, "count");
                quantiles = Collections.unmodifiableSortedMap(new TreeMap<>(quantiles));
            }
        }
    }
}
