package dev.plumbline.cli;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.mapping.Mapping;
import dev.plumbline.ingest.mapping.Mappings;
import dev.plumbline.pipeline.Overrides;
import dev.plumbline.pipeline.Workspace;
import dev.plumbline.pipeline.config.Configuration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What a person says of results instead of having it found out. */
final class ResultOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            converter = FormatConverter.class,
            description = "Read the files as this format; found out from their content otherwise. See: plumb formats")
    private Format format;

    @Option(
            names = "--mapping",
            paramLabel = "NAME",
            description = "Read the files with this mapping of plumbline.yaml, whatever they are called.")
    private String mapping;

    @Option(
            names = "--commit",
            paramLabel = "ID",
            description = "The commit that was measured. Default: from git or CI.")
    private String commit;

    @Option(names = "--branch", paramLabel = "NAME", description = "The branch. Default: from git or CI.")
    private String branch;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "The commit's time, as 2026-01-31T12:00:00Z. Default: from git or the results.")
    private Instant time;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description =
                    "The environment's name; runs are compared within one. Default: made from the machine's facts.")
    private String environment;

    /** The workspace, in which files are read with the mapping that was asked for. */
    Workspace in(Workspace workspace) {
        if (mapping == null) {
            return workspace;
        }
        if (format != null) {
            throw wrongUse("--format and --mapping exclude each other");
        }
        return workspace.withMappings(forced(workspace.configuration(), mapping, this::wrongUse));
    }

    /** The mappings of a configuration, with every file read by the one of this name. */
    static Mappings forced(
            Configuration configuration, String name, Function<String, CommandLine.ParameterException> wrongUse) {
        return configuration.mappings().forcing(name).orElseThrow(() -> {
            List<String> known =
                    configuration.mappings().all().stream().map(Mapping::name).toList();
            return wrongUse.apply("no mapping '" + name + "' in the configuration; it has "
                    + (known.isEmpty() ? "none" : String.join(", ", known)));
        });
    }

    private CommandLine.ParameterException wrongUse(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    Optional<Format> format() {
        return Optional.ofNullable(format);
    }

    /** What was said of the results, checked before any of them is read. */
    Overrides overrides() {
        try {
            Revision.of(
                    Optional.ofNullable(commit).orElse(""),
                    Optional.ofNullable(branch).orElse(Revision.DEFAULT_BRANCH));
            Optional.ofNullable(environment).ifPresent(name -> Environment.of(Map.of(Environment.NAME, name))
                    .named(name));
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return new Overrides(
                Optional.ofNullable(commit),
                Optional.ofNullable(branch),
                Optional.ofNullable(time),
                Optional.ofNullable(environment));
    }

    /** Formats by their id. */
    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String id) {
            return Format.withId(id)
                    .orElseThrow(() -> new TypeConversionException(
                            "no format '" + id + "'; plumb formats lists the ones there are"));
        }
    }

    /** Times in ISO 8601. */
    static final class InstantConverter implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return java.time.OffsetDateTime.parse(text).toInstant();
            } catch (java.time.format.DateTimeParseException e) {
                throw new TypeConversionException("not a time: '" + text + "'; write it as 2026-01-31T12:00:00Z");
            }
        }
    }
}
