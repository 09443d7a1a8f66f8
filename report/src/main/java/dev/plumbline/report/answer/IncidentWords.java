package dev.plumbline.report.answer;

import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Clue;
import dev.plumbline.core.incident.Commit;
import dev.plumbline.core.incident.Companion;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.incident.Suspect;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.BranchIncidents;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.ClueWords;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.TerminalText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Incidents in words: state, size, subject and cause. */
public final class IncidentWords {
    /** Probabilities nearer than this are equal but for rounding. */
    private static final double SAME_PROBABILITY = 1e-9;

    /** From this share of a suite on it moved as a whole, and from this number of series on there is a suite. */
    private static final double NEARLY_ALL = 0.75;

    private static final int LEAST_OF_SUITE = 3;

    private IncidentWords() {}

    /** The state of an incident; a fix is a promise until everything is back, and an accepted one may be over. */
    public static String state(Case one) {
        if (one.state() == Case.State.ACCEPTED && one.incident().recovered()) {
            return "recovered, accepted";
        }
        return one.state() == Case.State.FIXED && one.incident().recovered() ? "fixed" : state(one.state());
    }

    /**
     * {@code 4 open incidents on main, 1 acknowledged}; empty where there is nothing.
     *
     * @param shown which series the reader sees anyway: what checks have detected in them is not counted
     */
    public static String open(BranchIncidents on, Predicate<SeriesKey> shown) {
        Map<String, Integer> states = new TreeMap<>();
        on.cases().stream()
                .filter(one -> one.state() != Case.State.NEW)
                .forEach(one -> states.merge(state(one), 1, Integer::sum));
        int fresh = (int)
                on.cases().stream().filter(one -> one.state() == Case.State.NEW).count();
        int called = (int) on.called().stream()
                .filter(one -> one.isOpen() && !shown.test(one.key()))
                .count();
        List<String> parts = new ArrayList<>();
        if (fresh > 0) {
            parts.add(Words.count(fresh, "open incident", "open incidents") + " on " + on.branch());
        }
        states.forEach((state, count) -> parts.add(
                parts.isEmpty()
                        ? Words.count(count, state + " incident", state + " incidents") + " on " + on.branch()
                        : count + " " + state));
        if (called > 0) {
            parts.add(Words.count(called, "regression", "regressions") + " detected by a check"
                    + (parts.isEmpty() ? " on " + on.branch() : ""));
        }
        return String.join(", ", parts);
    }

    static String state(Case.State state) {
        return switch (state) {
            case NEW -> "open";
            case FIXED -> TriageWords.FIX_PROMISED;
            default -> Words.lower(state);
        };
    }

    /** {@code +24.1 %}, of the largest change in the incident's direction that its state is about. */
    public static String size(Case one) {
        return Quantity.change(reported(one).change().relativeChange());
    }

    /** The largest change in the incident's direction that its state is about. */
    public static Shift reported(Case one) {
        return one.undecided().stream()
                .filter(shift -> shift.worse() == one.incident().worse())
                .min(Incident.LARGEST_FIRST)
                .orElseGet(one.incident()::largest);
    }

    /** {@code Sort.quick time and 13 more (2 others accepted)}: the others are those that people decided on already. */
    public static String subject(Case one) {
        Shift largest = reported(one);
        int more = one.undecided().size() - 1;
        return Words.inSentence(largest.key())
                + (more == 0 ? "" : " and " + Quantity.plain(more, Quantity.DIGITS) + " more")
                + decided(one);
    }

    /** The changes of one, those first that its state is about, the largest of them before the others. */
    public static Comparator<Shift> mattersFirst(Case one) {
        Set<Shift> undecided = Set.copyOf(one.undecided());
        return Comparator.<Shift, Boolean>comparing(shift -> !undecided.contains(shift))
                .thenComparing(Incident.LARGEST_FIRST);
    }

    /** {@code (2 others accepted, 1 other muted)} behind a space; empty where all of it is in one state. */
    private static String decided(Case one) {
        return Words.inBrackets(others(one));
    }

