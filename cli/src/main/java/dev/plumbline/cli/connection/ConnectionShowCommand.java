package dev.plumbline.cli.connection;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.remote.PersonOptions;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the connection of a project to its repository. */
@CommandLine.Command(
        name = "show",
        description = "Show the repository of the project and what was done there last. Needs the right to decide.",
        footer = {"", "Example: plumb connection show"})
final class ConnectionShowCommand extends Command {
    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "10",
            description = "At most this many of the things that were done, 1 to 1000. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private PersonOptions personOptions = new PersonOptions();

    /** The answer of the server. */
    private record Shown(JsonValue connection, String events, List<JsonValue> deliveries) {}

    @Override
    public Integer call() throws IOException {
        if (limit < 1 || limit > 1_000) {
            throw wrongUse("--limit is a number from 1 to 1000");
        }
        Shown shown = personOptions.ask(terminal(), server -> {
            ForgeConnection connection = new ForgeConnection(server);
            return new Shown(connection.get(), connection.events(), connection.deliveries(limit));
        });
        if (json) {
            JsonText.write(
                    terminal().out(),
                    out -> out.object(() -> {
                        out.text("schema", ForgeConnection.SCHEMA);
                        out.object("connection", () -> ForgeConnection.write(shown.connection(), out));
                        out.text("events", shown.events());
                        out.array(
                                "deliveries",
                                shown.deliveries(),
                                one -> out.object(() -> ForgeConnection.writeDelivery(one, out)));
                    }));
        } else {
            terminal().out().print(text(shown));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private static String text(Shown shown) {
        JsonValue connection = shown.connection();
        StringBuilder out = new StringBuilder();
        out.append(text(connection, "forge"))
                .append(' ')
                .append(text(connection, "repository"))
                .append(", with ")
                .append(connection.get("app").text().isPresent() ? "app " + text(connection, "app") : "a token")
                .append(", connected by ")
                .append(text(connection, "madeBy"))
                .append(" on ")
                .append(text(connection, "createdAt").split("T", 2)[0])
                .append('\n');
        out.append("check and comment: ")
                .append(text(connection, "name"))
                .append(
                        connection.get("awaitsResults").isTrue()
                                ? "; a pending check until results come\n"
                                : "; no pending check\n");
        out.append("webhook of the repository: ").append(shown.events()).append('\n');
        if (shown.deliveries().isEmpty()) {
            out.append("nothing was done there yet\n");
        }
        for (JsonValue delivery : shown.deliveries()) {
            String answer = text(delivery, "answer");
            out.append(text(delivery, "createdAt"))
                    .append(' ')
                    .append(text(delivery, "event"))
                    .append(": ")
                    .append(text(delivery, "state"))
                    .append(answer.isEmpty() ? "" : ", " + answer)
                    .append('\n');
        }
        return out.toString();
    }

    private static String text(JsonValue object, String member) {
        return TerminalText.escape(object.get(member).text().orElse(""));
    }
}
