package dev.plumbline.pipeline.check;

import dev.plumbline.core.compare.PairedTrial;
import dev.plumbline.core.judge.Snapshot;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.measure.subject.CommandSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Commands whose exit code changed. That is an error of the run, regardless of the direction: the measured work may be
 * different.
 */
public final class ChangedExits {
    private ChangedExits() {}

    /** The problems of a run that is checked against its history. */
    public static List<Problem> of(Snapshot snapshot) {
        Set<String> runs = snapshot.runs().stream().map(RunInfo::id).collect(Collectors.toSet());
        List<Problem> problems = new ArrayList<>();
        for (Series series : snapshot.extended()) {
            if (!series.key().metric().equals(CommandSubject.EXIT)) {
                continue;
            }
            Optional<Double> now = newest(series, runs, true);
            Optional<Double> before = snapshot.environments()
                    .get(series.key().environment())
                    .base()
                    .flatMap(base -> base.stream()
                            .filter(other -> isSame(other.key(), series.key()))
                            .findFirst())
                    .flatMap(base -> newest(base, runs, false))
                    .or(() -> newest(series, runs, false));
            if (now.isPresent() && before.isPresent()) {
                problem(series.key(), before.get(), now.get()).ifPresent(problems::add);
            }
        }
        return problems;
    }

    /** The problems of two revisions that were measured side by side. */
    public static List<Problem> of(List<PairedTrial> trials) {
        return trials.stream()
                .filter(trial -> trial.key().metric().equals(CommandSubject.EXIT))
                .flatMap(trial ->
                        problem(trial.key(), Location.median(trial.base()), Location.median(trial.candidate()))
                                .stream())
                .toList();
    }

    private static boolean isSame(SeriesKey one, SeriesKey other) {
        return one.benchmark().equals(other.benchmark()) && one.metric().equals(other.metric());
    }

    private static Optional<Double> newest(Series series, Set<String> runs, boolean ofRuns) {
        return series.points().stream()
                .filter(point -> runs.contains(point.run().id()) == ofRuns)
                .reduce((earlier, later) -> later)
                .map(Point::value);
    }

    private static Optional<Problem> problem(SeriesKey key, double before, double now) {
        return before == now
                ? Optional.empty()
                : Optional.of(new Problem(
                        key.benchmark().label(),
                        "ended with exit code " + shown(now) + ", previously with " + shown(before)
                                + ": the run failed, so its times may not be comparable"));
    }

    /** A median of whole numbers may lie between two of them. */
    private static String shown(double code) {
        return code == Math.rint(code) ? Long.toString((long) code) : Double.toString(code);
    }
}
