package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.PublishOptions;
import dev.plumbline.cli.option.Terminal;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.check.PublishReport;
import dev.plumbline.pipeline.check.ReadReport;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ServerSection;
import dev.plumbline.pipeline.repository.Checkout;
import dev.plumbline.pipeline.repository.Place;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.publish.Publication;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.server.command.CommandAnswer;
import dev.plumbline.server.command.CommandCall;
import dev.plumbline.server.command.CommandRights;
import dev.plumbline.server.command.Right;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command that a server runs instead of this process: its inputs are sent, and its output is written as if it had run
 * here.
 */
public final class RemoteCommand {
    private static final String NONE = "none";

    private final Terminal terminal;
    private final ParseResult parsed;
    private final CommandSpec command;
    private final Configuration configuration;
    private final Workspace workspace;
    private final ServerProject project;

    private RemoteCommand(
            Terminal terminal, ParseResult parsed, CommandSpec command, Configuration configuration, URI server)
            throws IOException {
        this.terminal = terminal;
        this.parsed = parsed;
        this.command = command;
        this.configuration = configuration;
        workspace = Workspace.of(
                terminal.directory(), terminal.variables(), terminal.clock(), Optional.empty(), configuration);
        project = ServerProject.of(server, terminal, configuration);
    }

    /**
     * Runs a command on the server that is configured.
     *
     * @param line the command line, which reads the arguments
     * @return the exit code; empty where the command runs here: no server is configured, an option names the history,
     *     or the arguments are wrong
     */
    public static OptionalInt run(Terminal terminal, CommandLine line, String... arguments) throws IOException {
        if (CommandRights.of(List.of(arguments)).isEmpty() || !mayHaveServer(terminal, arguments)) {
            return OptionalInt.empty();
        }
        ParseResult parsed;
        try {
            parsed = line.parseArgs(arguments);
        } catch (CommandLine.ParameterException e) {
            return OptionalInt.empty();
        }
        ParseResult innermost = parsed;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        CommandSpec command = innermost.commandSpec();
        boolean usesHistory = command.findOption("--store") != null && !innermost.hasMatchedOption("--store");
        if (innermost.isUsageHelpRequested() || !usesHistory) {
            return OptionalInt.empty();
        }
        Configuration configuration = CallContents.configuration(terminal, command);
        Optional<URI> server = ServerProject.server(terminal, configuration);
        return server.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(new RemoteCommand(terminal, parsed, command, configuration, server.get()).run());
    }

    /**
     * Whether the history is on a server, which takes what will be recorded.
     *
     * @throws IOException if nothing can be recorded there: no project is named, or there is no token or one that the
     *     server does not know; a server that cannot be reached now may be later
     */
    public static boolean isExpected(Terminal terminal, Configuration configuration) throws IOException {
        Optional<URI> server = ServerProject.server(terminal, configuration);
        if (server.isEmpty() || terminal.caller().isPresent()) {
            return false;
        }
        try {
            new ServerConnection(ServerProject.of(server.get(), terminal, configuration)).requireKnown();
        } catch (ServerUnreachable e) {
            terminal.err()
                    .println("plumb: warning: " + TerminalText.escape(String.valueOf(e.getMessage()))
                            + "; the results will be sent when they are measured, or kept");
        }
        return true;
    }

    /** To read the arguments and the configuration twice takes longer than to look for a word. */
    private static boolean mayHaveServer(Terminal terminal, String... arguments) throws IOException {
        if (!terminal.variables().getOrDefault(ServerProject.SERVER, "").isBlank()
                || List.of(arguments).stream()
                        .anyMatch(argument -> argument.startsWith("--config") || argument.startsWith("@"))) {
            return true;
        }
        Path file = Workspace.of(terminal.directory(), terminal.variables(), terminal.clock(), Optional.empty())
                .root()
                .resolve(Configuration.FILE);
        return Files.isRegularFile(file) && Files.readString(file).contains("server");
    }

