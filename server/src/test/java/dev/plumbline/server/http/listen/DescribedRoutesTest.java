package dev.plumbline.server.http.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.Specification;
import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.http.HttpSettings;
import dev.plumbline.server.identity.IdentitySettings;
import dev.plumbline.server.people.PasswordCost;
import dev.plumbline.server.project.Histories;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of the interface, against what is answered. */
class DescribedRoutesTest {
    @TempDir
    private Path folder;

    @Test
    void everything_for_programs_is_described_and_everything_described_is_there() throws IOException {
        HttpSettings settings = new HttpSettings(
                "127.0.0.1",
                0,
                Optional.empty(),
                List.of(),
                true,
                1,
                IdentitySettings.NONE,
                new PasswordCost(8, 1),
                List.of(),
                Duration.ZERO);
        Set<String> answered;
        try (HttpServer server = new HttpServer(
                settings,
                ServerDatabase.inFile(folder.resolve("server.db")),
                new Histories(folder),
                command -> 0,
                Clock.systemUTC(),
                new Random(1),
                System::nanoTime)) {
            answered = server.operations().stream()
                    .filter(operation -> operation.contains(" /api/") || operation.matches("GET /[a-z]+"))
                    .filter(operation ->
                            Specification.INSTANCE.operations().contains(operation) || operation.contains(" /api/"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        assertThat(answered).isEqualTo(Specification.INSTANCE.operations());
    }
}
