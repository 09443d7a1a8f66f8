package dev.plumbline.server.upkeep;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Runs that a project expects, as those of a nightly job.
 *
 * @param name what people call them
 * @param branch the only one that counts; any when empty
 * @param environment the only one that counts; any when empty
 * @param hours after which a run is missing
 * @param since when the rule was made
 */
public record ExpectedRun(
        String id, String name, Optional<String> branch, Optional<String> environment, int hours, Instant since) {
    private static final int LONGEST = 200;
    private static final int MOST_HOURS = 10_000;

    /** @throws IllegalArgumentException if one of them is invalid; the message says why */
    public ExpectedRun {
        requireNonNull(id, "id");
        requireNonNull(since, "since");
        checkText("the name", name);
        branch.ifPresent(text -> checkText("the branch", text));
        environment.ifPresent(text -> checkText("the environment", text));
        if (hours < 1 || hours > MOST_HOURS) {
            throw new IllegalArgumentException("the hours must be from 1 to " + MOST_HOURS);
        }
    }

    private static void checkText(String what, String text) {
        if (text.isBlank() || text.length() > LONGEST || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " must have 1 to " + LONGEST + " printable characters");
        }
    }

    /**
     * The received runs.
     *
     * @param last when the newest of the runs was measured; none has come when empty
     * @param isMissing whether one should have come by now
     */
    public record State(ExpectedRun expected, Optional<Instant> last, boolean isMissing) {
        /** In a sentence for people. */
        public String words(Instant now) {
            String where = expected.name()
                    + expected.branch().map(branch -> " on " + branch).orElse("");
            return last.map(at -> where + " has not reported for "
                            + Duration.between(at, now).toHours() + " h")
                    .orElse(where + " has never reported");
        }
    }

    /** The state of the rule, where the newest run is known. */
    State at(Instant now, Optional<Instant> last) {
        Instant waitsFrom = last.filter(at -> at.isAfter(since)).orElse(since);
        return new State(this, last, waitsFrom.plus(Duration.ofHours(hours)).isBefore(now));
    }
}
