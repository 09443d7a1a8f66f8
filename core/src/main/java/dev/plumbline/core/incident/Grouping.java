package dev.plumbline.core.incident;

import dev.plumbline.core.model.Benchmark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts changes that began with one revision together.
 *
 * <p>Greedily: the changes whose place is known best come first, and each joins the group that it most probably began
 * with, if both made things worse or both better, and if a common beginning is not much less likely than one of
 * its own. That one benchmark moves in two environments, or in two metrics, has mostly one cause, so less is asked of
 * those; and two metrics of one benchmark may go in different directions. Groups that grew towards each other are
 * joined at the end.
 */
final class Grouping {
    // Bayes: together if (chance that a culprit moves this series) x (likelihood at its place) exceeds (chance of a
    // culprit of its own within the window) x (mean likelihood there). A fifth of the series are moved by a culprit and
    // one in 25 has a change of its own in a window: 0.2; of one that moved already in another place, nearly all: 0.04.
    // A change of its own that the same series does not show in another environment is hardly one of the code.
    // Where nearly all series of a machine moved with a culprit, the chance that it moved one more is that share.
    private static final double LEAST_EVIDENCE = 0.2;
    private static final double LEAST_OF_RELATIVES = 0.04;
    private static final double LEAST_OF_TWINS = 1e-4;

    private static final double CHANGES_OF_ITS_OWN = 0.04;

    private static final int REACH = 2 * ChangeLocation.WINDOW;

    private final TreeMap<Integer, List<Group>> groups = new TreeMap<>();
    private final Map<String, Integer> suites;

    private Grouping(Map<String, Integer> suites) {
        this.suites = suites;
    }

    /** Changes of one revision; all of them together show where they began. */
    static final class Group {
        private final boolean worse;
        private final List<Shift> shifts = new ArrayList<>();
        private final Set<Track> tracks = new HashSet<>();
        private final Map<Benchmark, List<Shift>> byBenchmark = new HashMap<>();

        /** The number of tracks of each environment. */
        private final Map<String, Integer> moved = new HashMap<>();

        private ChangeLocation.Pool pool = new ChangeLocation.Pool();
        private SharedNoise noise = new SharedNoise();
        private ChangeLocation where;
        private double correlation;

        Group(Shift first) {
            worse = first.worse();
            add(List.of(first));
        }

        private void add(List<Shift> more) {
            for (Shift shift : more) {
                shifts.add(shift);
                byBenchmark
                        .computeIfAbsent(shift.key().benchmark(), none -> new ArrayList<>())
                        .add(shift);
                if (tracks.add(shift.track())) {
                    moved.merge(shift.key().environment(), 1, Integer::sum);
                }
                pool.add(shift.where());
                noise.add(shift.track());
            }
            correlation = noise.correlation();
            where = pool.where(1 / (1 + (shifts.size() - 1) * correlation));
        }

        /** Takes changes of the other direction too. */
        void join(List<Shift> more) {
            add(more);
        }

        /** Gives changes away; a group that has none left is nothing any more. */
        void leave(List<Shift> some) {
            Set<Shift> gone = new HashSet<>(some);
            List<Shift> left =
                    shifts.stream().filter(shift -> !gone.contains(shift)).toList();
            shifts.clear();
            tracks.clear();
            byBenchmark.clear();
            moved.clear();
            pool = new ChangeLocation.Pool();
            noise = new SharedNoise();
            if (!left.isEmpty()) {
                add(left);
            }
        }

        boolean worse() {
            return worse;
        }

        /** Whether the series of a change has one in this group. */
        boolean moves(Shift shift) {
            return moves(shift.track());
        }

        boolean moves(Track track) {
            return tracks.contains(track);
        }

        List<Shift> shifts() {
            return shifts;
        }

        ChangeLocation where() {
            return where;
        }

        double correlation() {
            return correlation;
        }

        /** The likelihood ratio of a common beginning; 0 when it is impossible or too unlikely. */
        private double evidence(Shift shift, Map<String, Integer> suites) {
            if (tracks.contains(shift.track()) || shift.worse() != worse && !isTrade(shift)) {
                return 0;
            }
            double together = shift.where().together(where);
            return together > least(shift, suites) ? together : 0;
        }

        private double least(Shift shift, Map<String, Integer> suites) {
            double least = Math.min(LEAST_EVIDENCE, CHANGES_OF_ITS_OWN / odds(shift, suites));
            for (Shift member : ofSameBenchmark(shift)) {
                least = Math.min(least, isTwin(member, shift) ? LEAST_OF_TWINS : LEAST_OF_RELATIVES);
            }
            return least;
        }

        /**
         * The odds that a series of a change's environment moved: the number that moved for each one that did not; a
         * fifth before.
         */
        private double odds(Shift shift, Map<String, Integer> suites) {
            String environment = shift.key().environment();
            double moved = this.moved.getOrDefault(environment, 0);
            return (moved + 1) / (Math.max(moved, suites.getOrDefault(environment, 0)) - moved + 4);
        }

