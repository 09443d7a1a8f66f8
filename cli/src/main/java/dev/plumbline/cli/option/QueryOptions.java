package dev.plumbline.cli.option;

import dev.plumbline.pipeline.repository.RevisionRange;
import dev.plumbline.store.SeriesQuery;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The selected series, and their selected points. */
public final class QueryOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--metric", paramLabel = "NAME", description = "Only this metric.")
    private String metric;

    @Option(names = "--environment", paramLabel = "NAME", description = "Only this environment.")
    private String environment;

    @Option(names = "--branch", paramLabel = "NAME", description = "Only this branch.")
    private String branch;

    @Option(names = "--days", paramLabel = "N", description = "Only runs of the last N days.")
    private Integer days;

    @Option(names = "--runs", paramLabel = "N", description = "Only the newest N runs of each series.")
    private Integer runs;

    @Option(
            names = "--from",
            paramLabel = "COMMIT",
            defaultValue = "",
            description = "Only from this commit on; its first characters are enough. plumb history also takes a tag"
                    + " or a branch.")
    private String from;

    @Option(names = "--to", paramLabel = "COMMIT", defaultValue = "", description = "Only up to this commit.")
    private String to;

    public RevisionRange revisions() {
        return new RevisionRange(from, to);
    }

    public SeriesQuery query(Instant now) {
        SeriesQuery query = SeriesQuery.all();
        if (metric != null) {
            query = query.ofMetric(metric);
        }
        if (environment != null) {
            query = query.inEnvironment(environment);
        }
        if (branch != null) {
            query = query.onBranch(branch);
        }
        if (days != null) {
            if (days < 0) {
                throw wrongUse("--days takes a number of 0 or more, not " + days);
            }
            query = query.since(now.minus(Duration.ofDays(days)));
        }
        if (runs != null) {
            if (runs < 1) {
                throw wrongUse("--runs takes a number of 1 or more, not " + runs);
            }
            query = query.newest(runs);
        }
        return query;
    }

    private CommandLine.ParameterException wrongUse(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
