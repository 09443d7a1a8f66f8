package dev.plumbline.core.incident;

import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the incidents of a branch.
 *
 * <p><b>Names.</b> An incident that was seen before is known again by its branch, its direction and its place: the
 * stretch of revisions with which it may have begun when it was first seen meets the one with which it may have begun
 * now. It keeps that name permanently, whatever more data show of its place or its series. Of several that fit, the one
 * whose first series is among its series is taken, then the nearest; no name is given twice. An incident seen for the
 * first time is named after its likeliest revision and the series that shows it best.
 */
public final class Incidents {
    /** An incident is recognised when its place turns out to be at most this number of revisions away. */
    private static final int REACH = 3;

    private static final Comparator<Incident> NEWEST_FIRST = Comparator.<Incident>comparingInt(
                    incident -> -incident.where().likeliest())
            .thenComparing(incident -> incident.worse() ? 0 : 1)
            .thenComparing(Incident::id);

    private Incidents() {}

    /**
     * Finds them.
     *
     * @param tracks every series of one branch, also those that did not change: they show what did not move
     * @param timeline of that branch
     * @param known those that were seen before, the oldest first
     * @return the newest first
     */
    public static List<Incident> of(List<Track> tracks, Timeline timeline, List<KnownIncident> known) {
        return of(tracks, timeline, known, List.of());
    }

    /**
     * The same with regressions that checks still detect and that the history showed once and no longer does.
     *
     * @param standing those of which {@link #wasSeen} is true
     */
    public static List<Incident> of(
            List<Track> tracks, Timeline timeline, List<KnownIncident> known, List<CalledRegression> standing) {
        Map<String, Integer> suites = new HashMap<>();
        tracks.forEach(track -> suites.merge(track.key().environment(), 1, Integer::sum));
        List<Shift> shifts = new ArrayList<>(shifts(tracks));
        for (CalledRegression one : standing) {
            tracks.stream()
                    .filter(track -> track.key().equals(one.key()))
                    .map(track -> track.standing(one))
                    .forEach(shifts::add);
        }
        List<Grouping.Group> groups = Grouping.of(shifts, suites);
        Map<Grouping.Group, Clue> moved = CostShift.find(groups);
        Map<Grouping.Group, List<Companion>> companions = JointEvidence.of(groups, tracks);
        SlightChanges slight = SlightChanges.of(tracks, groups, suites);
        slight.companions().forEach((group, more) -> companions
                .computeIfAbsent(group, none -> new ArrayList<>())
                .addAll(more));
        groups.addAll(slight.groups());
        EnvironmentEvidence evidence = new EnvironmentEvidence(tracks);
        OddRuns odd = new OddRuns(tracks);
        List<Incident> incidents = new ArrayList<>();
        for (Grouping.Group group : groups) {
            if (!group.shifts().isEmpty()) {
                incidents.add(incident(
                        group,
                        companions.getOrDefault(group, List.of()),
                        Optional.ofNullable(moved.get(group)),
                        evidence,
                        odd,
                        timeline));
            }
        }
        for (Grouping.Group group : Slopes.of(tracks)) {
            incidents.add(incident(group, List.of(), Optional.of(Slopes.clue(group)), evidence, odd, timeline));
        }
        List<Incident> named = new ArrayList<>(named(incidents, timeline, known));
        named.sort(NEWEST_FIRST);
        return named;
    }

    /**
     * The incidents of some series that were not seen before, as they are to be known again. They have the names that
     * {@link #of} gives them; evidence for a machine or for odd runs as their cause names none, and is not searched
     * for.
     *
     * @param all of one branch
     * @param tracked a series on the timeline; asked in any order, by several threads
     * @param known those that were seen before, the oldest first
     * @param at when these are seen
     * @return the newest first
     */
    public static List<KnownIncident> unseen(
            List<Series> all,
            Function<Series, Track> tracked,
            Timeline timeline,
            List<KnownIncident> known,
            Instant at) {
        Map<String, Integer> suites = new HashMap<>();
        all.forEach(series -> suites.merge(series.key().environment(), 1, Integer::sum));
        // many series may be asked about, and most have no change: in one environment they have no part in any
        List<Track> tracks = all.parallelStream()
                .map(tracked)
                .filter(track -> suites.size() > 1 || track.isChanged())
                .toList();
        List<Grouping.Group> groups = Grouping.of(shifts(tracks), suites);
        CostShift.find(groups);
        groups.addAll(SlightChanges.of(tracks, groups, suites).groups());
        groups.addAll(Slopes.of(tracks));
        List<Incident> incidents = groups.stream()
                .filter(group -> !group.shifts().isEmpty())
                .map(group -> incident(group, Incident.Kind.CODE, List.of(), List.of(), timeline))
                .toList();
        Set<String> names = known.stream().map(KnownIncident::id).collect(Collectors.toSet());
        return named(incidents, timeline, known).stream()
                .filter(incident -> !names.contains(incident.id()))
                .sorted(NEWEST_FIRST)
                .map(incident -> incident.known(timeline, at))
                .toList();
    }

