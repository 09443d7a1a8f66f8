package dev.plumbline.publish.alert;

import dev.plumbline.publish.Publication;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The page of the running job, as CI services name it in environment variables. */
final class JobPage {
    private JobPage() {}

    static Optional<URI> of(Map<String, String> variables) {
        String run = variables.getOrDefault("GITHUB_RUN_ID", "");
        String page = run.isEmpty()
                ? variables.getOrDefault("CI_JOB_URL", variables.getOrDefault("BUILD_URL", ""))
                : variables.getOrDefault("GITHUB_SERVER_URL", "https://github.com") + "/"
                        + variables.getOrDefault("GITHUB_REPOSITORY", "") + "/actions/runs/" + run;
        try {
            Optional<URI> link =
                    Optional.of(page.strip()).filter(text -> !text.isEmpty()).map(URI::create);
            Publication.check(Publication.DEFAULT_NAME, link);
            return link;
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a message without a link is better than none
        }
    }
}
