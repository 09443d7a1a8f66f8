package dev.plumbline.pipeline.config;

import dev.plumbline.core.gate.GateRule;
import java.util.List;

/**
 * The rules written by {@code plumb threshold tune}, over which the configuration's own file wins.
 *
 * @param thresholds rules for some series
 * @param weights how much some series weigh at the gate
 */
public record Tuned(List<ThresholdSection> thresholds, List<GateRule> weights) {
    /** No rules. */
    public static final Tuned NONE = new Tuned(List.of(), List.of());

    public Tuned {
        thresholds = List.copyOf(thresholds);
        weights = List.copyOf(weights);
    }

    static Tuned read(Section root) {
        Tuned tuned = new Tuned(ThresholdSection.read(root), GateSection.tuned(root.section("gate")));
        root.done();
        return tuned;
    }
}
