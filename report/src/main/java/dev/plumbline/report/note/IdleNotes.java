package dev.plumbline.report.note;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.util.Comparator;
import java.util.List;

/** Settings and acceptances that have no effect, with the place of each. */
public final class IdleNotes {
    private static final String NO_BENCHMARK = " matches no recorded benchmark; it has no effect";

    private IdleNotes() {}

    /** @param near benchmarks that may be meant */
    public static String acceptance(String place, Acceptance acceptance, List<String> near) {
        return place + ": the acceptance " + acceptance.id() + " of "
                + acceptance.benchmark().label() + NO_BENCHMARK + suggestion(near);
    }

    /** @param metrics that the benchmark has */
    public static String acceptedMetric(String place, Acceptance acceptance, String metric, List<String> metrics) {
        String benchmark = acceptance.benchmark().label();
        return place + ": the acceptance " + acceptance.id() + " of " + benchmark + " " + metric
                + " matches no recorded metric; it has no effect; the metrics of " + benchmark + " are "
                + String.join(", ", metrics);
    }

    public static String budget(String place) {
        return place + ": the budget's names match no recorded benchmark; the budget has no effect";
    }

    public static String budgetUnit(String place, Unit budget, SeriesKey named, Unit measured) {
        return place + ": the budget is in " + shown(budget) + " but what it names is in " + shown(measured)
                + ", such as " + named.benchmark().label() + " " + named.metric() + "; the budget has no effect";
    }

    /**
     * The note on a rule for names.
     *
     * @param what such as {@code the weight}
     * @param names such as {@code benchmark sort*}
     */
    public static String rule(String place, String what, List<String> names, List<String> near) {
        return place + ": " + what + " for " + String.join(", ", names) + NO_BENCHMARK + suggestion(near);
    }

    /** The notes, those about options of the command before those about files. */
    public static List<String> typedFirst(List<String> notes) {
        return notes.stream()
                .sorted(Comparator.comparing((String note) -> !note.startsWith("--")))
                .toList();
    }

    private static String suggestion(List<String> near) {
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    private static String shown(Unit unit) {
        return unit.symbol().isEmpty() ? "bare numbers" : unit.symbol();
    }
}
