package dev.plumbline.core.shape;

import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.stats.sample.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The course of a series: levels and slopes, one after the other.
 *
 * @param pieces oldest first, without gaps; at least one
 */
record FittedCourse(List<Piece> pieces) {
    /** The fewest values of a stretch that show its noise. */
    private static final int LEAST_OF_NOISE = 4;

    FittedCourse {
        pieces = List.copyOf(pieces);
    }

    /** Whether it is anything but one level. */
    boolean moves() {
        return pieces.size() > 1 || !pieces.get(0).isLevel();
    }

    Piece newest() {
        return pieces.get(pieces.size() - 1);
    }

    Piece at(int index) {
        for (Piece piece : pieces) {
            if (index < piece.to()) {
                return piece;
            }
        }
        return newest();
    }

    /** A level with its place is worth two numbers, a slope three. */
    int parameters() {
        int parameters = 0;
        for (Piece piece : pieces) {
            parameters += piece.isLevel() ? 2 : 3;
        }
        return parameters;
    }

    double[] residuals(double[] x) {
        double[] residuals = new double[x.length];
        for (Piece piece : pieces) {
            for (int i = piece.from(); i < piece.to(); i++) {
                residuals[i] = x[i] - piece.at(i);
            }
        }
        return residuals;
    }

    /** Its stretches with their noise, at the places and in the unit of the values. */
    List<Segment> segments(double[] x, Observations series) {
        List<Segment> segments = new ArrayList<>();
        double[] residuals = residuals(x);
        int first = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            int end = i + 1 < pieces.size() ? series.place(pieces.get(i + 1).from()) : series.values().length;
            double[] around = Arrays.copyOfRange(residuals, piece.from(), piece.to());
            double start = series.value(piece.start());
            // few values do not show how far values lie from their level; all of them do
            double[] telling = around.length < LEAST_OF_NOISE ? residuals : around;
            double deviation = telling.length < 2 ? 0 : Spread.winsorisedDeviation(telling);
            segments.add(new Segment(
                    first,
                    end,
                    start,
                    piece.isLevel() ? start : series.value(piece.end()),
                    series.relativeNoise(deviation, start)));
            first = end;
        }
        return segments;
    }
}
