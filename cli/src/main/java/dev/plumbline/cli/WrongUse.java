package dev.plumbline.cli;

import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.Terminal;
import dev.plumbline.pipeline.config.Suggestion;
import dev.plumbline.report.terminal.TerminalText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A wrong option or argument: the message, the likely correction, and where to read on. */
record WrongUse(Terminal terminal) implements CommandLine.IParameterExceptionHandler {
    /** The names of numbers in the command line library's messages. */
    private static final Pattern WHOLE = Pattern.compile("is not an? (?:int|long|short|byte)$");

    private static final Pattern NUMBER = Pattern.compile("is not an? (?:double|float)$");

    /** The library's text before the reason why a value is wrong. */
    private static final Pattern INVALID = Pattern.compile(
            "^Invalid value for (?:option '[^']*'|positional parameter at index \\S+)(?: \\([^)]*\\))?: ");

    /** The library's words for an option in the place of another one's value. */
    private static final Pattern INSTEAD = Pattern.compile("^Expected parameter .* but found '(-[^']*)'$");

    private static final Pattern UNKNOWN = Pattern.compile("^Unknown options?:");

    private static final Pattern UNEXPECTED = Pattern.compile("^Unmatched arguments?(?: from)?(?: at)? index \\d+:");

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
        if (exception instanceof CommandLine.MissingParameterException missing) {
            return missing(missing, message);
        }
        if (exception instanceof CommandLine.MutuallyExclusiveArgsException) {
            return message.replaceFirst("^Error: ", "")
                    .replace(" are mutually exclusive (specify only one)", " exclude each other; give only one");
        }
        if (exception instanceof CommandLine.OverwrittenOptionException twice) {
            return option(twice.getOverwritten()) + " is given more than once; give it once";
        }
        if (exception instanceof CommandLine.UnmatchedArgumentException) {
            return UNEXPECTED
                    .matcher(UNKNOWN.matcher(message).replaceFirst("unknown option"))
                    .replaceFirst("unexpected argument");
        }
        if (exception.getArgSpec() != null && exception.getValue() != null) {
            return invalid(exception.getArgSpec(), exception.getValue(), message);
        }
        return numbers(message);
    }

    private static String missing(CommandLine.MissingParameterException exception, String message) {
        List<ArgSpec> missing = exception.getMissing();
        Matcher instead = INSTEAD.matcher(message);
        boolean isOption = instead.find();
        if ((isOption || message.contains("parameter for option"))
                && missing.size() == 1
                && missing.get(0) instanceof OptionSpec option) {
            return option.longestName() + " needs " + option.paramLabel()
                    + (isOption ? "; " + instead.group(1) + " is an option" : "");
        }
        if (missing.isEmpty()) {
            return message;
        }
        return (missing.size() > 1 && message.contains("specify one of") ? "give one of " : "give ")
                + missing.stream().map(WrongUse::name).collect(Collectors.joining(", "));
    }

    /** A value of the wrong kind; of the values of an option that takes few the nearest one. */
    private static String invalid(ArgSpec argument, String value, String message) {
        Object[] constants = argument.type().getEnumConstants();
        if (constants == null || !message.contains("expected one of")) {
            return option(argument) + ": " + numbers(INVALID.matcher(message).replaceFirst(""));
        }
        List<String> known = Arrays.stream(constants)
                .map(one -> one.toString().toLowerCase(Locale.ROOT))
                .toList();
        return option(argument) + " '" + value + "': give one of " + String.join(", ", known)
                + Suggestion.of(value, known);
    }

    private static String numbers(String message) {
        return NUMBER.matcher(WHOLE.matcher(message).replaceFirst("is not a whole number"))
                .replaceFirst("is not a number");
    }

    private static String option(ArgSpec one) {
        return one instanceof OptionSpec option ? option.longestName() : one.paramLabel();
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
