package dev.plumbline.pipeline.check;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.history.EarlyLoss;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Roles;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.snapshot.SeriesSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.CommitAuthors;
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

/** Judges stored runs again and returns the findings of some benchmarks, with all their reasons. */
public final class ExplainFindings {
    private final Workspace workspace;
    private final StoredFindings findings;

    /**
     * @param baseBranch as in {@link CheckResults.Options}
     * @param baseline as in {@link CheckResults.Options}
     * @param gatePolicy of the gate that weighs them
     * @param branch whose runs alone are looked at; every one when empty
     */
    public ExplainFindings(
            Workspace workspace,
            Policies policies,
            Optional<String> baseBranch,
            Optional<String> baseline,
            GatePolicy gatePolicy,
            Optional<String> branch) {
        this.workspace = requireNonNull(workspace, "workspace");
        findings = new StoredFindings(workspace, policies, baseBranch, baseline, Optional.of(gatePolicy), branch);
    }

    /**
     * The explained findings.
     *
     * @param runs what was judged: one revision; empty when no run has such a benchmark
     * @param findings those of the benchmarks
     * @param missing those of the benchmarks, and of their metrics, that the runs should have measured
     * @param gate everything that a gate weighed of the whole run; nothing where none was asked
     * @param early what their series may have lost behind their first runs
     * @param roles of all metrics of the benchmarks that the runs measured, by their keys and in their order
     * @param ended sentences about regressions of the benchmarks, here or on the base branch, that the runs end
     * @param authors of the commits with which the findings began
     */
    public record Explained(
            List<RunInfo> runs,
            List<Finding> findings,
            List<Missing> missing,
            List<GateReason> gate,
            List<EarlyLoss> early,
            Map<SeriesKey, Roles.Decision> roles,
            List<String> ended,
            CommitAuthors authors) {
        public Explained {
            requireNonNull(authors, "authors");
            runs = List.copyOf(runs);
            findings = List.copyOf(findings);
            missing = List.copyOf(missing);
            gate = List.copyOf(gate);
            early = List.copyOf(early);
            ended = List.copyOf(ended);
            roles = Collections.unmodifiableMap(new TreeMap<>(roles));
        }

        /** The possible loss of a series behind its first runs. */
        public Optional<EarlyLoss> early(SeriesKey key) {
            return early.stream()
                    .filter(loss -> loss.key().isSameOnAnyBranch(key))
                    .findFirst();
        }

        /** The gate's reason against a series; worst first. */
        public Optional<GateReason> gate(SeriesKey key) {
            String id = gate.isEmpty() ? "" : key.id();
            return gate.stream().filter(reason -> reason.series().equals(id)).findFirst();
        }
    }

    /**
     * Explains.
     *
     * @param pattern which benchmarks
     * @param metric one that the benchmarks must have; empty for no such check
     * @param named the beginning of a run's id or of a commit's; when it is not given, the revision that was recorded
     *     last and has such a benchmark, or should have it, or where the pattern is a finding's id, one that shows the
     *     finding
     * @return their findings, the worst first, judged together with the whole suite, as in a check
     * @throws NoSuchFileException if no run has this name
     * @throws NothingFound if the history has no such benchmark, none of it with this metric, or no
     *     run of the branch that is wanted
     */
    public Explained explain(BenchmarkPattern pattern, Optional<String> metric, Optional<String> named)
            throws IOException {
        try (RunStore store = workspace.openExisting()) {
            Explained explained = findings.explain(pattern, named, store);
            if (metric.isPresent()) {
                checkMetric(pattern, metric.get(), store);
            }
            return explained;
        }
    }

    private static void checkMetric(BenchmarkPattern pattern, String metric, RunStore store) throws NothingFound {
        SeriesQuery query = SeriesQuery.all().ofBenchmark(pattern);
        if (!store.keys(query).isEmpty()) {
            SeriesSelector.check(query.ofMetric(metric), store.keys(SeriesQuery.all()));
        }
    }
}
