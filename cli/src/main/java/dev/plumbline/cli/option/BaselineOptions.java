package dev.plumbline.cli.option;

import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands on baselines: the selected ones, and the form of the answer. */
public final class BaselineOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the baselines. Default: the one in plumbline.yaml, else \"default\".")
    private String name;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StyleOptions styleOptions = new StyleOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    public Workspace workspace(Terminal terminal) throws IOException {
        return storeOption.workspace(terminal);
    }

    public String name(Workspace workspace) {
        if (name == null) {
            return workspace.configuration().baseline().name().value();
        }
        try {
            VersionInfo.checkName(name);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return name;
    }

    /** The name given by an option. */
    public Optional<String> givenName() {
        return Optional.ofNullable(name);
    }

    public BaselineSettings settings(Workspace workspace) {
        return workspace
                .configuration()
                .baseline()
                .settings(workspace.configuration().policy().policy().margin());
    }

    public boolean json() {
        return json;
    }

    public TextStyle style(Terminal terminal) {
        return styleOptions.style(terminal);
    }

    /** The author of a change to baselines, with the reason. */
    public static final class AuthorOptions {
        @Option(
                names = "--by",
                paramLabel = "NAME",
                description = "Your name. Default: from the CI service, the system or git.")
        private String by;

        @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why.")
        private String reason;

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec;

        public Author author(Terminal terminal) {
            if (terminal.caller().isPresent()) {
                String account = terminal.caller().get().name();
                if (by != null && !by.equals(account)) {
                    throw new CommandLine.ParameterException(
                            spec.commandLine(),
                            "--by: the server records the name of your account, " + account + "; leave it out");
                }
                return new Author(account, reason);
            }
            return Author.of(Optional.ofNullable(by), terminal.directory(), terminal.variables(), reason);
        }
    }
}
