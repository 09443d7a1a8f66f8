package dev.plumbline.ingest.mapping;

import dev.plumbline.ingest.input.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path into a JSON value: {@code .name} or {@code ["any name"]} for a member, {@code [0]} for an element counted
 * from 0, {@code [*]} or {@code .*} for all members or elements.
 */
public record Locator(List<Step> steps) {
    private static final int MOST_STEPS = 50;
    private static final Pattern STEP = Pattern.compile(
            "\\.(?<name>[^.\\[\\]\"'\\s*]+)|\\[\"(?<quoted>[^\"]*)\"]|\\['(?<single>[^']*)']|\\[(?<index>[0-9]{1,9})]"
                    + "|(?<every>\\[\\*]|\\.\\*)");

    /** One step down. */
    public sealed interface Step {
        /** The member of this name. */
        record Member(String name) implements Step {}

        /** The element at this index, counted from 0. */
        record Element(int index) implements Step {}

        /** Every element of a list, every member of an object. */
        record Every() implements Step {}
    }

    public Locator {
        steps = List.copyOf(steps);
    }

    /**
     * Reads the text behind the {@code $}: {@code .runs[*].name}; empty text stays where it is.
     *
     * @throws IllegalArgumentException if it is no way down
     */
    public static Locator parse(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at || steps.size() == MOST_STEPS) {
                throw new IllegalArgumentException("a path goes on with .name, [\"name\"], [0] or [*], not with "
                        + Excerpt.quoted(text.substring(at)));
            }
            steps.add(step(matcher));
            at = matcher.end();
        }
        return new Locator(steps);
    }

    private static Step step(Matcher matcher) {
        for (String group : List.of("name", "quoted", "single")) {
            if (matcher.group(group) != null) {
                return new Step.Member(matcher.group(group));
            }
        }
        return matcher.group("index") == null
                ? new Step.Every()
                : new Step.Element(Integer.parseInt(matcher.group("index")));
    }

    /** The values found below a value of maps, lists and texts, in order. */
    List<Object> find(Object value) {
        List<Object> found = List.of(value);
        for (Step step : steps) {
            List<Object> next = new ArrayList<>();
            for (Object each : found) {
                follow(step, each, next);
            }
            found = next;
        }
        return found;
    }

    private static void follow(Step step, Object value, List<Object> next) {
        if (step instanceof Step.Member member && value instanceof Map<?, ?> map) {
            Object below = map.get(member.name());
            if (below != null) {
                next.add(below);
            }
        } else if (step instanceof Step.Element element && value instanceof List<?> list) {
            if (element.index() < list.size()) {
                next.add(list.get(element.index()));
            }
        } else if (step instanceof Step.Every) {
            if (value instanceof List<?> list) {
                next.addAll(list);
            } else if (value instanceof Map<?, ?> map) {
                next.addAll(map.values());
            }
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("$");
        for (Step step : steps) {
            if (step instanceof Step.Member member) {
                text.append(
                        member.name().matches("[A-Za-z0-9_-]+") ? "." + member.name() : "[\"" + member.name() + "\"]");
            } else if (step instanceof Step.Element element) {
                text.append('[').append(element.index()).append(']');
            } else {
                text.append("[*]");
            }
        }
        return text.toString();
    }
}
