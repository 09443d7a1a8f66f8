package dev.plumbline.pipeline.repository;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.html.Forge;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds the web address of the commits of the repository around a folder. */
public final class FindForge {
    private final Path directory;
    private final Map<String, String> variables;

    /** @param variables those of a CI job; they have the address of a forge whose name is not a known one */
    public FindForge(Path directory, Map<String, String> variables) {
        this.directory = requireNonNull(directory, "directory");
        this.variables = Map.copyOf(variables);
    }

    /** Asks git, and then the variables of GitHub Actions and of GitLab; empty where neither knows. */
    public Optional<Forge> find() {
        return new Git(directory)
                .remote()
                .flatMap(Forge::ofRemote)
                .or(() -> reported("GITHUB_SERVER_URL")
                        .flatMap(server -> reported("GITHUB_REPOSITORY").map(name -> server + "/" + name + "/commit/"))
                        .flatMap(FindForge::forge))
                .or(() -> reported("CI_PROJECT_URL")
                        .map(url -> url + "/-/commit/")
                        .flatMap(FindForge::forge));
    }

    private Optional<String> reported(String variable) {
        return Optional.ofNullable(variables.get(variable)).filter(value -> !value.isBlank());
    }

    private static Optional<Forge> forge(String commits) {
        try {
            return Optional.of(new Forge(commits));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no plain https address: there is nothing to link to
        }
    }
}
