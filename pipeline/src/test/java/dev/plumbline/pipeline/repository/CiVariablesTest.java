package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CiVariablesTest {
    private static CiVariables of(Map<String, String> variables) {
        return CiVariables.of(variables).orElseThrow();
    }

    private static CiVariables ci(String service, String commit, String branch, String base) {
        return new CiVariables(service, Optional.of(commit), Optional.of(branch), Optional.ofNullable(base));
    }

    @Test
    void a_push_on_each_service_tells_commit_and_branch() {
        assertThat(of(Map.of("GITHUB_ACTIONS", "true", "GITHUB_SHA", "abc", "GITHUB_REF_NAME", "main")))
                .isEqualTo(ci("GitHub Actions", "abc", "main", null));
        assertThat(of(Map.of("GITLAB_CI", "true", "CI_COMMIT_SHA", "abc", "CI_COMMIT_REF_NAME", "main")))
                .isEqualTo(ci("GitLab", "abc", "main", null));
        assertThat(of(Map.of("JENKINS_URL", "http://ci", "GIT_COMMIT", "abc", "GIT_BRANCH", "origin/main")))
                .isEqualTo(ci("Jenkins", "abc", "main", null));
        assertThat(of(Map.of("BUILDKITE", "true", "BUILDKITE_COMMIT", "abc", "BUILDKITE_BRANCH", "main")))
                .isEqualTo(ci("Buildkite", "abc", "main", null));
        assertThat(of(Map.of("CIRCLECI", "true", "CIRCLE_SHA1", "abc", "CIRCLE_BRANCH", "main")))
                .isEqualTo(ci("CircleCI", "abc", "main", null));
    }

    @Test
    void a_pull_request_tells_its_source_and_its_target() {
        assertThat(of(Map.of(
                        "GITHUB_ACTIONS", "true",
                        "GITHUB_SHA", "abc",
                        "GITHUB_REF_NAME", "7/merge",
                        "GITHUB_HEAD_REF", "feature",
                        "GITHUB_BASE_REF", "main")))
                .isEqualTo(ci("GitHub Actions", "abc", "feature", "main"));
        assertThat(of(Map.of(
                        "GITLAB_CI", "true",
                        "CI_COMMIT_SHA", "abc",
                        "CI_COMMIT_REF_NAME", "refs/merge-requests/7/head",
                        "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "feature",
                        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")))
                .isEqualTo(ci("GitLab", "abc", "feature", "main"));
        assertThat(of(Map.of(
                        "JENKINS_URL", "http://ci",
                        "GIT_COMMIT", "abc",
                        "BRANCH_NAME", "PR-7",
                        "CHANGE_BRANCH", "feature",
                        "CHANGE_TARGET", "main")))
                .isEqualTo(ci("Jenkins", "abc", "feature", "main"));
        assertThat(of(Map.of(
                        "BUILDKITE", "true",
                        "BUILDKITE_COMMIT", "abc",
                        "BUILDKITE_BRANCH", "feature",
                        "BUILDKITE_PULL_REQUEST_BASE_BRANCH", "main")))
                .isEqualTo(ci("Buildkite", "abc", "feature", "main"));
    }

    @Test
    void what_is_blank_is_not_told() {
        CiVariables push =
                of(Map.of("GITHUB_ACTIONS", "true", "GITHUB_HEAD_REF", "", "GITHUB_BASE_REF", " ", "GITHUB_SHA", "a"));

        assertThat(push.branch()).isEmpty();
        assertThat(push.baseBranch()).isEmpty();
        assertThat(of(Map.of("BUILDKITE", "true", "BUILDKITE_COMMIT", "HEAD")).commit())
                .isEmpty();
    }

    @Test
    void anywhere_else_nothing_is_told() {
        assertThat(CiVariables.of(Map.of())).isEmpty();
        assertThat(CiVariables.of(Map.of("CI", "true", "GITHUB_ACTIONS", "false", "GITHUB_SHA", "abc")))
                .isEmpty();
    }
}
