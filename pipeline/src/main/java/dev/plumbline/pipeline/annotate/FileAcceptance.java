package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.workspace.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Acceptances in a file of the repository, reviewed like code, that reach the history with the next check.
 *
 * @param all what was written, one for each metric; at least one
 * @param file its path below the root of the repository
 * @param rest ids of findings that show the same change in other metrics of the benchmark
 * @param doubt why it may never apply
 */
public record FileAcceptance(List<Acceptance> all, String file, List<String> rest, Optional<String> doubt) {
    public FileAcceptance {
        all = List.copyOf(all);
        requireNonNull(file, "file");
        rest = List.copyOf(rest);
        requireNonNull(doubt, "doubt");
    }

    /** Of the metric that was named. */
    public Acceptance acceptance() {
        return all.get(0);
    }

    /**
     * The acceptance that something is measured no longer.
     *
     * @param commit the judged one, from which it holds where no earlier one is known to lack it
     * @throws WrongRequest if it ends before it begins
     */
    static Acceptance ofMissing(
            Missing one,
            Acceptance.Scope scope,
            String commit,
            Author author,
            Workspace workspace,
            Optional<Instant> until)
            throws WrongRequest {
        return of(
                workspace,
                author,
                one.key().benchmark(),
                one.isBenchmark() || scope == Acceptance.Scope.BENCHMARK
                        ? Optional.empty()
                        : Optional.of(one.key().metric()),
                scope == Acceptance.Scope.ENV ? Optional.of(one.key().environment()) : Optional.empty(),
                one.since().isEmpty() ? commit : one.since(),
                Acceptance.MISSING,
                until);
    }

    /** @throws WrongRequest for a scope of several metrics: what is better of one is no better of another */
    static void checkImprovement(Acceptance.Scope scope) throws WrongRequest {
        if (scope == Acceptance.Scope.BENCHMARK) {
            throw new WrongRequest("an improvement is accepted for one metric at a time: use --scope metric or env");
        }
    }

    /**
     * The acceptance of a change.
     *
     * @throws WrongRequest if it ends before it begins, or is no change
     */
    static Acceptance of(
            Workspace workspace,
            Author author,
            Benchmark benchmark,
            Optional<String> metric,
            Optional<String> environment,
            String since,
            double change,
            Optional<Instant> until)
            throws WrongRequest {
        try {
            return Acceptance.of(
                    Optional.empty(),
                    benchmark,
                    metric,
                    environment,
                    since,
                    change,
                    author.reason(),
                    author.name(),
                    workspace.clock().instant(),
                    until);
        } catch (IllegalArgumentException e) {
            throw new WrongRequest(e.getMessage(), e);
        }
    }
}
