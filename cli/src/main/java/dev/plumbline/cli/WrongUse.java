package dev.plumbline.cli;

import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.Terminal;
import dev.plumbline.report.terminal.TerminalText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A wrong option or argument: the message, the likely correction, and where to read on. */
record WrongUse(Terminal terminal) implements CommandLine.IParameterExceptionHandler {
    /** What the command line's library calls numbers. */
    private static final Pattern WHOLE = Pattern.compile("is not an? (?:int|long|short|byte)$");

    private static final Pattern NUMBER = Pattern.compile("is not an? (?:double|float)$");

    @Override
    public int handleParseException(CommandLine.ParameterException exception, String[] arguments) {
        terminal.err()
                .println("plumb: "
                        + TerminalText.escape(unknownCommand(exception, arguments)
                                .map(name -> "unknown command: '" + name + "'")
                                .orElseGet(() -> words(exception))));
        CommandLine.UnmatchedArgumentException.printSuggestions(
                exception, exception.getCommandLine().getErr());
        if (isWithoutBenchmark(exception)) {
            terminal.err().println("List the names in the history with plumb history.");
        }
        terminal.err()
                .println("Try: " + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.WRONG;
    }

    private static String words(CommandLine.ParameterException exception) {
        String message = String.valueOf(exception.getMessage());
        if (exception instanceof CommandLine.MissingParameterException missing
                && missing.getMissing().size() > 1
                && message.contains("specify one of")) {
            return "give one of "
                    + missing.getMissing().stream().map(WrongUse::name).collect(Collectors.joining(", "));
        }
        if (exception instanceof CommandLine.MutuallyExclusiveArgsException) {
            return message.replaceFirst("^Error: ", "")
                    .replace(" are mutually exclusive (specify only one)", " exclude each other; give only one");
        }
        return NUMBER.matcher(WHOLE.matcher(message).replaceFirst("is not a whole number"))
                .replaceFirst("is not a number");
    }

    private static String name(ArgSpec one) {
        return one instanceof OptionSpec option
                ? option.longestName() + (option.arity().max() > 0 ? "=" + option.paramLabel() : "")
                : one.paramLabel();
    }

    private static Optional<String> unknownCommand(CommandLine.ParameterException exception, String... arguments) {
        return CommandTree.unknownName(Plumb.class, List.of(arguments))
                .filter(name -> exception instanceof CommandLine.UnmatchedArgumentException unmatched
                        && unmatched.getUnmatched().contains(name));
    }

    private static boolean isWithoutBenchmark(CommandLine.ParameterException exception) {
        return exception instanceof CommandLine.MissingParameterException missing
                && missing.getMissing().stream()
                        .anyMatch(one -> one.paramLabel().contains("BENCHMARK"));
    }
}
