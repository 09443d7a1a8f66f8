package dev.plumbline.report.content;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The environment that a command reads where none is named.
 *
 * @param environment its key
 * @param isConfigured whether the configuration names it; otherwise it has the most recent runs
 * @param runs how many it has of the last {@link #DAYS} days before the newest run
 * @param others the other environments of the same history, those with the most recent runs first
 */
public record EnvironmentChoice(String environment, boolean isConfigured, int runs, List<String> others) {
    /** The age relative to the newest run up to which the runs of an environment count. */
    public static final int DAYS = 90;

    /** The number of other environments that a line names. */
    private static final int NAMED = 5;

    public EnvironmentChoice {
        requireNonNull(environment, "environment");
        others = List.copyOf(others);
    }

    /** Whether there was anything to choose. */
    public boolean isOfSeveral() {
        return !others.isEmpty();
    }

    /** The environment, the reason, and the way to choose another; unescaped: escape the result. */
    public String words() {
        return "environment " + environment
                + (isConfigured
                        ? ", as configured"
                        : ", which has the most runs of the last " + DAYS + " days (" + runs + ")")
                + "; choose another with --environment NAME: "
                + others.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (others.size() > NAMED ? " and " + (others.size() - NAMED) + " more" : "");
    }
}
