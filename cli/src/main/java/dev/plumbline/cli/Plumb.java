package dev.plumbline.cli;

import dev.plumbline.cli.baseline.BaselineCommand;
import dev.plumbline.cli.check.CheckCommand;
import dev.plumbline.cli.check.CompareCommand;
import dev.plumbline.cli.check.ExplainCommand;
import dev.plumbline.cli.check.PublishCommand;
import dev.plumbline.cli.check.RecordCommand;
import dev.plumbline.cli.check.ReportCommand;
import dev.plumbline.cli.connection.ConnectionCommand;
import dev.plumbline.cli.history.AnalyzeCommand;
import dev.plumbline.cli.history.DashboardCommand;
import dev.plumbline.cli.history.HistoryCommand;
import dev.plumbline.cli.history.PruneCommand;
import dev.plumbline.cli.measure.BisectCommand;
import dev.plumbline.cli.measure.DemoCommand;
import dev.plumbline.cli.measure.DoctorCommand;
import dev.plumbline.cli.measure.PullRequestCommand;
import dev.plumbline.cli.measure.RunCommand;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.Program;
import dev.plumbline.cli.option.Subcommands;
import dev.plumbline.cli.option.Terminal;
import dev.plumbline.cli.remote.LoginCommand;
import dev.plumbline.cli.remote.OriginalsCommand;
import dev.plumbline.cli.remote.RemoteCommand;
import dev.plumbline.cli.remote.SyncCommand;
import dev.plumbline.cli.remote.TrustCommand;
import dev.plumbline.cli.series.SeriesCommand;
import dev.plumbline.cli.server.ServeCommand;
import dev.plumbline.cli.server.ServerCommand;
import dev.plumbline.cli.store.StoreCommand;
import dev.plumbline.cli.threshold.CalibrateCommand;
import dev.plumbline.cli.threshold.ThresholdCommand;
import dev.plumbline.cli.triage.AcceptCommand;
import dev.plumbline.cli.triage.IncidentsCommand;
import dev.plumbline.cli.triage.TriageCommand;
import dev.plumbline.pipeline.Version;
import dev.plumbline.server.command.ConfinedCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line of Plumbline. */
@CommandLine.Command(
        name = "plumb",
        mixinStandardHelpOptions = true,
        versionProvider = Plumb.VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Detects performance regressions: judges benchmark results against their history, with"
                + " known error rates.",
        footer = {"", "See plumb COMMAND --help for details. Start with: plumb demo"})
@Subcommands({
    CheckCommand.class,
    RecordCommand.class,
    CompareCommand.class,
    HistoryCommand.class,
    ExplainCommand.class,
    IncidentsCommand.class,
    TriageCommand.class,
    ReportCommand.class,
    DashboardCommand.class,
    AnalyzeCommand.class,
    CalibrateCommand.class,
    RunCommand.class,
    PullRequestCommand.class,
    PublishCommand.class,
    InitCommand.class,
    BisectCommand.class,
    DoctorCommand.class,
    BaselineCommand.class,
    AcceptCommand.class,
    ThresholdCommand.class,
    PruneCommand.class,
    SeriesCommand.class,
    StoreCommand.class,
    ServeCommand.class,
    ServerCommand.class,
    SyncCommand.class,
    OriginalsCommand.class,
    TrustCommand.class,
    ConnectionCommand.class,
    LoginCommand.class,
    DemoCommand.class,
    ConfigCommand.class,
    FormatsCommand.class,
    CompletionCommand.class
})
public final class Plumb implements Runnable, Program {
    /** Before the trace of what we did not think of. */
    static final String UNEXPECTED = "internal error; please report it together with the following";

    private static final List<String> HELP = List.of("-h", "--help");

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    Plumb(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        String training = System.getProperty("plumb.training");
        if (training != null) {
            Training.run(Path.of(training));
            System.exit(0);
        }
        System.exit(answer(Terminal.ofProcess(), arguments));
    }

    /**
     * Runs one command and answers whatever happens: what ends a process by itself is exit code 1, a closed gate to who
     * asked. Programs that have Plumbline inside call this too, as often and in as many threads as they like: the
     * process goes on, and nothing but the terminal is asked for folder, variables, streams and time.
     *
     * @param terminal what the command talks to
     * @param arguments as on the command line, without {@code plumb}
     * @return the {@link ExitCode}
     */
    public static int answer(Terminal terminal, String... arguments) {
        try {
            return run(terminal, arguments);
        } catch (Throwable e) {
            if (OutOfMemory.isBehind(e)) {
                terminal.err().println("plumb: " + OutOfMemory.WORDS);
            } else {
                terminal.err().println("plumb: " + UNEXPECTED);
                e.printStackTrace(terminal.err());
            }
            terminal.err().flush();
            return ExitCode.WRONG;
        }
    }

