package dev.plumbline.cli.option;

import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that name the history and the configuration. */
public final class StoreOption {
    @Option(
            names = "--store",
            paramLabel = "FILE",
            converter = StoreConverter.class,
            description = "The history: a file, or postgresql://USER@HOST/DATABASE?project=NAME. Default:"
                    + " .plumbline/history.db at the root of the repository.")
    private String store;

    /** Reads it; an empty one would be the working directory. A class, as the one that reads file names. */
    public static final class StoreConverter implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (text.isBlank()) {
                throw new TypeConversionException("an empty string is no history; is a shell variable empty?");
            }
            return text;
        }
    }

    @Mixin
    private ConfigOption configOption = new ConfigOption();

    /** @throws IOException if the configuration cannot be read */
    public Workspace workspace(Terminal terminal) throws IOException {
        if (terminal.caller().isPresent()) {
            if (store != null) {
                throw new WrongRequest("a server does not accept the option --store");
            }
            return Workspace.of(
                    terminal.caller().get(),
                    terminal.variables(),
                    terminal.clock(),
                    configOption.configuration(terminal));
        }
        return Workspace.of(
                terminal.directory(),
                terminal.variables(),
                terminal.clock(),
                Optional.ofNullable(store),
                configOption.configuration(terminal));
    }

    /** The configuration file as it was given, to be given to another command. */
    public List<String> config() {
        return configOption.given();
    }

    /** The history that an option names, in the form in which it may be shown. */
    public Optional<String> store() {
        return Optional.ofNullable(store).map(StoreLocation::shown);
    }
}
