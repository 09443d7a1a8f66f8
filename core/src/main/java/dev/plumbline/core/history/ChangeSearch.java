package dev.plumbline.core.history;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.stats.classic.ChangePoint;
import dev.plumbline.core.stats.classic.EDivisive;
import dev.plumbline.core.stats.classic.OnlineCusum;
import dev.plumbline.core.stats.classic.OptimalPartitioning;
import dev.plumbline.core.stats.classic.Partition;
import dev.plumbline.core.stats.classic.Pelt;
import dev.plumbline.core.stats.classic.WindowedEDivisive;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import dev.plumbline.core.stats.steps.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The changes that one method finds in one series.
 *
 * @param changes the confirmed ones in order, and after them a suspected one, if there is one
 * @param current the current level; empty without a finite value
 * @param few whether there are too few values to find any change
 * @param warnings what is to be known besides
 * @param steps what the judge's own method found, where it is the one
 */
record ChangeSearch(
        List<SeriesChange> changes,
        Optional<SeriesAnalysis.Current> current,
        boolean few,
        List<AnalysisWarning> warnings,
        Optional<Steps> steps) {
    private static final int FEWEST = 10;

    /** No test confirms a change with a larger p-value. */
    private static final double ALPHA = 0.05;

    /** @param known levels that are known to be apart, which the judge's own method keeps so */
    static ChangeSearch in(double[] values, ChangeMethod method, KnownLevels known) {
        return in(values, method, known, KnownSteps.NONE);
    }

    /** The same where steps of the values may be known already. */
    static ChangeSearch in(double[] values, ChangeMethod method, KnownLevels known, KnownSteps scanned) {
        // a chain, as Java 17 has no switch over types; the interface is sealed and the last branch is its last type
        if (method instanceof ChangeMethod.BySteps steps) {
            return of(values, scanned.in(values, steps.scan(), known));
        }
        Places places = Places.of(values);
        if (method instanceof ChangeMethod.ByEDivisive divisive) {
            return places.tested(
                    EDivisive.analyze(places.values, divisive.search()).points());
        }
        if (method instanceof ChangeMethod.ByWindowedEDivisive windowed) {
            return places.tested(
                    WindowedEDivisive.analyze(places.values, windowed.search()).points());
        }
        if (method instanceof ChangeMethod.ByPelt pelt) {
            return places.partitioned(Pelt.partition(places.values, pelt.search()));
        }
        if (method instanceof ChangeMethod.ByOptimalPartitioning partitioning) {
            return places.partitioned(OptimalPartitioning.partition(places.values, partitioning.search()));
        }
        ChangeMethod.ByOnlineCusum cusum = (ChangeMethod.ByOnlineCusum) method;
        return places.alarmed(OnlineCusum.analyze(places.values, cusum.monitor()));
    }

    /** @param steps what the judge's own method finds in the values */
    static ChangeSearch of(double[] values, Steps steps) {
        List<SeriesChange> changes = new ArrayList<>(confirmed(steps));
        steps.suspect().ifPresent(step -> changes.add(change(step)));
        List<AnalysisWarning> warnings = new ArrayList<>();
        for (Steps.Warning warning : steps.warnings()) {
            warnings.add(
                    switch (warning) {
                        case FEW_VALUES -> new AnalysisWarning.TooFewToShow();
                        case MISSING_VALUES -> missing(values);
                        case NOT_POSITIVE -> new AnalysisWarning.NotPositive();
                        case FROM_ZERO -> new AnalysisWarning.FromZero();
                    });
        }
        return new ChangeSearch(
                changes,
                steps.regime().map(ChangeSearch::current),
                steps.warnings().contains(Steps.Warning.FEW_VALUES),
                warnings,
                Optional.of(steps));
    }

    /** The same with one more thing that is to be known. */
    ChangeSearch with(AnalysisWarning warning) {
        List<AnalysisWarning> more = new ArrayList<>(warnings);
        more.add(warning);
        return new ChangeSearch(changes, current, few, more, steps);
    }

    /** The confirmed steps as changes. */
    static List<SeriesChange> confirmed(Steps steps) {
        return steps.steps().stream().map(ChangeSearch::change).toList();
    }

    private static SeriesChange change(Step step) {
        boolean bounded = step.low() <= step.high();
        OptionalDouble p = OptionalDouble.of(step.rankPValue().orElse(step.pValue()));
        // changes that are certain for other reasons (checks or decisions of people) have no p-value of this test
        boolean isTested = step.tier() == Tier.SUSPECT || p.getAsDouble() <= ALPHA;
        return new SeriesChange(
                step.index(),
                step.before(),
                step.after(),
                step.relativeChange(),
                step.tier(),
                Optional.of(bounded ? new Interval(step.low(), step.high(), 0.95) : Interval.unbounded(0.95)),
                Optional.of(new SeriesChange.Positions(step.firstIndex(), step.lastIndex())),
                isTested ? p : OptionalDouble.empty(),
                isTested
                        ? Optional.of(step.rankPValue().isPresent() ? SeriesChange.Test.RANKS : SeriesChange.Test.LEVEL)
                        : Optional.empty(),
                OptionalInt.empty());
    }

    private static SeriesAnalysis.Current current(Regime regime) {
        return new SeriesAnalysis.Current(
                regime.start(),
                regime.level(),
                OptionalDouble.of(regime.relativeNoise()),
                OptionalDouble.of(regime.autocorrelation()));
    }

    private static AnalysisWarning missing(double[] values) {
        long missing =
                Arrays.stream(values).filter(value -> !Double.isFinite(value)).count();
        return new AnalysisWarning.Missing(missing, values.length);
    }

    /** The finite values of a series, and their indices in it. */
    private record Places(double[] all, double[] values, int[] places) {
        static Places of(double[] all) {
            double[] values = new double[all.length];
            int[] places = new int[all.length];
            int count = 0;
            for (int i = 0; i < all.length; i++) {
                if (Double.isFinite(all[i])) {
                    values[count] = all[i];
                    places[count++] = i;
                }
            }
            return new Places(all, Arrays.copyOf(values, count), Arrays.copyOf(places, count));
        }

        ChangeSearch tested(List<ChangePoint> points) {
            double[] levels =
                    levels(points.stream().mapToInt(ChangePoint::index).toArray());
            List<SeriesChange> changes = new ArrayList<>();
            for (int i = 0; i < points.size(); i++) {
                changes.add(change(
                        levels,
                        i,
                        points.get(i).index(),
                        OptionalDouble.of(points.get(i).pValue()),
                        OptionalInt.empty()));
            }
            return search(changes, levels, OptionalDouble.empty());
        }

        ChangeSearch partitioned(Partition partition) {
            List<Integer> indices = partition.indices();
            double[] levels =
                    levels(indices.stream().mapToInt(Integer::intValue).toArray());
            List<SeriesChange> changes = new ArrayList<>();
            for (int i = 0; i < indices.size(); i++) {
                changes.add(change(levels, i, indices.get(i), OptionalDouble.empty(), OptionalInt.empty()));
            }
            return search(changes, levels, OptionalDouble.of(partition.deviation()));
        }

        ChangeSearch alarmed(OnlineCusum.Alarms found) {
            List<OnlineCusum.Alarm> alarms = found.alarms();
            double[] levels =
                    levels(alarms.stream().mapToInt(OnlineCusum.Alarm::index).toArray());
            List<SeriesChange> changes = new ArrayList<>();
            for (int i = 0; i < alarms.size(); i++) {
                OnlineCusum.Alarm alarm = alarms.get(i);
                changes.add(change(
                        levels, i, alarm.index(), OptionalDouble.empty(), OptionalInt.of(places[alarm.detectedAt()])));
            }
            return search(changes, levels, OptionalDouble.of(found.deviation()));
        }

        /** The mean of every stretch between changes. */
        private double[] levels(int[] indices) {
            double[] levels = new double[values.length == 0 ? 0 : indices.length + 1];
            for (int i = 0; i < levels.length; i++) {
                int from = i == 0 ? 0 : indices[i - 1];
                int to = i == indices.length ? values.length : indices[i];
                levels[i] = Location.mean(Arrays.copyOfRange(values, from, to));
            }
            return levels;
        }

        private SeriesChange change(double[] levels, int i, int index, OptionalDouble pValue, OptionalInt detectedAt) {
            return new SeriesChange(
                    places[index],
                    levels[i],
                    levels[i + 1],
                    Effect.relativeChange(levels[i], levels[i + 1]),
                    Tier.CONFIRMED,
                    Optional.empty(),
                    Optional.empty(),
                    pValue,
                    Optional.empty(),
                    detectedAt);
        }

        private ChangeSearch search(List<SeriesChange> changes, double[] levels, OptionalDouble deviation) {
            boolean few = values.length < FEWEST;
            List<AnalysisWarning> warnings = new ArrayList<>();
            if (few) {
                warnings.add(new AnalysisWarning.TooFewToTrust());
            }
            if (values.length < all.length) {
                warnings.add(missing(all));
            }
            if (changes.stream().anyMatch(change -> Double.isInfinite(change.relativeChange()))) {
                warnings.add(new AnalysisWarning.FromZero());
            }
            if (levels.length == 0) {
                return new ChangeSearch(changes, Optional.empty(), few, warnings, Optional.empty());
            }
            double level = levels[levels.length - 1];
            SeriesAnalysis.Current current = new SeriesAnalysis.Current(
                    changes.isEmpty()
                            ? places[0]
                            : changes.get(changes.size() - 1).index(),
                    level,
                    deviation.isPresent()
                            ? OptionalDouble.of(
                                    deviation.getAsDouble() == 0 ? 0 : deviation.getAsDouble() / Math.abs(level))
                            : OptionalDouble.empty(),
                    OptionalDouble.empty());
            return new ChangeSearch(changes, Optional.of(current), few, warnings, Optional.empty());
        }
    }
}
