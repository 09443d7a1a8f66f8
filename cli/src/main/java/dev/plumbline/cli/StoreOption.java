package dev.plumbline.cli;

import dev.plumbline.pipeline.Workspace;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the history lies. */
final class StoreOption {
    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = "The history's file. Default: .plumbline/history.db at the root of the repository.")
    private Path store;

    Workspace workspace(Terminal terminal) {
        return Workspace.of(terminal.directory(), terminal.variables(), terminal.clock(), Optional.ofNullable(store));
    }
}
