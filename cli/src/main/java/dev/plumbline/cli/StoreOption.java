package dev.plumbline.cli;

import dev.plumbline.pipeline.Workspace;
import dev.plumbline.pipeline.config.Configuration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the history and the configuration lie. */
final class StoreOption {
    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = "The history's file. Default: .plumbline/history.db at the root of the repository.")
    private Path store;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration's file. Default: plumbline.yaml at the root of the repository, if there"
                    + " is one.")
    private Path config;

    /** @throws IOException if the configuration cannot be read */
    Workspace workspace(Terminal terminal) throws IOException {
        return Workspace.of(
                terminal.directory(),
                terminal.variables(),
                terminal.clock(),
                Optional.ofNullable(store),
                configuration(terminal));
    }

    private Configuration configuration(Terminal terminal) throws IOException {
        return config == null
                ? Workspace.configurationAround(terminal.directory())
                : Configuration.read(terminal.directory().resolve(config), terminal.directory());
    }

    /** The history's file, if an option names it. */
    Optional<String> store() {
        return Optional.ofNullable(store).map(Path::toString);
    }
}
