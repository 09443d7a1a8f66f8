package dev.plumbline.cli.option;

import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the history and the configuration lie. */
public final class StoreOption {
    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = "The history: a file, or postgresql://USER@HOST/DATABASE?project=NAME. Default:"
                    + " .plumbline/history.db at the root of the repository.")
    private String store;

    @Mixin
    private ConfigOption configOption = new ConfigOption();

    /** @throws IOException if the configuration cannot be read */
    public Workspace workspace(Terminal terminal) throws IOException {
        return Workspace.of(
                terminal.directory(),
                terminal.variables(),
                terminal.clock(),
                Optional.ofNullable(store),
                configOption.configuration(terminal));
    }

    /** Where the history is, as it may be shown, if an option names it. */
    public Optional<String> store() {
        return Optional.ofNullable(store).map(StoreLocation::shown);
    }
}
