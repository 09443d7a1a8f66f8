package dev.plumbline.report.format;

import dev.plumbline.report.terminal.TerminalText;
import java.util.regex.Pattern;

/**
 * Untrusted text, escaped for the Markdown of GitHub and GitLab.
 *
 * <p>Every character that means something to Markdown or HTML becomes a character reference, and so does a first
 * character that could begin a list, a heading or a command of GitLab. Those who look for references look at the text
 * after Markdown is gone, where a character reference is a character again; so a zero-width space after the sign keeps
 * mentions, references, milestones, labels, pictures and links ({@code @name}, {@code #12}, {@code GH-12},
 * {@code :smile:}, {@code www.}) from taking effect. The result has no line break and may be used in a table cell.
 *
 * <p>Names are copied from comments into commands, so {@link #code} puts nothing between their characters: Markdown has
 * no meaning inside a code span.
 */
public final class MarkdownText {
    private static final char ZERO_WIDTH_SPACE = '\u200B';

    private static final Pattern ADDRESS = Pattern.compile("@\\p{L}|://|www\\.", Pattern.CASE_INSENSITIVE);

    private MarkdownText() {}

    /** The text, shortened in its middle to the given columns, safe inside a line or a table cell. */
    public static String escape(String text, int columns) {
        String visible = TerminalText.shorten(TerminalText.escape(text), columns, "…");
        StringBuilder escaped = new StringBuilder(visible.length() + 16);
        for (int i = 0; i < visible.length(); i++) {
            char character = visible.charAt(i);
            if (needsReference(character) || i == 0 && isStructure(visible)) {
                escaped.append("&#").append((int) character).append(';');
            } else {
                escaped.append(character);
            }
            if (isSign(visible, i)) {
                escaped.append(ZERO_WIDTH_SPACE);
            }
        }
        return escaped.toString();
    }

    /**
     * The text as code, in which no references are resolved: copied, it is the original. Text that could end a code
     * span or a table's cell, and addresses and mentions, which some Markdown renderers process there, are escaped
     * instead.
     */
    public static String code(String text, int columns) {
        String visible = TerminalText.shorten(TerminalText.escape(text), columns, "…");
        boolean plain = !visible.isBlank()
                && visible.equals(visible.strip())
                && visible.chars().noneMatch(character -> "`|\\<&$".indexOf(character) >= 0)
                && !ADDRESS.matcher(visible).find();
        return plain ? "`" + visible + "`" : "<code>" + escape(text, columns) + "</code>";
    }

    private static boolean needsReference(char character) {
        return "&<>\"|`*_[]{\\~$".indexOf(character) >= 0;
    }

    /** Whether text at the beginning of a line or a list's item would begin a list, a heading, a rule or a command. */
    private static boolean isStructure(String text) {
        char first = text.charAt(0);
        if (!Character.isDigit(first)) {
            return first < 0x80 && !Character.isLetter(first);
        }
        int end = 1;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        boolean marked = end < text.length() && (text.charAt(end) == '.' || text.charAt(end) == ')');
        return marked && (end + 1 == text.length() || text.charAt(end + 1) == ' ');
    }

    /** Whether the character could make a reference of what follows it. */
    private static boolean isSign(String text, int index) {
        if (index + 1 == text.length()) {
            return false;
        }
        char next = text.charAt(index + 1);
        return switch (text.charAt(index)) {
            case '@', '#', '!', '&', '~', '$', '%', '^' ->
                Character.isLetterOrDigit(next) || next == '_' || next == '"';
            case '-' -> Character.isDigit(next) && index >= 2 && text.regionMatches(true, index - 2, "GH", 0, 2);
            case ':' -> next == '/' || isEmoji(text, index) || isScheme(text, index);
            case 'w', 'W' -> next == '.' && index >= 2 && text.regionMatches(true, index - 2, "www", 0, 3);
            default -> false;
        };
    }

    /** Whether a colon begins something like {@code :smile:}, {@code :+1:} or {@code :100:}. */
    private static boolean isEmoji(String text, int index) {
        int end = index + 1;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || "_+-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end > index + 1 && end < text.length() && text.charAt(end) == ':';
    }

    /** Whether a colon ends one of the schemes that make a link without slashes. */
    private static boolean isScheme(String text, int index) {
        return text.regionMatches(true, index - 6, "mailto", 0, 6) || text.regionMatches(true, index - 4, "xmpp", 0, 4);
    }
}
