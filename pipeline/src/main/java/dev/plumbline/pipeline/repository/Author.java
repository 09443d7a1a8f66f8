package dev.plumbline.pipeline.repository;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The author of a change to baselines, with the reason.
 *
 * @param name a person's or a machine's name; never blank
 * @param reason in words; may be empty
 */
public record Author(String name, String reason) {
    public Author {
        requireNonNull(name, "name");
        requireNonNull(reason, "reason");
        if (name.isBlank()) {
            throw new IllegalArgumentException("your name is unknown; give one");
        }
    }

    /**
     * The name that was given, or that a CI service, the environment of git, the system or git's configuration knows,
     * else {@code unknown}.
     *
     * @param directory where git is asked
     */
    public static Author of(Optional<String> given, Path directory, Map<String, String> variables, String reason) {
        String name = given.or(() -> first(
                        variables, "GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_USER_ID", "BUILDKITE_BUILD_CREATOR"))
                .or(() -> first(variables, "GIT_AUTHOR_NAME"))
                .or(() -> first(variables, "USER", "USERNAME"))
                .or(() -> new Git(directory).userName())
                .orElse("unknown");
        return new Author(name, reason);
    }

    private static Optional<String> first(Map<String, String> variables, String... names) {
        return Stream.of(names)
                .map(variables::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }
}
