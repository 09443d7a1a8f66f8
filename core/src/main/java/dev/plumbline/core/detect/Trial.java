package dev.plumbline.core.detect;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import java.util.List;

/**
 * A series and the newest points of it that are to be judged.
 *
 * @param history the series before the candidate; may have no points
 * @param candidate the points to judge, in order, all of one revision: at least one
 * @param elsewhere the environments in which the same benchmark and metric have a history, other than the series' own
 */
public record Trial(Series history, List<Point> candidate, List<String> elsewhere) {
    public Trial {
        requireNonNull(history, "history");
        candidate = List.copyOf(candidate);
        elsewhere = List.copyOf(elsewhere);
        if (candidate.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to judge");
        }
    }
}
