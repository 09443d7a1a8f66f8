package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.EnvironmentDifference;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.suite.ShiftEvidence;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Evidence about new runs from the history of a series. */
public sealed interface HistoryEvidence extends Evidence {
    /**
     * The series has a history in other environments only.
     *
     * @param here the environment of the new runs
     * @param elsewhere those of the history, at least one
     * @param differences between here and the first one of those; none where they are not known
     */
    record OtherEnvironment(String here, List<String> elsewhere, List<EnvironmentDifference> differences)
            implements HistoryEvidence, Reason {
        public OtherEnvironment {
            requireNonNull(here, "here");
            elsewhere = List.copyOf(elsewhere);
            differences = List.copyOf(differences);
        }

        /** One of environments that are known by name only. */
        public OtherEnvironment(String here, List<String> elsewhere) {
            this(here, elsewhere, List.of());
        }
    }

    /**
     * The history has too few runs to judge against.
     *
     * @param runs how many it has
     * @param needed at least
     * @param judged how many runs of one revision are in question, at least 1
     */
    record TooFewRuns(int runs, int needed, int judged) implements HistoryEvidence, Reason {
        /** One run is in question. */
        public TooFewRuns(int runs, int needed) {
            this(runs, needed, 1);
        }
    }

    /**
     * The facts of the history before the new runs.
     *
     * @param runs in the history, without those left out
     * @param leftOut how many runs are left out because they were judged regressions
     * @param currentRuns the newest of the runs, those on the current level
     * @param quietRuns the newest of the runs, those with much less noise than the ones before; empty where all are
     *     alike
     * @param level the current one
     * @param noise standard deviation from run to run, relative to the level; infinite around a level of zero
     * @param autocorrelation of neighbouring runs
     * @param constant whether all runs have the same value
     * @param together how many runs show the change that was found, the new ones among them: at least 1
     */
    record History(
            int runs,
            int leftOut,
            int currentRuns,
            OptionalInt quietRuns,
            double level,
            double noise,
            double autocorrelation,
            boolean constant,
            int together)
            implements HistoryEvidence {
        public History {
            requireNonNull(quietRuns, "quietRuns");
        }

        /** Whether nothing but one run shows the change. */
        public boolean isOfOneRun() {
            return together == 1;
        }
    }

    /**
     * The change that the new runs share across all series of the suite, which is removed.
     *
     * @param shared the relative change that all have in common
     */
    record CommonMode(double shared) implements HistoryEvidence {}

    /**
     * The significance of a change among all series that are judged together.
     *
     * @param change the relative change; empty where the level before is zero
     * @param probability that a healthy run of the suite shows as much anywhere
     * @param limit up to this probability the change is certain
     * @param suiteSize how many series are judged together
     * @param runs how many runs show the change
     * @param constant whether the history never moved, so that the suite is no evidence about it
     * @param evidence the natural logarithm of the ratio of likelihoods; empty where the suite was not asked
     * @param noise standard deviation of a ratio to the level, where one is known
     */
    record Suite(
            OptionalDouble change,
            double probability,
            double limit,
            int suiteSize,
            int runs,
            boolean constant,
            OptionalDouble evidence,
            OptionalDouble noise)
            implements HistoryEvidence {
        public Suite {
            requireNonNull(change, "change");
            requireNonNull(evidence, "evidence");
            requireNonNull(noise, "noise");
        }

        /** Whether as much evidence occurs in no more healthy runs than are allowed. */
        public boolean isCertain() {
            return probability <= limit;
        }

        /** Whether a change explains the runs too little better than noise for a call, however rare that is. */
        public boolean isWeak() {
            return evidence.orElse(ShiftEvidence.LEAST) < ShiftEvidence.LEAST;
        }
    }

    /**
     * All series of the suite moved together, and this one with them.
     *
     * @param shift of all of them, as the natural logarithm of a ratio; above zero for the worse
     * @param probability that a healthy run of the suite shows as much
     */
    record WholeSuite(double shift, double probability) implements HistoryEvidence {}

    /**
     * A regression that was detected before and is not accepted lasts.
     *
     * @param runs earlier ones on its level, at least 1
     */
    record Standing(int runs) implements HistoryEvidence {}

    /**
     * Earlier commits of the same branch show the change of its newest runs, which are judged against another branch.
     *
     * @param branch of the runs
     * @param first the commit with which the change began
     * @param commits how many earlier ones show it without a gap, at least 1
     */
    record EarlierOnBranch(String branch, String first, int commits) implements HistoryEvidence {}

    /**
     * A certain change that is smaller than the smallest one that matters.
     *
     * @param change after - before
     * @param floor the smallest absolute change that matters
     */
    record BelowFloor(double change, double floor) implements HistoryEvidence {}

    /**
     * A relevant change that is nearly certain: another run decides.
     *
     * @param worse whether it is one for the worse
     * @param probability that a healthy run of the suite shows as much anywhere
     * @param limit up to this probability it would be certain
     * @param suspectLimit up to this one it is a suspect
     */
    record Suspect(boolean worse, double probability, double limit, double suspectLimit)
            implements HistoryEvidence, Reason {}

