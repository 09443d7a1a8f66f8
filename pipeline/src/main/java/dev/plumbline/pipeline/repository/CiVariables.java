package dev.plumbline.pipeline.repository;

import java.util.Map;
import java.util.Optional;

/**
 * The code under test, according to the variables of a CI service.
 *
 * @param service the service's name, for people
 * @param commit the commit under test
 * @param branch the branch under test; for a pull request its source branch
 * @param baseBranch the target branch of a pull request
 */
public record CiVariables(
        String service, Optional<String> commit, Optional<String> branch, Optional<String> baseBranch) {

    /**
     * Reads the variables of GitHub Actions, GitLab, Jenkins, Buildkite, CircleCI, Bitbucket and Azure Pipelines; empty
     * anywhere else.
     */
    public static Optional<CiVariables> of(Map<String, String> variables) {
        Lookup lookup = new Lookup(variables);
        if (lookup.isTrue("GITHUB_ACTIONS")) {
            return Optional.of(new CiVariables(
                    "GitHub Actions",
                    lookup.first("GITHUB_SHA"),
                    lookup.first("GITHUB_HEAD_REF", "GITHUB_REF_NAME"),
                    lookup.first("GITHUB_BASE_REF")));
        }
        if (lookup.isTrue("GITLAB_CI")) {
            return Optional.of(new CiVariables(
                    "GitLab",
                    lookup.first("CI_COMMIT_SHA"),
                    lookup.first("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_REF_NAME"),
                    lookup.first("CI_MERGE_REQUEST_TARGET_BRANCH_NAME")));
        }
        if (lookup.first("JENKINS_URL").isPresent()) {
            return Optional.of(new CiVariables(
                    "Jenkins",
                    lookup.first("GIT_COMMIT"),
                    lookup.first("CHANGE_BRANCH", "BRANCH_NAME", "GIT_BRANCH").map(CiVariables::withoutRemote),
                    lookup.first("CHANGE_TARGET")));
        }
        if (lookup.isTrue("BUILDKITE")) {
            return Optional.of(new CiVariables(
                    "Buildkite",
                    lookup.first("BUILDKITE_COMMIT").filter(commit -> !commit.equals("HEAD")),
                    lookup.first("BUILDKITE_BRANCH"),
                    lookup.first("BUILDKITE_PULL_REQUEST_BASE_BRANCH")));
        }
        if (lookup.isTrue("CIRCLECI")) {
            return Optional.of(new CiVariables(
                    "CircleCI", lookup.first("CIRCLE_SHA1"), lookup.first("CIRCLE_BRANCH"), Optional.empty()));
        }
        if (lookup.first("BITBUCKET_BUILD_NUMBER").isPresent()) {
            return Optional.of(new CiVariables(
                    "Bitbucket",
                    lookup.first("BITBUCKET_COMMIT"),
                    lookup.first("BITBUCKET_BRANCH"),
                    lookup.first("BITBUCKET_PR_DESTINATION_BRANCH")));
        }
        if (lookup.isTrue("TF_BUILD")) {
            return Optional.of(new CiVariables(
                    "Azure Pipelines",
                    lookup.first("SYSTEM_PULLREQUEST_SOURCECOMMITID", "BUILD_SOURCEVERSION"),
                    lookup.first("SYSTEM_PULLREQUEST_SOURCEBRANCH", "BUILD_SOURCEBRANCH")
                            .map(CiVariables::withoutHeads),
                    lookup.first("SYSTEM_PULLREQUEST_TARGETBRANCH").map(CiVariables::withoutHeads)));
        }
        return Optional.empty();
    }

    private static String withoutHeads(String branch) {
        return branch.startsWith("refs/heads/") ? branch.substring("refs/heads/".length()) : branch;
    }

    private static String withoutRemote(String branch) {
        return branch.startsWith("origin/") ? branch.substring("origin/".length()) : branch;
    }

    private record Lookup(Map<String, String> variables) {
        Optional<String> first(String... names) {
            for (String name : names) {
                String value = variables.get(name);
                if (value != null && !value.isBlank()) {
                    return Optional.of(value.strip());
                }
            }
            return Optional.empty();
        }

        boolean isTrue(String name) {
            return first(name).filter(value -> value.equalsIgnoreCase("true")).isPresent();
        }
    }
}
