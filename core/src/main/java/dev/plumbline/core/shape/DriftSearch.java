package dev.plumbline.core.shape;

import dev.plumbline.core.shape.feature.DriftWindow;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.stats.distribution.Normal;
import dev.plumbline.core.stats.sample.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Compares the newest days or runs of a series with as many before them, over several lengths. */
final class DriftSearch {
    private static final double LEVEL = 0.0005;
    private static final int[] LENGTHS = {7, 30, 90};
    private static final int FEWEST = 5;

    private final Observations series;
    private final double[] x;

    /** @param x the scores without seasons */
    DriftSearch(Observations series, double[] x) {
        this.series = series;
        this.x = x;
    }

    /**
     * Every window that has the values it takes.
     *
     * @param residuals around the course
     * @param unit their deviation
     */
    List<DriftWindow> find(FittedCourse course, double[] residuals, double unit) {
        List<DriftWindow> windows = new ArrayList<>();
        int n = x.length;
        // what a step explains is no drift: only the newest stretch counts
        int first = course.newest().from();
        double independence = Schwarz.independence(residuals);
        for (int length : LENGTHS) {
            int late = start(length);
            int early = start(2 * length);
            if (early < first || n - late < FEWEST || late - early < FEWEST) {
                continue;
            }
            double before = Location.median(Arrays.copyOfRange(x, early, late));
            double now = Location.median(Arrays.copyOfRange(x, late, n));
            // the variance of a median of normal values is π/2 that of their mean
            double error = unit * Math.sqrt(Math.PI / 2 * (1.0 / (late - early) + 1.0 / (n - late)) / independence);
            windows.add(new DriftWindow(
                    length,
                    series.hasDays(),
                    series.value(before),
                    series.value(now),
                    late - early,
                    n - late,
                    series.relative(now - before, before),
                    2 * Normal.survival(Math.abs(now - before) / error)));
        }
        return windows;
    }

    /** The longest window that shows a relevant change beyond noise. */
    Optional<Shape> drifting(List<DriftWindow> windows) {
        return windows.stream()
                .filter(window -> window.pValue() < LEVEL && Math.abs(window.relativeChange()) >= series.margin())
                .max(Comparator.comparingInt(DriftWindow::length))
                .map(Shape.Drifting::new);
    }

    /** The first of the newest values, of a number of days or of runs; -1 where the series is shorter. */
    private int start(int length) {
        int end = x.length;
        if (!series.hasDays()) {
            return end - length;
        }
        double[] days = series.days();
        double since = days[end - 1] - length;
        if (since < days[0]) {
            return -1;
        }
        int start = Arrays.binarySearch(days, since);
        start = start < 0 ? -start - 1 : start;
        while (start < end && days[start] <= since) {
            start++;
        }
        return start;
    }
}
