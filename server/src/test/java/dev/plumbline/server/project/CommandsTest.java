package dev.plumbline.server.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.original.Originals;
import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Organisation;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Projects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that take too long. */
class CommandsTest {
    @TempDir
    private Path folder;

    private final Project project = new Project(
            "abcdefghijkl",
            new Organisation("mnopqrstuvwx", new Name("acme"), Instant.EPOCH),
            new Name("fast"),
            false,
            false,
            Instant.EPOCH);

    private ServerDatabase database;
    private Histories histories;

    @BeforeEach
    void open() throws IOException {
        database = ServerDatabase.inFile(folder.resolve("server.db"));
        histories = new Histories(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Commands commands(ConfinedCommand.Program program, Duration longest) {
        Projects projects = new Projects(database, Clock.systemUTC(), new Random(1));
        Originals originals = new Originals(database, histories::originals, Clock.systemUTC());
        return new Commands(histories, projects, originals, program, new CommandQueue(1), Clock.systemUTC(), longest);
    }

    private int run(Commands commands) throws Exception {
        return commands.runAsServer(project, List.of("report"), CommandExecution::exitCode);
    }

    private long scratch() throws IOException {
        try (Stream<Path> files = Files.list(histories.scratch())) {
            return files.count();
        }
    }

    @Test
    void nobody_waits_for_ever_and_the_place_is_free_when_the_command_has_ended() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        Commands commands = commands(
                command -> {
                    if (begun.incrementAndGet() == 1) {
                        boolean isOver = false;
                        while (!isOver) {
                            try {
                                hangs.await();
                                isOver = true;
                            } catch (InterruptedException e) {
                                isOver = false; // as code that takes no notice
                            }
                        }
                    }
                    return 0;
                },
                Duration.ofMillis(300));

        assertThatThrownBy(() -> run(commands))
                .isInstanceOfSatisfying(CommandQueue.Full.class, full -> assertThat(full.isTooLong())
                        .isTrue());
        assertThat(scratch()).as("the command still has its folder").isEqualTo(1);

        hangs.countDown();
        assertThat(run(commands)).isZero();
        assertThat(begun.get()).isEqualTo(2);
        assertThat(scratch()).isZero();
    }

    @Test
    void a_command_that_fails_gives_its_place_back() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        Commands commands = commands(
                command -> {
                    if (begun.incrementAndGet() < 4) {
                        throw new IllegalStateException("broken");
                    }
                    return 1;
                },
                Duration.ofSeconds(30));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> run(commands)).hasMessage("broken");
        }
        assertThat(run(commands)).isEqualTo(1);
        assertThat(scratch()).isZero();
    }
}
