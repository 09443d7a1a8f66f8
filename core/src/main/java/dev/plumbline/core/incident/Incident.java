package dev.plumbline.core.incident;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Digest;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Timeline;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The changes of many series that began at one revision.
 *
 * @param id stays the same when more data arrives; see {@link Incidents}
 * @param branch on which branch
 * @param worse whether it made things worse; of a cost shift, whether that is what it was found by
 * @param kind the likeliest cause, according to the measurements
 * @param shifts the changes, those whose place is known best first; at least one
 * @param where with which revision it began
 * @param lastGood the newest revision that is certain not to have it; empty when none was measured
 * @param firstBad the oldest revision that is certain to have it
 * @param correlation how much of their noise the series share, 0 to 1
 * @param clues why it is of this kind
 * @param companions what else moved there: what other environments show of its benchmarks, and steps below the margin
 */
public record Incident(
        String id,
        String branch,
        boolean worse,
        Kind kind,
        List<Shift> shifts,
        ChangeLocation where,
        Optional<RunInfo> lastGood,
        RunInfo firstBad,
        double correlation,
        List<Clue> clues,
        List<Companion> companions) {
    /** The largest first. */
    public static final Comparator<Shift> LARGEST_FIRST = Comparator.<Shift>comparingDouble(
                    shift -> -Math.abs(shift.change().relativeChange()))
            .thenComparing(Shift::key);

    /** The causes of an incident. */
    public enum Kind {
        /** The code; no evidence for another cause. */
        CODE,
        /** The environment: facts of a machine changed, or no code did, or another machine does not show it. */
        ENVIRONMENT,
        /**
         * Odd runs of a machine and nothing else; or one series of one machine moved, apart from those that went back,
         * and another machine that measured the same revisions shows nothing of it.
         */
        NOISE,
        /** The work went from some benchmarks to their neighbours; all together it is hardly more. */
        COST_SHIFT,
        /** It developed gradually over many revisions, none of which need be the only cause. */
        SLOPE
    }

    public Incident {
        requireNonNull(id, "id");
        requireNonNull(branch, "branch");
        requireNonNull(kind, "kind");
        requireNonNull(where, "where");
        requireNonNull(lastGood, "lastGood");
        requireNonNull(firstBad, "firstBad");
        shifts = List.copyOf(shifts);
        clues = List.copyOf(clues);
        companions = List.copyOf(companions);
        if (shifts.isEmpty()) {
            throw new IllegalArgumentException("an incident has a change");
        }
    }

    /** The same incident under another name. */
    Incident named(String other) {
        return new Incident(
                other, branch, worse, kind, shifts, where, lastGood, firstBad, correlation, clues, companions);
    }

    /** The default name of a new incident: made of its place and its clearest series. */
    static String nameOf(String branch, boolean worse, RunInfo likeliest, Shift clearest) {
        return "i"
                + new Digest()
                        .text(branch)
                        .text(worse ? "worse" : "better")
                        .text(likeliest.header().revision().commit())
                        .text(clearest.key().id())
                        .hex(4);
    }

    /** The change that is largest. */
    public Shift largest() {
        return shifts.stream().min(LARGEST_FIRST).orElseThrow();
    }

    /** The first run on the new level, as the series shows it whose place is known best. */
    public RunInfo begun() {
        return shifts.get(0).firstRun();
    }

    /** When the revision of that was committed, or else measured: the same as of its step. */
    public Instant time() {
        return begun().time();
    }

    /** When the last of its series was back; empty where one is not. */
    public Optional<Instant> recoveredAt() {
        return recovered()
                ? shifts.stream()
                        .flatMap(shift -> shift.recovery().stream())
                        .map(RunInfo::time)
                        .max(Comparator.naturalOrder())
                : Optional.empty();
    }

    /**
     * Whether all of its changes are smaller than the margin: several environments confirm it, and it sends no alerts.
     */
    public boolean isSlight() {
        return shifts.stream()
                .allMatch(shift -> Math.abs(shift.change().relativeChange())
                        < shift.track().margin());
    }

    /** Whether every series recovered by itself or was fixed. */
    public boolean recovered() {
        return shifts.stream().allMatch(shift -> shift.recovery().isPresent());
    }

    /** The revisions within which it came: of a slope all of it, of steps those with which they may have begun. */
    ChangeLocation.Stretch extent() {
        ChangeLocation.Stretch credible = where.credible();
        int last = shifts.stream()
                .flatMap(shift -> shift.slope().map(slope -> shift.track().place(slope.end() - 1)).stream())
                .reduce(credible.last(), Math::max);
        return new ChangeLocation.Stretch(credible.first(), last);
    }

    /** The facts to remember, so that later runs recognise it. */
    public KnownIncident known(Timeline timeline, Instant at) {
        ChangeLocation.Stretch credible = where.credible();
        return new KnownIncident(
                id,
                branch,
                worse,
                shifts.get(0).key(),
                timeline.at(credible.first()).header().revision().commit(),
                timeline.at(credible.last()).header().revision().commit(),
                at);
    }
}
