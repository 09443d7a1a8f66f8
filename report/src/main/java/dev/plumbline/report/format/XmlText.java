package dev.plumbline.report.format;

import dev.plumbline.report.terminal.TerminalText;
import java.util.Map;

/**
 * Writes indented XML 1.0. What cannot be seen, and with it every character that XML forbids, is made visible as in
 * {@link TerminalText#escape}; line feeds of element text stay.
 */
public final class XmlText {
    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private int depth;

    /** An element that holds what {@code content} writes. */
    public void element(String name, Map<String, String> attributes, Runnable content) {
        open(name, attributes, ">\n");
        depth++;
        content.run();
        depth--;
        out.append("  ".repeat(depth)).append("</").append(name).append(">\n");
    }

    /** An element without content. */
    public void element(String name, Map<String, String> attributes) {
        open(name, attributes, "/>\n");
    }

    /** An element that holds text, whose line feeds stay. */
    public void element(String name, Map<String, String> attributes, String text) {
        open(name, attributes, ">");
        boolean first = true;
        for (String line : text.split("\n", -1)) {
            out.append(first ? "" : "\n").append(escape(line));
            first = false;
        }
        out.append("</").append(name).append(">\n");
    }

    private void open(String name, Map<String, String> attributes, String end) {
        out.append("  ".repeat(depth)).append('<').append(name);
        attributes.forEach((attribute, value) -> out.append(' ')
                .append(attribute)
                .append("=\"")
                .append(escape(value))
                .append('"'));
        out.append(end);
    }

    private static String escape(String text) {
        return TerminalText.escape(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
