package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.Flag;
import java.util.List;
import java.util.function.UnaryOperator;

/** A doubt that every reader of a finding should see. */
public sealed interface Warning
        permits HistoryEvidence.Cumulative,
                PairEvidence.Copies,
                Warning.Flagged,
                Warning.SummariesOnly,
                Warning.StatedPercentiles,
                Warning.BrokenPromise,
                Warning.OnOpenLevel,
                Warning.BeyondAccepted,
                Warning.Outvoted,
                Warning.RunsApart,
                Warning.OfSeries,
                Warning.Text {
    /** A flag of a test of two samples. */
    record Flagged(Flag flag) implements Warning {
        public Flagged {
            requireNonNull(flag, "flag");
        }
    }

    /** Only summaries are known, and not the values behind them. */
    record SummariesOnly() implements Warning {}

    /** Percentiles as a tool states them, with no executions behind them. */
    record StatedPercentiles() implements Warning {}

    /**
     * A person recorded that a revision fixes the change, and runs with that revision still show it.
     *
     * @param promise what was recorded
     */
    record BrokenPromise(Annotation.Fixed promise) implements Warning {
        public BrokenPromise {
            requireNonNull(promise, "promise");
        }
    }

    /**
     * The change came on top of one that the branch had before that the runs are held against: it is measured from
     * there.
     *
     * @param open the earlier one
     * @param change of that, relative to the level before it; infinite from zero
     */
    record OnOpenLevel(AlreadyOpen open, double change) implements Warning {
        public OnOpenLevel {
            requireNonNull(open, "open");
        }

        /** The same with other words for the earlier one, and its size where they have one. */
        OnOpenLevel describing(UnaryOperator<AlreadyOpen> other) {
            AlreadyOpen described = other.apply(open);
            return new OnOpenLevel(described, described.change().orElse(change));
        }
    }

    /**
     * The change of the commit was accepted, but later runs of the commit show a clearly larger one.
     *
     * @param accepted the accepted change, relative to the level before it; infinite from zero
     * @param measured the change of the later runs, relative to the same level
     */
    record BeyondAccepted(double accepted, double measured) implements Warning {}

    /**
     * Runs of one commit do not agree, and those that most of them contradict were left out.
     *
     * @param commit shortened; empty text where it is not known
     * @param runs how many there are
     * @param values what those measured that were left out, oldest first; at least 1
     * @param level what the others measured, as one value
     * @param apart how far those lie from the others, relative to these; infinite from zero
     */
    record Outvoted(String commit, int runs, List<Double> values, double level, double apart) implements Warning {
        public Outvoted {
            requireNonNull(commit, "commit");
            values = List.copyOf(values);
        }

        /** The number of runs that were left out. */
        public int leftOut() {
            return values.size();
        }
    }

    /**
     * Runs of one commit do not agree, or lie farther apart than noise explains and by as much as would be critical: no
     * run measured the value between theirs.
     *
     * @param values what each run measured, oldest first; at least 2
     * @param unit of the values
     */
    record RunsApart(List<Double> values, Unit unit) implements Warning {
        public RunsApart {
            values = List.copyOf(values);
            requireNonNull(unit, "unit");
        }
    }

    /** An anomaly found while assembling the points of the series. */
    record OfSeries(SeriesWarning warning) implements Warning {
        public OfSeries {
            requireNonNull(warning, "warning");
        }
    }

    /**
     * A warning from reading the data, or about the finding.
     *
     * @param text the words of the warning
     */
    record Text(String text) implements Warning {
        public Text {
            requireNonNull(text, "text");
        }
    }
}
