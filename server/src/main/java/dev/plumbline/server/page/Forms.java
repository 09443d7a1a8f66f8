package dev.plumbline.server.page;

import dev.plumbline.report.format.HtmlText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Parts of forms. */
final class Forms {
    private Forms() {}

    /** A form that is sent to the page it is on, or another one. */
    static void post(HtmlText html, String address, Runnable content) {
        html.element("form", content, "method", "post", "action", address);
    }

    /** A button that does one thing, and all that it needs. */
    static void button(HtmlText html, String address, String title, String look, Map<String, String> values) {
        post(html, address, () -> {
            hidden(html, values);
            html.element("button", title, "class", look.isEmpty() ? null : look);
        });
    }

    /**
     * A button in a row of a table that takes away what the row shows.
     *
     * @param spoken the label for screen readers
     */
    static void removal(HtmlText html, String address, String title, String spoken, Map<String, String> values) {
        post(html, address, () -> {
            hidden(html, values);
            html.element("button", title, "class", "bad", "aria-label", spoken);
        });
    }

    /** Names and values, one after the other, in this order. */
    static Map<String, String> values(String... namesAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return values;
    }

    static void hidden(HtmlText html, Map<String, String> values) {
        values.forEach((name, value) -> html.empty("input", "type", "hidden", "name", name, "value", value));
    }

    /**
     * A labelled field.
     *
     * @param id unique on the page
     * @param hint below it; none when empty
     */
    static void field(HtmlText html, String id, String name, String label, String hint, String... attributes) {
        html.element("label", label, "for", id);
        String hintId = id + "-hint";
        String[] all = Stream.concat(
                        Stream.of("id", id, "name", name, "aria-describedby", hint.isEmpty() ? null : hintId),
                        Stream.of(attributes))
                .toArray(String[]::new);
        html.empty("input", all);
        if (!hint.isEmpty()) {
            html.element("p", hint, "class", "hint", "id", hintId);
        }
    }

    /** A labelled field for a whole number. */
    static void number(
            HtmlText html, String id, String name, String label, int min, int max, String value, String... more) {
        String[] all = Stream.concat(
                        Stream.of(
                                "type",
                                "number",
                                "min",
                                Integer.toString(min),
                                "max",
                                Integer.toString(max),
                                "value",
                                value),
                        Stream.of(more))
                .toArray(String[]::new);
        field(html, id, name, label, "", all);
    }

    /** Fields side by side, where there is room. */
    static void fields(HtmlText html, Runnable... fields) {
        html.element("div", () -> Stream.of(fields).forEach(field -> html.element("div", field)), "class", "fields");
    }

    /** A labelled choice; the first option is chosen. */
    static void choice(HtmlText html, String id, String name, String label, Map<String, String> options) {
        html.element("label", label, "for", id);
        html.element(
                "select",
                () -> options.forEach((value, words) -> html.element("option", words, "value", value)),
                "id",
                id,
                "name",
                name);
    }

    /** Writes the error in the submitted form. */
    static void error(HtmlText html, Optional<String> error) {
        error.ifPresent(text ->
                html.element("div", () -> html.element("p", sentence(text)), "class", "message bad", "role", "alert"));
    }

    /** With a capital letter and a full stop. */
    static String sentence(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return stripped;
        }
        int first = stripped.codePointAt(0);
        String begun =
                Character.toString(Character.toUpperCase(first)) + stripped.substring(Character.charCount(first));
        return begun.matches("(?s).*[.!?…]") ? begun : begun + ".";
    }

    /** A table that becomes a list where there is little room; a column of buttons has no title. */
    static void table(HtmlText html, Runnable rows, String... titles) {
        html.element(
                "table",
                () -> {
                    header(html, titles);
                    html.element("tbody", rows);
                },
                "class",
                "stack");
    }

    private static void header(HtmlText html, String... titles) {
        html.element(
                "thead",
                () -> html.element("tr", () -> {
                    for (String title : titles) {
                        if (title.isEmpty()) {
                            html.element("td", "");
                        } else {
                            html.element("th", title, "scope", "col");
                        }
                    }
                }));
    }
}
