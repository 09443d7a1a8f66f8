package dev.plumbline.publish;

import java.io.IOException;

/**
 * Thrown if a service rejected a publication; the message has the service, the reason and a remedy. It never holds a
 * secret.
 */
public class PublishFailure extends IOException {
    public PublishFailure(String message) {
        super(message);
    }
}