    private int run() throws IOException {
        checkOptions();
        Optional<PublishReport> publisher = publisher();
        Optional<Checkout> checkout = Checkout.of(terminal.directory());
        String key = UUID.randomUUID().toString();
        try (Scratch scratch = Scratch.create()) {
            Path packet = scratch.folder().resolve("call.zip");
            CommandCall call = call(key, checkout, publisher.isPresent());
            Path kept = Files.createDirectory(scratch.folder().resolve("kept"));
            CallContents contents = CallContents.of(terminal, command, configuration, workspace.root(), kept);
            try (OutputStream out = Files.newOutputStream(packet)) {
                call.write(out, contents.files(), contents.folders(), contents.standardInput());
            }
            CommandAnswer answer;
            try {
                ServerConnection connection = new ServerConnection(project);
                if (checkout.isPresent()) {
                    sendCommits(connection, checkout.get());
                }
                answer = connection.run(
                        packet, key, Files.createDirectory(scratch.folder().resolve("answer")));
            } catch (ServerUnreachable e) {
                return withoutServer(call, packet, e);
            }
            write(answer, contents);
            publish(publisher, answer);
            tellWaiting();
            return answer.exitCode();
        }
    }

    private void checkOptions() throws IOException {
        if (configuration.storeAddress().isPresent()) {
            throw new WrongRequest("the history is on " + project.server() + ", and plumbline.yaml names the"
                    + " database "
                    + configuration.store().shown() + " too; remove the key store");
        }
        if (!command.name().equals("check")) {
            return;
        }
        Optional<String> confirm = option("--confirm");
        if (confirm.filter(line -> !line.equals(NONE)).isPresent()) {
            throw new WrongRequest("--confirm measures on this machine while a check waits for it, and a check on "
                    + project.server() + " cannot; run plumb check without it, then measure again and check"
                    + " once more");
        }
        if (confirm.isEmpty() && configuration.gate().confirming().line().isPresent()) {
            warn("gate.confirm is not run: the check is made on " + project.server() + "; --confirm none says so");
        }
    }

    private Optional<String> option(String name) {
        OptionSpec option = command.findOption(name);
        return option == null ? Optional.empty() : Optional.ofNullable((String) option.getValue());
    }

    /** The publisher of the report here: tokens of other services go to no server. */
    private Optional<PublishReport> publisher() {
        OptionSpec option = command.findOption("--publish");
        List<String> channels = option == null ? List.of() : option.getValue();
        return channels.isEmpty()
                ? Optional.empty()
                : Optional.of(PublishOptions.publisher(
                        command,
                        workspace,
                        channels,
                        option("--publish-name").orElse(Publication.DEFAULT_NAME),
                        Optional.empty()));
    }

    private void publish(Optional<PublishReport> publisher, CommandAnswer answer) throws IOException {
        if (publisher.isEmpty()) {
            return;
        }
        if (answer.report().isPresent()) {
            PublishOptions.publish(
                    publisher, new ReadReport(workspace).read(answer.report().get()), terminal);
        } else if (isDryRun() && answer.exitCode() != ExitCode.WRONG) {
            terminal.err().println("plumb: nothing was published (dry run)");
        }
    }

    private CommandCall call(String key, Optional<Checkout> checkout, boolean isPublished) {
        Path root = workspace.root();
        return new CommandCall(
                key,
                terminal.clock().instant(),
                sentArguments(),
                terminal.variables(),
                terminal.width(),
                terminal.outIsTerminal(),
                CallContents.name(terminal.directory()),
                Files.exists(root.resolve(".git")) ? Optional.of(CallContents.name(root)) : Optional.empty(),
                terminal.directory().equals(Path.of("").toAbsolutePath()),
                isPublished,
                Place.Facts.here().environment(),
                checkout);
    }

    /** The arguments without those that are followed here. */
    private List<String> sentArguments() {
        List<String> kept = new ArrayList<>();
        List<String> all = parsed.expandedArgs();
        int end = all.indexOf("--") < 0 ? all.size() : all.indexOf("--");
        for (int i = 0; i < all.size(); i++) {
            String name = all.get(i).split("=", 2)[0];
            boolean isOurs =
                    i < end && (name.equals("--publish") || name.equals("--publish-name") || name.equals("--confirm"));
            if (!isOurs) {
                kept.add(all.get(i));
            } else if (!all.get(i).contains("=")) {
                i++; // its value
            }
        }
        return kept;
    }

