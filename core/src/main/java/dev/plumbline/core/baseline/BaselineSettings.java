package dev.plumbline.core.baseline;

import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings that select a baseline's runs and check its quality.
 *
 * @param days use only runs of this number of days before the newest one; empty does not restrict
 * @param runs use at most this number of runs, the newest; empty does not restrict
 * @param minimumRuns the least number of runs of a valid one
 * @param widestInterval a valid one has a 95 % interval narrower than this share of the mean (0.1 is 10 %)
 * @param margin the smallest relative change worth a person's time
 * @param holdRuns the number of runs after which an improvement moves the baseline
 * @param maximumAgeDays a valid one's newest run, and the newest run of its environment, are not older
 * @param maximumRevisions the largest number of revisions after a valid one
 */
public record BaselineSettings(
        OptionalInt days,
        OptionalInt runs,
        int minimumRuns,
        double widestInterval,
        double margin,
        int holdRuns,
        int maximumAgeDays,
        int maximumRevisions) {
    /** 30 days, at least 10 runs, an interval below 10 %, margin 2 %, 5 runs to hold, 90 days or 200 revisions old. */
    public static final BaselineSettings DEFAULT =
            new BaselineSettings(OptionalInt.of(30), OptionalInt.empty(), 10, 0.10, 0.02, 5, 90, 200);

    public BaselineSettings {
        positive("days", days.orElse(1));
        positive("runs", runs.orElse(1));
        positive("the least number of runs", minimumRuns);
        positive("the runs that an improvement has to hold", holdRuns);
        positive("the greatest age in days", maximumAgeDays);
        positive("the greatest number of revisions", maximumRevisions);
        if (!(widestInterval > 0 && widestInterval < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the widest interval is a share above 0, not " + widestInterval);
        }
        if (!(margin >= 0 && margin < 1)) {
            throw new IllegalArgumentException("a margin lies between 0 and 1 (0.02 is 2 %), not at " + margin);
        }
    }

    private static void positive(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + ": a number from 1 on, not " + number);
        }
    }

    /** The facts that the runs of a baseline depend on, by name, as a {@link Provenance} keeps it. */
    public SortedMap<String, String> asText() {
        SortedMap<String, String> text = new TreeMap<>();
        days.ifPresent(number -> text.put("days", Integer.toString(number)));
        runs.ifPresent(number -> text.put("runs", Integer.toString(number)));
        text.put("margin", Double.toString(margin));
        text.put("holdRuns", Integer.toString(holdRuns));
        return text;
    }

    /** The same with another window. */
    public BaselineSettings withWindow(OptionalInt otherDays, OptionalInt otherRuns) {
        return new BaselineSettings(
                otherDays, otherRuns, minimumRuns, widestInterval, margin, holdRuns, maximumAgeDays, maximumRevisions);
    }

    /** The same with another margin. */
    public BaselineSettings withMargin(double other) {
        return new BaselineSettings(
                days, runs, minimumRuns, widestInterval, other, holdRuns, maximumAgeDays, maximumRevisions);
    }
}
