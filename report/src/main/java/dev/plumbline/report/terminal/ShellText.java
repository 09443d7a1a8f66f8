package dev.plumbline.report.terminal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Command lines for pasting into a shell (bash, zsh and ksh), safe with any names. They have no control
 * characters.
 */
public final class ShellText {
    /** An equals sign at its beginning would be a command's path in zsh. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,+-][A-Za-z0-9_./:,+=-]*");

    /** The text that {@link #quoted} puts between single quotes. */
    private static final Pattern QUOTED = Pattern.compile("(?<![$\\\\])'([^']*)'");

    private ShellText() {}

    /** A command and its operands, each quoted where it has to be. */
    public static String command(String command, List<String> operands) {
        StringBuilder line = new StringBuilder(command);
        if (operands.stream().anyMatch(operand -> operand.startsWith("-"))) {
            line.append(" --"); // what follows is no option
        }
        operands.forEach(operand -> line.append(' ').append(quoted(operand)));
        return line.toString();
    }

    /** One operand, quoted where it has to be. */
    public static String quoted(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        if (TerminalText.escape(text).equals(text)) {
            return "'" + text.replace("'", "'\\''") + "'";
        }
        return bytes(text);
    }

    /** The same command in ASCII, with the same meaning, for terminals that show nothing else. */
    public static String ascii(String command) {
        return QUOTED.matcher(command)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1).chars().allMatch(character -> character < 0x7F)
                                ? match.group()
                                : bytes(match.group(1))));
    }

    private static String bytes(String text) {
        StringBuilder quoted = new StringBuilder("$'");
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) { // as bytes they mean the same in every locale
            if (one == '\'' || one == '\\') {
                quoted.append('\\').append((char) one);
            } else if (one >= ' ' && one < 0x7F) {
                quoted.append((char) one);
            } else {
                quoted.append(String.format(Locale.ROOT, "\\x%02x", one));
            }
        }
        return quoted.append('\'').toString();
    }
}
