package dev.plumbline.pipeline.check.confirm;

import java.util.stream.Collectors;

/** An external failure, in one line. */
public final class FailureLine {
    private FailureLine() {}

    /** The failure and its output, as a report's list of problems has it. */
    public static String of(String failure) {
        return failure.lines()
                .map(String::strip)
                .collect(Collectors.joining("; "))
                .replace(":; ", ": ");
    }
}
