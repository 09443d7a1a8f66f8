package dev.plumbline.cli.server;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.server.backup.Restore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The way back from a backup. */
@CommandLine.Command(
        name = "restore",
        description = "Restore a backup into a new folder for plumb serve, and verify it: the digest of every file,"
                + " SQLite's own check and the rows of every database, and the newest verdicts of every history."
                + " If anything differs, the folder is left empty.",
        footer = {"", "Example: plumb server restore /backup/2026-07-01 plumbline-server"})
final class ServerRestoreCommand extends Command {
    @Parameters(index = "0", paramLabel = "FROM", description = "Folder that plumb server backup made.")
    private Path from;

    @Parameters(index = "1", paramLabel = "INTO", description = "Folder for plumb serve: empty, or not there.")
    private Path into;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Restore.Restored restored;
        try (ProgressLine progress = new ProgressLine(terminal())) {
            restored = new Restore(program()::runFor, progress)
                    .restore(
                            terminal().directory().resolve(from),
                            terminal().directory().resolve(into));
        }
        if (json) {
            write(restored);
        } else {
            print(restored);
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private void write(Restore.Restored restored) throws IOException {
        JsonText.write(
                terminal().out(),
                out -> out.object(() -> {
                    out.text("schema", "plumbline-restore/1");
                    out.text("into", into.toString());
                    out.integer("files", restored.files());
                    out.integer("bytes", restored.bytes());
                    out.text("backupAt", restored.at());
                    out.truth("hasPeople", restored.hasDatabase());
                    out.text("otherVersion", restored.otherVersion());
                    out.array(
                            "histories",
                            restored.projects(),
                            project -> out.object(() -> {
                                out.text("name", project.name());
                                out.integer("runs", project.runs());
                                out.text(
                                        "verdict",
                                        Optional.of(project.verdict()).filter(text -> !text.isEmpty()));
                            }));
                }));
    }

    private void print(Restore.Restored restored) {
        terminal()
                .out()
                .printf(
                        Locale.ROOT,
                        "Restored into %s: %d files, %.1f MiB, of %s. Every file has its digest.%n",
                        into,
                        restored.files(),
                        restored.bytes() / 1048576.0,
                        restored.at());
        for (Restore.Project project : restored.projects()) {
            terminal()
                    .out()
                    .printf(
                            Locale.ROOT,
                            "  %s: %d runs, the same%s%n",
                            TerminalText.escape(project.name()),
                            project.runs(),
                            project.verdict().isEmpty() ? "" : ": " + TerminalText.escape(project.verdict()));
        }
        restored.otherVersion().ifPresent(version -> terminal()
                .out()
                .println("The backup is of Plumbline " + TerminalText.escape(version)
                        + ": the rows are the same, and verdicts were not compared."));
        terminal()
                .out()
                .println(
                        restored.hasDatabase()
                                ? "Start it with: plumb serve --data " + into
                                : "People and histories are in PostgreSQL: load its dump with pg_restore, then start"
                                        + " plumb serve with --database and --data " + into);
    }
}
