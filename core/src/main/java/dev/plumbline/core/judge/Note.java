package dev.plumbline.core.judge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.history.EarlyLoss;
import dev.plumbline.core.judge.level.WithdrawnRuns;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.shape.feature.Seasonality;
import dev.plumbline.core.stats.steps.Step;
import java.util.List;

/** A note about a judgement beside its findings. */
public sealed interface Note {
    /** The series has no baseline among those that were asked for and is judged by the history. */
    record NoBaseline(SeriesKey series) implements Note {}

    /**
     * The series is judged by the history since a newer acceptance, because its baseline has too few runs since then.
     */
    record SupersededBaseline(SeriesKey series) implements Note {}

    /**
     * The only earlier run of the series is in a unit that cannot be converted, and left out: either may be wrong.
     *
     * @param before the unit of that run
     * @param now the unit of these
     */
    record OtherUnitBefore(SeriesKey series, Unit before, Unit now) implements Note {}

    /** The baseline of the series has too few runs to judge against. */
    record ThinBaseline(SeriesKey series) implements Note {}

    /**
     * The baseline of the series was established after the branch left the base branch; the history up to there is the
     * reference.
     */
    record BaselineAfterFork(SeriesKey series) implements Note {}

    /** The base branch has too few runs up to where the branch left it; the series is judged against all of it. */
    record ShortBeforeFork(SeriesKey series) implements Note {}

    /**
     * The history of the series became worse in runs that no check detected and that are not accepted; the runs since
     * are left out of the reference.
     *
     * @param relativeChange from the level before
     * @param since the run with which it began; a check may have called that one
     */
    record UnacceptedLoss(SeriesKey series, double relativeChange, RunInfo since) implements Note {}

    /** The series has too few runs up to the milestone for losses to be added up since then. */
    record ShortBeforeMilestone(SeriesKey series) implements Note {}

    /**
     * The series has a seasonal pattern, which was removed before judging.
     *
     * @param amplitude half the distance between its highest and lowest phase, relative to the level
     */
    record SwingTakenOut(SeriesKey series, Seasonality.Period period, double amplitude) implements Note {}

    /** A possible regression of a young series behind its first runs; new runs are judged against all of them. */
    record Early(EarlyLoss loss) implements Note {}

    /**
     * Runs that no check judged stepped to a worse level.
     *
     * @param step for the worse
     * @param since the first run on the level
     * @param isReference whether what comes now is judged against that level; else it is judged against the one before
     */
    record UnjudgedLoss(SeriesKey series, Step step, RunInfo since, boolean isReference) implements Note {}

    /**
     * A detected regression is over: these runs are back.
     *
     * @param since the first run that it was called of
     * @param runs how many it was called of
     * @param relativeChange of those, from the level before
     * @param back the first of these runs
     * @param value the median of these runs
     */
    record Recovered(
            SeriesKey series, RunInfo since, int runs, double relativeChange, RunInfo back, double value, Unit unit)
            implements Note {}

    /**
     * These runs of another branch are back where the base branch was before a detected regression that it still has.
     *
     * @param series that of the judged branch
     * @param since the first run of the base branch that it was called of
     * @param relativeChange of those runs, from the level before
     * @param base the branch that has it
     * @param value the median of these runs
     */
    record Repaired(SeriesKey series, RunInfo since, double relativeChange, String base, double value, Unit unit)
            implements Note {}

    /** A run right before these was slow as a whole, and these are back: it is no regression. */
    record SlowRun(WithdrawnRuns.SlowRun run) implements Note {}

    /**
     * Earlier runs of the same commit are judged together with these.
     *
     * @param commit shortened
     * @param runs all of them
     * @param elsewhere the other branches for which some of them were measured
     */
    record JudgedTogether(String commit, int runs, List<String> elsewhere) implements Note {
        public JudgedTogether {
            elsewhere = List.copyOf(elsewhere);
        }
    }

    /**
     * Metrics that are measured beside the results, kept and not judged.
     *
     * @param metrics their names, each once, at least one
     */
    record ContextMetrics(List<String> metrics) implements Note {
        public ContextMetrics {
            metrics = List.copyOf(metrics);
        }
    }

    /**
     * A secondary metric that recent runs measured and these did not, of benchmarks that were measured.
     *
     * @param benchmarks the number of them, at least 1
     */
    record NotMeasured(String metric, int benchmarks) implements Note {}

    /**
     * The branch that these runs are compared to lost a benchmark, or a metric of one, before their own branch left it;
     * it does not fail the gate.
     *
     * @param branch which lost it
     * @param commit the first one without it; empty text where it is not known
     */
    record AlreadyMissing(Missing missing, String branch, String commit) implements Note {}

    /** A person accepted that a benchmark, or a metric of one, is measured no longer; it does not fail the gate. */
    record AcceptedMissing(Missing missing, Acceptance acceptance) implements Note {}

    /**
     * A regression was accepted on top of one that is open: the series is judged against the level before both, moved
     * by the size of the accepted one. That level was never measured.
     *
     * @param moved relative
     */
    record AcceptedOnTop(SeriesKey series, double moved) implements Note {}

    /** A person accepted what was found of the series; it does not fail the gate. */
    record AcceptedChange(SeriesKey series) implements Note {}

    /**
     * An acceptance of another commit covers the change of the series, or that it is missing, although git does not
     * have that commit before the judged one.
     *
     * @param from the other commit, and how it comes to this one
     */
    record AcceptedElsewhere(SeriesKey series, Annotations.FromElsewhere from) implements Note {}

    /**
     * A person accepted a change of this size on a branch that exists and is not merged; the change of the series is
     * another one.
     */
    record AcceptedUnmerged(SeriesKey series, Annotations.FromElsewhere from) implements Note {}

    /**
     * The judged branch brings, in a commit of its own, a change that a person accepted on another branch, whose series
     * has taken it: as of a picked commit. It is to be accepted here too.
     *
     * @param finding the id of what was found
     */
    record AcceptedPicked(SeriesKey series, Annotations.FromElsewhere from, String finding) implements Note {
        public AcceptedPicked {
            requireNonNull(finding, "finding");
        }
    }

    /**
     * A person knew of a change of the series that is larger now, so that it counts again.
     *
     * @param relativeChange now
     */
    record OutgrownChange(SeriesKey series, Annotations.Outgrown then, double relativeChange) implements Note {}

    /** A person knows of what was found of the series; it does not fail the gate. */
    record KnownChange(SeriesKey series) implements Note {}
}
