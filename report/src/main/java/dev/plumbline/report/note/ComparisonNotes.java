package dev.plumbline.report.note;

import dev.plumbline.core.gate.Cause;
import dev.plumbline.report.evidence.EnvironmentWords;
import java.util.List;
import java.util.Optional;

/** The notes of a comparison about its two sides. */
public final class ComparisonNotes {
    public static final String ONE_RUN_EACH =
            "each side is a single run, so noise between runs is not in the intervals; compare folders of 3 runs or"
                    + " more";

    private static final int NAMED = 5;

    private ComparisonNotes() {}

    /** In what the sides differ besides the code. */
    public static String otherSide(Cause.OtherSide one) {
        return one.differences().isEmpty()
                ? "the two sides were measured in different environments (" + one.there() + " and " + one.here()
                        + "): what differs may be the machine"
                : "besides the code, the two sides differ: " + EnvironmentWords.of(one.differences())
                        + " (environments " + one.there() + " and " + one.here()
                        + "). What got slower or faster may come from that";
    }

    /** The benchmarks that only the new side measured; empty where there are none. */
    public static Optional<String> added(String what, List<String> names) {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(names.size() + " " + what + (names.size() == 1 ? "" : "s") + ": "
                        + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                        + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : ""));
    }
}
