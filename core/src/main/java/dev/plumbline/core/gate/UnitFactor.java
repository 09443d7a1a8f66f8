package dev.plumbline.core.gate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.stats.sample.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A common factor between all values of one unit, or of one metric, and their history, equal to that between two units:
 * four of five by less than {@value #TOLERANCE} times that, the noisiest by less than {@value #WIDEST} times. No change
 * of code and no machine does that to several benchmarks at once; nanoseconds that are called microseconds do. What is
 * measured in other units stays where it was then.
 *
 * @param count how many series
 * @param power of a thousand; not 0
 * @param of the metric of the first of them; empty where nothing else was judged
 */
public record UnitFactor(int count, int power, Optional<String> of) {
    private static final int LEAST = 2;

    /**
     * The tolerated factor between most benchmarks' ratios and a power of a thousand: real changes and noise are added.
     */
    private static final double TOLERANCE = 1.3;

    /** The tolerated factor of the others: the noisiest of a suite. */
    private static final double WIDEST = 3;

    private static final double MOST = 0.8;

    public UnitFactor {
        requireNonNull(of, "of");
        if (count < LEAST || power == 0) {
            throw new IllegalArgumentException(count + " series, power " + power);
        }
    }

    /** One series without a triage, with its change as an exponent of a thousand. */
    private record Moved(Finding finding, double exponent) {}

    /** The largest group that moved so; also where the history is too short to judge. */
    public static Optional<UnitFactor> of(Judgement judgement) {
        Set<String> judged = judgement.runs().stream().map(RunInfo::id).collect(Collectors.toSet());
        List<Moved> all = new ArrayList<>();
        for (Judgement.Judged one : judgement.series()) {
            Finding finding = one.finding();
            if (one.trial().isPresent() && !finding.isKnown()) {
                double level = finding.baseline()
                        .map(Baseline::level)
                        .orElseGet(() -> median(one.trial().get().history().points()));
                double exponent = Math.log10(now(one.trial().get(), judged) / level) / 3;
                if (Double.isFinite(exponent)) {
                    all.add(new Moved(finding, exponent));
                }
            }
        }
        return largest(all, moved -> moved.finding().unit().base())
                .or(() -> largest(all, moved -> moved.finding().key().metric()));
    }

    private static Optional<UnitFactor> largest(List<Moved> all, Function<Moved, String> group) {
        Map<String, List<Moved>> groups =
                all.stream().collect(Collectors.groupingBy(group, TreeMap::new, Collectors.toUnmodifiableList()));
        List<UnitFactor> found = new ArrayList<>();
        groups.values().forEach(some -> power(some)
                .ifPresent(power -> found.add(new UnitFactor(
                        some.size(),
                        power,
                        some.size() == all.size()
                                ? Optional.empty()
                                : Optional.of(some.get(0).finding().key().metric())))));
        return found.stream().max(Comparator.comparingInt(UnitFactor::count));
    }

    private static OptionalInt power(List<Moved> some) {
        long power = Math.round(
                Location.median(some.stream().mapToDouble(Moved::exponent).toArray()));
        long near = within(TOLERANCE, some, power);
        boolean isUnit =
                near >= LEAST && power != 0 && near >= MOST * some.size() && within(WIDEST, some, power) == some.size();
        return isUnit ? OptionalInt.of((int) power) : OptionalInt.empty();
    }

    private static long within(double factor, List<Moved> some, long power) {
        return some.stream()
                .filter(one -> Math.abs(one.exponent() - power) <= Math.log10(factor) / 3)
                .count();
    }

    private static double now(Trial trial, Set<String> judged) {
        return median(trial.candidate().stream()
                .filter(point -> judged.contains(point.run().id()))
                .toList());
    }

    private static double median(List<Point> points) {
        return points.isEmpty()
                ? Double.NaN
                : Location.median(points.stream().mapToDouble(Point::value).toArray());
    }
}