    /**
     * A certain change of runs whose processes lie so much farther apart than usual that they may explain it: another
     * run decides.
     *
     * @param worse whether it is one for the worse
     * @param deviation the standard deviation of these processes, relative to the value
     * @param usual the same in earlier runs
     */
    record ForksApart(boolean worse, double deviation, double usual) implements HistoryEvidence, Reason {}

    /**
     * A share of trials, such as the failed requests of a load test, beside that of earlier runs: by chance alone, and
     * by how much more these differed.
     *
     * @param hits in the new runs
     * @param trials in the new runs, at least 1
     * @param before the share of the earlier runs, from 0 to 1
     * @param known the trials of the earlier runs, at least 1
     * @param dispersion the variance of the earlier shares over that of chance, at least 1
     * @param probability that a healthy run shows a share as far off, without a correction for other series
     */
    record Share(double hits, double trials, double before, double known, double dispersion, double probability)
            implements HistoryEvidence {}

    /**
     * Runs of one commit disagree: some alone would be reported as a regression, or an improvement, and at least as
     * many would not; or the two that there are lie farther apart than noise explains.
     *
     * @param worse whether it is a regression that some show, or may show
     * @param commit shortened; empty text where it is not known
     * @param values what each run measured, oldest first; at least 2
     * @param unit of the values
     * @param showing how many of them show the change; 0 where none does by itself
     * @param apart how far the former lie from the others, relative to these; where none shows the change, the higher
     *     one from the lower one; infinite from zero
     */
    record Disagreement(boolean worse, String commit, List<Double> values, Unit unit, int showing, double apart)
            implements HistoryEvidence, Reason {
        public Disagreement {
            requireNonNull(commit, "commit");
            values = List.copyOf(values);
            requireNonNull(unit, "unit");
        }

        /** The number of runs. */
        public int runs() {
            return values.size();
        }
    }

    /**
     * A relevant change that healthy runs show too often.
     *
     * @param probability that a healthy run of the suite shows as much anywhere
     * @param limit up to this probability it would be certain
     */
    record Doubt(double probability, double limit) implements HistoryEvidence, Reason {}

    /**
     * The interval of the change lies inside the margin.
     *
     * @param interval of the relative change, from two one-sided tests of 5 %
     * @param margin the smallest relative change that matters
     */
    record Equivalence(Interval interval, double margin) implements HistoryEvidence {
        public Equivalence {
            requireNonNull(interval, "interval");
        }
    }

    /**
     * The interval of the change reaches beyond the margin, and the change itself is not certain or not relevant.
     *
     * @param certain whether there is a change, however large
     * @param worse whether what is seen is one for the worse
     * @param interval of the relative change, from two one-sided tests of 5 %
     * @param noise standard deviation from run to run, relative to the level; empty around a level of zero
     * @param margin the smallest relative change that matters
     * @param tellable whether some number of further runs of the revision would decide
     */
    record Hidden(
            boolean certain, boolean worse, Interval interval, OptionalDouble noise, double margin, boolean tellable)
            implements HistoryEvidence, Reason {
        public Hidden {
            requireNonNull(interval, "interval");
            requireNonNull(noise, "noise");
        }
    }

    /**
     * The change that runs of a revision detect with 99 % probability, and the number of runs that detects a major
     * change.
     *
     * @param detectable the smallest relative change for the worse; empty when no size is known to be found
     * @param runs how many runs of one revision find it
     * @param asked the size at which major changes begin
     * @param needed the number of runs of a revision that detect it; empty when {@code mostRuns} do not, and where no
     *     more are needed
     * @param mostRuns the largest number of runs of one revision that is considered
     * @param margin the smallest relative change that matters
     */
    record Sensitivity(
            OptionalDouble detectable, int runs, double asked, OptionalInt needed, int mostRuns, double margin)
            implements HistoryEvidence {
        public Sensitivity {
            requireNonNull(detectable, "detectable");
            requireNonNull(needed, "needed");
        }

        /** Whether a major change is found. */
        public boolean isEnough() {
            return detectable.orElse(Double.POSITIVE_INFINITY) <= asked;
        }
    }

    /**
     * A step for the worse, one of those that add up.
     *
     * @param revision the first one after it
     * @param change relative to the level before it
     */
    record Loss(Revision revision, double change) implements HistoryEvidence {
        public Loss {
            requireNonNull(revision, "revision");
        }
    }

    /**
     * Losses that were each too small to be detected have added up to a regression.
     *
     * @param reference since when, as people name it: {@code v1.2}
     * @param change from the level at the reference to that of the newest runs
     * @param runsBefore up to the reference
     * @param runsSince after it
     * @param runsNow the newest of these, which were judged
     * @param losses the steps that made it, oldest first; none where there is no single one
     */
    record Cumulative(String reference, double change, int runsBefore, int runsSince, int runsNow, List<Loss> losses)
            implements HistoryEvidence, Warning {
        public Cumulative {
            requireNonNull(reference, "reference");
            losses = List.copyOf(losses);
        }
    }
}
