package dev.plumbline.report.answer;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The planned number of forks of each benchmark of a JMH jar, with the reason.
 *
 * @param rows in the order in which they are measured first
 */
public record ForkPlan(List<Row> rows) {
    /** The number of benchmarks beyond which a summary is enough before they are measured. */
    private static final int MOST_LINES = 10;

    private static final double SECONDS_OF_A_MINUTE = 60;

    public ForkPlan {
        rows = List.copyOf(rows);
    }

    /** One benchmark. */
    public sealed interface Row {
        /** The name that people use. */
        String benchmark();

        /** The expected duration; empty where unknown. */
        OptionalDouble seconds();
    }

    /**
     * Forks of some iterations.
     *
     * @param detectable the smallest relative change that such runs detect; empty where none is known to be
     * @param seconds that they take; empty if unknown
     */
    public record Forks(int forks, int iterations, OptionalDouble detectable, OptionalDouble seconds) {
        public Forks {
            requireNonNull(detectable, "detectable");
            requireNonNull(seconds, "seconds");
        }
    }

    /**
     * A plan from the noise of the history.
     *
     * @param wanted what detects the change that is asked for
     * @param size that change, relative
     * @param isEnough whether it does; else more forks would hardly help, or are too many
     * @param runNoise by how much runs differ beyond their forks, relative
     * @param possible what the time allows; the same where it allows all
     */
    public record FromHistory(
            String benchmark, Forks wanted, double size, boolean isEnough, double runNoise, Forks possible)
            implements Row {
        @Override
        public OptionalDouble seconds() {
            return possible.seconds;
        }
    }

    /**
     * Pairs of forks, one of each revision.
     *
     * @param iterations of each fork
     * @param detectable the smallest relative change that they detect; empty where there are too few of them
     * @param seconds that they take; empty if unknown
     */
    public record Pairs(int pairs, int iterations, OptionalDouble detectable, OptionalDouble seconds) {
        public Pairs {
            requireNonNull(detectable, "detectable");
            requireNonNull(seconds, "seconds");
        }
    }

    /**
     * A plan for measuring two revisions in turn until a decision.
     *
     * @param wanted about as many pairs as detect a change as large as the margin
     * @param possible what the time allows; the same where it allows all
     */
    public record FromPairs(String benchmark, Pairs wanted, Pairs possible) implements Row {
        @Override
        public OptionalDouble seconds() {
            return possible.seconds;
        }
    }

    /** The reasons why a benchmark cannot be planned from a history. */
    public enum Unknown {
        /** No recorded runs from a machine like this one. */
        NO_HISTORY,
        /** Too little is. */
        YOUNG,
        /** No size of a change is known to be detected, or its values are no positive numbers. */
        NOTHING_DETECTABLE,
        /** An option sets how long to measure. */
        OPTION
    }

    /**
     * A plan that begins with the annotations and JMH's options.
     *
     * @param runs that are recorded of it
     * @param seconds that these forks take; the options or the precision may ask for more
     */
    public record FromAnnotations(
            String benchmark, Unknown why, int runs, int forks, int warmUps, int iterations, OptionalDouble seconds)
            implements Row {}

    /** A line for each benchmark; of many, a summary. */
    public List<String> shortened() {
        if (rows.size() <= MOST_LINES) {
            return lines();
        }
        List<String> lines = new ArrayList<>();
        List<FromHistory> planned = rows.stream()
                .flatMap(row -> row instanceof FromHistory one ? Stream.of(one) : Stream.empty())
                .toList();
        if (!planned.isEmpty()) {
            lines.add(Words.count(planned.size(), "benchmark", "benchmarks") + " planned from the history: "
                    + range(planned.stream()
                            .map(row -> row.possible.forks)
                            .sorted()
                            .map(String::valueOf)
                            .toList())
                    + " forks"
                    + detected(planned.stream().map(FromHistory::possible).toList())
                    + time(planned)
                    + "; --dry-run lists them");
        }
        List<FromPairs> pairs = rows.stream()
                .flatMap(row -> row instanceof FromPairs one ? Stream.of(one) : Stream.empty())
                .toList();
        if (!pairs.isEmpty()) {
            lines.add(Words.count(pairs.size(), "benchmark", "benchmarks") + " known from the history: about "
                    + range(pairs.stream()
                            .map(row -> row.possible.pairs)
                            .sorted()
                            .map(String::valueOf)
                            .toList())
                    + " pairs of forks each" + time(pairs));
        }
        List<Row> others =
                rows.stream().filter(row -> row instanceof FromAnnotations).toList();
        if (!others.isEmpty()) {
            lines.add(Words.count(others.size(), "benchmark starts", "benchmarks start") + " as annotated"
                    + time(others) + (planned.isEmpty() ? "; --dry-run lists them" : ""));
        }
        return lines;
    }

