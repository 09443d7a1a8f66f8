package dev.plumbline.pipeline.record;

import static java.util.Objects.requireNonNull;

import dev.plumbline.ingest.Format;
import java.util.Optional;

/**
 * The settings for reading result files.
 *
 * @param overrides the options about them
 * @param format the format of all files; found out from their content when empty
 * @param leavesUnreadableOut whether files that cannot be read are left out instead of keeping the others out
 * @param commitsByTime whether results without a commit get the one that the branch had at their time
 * @param leavesCopiesOut whether what the history has already under another time or without a commit is not added again
 */
public record ReadingSettings(
        Overrides overrides,
        Optional<Format> format,
        boolean leavesUnreadableOut,
        boolean commitsByTime,
        boolean leavesCopiesOut) {
    /** All files or none, as they are, in whatever format they are. */
    public static final ReadingSettings DEFAULT = of(Overrides.NONE, Optional.empty());

    public ReadingSettings {
        requireNonNull(overrides, "overrides");
        requireNonNull(format, "format");
    }

    /** All files or none, unchanged but for the options. */
    public static ReadingSettings of(Overrides overrides, Optional<Format> format) {
        return new ReadingSettings(overrides, format, false, false, false);
    }

    public ReadingSettings leavingUnreadableOut(boolean wanted) {
        return new ReadingSettings(overrides, format, wanted, commitsByTime, leavesCopiesOut);
    }

    public ReadingSettings withCommitsByTime(boolean wanted) {
        return new ReadingSettings(overrides, format, leavesUnreadableOut, wanted, leavesCopiesOut);
    }

    public ReadingSettings leavingCopiesOut(boolean wanted) {
        return new ReadingSettings(overrides, format, leavesUnreadableOut, commitsByTime, wanted);
    }
}
