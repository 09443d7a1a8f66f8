package dev.plumbline.server.hook;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The state of a project when it was last examined.
 *
 * @param checked the ids of the runs that a check judged, those that were recorded last
 * @param incidents what was open, by the commit with which it began: the ids of the series
 * @param acceptances the ids of those in force
 */
record KnownState(List<String> checked, Map<String, Set<String>> incidents, Set<String> acceptances) {
    KnownState {
        checked = List.copyOf(checked);
        incidents = Map.copyOf(incidents);
        acceptances = Set.copyOf(acceptances);
    }

    String text() {
        return JsonText.ascii(json -> json.object(() -> {
            strings(json, "checked", checked);
            json.array(
                    "incidents",
                    new TreeMap<>(incidents).entrySet(),
                    one -> json.object(() -> {
                        json.text("commit", one.getKey());
                        strings(json, "series", new TreeSet<>(one.getValue()));
                    }));
            strings(json, "acceptances", new TreeSet<>(acceptances));
        }));
    }

    private static void strings(JsonText json, String name, Collection<String> texts) {
        json.array(name, texts, json::text);
    }

    static KnownState read(String text) {
        try {
            JsonValue json = JsonValue.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            Map<String, Set<String>> incidents = new TreeMap<>();
            json.get("incidents")
                    .elements()
                    .forEach(one ->
                            incidents.put(one.get("commit").text().orElse(""), Set.copyOf(strings(one.get("series")))));
            return new KnownState(
                    strings(json.get("checked")), incidents, Set.copyOf(strings(json.get("acceptances"))));
        } catch (IOException e) {
            throw new UncheckedIOException("the server cannot read its own record", e);
        }
    }

    private static List<String> strings(JsonValue array) {
        return array.elements().stream()
                .map(one -> one.text().orElse(""))
                .distinct()
                .toList();
    }
}
