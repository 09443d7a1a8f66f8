package dev.plumbline.publish.http;

import dev.plumbline.publish.PublishFailure;
import java.util.Locale;

/** Thrown if a service rejects a request. */
public final class Refusal extends PublishFailure {
    private final int status;
    private final String stated;

    Refusal(int status, String stated, String message) {
        super(message);
        this.status = status;
        this.stated = stated;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The message in the service's answer; empty when there was none. */
    public String stated() {
        return stated;
    }

    /** Whether what was sent is too long, and something shorter may be taken. */
    public boolean isTooLong() {
        return status == 413 || status == 422 && stated.toLowerCase(Locale.ROOT).contains("too long");
    }
}
