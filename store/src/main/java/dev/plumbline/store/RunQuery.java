package dev.plumbline.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The selected runs. What is empty does not restrict.
 *
 * @param idPrefix how the run's id begins; the whole id finds exactly one run or none
 * @param commitPrefix how the commit's id begins; where there is a commit of exactly this id, that one alone
 * @param environment the environment's key
 * @param branch the branch
 * @param since only runs measured at this time or later
 * @param newest only that many runs, the newest in revision order
 */
public record RunQuery(
        Optional<String> idPrefix,
        Optional<String> commitPrefix,
        Optional<String> environment,
        Optional<String> branch,
        Optional<Instant> since,
        OptionalInt newest) {
    private static final RunQuery ALL = new RunQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty());

    public RunQuery {
        requireNonNull(idPrefix, "idPrefix");
        requireNonNull(commitPrefix, "commitPrefix");
        requireNonNull(environment, "environment");
        requireNonNull(branch, "branch");
        requireNonNull(since, "since");
        if (newest.isPresent() && newest.getAsInt() < 1) {
            throw new IllegalArgumentException("at least one run is asked for, not " + newest.getAsInt());
        }
    }

    /** Every run. */
    public static RunQuery all() {
        return ALL;
    }

    public RunQuery withId(String prefix) {
        return new RunQuery(Optional.of(prefix), commitPrefix, environment, branch, since, newest);
    }

    public RunQuery ofCommit(String prefix) {
        return new RunQuery(idPrefix, Optional.of(prefix), environment, branch, since, newest);
    }

    public RunQuery inEnvironment(String key) {
        return new RunQuery(idPrefix, commitPrefix, Optional.of(key), branch, since, newest);
    }

    public RunQuery onBranch(String name) {
        return new RunQuery(idPrefix, commitPrefix, environment, Optional.of(name), since, newest);
    }

    public RunQuery since(Instant time) {
        return new RunQuery(idPrefix, commitPrefix, environment, branch, Optional.of(time), newest);
    }

    public RunQuery newest(int runs) {
        return new RunQuery(idPrefix, commitPrefix, environment, branch, since, OptionalInt.of(runs));
    }
}
