package dev.plumbline.report.evidence;

import dev.plumbline.core.baseline.NearestEnvironment;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.model.EnvironmentDifference;
import dev.plumbline.report.terminal.ShellText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The differences between two environments, in words. What came from outside is in them as it came. */
public final class EnvironmentWords {
    private static final String NO_REFERENCE = "no reference for environment ";

    /** The number of facts that are listed. */
    private static final int MOST = 4;

    /** Longer values are cut: they may come from anybody. */
    private static final int LONGEST = 60;

    private static final String JVM = "jvm";

    private static final Map<String, String> NAMES = Map.of(JVM, "JVM", "cpu", "CPU", "os", "OS");

    private EnvironmentWords() {}

    /**
     * The differences of this environment, flags first: {@code -XX:+UseZGC is new, JVM 17.0.9 → 21.0.2}.
     *
     * @param differences at least one
     */
    public static String of(List<EnvironmentDifference> differences) {
        List<String> words = differences.stream()
                .sorted(Comparator.comparing((EnvironmentDifference one) -> !isOfFlags(one))
                        .thenComparing(one -> !one.fact().equals(JVM)))
                .flatMap(one -> words(one).stream())
                .toList();
        String most = words.stream().limit(MOST).collect(Collectors.joining(", "));
        return words.size() > MOST ? most + " and " + (words.size() - MOST) + " more" : most;
    }

    /**
     * A branch that can be judged by its own history.
     *
     * @param isFirst whether its history has no run yet but those that are judged
     */
    public record OwnHistory(String branch, boolean isFirst) {}

    /** Whether a note is {@link #noReference}. */
    public static boolean isNoReference(String note) {
        return note.startsWith(NO_REFERENCE);
    }

    /**
     * A note that an environment has no reference, with the nearest one and the next step.
     *
     * @param isBase whether the runs are of the base branch, which has no base to be compared with
     * @param own the branch that may be judged by itself; empty for the base branch
     */
    public static String noReference(
            String here, NearestEnvironment nearest, boolean isBase, Optional<OwnHistory> own) {
        String key = nearest.environment().key();
        String differs = nearest.differences().isEmpty()
                ? ", with no other known facts"
                : " (" + of(nearest.differences()) + ")";
        return NO_REFERENCE + here + "; the nearest one is " + key + differs
                + (isBase ? ". Record" : ". Compare both revisions on this machine with plumb pr; or record")
                + " runs of the main branch here until they can be judged; or, if the difference does not matter, give both environments one name:"
                + " --environment " + key
                + own.map(branch -> ". To judge " + (branch.isFirst ? "the next runs of " : "") + branch.branch
                                + " against its own history instead, as for a release branch: plumb check … --base "
                                + ShellText.quoted(branch.branch))
                        .orElse("");
    }

    /**
     * {@code too young to judge on JVM 21.0.2: 1 of 5 runs; main has 40 runs on JVM 17.0.9}; where another fact
     * differs, both environments by their keys.
     */
    public static String tooYoung(Cause.TooYoung one) {
        Optional<EnvironmentDifference> jvm = one.differences().stream()
                .filter(each -> each.fact().equals(JVM)
                        && !each.here().isBlank()
                        && !each.there().isBlank())
                .findFirst();
        String here = jvm.map(each -> "on JVM " + tails(each).here()).orElseGet(() -> "in environment " + one.here());
        String there = jvm.map(each -> "on JVM " + tails(each).there())
                .orElseGet(() -> "in environment " + one.elsewhere()
                        + (one.differences().isEmpty() ? "" : " (" + of(one.differences()) + ")"));
        return "too young to judge " + here + ": " + one.runs() + " of "
                + CommonWords.count(one.needed(), "run", "runs") + "; " + one.branch() + " has "
                + CommonWords.count(one.runsElsewhere(), "run", "runs") + " " + there;
    }

    private static boolean isOfFlags(EnvironmentDifference one) {
        return one.fact().endsWith("flags");
    }

    private static List<String> words(EnvironmentDifference one) {
        if (isOfFlags(one)) {
            return flags(tokens(one.there()), tokens(one.here()));
        }
        String name = NAMES.getOrDefault(one.fact(), one.fact());
        if (one.there().isEmpty()) {
            return List.of(name + " " + cut(one.here()) + " (not known there)");
        }
        if (one.here().isEmpty()) {
            return List.of(name + " not known here (" + cut(one.there()) + " there)");
        }
        EnvironmentDifference tails = tails(one);
        return List.of(name + " " + tails.there() + " → " + tails.here());
    }

    /** The same without the words with which both values begin. */
    private static EnvironmentDifference tails(EnvironmentDifference one) {
        List<String> there = tokens(one.there());
        List<String> here = tokens(one.here());
        int alike = 0;
        while (alike < Math.min(there.size(), here.size()) - 1
                && there.get(alike).equals(here.get(alike))) {
            alike++;
        }
        return new EnvironmentDifference(
                one.fact(),
                cut(String.join(" ", there.subList(alike, there.size()))),
                cut(String.join(" ", here.subList(alike, here.size()))));
    }

    private static List<String> flags(List<String> there, List<String> here) {
        List<String> gone = new ArrayList<>(there);
        gone.removeAll(here);
        List<String> added = new ArrayList<>(here);
        added.removeAll(there);
        if (gone.isEmpty() && added.isEmpty()) {
            return List.of("flags in another order");
        }
        if (gone.size() == 1 && added.size() == 1) {
            return List.of(cut(gone.get(0)) + " → " + cut(added.get(0)));
        }
        List<String> words = new ArrayList<>();
        added.forEach(flag -> words.add(cut(flag) + " is new"));
        gone.forEach(flag -> words.add(cut(flag) + " is gone"));
        return words;
    }

    private static List<String> tokens(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) > LONGEST
                ? text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…"
                : text;
    }
}
