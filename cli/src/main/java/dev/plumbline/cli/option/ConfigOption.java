package dev.plumbline.cli.option;

import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that names the configuration. */
public final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The configuration file. Default: plumbline.yaml at the root of the repository, if it" + " exists.")
    private Path config;

    /** @throws IOException if the configuration cannot be read */
    public Configuration configuration(Terminal terminal) throws IOException {
        return config == null
                ? Workspace.configurationAround(terminal.directory())
                : ConfigurationFile.read(terminal.directory().resolve(config), terminal.directory());
    }

    /** The option as it was given, to be given to another command; nothing where it was not. */
    public List<String> given() {
        return config == null ? List.of() : List.of("--config", config.toString());
    }
}
