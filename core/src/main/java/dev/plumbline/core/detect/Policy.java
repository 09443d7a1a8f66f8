package dev.plumbline.core.detect;

import static java.util.Objects.requireNonNull;

/**
 * What counts as a change.
 *
 * @param margin the smallest relative change worth a person's time; both significance and relevance are asked for
 * @param severities where the severities begin
 * @param confidence of every interval that is shown, for example 0.95
 * @param suiteErrorRate how often a healthy run of the whole suite may have any regression called, at the most
 * @param minimumRuns how many runs a history needs before anything is judged against it
 */
public record Policy(double margin, Severities severities, double confidence, double suiteErrorRate, int minimumRuns) {
    /** Margin 2 %, severities 2/5/10 %, 95 % confidence, 5 % for the suite, at least 5 runs. */
    public static final Policy DEFAULT = new Policy(0.02, Severities.DEFAULT, 0.95, 0.05, 5);

    public Policy {
        requireNonNull(severities, "severities");
        if (!(margin >= 0 && margin < 1)) {
            throw new IllegalArgumentException("a margin lies between 0 and 1 (0.02 is 2 %), not at " + margin);
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence lies between 0.5 and 1, not at " + confidence);
        }
        if (!(suiteErrorRate > 0 && suiteErrorRate < 1)) {
            throw new IllegalArgumentException("an error rate lies between 0 and 1, not at " + suiteErrorRate);
        }
        if (minimumRuns < 3) {
            throw new IllegalArgumentException("a history has at least 3 runs, not " + minimumRuns);
        }
    }

    public Policy withMargin(double other) {
        return new Policy(other, severities, confidence, suiteErrorRate, minimumRuns);
    }
}
