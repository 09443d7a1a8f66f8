package dev.plumbline.server;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.data.ReadReplica;
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
 * @param replica where histories are read, if it is not where they are kept
 * @param variables those of the environment, which may have the role and its password
 */
public record ServerSettings(
        Path folder,
        Optional<PostgresAddress> database,
        Optional<ReadReplica.Settings> replica,
        HttpSettings http,
        Map<String, String> variables) {
    public ServerSettings {
        requireNonNull(folder, "folder");
        requireNonNull(database, "database");
        requireNonNull(http, "http");
        requireNonNull(replica, "replica");
        variables = Map.copyOf(variables);
        if (replica.isPresent() && database.isEmpty()) {
            throw new IllegalArgumentException("files have no replica");
        }
    }
}
