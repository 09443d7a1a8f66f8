package dev.plumbline.cli;

/** The heap is too small for what was asked. */
final class OutOfMemory {
    private static final long MEGABYTES = Runtime.getRuntime().maxMemory() >> 20;

    /** The message, made when the class is loaded: there may be little room to make it later. */
    static final String WORDS = "this needs more memory than the " + MEGABYTES
            + " MB it may use; if the machine has more, set PLUMB_JAVA_OPTS=-Xmx" + 2 * MEGABYTES
            + "m to double it; otherwise narrow the query (one benchmark, metric or environment) or delete old"
            + " runs with plumb prune";

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
