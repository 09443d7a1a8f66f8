package dev.plumbline.publish;

import java.io.IOException;

/**
 * Thrown where a service did not take a publication; the message has which, why, and what helps. It never holds a
 * secret.
 */
public class PublishFailure extends IOException {
    public PublishFailure(String message) {
        super(message);
    }
}
