package dev.plumbline.cli.remote;

import java.io.IOException;
import java.util.Set;

/** A server's answer that it does not do what it was asked for. */
public final class ServerRefusal extends IOException {
    private static final long serialVersionUID = 1L;

    /** The statuses that are caused by the request itself; all others may go away without a change to the request. */
    private static final Set<Integer> FOR_GOOD = Set.of(400, 409, 413, 415, 422);

    private final int status;

    ServerRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Whether the same request will never be taken. */
    boolean isForGood() {
        return FOR_GOOD.contains(status);
    }

    /** Whether the server does not know what was asked for, as one of an earlier version. */
    public boolean isUnknown() {
        return status == 404 || status == 405;
    }
}
