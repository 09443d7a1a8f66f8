package dev.plumbline.server;

import dev.plumbline.store.postgres.PostgresAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.Stream;

/** A server that keeps everything in files. */
class ServerInFilesTest extends ServerContract {
    @Override
    Optional<PostgresAddress> database() {
        return Optional.empty();
    }

    @Override
    String dump() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Override
    String attempt(String statement) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("server.db"));
                Statement run = connection.createStatement()) {
            return "changed " + run.executeUpdate(statement);
        } catch (SQLException e) {
            return e.getMessage();
        }
    }
}
