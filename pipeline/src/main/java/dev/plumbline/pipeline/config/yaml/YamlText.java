package dev.plumbline.pipeline.config.yaml;

import java.util.Locale;

/** Text as a value of a YAML file. */
public final class YamlText {
    private YamlText() {}

    /**
     * In double quotes, so that no text from outside is anything but text: what ends a line, controls a terminal or
     * turns the direction of what comes after it is written as its number. Letters of every language stay.
     */
    public static String quoted(String text) {
        StringBuilder yaml = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                yaml.append('\\').appendCodePoint(point);
            } else if (isShown(point)) {
                yaml.appendCodePoint(point);
            } else {
                yaml.append(String.format(Locale.ROOT, point > 0xFFFF ? "\\U%08x" : "\\u%04x", point));
            }
        });
        return yaml.append('"').toString();
    }

    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
