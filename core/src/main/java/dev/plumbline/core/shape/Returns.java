package dev.plumbline.core.shape;

import dev.plumbline.core.shape.feature.Excursion;
import java.util.ArrayList;
import java.util.List;

/** Finds levels that come back: stretches between two opposite steps after which the old level is there again. */
final class Returns {
    private static final double ERRORS = 2.5;
    /** Before, during and after. */
    private static final int FEWEST = 3;

    private final List<Piece> pieces;
    private final double deviation;
    private final double independence;

    /** @param residuals around the pieces */
    Returns(List<Piece> pieces, double[] residuals, double floor) {
        this.pieces = pieces;
        // fewer never come back
        boolean isAsked = pieces.size() >= FEWEST;
        deviation = isAsked ? Scores.deviation(residuals, floor) : floor;
        independence = isAsked ? Schwarz.independence(residuals) : 1;
    }

    List<Excursion> excursions(Observations series) {
        List<Excursion> excursions = new ArrayList<>();
        int i = 0;
        while (i + 2 < pieces.size()) {
            int back = back(i);
            if (back < 0) {
                i++;
                continue;
            }
            Piece before = pieces.get(i);
            Piece after = pieces.get(back);
            Piece during = farthest(i, back);
            excursions.add(new Excursion(
                    series.place(pieces.get(i + 1).from()),
                    series.place(after.from()),
                    series.value(before.end()),
                    series.value(during.start()),
                    series.value(after.start()),
                    series.relative(during.start() - before.end(), before.end())));
            i = back;
        }
        return excursions;
    }

    /** The first piece after the given one that has its level again, all between lying on one side; or -1. */
    int back(int start) {
        Piece before = pieces.get(start);
        if (!before.isLevel()) {
            return -1;
        }
        boolean up = pieces.get(start + 1).start() > before.end();
        double largest = 0;
        for (int i = start + 1; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            double off = piece.start() - before.end();
            if (i > start + 1 && piece.isLevel()) {
                double error = deviation * Math.sqrt((1.0 / piece.length() + 1.0 / before.length()) / independence);
                if (Math.abs(off) <= Math.max(ERRORS * error, 0.2 * largest) && Math.abs(off) < 0.5 * largest) {
                    return i;
                }
            }
            if (off > 0 != up || !piece.isLevel()) {
                return -1;
            }
            largest = Math.max(largest, Math.abs(off));
        }
        return -1;
    }

    private Piece farthest(int before, int after) {
        double level = pieces.get(before).end();
        Piece farthest = pieces.get(before + 1);
        for (Piece piece : pieces.subList(before + 1, after)) {
            if (Math.abs(piece.start() - level) > Math.abs(farthest.start() - level)) {
                farthest = piece;
            }
        }
        return farthest;
    }
}
