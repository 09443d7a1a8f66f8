package dev.plumbline.core.incident;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The facts of a machine and of a tool that are usually the same from run to run; if such a fact changes, it may be the
 * cause of changed numbers. A load or a time that is another one with every run is no evidence.
 */
public final class SteadyFacts {
    /** A fact that was the same in this number of runs is one that stays. */
    public static final int RUNS = 3;

    /** The value of flags that a run was started without. */
    public static final String NONE = "none";

    private static final String JVM = "jvm";

    /** A fact that a result leaves out when there are none; the first one is a change. */
    private static final String JVM_FLAGS = "jvm.flags";

    private SteadyFacts() {}

    /**
     * A fact that changed after having been constant.
     *
     * @param fact its name
     * @param before what it was
     * @param after what it is
     */
    public record Change(String fact, String before, String after) {
        static final Comparator<Change> ORDER =
                Comparator.comparing(Change::fact).thenComparing(Change::before).thenComparing(Change::after);

        public Change {
            requireNonNull(fact, "fact");
            requireNonNull(before, "before");
            requireNonNull(after, "after");
        }
    }

    /**
     * The facts that all runs before share, and all runs after with another value; those of the machine first.
     *
     * @param before the runs before, enough to show that a fact is constant; where there is none, nothing changed
     */
    public static List<Change> changes(List<RunInfo> before, List<RunInfo> after) {
        Map<String, String> now = shared(after);
        List<Change> changes = new ArrayList<>();
        shared(before).forEach((fact, value) -> {
            String other = now.get(fact);
            if (other != null && !other.equals(value)) {
                changes.add(new Change(fact, value, other));
            }
        });
        return changes;
    }

    private static Map<String, String> shared(List<RunInfo> runs) {
        Map<String, String> shared = new LinkedHashMap<>();
        if (!runs.isEmpty()) {
            shared.putAll(facts(runs.get(0)));
            for (RunInfo run : runs) {
                Map<String, String> facts = facts(run);
                shared.entrySet().removeIf(fact -> !fact.getValue().equals(facts.get(fact.getKey())));
            }
        }
        return shared;
    }

    private static Map<String, String> facts(RunInfo run) {
        RunHeader header = run.header();
        Map<String, String> facts = new LinkedHashMap<>(header.environment().facts());
        header.toolFacts().forEach(facts::putIfAbsent);
        if (facts.containsKey(JVM)) {
            facts.putIfAbsent(JVM_FLAGS, NONE);
        }
        return facts;
    }
}
