package dev.plumbline.core.baseline;

import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.GeneralizedEsd;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest part of a series without a change: since the last step, without runs judged bad, inside the window of days
 * and runs, with outliers marked as anomalies.
 */
public final class StableStretch {
    /** Half per cent: the chance that a healthy stretch has an anomaly at all. */
    private static final GeneralizedEsd ANOMALIES =
            GeneralizedEsd.withDefaults().withLevel(0.005);

    private final List<BaselineRun> runs;
    private final List<LeftOut> leftOut;
    private final int judgedBad;

    private StableStretch(List<BaselineRun> runs, List<LeftOut> leftOut, int judgedBad) {
        this.runs = List.copyOf(runs);
        this.leftOut = List.copyOf(leftOut);
        this.judgedBad = judgedBad;
    }

    /** The runs in revision order, anomalies among them; may be empty. */
    public List<BaselineRun> runs() {
        return runs;
    }

    /** The number of runs that count. */
    public int size() {
        return (int) runs.stream().filter(run -> !run.anomaly()).count();
    }

    /** The number of runs left out because they were judged regressions. */
    int judgedBad() {
        return judgedBad;
    }

    /** The points left out, with the reasons. */
    public List<LeftOut> leftOut() {
        return leftOut;
    }

    /**
     * Finds it.
     *
     * @param series may be empty
     * @param acceptedAt the run from which on an accepted change counts: nothing before it is looked at; empty when
     *     nothing was accepted, and without effect when the series has no such run
     */
    public static StableStretch of(Series series, Optional<String> acceptedAt, BaselineSettings settings) {
        List<LeftOut> leftOut = new ArrayList<>();
        List<Point> points = sinceAcceptance(series.points(), acceptedAt, leftOut);
        int all = points.size();
        points = points.stream().filter(point -> !point.judgedBad()).toList();
        int judgedBad = all - points.size();
        leaveOut(judgedBad, LeftOut.Why.JUDGED_BAD, leftOut);
        points = sinceLastStep(points, settings, leftOut);
        points = inWindow(points, settings, leftOut);
        return new StableStretch(withoutAnomalies(points), leftOut, judgedBad);
    }

    /** The given runs as they are, for a baseline from a revision or from files: only anomalies are searched for. */
    public static StableStretch ofAll(List<Point> points) {
        return new StableStretch(withoutAnomalies(points), List.of(), 0);
    }

    private static void leaveOut(int count, LeftOut.Why why, List<LeftOut> leftOut) {
        if (count > 0) {
            leftOut.add(new LeftOut(why, count));
        }
    }

    private static List<Point> sinceAcceptance(List<Point> points, Optional<String> acceptedAt, List<LeftOut> leftOut) {
        for (int i = points.size() - 1; i >= 0 && acceptedAt.isPresent(); i--) {
            if (points.get(i).run().id().equals(acceptedAt.get())) {
                leaveOut(i, LeftOut.Why.BEFORE_ACCEPTANCE, leftOut);
                return points.subList(i, points.size());
            }
        }
        return points;
    }

    private static List<Point> sinceLastStep(List<Point> points, BaselineSettings settings, List<LeftOut> leftOut) {
        Steps steps =
                SegmentedSeries.steps(points.stream().mapToDouble(Point::value).toArray(), settings.margin());
        List<Step> confirmed = steps.steps();
        int start =
                confirmed.isEmpty() ? 0 : confirmed.get(confirmed.size() - 1).index();
        int end = steps.suspect().map(Step::index).orElse(points.size());
        leaveOut(start, LeftOut.Why.BEFORE_STEP, leftOut);
        leaveOut(points.size() - Math.max(start, end), LeftOut.Why.MAYBE_NEW_LEVEL, leftOut);
        return points.subList(start, Math.max(start, end));
    }

    private static List<Point> inWindow(List<Point> points, BaselineSettings settings, List<LeftOut> leftOut) {
        int start = 0;
        if (settings.days().isPresent() && !points.isEmpty()) {
            Instant newest = points.stream()
                    .map(point -> BaselineRun.time(point.run()))
                    .max(Instant::compareTo)
                    .orElseThrow();
            Instant oldest = newest.minus(Duration.ofDays(settings.days().getAsInt()));
            while (BaselineRun.time(points.get(start).run()).isBefore(oldest)) {
                start++;
            }
        }
        if (settings.runs().isPresent()) {
            start = Math.max(start, points.size() - settings.runs().getAsInt());
        }
        leaveOut(start, LeftOut.Why.BEFORE_WINDOW, leftOut);
        return points.subList(start, points.size());
    }

    private static List<BaselineRun> withoutAnomalies(List<Point> points) {
        double[] values = points.stream().mapToDouble(Point::value).toArray();
        boolean[] anomaly = new boolean[values.length];
        for (int index : ANOMALIES.find(scores(values))) {
            anomaly[index] = true;
        }
        List<BaselineRun> runs = new ArrayList<>(values.length);
        for (int i = 0; i < anomaly.length; i++) {
            runs.add(BaselineRun.of(points.get(i), anomaly[i]));
        }
        return runs;
    }

    /** Logarithms where every value has one: noise grows with the level. */
    private static double[] scores(double[] values) {
        double[] scores = new double[values.length];
        for (int i = 0; i < scores.length; i++) {
            if (!(values[i] > 0)) {
                return values;
            }
            scores[i] = StrictMath.log(values[i]);
        }
        return scores;
    }
}
