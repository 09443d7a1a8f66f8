package dev.plumbline.pipeline.snapshot.annotation;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.CommitOrder;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.annotation.Reach;
import dev.plumbline.core.annotation.StatedCommit;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The recorded annotations, from the history and the repository's files. Reading writes nothing. */
public final class RecordedAnnotations {
    private RecordedAnnotations() {}

    /**
     * The annotations that apply now.
     *
     * @throws IOException if the repository's files cannot be read
     */
    public static Annotations of(Workspace workspace, RunStore store) throws IOException {
        return of(AcceptanceFiles.read(workspace), workspace, store);
    }

    /** The same with the repository's files as they were read before. */
    public static Annotations of(List<AcceptanceFiles.FromFile> files, Workspace workspace, RunStore store) {
        return new Annotations(
                new Annotations.Facts(
                        acceptances(files, store),
                        store.baselines().anchors(),
                        store.triage().all(),
                        store.offRuns()),
                workspace.clock().instant(),
                new HistoryOrder(store, new Git(workspace.directory()), new StatementReach(workspace, store, files)));
    }

    /** Every acceptance, the oldest first; an entry of a file replaces that of the history. */
    public static List<KnownAcceptance> acceptances(Workspace workspace, RunStore store) throws IOException {
        return acceptances(AcceptanceFiles.read(workspace), store);
    }

    private static List<KnownAcceptance> acceptances(List<AcceptanceFiles.FromFile> files, RunStore store) {
        Map<String, KnownAcceptance> known = new LinkedHashMap<>();
        store.baselines()
                .acceptances()
                .forEach(one -> known.put(one.acceptance().id(), one));
        for (AcceptanceFiles.FromFile one : files) {
            Acceptance acceptance = one.acceptance();
            known.merge(
                    acceptance.id(),
                    new KnownAcceptance(acceptance, one.file(), Optional.empty()),
                    (stored, file) -> stored.acceptance().equals(acceptance)
                            ? stored
                            : new KnownAcceptance(acceptance, file.source(), stored.revocation()));
        }
        return new ArrayList<>(known.values());
    }

    /**
     * Writes down what the repository's files add.
     *
     * @throws IOException if they cannot be read
     */
    public static void record(Workspace workspace, RunStore store) throws IOException {
        record(AcceptanceFiles.read(workspace), store);
    }

    /** Writes down what the repository's files added when they were read. */
    public static void record(List<AcceptanceFiles.FromFile> files, RunStore store) {
        for (AcceptanceFiles.FromFile one : files) {
            store.baselines().accept(one.acceptance(), one.file());
        }
    }

    /** Asks the history and git, each question once; series are judged in parallel. */
    private static final class HistoryOrder implements CommitOrder {
        private final RunStore store;
        private final Git git;
        private final StatementReach reach;
        private final Map<String, Timeline> timelines = new HashMap<>();
        private final Map<String, Optional<Set<String>>> ancestors = new HashMap<>();
        private final Map<List<String>, Set<String>> between = new HashMap<>();

        HistoryOrder(RunStore store, Git git, StatementReach reach) {
            this.store = store;
            this.git = git;
            this.reach = reach;
        }

        @Override
        public synchronized Timeline timeline(String branch) {
            return timelines.computeIfAbsent(
                    branch, name -> Timeline.of(store.runs(RunQuery.all().onBranch(name))));
        }

        @Override
        public synchronized Optional<Set<String>> ancestors(String commit) {
            return ancestors.computeIfAbsent(commit, git::ancestors);
        }

        @Override
        public synchronized Set<String> between(String commit, String upTo) {
            return between.computeIfAbsent(List.of(commit, upTo), key -> git.holding(commit, upTo));
        }

        @Override
        public synchronized Reach reach(StatedCommit stated, RunInfo judged) {
            return reach.of(stated, judged);
        }
    }
}
