package dev.plumbline.junit;

/** Passes on whatever was thrown as it is. */
final class Rethrow {
    private Rethrow() {}

    static void unchecked(Throwable thrown) {
        Rethrow.<RuntimeException>as(thrown);
    }

    @SuppressWarnings("unchecked") // nothing is cast at run time
    private static <E extends Throwable> void as(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
