package dev.plumbline.report;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;

/** Whether measuring a commit again can settle what is open of it: whoever advises that asks here first. */
public final class MoreRuns {
    private MoreRuns() {}

    /** Whether more runs of the same commit would decide; where they would not, only a longer history can. */
    public static boolean canSettle(Finding finding) {
        return finding.verdict() instanceof Verdict.Inconclusive open
                && open.runsNeeded().isPresent();
    }
}
