package dev.plumbline.pipeline;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a person says of results instead of having it found out; it wins over the results and over everything found.
 *
 * @param commit the commit that was measured
 * @param branch the branch it was measured for
 * @param time when it was committed, or measured when the commit is not given
 * @param environment the name of the environment
 */
public record Overrides(
        Optional<String> commit, Optional<String> branch, Optional<Instant> time, Optional<String> environment) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{7,64}");

    /** Nothing is said. */
    public static final Overrides NONE =
            new Overrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * The same with the time of the commit, where nobody has said one and the repository knows it: results that tell no
     * time of their commit and those that do are of one revision then.
     */
    Overrides dated(Git git) {
        return time.isPresent()
                ? this
                : commit.filter(name -> ID.matcher(name).matches())
                        .flatMap(git::second)
                        .map(second ->
                                new Overrides(commit, branch, Optional.of(Instant.ofEpochSecond(second)), environment))
                        .orElse(this);
    }

    RunHeader applyTo(RunHeader header) {
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
