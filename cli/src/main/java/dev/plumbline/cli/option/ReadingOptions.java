package dev.plumbline.cli.option;

import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.mapping.Mapping;
import dev.plumbline.ingest.mapping.Mappings;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The settings for reading result files, where they are not detected from their content. */
public final class ReadingOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            converter = FormatConverter.class,
            description = "Format of the files. Default: detected from their content. See: plumb formats")
    private Format format;

    @Option(
            names = "--mapping",
            paramLabel = "NAME",
            description = "Read the files with this mapping from plumbline.yaml, regardless of their names.")
    private String mapping;

    /** The workspace, in which files are read with the mapping that was asked for. */
    public Workspace in(Workspace workspace) {
        if (mapping == null) {
            return workspace;
        }
        if (format != null) {
            throw wrongUse("--format and --mapping exclude each other");
        }
        return workspace.withMappings(forced(workspace.configuration(), mapping, this::wrongUse));
    }

    /** The mappings of a configuration, with every file read by the one of this name. */
    public static Mappings forced(
            Configuration configuration, String name, Function<String, CommandLine.ParameterException> wrongUse) {
        return configuration.mappings().forcing(name).orElseThrow(() -> {
            List<String> known =
                    configuration.mappings().all().stream().map(Mapping::name).toList();
            return wrongUse.apply("unknown mapping '" + name + "'; the configuration has "
                    + (known.isEmpty() ? "none" : String.join(", ", known)));
        });
    }

    private CommandLine.ParameterException wrongUse(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    public Optional<Format> format() {
        return Optional.ofNullable(format);
    }

    /** Formats by their id. */
    public static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String id) {
            return Format.withId(id)
                    .orElseThrow(() -> new TypeConversionException(
                            "unknown format '" + id + "'; list the formats with plumb formats"));
        }
    }
}