    /** {@code 2 others accepted, 1 other muted}: what people decided on already; empty where all is in one state. */
    public static String others(Case one) {
        Set<Shift> undecided = Set.copyOf(one.undecided());
        Map<String, Integer> states = new TreeMap<>();
        one.incident().shifts().stream()
                .filter(shift -> !undecided.contains(shift))
                .forEach(shift -> states.merge(state(one.stateOf(shift)), 1, Integer::sum));
        return states.entrySet().stream()
                .map(entry -> Words.count(entry.getValue(), "other", "others") + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    /** The cause in one line: a machine, or the first suspect. */
    public static String cause(Case one) {
        String kind =
                switch (one.incident().kind()) {
                    case ENVIRONMENT -> "environment: ";
                    case NOISE -> "noise: ";
                    case COST_SHIFT -> "cost shift: ";
                    case CODE, SLOPE -> "";
                };
        if (one.incident().kind() == Incident.Kind.SLOPE
                || one.suspects().stream()
                        .findFirst()
                        .filter(Suspect::isEnvironment)
                        .isPresent()) {
            return kind
                    + one.incident().clues().stream()
                            .findFirst()
                            .map(ClueWords.WORDS::of)
                            .orElse("the machine");
        }
        return one.suspects().stream()
                .findFirst()
                .map(suspect -> kind
                        + (isNearlyAll(one) ? "the machine, or " : percent(suspect) + " ")
                        + commit(suspect)
                        + orOthers(one.suspects()))
                .orElse(kind + "commit unknown");
    }

    /** Whether nearly all series of an environment moved, which a machine does as well as a commit. */
    private static boolean isNearlyAll(Case one) {
        return one.incident().clues().stream()
                .anyMatch(clue -> clue instanceof Clue.MovedTogether all
                        && all.measured() >= LEAST_OF_SUITE
                        && all.moved() >= NEARLY_ALL * all.measured());
    }

    public static String percent(Suspect suspect) {
        return Percent.whole(suspect.probability());
    }

    /** The number of suspects that are exactly as likely as the first, itself included. */
    static int alike(List<Suspect> suspects) {
        return (int) suspects.stream()
                .filter(other -> !other.isEnvironment()
                        && Math.abs(other.probability() - suspects.get(0).probability()) < SAME_PROBABILITY)
                .count();
    }

    /**
     * {@code 3f2a1c9d00 by Jane Doe}: the suspect that is likelier than all others; empty where none is, or no author.
     */
    public static String author(Case one) {
        return one.suspects().stream()
                .findFirst()
                .filter(suspect -> suspect.probability() > 0.5)
                .flatMap(suspect -> suspect.commit()
                        .map(commit -> by(commit))
                        .filter(by -> !by.isEmpty())
                        .map(by -> TerminalText.start(suspect.revision(), 10) + by))
                .orElse("");
    }

    private static String orOthers(List<Suspect> suspects) {
        int others = alike(suspects) - 1;
        return others < 1 ? "" : ", or " + Words.count(others, "other", "others") + " as likely";
    }

    private static String commit(Suspect suspect) {
        return TerminalText.start(suspect.revision(), 10)
                + suspect.commit()
                        .map(commit -> by(commit) + ": " + commit.subject())
                        .orElse("");
    }

    static String by(Commit commit) {
        String author = CommitAuthors.name(commit.author());
        return author.isEmpty() ? "" : " by " + author;
    }

    /** {@code  (between 0abc000d00 and 0abc000f00)} with the space before it; empty where the place is exact. */
    static String between(Shift.Back back) {
        return back.isExact()
                ? ""
                : " (between " + back.earliest().header().revision().shortCommit() + " and "
                        + back.latest().header().revision().shortCommit() + ")";
    }

    static String range(Incident incident) {
        return incident.lastGood()
                        .map(good -> "Began between " + RunWords.revision(good) + " (last good, "
                                + RunWords.time(good.time()) + ") and ")
                        .orElse("Began at or before ")
                + RunWords.revision(incident.firstBad()) + " (first bad, "
                + RunWords.time(incident.firstBad().time())
                + ")";
    }

    public static String headline(Case one) {
        Incident incident = one.incident();
        List<Shift> undecided = one.undecided();
        long worse = undecided.stream().filter(Shift::worse).count();
        long better = undecided.size() - worse;
        String counts = incident.worse()
                ? Words.count((int) worse, "series", "series") + " got worse"
                        + (better == 0 ? "" : ", " + Words.count((int) better, "series", "series") + " better")
                : Words.count((int) better, "series", "series") + " got better"
                        + (worse == 0 ? "" : ", " + Words.count((int) worse, "series", "series") + " worse");
        TreeSet<String> environments = incident.shifts().stream()
                .map(shift -> shift.key().environment())
                .collect(Collectors.toCollection(TreeSet::new));
        return counts + decided(one) + (undecided.size() == 1 ? ", " : ", up to ") + size(one) + ", in "
                + String.join(" and ", environments);
    }

    static String kind(Incident incident) {
        return switch (incident.kind()) {
            case ENVIRONMENT -> "Caused by the environment";
            case NOISE -> "Machine noise";
            case COST_SHIFT -> "Cost shift";
            case SLOPE -> "Slope";
            case CODE -> "Clues";
        };
    }

    /** {@code also in arm: Sort.quick time −1.3 % (−1.9 % to −0.7 %)}. */
    public static String also(Companion companion) {
        return "also in " + TerminalText.escape(companion.key().environment()) + ": "
                + TerminalText.escape(Words.label(companion.key())) + " "
                + TerminalText.escape(companion.key().metric()) + " " + Quantity.change(companion.relativeChange())
                + (Double.isFinite(companion.interval().width()) ? " (" + Words.range(companion.interval()) + ")" : "");
    }
}
