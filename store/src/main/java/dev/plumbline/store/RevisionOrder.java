package dev.plumbline.store;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The order of runs in a history.
 *
 * <p>Runs with a position on their branch follow it, regardless of times, and further runs of their commits are next to
 * them. Those that have none are put between them by time: that of the commit or else that of the run. A commit whose
 * time contradicts the positions of the others is ignored for that. Runs of one revision follow each other in the order
 * in which they were measured. Runs alike in all this keep the order they had.
 *
 * <p>A run without a position, as of a shallow clone, that a check judged although its time is before that of nearly
 * all runs which were there, was judged as the newest of them. It stays behind those, whatever is recorded later.
 */
public final class RevisionOrder {
    private static final Comparator<RunInfo> BY_POSITION = Comparator.comparingLong(RevisionOrder::position)
            .thenComparing(run -> run.header().time());

    private static final Comparator<RunInfo> BY_TIME = Comparator.comparing(RunInfo::time)
            .thenComparing(run -> run.header().time());

    private RevisionOrder() {}

    public static Comparator<RunInfo> of(Collection<RunInfo> runs) {
        List<RunInfo> placed = runs.stream().filter(RevisionOrder::hasPosition).toList();
        if (placed.size() == runs.size()) {
            return BY_POSITION;
        }
        return placed.isEmpty()
                ? BY_TIME
                : byBoth(placed.stream().sorted(BY_POSITION).toList());
    }

    /**
     * The runs of a history without a position that checks have judged, and the order in which all were recorded.
     *
     * @param checked the ids of those
     * @param numbers of all runs by their ids, rising from recording to recording; may be empty where none is checked
     */
    public record Recorded(Set<String> checked, Map<String, Long> numbers) {
        /** No check has judged a run without a position. */
        public static final Recorded NONE_CHECKED = new Recorded(Set.of(), Map.of());

        public Recorded {
            checked = Set.copyOf(checked);
            numbers = Map.copyOf(numbers);
        }

        private boolean isChecked(RunInfo run) {
            return checked.contains(run.id());
        }

        private long number(RunInfo run) {
            return numbers.getOrDefault(run.id(), Long.MAX_VALUE);
        }
    }

    /** The same where checks have judged some of the runs. */
    public static Comparator<RunInfo> of(Collection<RunInfo> runs, Recorded recorded) {
        Comparator<RunInfo> order = of(runs);
        if (recorded.checked().isEmpty() || runs.stream().noneMatch(recorded::isChecked)) {
            return order;
        }
        List<RunInfo> placed = new ArrayList<>(runs);
        placed.removeIf(recorded::isChecked);
        placed.sort(order);
        Set<String> asNewest = new HashSet<>();
        runs.stream()
                .filter(recorded::isChecked)
                .sorted(Comparator.comparingLong(recorded::number))
                .forEach(run -> placed.add(place(run, placed, asNewest, recorded, order), run));
        if (asNewest.isEmpty()) {
            return order;
        }
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < placed.size(); i++) {
            places.put(placed.get(i).id(), i);
        }
        return Comparator.comparingInt(run -> places.get(run.id()));
    }

    /** @param asNewest the ids of the runs that come after all earlier recorded ones; this one may be added */
    private static int place(
            RunInfo run, List<RunInfo> placed, Set<String> asNewest, Recorded recorded, Comparator<RunInfo> order) {
        int dated = 0;
        int behindKnown = 0;
        int behindSame = 0;
        boolean isInside = false;
        for (int i = 0; i < placed.size(); i++) {
            RunInfo other = placed.get(i);
            boolean isEarlier = order.compare(other, run) <= 0;
            if (isSameCommit(run, other)) {
                behindSame = i + 1;
            } else if (recorded.number(other) < recorded.number(run)) {
                behindKnown = i + 1;
                isInside |= !isEarlier && !asNewest.contains(other.id());
            }
            if (isEarlier && !asNewest.contains(other.id())) {
                dated = i + 1;
            }
        }
        if (behindSame > 0) {
            boolean isMoved = asNewest.contains(placed.get(behindSame - 1).id()) && asNewest.add(run.id());
            return isMoved ? behindSame : dated;
        }
        if (!isInside) {
            return Math.max(dated, behindKnown);
        }
        if (dated >= Policy.DEFAULT.minimumRuns()) {
            return dated;
        }
        asNewest.add(run.id());
        return behindKnown;
    }

    private static boolean isSameCommit(RunInfo one, RunInfo other) {
        String commit = Revision.committed(one.header().revision().commit());
        return !commit.isEmpty()
                && commit.equals(Revision.committed(other.header().revision().commit()));
    }

    private static boolean hasPosition(RunInfo run) {
        return run.header().revision().position().isPresent();
    }

    private static long position(RunInfo run) {
        return run.header().revision().position().getAsLong();
    }

    /** @param placed the runs with a position, in its order */
    private static Comparator<RunInfo> byBoth(List<RunInfo> placed) {
        NavigableMap<Long, Instant> times = times(placed);
        Map<String, Long> commits = new HashMap<>();
        placed.forEach(run -> commits.putIfAbsent(run.header().revision().commit(), position(run)));
        Function<RunInfo, Optional<Long>> place = run -> hasPosition(run)
                ? Optional.of(position(run))
                : Optional.ofNullable(commits.get(run.header().revision().commit()));
        return Comparator.comparing((RunInfo run) ->
                        place.apply(run).map(position -> at(times, position)).orElseGet(run::time))
                .thenComparingLong(run -> place.apply(run).orElse(Long.MAX_VALUE))
                .thenComparing(run -> run.header().time());
    }

    private static Instant at(NavigableMap<Long, Instant> times, long position) {
        Map.Entry<Long, Instant> before = times.floorEntry(position);
        return (before == null ? times.firstEntry() : before).getValue();
    }

    /**
     * The times of as many runs as agree on the order of positions, by position: the longest part of them in which no
     * time is before the last. What is left out was dated too early or too late.
     */
    private static NavigableMap<Long, Instant> times(List<RunInfo> placed) {
        // the last run of the best part of each length so far, and which run was before each
        List<Integer> ends = new ArrayList<>();
        int[] before = new int[placed.size()];
        for (int i = 0; i < placed.size(); i++) {
            int low = 0;
            int high = ends.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (placed.get(ends.get(middle)).time().isAfter(placed.get(i).time())) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            before[i] = low == 0 ? -1 : ends.get(low - 1);
            if (low == ends.size()) {
                ends.add(i);
            } else {
                ends.set(low, i);
            }
        }
        NavigableMap<Long, Instant> times = new TreeMap<>();
        for (int i = ends.get(ends.size() - 1); i >= 0; i = before[i]) {
            times.putIfAbsent(position(placed.get(i)), placed.get(i).time());
        }
        return times;
    }
}
