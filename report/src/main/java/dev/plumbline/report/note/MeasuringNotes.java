package dev.plumbline.report.note;

import dev.plumbline.report.Words;
import java.util.List;
import java.util.Locale;

/** Notes about measuring: what was measured, how often, why it ended, and what was resumed. */
public final class MeasuringNotes {
    public static final String SAME_COMMIT = "base and head are the same commit: no change is possible";
    public static final String NONE_IN_COMMON = "base and head have no benchmark in common: nothing was measured";
    public static final String STOPPED = "stopped early; judging what was measured";
    public static final String NO_COPY = "nothing was measured of the second copy of the base";
    public static final String NOTHING_TO_RESUME = "nothing to resume; starting from the beginning";
    public static final String MEASURED_TWICE =
            "another plumb run is measuring the same: they disturb each other, and --resume will not find this one";
    public static final String CUT_OFF = "the last execution measured earlier was cut off and does not count";

    public static final String FEWER_FORKS =
            "there was time for fewer forks than planned; continue with --resume, or raise --budget";

    private static final int MOST_NAMED = 3;

    /** The reasons why measuring in pairs ended. */
    public enum End {
        STOPPED(MeasuringNotes.STOPPED),
        TIME("time ran out before every benchmark was decided"),
        FAILED("not everything could be measured"),
        DECIDED("every benchmark is decided"),
        MAXIMUM("reached the maximum"),
        ENOUGH("no main metric needed more, though not every benchmark is decided");

        private final String words;

        End(String words) {
            this.words = words;
        }
    }

    private MeasuringNotes() {}

    /** @param artifacts what was built, without repetitions */
    public static String sameBuild(List<String> artifacts) {
        return "base and head build the same " + String.join(", ", artifacts) + ": no change is possible";
    }

    /**
     * The measured pairs.
     *
     * @param fewest pairs of a benchmark
     * @param most pairs of a benchmark
     */
    public static String pairs(int benchmarks, int fewest, int most, long seconds, End end) {
        String all = fewest == most ? Words.count(most, "pair", "pairs") : fewest + " to " + most + " pairs";
        return "measured " + all + " of " + (benchmarks == 1 ? "the benchmark" : "each benchmark") + " in "
                + Words.count((int) seconds, "second; ", "seconds; ") + end.words;
    }

    /**
     * The difference between two copies of the base.
     *
     * @param median of the relative differences of all metrics
     * @param largest of them
     * @param where the metric of the largest
     * @param apart the metrics whose copies differ by more than noise
     */
    public static String copies(double median, int metrics, double largest, String where, List<String> apart) {
        return String.format(
                Locale.ROOT,
                "two copies of the base were measured with the head: they differ by %.1f %% in the median of %s"
                        + " and by %.1f %% at most (%s); %s",
                100 * median,
                Words.count(metrics, "metric", "metrics"),
                100 * largest,
                where,
                apart.isEmpty()
                        ? "within noise"
                        : "beyond noise for " + String.join(", ", apart)
                                + ": there, a change of the head is reported only if it is many times larger");
    }

    /** @param why benchmarks that the change reaches cannot be measured first */
    public static String usualOrder(String why) {
        return "--changed-first: " + why + "; measuring in the usual order";
    }

    /** @param why the history does not determine the number of forks needed */
    public static String unplanned(String why) {
        return "forks are not planned: " + why;
    }

    public static String notInBase(String name) {
        return name + " is new: not in the base";
    }

    public static String headAlone(String why) {
        return "the base could not be measured (" + why + "): only the head was measured; it was added to the history"
                + " and judged against it, as plumb check does";
    }

    /** @param changes since an earlier measurement, which is of no use any more */
    public static String discarded(List<String> changes) {
        return "earlier measurements are discarded because of changes since then ("
                + String.join("; ", changes.subList(0, Math.min(MOST_NAMED, changes.size())))
                + (changes.size() > MOST_NAMED ? "; …" : "") + "); starting from the beginning";
    }

    public static String continued(int executions) {
        return "continuing after " + Words.count(executions, "execution", "executions") + " measured earlier";
    }

    public static String undeletable(String file) {
        return file + ": cannot be deleted; the next --resume would find nothing left to do";
    }

    public static String locked(String file, String why) {
        return file + ": its lock cannot be released: " + why;
    }

    public static String notResumable(String why) {
        return "--resume will not find this: " + why;
    }
}
