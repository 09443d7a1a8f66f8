package dev.plumbline.publish.http;

import dev.plumbline.publish.PublishFailure;
import java.util.Locale;

/** A service answered, and the answer is no. */
public final class Refusal extends PublishFailure {
    private final int status;
    private final String said;

    Refusal(int status, String said, String message) {
        super(message);
        this.status = status;
        this.said = said;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The message in the service's answer; empty when there was none. */
    public String said() {
        return said;
    }

    /** Whether what was sent is too long, and something shorter may be taken. */
    public boolean isTooLong() {
        return status == 413 || status == 422 && said.toLowerCase(Locale.ROOT).contains("too long");
    }
}
