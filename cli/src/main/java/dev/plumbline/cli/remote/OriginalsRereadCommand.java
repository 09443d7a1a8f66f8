package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads runs again from the files that they came in. */
@CommandLine.Command(
        name = "reread",
        description = "Read the files of runs again with the readers of the server's version. Without --yes: show what"
                + " would change.",
        footer = {
            "",
            "A run keeps its id, commit, environment and time, and its points keep their findings, marks and",
            "acceptances. Needs the rights to record and to decide (role maintainer).",
            "Example: plumb originals reread --all --yes"
        })
final class OriginalsRereadCommand extends Command {
    private static final int SHOWN = 10;
    private static final int SHOWN_DIGITS = 10;
    private static final int EVERY = Integer.MAX_VALUE;

    @Parameters(arity = "0..*", paramLabel = "RUN", description = "Ids of runs, or their first digits.")
    private List<String> runs = new ArrayList<>();

    @Option(names = "--all", description = "All runs whose files are kept.")
    private boolean all;

    @Option(names = "--yes", description = "Change the history.")
    private boolean yes;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Read the files as this format. Default: as they were read before.")
    private String format;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show every change that the server lists.")
    private boolean verbose;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private ServerOptions serverOptions = new ServerOptions();

    @Override
    public Integer call() throws IOException {
        if (all == !runs.isEmpty()) {
            throw wrongUse("name runs, or give --all");
        }
        ServerConnection connection = serverOptions.connection(terminal());
        ServerLists lists = new ServerLists(connection);
        Set<String> ids = new LinkedHashSet<>();
        if (all) {
            for (JsonValue file : lists.first("originals", EVERY)) {
                String digest = file.get("digest").text().orElse("");
                connection.get("originals/" + digest).get("runs").elements().forEach(run -> run.text()
                        .ifPresent(ids::add));
            }
        }
        for (String run : runs) {
            ids.add(lists.run(run));
        }
        Map<String, JsonValue> changed = new LinkedHashMap<>();
        int failed = 0;
        for (String id : ids) {
            Optional<JsonValue> answer = reread(connection, id);
            failed += answer.isEmpty() ? 1 : 0;
            answer.filter(one -> one.get("isChanged").isTrue()).ifPresent(one -> {
                changed.put(id, one);
                if (!json) {
                    show(id, one);
                }
            });
        }
        if (json) {
            write(ids.size() - failed, failed, changed);
        } else {
            terminal().out().println(summary(ids.size(), changed.size(), failed));
        }
        terminal().out().flush();
        return failed > 0 ? ExitCode.WRONG : ExitCode.OPEN;
    }

    /** Reads the files of a run again; an unreadable one does not stop others. */
    private Optional<JsonValue> reread(ServerConnection connection, String id) throws IOException {
        String body = JsonText.ascii(out -> out.object(() -> {
            out.truth("dryRun", !yes);
            if (format != null) {
                out.text("format", format);
            }
        }));
        try {
            return Optional.of(connection.post("runs/" + id + "/reread", body));
        } catch (ServerRefusal e) {
            if (!e.isForGood() && !e.isUnknown()) {
                throw e;
            }
            if (!all && runs.size() == 1) {
                throw new WrongRequest(e.getMessage(), e);
            }
            terminal().err().println("plumb: run " + shortened(id) + ": " + TerminalText.escape(e.getMessage()));
            return Optional.empty();
        }
    }

    private static String shortened(String id) {
        return TerminalText.escape(id.substring(0, Math.min(SHOWN_DIGITS, id.length())));
    }

    private void show(String id, JsonValue answer) {
        List<String> counts = new ArrayList<>();
        count(answer, "added", "new", counts);
        count(answer, "changed", "changed", counts);
        count(answer, "sample", "with another sample of the same value", counts);
        count(answer, "removed", "removed", counts);
        count(answer, "kept", "no longer found and kept for their findings", counts);
        terminal().out().println("run " + shortened(id) + ": " + String.join(", ", counts));
        List<JsonValue> changes = answer.get("changes").elements();
        changes.stream().limit(verbose ? EVERY : SHOWN).forEach(change -> terminal()
                .out()
                .println("  " + text(change, "kind") + "  " + text(change, "benchmark") + " " + text(change, "metric")
                        + ": " + value(change, "before", "unitBefore") + " -> "
                        + value(change, "after", "unitAfter")));
        if (!verbose && changes.size() > SHOWN) {
            terminal().out().println("  and " + (changes.size() - SHOWN) + " more; -v shows them");
        }
    }

    private void write(int read, int failed, Map<String, JsonValue> changed) throws IOException {
        JsonText.write(
                terminal().out(),
                out -> out.object(() -> {
                    out.text("schema", "plumbline-reread/1");
                    out.truth("done", yes);
                    out.integer("read", read);
                    out.integer("failed", failed);
                    out.array(
                            "changed",
                            changed.entrySet(),
                            one -> out.object(() -> {
                                out.text("run", one.getKey());
                                for (String count : List.of("added", "changed", "sample", "removed", "kept")) {
                                    out.integer(
                                            count,
                                            one.getValue().get(count).integer().orElse(0));
                                }
                                out.array(
                                        "changes",
                                        one.getValue().get("changes").elements(),
                                        change -> write(change, out));
                            }));
                }));
    }

    private static void write(JsonValue change, JsonText out) {
        out.object(() -> {
            for (String name : List.of("kind", "benchmark", "metric")) {
                out.text(name, change.get(name).text());
            }
            out.number("before", change.get("before").number());
            out.text("unitBefore", change.get("unitBefore").text());
            out.number("after", change.get("after").number());
            out.text("unitAfter", change.get("unitAfter").text());
        });
    }

    private static void count(JsonValue answer, String member, String words, List<String> counts) {
        long number = answer.get(member).integer().orElse(0);
        if (number > 0) {
            counts.add(String.format(Locale.ROOT, "%,d series %s", number, words));
        }
    }

    private static String text(JsonValue object, String member) {
        return TerminalText.escape(object.get(member).text().orElse(""));
    }

    private static String value(JsonValue change, String member, String unit) {
        return change.get(member).number().isPresent()
                ? String.format(Locale.ROOT, "%.6g", change.get(member).number().getAsDouble())
                        + change.get(unit)
                                .text()
                                .filter(text -> !text.isEmpty())
                                .map(text -> " " + TerminalText.escape(text))
                                .orElse("")
                : "none";
    }

    private String summary(int read, int changed, int failed) {
        String words = String.format(
                Locale.ROOT,
                "%,d %s read again, %,d %s",
                read - failed,
                read - failed == 1 ? "run" : "runs",
                changed,
                yes ? "changed" : "would change");
        return words
                + (failed > 0 ? String.format(Locale.ROOT, ", %,d could not be read", failed) : "")
                + (yes || changed == 0 ? "" : "; nothing is written yet: add --yes");
    }
}
