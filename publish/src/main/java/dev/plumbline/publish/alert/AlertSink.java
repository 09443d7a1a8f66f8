package dev.plumbline.publish.alert;

import dev.plumbline.publish.PublishFailure;

/** A service that brings messages to people. A further service is a class that does this. */
interface AlertSink {
    /**
     * Sends a message.
     *
     * @throws PublishFailure if the service did not take it
     */
    void send(Alert alert) throws PublishFailure, InterruptedException;

    /** Whether the service keeps no alert by itself, and wants every report to repeat those that hold. */
    default boolean isState() {
        return false;
    }
}
