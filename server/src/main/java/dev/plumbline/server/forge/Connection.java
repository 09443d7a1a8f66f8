package dev.plumbline.server.forge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.publish.Publication;
import dev.plumbline.server.hook.Webhook;
import java.util.Optional;

/**
 * The connection of a project to its repository.
 *
 * @param queue the queue of what is done there
 * @param app the id of the app, where it is no token that opens the repository
 */
public record Connection(Webhook queue, Repository repository, Settings settings, Optional<String> app) {
    public Connection {
        requireNonNull(queue, "queue");
        requireNonNull(repository, "repository");
        requireNonNull(settings, "settings");
        requireNonNull(app, "app");
    }

    /**
     * The settings of a connection.
     *
     * @param name of the check and the comment
     * @param isAwaiting whether a pull request shows that results are to come
     */
    public record Settings(String name, boolean isAwaiting) {
        /** The settings of who chooses none. */
        public static final Settings DEFAULT = new Settings(Publication.DEFAULT_NAME, true);

        /** @throws IllegalArgumentException if the name is none */
        public Settings {
            Publication.check(name, Optional.empty());
        }
    }
}
