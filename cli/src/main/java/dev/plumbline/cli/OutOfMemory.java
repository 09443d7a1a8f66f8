package dev.plumbline.cli;

/** The heap is too small for what was asked. */
final class OutOfMemory {
    private static final long MEGABYTES = Runtime.getRuntime().maxMemory() >> 20;

    /** What helps, made at once when the class is: there may be little room to make it. */
    static final String WORDS = "this takes more memory than the " + MEGABYTES
            + " MB that it may use; where the machine has more, PLUMB_JAVA_OPTS=-Xmx" + 2 * MEGABYTES
            + "m gives it twice as much; else ask for less (one benchmark, metric or environment), or let plumb prune"
            + " forget old runs";

    /** Causes may go in a circle. */
    private static final int MOST_CAUSES = 100;

    private OutOfMemory() {}

    /** Whether that is why something failed: errors of other threads come wrapped. */
    static boolean isBehind(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
