package dev.plumbline.server.hook;

import java.io.IOException;

/** Handles events at the repository of a project, as webhooks get messages about them. */
@FunctionalInterface
public interface RepositoryWork {
    /**
     * Does it.
     *
     * @param project the id of the project
     * @param delivery the message with the event
     * @return what was done, in words for people
     * @throws IOException if it was not done and may succeed later; the message is for people and holds no secret
     */
    String run(String project, Delivery delivery) throws IOException, InterruptedException;
}
