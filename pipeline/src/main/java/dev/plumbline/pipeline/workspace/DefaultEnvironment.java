package dev.plumbline.pipeline.workspace;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.content.EnvironmentChoice;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environment that a command reads when none is named: the configured one; else the one with the most runs among
 * those measured in the last {@link EnvironmentChoice#DAYS} days before the newest run, of equally many the one that
 * was measured last. Runs of one branch alone count where it has any: the newest run of all may be that of a laptop.
 */
public final class DefaultEnvironment {
    private DefaultEnvironment() {}

    /**
     * The default environment of a history.
     *
     * @param branch whose runs count; when empty, those of the base branch
     * @return empty where the history is empty and nothing is configured
     */
    public static Optional<EnvironmentChoice> of(Workspace workspace, Optional<String> branch) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            return of(
                    store.runs(RunQuery.all()),
                    workspace.configuration().environment().value(),
                    branch.orElseGet(() -> workspace.baseBranch(store)));
        }
    }

    /**
     * The default environment of some runs.
     *
     * @param runs in any order
     * @param branch whose runs alone count where it has any
     * @return empty where there is no run and nothing is configured
     */
    public static Optional<EnvironmentChoice> of(List<RunInfo> runs, Optional<String> configured, String branch) {
        Map<String, Recent> environments = recent(counting(runs, branch));
        List<String> ordered = environments.entrySet().stream()
                .sorted(Map.Entry.<String, Recent>comparingByValue().reversed().thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
        return configured
                .or(() -> ordered.stream().findFirst())
                .map(chosen -> new EnvironmentChoice(
                        chosen,
                        configured.isPresent(),
                        environments.getOrDefault(chosen, Recent.NONE).runs(),
                        ordered.stream().filter(one -> !one.equals(chosen)).toList()));
    }

    private static List<RunInfo> counting(List<RunInfo> runs, String branch) {
        List<RunInfo> own = runs.stream()
                .filter(run -> run.header().revision().branch().equals(branch))
                .toList();
        return own.isEmpty() ? runs : own;
    }

    private static Map<String, Recent> recent(List<RunInfo> runs) {
        Instant newest = runs.stream()
                .map(run -> run.header().time())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Instant since = newest.minus(Duration.ofDays(EnvironmentChoice.DAYS));
        Map<String, Recent> environments = new HashMap<>();
        for (RunInfo run : runs) {
            Instant time = run.header().time();
            environments.merge(
                    run.header().environment().key(), new Recent(time.isBefore(since) ? 0 : 1, time), Recent::and);
        }
        return environments;
    }

    /**
     * The runs of an environment that count.
     *
     * @param runs how many of them are recent
     * @param newest when the last one was measured
     */
    private record Recent(int runs, Instant newest) implements Comparable<Recent> {
        static final Recent NONE = new Recent(0, Instant.EPOCH);

        private static final Comparator<Recent> ORDER =
                Comparator.comparingInt(Recent::runs).thenComparing(Recent::newest);

        Recent and(Recent other) {
            return new Recent(runs + other.runs, newest.isAfter(other.newest) ? newest : other.newest);
        }

        @Override
        public int compareTo(Recent other) {
            return ORDER.compare(this, other);
        }
    }
}
