package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.detect.Finding;
import dev.plumbline.core.detect.Policy;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Judges the newest stored run once more and gives the findings of some benchmarks, with all their reasons. */
public final class ExplainFindings {
    private final Workspace workspace;
    private final Policy policy;
    private final Optional<String> baseBranch;

    public ExplainFindings(Workspace workspace, Policy policy, Optional<String> baseBranch) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policy = requireNonNull(policy, "policy");
        this.baseBranch = requireNonNull(baseBranch, "baseBranch");
    }

    /**
     * Explains.
     *
     * @param pattern which benchmarks
     * @return their findings in the newest run of the history; judged together with the whole suite, as in a check
     */
    public List<Finding> explain(BenchmarkPattern pattern) {
        if (!Files.exists(workspace.store())) {
            return List.of();
        }
        try (RunStore store = workspace.open()) {
            List<RunInfo> newest = store.runs(RunQuery.all().newest(1));
            if (newest.isEmpty()) {
                return List.of();
            }
            String base = baseBranch.orElseGet(workspace::baseBranch);
            return new JudgeRuns(store, policy, base)
                    .judge(newest).findings().stream()
                            .filter(finding -> pattern.matches(finding.key().benchmark()))
                            .toList();
        }
    }
}
