package dev.plumbline.report;

import dev.plumbline.core.baseline.QualityCheck;
import dev.plumbline.report.evidence.ByKind;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.terminal.TerminalText;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The checks of a baseline in words. */
public final class QualityWords {
    /** The number of characters of a commit's id that are shown. */
    private static final int SHORT = 10;

    public static final ByKind<QualityCheck, String> FOUND = new ByKind<QualityCheck, String>()
            .with(QualityCheck.Runs.class, QualityWords::runs)
            .with(QualityCheck.MeanInterval.class, QualityWords::interval)
            .with(QualityCheck.Steps.class, QualityWords::steps)
            .with(QualityCheck.Drift.class, QualityWords::drift)
            .with(
                    QualityCheck.Age.class,
                    age -> "its newest run is " + days(age.days()) + " old" + more(age, age.most()))
            .with(
                    QualityCheck.Revisions.class,
                    since -> Words.count(since.count(), "revision", "revisions") + " measured since"
                            + more(since, since.most()))
            .with(
                    QualityCheck.EnvironmentAge.class,
                    age -> "environment " + age.environment() + " last measured " + days(age.days()) + " ago"
                            + more(age, age.most()));

    public static final ByKind<QualityCheck, String> REMEDIES = new ByKind<QualityCheck, String>()
            .with(
                    QualityCheck.Runs.class,
                    runs -> "measure " + Words.count(runs.needed() - runs.runs(), "more run", "more runs")
                            + (runs.fromHistory() ? ", or widen the window" : ""))
            .with(
                    QualityCheck.MeanInterval.class,
                    interval -> interval.runsNeeded().isPresent()
                            ? "about " + Math.round(interval.runsNeeded().getAsDouble())
                                    + " runs at this noise, or quieter hardware"
                            : "more runs, or quieter hardware")
            .with(
                    QualityCheck.Steps.class,
                    steps -> "establish it from the history (it starts after the last change) or from newer runs")
            .with(QualityCheck.Drift.class, drift -> "find out what drifts, or establish it from fewer runs")
            .with(QualityCheck.Age.class, age -> "measure again and re-establish it")
            .with(
                    QualityCheck.Revisions.class,
                    since -> "re-establish it; the output shows what prevents an" + " update")
            .with(
                    QualityCheck.EnvironmentAge.class,
                    age -> "measure on that machine again, or reset the baseline if it is gone");

    private QualityWords() {}

    /** The result of a check, with its numbers. */
    public static String found(QualityCheck check) {
        return FOUND.of(check);
    }

    /** The way to fix it; empty text where it passed. */
    public static String remedy(QualityCheck check) {
        return check.passed() ? "" : REMEDIES.of(check);
    }

    private static String days(long days) {
        return days + (days == 1 ? " day" : " days");
    }

    private static String more(QualityCheck check, int most) {
        return check.passed() ? "" : ", more than " + most;
    }

    private static String runs(QualityCheck.Runs runs) {
        int odd = runs.odd();
        String words = Words.count(runs.runs(), "run", "runs")
                + (odd == 0
                        ? ""
                        : ", " + odd + " more " + (odd == 1 ? "lies" : "lie") + " too far from the others to count");
        return runs.passed() ? words : words + (odd == 0 ? ", " : "; ") + "at least " + runs.needed() + " are needed";
    }

    private static String interval(QualityCheck.MeanInterval interval) {
        if (Double.isInfinite(interval.width())) {
            return "the relative precision of the mean is unknown";
        }
        return "the 95 % interval of the mean is " + Percent.of(interval.width()) + " wide"
                + (interval.passed() ? "" : ", less than " + Percent.of(interval.widest()) + " is needed");
    }

    private static String steps(QualityCheck.Steps steps) {
        return steps.newest()
                .map(newest -> Words.count(steps.count(), "change", "changes") + " of level within the runs, the"
                        + " newest "
                        + (Double.isInfinite(newest.relativeChange())
                                ? "out of zero"
                                : Percent.change(newest.relativeChange()))
                        + " with "
                        + (newest.commit().isEmpty()
                                ? "the run"
                                : "commit " + TerminalText.start(newest.commit(), SHORT))
                        + " of " + LocalDate.ofInstant(newest.time(), ZoneOffset.UTC))
                .orElse("no change of level within the runs");
    }

    private static String drift(QualityCheck.Drift drift) {
        if (!drift.enough()) {
            return "too few runs to detect a trend";
        }
        if (drift.relativeRise().isEmpty()) {
            return "no trend";
        }
        double rise = drift.relativeRise().getAsDouble();
        String size = Double.isInfinite(rise) ? "any share" : Percent.of(Math.abs(rise));
        return drift.passed()
                ? "a trend of " + size + " over all runs, below the margin"
                : "its runs " + (rise > 0 ? "rise" : "fall") + " by " + size + " from first to last";
    }
}
