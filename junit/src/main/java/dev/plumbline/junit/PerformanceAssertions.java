package dev.plumbline.junit;

import dev.plumbline.junit.timing.TimedCode;
import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * Compares two pieces of code in this process.
 *
 * <pre>{@code
 * assertThat(measure(() -> newSort(data))).isNotSlowerThan(measure(() -> oldSort(data))).withinPercent(3);
 * }</pre>
 *
 * <p>Both are called in short slices, one after the other, in a random order, until it is certain on which side of the
 * limit they are. The assertion fails only when it is certain that the limit is passed, and aborts the test when the
 * budget ends before anything is certain. Both have the same compiler and the same heap; what a fresh process would
 * decide otherwise does not show.
 */
public final class PerformanceAssertions {
    private PerformanceAssertions() {}

    /** Code that is measured for its effect; where it has none the compiler may leave it out: return a result then. */
    @CheckReturnValue
    public static MeasuredCode measure(Runnable code) {
        return new MeasuredCode("", TimedCode.of(code));
    }

    /** Code whose result is kept, so that the compiler cannot leave out what leads to it. */
    @CheckReturnValue
    public static MeasuredCode measure(ThrowingSupplier<?> code) {
        return new MeasuredCode("", TimedCode.of(code));
    }

    /** Begins an assertion; nothing is measured before the expectation is set. */
    @CheckReturnValue
    public static MeasuredCodeAssert assertThat(MeasuredCode code) {
        return new MeasuredCodeAssert(code);
    }
}
