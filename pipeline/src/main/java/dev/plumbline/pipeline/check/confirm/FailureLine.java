package dev.plumbline.pipeline.check.confirm;

import java.util.stream.Collectors;

/** What went wrong outside, in one line. */
public final class FailureLine {
    private FailureLine() {}

    /** What went wrong and what was printed, as a report's list of problems has it. */
    public static String of(String failure) {
        return failure.lines()
                .map(String::strip)
                .collect(Collectors.joining("; "))
                .replace(":; ", ": ");
    }
}
