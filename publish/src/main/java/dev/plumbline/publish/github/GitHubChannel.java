package dev.plumbline.publish.github;

import static java.util.Objects.requireNonNull;

import dev.plumbline.publish.Channel;
import dev.plumbline.publish.Delivery;
import dev.plumbline.publish.Publication;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.publish.http.Token;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** GitHub, from the variables that GitHub Actions sets and {@code GITHUB_TOKEN}. */
public final class GitHubChannel implements Channel {
    private final String name;
    private final Set<Part> parts;
    private final Map<String, String> variables;
    private final Patience patience;

    /** The parts of a publication. */
    public enum Part {
        /** The summary of the job's page and the outputs for later steps; needs no token. */
        SUMMARY,
        /** One comment on the pull request. */
        COMMENT,
        /** A check of the commit with notes at the benchmarks' sources. */
        CHECK,
        /** A status of the commit. */
        STATUS
    }

    /**
     * @param name as it is asked for
     * @param parts what is done
     * @param variables the process's environment variables
     */
    public GitHubChannel(String name, Set<Part> parts, Map<String, String> variables, Patience patience) {
        this.name = requireNonNull(name, "name");
        this.parts = EnumSet.copyOf(parts);
        this.variables = Map.copyOf(variables);
        this.patience = requireNonNull(patience, "patience");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Delivery publish(Publication publication) throws InterruptedException {
        List<Delivery.Step> steps = new ArrayList<>();
        JobFiles files = new JobFiles(variables, () -> UUID.randomUUID().toString());
        if (parts.contains(Part.SUMMARY) && (files.isWanted() || parts.size() == 1)) {
            steps.add(() -> {
                if (!files.isWanted()) {
                    throw new PublishFailure("neither GITHUB_STEP_SUMMARY nor GITHUB_OUTPUT is set");
                }
                return files.publish(publication);
            });
        }
        if (parts.contains(Part.COMMENT) || parts.contains(Part.CHECK) || parts.contains(Part.STATUS)) {
            steps.addAll(online(publication));
        }
        return Delivery.of(steps);
    }

    private List<Delivery.Step> online(Publication publication) {
        GitHubJob job;
        GitHub github;
        try {
            Optional<Token> token = GitHubJob.token(variables);
            if (token.isEmpty()) {
                throw new PublishFailure(
                        "GITHUB_TOKEN is not set; give the step the variable" + " GITHUB_TOKEN: ${{ github.token }}");
            }
            job = GitHubJob.of(variables);
            github = new GitHub(job, token.get(), patience);
        } catch (PublishFailure e) {
            return List.of(() -> {
                throw e;
            });
        }
        Publication linked = publication.link().isPresent()
                ? publication
                : new Publication(publication.report(), publication.name(), job.link(), publication.sources());
        List<Delivery.Step> steps = new ArrayList<>();
        if (parts.contains(Part.COMMENT)) {
            steps.add(() -> new StickyComment(github, job).publish(linked));
        }
        CheckRun check = new CheckRun(github, job);
        if (parts.contains(Part.CHECK)) {
            steps.add(() -> check.publish(linked));
        }
        if (parts.contains(Part.STATUS)) {
            steps.add(() -> check.status(linked));
        }
        return steps;
    }
}
