package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who does something to baselines, and why.
 *
 * @param name a person's or a machine's name; never blank
 * @param reason in words; may be empty
 */
public record Author(String name, String reason) {
    public Author {
        requireNonNull(name, "name");
        requireNonNull(reason, "reason");
        if (name.isBlank()) {
            throw new IllegalArgumentException("who does this? give a name");
        }
    }

    /** The name that was given, or that a CI service or the system knows, else {@code unknown}. */
    public static Author of(Optional<String> given, Map<String, String> variables, String reason) {
        String name = given.or(() -> Stream.of(
                                "GITHUB_ACTOR",
                                "GITLAB_USER_LOGIN",
                                "BUILD_USER_ID",
                                "BUILDKITE_BUILD_CREATOR",
                                "USER",
                                "USERNAME")
                        .map(variables::get)
                        .filter(value -> value != null && !value.isBlank())
                        .findFirst())
                .orElse("unknown");
        return new Author(name, reason);
    }
}
