package dev.plumbline.report.note;

import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.gate.UnitFactor;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.shape.feature.OddRun;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.DisturbedRun;
import dev.plumbline.report.evidence.Quantity;
import java.util.List;
import java.util.stream.Collectors;

/** The notes of a check or a report about the runs that it judged. */
public final class CheckNotes {
    public static final String ALREADY_RECORDED = "these results are already in the history; nothing was added";

    public static final String COPIES_NOT_RECORDED =
            "copied results are not recorded: they would count as a second measurement. If that is intended, run"
                    + " the check with --on-copied pass";

    /** All values, or those of a metric, differ from the history by the factor between two units. */
    public static String unitFactor(UnitFactor one) {
        int power = one.power();
        String factor = "1" + ",000".repeat(Math.abs(power));
        return "all " + one.count() + " values" + one.of().map(" of "::concat).orElse("") + " are about "
                + (power > 0 ? factor + " times" : "1/" + factor + " of")
                + " what they were: " + FACTOR_OF_UNITS + ", such as ns and us, rather than a change of code";
    }

    /** Most of the suite was far from its levels. */
    public static String offRun(OddRun run) {
        return "most of the suite is off in this run: " + DisturbedRun.words(run)
                + ". Either the machine was disturbed or a change affects most benchmarks; measure again to find out"
                + " which";
    }

    /** Whether a sentence about odd runs is that one. */
    public static boolean isUnitFactor(String words) {
        return words.contains(FACTOR_OF_UNITS);
    }

    private static final String FACTOR_OF_UNITS = "that is the factor between two units";

    /** The most values of a parameter that are listed; of more, their number is. */
    private static final int MOST_VALUES = 3;

    private static final int MOST_BRANCHES = 3;
    private static final int MOST_OTHERS = 3;

    private CheckNotes() {}

    /**
     * A note that a result that looked too good to be true was accepted as real.
     *
     * @param first the name of a series
     * @param others how many more
     */
    public static String confirmedAsGood(String first, int others) {
        return first + (others == 0 ? "" : " and " + Words.count(others, "other", "others"))
                + (others == 0 ? " was" : " were")
                + " too good to be true in the three runs before; as this run agrees, the gate takes it for real."
                + " If the benchmark does no work, fix it now";
    }

    public static String wentBack(VersionInfo version) {
        return "baselines " + version.name() + " went back, version " + version.number()
                + " now: the acceptance they were based on was revoked";
    }

    /** A note on results that contain a whole history. */
    public static String newestJudged(int runs, Revision newest) {
        return "the results contain " + runs + " runs; the newest "
                + (newest.isKnown() ? "revision, " + newest.shortCommit() + "," : "one")
                + " is judged against the others";
    }

    /** @param others runs of the same commit, at least one */
    public static String judgedTogether(Revision revision, int others) {
        return "commit " + revision.shortCommit() + " has "
                + (others == 1 ? "1 other run in the history; it is" : others + " other runs in the history; they are")
                + " judged together with these results";
    }

    public static String withoutCommit(String branch) {
        return "these results carry no commit, so they count as the newest run of " + branch
                + "; set it with --commit and --branch";
    }

    /**
     * A note that none of these results was ever measured before.
     *
     * @param recorded what the history has instead
     */
    public static String onlyNew(Benchmark measured, Benchmark recorded) {
        return "none of these benchmarks has a history, such as " + measured.label() + "; the history has others,"
                + " such as " + recorded.label() + ". If benchmarks are named after files, keep the file names the"
                + " same; join renamed benchmarks with plumb series rename";
    }

    /**
     * The values of a parameter in all benchmarks; empty text where one is without it.
     *
     * @param before those of the history
     * @param now those of the new results
     */
    public record ChangedParameter(String name, List<String> before, List<String> now) {
        public ChangedParameter {
            before = List.copyOf(before);
            now = List.copyOf(now);
        }

        private String words() {
            return name + " " + words(before) + " → " + words(now);
        }

        private static String words(List<String> values) {
            return values.size() > MOST_VALUES
                    ? values.size() + " values"
                    : values.stream()
                            .map(value -> value.isEmpty() ? "none" : value)
                            .collect(Collectors.joining(", "));
        }
    }

    /**
     * That all benchmarks of these results are in the history, but with other parameters: what is missing was not
     * deleted.
     *
     * @param measured one of them
     * @param recorded the same in the history
     */
    public static String otherParameters(List<ChangedParameter> changed, Benchmark measured, Benchmark recorded) {
        return "the same benchmarks now run with other parameters"
                + (changed.isEmpty()
                        ? ""
                        : " (" + changed.stream().map(ChangedParameter::words).collect(Collectors.joining("; ")) + ")")
                + ": " + measured.label() + ", in the history " + recorded.label()
                + ". Run them as before, join them with plumb series rename if they measure the same, or accept what is"
                + " missing";
    }

    /** @param others branches with runs, at least one */
    public static String lastRunOf(String branch, boolean isCheckedOut, List<String> others) {
        return "this is the last recorded run of " + branch + (isCheckedOut ? ", the checked-out branch" : "")
                + "; choose another branch with --branch: "
                + String.join(", ", others.subList(0, Math.min(MOST_BRANCHES, others.size())))
                + (others.size() > MOST_BRANCHES ? ", and " + (others.size() - MOST_BRANCHES) + " more" : "");
    }

    /** @param others each the command that shows one, and what it measured */
    public static String otherSuites(List<String> others) {
        return "this is the last recorded run; other suites in this history last ran in: "
                + String.join(", ", others.subList(0, Math.min(MOST_OTHERS, others.size())))
                + (others.size() > MOST_OTHERS ? ", and " + (others.size() - MOST_OTHERS) + " more" : "");
    }

    /** @param runs that have numbers of another commit, at least one */
    public static String oldNumbers(int runs, Revision first) {
        return (runs == 1 ? "exactly these numbers were" : "the numbers of " + runs + " runs were")
                + " recorded before, for commit " + first.shortCommit()
                + (runs == 1 ? ": is this an old result file?" : " and others: are these old result files?");
    }

    /**
     * Warm-up reached into the measured iterations.
     *
     * @param farthest the name of the one in which the first iterations are farthest from the later ones
     * @param distance relative to the later ones
     */
    public static String warmingUp(int benchmarks, String farthest, double distance) {
        return "the first iteration of every fork is still warm-up in "
                + (benchmarks == 1 ? farthest + " (" : benchmarks + " benchmarks (" + farthest + ": ")
                + Quantity.change(distance) + " against the later ones): it does not count. Give "
                + (benchmarks == 1 ? "it" : "them") + " more warm-up iterations (JMH: -wi or @Warmup)";
    }

    /** @param revision a branch made up for a detached HEAD */
    public static String detached(Revision revision) {
        return "commit " + revision.shortCommit() + " is a detached HEAD, and neither git nor a CI service provides"
                + " its branch: it is recorded on " + revision.branch()
                + ", separate from all branches; set the branch with --branch NAME";
    }

    /** @param milestone such as {@code the last release} */
    public static String noMilestone(String milestone, boolean isRelease, String hint) {
        return "small regressions since " + milestone + " cannot be added up: neither git nor the history has "
                + (isRelease ? "a tag before this commit" : "it" + hint);
    }
}
