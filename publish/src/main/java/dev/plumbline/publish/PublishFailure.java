package dev.plumbline.publish;

import java.io.IOException;

/** A service did not take what was published; the message says which, why, and what helps. It never holds a secret. */
public class PublishFailure extends IOException {
    public PublishFailure(String message) {
        super(message);
    }
}
