package dev.plumbline.pipeline.repository;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.CommitTitle;
import dev.plumbline.report.html.PageFrame;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the frame of a page: the name of the project, and the addresses and messages of its commits. */
public final class FindPageFrame {
    /** The messages of no more commits are looked up. */
    private static final int MOST_COMMITS = 2_000;

    /** The last part of an address. */
    private static final Pattern NAME = Pattern.compile("([^/:\\\\]+?)(?:\\.git)?/*$");

    private final Path directory;
    private final Map<String, String> variables;

    /** @param variables those of a CI job; used for what the repository does not have */
    public FindPageFrame(Path directory, Map<String, String> variables) {
        this.directory = requireNonNull(directory, "directory");
        this.variables = Map.copyOf(variables);
    }

    /**
     * Finds.
     *
     * @param runs whose commits the page names; the newest of them get their messages
     */
    public PageFrame around(Collection<RunInfo> runs) {
        Git git = new Git(directory);
        List<String> commits = runs.stream()
                .sorted(Comparator.comparing(RunInfo::time).reversed())
                .map(run -> Revision.committed(run.header().revision().commit()))
                .filter(commit -> !commit.isEmpty())
                .distinct()
                .limit(MOST_COMMITS)
                .toList();
        Map<String, CommitTitle> titles = new HashMap<>();
        git.titles(commits)
                .forEach((commit, title) -> titles.put(commit, new CommitTitle(title.author(), title.subject())));
        // runs of commits that the repository does not know were measured in another one
        String project = commits.isEmpty() || !titles.isEmpty() ? project(git) : "";
        return new PageFrame(new FindForge(directory, variables).find(), project, titles, List.of());
    }

    /** The name of the remote, or else of the folder; empty outside of a repository. */
    private String project(Git git) {
        return Optional.ofNullable(variables.get("GITHUB_REPOSITORY"))
                .or(() -> Optional.ofNullable(variables.get("CI_PROJECT_PATH")))
                .or(git::remote)
                .or(() -> git.root().map(Path::toString))
                .map(NAME::matcher)
                .filter(Matcher::find)
                .map(name -> name.group(1))
                .orElse("");
    }
}
