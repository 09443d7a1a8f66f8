package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.detect.Finding;
import dev.plumbline.core.detect.Policies;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Judges the newest stored run once more and gives the findings of some benchmarks, with all their reasons. */
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
     * Explains.
     *
     * @param pattern which benchmarks
     * @return their findings in the newest run of the history; judged together with the whole suite, as in a check
     */
    public List<Finding> explain(BenchmarkPattern pattern) throws IOException {
        if (!Files.exists(workspace.store())) {
            return List.of();
        }
        try (RunStore store = workspace.open()) {
            List<RunInfo> newest = store.runs(RunQuery.all().newest(1));
            if (newest.isEmpty()) {
                return List.of();
            }
            String base = baseBranch.orElseGet(workspace::baseBranch);
            References references = References.of(
                    Acceptances.of(workspace, store),
                    BaselineSource.wanted(workspace, store, baseline),
                    base,
                    policies,
                    store.checkedRuns());
            references.forkedBy(newest, workspace, store);
            references.accumulateFor(newest, workspace, store);
            return new JudgeRuns(store, policies, base, references)
                    .judge(newest).findings().stream()
                            .filter(finding -> pattern.matches(finding.key().benchmark()))
                            .toList();
        }
    }
}
