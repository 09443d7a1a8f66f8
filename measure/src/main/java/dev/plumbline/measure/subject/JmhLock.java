package dev.plumbline.measure.subject;

import dev.plumbline.measure.process.CommandFailure;

/** Thrown if another JMH on this machine holds the lock that prevents simultaneous measuring. */
public final class JmhLock extends CommandFailure {
    private static final long serialVersionUID = 1;

    JmhLock(String message) {
        super(message);
    }
}
