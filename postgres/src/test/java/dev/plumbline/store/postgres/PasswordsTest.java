package dev.plumbline.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordsTest {
    @TempDir
    private Path folder;

    private static PostgresAddress address(String text) {
        return PostgresAddress.parse(text, Optional.empty());
    }

    private Path file(String permissions, String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve(".pgpass"), String.join("\n", lines) + "\n");
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
        return file;
    }

    @Test
    void the_address_wins_over_the_variable_and_that_over_the_file() throws IOException {
        Path file = file("rw-------", "*:*:*:*:of the file");
        Map<String, String> both = Map.of("PGPASSWORD", "of the variable", "PGPASSFILE", file.toString());

        assertThat(new Passwords(both).of(address("postgresql://ann:own@db/perf"), "ann"))
                .contains("own");
        assertThat(new Passwords(both).of(address("postgresql://ann@db/perf"), "ann"))
                .contains("of the variable");
        assertThat(new Passwords(Map.of("PGPASSFILE", file.toString())).of(address("postgresql://db/perf"), "ann"))
                .contains("of the file");
        assertThat(new Passwords(Map.of("HOME", folder.toString())).of(address("postgresql://db/perf"), "ann"))
                .contains("of the file");
        assertThat(new Passwords(Map.of()).of(address("postgresql://db/perf"), "ann"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://db/perf, ann, first",
        "postgresql://db:6000/perf, ann, any port",
        "postgresql://db/other, ann, any database",
        "postgresql://db/perf, bob, a:b\\c",
        "postgresql://elsewhere/perf, ann,",
    })
    void the_first_line_that_fits_has_the_password(String text, String user, String password) throws IOException {
        Path file = file(
                "rw-------",
                "# db:5432:perf:ann:a comment",
                "db:5432:perf:ann:first",
                "db:5432:perf:ann:second",
                "db:*:perf:ann:any port",
                "db:5432:*:ann:any database",
                "db:5432:perf:bob:a\\:b\\\\c",
                "nonsense");

        assertThat(new Passwords(Map.of("PGPASSFILE", file.toString())).of(address(text), user))
                .isEqualTo(Optional.ofNullable(password));
    }

    @Test
    void a_file_that_others_may_read_is_left_alone() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path file = file("rw-r-----", "*:*:*:*:pw");

        assertThat(new Passwords(Map.of("PGPASSFILE", file.toString())).of(address("postgresql://db/perf"), "ann"))
                .isEmpty();
    }
}
