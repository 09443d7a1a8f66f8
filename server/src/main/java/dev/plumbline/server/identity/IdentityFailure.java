package dev.plumbline.server.identity;

import static java.util.Objects.requireNonNull;

/** Thrown if no identity was established. The message is for the person who waits; the reason is for the log alone. */
public final class IdentityFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final String reason;

    /** The party that has to act. */
    public enum Kind {
        /** The issuer gives no usable answer. */
        NO_ANSWER,
        /** The presented token proves nothing. */
        REFUSED
    }

    IdentityFailure(Kind kind, String message, String reason) {
        super(message);
        this.kind = requireNonNull(kind, "kind");
        this.reason = requireNonNull(reason, "reason");
    }

    IdentityFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = requireNonNull(kind, "kind");
        reason = String.valueOf(cause.getMessage());
    }

    public Kind kind() {
        return kind;
    }

    /** The failure, in a line that may quote untrusted text. */
    public String reason() {
        return reason;
    }
}
