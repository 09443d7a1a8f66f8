package dev.plumbline.report.format;

import dev.plumbline.report.terminal.TerminalText;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes HTML. Every text and every value of an attribute is escaped; what cannot be seen, and what turns the direction
 * of reading, is made visible as in {@link TerminalText#escape}; line feeds of text stay.
 *
 * <p>Names of elements and attributes are the program's own. Attributes come as names and values in turn; one whose
 * value is {@code null} is left out, and one with an empty value is written without any.
 */
public final class HtmlText {
    private static final Set<String> VOID = Set.of("br", "hr", "img", "input", "link", "meta");

    /** The elements whose content is no text for a browser, so that nothing could be escaped in it. */
    private static final Set<String> RAW = Set.of("script", "style");

    private final StringBuilder out = new StringBuilder(4096);

    /** An element that holds what {@code content} writes. */
    public HtmlText element(String name, Runnable content, String... attributes) {
        open(name, attributes);
        content.run();
        return close(name);
    }

    /** An element that holds text. */
    public HtmlText element(String name, String text, String... attributes) {
        if (RAW.contains(name) && !text.isEmpty()) {
            throw new IllegalArgumentException("nothing is escaped inside of " + name);
        }
        open(name, attributes);
        return text(text).close(name);
    }

    /** An element that holds nothing by its nature, such as {@code input}. */
    public HtmlText empty(String name, String... attributes) {
        if (!VOID.contains(name)) {
            throw new IllegalArgumentException(name + " has an end");
        }
        open(name, attributes);
        return this;
    }

    /** Text among elements. */
    public HtmlText text(String text) {
        out.append(escape(text));
        return this;
    }

    private void open(String name, String... attributes) {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("an attribute of " + name + " has no value");
        }
        out.append('<').append(checked(name));
        for (int i = 0; i < attributes.length; i += 2) {
            String value = attributes[i + 1];
            if (value != null) {
                out.append(' ').append(attribute(attributes[i]));
                if (!value.isEmpty()) {
                    out.append("=\"").append(escape(value)).append('"');
                }
            }
        }
        out.append('>');
    }

    private HtmlText close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    private static String checked(String name) {
        if (name.isEmpty() || !name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
            throw new IllegalArgumentException("no name of an element or attribute: " + name);
        }
        return name;
    }

    /** Handlers of events and styles would need a policy that allows everybody's. */
    private static String attribute(String name) {
        if (name.startsWith("on") || name.equals("style")) {
            throw new IllegalArgumentException("an attribute that runs: " + name);
        }
        return checked(name);
    }

    /** Text escaped for use between tags and in the value of an attribute. */
    public static String escape(String text) {
        return Stream.of(text.split("\n", -1))
                .map(TerminalText::escape)
                .collect(Collectors.joining("\n"))
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
