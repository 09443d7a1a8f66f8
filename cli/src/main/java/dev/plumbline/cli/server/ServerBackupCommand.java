package dev.plumbline.cli.server;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.server.backup.Backup;
import dev.plumbline.store.postgres.PostgresAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A copy of what a server keeps. */
@CommandLine.Command(
        name = "backup",
        description = "Copy everything that plumb serve keeps in its folder, while it runs: people, histories, commits"
                + " and settings, with a list of digests.",
        footer = {
            "",
            "Restore it with plumb server restore. Examples:",
            "  plumb server backup /backup/2026-07-01",
            "  plumb server backup /backup/2026-07-01 --data /var/lib/plumbline"
        })
final class ServerBackupCommand extends Command {
    @Parameters(paramLabel = "TO", description = "Folder for the backup: empty, or not there.")
    private Path to;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "plumbline-server",
            description = "Folder of plumb serve. Default: ${DEFAULT-VALUE}")
    private Path folder;

    @Option(
            names = "--database",
            paramLabel = "ADDRESS",
            description =
                    "The --database of plumb serve, if it has one. pg_dump copies people and histories; the command"
                            + " to run is printed.")
    private String database;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Optional<PostgresAddress> address =
                Optional.ofNullable(database).map(text -> PostgresAddress.parse(text, Optional.of("server")));
        Path target = terminal().directory().resolve(to);
        Backup.Made made = make(address.isEmpty(), target);
        if (json) {
            JsonText.write(
                    terminal().out(),
                    out -> out.object(() -> {
                        out.text("schema", "plumbline-backup/1");
                        out.text("to", to.toString());
                        out.integer("files", made.files());
                        out.integer("bytes", made.bytes());
                        out.integer("histories", made.projects());
                        out.integer("runs", made.runs());
                        out.text("databaseLeftOut", address.map(one -> PostgresAddress.shown(database)));
                    }));
        } else {
            print(made, address);
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private Backup.Made make(boolean hasDatabase, Path target) throws IOException {
        try (ProgressLine progress = new ProgressLine(terminal())) {
            return new Backup(program()::runFor, terminal().clock(), progress)
                    .make(terminal().directory().resolve(folder), hasDatabase, target);
        }
    }

    private void print(Backup.Made made, Optional<PostgresAddress> address) {
        terminal()
                .out()
                .printf(
                        Locale.ROOT,
                        "Backup in %s: %d files, %.1f MiB, %d %s with %d runs.%n",
                        to,
                        made.files(),
                        made.bytes() / 1048576.0,
                        made.projects(),
                        made.projects() == 1 ? "history" : "histories",
                        made.runs());
        if (address.isPresent()) {
            terminal()
                    .out()
                    .println("People and histories are in PostgreSQL and not in this backup. Now run, on the database"
                            + " of " + PostgresAddress.shown(database) + ":\n"
                            + "  pg_dump --format=custom --file=" + to + ".dump" + " DATABASE\n"
                            + "and restore both: pg_restore --dbname=DATABASE, then plumb server restore.");
        }
    }
}
