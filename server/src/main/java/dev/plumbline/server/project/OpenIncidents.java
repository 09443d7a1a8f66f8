package dev.plumbline.server.project;

import dev.plumbline.report.format.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The incidents in an answer of {@code plumb incidents --json} that need a decision. */
public final class OpenIncidents {
    private OpenIncidents() {}

    /** The number of incidents that need a decision. */
    public static int count(JsonValue answer) {
        long called = byCommit(answer.get("called")).stream()
                .filter(same -> isUndecided(same.get(0)))
                .count();
        long others = Stream.of("incidents", "newest", "missing")
                .mapToLong(member -> open(answer, member).count())
                .sum();
        return (int) (called + others);
    }

    /** The elements of one of its lists that do. */
    public static Stream<JsonValue> open(JsonValue answer, String list) {
        Stream<JsonValue> all = answer.get(list).elements().stream();
        return switch (list) {
            case "incidents" -> all.filter(OpenIncidents::isOpen);
            case "called" -> all.filter(OpenIncidents::isUndecided);
            case "newest" -> all.filter(OpenIncidents::isUndecided).filter(one -> is(one, "certainty", "DETECTED"));
            default -> all;
        };
    }

    /** Whether an incident of the list of these does. */
    public static boolean isOpen(JsonValue incident) {
        return is(incident, "state", "NEW")
                && is(incident, "direction", "WORSE")
                && !incident.get("slight").isTrue()
                && !is(incident, "kind", "NOISE");
    }

    private static boolean isUndecided(JsonValue finding) {
        return finding.get("statement").isNothing();
    }

    private static boolean is(JsonValue object, String member, String text) {
        return object.get(member).text().filter(text::equals).isPresent();
    }

    /** Groups the regressions that checks detected by their first commit, as long as they have no triage. */
    public static Collection<List<JsonValue>> byCommit(JsonValue called) {
        Map<String, List<JsonValue>> groups = new LinkedHashMap<>();
        called.elements().forEach(one -> groups.computeIfAbsent(
                        isUndecided(one)
                                ? "open " + text(one.get("since"), "commit")
                                : "decided " + text(one, "finding"),
                        key -> new ArrayList<>())
                .add(one));
        return groups.values();
    }

    private static String text(JsonValue object, String member) {
        return object.get(member).text().orElse("");
    }
}
