package dev.plumbline.report.content;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The times of points in their order, never decreasing. Commits that were rebased, or
 * made on a machine with a wrong clock, have dates that contradict their order; the order is that of the branch.
 */
final class OrderedTimes {
    private OrderedTimes() {}

    /**
     * As many points as possible keep their times: those of a longest subsequence that does not descend (Schensted
     * 1961). Each of the others has the time of the kept point before it, the first ones that of the first kept one.
     */
    static List<Instant> of(List<Instant> times) {
        int[] before = new int[times.size()];
        int[] ends = new int[times.size()];
        int length = 0;
        for (int i = 0; i < times.size(); i++) {
            int place = place(times, ends, length, times.get(i));
            before[i] = place == 0 ? -1 : ends[place - 1];
            ends[place] = i;
            length = Math.max(length, place + 1);
        }
        if (length == times.size()) {
            return times;
        }
        Deque<Integer> kept = new ArrayDeque<>();
        for (int i = ends[length - 1]; i >= 0; i = before[i]) {
            kept.push(i);
        }
        Instant[] ordered = new Instant[times.size()];
        Instant newest = times.get(kept.getFirst());
        for (int i = 0; i < ordered.length; i++) {
            if (!kept.isEmpty() && kept.getFirst() == i) {
                newest = times.get(kept.pop());
            }
            ordered[i] = newest;
        }
        return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(ordered)));
    }

    /** The first of the ascending ends that is after a time; their number where none is. */
    private static int place(List<Instant> times, int[] ends, int length, Instant time) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times.get(ends[middle]).isAfter(time)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
