package dev.plumbline.cli.connection;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.remote.PersonOptions;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries the connection of a project to its repository. */
@CommandLine.Command(
        name = "test",
        description = "Read the commits of the repository now, and wait for the outcome; exit code 2 if that fails."
                + " Needs the right to decide.",
        footer = {"", "Example: plumb connection test"})
final class ConnectionTestCommand extends Command {
    private static final String READING = "commits.changed";

    /** More than can be under way at once beside a reading. */
    private static final int NEWEST = 100;

    private static final Duration PAUSE = Duration.ofMillis(500);

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to wait for the outcome, 1 to 3600: the first reading of a large repository takes"
                    + " minutes. Default: ${DEFAULT-VALUE}")
    private int wait;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private PersonOptions personOptions = new PersonOptions();

    @Override
    public Integer call() throws IOException {
        if (wait < 1 || wait > 3_600) {
            throw wrongUse("--wait is a number of seconds from 1 to 3600");
        }
        JsonValue outcome = personOptions.ask(terminal(), server -> outcome(new ForgeConnection(server)));
        String answer = TerminalText.escape(outcome.get("answer").text().orElse(""));
        if (json) {
            JsonText.write(
                    terminal().out(),
                    out -> out.object(() -> {
                        out.text("schema", ForgeConnection.SCHEMA);
                        out.object("tested", () -> ForgeConnection.writeDelivery(outcome, out));
                    }));
            terminal().out().flush();
        }
        if (!isDelivered(outcome)) {
            throw new WrongRequest("the server cannot read the repository: " + answer);
        }
        if (!json) {
            terminal().out().println("the connection works: " + answer);
            terminal().out().flush();
        }
        return ExitCode.OPEN;
    }

    private static boolean isDelivered(JsonValue delivery) {
        return delivery.get("state").text().filter("delivered"::equals).isPresent();
    }

    /** The outcome of a reading that was not attempted before, as soon as it was once. */
    private JsonValue outcome(ForgeConnection connection) throws IOException {
        Set<String> before = readings(connection).stream()
                .filter(ConnectionTestCommand::isAttempted)
                .map(ConnectionTestCommand::id)
                .collect(Collectors.toSet());
        connection.read();
        long end = System.nanoTime() + Duration.ofSeconds(wait).toNanos();
        while (System.nanoTime() - end < 0) {
            Optional<JsonValue> reading = readings(connection).stream()
                    .filter(one -> !before.contains(id(one)))
                    .filter(ConnectionTestCommand::isAttempted)
                    .findFirst();
            if (reading.isPresent()) {
                return reading.get();
            }
            pause();
        }
        throw new WrongRequest(
                "the repository was not read within " + wait + " s; plumb connection show shows what comes of it");
    }

    private static List<JsonValue> readings(ForgeConnection connection) throws IOException {
        return connection.deliveries(NEWEST).stream()
                .filter(one -> one.get("event").text().filter(READING::equals).isPresent())
                .toList();
    }

    private static String id(JsonValue delivery) {
        return delivery.get("id").text().orElse("");
    }

    /** Whether there is an outcome, even if it will be tried again. */
    private static boolean isAttempted(JsonValue delivery) {
        return delivery.get("attempts").integer().orElse(0) > 0
                && (isDelivered(delivery) || delivery.get("answer").text().isPresent());
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the repository to be read");
        }
    }
}
