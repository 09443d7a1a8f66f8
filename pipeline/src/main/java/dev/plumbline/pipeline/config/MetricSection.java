package dev.plumbline.pipeline.config;

import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.RoleRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The list {@code metrics}: the role of some metrics. */
final class MetricSection {
    private static final Kind<NamePattern> PATTERN = Kind.parsed(NamePattern::new, NamePattern::text);
    private static final Kind<Role> ROLE = role();

    private MetricSection() {}

    private static Kind<Role> role() {
        Map<String, Role> words = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            words.put(role.word(), role);
        }
        return Kind.choice(words);
    }

    static List<RoleRule> read(Section root) {
        List<RoleRule> rules = new ArrayList<>();
        for (Section section : root.listed("metrics")) {
            Optional<NamePattern> benchmark = section.value("benchmark", PATTERN);
            Optional<NamePattern> metric = section.required("metric", PATTERN);
            Optional<Role> role = section.required("role", ROLE);
            section.done();
            if (metric.isPresent() && role.isPresent()) {
                rules.add(new RoleRule(section.position().toString(), benchmark, metric.get(), role.get(), false));
            }
        }
        return rules;
    }
}
