package dev.plumbline.report;

/**
 * Text from outside made harmless inside Markdown as GitHub and GitLab read it.
 *
 * <p>Every character that means something to Markdown or HTML becomes a character reference. Those who look for references
 * look at the text after Markdown is gone, where a character reference is a character again; so a zero-width space after the
 * sign keeps {@code @name}, {@code #12}, {@code !34}, {@code ~label}, {@code $snippet}, {@code %milestone}, {@code :smile:},
 * {@code http://} and {@code www.} from becoming a mention, a reference, a picture or a link. The result has no line break and
 * may stand in a table's cell. It must not begin a line (a line of GitLab that begins with a slash is a command).
 */
final class MarkdownText {
    private static final char ZERO_WIDTH_SPACE = '\u200B';

    private MarkdownText() {}

    /** The text, shortened in its middle to the given columns, safe to stand inside a line or a table's cell. */
    static String escape(String text, int columns) {
        String visible = TerminalText.shorten(TerminalText.escape(text), columns, "…");
        StringBuilder escaped = new StringBuilder(visible.length() + 16);
        for (int i = 0; i < visible.length(); i++) {
            char character = visible.charAt(i);
            switch (character) {
                case '&', '<', '>', '"', '\'', '|', '`', '*', '_', '[', ']', '(', ')', '{', '}', '\\' ->
                    reference(character, escaped);
                case '@', '#', '!', '~', '$', '%', '^', ':' -> {
                    reference(character, escaped);
                    if (i + 1 < visible.length() && visible.charAt(i + 1) != ' ') {
                        escaped.append(ZERO_WIDTH_SPACE);
                    }
                }
                case '.' -> {
                    escaped.append('.');
                    if (i >= 3 && visible.regionMatches(true, i - 3, "www", 0, 3)) {
                        escaped.insert(escaped.length() - 1, ZERO_WIDTH_SPACE);
                    }
                }
                default -> escaped.append(character);
            }
        }
        return escaped.toString();
    }

    /** The text as code, where nobody looks for references. */
    static String code(String text, int columns) {
        return "<code>" + escape(text, columns) + "</code>";
    }

    private static void reference(char character, StringBuilder escaped) {
        escaped.append("&#").append((int) character).append(';');
    }
}
