package dev.plumbline.core.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The measured revisions of one branch, oldest first; a revision's place counts from 0.
 *
 * <p>Runs in several environments are on one timeline, so that their evidence about a revision can be combined. A run
 * of an unknown commit is a separate revision.
 */
public final class Timeline {
    private final List<RunInfo> revisions = new ArrayList<>();
    private final Map<String, Integer> places = new LinkedHashMap<>();

    private Timeline() {}

    /**
     * The revisions of runs.
     *
     * @param runs of one branch, in revision order; a commit has the position of its first run
     */
    public static Timeline of(Collection<RunInfo> runs) {
        Timeline timeline = new Timeline();
        for (RunInfo run : runs) {
            if (timeline.places.putIfAbsent(key(run), timeline.revisions.size()) == null) {
                timeline.revisions.add(run);
            }
        }
        return timeline;
    }

    private static String key(RunInfo run) {
        return run.header().revision().isKnown() ? run.header().revision().commit() : "run " + run.id();
    }

    public int size() {
        return revisions.size();
    }

    /** The first run of the revision at a place. */
    public RunInfo at(int place) {
        return revisions.get(place);
    }

    /** The place of a commit; empty when it was not measured. */
    public OptionalInt placeOf(String commit) {
        Integer place = commit.isEmpty() ? null : places.get(commit);
        return place == null ? OptionalInt.empty() : OptionalInt.of(place);
    }

    /**
     * The places of a series' points; never descending, even if the clocks of two machines disagree.
     *
     * @throws IllegalArgumentException if a run is not on the timeline
     */
    public int[] placesOf(List<Point> points) {
        int[] found = new int[points.size()];
        int newest = 0;
        for (int i = 0; i < found.length; i++) {
            Integer place = places.get(key(points.get(i).run()));
            if (place == null) {
                throw new IllegalArgumentException(
                        "run " + points.get(i).run().id() + " is not on the timeline of its branch");
            }
            newest = Math.max(newest, place);
            found[i] = newest;
        }
        return found;
    }
}
