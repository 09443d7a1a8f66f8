package dev.plumbline.report.content;

import static java.util.Objects.requireNonNull;

/** The origin of a suite's histories: runs are compared within one environment and branch. */
public record SuiteOrigin(String environment, String branch) {
    public SuiteOrigin {
        requireNonNull(environment, "environment");
        requireNonNull(branch, "branch");
    }

    /** As the head of a text goes on. */
    public String words() {
        return ", branch " + branch + ", environment " + environment;
    }
}
