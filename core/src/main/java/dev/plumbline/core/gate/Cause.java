package dev.plumbline.core.gate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Missing.Renamed;
import dev.plumbline.core.finding.Reason;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.model.EnvironmentDifference;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The facts that decided a gate. The module {@code report} has a sentence for each kind. */
public sealed interface Cause {
    /** The run measured nothing. */
    record NothingMeasured() implements Cause {}

    /**
     * The run measured context only, which is not judged.
     *
     * @param metrics what it measured; at least one
     */
    record OnlyContext(List<SeriesKey> metrics) implements Cause {
        public OnlyContext {
            metrics = List.copyOf(metrics);
        }
    }

    /** The two sides of a comparison share no benchmark in units that can be compared. */
    record NothingComparable() implements Cause {}

    /**
     * None of the measured series can be compared with its history.
     *
     * @param why of the first series
     * @param environment in which alone that is so; empty where it is so in all
     */
    record Incomparable(Reason why, Optional<String> environment) implements Cause {
        public Incomparable {
            requireNonNull(why, "why");
            requireNonNull(environment, "environment");
        }

        /** In every environment. */
        public Incomparable(Reason why) {
            this(why, Optional.empty());
        }
    }

    /**
     * The base branch has too few runs in the environment of these runs to judge by, and a longer history in another
     * one.
     *
     * @param branch the base branch
     * @param here the environment of these runs
     * @param runs how many earlier ones the base branch has there
     * @param needed at least
     * @param elsewhere the environment with the longer history
     * @param runsElsewhere how many runs that has, at least {@code needed}
     * @param differences between the two; none where they are not known
     */
    record TooYoung(
            String branch,
            String here,
            int runs,
            int needed,
            String elsewhere,
            int runsElsewhere,
            List<EnvironmentDifference> differences)
            implements Cause {
        public TooYoung {
            requireNonNull(branch, "branch");
            requireNonNull(here, "here");
            requireNonNull(elsewhere, "elsewhere");
            differences = List.copyOf(differences);
        }
    }

    /**
     * The run measured nothing: its numbers are those of an earlier run of another commit.
     *
     * @param of that run
     */
    record Copied(RunInfo of) implements Cause {
        public Copied {
            requireNonNull(of, "of");
        }
    }

    /**
     * Some of the runs that are judged together measured nothing: their numbers are those of earlier runs of another
     * commit.
     *
     * @param copies those runs
     * @param of the earlier run of the first of them
     * @param runs how many are judged together
     */
    record CopiedAmong(List<RunInfo> copies, RunInfo of, int runs) implements Cause {
        public CopiedAmong {
            copies = List.copyOf(copies);
            requireNonNull(of, "of");
        }
    }

    /**
     * The base could not be measured, and no history replaces it.
     *
     * @param hasHistory whether there is one, too short or too noisy
     */
    record NothingJudged(boolean hasHistory) implements Cause {}

    /**
     * The run is of a revision inside the recorded history, with too few runs before it to judge against.
     *
     * @param earlier how many runs are before it
     * @param later how many are behind it
     * @param needed at least, before it
     */
    record BeforeHistory(int earlier, int later, int needed) implements Cause {}

    /** Values moved by the factor between two units, and nothing else fails the gate: the unit is to be looked at. */
    record OtherUnit(UnitFactor factor) implements Cause {
        public OtherUnit {
            requireNonNull(factor, "factor");
        }
    }

    /**
     * A subject that could not be measured at all.
     *
     * @param subject as it is called where it is measured
     */
    record NotMeasured(String subject) implements Cause {
        public NotMeasured {
            requireNonNull(subject, "subject");
        }
    }

    /**
     * Something about one series.
     *
     * @param key which one
     * @param fact what it is
     * @param lenience why it does not count, where it would
     */
    record OfSeries(SeriesKey key, Fact fact, Optional<Lenience> lenience) implements Cause {
        public OfSeries {
            requireNonNull(key, "key");
            requireNonNull(fact, "fact");
            requireNonNull(lenience, "lenience");
        }
    }

    /** A sentence of a stored report, in its own words. */
    non-sealed interface Quoted extends Cause {}

