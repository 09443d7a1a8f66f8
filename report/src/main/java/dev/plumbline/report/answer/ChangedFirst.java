package dev.plumbline.report.answer;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * The benchmarks that a change can reach, which are measured before the others.
 *
 * @param since the revision that the change is counted from
 * @param touched how many classes the change touches
 * @param benchmarks how many there are in all
 * @param reached those that the change can reach
 */
public record ChangedFirst(String since, int touched, int benchmarks, List<Reached> reached) {
    private static final int MOST_NAMED = 10;

    public ChangedFirst {
        requireNonNull(since, "since");
        reached = List.copyOf(reached);
    }

    /**
     * One benchmark.
     *
     * @param benchmark its display name
     * @param code of a touched class, as {@code Text.join} or {@code Text}; empty where the benchmark is only named
     *     like a changed file
     */
    public record Reached(String benchmark, String code) {
        private String line() {
            return code.isEmpty()
                    ? benchmark + " is named like a file that this change touches"
                    : benchmark.equals(code) || benchmark.startsWith(code + " ")
                            ? benchmark + " is touched by this change"
                            : benchmark + " reaches " + code + " (touched by this change)";
        }
    }

    /** The counts in one sentence. */
    public String summary() {
        return reached.isEmpty()
                ? "no benchmark reaches code that changed since " + since + "; measuring in the usual order"
                : reached.size() == benchmarks
                        ? "every benchmark reaches code that changed since " + since + "; measuring in the usual order"
                        : reached.size() + " of " + benchmarks + " benchmarks can reach code changed since " + since
                                + (touched == 0 ? "" : " (" + Words.count(touched, "class", "classes") + ")")
                                + "; measuring " + (reached.size() == 1 ? "it" : "them") + " first";
    }

    /** The reason why each comes first. */
    public List<String> reasons() {
        return reached.size() == benchmarks
                ? List.of()
                : reached.stream().map(Reached::line).toList();
    }

    /** The outcome of the others. */
    public static String skipped(List<String> names) {
        List<String> shown = new ArrayList<>(names.subList(0, Math.min(MOST_NAMED, names.size())));
        if (names.size() > MOST_NAMED) {
            shown.add(names.size() - MOST_NAMED + " more");
        }
        return "time ran out before " + Words.count(names.size(), "benchmark", "benchmarks")
                + " that the change does not reach: " + String.join(", ", shown);
    }
}
