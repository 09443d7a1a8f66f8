package dev.plumbline.core.calibrate;

import dev.plumbline.core.history.Expectation;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.judge.trial.SeriesTrial;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A drawn history that goes on run by run. What one run's judgement takes, the next run's need not work out again, and
 * neither need that of another run in its place.
 *
 * <p>Not safe for use by several threads at once.
 */
final class ReplayCourse {
    private final Actor actor;
    private final List<Point> points = new ArrayList<>();
    private final double[] values;
    private final StepScan scan;
    private int known;
    private Optional<Expectation> expectation = Optional.empty();

    /**
     * @param values the history, and the runs that come
     * @param history how many of the values are known at first, at least one
     */
    ReplayCourse(Actor actor, double[] values, int history) {
        this.actor = actor;
        this.values = values;
        scan = SegmentedSeries.growing(actor.asked().margin());
        while (known < history) {
            take(values[known]);
        }
    }

    private void take(double value) {
        scan.append(value);
        points.add(point(value));
        known++;
        expectation = Optional.empty();
    }

    private Point point(double value) {
        RunInfo run =
                actor.series().points().get(actor.series().points().size() - 1).run();
        return new Point(run, value, 1, 0, false);
    }

    /** The next value judged against those before it, which it joins. */
    SeriesTrial next() {
        double value = values[known];
        Trial trial = trial(value);
        Steps before = scan.result();
        Optional<Expectation> expected = expected(before);
        take(value);
        return judged(trial, expected, before, scan.result());
    }

    /** The next value judged after the value before was reported as a regression; the history no longer grows. */
    SeriesTrial afterRegression() {
        List<Point> marked = new ArrayList<>(points);
        marked.set(known - 1, marked.get(known - 1).asJudgedBad());
        return new SeriesTrial(
                new Trial(actor.series().withPoints(marked), List.of(point(values[known])), List.of()), actor.asked());
    }

    /** Another value judged as if it came next; it does not. */
    SeriesTrial instead(double value) {
        Steps before = scan.result();
        return judged(trial(value), expected(before), before, scan.with(value));
    }

    private Trial trial(double value) {
        return new Trial(actor.series().withPoints(points), List.of(point(value)), List.of());
    }

    /** Empty where the history is too short to be judged. */
    private Optional<Expectation> expected(Steps before) {
        if (expectation.isEmpty() && known >= actor.asked().minimumRuns()) {
            double[] past = new double[known];
            System.arraycopy(values, 0, past, 0, known);
            expectation = Optional.of(Expectation.of(past, before));
        }
        return expectation;
    }

    private SeriesTrial judged(Trial trial, Optional<Expectation> expected, Steps before, Steps after) {
        return expected.map(found -> new SeriesTrial(trial, actor.asked(), found, before, after))
                .orElseGet(() -> new SeriesTrial(trial, actor.asked()));
    }
}
