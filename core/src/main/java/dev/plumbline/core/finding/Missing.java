package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.util.Comparator;
import java.util.Optional;

/**
 * A benchmark, or a primary metric of a measured one, that earlier runs have and these runs lack.
 *
 * @param key the metric's; of a benchmark the key of its first primary metric, or of its first one where none is
 * @param isBenchmark whether nothing of the benchmark was measured
 * @param renamed what the benchmark seems to be called now; empty where nothing new looks like it
 * @param mode the mode of JMH in which the benchmark was measured instead, which is another quantity
 * @param unit what was measured in the place of a metric: one in another unit
 * @param isSure whether these runs should have measured it; not where git lacks the history, so that it is unknown
 *     whether their branch ever had it
 * @param since the first measured commit that lacks it; empty text where it is unknown
 */
public record Missing(
        SeriesKey key,
        boolean isBenchmark,
        Optional<Renamed> renamed,
        Optional<OtherMode> mode,
        Optional<OtherUnit> unit,
        boolean isSure,
        String since)
        implements Comparable<Missing> {
    /** The suffix of the {@link #id} of anything missing. */
    public static final String ID_END = "-missing";

    private static final Comparator<Missing> ORDER =
            Comparator.comparing(Missing::key).thenComparing(Missing::isBenchmark, Comparator.reverseOrder());

    public Missing {
        requireNonNull(key, "key");
        requireNonNull(renamed, "renamed");
        requireNonNull(mode, "mode");
        requireNonNull(unit, "unit");
        requireNonNull(since, "since");
    }

    /**
     * The replacement that was measured: the same benchmark in another mode of JMH.
     *
     * @param before a mode of JMH, such as {@code avgt}
     * @param now another one
     */
    public record OtherMode(Benchmark benchmark, String before, String now) {
        public OtherMode {
            requireNonNull(benchmark, "benchmark");
            requireNonNull(before, "before");
            requireNonNull(now, "now");
        }
    }

    /**
     * The only new metric of a benchmark with a missing one: tools that name a metric after its unit rename it when the
     * unit changes.
     *
     * @param metric its name
     * @param before the unit of the metric that is missing
     * @param now a unit to which that cannot be converted, or the same where the direction turned round
     * @param isTurned whether more is better where less was, or the other way round
     */
    public record OtherUnit(String metric, Unit before, Unit now, boolean isTurned) {
        public OtherUnit {
            requireNonNull(metric, "metric");
            requireNonNull(before, "before");
            requireNonNull(now, "now");
        }
    }

    /**
     * The likely new name of a missing benchmark.
     *
     * @param to the new one
     * @param from what to call the old one where names are joined: its name where all benchmarks of that name have
     *     become others of one name, else its label
     * @param into what to call the new one there
     * @param moved by how much it differs, where its level is another one; empty where it is alike
     */
    public record Renamed(Benchmark to, String from, String into, Optional<Moved> moved) {
        public Renamed {
            requireNonNull(to, "to");
            requireNonNull(from, "from");
            requireNonNull(into, "into");
            requireNonNull(moved, "moved");
        }

        /** With a level that is alike. */
        public Renamed(Benchmark to, String from, String into) {
            this(to, from, into, Optional.empty());
        }
    }

    /**
     * The difference between the levels of a benchmark under its new and its old name.
     *
     * @param metric a primary one
     * @param relativeChange of its level, as it was measured: nothing was tested
     */
    public record Moved(String metric, double relativeChange, Unit unit, Better better) {
        public Moved {
            requireNonNull(metric, "metric");
            requireNonNull(unit, "unit");
            requireNonNull(better, "better");
        }

        /** The relative loss; negative where it is better. */
        public double loss() {
            return better.isWorse(relativeChange) ? Math.abs(relativeChange) : -Math.abs(relativeChange);
        }
    }

    /** An expected series that these runs lack. */
    public Missing(SeriesKey key, boolean isBenchmark, Optional<Renamed> renamed) {
        this(key, isBenchmark, renamed, Optional.empty(), Optional.empty(), true, "");
    }

    /** A benchmark without measurements that nothing new looks like. */
    public static Missing benchmark(SeriesKey key) {
        return new Missing(key, true, Optional.empty());
    }

    /** A metric that was not measured of a benchmark that was. */
    public static Missing metric(SeriesKey key) {
        return new Missing(key, false, Optional.empty());
    }

    /** Names it, on any branch. */
    public String id() {
        return key.findingId() + ID_END;
    }

    /** Whether the same metric is missing, or the benchmark looks renamed by the same two names. */
    public boolean isLike(Missing other) {
        return isBenchmark == other.isBenchmark
                && unit.equals(other.unit)
                && (isBenchmark ? hasNamesOf(other) : key.metric().equals(other.key.metric()));
    }

    private boolean hasNamesOf(Missing other) {
        return renamed.isPresent()
                && other.renamed.isPresent()
                && renamed.get().from().equals(other.renamed.get().from())
                && renamed.get().into().equals(other.renamed.get().into());
    }

    /** The same without its possible new name. */
    public Missing withoutName() {
        return new Missing(key, isBenchmark, Optional.empty(), mode, unit, isSure, since);
    }

    /** The same of runs whose branch may never have had it. */
    public Missing unsure() {
        return new Missing(key, isBenchmark, renamed, mode, unit, false, since);
    }

    /** The same of a benchmark that was measured in another mode, where it was. */
    public Missing measured(Optional<OtherMode> otherMode) {
        return new Missing(key, isBenchmark, renamed, otherMode, unit, isSure, since);
    }

    /** The same of a metric in whose place one in another unit was measured. */
    public Missing inUnit(OtherUnit otherUnit) {
        return new Missing(key, isBenchmark, renamed, mode, Optional.of(otherUnit), isSure, since);
    }

    /** The same with the first measured commit that lacks it; empty text where it is unknown. */
    public Missing since(String commit) {
        return new Missing(key, isBenchmark, renamed, mode, unit, isSure, commit);
    }

    @Override
    public int compareTo(Missing other) {
        return ORDER.compare(this, other);
    }
}
