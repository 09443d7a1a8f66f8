package dev.plumbline.report.note;

import dev.plumbline.report.Words;
import java.util.List;

/** The result of measuring possible regressions again. */
public final class ConfirmNotes {
    private static final int MOST_NAMED = 5;

    private ConfirmNotes() {}

    /**
     * The outcome of the possible regressions; their names without repetitions.
     *
     * @param runs further ones, at least 1
     * @param left those without a new result
     */
    public static String checkedAgain(int runs, List<String> confirmed, List<String> cleared, List<String> left) {
        return "checked again in " + Words.count(runs, "more run", "more runs") + ": "
                + listed("confirmed", confirmed, "")
                + listed("not confirmed", cleared, confirmed.isEmpty() ? "" : "; ")
                + listed("no new result for", left, confirmed.isEmpty() && cleared.isEmpty() ? "" : "; ");
    }

    /**
     * The reason why nothing was measured again.
     *
     * @param certain how many regressions need no further run
     */
    public static String nothingMeasured(int certain) {
        return "--confirm measured nothing again: "
                + (certain == 0
                        ? "there is no possible regression"
                        : certain == 1
                                ? "the regression is beyond noise already"
                                : "the regressions are beyond noise already");
    }

    /**
     * The reason why the command that measures again did not settle everything.
     *
     * @param why such as {@code reached its time limit of 60 s}
     * @param left what is open and not listed elsewhere
     */
    public static String failed(String why, List<String> left) {
        return "the --confirm command " + why + (left.isEmpty() ? "" : "; " + listed("no new result for", left, ""));
    }

    private static String listed(String what, List<String> names, String before) {
        return names.isEmpty()
                ? ""
                : before + what + " " + String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())))
                        + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "");
    }
}
