package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Roles;
import dev.plumbline.report.Report;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Judges stored runs once more and gives the findings of some benchmarks, with all their reasons. */
public final class ExplainFindings {
    private final Workspace workspace;
    private final Policies policies;
    private final Optional<String> baseBranch;
    private final Optional<String> baseline;

    /**
     * @param baseBranch as in {@link CheckResults}
     * @param baseline as in {@link CheckResults}
     */
    public ExplainFindings(
            Workspace workspace, Policies policies, Optional<String> baseBranch, Optional<String> baseline) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
        this.baseBranch = requireNonNull(baseBranch, "baseBranch");
        this.baseline = requireNonNull(baseline, "baseline");
    }

    /**
     * What was explained.
     *
     * @param runs what was judged: one revision; empty when no run has such a benchmark
     * @param findings those of the benchmarks
     * @param roles of all metrics of the benchmarks that the runs measured, by their keys and in their order
     */
    public record Explained(List<RunInfo> runs, List<Finding> findings, Map<SeriesKey, Roles.Decision> roles) {
        public Explained {
            runs = List.copyOf(runs);
            findings = List.copyOf(findings);
            roles = Collections.unmodifiableMap(new TreeMap<>(roles));
        }
    }

    /**
     * Explains.
     *
     * @param pattern which benchmarks
     * @param named the beginning of a run's id or of a commit's; when it is not given, the revision that was recorded
     *     last and has such a benchmark, or where the pattern is a finding's id, one that shows the finding
     * @return their findings, the worst first, judged together with the whole suite, as in a check
     * @throws NoSuchFileException if no run has this name
     * @throws NothingFound if the history has no such benchmark
     */
    public Explained explain(BenchmarkPattern pattern, Optional<String> named) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            return explain(pattern, named, store);
        }
    }

    /** The same with an open history. */
    Explained explain(BenchmarkPattern pattern, Optional<String> named, RunStore store) throws IOException {
        MeantBenchmarks.check(SeriesQuery.all().ofBenchmark(pattern), store);
        MeantRuns meant = new MeantRuns(store);
        if (named.isEmpty()) {
            for (List<RunInfo> runs : meant.ofFinding(pattern)) {
                Explained explained = explain(pattern, runs, store);
                if (explained.findings().stream().anyMatch(finding -> finding.isCalled(pattern.text()))) {
                    return explained;
                }
            }
        }
        List<RunInfo> runs = named.map(meant::named).orElseGet(() -> meant.recordedLastWith(pattern));
        if (runs.isEmpty()) {
            if (named.isPresent()) {
                throw new NoSuchFileException(
                        named.get(),
                        null,
                        "is neither a run nor a commit in the history" + MeantRuns.hint(named.get(), store));
            }
            return new Explained(List.of(), List.of(), Map.of());
        }
        return explain(pattern, runs, store);
    }

    private Explained explain(BenchmarkPattern pattern, List<RunInfo> runs, RunStore store) throws IOException {
        // a finding speaks of the branch that the runs are held against, an id perhaps of their own
        List<SeriesKey> meant = store.keys(SeriesQuery.all().ofBenchmark(pattern));
        return new Explained(
                runs,
                Snapshots.of(workspace, store, baseBranch, baseline).judge(runs, policies).findings().stream()
                        .filter(finding -> isAny(meant, finding.key()))
                        .sorted(Report.WORST_FIRST)
                        .toList(),
                roles(runs, meant, store));
    }

    private static boolean isAny(List<SeriesKey> meant, SeriesKey key) {
        return meant.stream().anyMatch(key::isSameOnAnyBranch);
    }

    /** Told of the findings' keys, which speak of the branch that the runs are held against. */
    private Map<SeriesKey, Roles.Decision> roles(List<RunInfo> runs, List<SeriesKey> meant, RunStore store) {
        Map<String, List<SeriesKey>> measured =
                store.keysOf(runs.stream().map(RunInfo::id).toList());
        return policies.roles()
                .among(measured.values().stream()
                        .flatMap(List::stream)
                        .filter(key -> isAny(meant, key))
                        .distinct()
                        .toList());
    }
}
