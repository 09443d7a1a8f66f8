package dev.plumbline.core.incident;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import java.util.Comparator;
import java.util.List;

/** A clue to the cause of an incident: to its kind, or to one commit. */
public sealed interface Clue {
    /** It lies between two runs of the same revision. */
    record SameRevision() implements Clue {}

    /** In most of its series a fact of the machine changed with it. */
    record FactChanged(SteadyFacts.Change change, String environment) implements Clue {
        public FactChanged {
            requireNonNull(change, "change");
            requireNonNull(environment, "environment");
        }
    }

    /**
     * In less than half of its series a fact of the machine changed with it.
     *
     * @param series how many series show it
     * @param of how many there are
     */
    record FactChangedInPart(SteadyFacts.Change change, int series, int of) implements Clue {
        public FactChangedInPart {
            requireNonNull(change, "change");
        }
    }

    /**
     * Other environments measured the same revisions and show nothing of it.
     *
     * @param environments those that show nothing, in order
     * @param still how many of their series did not move
     * @param compared how many could be compared
     */
    record StillElsewhere(List<String> environments, int still, int compared) implements Clue {
        public StillElsewhere {
            environments = List.copyOf(environments);
        }
    }

    /** More than half of the series of an environment moved together. */
    record MovedTogether(String environment, long moved, long measured) implements Clue {
        public MovedTogether {
            requireNonNull(environment, "environment");
        }
    }

    /** One benchmark lost as much as its neighbours gained. */
    record CostMoved(Benchmark loser) implements Clue {
        public CostMoved {
            requireNonNull(loser, "loser");
        }
    }

    /** All of its changes are odd runs, in which much of a suite was off at once. */
    record OddRunsOnly(List<OddOne> runs) implements Clue {
        public OddRunsOnly {
            runs = List.copyOf(runs);
        }

        /**
         * An odd run.
         *
         * @param commit shortened
         */
        public record OddOne(String commit, String environment) {
            static final Comparator<OddOne> ORDER =
                    Comparator.comparing(OddOne::commit).thenComparing(OddOne::environment);

            public OddOne {
                requireNonNull(commit, "commit");
                requireNonNull(environment, "environment");
            }
        }
    }

    /** It came little by little over a number of runs. */
    record Gradual(int runs) implements Clue {}

    /**
     * The probability that it began with a revision, from the values alone.
     *
     * @param here how many of its series changed most probably there
     * @param series how many it has
     * @param probability 0 to 1, of all commits of that revision together
     * @param commits how many the run of that revision brought, which no run separates; at least 1
     */
    record BeganHere(long here, int series, double probability, int commits) implements Clue {}

    /** A commit touches a file that makes it more suspicious. */
    record Touched(Role role, String file) implements Clue {
        public Touched {
            requireNonNull(role, "role");
            requireNonNull(file, "file");
        }
    }

    /**
     * A commit's message names the benchmark.
     *
     * @param name the part of the benchmark's name that is in it
     */
    record NamedInMessage(String name) implements Clue {
        public NamedInMessage {
            requireNonNull(name, "name");
        }
    }

    /** Ranked before commits that are at least as likely from the values alone, because it names the benchmark. */
    record RankedByName() implements Clue {}

    /**
     * It came to the branch with a merge.
     *
     * @param merge the id of the merge
     */
    record MergedWith(String merge) implements Clue {
        public MergedWith {
            requireNonNull(merge, "merge");
        }
    }

    /** A commit touches only files that hardly move a benchmark. */
    record TouchedOnly(Harmless what) implements Clue {
        public TouchedOnly {
            requireNonNull(what, "what");
        }
    }

    /** The relations of a file to a benchmark. */
    enum Role {
        /** The source of the benchmark. */
        BENCHMARK,
        /** The benchmark bears its name. */
        NAMESAKE,
        /** It lies in a folder that bears the benchmark's name. */
        FOLDER,
        /** It lies in the benchmark's package. */
        PACKAGE,
        /** It has the version of the JDK, the compiler or the image. */
        TOOLCHAIN,
        /** It belongs to the build, or lists the dependencies. */
        BUILD
    }

    /** Files that hardly move a benchmark. */
    enum Harmless {
        /** Documents. */
        DOCUMENTS,
        /** Tests. */
        TESTS
    }
}
