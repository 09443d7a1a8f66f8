package dev.plumbline.pipeline.config;

import dev.plumbline.store.naming.Alias;
import dev.plumbline.store.naming.Aliases;
import java.util.ArrayList;
import java.util.List;

/** Names that have changed: the section {@code aliases}, old names or patterns to new ones. */
final class AliasSection {
    private AliasSection() {}

    static Aliases read(Section section) {
        List<Alias> benchmarks = aliases("benchmarks", section);
        List<Alias> metrics = aliases("metrics", section);
        section.done();
        try {
            return new Aliases(benchmarks, metrics);
        } catch (IllegalArgumentException e) {
            section.mistake("aliases: " + e.getMessage());
            return Aliases.NONE;
        }
    }

    private static List<Alias> aliases(String key, Section section) {
        List<Alias> aliases = new ArrayList<>();
        section.map(key, Kind.text()).forEach((from, to) -> {
            try {
                aliases.add(new Alias(from, to.value()));
            } catch (IllegalArgumentException e) {
                section.mistakeAt(to.position(), section.path() + "." + key + ": " + e.getMessage());
            }
        });
        return aliases;
    }
}
