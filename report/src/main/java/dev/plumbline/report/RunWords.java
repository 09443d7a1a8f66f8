package dev.plumbline.report;

import dev.plumbline.core.model.RunInfo;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Runs, commits and times in words. What came from outside is in them as it came: escape the result. */
public final class RunWords {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The consequence of an unknown commit. */
    private static final String WITHOUT_COMMIT = " (ordered by time, commit unknown; set it with --commit)";

    private RunWords() {}

    /** Minutes are enough for people; always UTC. */
    public static String time(Instant time) {
        return MINUTE.format(time) + " UTC";
    }

    /** {@code run 0a1b2c3d4e of commit 5f6a7b8c9d on main, measured 2026-11-24 10:00 UTC in environment 0a1b2c}. */
    public static String run(RunInfo run) {
        return (isRunId(run.id()) ? "run " : "") + runName(run)
                + (isRunId(run.id()) || run.header().revision().isKnown() ? " of " + revision(run) : "")
                + (isRunId(run.id()) && !run.header().revision().isKnown() ? WITHOUT_COMMIT : "") + ", measured "
                + time(run.header().time()) + " in environment "
                + run.header().environment().key();
    }

    /** {@code commit 5f6a7b8c9d on main}. */
    public static String revision(RunInfo run) {
        return (run.header().revision().isKnown()
                        ? "commit " + run.header().revision().shortCommit()
                        : "an unknown commit")
                + " on " + run.header().revision().branch();
    }

    /** {@code 5f6a7b8c9d}; {@code an unknown commit} where it has none. */
    public static String commit(RunInfo run) {
        return run.header().revision().isKnown() ? run.header().revision().shortCommit() : "an unknown commit";
    }

    /** The beginning of a run's id; a run from a file of a comparison has the file's whole name. */
    public static String runName(RunInfo run) {
        return isRunId(run.id()) ? shortId(run.id()) : run.id();
    }

    private static boolean isRunId(String id) {
        return id.matches("[0-9a-f]{10,}");
    }

    public static String shortId(String id) {
        return id.substring(0, Math.min(10, id.length()));
    }
}
