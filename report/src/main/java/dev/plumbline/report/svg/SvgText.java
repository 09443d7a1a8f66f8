package dev.plumbline.report.svg;

import dev.plumbline.report.format.XmlText;
import dev.plumbline.report.terminal.TerminalText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes an SVG picture of shapes and text. Every text is escaped as {@link XmlText} does it; there is no style, script
 * or reference in it, so that the strictest policy shows it as it is.
 *
 * <p>Names of elements and attributes are the program's own. Attributes come as names and values in turn; numbers are
 * written with two decimals at most.
 */
final class SvgText {
    static final String FONT = "Verdana,Geneva,DejaVu Sans,sans-serif";

    private static final String NARROW = "fijlrtI.,:;!'|()[] ";
    private static final String WIDE = "mwMW@%—";

    /** The width of one column of a terminal, as a share of the font's size. */
    private static final double NARROW_WIDTH = 0.42;

    private static final double USUAL_WIDTH = 0.62;
    private static final double WIDE_WIDTH = 0.98;

    private final XmlText xml = new XmlText();

    /**
     * A whole picture.
     *
     * @param title what it shows, in words
     */
    static String picture(double width, double height, String title, Consumer<SvgText> content) {
        SvgText svg = new SvgText();
        svg.group(
                "svg",
                () -> {
                    svg.text("title", title);
                    content.accept(svg);
                },
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                width,
                "height",
                height,
                "viewBox",
                "0 0 " + number(width) + " " + number(height),
                "role",
                "img",
                "aria-label",
                title,
                "font-family",
                FONT);
        return svg.xml.toString();
    }

    /** An element that holds what {@code content} writes. */
    void group(String name, Runnable content, Object... attributes) {
        xml.element(name, map(attributes), content);
    }

    /** An element that holds text. */
    void text(String name, String text, Object... attributes) {
        xml.element(name, map(attributes), text.replace("\n", " "));
    }

    /** An element without content. */
    void shape(String name, Object... attributes) {
        xml.element(name, map(attributes));
    }

    private static Map<String, String> map(Object... attributes) {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("an attribute has no value");
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            map.put((String) attributes[i], value instanceof Number some ? number(some.doubleValue()) : (String) value);
        }
        return map;
    }

    /** @throws IllegalArgumentException if it is not finite: a picture has no place for it */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("no place in a picture: " + value);
        }
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceFirst("\\.?0+$", "").replaceFirst("^-0$", "0");
    }

    /** The approximate width of a text: the browser's font is not known. */
    static double width(String text, double fontSize) {
        return TerminalText.escape(text)
                        .codePoints()
                        .mapToDouble(SvgText::width)
                        .sum()
                * fontSize;
    }

    private static double width(int character) {
        if (NARROW.indexOf(character) >= 0) {
            return NARROW_WIDTH;
        }
        if (WIDE.indexOf(character) >= 0) {
            return WIDE_WIDTH;
        }
        return USUAL_WIDTH * TerminalText.width(character);
    }
}
