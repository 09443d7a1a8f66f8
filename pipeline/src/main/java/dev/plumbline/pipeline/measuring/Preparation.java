package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.measure.Rounds;
import dev.plumbline.measure.subject.Subject;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.ChangedFirst;
import dev.plumbline.report.answer.ForkPlan;
import dev.plumbline.report.note.MeasuringNotes;
import dev.plumbline.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The decisions between finding the targets and measuring them: the number of forks, and the order.
 *
 * @param forks plans the forks of JMH benchmarks; empty where these are measured until they are precise enough
 * @param changedFirst whether benchmarks that the change can reach come before the others
 * @param base the revision that the change is counted from; empty for where it left the main branch
 * @param listener receives the decisions
 */
public record Preparation(Optional<PlanForks> forks, boolean changedFirst, Optional<String> base, Listener listener) {
    /** No decisions. */
    public static final Preparation NONE = new Preparation(Optional.empty(), false, Optional.empty(), new Listener() {
        @Override
        public void planned(ForkPlan plan) {
            // not requested
        }

        @Override
        public void reached(ChangedFirst reached) {
            // not requested
        }

        @Override
        public void note(String note) {
            // not requested
        }
    });

    public Preparation {
        requireNonNull(forks, "forks");
        requireNonNull(base, "base");
        requireNonNull(listener, "listener");
    }

    /** Receives the decisions before anything is measured. */
    public interface Listener {
        /** Receives the number of forks; only where there are benchmarks of JMH. */
        void planned(ForkPlan plan);

        /** Receives the benchmarks that come first. */
        void reached(ChangedFirst reached);

        /** Receives the reason why something could not be decided. */
        void note(String note);
    }

    /**
     * The decisions.
     *
     * @param isCut whether the time is enough for fewer forks than are planned
     */
    record Decision(Rounds.Settings settings, boolean isCut) {}

    /**
     * Decides.
     *
     * @param here the header of the run that is measured
     * @param isOpen whether the duration of measuring is not set
     * @throws WrongRequest if the base is no commit
     */
    Decision of(List<Subject> subjects, Workspace workspace, RunHeader here, Rounds.Settings settings, boolean isOpen)
            throws WrongRequest {
        Rounds.Settings ordered = changedFirst ? ordered(subjects, workspace, settings) : settings;
        if (forks.isEmpty()) {
            return new Decision(ordered, false);
        }
        try {
            PlanForks.Outcome planned = forks.get().plan(subjects, here, ordered, isOpen);
            if (!planned.plan().rows().isEmpty()) {
                listener.planned(planned.plan());
            }
            return new Decision(planned.settings(), planned.isCut());
        } catch (IOException | StoreException e) {
            listener.note(MeasuringNotes.unplanned(e.getMessage()));
            return new Decision(ordered, false);
        }
    }

    private Rounds.Settings ordered(List<Subject> subjects, Workspace workspace, Rounds.Settings settings)
            throws WrongRequest {
        Git git = new Git(workspace.directory());
        Optional<String> head = git.commitOf("HEAD");
        if (git.root().isEmpty() || head.isEmpty()) {
            listener.note(MeasuringNotes.usualOrder("no git repository with a commit"));
            return settings;
        }
        if (base.isPresent() && git.commitOf(base.get()).isEmpty()) {
            throw new WrongRequest("--base " + base.get() + ": no such commit");
        }
        Optional<String> since = base.flatMap(git::commitOf).or(() -> start(git, head.get(), workspace.baseBranch()));
        Optional<List<String>> changed = since.flatMap(git::filesChangedSince);
        if (changed.isEmpty()) {
            listener.note(MeasuringNotes.usualOrder("what the change starts from is not known; give --base"));
            return settings;
        }
        try {
            FindReached.Outcome found = new FindReached(git.root().get(), changed.get())
                    .among(subjects, base.orElseGet(() -> Checkouts.shown(since.get())));
            listener.reached(found.answer());
            return found.isUseful() ? settings.withFirst(found.names()) : settings;
        } catch (IOException e) {
            listener.note(MeasuringNotes.usualOrder(e.getMessage()));
            return settings;
        }
    }

    /**
     * The commit where the branch left its base; on the base itself the working copy is the change, or else the newest
     * commit.
     */
    private static Optional<String> start(Git git, String head, String branch) {
        Optional<String> fork = git.mergeBase(head, branch).filter(commit -> !commit.equals(head));
        if (fork.isPresent()) {
            return fork;
        }
        boolean isChanged =
                git.filesChangedSince(head).filter(files -> !files.isEmpty()).isPresent();
        return isChanged ? Optional.of(head) : git.parent(head);
    }
}
