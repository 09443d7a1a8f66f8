package dev.plumbline.pipeline.config;

import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.gate.Budget;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.role.RoleRule;
import dev.plumbline.core.threshold.Floor;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.pipeline.config.yaml.LineEnds;
import dev.plumbline.pipeline.config.yaml.Mistake;
import dev.plumbline.pipeline.config.yaml.Mistakes;
import dev.plumbline.pipeline.config.yaml.Node;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.pipeline.config.yaml.Yaml;
import dev.plumbline.pipeline.config.yaml.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Settings as one document: maps, lists, texts and numbers, as {@code plumbline.yaml} has them, in the order of the
 * documentation.
 *
 * <p>What belongs to a place rather than to judging (the main branch, the environment's name, the history's file), and
 * mappings and aliases, are no part of it, nor is the command that measures suspects again.
 */
public final class SettingsDocument {
    /** The list of rules. */
    static final String THRESHOLDS = "thresholds";

    /** The list of roles. */
    static final String METRICS = "metrics";

    /** The section of the gate, and its lists. */
    static final String GATE = "gate";

    /** A command, which belongs to the place where it runs. */
    static final String CONFIRM = "gate.confirm";

    static final String RULES = "rules";
    static final String BUDGETS = "budgets";

    private static final Set<String> OF_A_PLACE =
            Set.of("branch", "environment", "store", "project", "server", "on-unreachable");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9 %._/@+-]*[A-Za-z0-9%])?");

    private SettingsDocument() {}

    /** Every setting in force, defaults too, and the rules, those that were tuned before the others. */
    public static Map<String, Object> of(Configuration configuration) {
        Map<String, Object> document =
                settings(configuration, setting -> !setting.key().equals(CONFIRM));
        putLists(configuration.gateInForce(), document);
        List<ThresholdRule> rules = configuration.rules();
        if (!rules.isEmpty()) {
            document.put(THRESHOLDS, rules.stream().map(SettingsDocument::rule).toList());
        }
        if (!configuration.metrics().isEmpty()) {
            document.put(
                    METRICS,
                    configuration.metrics().stream().map(SettingsDocument::role).toList());
        }
        return document;
    }

    /** The document that {@code plumb threshold tune} writes. */
    public static Map<String, Object> tuned(List<ThresholdRule> rules, List<GateRule> weights) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (!rules.isEmpty()) {
            document.put(THRESHOLDS, rules.stream().map(SettingsDocument::rule).toList());
        }
        putList(RULES, weights.stream().map(SettingsDocument::weight).toList(), document);
        return document;
    }

    static Map<String, Object> settings(Configuration configuration, Predicate<Setting<?>> wanted) {
        Map<String, Object> document = new LinkedHashMap<>();
        for (Setting<?> setting : configuration.settings()) {
            boolean given = !(setting.value() instanceof Optional<?> optional) || optional.isPresent();
            if (given && !OF_A_PLACE.contains(setting.key()) && wanted.test(setting)) {
                put(document, setting);
            }
        }
        return document;
    }

    @SuppressWarnings("unchecked") // the value at the first part of a path is a map, created here
    private static void put(Map<String, Object> document, Setting<?> setting) {
        String[] path = setting.key().split("\\.");
        Map<String, Object> section = document;
        for (int i = 0; i < path.length - 1; i++) {
            section =
                    (Map<String, Object>) section.computeIfAbsent(path[i], key -> new LinkedHashMap<String, Object>());
        }
        Object value = setting.value() instanceof Optional<?> optional ? optional.orElseThrow() : setting.value();
        boolean number = value instanceof Number && !setting.shown().endsWith("%");
        section.put(path[path.length - 1], number ? value : setting.shown());
    }

    /** Puts the lists of the gate into its section, where it has any. */
    static void putLists(GateSection gate, Map<String, Object> document) {
        putList(RULES, gate.rules().stream().map(SettingsDocument::weight).toList(), document);
        putList(BUDGETS, gate.budgets().stream().map(SettingsDocument::budget).toList(), document);
    }

    @SuppressWarnings("unchecked") // as above
    private static void putList(String key, List<Map<String, Object>> list, Map<String, Object> document) {
        if (!list.isEmpty()) {
            ((Map<String, Object>) document.computeIfAbsent(GATE, name -> new LinkedHashMap<String, Object>()))
                    .put(key, list);
        }
    }

    /** A weight at the gate as a map. */
    public static Map<String, Object> weight(GateRule rule) {
        Map<String, Object> map = new LinkedHashMap<>();
        pattern("benchmark", rule.benchmark(), map);
        pattern("metric", rule.metric(), map);
        pattern("environment", rule.environment(), map);
        pattern("branch", rule.branch(), map);
        map.put("weight", rule.weight().name().toLowerCase(Locale.ROOT));
        return map;
    }

    /** A role as a map. */
    public static Map<String, Object> role(RoleRule rule) {
        Map<String, Object> map = new LinkedHashMap<>();
        pattern("benchmark", rule.benchmark(), map);
        map.put("metric", rule.metric().text());
        map.put("role", rule.role().word());
        return map;
    }

    /** An absolute limit as a map. */
    public static Map<String, Object> budget(Budget budget) {
        Map<String, Object> map = new LinkedHashMap<>();
        pattern("benchmark", budget.benchmark(), map);
        pattern("metric", budget.metric(), map);
        map.put(
                budget.side() == Budget.Side.AT_MOST ? "at-most" : "at-least",
                new Budget.Amount(budget.limit(), budget.unit()).toString());
        return map;
    }

    /** A rule as a map. */
    public static Map<String, Object> rule(ThresholdRule rule) {
        Map<String, Object> map = new LinkedHashMap<>();
        rule.scope().kind().ifPresent(kind -> map.put("kind", kind.word()));
        pattern("benchmark", rule.scope().benchmark(), map);
        pattern("metric", rule.scope().metric(), map);
        pattern("environment", rule.scope().environment(), map);
        pattern("branch", rule.scope().branch(), map);
        rule.margin().ifPresent(margin -> map.put("margin", Kind.share().write(margin)));
        rule.severities().ifPresent(severities -> map.put("severities", severities(severities)));
        if (!rule.floors().isEmpty()) {
            map.put("floor", rule.floors().stream().map(Floor::toString).toList());
        }
        rule.minimumRuns().ifPresent(runs -> map.put("minimum-runs", runs));
        return map;
    }

    private static void pattern(String key, Optional<NamePattern> pattern, Map<String, Object> map) {
        pattern.ifPresent(given -> map.put(key, given.text()));
    }

    private static Map<String, Object> severities(Severities severities) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("minor", Kind.share().write(severities.minor()));
        map.put("major", Kind.share().write(severities.major()));
        map.put("critical", Kind.share().write(severities.critical()));
        return map;
    }

    /** The document as YAML, two spaces a level, every line ended by a line feed. */
    public static String yaml(Map<String, Object> document) {
        StringBuilder out = new StringBuilder();
        write(document, "", out);
        return out.toString();
    }

    private static void write(Map<?, ?> map, String indent, StringBuilder out) {
        String before = indent;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(before).append(entry.getKey()).append(':');
            before = indent.endsWith("- ") ? indent.substring(0, indent.length() - 2) + "  " : indent;
            write(entry.getValue(), before, out);
        }
    }

    private static void write(Object value, String indent, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            out.append('\n');
            write(map, indent + "  ", out);
        } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
            out.append('\n');
            list.forEach(item -> write((Map<?, ?>) item, indent + "  - ", out));
        } else if (value instanceof List<?> list) {
            out.append(" [")
                    .append(String.join(
                            ", ", list.stream().map(SettingsDocument::scalar).toList()))
                    .append("]\n");
        } else {
            out.append(' ').append(scalar(value)).append('\n');
        }
    }

    /** Quoted if it would otherwise be ambiguous. */
    private static String scalar(Object value) {
        String text = value instanceof Double number ? Kind.numberAbove(0).write(number) : value.toString();
        if (value instanceof Number || PLAIN.matcher(text).matches() && !text.equalsIgnoreCase("null")) {
            return text;
        }
        return YamlText.quoted(text);
    }

    /**
     * A text of a configuration with other sections.
     *
     * @param text of the file; empty when there is none
     * @param sections the new ones by their keys; existing ones are replaced in place, the others are appended
     * @throws WrongConfiguration if the text is not written key by key, one below the other
     */
    static String replace(String text, String file, Map<String, Object> sections) throws WrongConfiguration {
        Mistakes mistakes = new Mistakes();
        Node root = Yaml.parse(text, file, mistakes);
        mistakes.throwIfAny();
        List<Node.Entry> entries = root instanceof Node.Entries map ? map.entries() : List.of();
        for (Node.Entry entry : entries) {
            if (entry.position().column() != 1) {
                throw new WrongConfiguration(List.of(
                        new Mistake(entry.position(), "sections can only be replaced if each key starts a line")));
            }
        }
        LineEnds ends = LineEnds.of(text);
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int i = entries.size() - 1; i >= 0; i--) {
            Node.Entry entry = entries.get(i);
            if (sections.containsKey(entry.key())) {
                int start = entry.position().line() - 1;
                int end = i + 1 < entries.size() ? entries.get(i + 1).position().line() - 1 : lines.size();
                while (end > start + 1 && isBetween(lines.get(end - 1))) {
                    end--;
                }
                lines.subList(start, end).clear();
                lines.addAll(
                        start,
                        yaml(Map.of(entry.key(), sections.get(entry.key())))
                                .lines()
                                .toList());
            }
        }
        Map<String, Object> added = new LinkedHashMap<>(sections);
        entries.forEach(entry -> added.remove(entry.key()));
        if (!added.isEmpty() && !lines.isEmpty()) {
            lines.add("");
        }
        lines.addAll(yaml(added).lines().toList());
        return lines.isEmpty() ? "" : ends.in(String.join("\n", lines) + "\n");
    }

    /** An empty line, or a comment that begins a line: it belongs to what comes after it. */
    private static boolean isBetween(String line) {
        return line.isBlank() || line.startsWith("#");
    }
}
