package dev.plumbline.server;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.http.HttpSettings;
import dev.plumbline.store.postgres.PostgresAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a server.
 *
 * @param folder everything that it keeps in files
 * @param database where people and histories are kept; in files when empty
 * @param variables those of the environment, which may have the role and its password
 */
public record ServerSettings(
        Path folder, Optional<PostgresAddress> database, HttpSettings http, Map<String, String> variables) {
    public ServerSettings {
        requireNonNull(folder, "folder");
        requireNonNull(database, "database");
        requireNonNull(http, "http");
        variables = Map.copyOf(variables);
    }
}
