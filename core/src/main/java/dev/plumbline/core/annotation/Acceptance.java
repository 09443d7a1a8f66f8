package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Digest;
import dev.plumbline.core.model.SeriesKey;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A person's statement that a change for the worse is intended, or that something is measured no longer.
 *
 * @param id short: letters, digits, dashes and underscores
 * @param benchmark which benchmark
 * @param metric which metric; empty for every one
 * @param environment in which environment; empty for every one
 * @param since the revision with which the change came; empty text when it is unknown yet, as in a pull request whose
 *     commits are squashed
 * @param change how large the change is, in relation to the level before (0.12 is 12 % more); a later finding that is
 *     not worse is covered as well, once; {@link #MISSING} where nothing is measured any more
 * @param reason why it is fine; never blank
 * @param by who accepted it
 * @param at since when
 * @param until when it ends; empty when it does not
 */
public record Acceptance(
        String id,
        Benchmark benchmark,
        Optional<String> metric,
        Optional<String> environment,
        String since,
        double change,
        String reason,
        String by,
        Instant at,
        Optional<Instant> until) {
    /** The change of what is measured no longer: none, for it has no level. */
    public static final double MISSING = 0;

    private static final int MAX_REASON = 4096;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /**
     * The fewest characters of an abbreviated commit id that an acceptance may name; a whole id may be as short as it
     * is.
     */
    private static final int LEAST_COMMIT = 4;

    public Acceptance {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "the id of an acceptance has 1 to 64 letters, digits, dashes and underscores");
        }
        requireNonNull(benchmark, "benchmark");
        requireNonNull(metric, "metric");
        requireNonNull(environment, "environment");
        requireNonNull(since, "since");
        requireNonNull(reason, "reason");
        requireNonNull(by, "by");
        requireNonNull(at, "at");
        requireNonNull(until, "until");
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("an acceptance has a reason of 1 to " + MAX_REASON + " characters");
        }
        if (Double.isNaN(change)) {
            throw new IllegalArgumentException("an accepted change is not " + change);
        }
        until.ifPresent(end -> {
            if (!end.isAfter(at)) {
                throw new IllegalArgumentException("it ends at " + end + ", not after it begins at " + at);
            }
        });
    }

    /** The changes that an acceptance covers. */
    public enum Scope {
        /** Every metric of the benchmark, in every environment. */
        BENCHMARK,
        /** One metric of the benchmark, in every environment. */
        METRIC,
        /** One metric of the benchmark in one environment. */
        ENV
    }

    /** An acceptance of a change in a series. */
    public static Acceptance of(
            SeriesKey key,
            Scope scope,
            String since,
            double change,
            String reason,
            String by,
            Instant at,
            Optional<Instant> until) {
        Optional<String> metric = scope == Scope.BENCHMARK ? Optional.empty() : Optional.of(key.metric());
        Optional<String> environment = scope == Scope.ENV ? Optional.of(key.environment()) : Optional.empty();
        return of(Optional.empty(), key.benchmark(), metric, environment, since, change, reason, by, at, until);
    }

    /**
     * An acceptance as a file has it.
     *
     * @param id made from the content when empty
     */
    public static Acceptance of(
            Optional<String> id,
            Benchmark benchmark,
            Optional<String> metric,
            Optional<String> environment,
            String since,
            double change,
            String reason,
            String by,
            Instant at,
            Optional<Instant> until) {
        return new Acceptance(
                id.orElseGet(() -> id(benchmark, metric, environment, since, reason, by, at)),
                benchmark,
                metric,
                environment,
                since,
                change,
                reason,
                by,
                at,
                until);
    }

    /** Whether it accepts that something is no longer measured, and not a change. */
    public boolean isOfMissing() {
        return change == MISSING;
    }

    private static String id(
            Benchmark benchmark,
            Optional<String> metric,
            Optional<String> environment,
            String since,
            String reason,
            String by,
            Instant at) {
        Digest digest = new Digest()
                .text(benchmark.name())
                .integer(benchmark.parameters().size());
        benchmark.parameters().forEach((name, value) -> digest.text(name).text(value));
        digest.text(metric.orElse("")).text(environment.orElse(""));
        digest.text(since).text(reason).text(by).integer(at.getEpochSecond());
        return "a" + digest.hex(4);
    }

    public Scope scope() {
        if (metric.isEmpty()) {
            return Scope.BENCHMARK;
        }
        return environment.isEmpty() ? Scope.METRIC : Scope.ENV;
    }

    /** Whether it covers the series, on whatever branch. */
    public boolean speaksOf(SeriesKey key) {
        return benchmark.equals(key.benchmark())
                && metric.map(key.metric()::equals).orElse(true)
                && environment.map(key.environment()::equals).orElse(true);
    }

    /** Whether it holds at this time. */
    public boolean holdsAt(Instant time) {
        return until.map(time::isBefore).orElse(true);
    }

    /** Whether the change came with this revision. */
    public boolean isSince(String commit) {
        if (since.length() < LEAST_COMMIT || commit.length() < LEAST_COMMIT) {
            return !since.isEmpty() && since.equals(commit);
        }
        return commit.startsWith(since) || since.startsWith(commit);
    }

    /**
     * Whether a change of this size is the accepted one, or a smaller one in its direction.
     *
     * @param relativeChange for the worse
     * @param tolerance what noise may add
     */
    public boolean reaches(double relativeChange, double tolerance) {
        return Math.signum(relativeChange) == Math.signum(change)
                && Math.abs(relativeChange) <= Math.abs(change) + tolerance;
    }

    /** The annotation of the changes that it covers. */
    public Annotation.Accepted annotation() {
        return new Annotation.Accepted(new Annotation.Origin(id, by, at, reason), until);
    }
}