    /**
     * Whether an incident that was seen before began with a regression, in the same series. A further loss is a change
     * of its own.
     */
    public static boolean wasSeen(CalledRegression regression, Timeline timeline, List<KnownIncident> known) {
        OptionalInt place =
                timeline.placeOf(regression.since().header().revision().commit());
        return place.isPresent()
                && !regression.isFurther()
                && known.stream()
                        .filter(one -> one.worse() && one.anchor().equals(regression.key()))
                        .anyMatch(one -> {
                            OptionalInt first = timeline.placeOf(one.firstCommit());
                            OptionalInt last = timeline.placeOf(one.lastCommit());
                            return first.isPresent()
                                    && last.isPresent()
                                    && place.getAsInt() >= first.getAsInt() - REACH
                                    && place.getAsInt() <= last.getAsInt() + REACH;
                        });
    }

    /** The shifts of all series; their shapes are computed on the way, each by itself. */
    private static List<Shift> shifts(List<Track> tracks) {
        return tracks.parallelStream().flatMap(track -> track.shifts().stream()).toList();
    }

    private static Incident incident(
            Grouping.Group group,
            List<Companion> companions,
            Optional<Clue> manner,
            EnvironmentEvidence evidence,
            OddRuns odd,
            Timeline timeline) {
        List<Shift> shifts =
                group.shifts().stream().sorted(Shift.CLEAREST_FIRST).toList();
        EnvironmentEvidence.Found found = evidence.of(group);
        Optional<Clue> oddRuns = odd.of(shifts);
        List<Clue> clues = new ArrayList<>();
        oddRuns.ifPresent(clues::add);
        manner.ifPresent(clues::add);
        clues.addAll(found.clues());
        return incident(
                group,
                oddRuns.isPresent() ? Incident.Kind.NOISE : kind(found, shifts, manner.isPresent()),
                clues,
                companions,
                timeline);
    }

    private static Incident incident(
            Grouping.Group group, Incident.Kind kind, List<Clue> clues, List<Companion> companions, Timeline timeline) {
        List<Shift> shifts =
                group.shifts().stream().sorted(Shift.CLEAREST_FIRST).toList();
        ChangeLocation.Stretch credible = group.where().credible();
        String branch = shifts.get(0).key().branch();
        RunInfo likeliest = timeline.at(group.where().likeliest());
        return new Incident(
                Incident.nameOf(branch, group.worse(), likeliest, shifts.get(0)),
                branch,
                group.worse(),
                kind,
                shifts,
                group.where(),
                credible.first() == 0 ? Optional.empty() : Optional.of(timeline.at(credible.first() - 1)),
                timeline.at(credible.last()),
                group.correlation(),
                clues,
                companions);
    }

    /** @param special whether it is no step of the code that stays where it is, but a slope or a cost shift */
    private static Incident.Kind kind(EnvironmentEvidence.Found found, List<Shift> shifts, boolean special) {
        if (found.decides()) {
            long standing =
                    shifts.stream().filter(shift -> shift.recovery().isEmpty()).count();
            return found.contradicted() && (shifts.size() == 1 || standing <= 1)
                    ? Incident.Kind.NOISE
                    : Incident.Kind.ENVIRONMENT;
        }
        if (shifts.get(0).slope().isPresent()) {
            return Incident.Kind.SLOPE;
        }
        return special ? Incident.Kind.COST_SHIFT : Incident.Kind.CODE;
    }

    private static List<Incident> named(List<Incident> incidents, Timeline timeline, List<KnownIncident> known) {
        Map<Integer, KnownIncident> names = new HashMap<>();
        Set<String> given = new HashSet<>();
        record Fit(int incident, KnownIncident known, int distance, boolean sameSeries) {}
        List<Fit> fits = new ArrayList<>();
        for (KnownIncident one : known) {
            OptionalInt first = timeline.placeOf(one.firstCommit());
            OptionalInt last = timeline.placeOf(one.lastCommit());
            if (first.isEmpty() || last.isEmpty()) {
                continue;
            }
            for (int i = 0; i < incidents.size(); i++) {
                Incident incident = incidents.get(i);
                ChangeLocation.Stretch extent = incident.extent();
                int distance =
                        Math.max(0, Math.max(extent.first() - last.getAsInt(), first.getAsInt() - extent.last()));
                boolean sameSeries =
                        incident.shifts().stream().anyMatch(shift -> shift.key().equals(one.anchor()));
                if (incident.worse() == one.worse()
                        && incident.branch().equals(one.branch())
                        && distance <= (sameSeries ? REACH : 0)) {
                    fits.add(new Fit(i, one, distance, sameSeries));
                }
            }
        }
        fits.sort(Comparator.<Fit>comparingInt(fit -> fit.sameSeries() ? 0 : 1).thenComparingInt(Fit::distance));
        for (Fit fit : fits) {
            if (!names.containsKey(fit.incident()) && given.add(fit.known().id())) {
                names.put(fit.incident(), fit.known());
            }
        }
        List<Incident> named = new ArrayList<>();
        known.forEach(one -> given.add(one.id()));
        for (int i = 0; i < incidents.size(); i++) {
            Incident incident = incidents.get(i);
            if (names.containsKey(i)) {
                named.add(incident.named(names.get(i).id()));
            } else {
                named.add(incident.named(free(incident, given)));
            }
        }
        return named;
    }

    /** A name that no other incident has. */
    private static String free(Incident incident, Set<String> given) {
        String name = incident.id();
        while (!given.add(name)) {
            name = "i"
                    + new dev.plumbline.core.model.Digest()
                            .text(name)
                            .text(incident.shifts().get(0).key().id())
                            .hex(4);
        }
        return name;
    }
}
