package dev.plumbline.junit;

/** Thrown where a measuring process failed; the message has the problem and the remedy. */
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
