package dev.plumbline.report.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The units that a line break does not divide: a word, or a command with its arguments, which a reader copies as one
 * line.
 */
final class LineUnits {
    /** A command's own words come first: {@code plumb triage mute}. */
    private static final Pattern SUBCOMMAND = Pattern.compile("[a-z]+[,;:.)]*");

    /** An option, a placeholder, an id, a name with a dot, a slash or parameters. */
    private static final Pattern ARGUMENT =
            Pattern.compile("-\\S*|[A-Z][A-Z_]*[,;:.)]*|[0-9a-f]{6,}\\S*|\\S+[.=/\\[{:]\\S+|'\\S*");

    /** Its value, or a word too many, follows. */
    private static final Pattern OPTION = Pattern.compile("--?[a-z][a-z-]*");

    private static final Pattern ANY = Pattern.compile("[^-]\\S*");

    private static final int MOST_SUBCOMMANDS = 2;

    private final String[] words;
    private final List<String> units = new ArrayList<>();
    private int next;

    private LineUnits(String text) {
        words = text.split(" ", -1);
    }

    /** The units of a text in their order; joined by spaces they are the text. */
    static List<String> of(String text) {
        LineUnits all = new LineUnits(text);
        while (all.next < all.words.length) {
            all.units.add(all.words[all.next].equals("plumb") ? all.command() : all.words[all.next++]);
        }
        return all.units;
    }

    static boolean isCommand(String unit) {
        return unit.startsWith("plumb ");
    }

    private String command() {
        StringBuilder command = new StringBuilder(words[next++]);
        for (int i = 0; i < MOST_SUBCOMMANDS && isMore(command, SUBCOMMAND); i++) {
            take(command);
        }
        while (isMore(command, ARGUMENT)) {
            boolean isOpen = opens(words[next]);
            boolean isOption = OPTION.matcher(words[next]).matches();
            take(command);
            if (isOption && isMore(command, ANY) && !opens(words[next])) {
                take(command);
            }
            while (isOpen && next < words.length) {
                isOpen = !words[next].contains("'");
                take(command);
            }
        }
        return command.toString();
    }

    private static boolean opens(String word) {
        return word.chars().filter(c -> c == '\'').count() % 2 == 1;
    }

    private boolean isMore(StringBuilder command, Pattern kind) {
        boolean isEnded = ",;:.)".indexOf(command.charAt(command.length() - 1)) >= 0;
        return !isEnded && next < words.length && kind.matcher(words[next]).matches();
    }

    private void take(StringBuilder command) {
        command.append(' ').append(words[next++]);
    }
}
