package dev.plumbline.core.judge.trial;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import java.util.List;
import java.util.Set;

/**
 * A series and the newest points of it that are to be judged.
 *
 * @param history the series before the candidate; may have no points
 * @param candidate the points to judge, in order, all of one revision: at least one
 * @param elsewhere the environments in which the same benchmark and metric have a history, other than the series' own
 * @param earlier the points of the levels before, where people accepted the one that the history begins with: they are
 *     no evidence of its level, but of its noise while it is young; none where nothing was accepted
 * @param held the points between the history and the candidate that together lie on a worse level, though no check was
 *     sure of any of them: they are not part of the history, and are evidence together with the candidate
 * @param off the ids of runs that were slow as a whole: their points are part of the noise of the history, and never of
 *     a change that the candidate shows together with the newest of it
 */
public record Trial(
        Series history,
        List<Point> candidate,
        List<String> elsewhere,
        List<Point> earlier,
        List<Point> held,
        Set<String> off) {
    /** One in whose history no run was slow as a whole. */
    public Trial(Series history, List<Point> candidate, List<String> elsewhere, List<Point> earlier, List<Point> held) {
        this(history, candidate, elsewhere, earlier, held, Set.of());
    }

    /** The trial of a series without an accepted level and without losses in its history. */
    public Trial(Series history, List<Point> candidate, List<String> elsewhere) {
        this(history, candidate, elsewhere, List.of());
    }

    /** One in whose history nothing was lost. */
    public Trial(Series history, List<Point> candidate, List<String> elsewhere, List<Point> earlier) {
        this(history, candidate, elsewhere, earlier, List.of());
    }

    /** The same with other points to judge. */
    public Trial with(List<Point> other) {
        return new Trial(history, other, elsewhere, earlier, held, off);
    }

    public Trial {
        requireNonNull(history, "history");
        candidate = List.copyOf(candidate);
        elsewhere = List.copyOf(elsewhere);
        earlier = List.copyOf(earlier);
        held = List.copyOf(held);
        off = Set.copyOf(off);
        if (candidate.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to judge");
        }
    }
}