    /** A fact about a series that a gate considered. */
    sealed interface Fact {}

    /**
     * A regression.
     *
     * @param change relative; infinite from zero
     * @param critical whether the benchmark is critical
     * @param closesAt the severity at which the gate closes, where it does not by this one
     */
    record Regressed(double change, Severity severity, boolean critical, Optional<Severity> closesAt) implements Fact {
        public Regressed {
            requireNonNull(severity, "severity");
            requireNonNull(closesAt, "closesAt");
        }
    }

    /**
     * A regression in one run, which counts as soon as a second one shows it.
     *
     * @param change relative; infinite from zero
     */
    record RegressedOnce(double change, Severity severity) implements Fact {
        public RegressedOnce {
            requireNonNull(severity, "severity");
        }
    }

    /**
     * A value beyond a fixed limit.
     *
     * @param change relative to the mean of the earlier runs
     */
    record BeyondFixed(double change, FixedRule rule) implements Fact {
        public BeyondFixed {
            requireNonNull(rule, "rule");
        }
    }

    /**
     * Earlier runs measured it and this one did not.
     *
     * @param isBenchmark whether nothing of the benchmark was measured, not this metric alone
     * @param renamed what the benchmark seems to be called now
     * @param unit what was measured in the place of a metric: one in another unit
     * @param together how many benchmarks it holds for alike: have lost the same metric, or look renamed alike
     */
    record Missing(
            boolean isBenchmark,
            Optional<Renamed> renamed,
            Optional<dev.plumbline.core.finding.Missing.OtherUnit> unit,
            int together)
            implements Fact {
        public Missing {
            requireNonNull(renamed, "renamed");
            requireNonNull(unit, "unit");
        }

        /** A missing one that was not measured in another unit either. */
        public Missing(boolean isBenchmark, Optional<Renamed> renamed, int together) {
            this(isBenchmark, renamed, Optional.empty(), together);
        }
    }

    /**
     * A result too good to be true.
     *
     * @param times the limit: results more times better than this are too good
     */
    record TooGood(double times) implements Fact {}

    /**
     * A possible regression.
     *
     * @param change relative; empty where none is known
     * @param speed whether the series measures how fast something is
     * @param remedy what settles it
     */
    record Suspected(OptionalDouble change, boolean speed, Remedy remedy) implements Fact {
        public Suspected {
            requireNonNull(change, "change");
            requireNonNull(remedy, "remedy");
        }
    }

    /** An inconclusive finding. */
    record Undecided(Reason why) implements Fact {
        public Undecided {
            requireNonNull(why, "why");
        }
    }

    /**
     * A value beyond an absolute limit.
     *
     * @param value in the unit of the budget
     */
    record OverBudget(Budget budget, double value) implements Fact {
        public OverBudget {
            requireNonNull(budget, "budget");
        }
    }

    /** The reason why a finding that would fail the gate does not. */
    sealed interface Lenience {}

    /** The benchmark is advisory. */
    record Advisory() implements Lenience {}

    /** A rule or an option mutes the benchmark. */
    record Muted() implements Lenience {}

    /** The metric is secondary. */
    record Secondary() implements Lenience {}

    /**
     * The sides of a comparison were measured in different environments: the code may have no part in it.
     *
     * @param there the key of the base's environment
     * @param here that of the candidate's
     * @param differences between the two; none where they are not known
     */
    record OtherSide(String there, String here, List<EnvironmentDifference> differences) implements Lenience {
        public OtherSide {
            requireNonNull(there, "there");
            requireNonNull(here, "here");
            differences = List.copyOf(differences);
        }
    }

    /** It is unknown whether the branch ever had the missing benchmark. */
    record UnknownFork() implements Lenience {}

    /**
     * The benchmark is new.
     *
     * @param runs that it has
     * @param of the number of runs of its grace
     */
    record Grace(int runs, int of) implements Lenience {}

    /** The ways to confirm a suspect. */
    enum Remedy {
        /** Another run of the revision, for a run that is judged against a history. */
        RUN_AGAIN,
        /** Both sides of a comparison once more. */
        MEASURE_BOTH_AGAIN,
        /** More pairs than were taken. */
        MEASURE_LONGER
    }
}
