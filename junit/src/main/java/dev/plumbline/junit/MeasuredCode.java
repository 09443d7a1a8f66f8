package dev.plumbline.junit;

import static java.util.Objects.requireNonNull;

import dev.plumbline.junit.timing.TimedCode;

/** Code to measure, made by {@link PerformanceAssertions#measure}. */
@CheckReturnValue
public final class MeasuredCode {
    private final String name;
    private final TimedCode code;

    MeasuredCode(String name, TimedCode code) {
        this.name = requireNonNull(name, "name");
        this.code = requireNonNull(code, "code");
    }

    /**
     * Returns the same code with a name for messages.
     *
     * @param description such as {@code "quicksort"}; not blank
     */
    public MeasuredCode as(String description) {
        if (description.isBlank()) {
            throw new IllegalArgumentException("the description of measured code is blank");
        }
        return new MeasuredCode(description, code);
    }

    String name() {
        return name;
    }

    TimedCode code() {
        return code;
    }
}
