package dev.plumbline.store.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The password of an address where psql has it: in the address, in {@code PGPASSWORD}, or in the file that {@code
 * PGPASSFILE} names, else {@code ~/.pgpass}.
 */
final class Passwords {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Map<String, String> variables;

    /** @param variables those of the environment */
    Passwords(Map<String, String> variables) {
        this.variables = variables;
    }

    Optional<String> of(PostgresAddress address, String user) {
        return address.password()
                .or(() -> Optional.ofNullable(variables.get("PGPASSWORD")))
                .or(() -> file().flatMap(file -> inFile(file, address, user)));
    }

    private Optional<Path> file() {
        return Optional.ofNullable(variables.get("PGPASSFILE"))
                .or(() -> Optional.ofNullable(variables.get("HOME")).map(home -> home + "/.pgpass"))
                .map(Path::of);
    }

    /** As psql, leaves a file alone that others may read. */
    private static Optional<String> inFile(Path file, PostgresAddress address, String user) {
        try {
            if (!Files.isRegularFile(file) || isOpenToOthers(file)) {
                return Optional.empty();
            }
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                Optional<String> password = inLine(line, address, user);
                if (password.isPresent()) {
                    return password;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the server reports that a password is missing
        }
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    }

    private static Optional<String> inLine(String line, PostgresAddress address, String user) {
        if (line.startsWith("#")) {
            return Optional.empty();
        }
        List<String> wanted = List.of(address.host(), String.valueOf(address.port()), address.database(), user);
        int at = 0;
        for (String one : wanted) {
            StringBuilder field = new StringBuilder();
            at = field(line, at, field);
            if (at < 0 || !(field.toString().equals("*") || field.toString().equals(one))) {
                return Optional.empty();
            }
        }
        StringBuilder password = new StringBuilder();
        field(line, at, password);
        return Optional.of(password.toString());
    }

    /** Reads to the next colon, with backslashes before plain characters; answers where to go on, -1 at the end. */
    private static int field(String line, int from, StringBuilder field) {
        int at = from;
        while (at < line.length() && line.charAt(at) != ':') {
            if (line.charAt(at) == '\\' && at + 1 < line.length()) {
                at++;
            }
            field.append(line.charAt(at));
            at++;
        }
        return at < line.length() ? at + 1 : -1;
    }
}
