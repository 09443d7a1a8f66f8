package dev.plumbline.pipeline.record;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.NearRevision;
import dev.plumbline.pipeline.repository.UnknownCommits;
import dev.plumbline.report.note.OrderNotes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Facts about results given by the user; they override the results and all detected facts.
 *
 * @param commit the commit that was measured
 * @param branch the branch it was measured for
 * @param time when it was committed, or measured when the commit is not given
 * @param environment the name of the environment
 */
public record Overrides(
        Optional<String> commit, Optional<String> branch, Optional<Instant> time, Optional<String> environment) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{7,64}");

    /** The id of a commit, or its beginning, as people write it; there may be changes on top. */
    private static final Pattern WRITTEN_ID =
            Pattern.compile("[0-9a-f]{7,64}(" + Pattern.quote(Revision.DIRTY) + ")?", Pattern.CASE_INSENSITIVE);

    /** The signs that no id has, and names that git resolves do. */
    private static final Pattern OPERATORS = Pattern.compile("[~^:\\s]|@\\{|\\.\\.");

    /** No overrides. */
    public static final Overrides NONE =
            new Overrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * The same with the time of the commit, where none is given and the repository knows it: results without a time of
     * their commit and those with one are of one revision then.
     */
    public Overrides dated(Git git) {
        return time.isPresent()
                ? this
                : commit.filter(name -> ID.matcher(name).matches())
                        .flatMap(git::second)
                        .map(second ->
                                new Overrides(commit, branch, Optional.of(Instant.ofEpochSecond(second)), environment))
                        .orElse(this);
    }

    /**
     * The same with the full id of the commit, where git knows the given name: a tag, a branch, {@code main~2}, the
     * beginning of an id; and with its time, where none is given.
     *
     * @param directory the working directory
     * @throws WrongRequest if a repository does not know what was given and it is no id either, so that runs under it
     *     would be of no commit; without a repository, if it can only be a name for git, while any other word may be
     *     the id of another version control
     */
    public Overrides resolved(Path directory) throws WrongRequest {
        if (commit.isEmpty()) {
            return this;
        }
        Git git = new Git(directory);
        String given = commit.get();
        Optional<String> known = git.commitOf(given);
        if (known.isEmpty()) {
            refuseUnknown(given, git);
        }
        return known.map(id -> new Overrides(Optional.of(id), branch, time, environment))
                .orElse(this)
                .dated(git);
    }

    private static void refuseUnknown(String given, Git git) throws WrongRequest {
        boolean forGit = OPERATORS.matcher(given).find();
        if (git.root().isEmpty()) {
            if (forGit) {
                throw new WrongRequest("--commit " + given
                        + ": this is not a git repository, so the name cannot be resolved; give the commit id");
            }
        } else if (!WRITTEN_ID.matcher(given).matches()) {
            String hint = NearRevision.hint(nameIn(given), git);
            throw new WrongRequest("--commit " + given + ": unknown git revision"
                    + (hint.isEmpty() && !forGit
                            ? "; give a branch, a tag or at least 7 digits of a commit id"
                            : hint));
        }
    }

    /** {@code mian} of {@code mian~2}. */
    private static String nameIn(String given) {
        return OPERATORS.split(given, 2)[0];
    }

    /**
     * The warning about a commit that the repository does not have; empty when it has, or when there is no repository.
     *
     * @param directory the working directory
     */
    public Optional<String> doubt(Path directory) {
        Git git = new Git(directory);
        return commit.filter(given -> NearRevision.isUnknown(given, git))
                .map(given -> "--commit " + given + ": the repository has no such commit"
                        + near(given, git)
                        + (git.isShallow() ? ". " + OrderNotes.SHALLOW : ""));
    }

    /** The nearest to a commit that is not there: in its spelling, by its time, or else the head. */
    private String near(String given, Git git) {
        String hint = NearRevision.hint(given, git);
        return hint
                + time.map(then -> UnknownCommits.nearest(then, git))
                        .orElseGet(() -> hint.isEmpty() ? UnknownCommits.head(git) : "");
    }

    /**
     * Whether the results are declared to be of another machine than this one: by the name of an environment that is
     * neither the configured one nor made from the facts of this machine, nor its host name.
     */
    boolean isElsewhere(Environment here, Optional<String> configured) {
        return environment
                .filter(name -> !name.equals(configured.orElse(""))
                        && !name.equals(here.key())
                        && !name.equals(here.facts().get(Environment.INFO + "host")))
                .isPresent();
    }

    public RunHeader applyTo(RunHeader header) {
        RunHeader result = header;
        if (commit.isPresent() || branch.isPresent() || time.isPresent()) {
            result = result.withRevision(applyTo(header.revision()));
        }
        if (time.isPresent() && commit.isEmpty()) {
            result = result.withMeasuredAt(time.get());
        }
        if (environment.isPresent()) {
            result = result.withEnvironment(applyTo(result.environment()));
        }
        return result;
    }

    private Revision applyTo(Revision found) {
        boolean sameCommit = commit.isEmpty() || commit.get().equals(found.commit());
        return new Revision(
                commit.orElse(found.commit()),
                branch.orElse(found.branch()),
                time.or(() -> sameCommit ? found.commitTime() : Optional.empty()),
                sameCommit && branch.isEmpty() ? found.position() : OptionalLong.empty());
    }

    private Environment applyTo(Environment found) {
        return environment.map(found::named).orElse(found);
    }
}
