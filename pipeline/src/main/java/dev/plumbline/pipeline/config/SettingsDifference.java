package dev.plumbline.pipeline.config;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.role.RoleRule;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.pipeline.config.yaml.Mistakes;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.pipeline.config.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A setting with a different value in another configuration.
 *
 * @param key the setting's path; {@code thresholds} for the rules as a whole
 * @param before what is in force, in words
 * @param after what would be
 */
public record SettingsDifference(String key, String before, String after) {
    public SettingsDifference {
        requireNonNull(key, "key");
        requireNonNull(before, "before");
        requireNonNull(after, "after");
    }

    /** The settings of another configuration's file that differ from those in force. */
    public static List<SettingsDifference> between(Configuration inForce, Configuration other) {
        List<SettingsDifference> differences = new ArrayList<>();
        List<Setting<?>> mine = inForce.settings();
        List<Setting<?>> theirs = other.settings();
        for (int i = 0; i < mine.size(); i++) {
            if (isSaid(theirs.get(i))
                    && !theirs.get(i).shown().equals(mine.get(i).shown())) {
                differences.add(new SettingsDifference(
                        mine.get(i).key(), mine.get(i).shown(), theirs.get(i).shown()));
            }
        }
        if (!other.rules().isEmpty() && !asMaps(other.rules()).equals(asMaps(inForce.rules()))) {
            differences.add(
                    new SettingsDifference(SettingsDocument.THRESHOLDS, words(inForce.rules()), words(other.rules())));
        }
        List<Map<String, Object>> theirMetrics = roleMaps(other.metrics());
        if (!theirMetrics.isEmpty() && !theirMetrics.equals(roleMaps(inForce.metrics()))) {
            differences.add(new SettingsDifference(
                    SettingsDocument.METRICS, entries(inForce.metrics().size()), entries(theirMetrics.size())));
        }
        difference(
                        SettingsDocument.RULES,
                        inForce.gateInForce().rules().stream()
                                .map(SettingsDocument::weight)
                                .toList(),
                        other.gate().rules().stream()
                                .map(SettingsDocument::weight)
                                .toList())
                .ifPresent(differences::add);
        difference(
                        SettingsDocument.BUDGETS,
                        inForce.gate().budgets().stream()
                                .map(SettingsDocument::budget)
                                .toList(),
                        other.gate().budgets().stream()
                                .map(SettingsDocument::budget)
                                .toList())
                .ifPresent(differences::add);
        return differences;
    }

    /** The difference of a list of the gate. */
    private static Optional<SettingsDifference> difference(String list, List<?> mine, List<?> theirs) {
        return theirs.isEmpty() || theirs.equals(mine)
                ? Optional.empty()
                : Optional.of(new SettingsDifference(
                        SettingsDocument.GATE + "." + list, entries(mine.size()), entries(theirs.size())));
    }

    private static String entries(int count) {
        return count == 1 ? "1 entry" : (count == 0 ? "no" : count) + " entries";
    }

    private static boolean isSaid(Setting<?> setting) {
        return setting.origin() instanceof Origin.File;
    }

    private static List<Map<String, Object>> asMaps(List<ThresholdRule> rules) {
        return rules.stream().map(SettingsDocument::rule).toList();
    }

    private static List<Map<String, Object>> roleMaps(List<RoleRule> rules) {
        return rules.stream().map(SettingsDocument::role).toList();
    }

    private static String words(List<ThresholdRule> rules) {
        return rules.isEmpty() ? "no rule" : rules.size() == 1 ? "1 rule" : rules.size() + " rules";
    }

    /**
     * The text of a configuration's file with the settings in which another one differs; other sections stay to the
     * letter.
     *
     * @param text of the file as it is; empty when there is none
     * @param name of the file, for messages
     * @throws WrongConfiguration if the text is not of a form that can be changed, or contradicts itself then
     */
    public static String written(Configuration inForce, Configuration other, String text, String name)
            throws WrongConfiguration {
        Map<String, Object> mine = SettingsDocument.settings(inForce, SettingsDifference::isSaid);
        SettingsDocument.putLists(inForce.gate(), mine);
        Map<String, Object> theirs = SettingsDocument.settings(other, SettingsDifference::isSaid);
        SettingsDocument.putLists(other.gate(), theirs);
        Map<String, Object> sections = new LinkedHashMap<>();
        for (SettingsDifference difference : between(inForce, other)) {
            String key = difference.key().split("\\.")[0];
            if (key.equals(SettingsDocument.THRESHOLDS)) {
                sections.put(key, asMaps(other.rules()));
            } else if (key.equals(SettingsDocument.METRICS)) {
                sections.put(key, roleMaps(other.metrics()));
            } else {
                sections.put(key, merged(mine.get(key), theirs.get(key)));
            }
        }
        String next = SettingsDocument.replace(text, name, sections);
        Mistakes mistakes = new Mistakes();
        Configuration read =
                ConfigurationFile.of(Optional.empty(), Section.root(Yaml.parse(next, name, mistakes), mistakes));
        mistakes.throwIfAny();
        List<SettingsDifference> left = between(read, other);
        if (!left.isEmpty()) {
            throw new IllegalStateException("the rewritten file would not match: " + left);
        }
        return next;
    }

    /** The settings of both, the second one's where they differ, in the first one's order. */
    private static Object merged(Object first, Object second) {
        if (!(first instanceof Map<?, ?> mine) || !(second instanceof Map<?, ?> theirs)) {
            return second;
        }
        Map<Object, Object> all = new LinkedHashMap<>(mine);
        theirs.forEach((key, value) -> all.put(key, merged(all.get(key), value)));
        return all;
    }
}
