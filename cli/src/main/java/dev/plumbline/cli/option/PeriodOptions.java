package dev.plumbline.cli.option;

import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.SeriesQuery;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The selected series, and their period. */
public final class PeriodOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--days", paramLabel = "N", description = "Only the last N days. Default: the whole history")
    private Integer days;

    @Option(
            names = "--benchmark",
            paramLabel = "PATTERN",
            description = "Only benchmarks whose name contains this text or matches this pattern with * and ?.")
    private String benchmark;

    @Option(names = "--metric", paramLabel = "NAME", description = "Only this metric.")
    private String metric;

    @Option(names = "--environment", paramLabel = "NAME", description = "Only this environment.")
    private String environment;

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            description = "Only this branch. Default: the branch that is checked out where it has runs, else the base"
                    + " branch.")
    private String branch;

    /** Whether anything was narrowed. */
    public boolean isGiven() {
        return isNarrowed() || branch != null;
    }

    /** Whether anything but the branch was narrowed. */
    public boolean isNarrowed() {
        return days != null || benchmark != null || metric != null || environment != null;
    }

    public Optional<String> branch() {
        return Optional.ofNullable(branch);
    }

    public Optional<String> environment() {
        return Optional.ofNullable(environment);
    }

    public OptionalInt days(OptionalInt otherwise) {
        if (days == null) {
            return otherwise;
        }
        if (days < 1 || days > 36_500) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--days must be 1 to 36500, not " + days);
        }
        return OptionalInt.of(days);
    }

    public SeriesQuery query() {
        SeriesQuery query = SeriesQuery.all();
        if (benchmark != null) {
            query = query.ofBenchmark(new BenchmarkPattern(benchmark));
        }
        if (metric != null) {
            query = query.ofMetric(metric);
        }
        if (environment != null) {
            query = query.inEnvironment(environment);
        }
        return branch == null ? query : query.onBranch(branch);
    }
}
