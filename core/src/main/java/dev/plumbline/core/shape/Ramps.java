package dev.plumbline.core.shape;

import java.util.ArrayList;
import java.util.List;

/**
 * Least-squares fits to stretches of a series: one level, several, and the ramp, which is level, climbs along a line
 * and is level again; either level may have no length.
 *
 * <p>With the sums of the scores, and of the scores times their place, each fit takes a few operations whatever its
 * length. Prefix sums of squares are taken around the median, which keeps digits.
 */
final class Ramps {
    /** A climb that is shorter is a step that took a few runs. */
    static final int SHORTEST = 8;

    private static final int KNOTS = 28;

    private final double centre;
    private final double[] sums;
    private final double[] placed;
    private final double[] squares;

    Ramps(double[] scores, double centre) {
        this.centre = centre;
        int n = scores.length;
        sums = new double[n + 1];
        placed = new double[n + 1];
        squares = new double[n + 1];
        for (int i = 0; i < n; i++) {
            double score = scores[i] - centre;
            sums[i + 1] = sums[i] + score;
            placed[i + 1] = placed[i] + score * i;
            squares[i + 1] = squares[i] + score * score;
        }
    }

    /** The mean of {@code [from, to)}. */
    double level(int from, int to) {
        return centre + (sums[to] - sums[from]) / (to - from);
    }

    /** The squares that one level leaves over. */
    double around(int from, int to) {
        double sum = sums[to] - sums[from];
        return Math.max(0, squares[to] - squares[from] - sum * sum / (to - from));
    }

    /**
     * A ramp.
     *
     * @param bottom index of the last score on the first level
     * @param top index of the first score on the second
     * @param before the first level
     * @param after the second
     * @param residual the squares that are left over
     */
    record Ramp(int bottom, int top, double before, double after, double residual) {
        boolean isLine(int from, int to) {
            return bottom == from && top == to - 1;
        }

        /** Its stretches, those that have more than one score. */
        List<Piece> pieces(int from, int to) {
            List<Piece> pieces = new ArrayList<>();
            if (bottom > from) {
                pieces.add(new Piece(from, bottom, before, before));
            }
            int end = top < to - 1 ? top + 1 : to;
            pieces.add(new Piece(bottom, end, before, after));
            if (end < to) {
                pieces.add(new Piece(end, to, after, after));
            }
            return pieces;
        }
    }

    /** The ramp of {@code [from, to)} that climbs from {@code bottom} to {@code top}. */
    Ramp ramp(int from, int to, int bottom, int top) {
        double n = to - from;
        double width = top - bottom;
        // sums of the regressor, which is 0 up to the bottom, (i - bottom) / width on the climb, and 1 from the top on
        double above = to - top;
        double climb = (width - 1) / 2;
        double climbSquares = (width - 1) * (2 * width - 1) / (6 * width);
        double sum = climb + above;
        double variance = climbSquares + above - sum * sum / n;
        double inner = placed[top] - placed[bottom] - bottom * (sums[top] - sums[bottom]);
        double total = sums[to] - sums[from];
        double product = inner / width + (sums[to] - sums[top]) - sum * total / n;
        double height = product / variance;
        double before = total / n - height * sum / n;
        double residual = Math.max(0, around(from, to) - product * height);
        return new Ramp(bottom, top, centre + before, centre + before + height, residual);
    }

    /** The line through {@code [from, to)}. */
    Ramp line(int from, int to) {
        return ramp(from, to, from, to - 1);
    }

    /** The ramp of {@code [from, to)} that leaves least over, with a climb of at least the given width. */
    Ramp best(int from, int to, int shortest) {
        Ramp best = line(from, to);
        int last = to - 1;
        int knots = Math.min(KNOTS, last - from);
        int grid = Math.max(1, (last - from) / Math.max(1, knots));
        for (int bottom = from; bottom + shortest <= last; bottom += grid) {
            for (int top = bottom + shortest; ; top = Math.min(last, top + grid)) {
                best = better(best, ramp(from, to, bottom, top));
                if (top == last) {
                    break;
                }
            }
        }
        for (int reach = grid; reach > 0; reach /= 2) {
            best = refined(best, from, to, shortest, reach);
        }
        return best;
    }

    private Ramp refined(Ramp start, int from, int to, int shortest, int reach) {
        Ramp best = start;
        for (int side = -1; side <= 1; side++) {
            for (int other = -1; other <= 1; other++) {
                int bottom = start.bottom() + side * reach;
                int top = start.top() + other * reach;
                if (bottom >= from && top < to && top - bottom >= shortest) {
                    best = better(best, ramp(from, to, bottom, top));
                }
            }
        }
        return best;
    }

    private static Ramp better(Ramp one, Ramp other) {
        return other.residual() < one.residual() ? other : one;
    }

    /**
     * A stretch on another level between two on one.
     *
     * @param first index of its first score
     * @param end index of the first score behind it
     * @param residual the squares that are left over
     */
    record Away(int first, int end, double residual) {}

    /** The stretch away of {@code [from, to)} that leaves least over, {@code shortest} long or more, as its ends. */
    Away away(int from, int to, int shortest) {
        Away best = new Away(-1, -1, Double.POSITIVE_INFINITY);
        int grid = Math.max(1, (to - from) / (2 * KNOTS));
        for (int first = from + shortest; first + 2 * shortest <= to; first += grid) {
            for (int end = first + shortest; end + shortest <= to; end += grid) {
                best = better(best, away(from, to, first, end, shortest));
            }
        }
        for (int reach = grid; reach > 1 && best.first() > 0; reach /= 2) {
            Away start = best;
            for (int side = -1; side <= 1; side++) {
                for (int other = -1; other <= 1; other++) {
                    best = better(
                            best,
                            away(
                                    from,
                                    to,
                                    start.first() + side * reach / 2,
                                    start.end() + other * reach / 2,
                                    shortest));
                }
            }
        }
        return best;
    }

    private Away away(int from, int to, int first, int end, int shortest) {
        if (first < from + shortest || end - first < shortest || end + shortest > to) {
            return new Away(first, end, Double.POSITIVE_INFINITY);
        }
        double outside = sums[first] - sums[from] + sums[to] - sums[end];
        double squaresOutside = squares[first] - squares[from] + squares[to] - squares[end];
        double count = (double) first - from + to - end;
        double residual = around(first, end) + Math.max(0, squaresOutside - outside * outside / count);
        return new Away(first, end, residual);
    }

    private static Away better(Away one, Away other) {
        return other.residual() < one.residual() ? other : one;
    }

    /**
     * The cut of {@code [from, to)} that leaves the smallest residuals, {@code shortest} from the ends; -1 without
     * room.
     */
    int cut(int from, int to, int shortest) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int cut = from + shortest; cut <= to - shortest; cut++) {
            double left = around(from, cut) + around(cut, to);
            if (left < least) {
                least = left;
                best = cut;
            }
        }
        return best;
    }
}
