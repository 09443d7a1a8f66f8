package dev.plumbline.pipeline.snapshot.annotation;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Reach;
import dev.plumbline.core.annotation.Reach.Way;
import dev.plumbline.core.annotation.StatedCommit;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks git whether what was stated of one commit has come to another one, each question once.
 *
 * <p>A squash merge leaves no trace in git's graph. So a statement about a commit that is no ancestor counts where the
 * judged commit has it in its file of acceptances, where a commit of the judged branch brings the same difference as
 * the other branch, and where the other branch is gone. While that branch exists otherwise, its acceptance is a
 * proposal, and none of this branch. Commits removed from the base branch do not count.
 */
final class StatementReach {
    /** The fewest characters of an abbreviated commit id. */
    private static final int LEAST_COMMIT = 4;

    private final RunStore store;
    private final Git git;
    private final Git root;
    private final Set<String> listed;
    private final Workspace workspace;
    private final Map<List<String>, Reach> known = new HashMap<>();

    /** @param files those of the working copy */
    StatementReach(Workspace workspace, RunStore store, List<AcceptanceFiles.FromFile> files) {
        this.store = requireNonNull(store, "store");
        git = new Git(workspace.directory());
        root = new Git(workspace.root());
        listed = files.stream().map(one -> one.acceptance().id()).collect(Collectors.toUnmodifiableSet());
        this.workspace = workspace;
    }

    Reach of(StatedCommit stated, RunInfo judged) {
        Revision revision = judged.header().revision();
        return known.computeIfAbsent(
                List.of(stated.id(), revision.branch(), revision.commit()), key -> find(stated, revision));
    }

    private Reach find(StatedCommit stated, Revision judged) {
        String commit = Revision.committed(judged.commit());
        String since = Revision.committed(stated.commit());
        Set<String> branches = branches(stated, since);
        boolean isOwn = branches.contains(judged.branch());
        String branch = isOwn ? judged.branch() : branches.stream().findFirst().orElse("");
        Optional<Set<String>> ancestors = commit.isEmpty() ? Optional.empty() : git.ancestors(commit);
        if (!commit.isEmpty() && isSame(since, commit)
                || ancestors.isPresent() && ancestors.get().stream().anyMatch(one -> isSame(since, one))) {
            return new Reach(Way.ANCESTOR, branch);
        }
        if (isListed(stated.id(), commit, ancestors.isPresent())) {
            return new Reach(Way.LISTED, branch);
        }
        if (ancestors.isEmpty() || since.isEmpty() && branches.isEmpty()) {
            return new Reach(isOwn ? Way.ANCESTOR : Way.ASSUMED, branch);
        }
        Optional<String> accepted = since.isEmpty() ? Optional.empty() : git.commitOf(since);
        if (isOwn) {
            boolean isLater =
                    accepted.filter(one -> git.isAncestor(commit, one)).isPresent();
            return new Reach(
                    isLater
                            ? Way.ANCESTOR
                            : accepted.isEmpty() ? Way.ASSUMED : rewritten(commit, accepted.get(), branch),
                    branch);
        }
        return byBranches(commit, accepted, branches, branch);
    }

    /**
     * A branch that is amended or rebased keeps what was accepted on it. The one to which others are merged keeps what
     * it still brings: what was taken away from it is not accepted of another commit.
     */
    private Way rewritten(String commit, String accepted, String branch) {
        boolean isDropped = branch.equals(workspace.baseBranch(store))
                && measured(accepted).contains(branch)
                && git.parent(accepted)
                        .filter(before -> new Squash(git, commit).has(before, accepted))
                        .isEmpty();
        return isDropped ? Way.DROPPED : Way.REWRITTEN;
    }

    /** @param accepted the commit that the statement is about, if git has it */
    private Reach byBranches(String commit, Optional<String> accepted, Set<String> branches, String branch) {
        Map<String, String> tips = new LinkedHashMap<>(git.tips(branches));
        accepted.ifPresent(one -> tips.putAll(git.tipsWith(one)));
        if (tips.isEmpty()) {
            return new Reach(accepted.isEmpty() && git.isShallow() ? Way.ASSUMED : Way.GONE, branch);
        }
        Squash squash = new Squash(git, commit);
        if (accepted.flatMap(git::parent)
                .filter(before -> squash.has(before, accepted.get()))
                .isPresent()) {
            return new Reach(Way.SQUASHED, branch);
        }
        List<String> open = new ArrayList<>();
        for (Map.Entry<String, String> tip : tips.entrySet()) {
            if (squash.hasBranch(tip.getValue())) {
                return new Reach(Way.SQUASHED, tip.getKey());
            }
            if (!git.isAncestor(tip.getValue(), commit)) {
                open.add(tip.getKey());
            }
        }
        return open.isEmpty() ? new Reach(Way.SQUASHED, branch) : new Reach(Way.UNMERGED, open.get(0));
    }

    /** The branches that are known to have the statement or its commit, those of the statement first. */
    private Set<String> branches(StatedCommit stated, String since) {
        Set<String> branches = new LinkedHashSet<>();
        if (since.length() >= LEAST_COMMIT) {
            branches.addAll(measured(since));
        }
        branches.addAll(stated.branches());
        return branches;
    }

    private List<String> measured(String commit) {
        return store.runs(RunQuery.all().ofCommit(commit)).stream()
                .map(run -> run.header().revision().branch())
                .sorted()
                .toList();
    }

    /** Whether the judged commit has a statement in its files; the working copy's count for what leads to it. */
    private boolean isListed(String id, String commit, boolean isKnown) {
        String checkedOut = Revision.committed(workspace.place().revision().commit());
        if (listed.contains(id)
                && (!isKnown
                        || checkedOut.isEmpty()
                        || checkedOut.equals(commit)
                        || git.isAncestor(commit, checkedOut))) {
            return true;
        }
        return isKnown && !checkedOut.equals(commit) && AcceptanceFiles.isIn(root, commit, id);
    }

    private static boolean isSame(String since, String commit) {
        return since.length() >= LEAST_COMMIT ? commit.startsWith(since) : since.equals(commit) && !since.isEmpty();
    }
}
