package dev.plumbline.pipeline.repository;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.note.CheckNotes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The facts that are detected without options: revision and branch from git or the CI service, the environment from the
 * machine.
 *
 * @param revision of the code in the working directory
 * @param baseBranch the branch that a change is judged against, when the CI service names it
 * @param environment of this machine
 */
public record Place(Revision revision, Optional<String> baseBranch, Environment environment) {
    /** The prefix of the branch of a commit whose branch is unknown; the commit's short id follows. */
    private static final String DETACHED = "detached-";

    private static final Pattern WITHOUT_BRANCH = Pattern.compile(DETACHED + "[0-9a-f]{10}");

    /**
     * Looks around.
     *
     * @param directory the working directory
     * @param variables the process's environment variables
     * @param facts of the machine that was measured on, and its working copy
     * @param mainBranch the branch where none is known, because there is no repository; in one, the branch of its
     *     commits that are checked out by themselves
     */
    public static Place of(Path directory, Map<String, String> variables, Facts facts, Supplier<String> mainBranch) {
        Optional<CiVariables> ci = CiVariables.of(variables);
        Git git = new Git(directory);
        Optional<Git.Head> head = git.head();
        Revision revision = head.map(h -> fromGit(git, h, facts, ci, mainBranch))
                .or(() -> ci.map(known -> fromCi(known, mainBranch)))
                .orElseGet(() -> Revision.of("", mainBranch.get()));
        return new Place(revision, ci.flatMap(CiVariables::baseBranch), facts.environment());
    }

    /**
     * The facts that do not come from a repository.
     *
     * @param environment of the machine that was measured on
     * @param isDirty whether tracked files differ from the commit there; empty where git has to be asked
     */
    public record Facts(Environment environment, Optional<Boolean> isDirty) {
        /** The facts of the machine this program runs on. */
        public static Facts here() {
            return new Facts(Machine.here().environment(), Optional.empty());
        }
    }

    /** The same code on an unknown machine. */
    public Place elsewhere() {
        return new Place(revision, baseBranch, Environment.unknown());
    }

    private static Revision fromGit(
            Git git, Git.Head head, Facts facts, Optional<CiVariables> ci, Supplier<String> mainBranch) {
        // a CI service knows the branch of a detached head; but inside another repository than the one under test
        // its variables are of something else
        Optional<String> ciBranch = ci.filter(variables -> head.branch().isEmpty()
                        || variables.commit().filter(head.commit()::equals).isPresent())
                .flatMap(CiVariables::branch);
        String branch = ciBranch.or(head::branch).orElseGet(() -> ofDetached(git, head.commit(), mainBranch.get()));
        OptionalLong position = head.shallow()
                ? OptionalLong.empty()
                : git.position(head.commit()).map(OptionalLong::of).orElse(OptionalLong.empty());
        String commit = facts.isDirty().orElseGet(git::isDirty) ? head.commit() + Revision.DIRTY : head.commit();
        return new Revision(commit, branch, Optional.of(Instant.ofEpochSecond(head.commitSecond())), position);
    }

    /** The branch of a commit that is checked out by itself: the main one if it is of it, else the only one. */
    private static String ofDetached(Git git, String commit, String mainBranch) {
        if (git.isOnBranch(commit, mainBranch)) {
            return mainBranch;
        }
        List<String> branches = git.branchesOf(commit);
        return branches.size() == 1 ? branches.get(0) : ownBranch(commit);
    }

    private static String ownBranch(String commit) {
        return DETACHED + commit.substring(0, 10);
    }

    /** The note about runs without a known branch; empty when there is none. */
    public static Optional<String> withoutBranch(List<RunInfo> runs) {
        return runs.stream()
                .map(run -> run.header().revision())
                .filter(revision -> isDetached(revision.branch()))
                .findFirst()
                .map(CheckNotes::detached);
    }

    private static Revision fromCi(CiVariables variables, Supplier<String> mainBranch) {
        return Revision.of(variables.commit().orElse(""), variables.branch().orElseGet(mainBranch));
    }

    /**
     * The branch of a revision that need not be checked out: the one it is named by, else the CI service's where it
     * tests that commit, else the one that is checked out at that commit, else one of the commit's own, so that its
     * results are part of no other branch's history.
     *
     * @param name as a person gave it
     * @param commit the full id of the commit with that name
     */
    public static String branchOf(Git git, String name, String commit, Map<String, String> variables) {
        return git.branchOf(name)
                .or(() -> CiVariables.of(variables)
                        .filter(ci -> ci.commit().filter(commit::equals).isPresent())
                        .flatMap(CiVariables::branch))
                .or(() ->
                        git.head().filter(head -> head.commit().equals(commit)).flatMap(Git.Head::branch))
                .orElseGet(() -> ownBranch(commit));
    }

    /** Whether a branch is a placeholder for a commit without a known branch; such a one is never the main branch. */
    static boolean isDetached(String branch) {
        return WITHOUT_BRANCH.matcher(branch).matches();
    }
}
