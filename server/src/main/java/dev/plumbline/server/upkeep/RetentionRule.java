package dev.plumbline.server.upkeep;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The retention of a project's results.
 *
 * @param runDays older runs may go; all stay when empty
 * @param keepRuns the newest runs of each environment and branch that stay whatever their age
 * @param sampleDays the samples of older runs may go, and their values stay; all stay when empty
 * @param levelRuns the runs at either end of each level that stay with their samples whatever their age
 */
public record RetentionRule(OptionalInt runDays, int keepRuns, OptionalInt sampleDays, int levelRuns) {
    /** Keeps everything. */
    public static final RetentionRule EVERYTHING = new RetentionRule(OptionalInt.empty(), 300, OptionalInt.empty(), 5);

    private static final int MOST_DAYS = 36_500;

    /** @throws IllegalArgumentException if a number is out of its range; the message says which */
    public RetentionRule {
        requireNonNull(runDays, "runDays");
        requireNonNull(sampleDays, "sampleDays");
        require("the days for runs", runDays.orElse(1), 1, MOST_DAYS);
        require("the days for samples", sampleDays.orElse(1), 1, MOST_DAYS);
        require("the number of newest runs", keepRuns, 0, 1_000_000);
        require("the number of runs of a level", levelRuns, 1, 1_000);
    }

    private static void require(String what, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(what + " must be from " + low + " to " + high);
        }
    }

    /** Whether nothing ever goes. */
    public boolean keepsEverything() {
        return runDays.isEmpty() && sampleDays.isEmpty();
    }

    /** The command that does it; lists only what would go unless it is for real. */
    public List<String> command(boolean forReal) {
        List<String> command = new ArrayList<>(List.of("prune", "--level-runs=" + levelRuns));
        if (runDays.isPresent()) {
            command.add("--days=" + runDays.getAsInt());
            command.add("--keep-runs=" + keepRuns);
        } else {
            command.add("--keep-all-runs");
        }
        sampleDays.ifPresent(days -> command.add("--sample-days=" + days));
        if (forReal) {
            command.add("--yes");
        }
        return command;
    }
}
