package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run without its measurements.
 *
 * @param revision the code that was measured
 * @param environment where
 * @param measuredAt the time of measurement, if the result has it
 * @param addedAt when the result was given to Plumbline; used instead of {@code measuredAt} if that is unknown
 * @param context further facts from the tool: its name and version, its settings; for information, never for judging
 */
public record RunHeader(
        Revision revision,
        Environment environment,
        Optional<Instant> measuredAt,
        Instant addedAt,
        SortedMap<String, String> context) {
    /** The prefix of context facts that describe the revision (its message, its author), not the machine. */
    public static final String COMMIT = "commit.";

    public RunHeader {
        requireNonNull(revision, "revision");
        requireNonNull(environment, "environment");
        requireNonNull(measuredAt, "measuredAt");
        requireNonNull(addedAt, "addedAt");
        context = context.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(context));
    }

    /** The best known time of measurement. */
    public Instant time() {
        return measuredAt.orElse(addedAt);
    }

    /**
     * The tool's report about itself, its settings and the machine: the context without the facts that describe the
     * revision. These differ from commit to commit and do not describe the place of measurement.
     */
    public SortedMap<String, String> toolFacts() {
        TreeMap<String, String> facts = new TreeMap<>(context);
        facts.keySet().removeIf(name -> name.startsWith(COMMIT));
        return facts;
    }

    public RunHeader withRevision(Revision other) {
        return new RunHeader(other, environment, measuredAt, addedAt, context);
    }

    public RunHeader withEnvironment(Environment other) {
        return new RunHeader(revision, other, measuredAt, addedAt, context);
    }

    public RunHeader withMeasuredAt(Instant time) {
        return new RunHeader(revision, environment, Optional.of(time), addedAt, context);
    }

    // equals and hashCode are written out because what the compiler makes for records is linked when first called,
    // which
    // takes a cold process long, and these are called for every measurement.
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof RunHeader that
                        && revision.equals(that.revision)
                        && environment.equals(that.environment)
                        && measuredAt.equals(that.measuredAt)
                        && addedAt.equals(that.addedAt)
                        && context.equals(that.context);
    }

    @Override
    public int hashCode() {
        int hash = 31 * revision.hashCode() + environment.hashCode();
        hash = 31 * hash + measuredAt.hashCode();
        return (31 * hash + addedAt.hashCode()) * 31 + context.hashCode();
    }
}
