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

    /** Whether the service does not store alerts, so that every report has to repeat those in force. */
    default boolean isState() {
        return false;
    }
}
