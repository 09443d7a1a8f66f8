package dev.plumbline.junit;

/** A process that measures could not; the message says what happened and what helps. */
final class ForkFailure extends Exception {
    /** Whether the test itself threw, with its stack trace as the message. */
    private final boolean ofTest;

    ForkFailure(String message, boolean ofTest) {
        super(message);
        this.ofTest = ofTest;
    }

    boolean isOfTest() {
        return ofTest;
    }
}
