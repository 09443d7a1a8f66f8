package dev.plumbline.core.shape;

import dev.plumbline.core.shape.feature.Anomaly;
import dev.plumbline.core.shape.feature.NoiseChange;
import dev.plumbline.core.shape.feature.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The points off the course of a series, in deviations of the noise where they are. */
final class OddPoints {
    private static final double CLEAR = 6;
    /** The least ratio between a spike's distance and that of the value behind it. */
    private static final double GAP = 3;

    private final Observations series;
    private final double[] x;
    private final FittedCourse course;
    private final double[] deviations;

    /**
     * @param x the scores without seasons
     * @param residuals around the course
     * @param deviation of all of them
     * @param noise the place where the noise changed, if it did
     */
    OddPoints(
            Observations series,
            double[] x,
            FittedCourse course,
            double[] residuals,
            double deviation,
            Optional<NoiseChange> noise) {
        this.series = series;
        this.x = x;
        this.course = course;
        int cut = noise.map(change -> series.index(change.index())).orElse(x.length);
        deviations = new double[x.length];
        scale(residuals, 0, cut, deviation);
        scale(residuals, cut, x.length, deviation);
    }

    private void scale(double[] residuals, int from, int to, double deviation) {
        if (to > from) {
            double unit = to - from == residuals.length
                    ? deviation
                    : Scores.deviation(Arrays.copyOfRange(residuals, from, to), series.floor());
            for (int i = from; i < to; i++) {
                deviations[i] = residuals[i] / unit;
            }
        }
    }

    List<Anomaly> anomalies() {
        List<Anomaly> anomalies = new ArrayList<>();
        for (AnomalySearch.Found found : AnomalySearch.find(deviations)) {
            int peak = found.peak();
            double season = series.scores().x()[peak] - x[peak];
            anomalies.add(new Anomaly(
                    found.kind(),
                    series.place(found.from()),
                    series.place(found.to() - 1) + 1,
                    series.values()[series.place(peak)],
                    series.value(course.at(peak).at(peak) + season),
                    deviations[peak],
                    found.severity()));
        }
        return anomalies;
    }

    /** Only if the outliers are clearly apart from the rest: a heavy tail is not a spike. */
    Optional<Shape> spiked(List<Anomaly> anomalies) {
        if (anomalies.isEmpty()) {
            return Optional.empty();
        }
        int n = deviations.length;
        double[] sorted = Arrays.stream(deviations).map(Math::abs).sorted().toArray();
        int fewest = n - Math.max(1, n / 10);
        for (int i = n - 1; i >= fewest; i--) {
            if (sorted[i] > CLEAR && sorted[i] > GAP * sorted[i - 1]) {
                Anomaly worst = anomalies.stream()
                        .max(Comparator.comparingDouble(anomaly -> Math.abs(anomaly.deviations())))
                        .orElseThrow();
                return Optional.of(new Shape.Spiked(anomalies.size(), worst));
            }
        }
        return Optional.empty();
    }
}