    /** Runs a command that was typed on another machine. */
    public static int answer(ConfinedCommand command) {
        return answer(
                new Terminal(
                        command.in(),
                        command.out(),
                        command.err(),
                        command.caller().directory(),
                        command.variables(),
                        command.clock(),
                        command.outIsTerminal(),
                        false,
                        command.width(),
                        Optional.of(command.caller())),
                command.arguments().toArray(String[]::new));
    }

    /** Runs one command. */
    static int run(Terminal terminal, String... typed) {
        String[] arguments = withHelpBehind(typed);
        CommandLine commandLine = commandLine(terminal, arguments);
        // help on a command that is not there would be answered with the help on all, as if nothing were wrong
        String[] asked = CommandTree.unknownName(Plumb.class, List.of(arguments))
                        .isPresent()
                ? Stream.of(arguments).filter(word -> !HELP.contains(word)).toArray(String[]::new)
                : arguments;
        try {
            OptionalInt answered = onServer(terminal, commandLine, asked);
            return answered.isPresent() ? answered.getAsInt() : commandLine.execute(asked);
        } finally {
            terminal.out().flush();
            terminal.err().flush();
        }
    }

    /** The exit code of a command that a server ran; empty where it is to run here. */
    private static OptionalInt onServer(Terminal terminal, CommandLine commandLine, String... arguments) {
        if (terminal.caller().isPresent()) {
            return OptionalInt.empty();
        }
        try {
            return RemoteCommand.run(terminal, commandLine, arguments);
        } catch (CommandLine.ParameterException e) {
            return OptionalInt.of(new WrongUse(terminal).handleParseException(e, arguments));
        } catch (IOException e) {
            return OptionalInt.of(new Failures(terminal).handleExecutionException(e, commandLine, null));
        }
    }

    /** {@code help check} is {@code check --help}, as people know it of other programs. */
    private static String[] withHelpBehind(String... typed) {
        return typed.length > 0 && typed[0].equals("help")
                ? Stream.concat(Arrays.stream(typed).skip(1), Stream.of("--help"))
                        .toArray(String[]::new)
                : typed;
    }

    /** The command line as far as some arguments need it. */
    static CommandLine commandLine(Terminal terminal, String... arguments) {
        return CommandTree.of(new Plumb(terminal), List.of(arguments))
                .registerConverter(Path.class, new PathOfText(terminal))
                .setExpandAtFiles(terminal.caller().isEmpty())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setHelpFactory(new WholeWordsHelp.Factory())
                .setUsageHelpWidth(Math.max(60, Math.min(terminal.width(), 110)))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.style(Terminal.Colour.AUTO, false).colour() ? Ansi.ON : Ansi.OFF))
                .setExecutionExceptionHandler(new Failures(terminal))
                .setParameterExceptionHandler(new WrongUse(terminal));
    }

    /**
     * Reads file names; an empty one would be the working directory with all that lies in it. A class and no lambda:
     * an interface as old as picocli's that a lambda implements is left out of the archive of classes, and with it
     * everything that implements it.
     */
    private record PathOfText(Terminal terminal) implements CommandLine.ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            if (text.isBlank()) {
                throw new CommandLine.TypeConversionException(
                        "an empty string is no file name; is a shell variable empty?");
            }
            Path typed = Path.of(text);
            return terminal.caller().isEmpty()
                    ? typed
                    : terminal.caller()
                            .get()
                            .inside(typed)
                            .orElseThrow(() -> new CommandLine.TypeConversionException(
                                    "'" + text + "' lies outside of the files" + " that were sent"));
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Override
    public Terminal terminal() {
        return terminal;
    }

    @Override
    public int run(Terminal other, List<String> arguments) {
        return answer(other, arguments.toArray(String[]::new));
    }

    @Override
    public int runFor(ConfinedCommand command) {
        return answer(command);
    }

    /** The version that the build wrote. */
    static final class VersionText implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"plumb " + Version.TEXT};
        }
    }
}
