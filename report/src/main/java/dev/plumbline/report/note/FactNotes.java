package dev.plumbline.report.note;

import dev.plumbline.core.incident.SteadyFacts;
import dev.plumbline.core.model.EnvironmentDifference;
import dev.plumbline.report.evidence.EnvironmentWords;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Facts of a machine that changed with the runs that were judged. */
public final class FactNotes {
    /** The number of facts that are listed. */
    private static final int LISTED = 3;

    /** Longer values are cut: they may come from anybody. */
    private static final int LONGEST = 100;

    private FactNotes() {}

    /**
     * The JVM and its flags in few words, and then the other facts.
     *
     * @param base the branch whose runs had another JVM; empty where those before on the same branch had
     */
    public static String changed(
            List<EnvironmentDifference> jvm, List<SteadyFacts.Change> others, Optional<String> base) {
        String lead =
                base.map(branch -> "this run differs from " + branch + ": ").orElse("changed with this run: ");
        return Stream.of(jvm.isEmpty() ? "" : lead + EnvironmentWords.of(jvm), others.isEmpty() ? "" : others(others))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String others(List<SteadyFacts.Change> changes) {
        SteadyFacts.Change first = changes.get(0);
        String words = first.fact() + " changed with this run" + values(first)
                + changes.subList(1, Math.min(LISTED, changes.size())).stream()
                        .map(change -> ", " + change.fact() + values(change))
                        .collect(Collectors.joining());
        return changes.size() > LISTED ? words + ", and " + (changes.size() - LISTED) + " more" : words;
    }

    private static String values(SteadyFacts.Change change) {
        return " from " + shortened(change.before()) + " to " + shortened(change.after());
    }

    private static String shortened(String value) {
        return value.codePointCount(0, value.length()) > LONGEST
                ? value.substring(0, value.offsetByCodePoints(0, LONGEST)) + "…"
                : value;
    }
}
