package dev.plumbline.measure.subject;

import dev.plumbline.measure.process.CommandFailure;

/** Another JMH measures on this machine, and holds the lock by which two never measure at once. */
public final class JmhLock extends CommandFailure {
    private static final long serialVersionUID = 1;

    JmhLock(String message) {
        super(message);
    }
}
