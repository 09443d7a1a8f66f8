package dev.plumbline.cli;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.Subcommands;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The tree of commands, built as far as an invocation needs it: the invoked command whole, its neighbours not at all.
 * Where none of them is named (help, a misspelt name), each is there by its name and description, for the list and for
 * suggestions. Reading the options of every command takes longer than most commands do.
 */
final class CommandTree {
    private CommandTree() {}

    /** The part of the tree that some arguments call. */
    static CommandLine of(Object command, List<String> arguments) {
        // picocli replaces @file by the content of the file, which may be any command
        return arguments.stream().anyMatch(argument -> argument.startsWith("@"))
                ? whole(command)
                : called(command, arguments);
    }

    /** The whole tree. */
    static CommandLine whole(Object command) {
        CommandLine line = new CommandLine(command);
        for (Class<? extends Command> type : below(command.getClass())) {
            line.addSubcommand(nameOf(type), whole(make(type)));
        }
        return line;
    }

    /**
     * The first word where the name of a command is asked for and none has it; empty when there is no such word. What a
     * command without others below it takes are arguments, and no names.
     */
    static Optional<String> unknownName(Class<?> command, List<String> arguments) {
        List<Class<? extends Command>> below = below(command);
        Optional<String> word =
                arguments.stream().filter(argument -> !argument.startsWith("-")).findFirst();
        if (below.isEmpty() || word.isEmpty() || word.get().startsWith("@")) {
            return Optional.empty();
        }
        for (Class<? extends Command> type : below) {
            if (nameOf(type).equals(word.get())) {
                return unknownName(type, arguments.subList(arguments.indexOf(word.get()) + 1, arguments.size()));
            }
        }
        return word;
    }

    private static CommandLine called(Object command, List<String> arguments) {
        CommandLine line = new CommandLine(command);
        List<Class<? extends Command>> below = below(command.getClass());
        int named = 0;
        while (named < arguments.size() && arguments.get(named).startsWith("-")) {
            named++;
        }
        if (named < arguments.size()) {
            String name = arguments.get(named);
            for (Class<? extends Command> type : below) {
                if (nameOf(type).equals(name)) {
                    List<String> rest = arguments.subList(named + 1, arguments.size());
                    return line.addSubcommand(name, called(make(type), rest));
                }
            }
        }
        for (Class<? extends Command> type : below) {
            CommandSpec mention = CommandSpec.create();
            mention.usageMessage().description(annotation(type).description());
            line.addSubcommand(nameOf(type), mention);
        }
        return line;
    }

    private static List<Class<? extends Command>> below(Class<?> type) {
        Subcommands subcommands = type.getAnnotation(Subcommands.class);
        return subcommands == null ? List.of() : List.of(subcommands.value());
    }

    private static String nameOf(Class<?> type) {
        return annotation(type).name();
    }

    private static CommandLine.Command annotation(Class<?> type) {
        return type.getAnnotation(CommandLine.Command.class);
    }

    private static Command make(Class<? extends Command> type) {
        try {
            return CommandLine.defaultFactory().create(type);
        } catch (Exception e) {
            throw new IllegalStateException("making " + type, e);
        }
    }
}
