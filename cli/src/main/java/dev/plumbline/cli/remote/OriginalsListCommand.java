package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the kept files. */
@CommandLine.Command(
        name = "list",
        description = "List the result files that the server keeps, the newest first, or those of a run.",
        footer = {"", "Example: plumb originals list --run 3f2a91c0"})
final class OriginalsListCommand extends Command {
    private static final int SHOWN_DIGITS = 12;

    @Option(names = "--run", paramLabel = "ID", description = "Only the files of this run.")
    private String run;

    @Option(names = "--limit", paramLabel = "N", description = "Maximum number of files. Default: 100")
    private int limit = 100;

    @Mixin
    private StyleOptions styleOptions = new StyleOptions();

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private ServerOptions serverOptions = new ServerOptions();

    @Override
    public Integer call() throws IOException {
        if (limit < 1) {
            throw wrongUse("--limit needs a number of at least 1");
        }
        ServerConnection connection = serverOptions.connection(terminal());
        ServerLists lists = new ServerLists(connection);
        List<JsonValue> files = run == null
                ? lists.first("originals", limit)
                : connection
                        .get("runs/" + lists.run(run) + "/originals")
                        .get("items")
                        .elements();
        if (json) {
            JsonText.write(
                    terminal().out(),
                    out -> out.object(() -> out.array(
                            "files",
                            files.stream().limit(limit).toList(),
                            file -> out.object(() -> write(file, out)))));
        } else {
            terminal().out().print(text(files.stream().limit(limit).toList()));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private static void write(JsonValue file, JsonText out) {
        for (String name : List.of("digest", "name", "format", "reader", "keptAt")) {
            file.get(name).text().ifPresent(text -> out.text(name, text));
        }
        for (String name : List.of("bytes", "packedBytes", "runs")) {
            file.get(name).integer().ifPresent(number -> out.integer(name, number));
        }
    }

    private String text(List<JsonValue> files) {
        if (files.isEmpty()) {
            return run == null ? "no result file is kept\n" : "no file of this run is kept\n";
        }
        TextStyle style = styleOptions.style(terminal());
        Table table = new Table(
                style,
                List.of(
                        Table.Column.whole("digest", false, 0),
                        Table.Column.whole("kept", false, 1),
                        Table.Column.whole("bytes", true, 0),
                        Table.Column.whole("packed", true, 2),
                        Table.Column.whole(run == null ? "runs" : "read as", run == null, 0),
                        new Table.Column("name", false, 0, 30, 10)));
        for (JsonValue file : files) {
            String digest = file.get("digest").text().orElse("");
            table.add(List.of(
                    cell(style, digest.substring(0, Math.min(SHOWN_DIGITS, digest.length()))),
                    cell(
                            style,
                            file.get("keptAt")
                                    .text()
                                    .map(time -> time.split("T", 2)[0])
                                    .orElse("")),
                    cell(style, number(file.get("bytes"))),
                    cell(style, number(file.get("packedBytes"))),
                    cell(
                            style,
                            run == null
                                    ? number(file.get("runs"))
                                    : file.get("format").text().orElse("by its content")),
                    cell(style, file.get("name").text().orElse(""))));
        }
        StringBuilder out = new StringBuilder();
        table.appendTo(out);
        return out.toString();
    }

    private static Table.Cell cell(TextStyle style, String text) {
        return Table.Cell.of(style.safe(text));
    }

    private static String number(JsonValue value) {
        return String.format(Locale.ROOT, "%,d", value.integer().orElse(0));
    }
}