    private static String range(List<String> ascending) {
        String first = ascending.get(0);
        String last = ascending.get(ascending.size() - 1);
        return first.equals(last) ? first : first + " to " + last;
    }

    private static String detected(List<Forks> all) {
        double[] known = all.stream()
                .flatMapToDouble(forks -> forks.detectable.stream())
                .sorted()
                .toArray();
        if (known.length == 0) {
            return "";
        }
        return " detect " + range(List.of(percent(known[0]), percent(known[known.length - 1])));
    }

    private static String time(List<? extends Row> rows) {
        double seconds =
                rows.stream().flatMapToDouble(row -> row.seconds().stream()).sum();
        return seconds > 0 ? " (" + duration(seconds) + ")" : "";
    }

    /** A line for each benchmark, whatever their number. */
    public List<String> lines() {
        return rows.stream()
                .map(row -> row instanceof FromHistory one
                        ? line(one)
                        : row instanceof FromPairs pairs ? line(pairs) : line((FromAnnotations) row))
                .toList();
    }

    private static String line(FromPairs row) {
        String less = row.possible.pairs < row.wanted.pairs
                ? "; in " + time(row.possible.seconds) + ", " + Words.count(row.possible.pairs, "pair", "pairs") + ": "
                        + detected(row.possible.detectable)
                : "";
        return row.benchmark + ": " + Words.count(row.wanted.pairs, "pair", "pairs") + " of forks × "
                + Words.count(row.wanted.iterations, "iteration", "iterations") + " detect "
                + detected(row.wanted.detectable)
                + (row.wanted.seconds.isPresent() ? " (" + time(row.wanted.seconds) + ")" : "") + less;
    }

    private static String time(OptionalDouble seconds) {
        return seconds.isPresent() ? duration(seconds.getAsDouble()) : "the time";
    }

    private static String detected(OptionalDouble size) {
        return size.isPresent() ? percent(size.getAsDouble()) : "no change, however large";
    }

    private static String line(FromHistory row) {
        StringBuilder line = new StringBuilder(row.benchmark + ": " + forks(row.wanted.forks, row.wanted.iterations));
        line.append(row.wanted.forks == 1 ? " detects " : " detect ").append(detected(row.wanted.detectable));
        if (row.wanted.seconds.isPresent()) {
            line.append(" (").append(time(row.wanted.seconds)).append(")");
        }
        if (!row.isEnough) {
            line.append("; ").append(Percent.exact(row.size)).append(" is out of reach");
            if (row.runNoise > 0) {
                line.append(": runs differ by ").append(percent(row.runNoise)).append(" however many forks they have");
            }
        }
        if (row.possible.forks < row.wanted.forks) {
            line.append("; in ")
                    .append(time(row.possible.seconds))
                    .append(", ")
                    .append(Words.count(row.possible.forks, "fork", "forks"))
                    .append(": ")
                    .append(detected(row.possible.detectable));
        }
        return line.toString();
    }

    private static String line(FromAnnotations row) {
        String why =
                switch (row.why) {
                    case NO_HISTORY -> "no history on this machine; starts as annotated, ";
                    case YOUNG ->
                        "only " + Words.count(row.runs, "earlier run", "earlier runs") + "; starts as annotated, ";
                    case NOTHING_DETECTABLE -> "its history does not show what can be detected; starts as annotated, ";
                    case OPTION -> "as the options ask, ";
                };
        return row.benchmark + ": " + why + forks(row.forks, row.iterations)
                + (row.warmUps > 0 ? " after " + row.warmUps + " to warm up" : "")
                + (row.seconds.isPresent() ? " (" + time(row.seconds) + ")" : "");
    }

    private static String forks(int forks, int iterations) {
        return Words.count(forks, "fork", "forks") + " × " + Words.count(iterations, "iteration", "iterations");
    }

    private static String percent(double share) {
        return Percent.of(share);
    }

    private static String duration(double seconds) {
        return seconds < 2 * SECONDS_OF_A_MINUTE
                ? Math.max(1, Math.round(seconds)) + " s"
                : String.format(Locale.ROOT, "%d min", Math.round(seconds / SECONDS_OF_A_MINUTE));
    }
}
