package dev.plumbline.measure.process;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The duration and resources of one execution of a command.
 *
 * @param exitCode as reported by shells: 128 plus the signal's number if a signal ended the program
 * @param wallNanos from just before the start until the end was seen
 * @param usage what the operating system counted, where it can be asked
 */
public record Execution(int exitCode, long wallNanos, Optional<Usage> usage) {
    /**
     * The operating system's counters for the process and all descendants that it waited for.
     *
     * @param userNanos processor time in the program itself
     * @param systemNanos processor time in the kernel for it
     * @param peakBytes the peak memory of any one process; empty if it cannot be distinguished from the memory of the
     *     parent process
     * @param voluntarySwitches how often it waited for something
     * @param involuntarySwitches how often the processor was taken away from it
     */
    public record Usage(
            long userNanos,
            long systemNanos,
            OptionalLong peakBytes,
            long voluntarySwitches,
            long involuntarySwitches) {}

    public boolean succeeded() {
        return exitCode == 0;
    }
}
