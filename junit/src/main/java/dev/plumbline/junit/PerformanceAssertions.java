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
 * limit the difference is. The assertion fails only if the limit is certainly exceeded, and aborts the test if the
 * budget runs out first. Both share one compiler and one heap; differences that appear only in a fresh process stay
 * hidden.
 */
public final class PerformanceAssertions {
    private PerformanceAssertions() {}

    /** Code with a side effect; without one, the compiler may remove it: return a result then. */
    @CheckReturnValue
    public static MeasuredCode measure(Runnable code) {
        return new MeasuredCode("", TimedCode.of(code));
    }

    /** Code whose result is kept, so that the compiler cannot remove the work behind it. */
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