        /**
         * The likelihood ratio of a smaller group being a part of this one, with only its values looking otherwise,
         * against having a culprit of its own, which all of its series would share.
         */
        private double evidence(Group smaller, Map<String, Integer> suites) {
            double evidence = 1 / CHANGES_OF_ITS_OWN;
            boolean first = true;
            for (Shift shift : smaller.shifts) {
                double here = shift.where().together(where);
                evidence *= odds(shift, suites)
                        * (first ? here : here / shift.where().together(smaller.where));
                first = false;
            }
            return evidence;
        }

        /** Whether they are one series in two environments, and moved by about as much. */
        static boolean isTwin(Shift one, Shift other) {
            double ratio = one.change().relativeChange() / other.change().relativeChange();
            return one.key().metric().equals(other.key().metric()) && ratio > 0.4 && ratio < 2.5;
        }

        /** Whether it is another metric of a benchmark that moved, in the same environment. */
        private boolean isTrade(Shift shift) {
            return ofSameBenchmark(shift).stream()
                    .anyMatch(member ->
                            member.key().environment().equals(shift.key().environment()));
        }

        private List<Shift> ofSameBenchmark(Shift shift) {
            return byBenchmark.getOrDefault(shift.key().benchmark(), List.of());
        }
    }

    /** The share of a first series' noise that the others have in common. */
    private static final class SharedNoise {
        private Optional<Track> first = Optional.empty();
        private double sum;
        private double common;
        private int pairs;

        void add(Track track) {
            if (first.isEmpty()) {
                first = Optional.of(track);
                return;
            }
            Track.Correlation correlation = first.get().correlation(track);
            if (correlation.common() > 0) {
                sum += correlation.coefficient();
                common += correlation.common();
                pairs++;
            }
        }

        /** The mean correlation less twice its standard error, and at least 0. */
        double correlation() {
            return pairs == 0 ? 0 : Math.max(0, Math.min(1, sum / pairs - 2 / Math.sqrt(common)));
        }
    }

    /**
     * Groups.
     *
     * @param shifts of one branch
     * @param suites how many series each environment has
     * @return every shift in exactly one group, the earliest groups first
     */
    static List<Group> of(List<Shift> shifts, Map<String, Integer> suites) {
        Grouping grouping = new Grouping(suites);
        shifts.stream().sorted(Shift.CLEAREST_FIRST).forEach(grouping::place);
        return grouping.joined();
    }

    private void place(Shift shift) {
        Group best = null;
        double most = 0;
        int likeliest = shift.where().likeliest();
        for (List<Group> near :
                groups.subMap(likeliest - REACH, true, likeliest + REACH, true).values()) {
            for (Group group : near) {
                double together = group.evidence(shift, suites);
                if (together > most) {
                    most = together;
                    best = group;
                }
            }
        }
        if (best == null) {
            keep(new Group(shift));
        } else {
            forget(best);
            best.add(List.of(shift));
            keep(best);
        }
    }

    private void keep(Group group) {
        groups.computeIfAbsent(group.where.likeliest(), place -> new ArrayList<>())
                .add(group);
    }

    private void forget(Group group) {
        List<Group> at = groups.get(group.where.likeliest());
        at.remove(group);
        if (at.isEmpty()) {
            groups.remove(group.where.likeliest());
        }
    }

    /** The likelihood ratio of two groups being one; 0 when they cannot be. */
    private double together(Group one, Group other) {
        if (one.worse != other.worse || other.tracks.stream().anyMatch(one.tracks::contains)) {
            return 0;
        }
        double touching = one.where.credible().touches(other.where.credible()) ? other.where.together(one.where) : 0;
        boolean isLarger = one.shifts.size() >= other.shifts.size();
        double absorbed = isLarger ? one.evidence(other, suites) : other.evidence(one, suites);
        return Math.max(touching, absorbed > 1 ? absorbed : 0);
    }

    private List<Group> joined() {
        List<Group> all = new ArrayList<>();
        for (Map.Entry<Integer, List<Group>> entry : groups.entrySet()) {
            for (Group group : entry.getValue()) {
                Group partner = null;
                double most = LEAST_EVIDENCE;
                for (int i = all.size() - 1; i >= 0; i--) {
                    Group earlier = all.get(i);
                    if (entry.getKey() - earlier.where.likeliest() > REACH) {
                        break;
                    }
                    double together = together(earlier, group);
                    if (together > most) {
                        most = together;
                        partner = earlier;
                    }
                }
                if (partner == null) {
                    all.add(group);
                } else {
                    partner.add(group.shifts);
                }
            }
        }
        all.sort(Comparator.<Group>comparingInt(group -> group.where.likeliest())
                .thenComparing(group -> group.worse ? 0 : 1)
                .thenComparing(group -> group.shifts.get(0).key()));
        return all;
    }
}
