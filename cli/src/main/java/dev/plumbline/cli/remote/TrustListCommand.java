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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The rules of a project. */
@CommandLine.Command(
        name = "list",
        description = "List the rules, the oldest first. Needs the right to administer.",
        footer = {"", "Example: plumb trust list --account ann"})
final class TrustListCommand extends Command {
    @Mixin
    private StyleOptions styleOptions = new StyleOptions();

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private PersonOptions personOptions = new PersonOptions();

    @Override
    public Integer call() throws IOException {
        List<JsonValue> rules = personOptions.ask(
                terminal(),
                connection -> connection.get("trust-rules").get("items").elements());
        if (json) {
            JsonText.write(
                    terminal().out(),
                    out -> out.object(() -> out.array("rules", rules, rule -> out.object(() -> write(rule, out)))));
        } else {
            terminal().out().print(rules.isEmpty() ? "no rule: only tokens record to the project\n" : text(rules));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    static void write(JsonValue rule, JsonText out) {
        for (String name : List.of("id", "issuer", "madeBy", "createdAt")) {
            out.text(name, rule.get(name).text());
        }
        out.strings("claims", claims(rule));
        rule.get("minutes").integer().ifPresent(minutes -> out.integer("minutes", minutes));
    }

    private static Map<String, String> claims(JsonValue rule) {
        Map<String, String> claims = new TreeMap<>();
        rule.get("claims")
                .members()
                .forEach((name, pattern) -> claims.put(name, pattern.text().orElse("")));
        return claims;
    }

    private String text(List<JsonValue> rules) {
        TextStyle style = styleOptions.style(terminal());
        Table table = new Table(
                style,
                List.of(
                        Table.Column.whole("id", false, 0),
                        new Table.Column("jobs of", false, 0, 40, 20),
                        new Table.Column("issuer", false, 0, 16, 12),
                        Table.Column.whole("minutes", true, 2),
                        Table.Column.whole("made by", false, 1)));
        for (JsonValue rule : rules) {
            table.add(List.of(
                    cell(style, rule.get("id").text().orElse("")),
                    cell(
                            style,
                            claims(rule).entrySet().stream()
                                    .map(claim -> claim.getKey() + "=" + claim.getValue())
                                    .collect(Collectors.joining(" "))),
                    cell(style, rule.get("issuer").text().orElse("")),
                    cell(style, String.valueOf(rule.get("minutes").integer().orElse(0))),
                    cell(style, rule.get("madeBy").text().orElse(""))));
        }
        StringBuilder out = new StringBuilder();
        table.appendTo(out);
        return out.toString();
    }

    private static Table.Cell cell(TextStyle style, String text) {
        return Table.Cell.of(style.safe(text));
    }
}