    /** A server that takes no commits answers as one without git would. */
    private void sendCommits(ServerConnection connection, Checkout checkout) throws IOException {
        try {
            connection.sendCommits(terminal.directory(), checkout);
        } catch (ServerRefusal e) {
            if (!e.isForGood() && !e.isUnknown()) {
                throw e;
            }
            warn(project.server() + " did not take the commits of this repository: " + e.getMessage());
        }
    }

    private void write(CommandAnswer answer, CallContents contents) throws IOException {
        Map<Path, Path> targets = new TreeMap<>();
        for (Map.Entry<String, Path> file : answer.files().entrySet()) {
            targets.put(target(file.getKey(), contents), file.getValue());
        }
        List<Path> removed = new ArrayList<>();
        for (String name : answer.removed()) {
            removed.add(target(name, contents));
        }
        for (Map.Entry<Path, Path> file : targets.entrySet()) {
            Path target = file.getKey();
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                try (OutputStream out = Files.newOutputStream(target)) {
                    Files.copy(file.getValue(), out);
                }
                continue;
            }
            Path place = Files.isRegularFile(target) ? target.toRealPath() : target;
            Files.createDirectories(place.getParent());
            Path part = place.resolveSibling(
                    "." + place.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            try {
                Files.copy(file.getValue(), part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
        for (Path file : removed) {
            Files.deleteIfExists(file);
        }
        Files.copy(answer.out(), terminal.out());
        terminal.out().flush();
        Files.copy(answer.err(), terminal.err());
        terminal.err().flush();
    }

    /** A server writes the files that the command line names, and no others. */
    private Path target(String name, CallContents contents) throws WrongRequest {
        Path target =
                terminal.directory().toAbsolutePath().getRoot().resolve(name).normalize();
        if (!contents.isOutput(target)) {
            throw new WrongRequest(project.server() + " wants to write " + target
                    + ", which the command does not name as a file to write; nothing was written");
        }
        return target;
    }

    private boolean isDryRun() {
        return parsed.expandedArgs().contains("--dry-run");
    }

    /** Handles an unreachable server. */
    private int withoutServer(CommandCall call, Path packet, ServerUnreachable why) throws IOException {
        boolean records = CommandRights.of(call.arguments()).equals(Optional.of(Right.RECORD));
        if (!records) {
            throw why;
        }
        terminal.err().println("plumb: warning: " + TerminalText.escape(String.valueOf(why.getMessage())));
        if (isDryRun()) {
            terminal.err().println("plumb: nothing is kept (dry run)");
        } else {
            Path file = new Spool(workspace).keep(packet, call.key(), call.time());
            terminal.err()
                    .println("plumb: the results are not lost: they are kept in " + TerminalText.escape(shown(file))
                            + "; send them with plumb sync");
        }
        if (command.name().equals("record")) {
            return isDryRun() ? ExitCode.WRONG : ExitCode.OPEN;
        }
        ServerSection.Unreachable effect =
                configuration.server().onUnreachable().value();
        String setting =
                " (on-unreachable: " + configuration.server().onUnreachable().shown() + ")";
        return switch (effect) {
            case PASS -> {
                terminal.err().println("plumb: warning: the gate passes although nothing was judged" + setting);
                yield ExitCode.OPEN;
            }
            case HOLD -> {
                terminal.err().println("plumb: the gate is undecided: nothing was judged" + setting);
                yield ExitCode.UNDECIDED;
            }
            case FAIL -> {
                terminal.err().println("plumb: the gate fails: nothing was judged" + setting);
                yield ExitCode.CLOSED;
            }
        };
    }

    private String shown(Path file) {
        Path absolute = file.toAbsolutePath();
        return absolute.startsWith(terminal.directory())
                ? terminal.directory().relativize(absolute).toString()
                : absolute.toString();
    }

    private void tellWaiting() throws IOException {
        int waiting = new Spool(workspace).waiting().size();
        if (waiting > 0) {
            terminal.err()
                    .println("plumb: "
                            + (waiting == 1
                                    ? "the results of 1 earlier call are waiting"
                                    : "the results of " + waiting + " earlier calls are waiting")
                            + " to be sent; send them with plumb sync");
        }
    }

    private void warn(String words) {
        terminal.err().println("plumb: warning: " + TerminalText.escape(words));
    }
}
