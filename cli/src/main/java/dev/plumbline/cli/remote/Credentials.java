package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.Terminal;
import dev.plumbline.pipeline.WrongRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tokens of this user for servers: a file that only the user can read, with a line {@code ADDRESS TOKEN} for each
 * server.
 */
final class Credentials {
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,1000}");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;

    Credentials(Terminal terminal) throws WrongRequest {
        file = folder(terminal).resolve("credentials");
    }

    /** Whether there is a place for tokens, which some containers have not. */
    static boolean hasFolder(Terminal terminal) {
        return List.of("XDG_CONFIG_HOME", "APPDATA", "HOME", "USERPROFILE").stream()
                .anyMatch(variable -> set(terminal, variable).isPresent());
    }

    private static Path folder(Terminal terminal) throws WrongRequest {
        Optional<String> configured = set(terminal, "XDG_CONFIG_HOME").or(() -> set(terminal, "APPDATA"));
        Path folder = configured.isPresent()
                ? Path.of(configured.get())
                : Path.of(
                        set(terminal, "HOME")
                                .or(() -> set(terminal, "USERPROFILE"))
                                .orElseThrow(() -> new WrongRequest(
                                        "there is no home folder to keep a token in; set PLUMBLINE_TOKEN")),
                        ".config");
        return terminal.directory().resolve(folder).resolve("plumbline");
    }

    private static Optional<String> set(Terminal terminal, String variable) {
        return Optional.ofNullable(terminal.variables().get(variable)).filter(text -> !text.isBlank());
    }

    /**
     * A token as it may be sent.
     *
     * @throws WrongRequest if it has other characters than tokens have
     */
    static String checked(String text) throws WrongRequest {
        String stripped = text.strip();
        if (!TOKEN.matcher(stripped).matches()) {
            throw new WrongRequest("a token must have 1 to 1,000 characters, without blanks");
        }
        return stripped;
    }

    /** The token for a server, if there is one. */
    Optional<String> token(URI server) throws IOException {
        for (String line : lines()) {
            String[] parts = line.split(" ", 2);
            if (parts.length == 2 && parts[0].equals(server.toString())) {
                return Optional.of(checked(parts[1]));
            }
        }
        return Optional.empty();
    }

    private List<String> lines() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        if (isPosix()) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!OWNER_ONLY.containsAll(permissions)) {
                throw new WrongRequest(file + ": others can read this file of tokens; run chmod 600 on it");
            }
        }
        return Files.readAllLines(file, StandardCharsets.UTF_8);
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Keeps a token in place of the one there was for the server.
     *
     * @return the file
     */
    Path keep(URI server, String token) throws IOException {
        List<String> lines = new ArrayList<>(lines());
        lines.removeIf(line -> line.startsWith(server + " "));
        lines.add(server + " " + token);
        Files.createDirectories(file.getParent());
        Path temporary = isPosix()
                ? Files.createTempFile(
                        file.getParent(), "credentials", ".part", PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                : Files.createTempFile(file.getParent(), "credentials", ".part");
        try {
            Files.write(temporary, lines, StandardCharsets.UTF_8);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return file;
    }
}
