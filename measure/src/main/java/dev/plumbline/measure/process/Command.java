package dev.plumbline.measure.process;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program to start.
 *
 * @param words the program and its arguments, passed on as they are: no shell comes between
 * @param directory where it runs
 * @param variables its whole environment
 */
public record Command(List<String> words, Path directory, Map<String, String> variables) {
    private static final String SHELL = "/bin/sh";

    public Command {
        words = List.copyOf(words);
        requireNonNull(directory, "directory");
        variables = Collections.unmodifiableMap(new TreeMap<>(variables));
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new IllegalArgumentException("a command needs a program to start");
        }
        words.forEach(Command::checkText);
        variables.forEach((name, value) -> {
            checkText(name);
            checkText(value);
        });
    }

    private static void checkText(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a command and its variables cannot hold the character NUL");
        }
    }

    /** A line for {@code /bin/sh}, where pipes and variables work and the shell's own start is measured too. */
    public static Command shell(String line, Path directory, Map<String, String> variables) {
        return new Command(List.of(SHELL, "-c", line), directory, variables);
    }

    /** Its name in a message: the program, of a line for the shell the line's beginning. */
    String reported() {
        return words.get(0).equals(SHELL) && words.size() == 3
                ? words.get(2).strip().lines().findFirst().orElse(SHELL)
                : words.get(0);
    }

    /** This command with other words. */
    public Command withWords(List<String> other) {
        return new Command(other, directory, variables);
    }
}
