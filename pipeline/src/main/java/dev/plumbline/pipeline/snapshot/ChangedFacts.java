package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.incident.SteadyFacts;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells of facts of a machine that stayed the same until the judged runs: what moved with them may be that, and no
 * code. A run is compared with the newest earlier ones of its environment, its branch and its tool.
 */
public final class ChangedFacts {
    /** So many are told. */
    private static final int TOLD = 3;

    /** Longer values are cut: they may come from anybody. */
    private static final int LONGEST = 100;

    private ChangedFacts() {}

    /** One sentence for each environment in which one changed. */
    public static List<String> notes(List<RunInfo> runs, RunStore store) {
        Set<String> own = runs.stream().map(RunInfo::id).collect(Collectors.toSet());
        Map<String, Set<SteadyFacts.Change>> changes = new TreeMap<>();
        Map<RunQuery, List<RunInfo>> read = new HashMap<>();
        for (RunInfo run : runs) {
            RunQuery alike = RunQuery.all()
                    .inEnvironment(run.header().environment().key())
                    .onBranch(run.header().revision().branch());
            List<RunInfo> before = before(run, own, read.computeIfAbsent(alike, store::runs));
            if (before.size() == SteadyFacts.RUNS) {
                changes.computeIfAbsent(run.header().environment().key(), key -> new LinkedHashSet<>())
                        .addAll(SteadyFacts.changes(before, List.of(run)));
            }
        }
        changes.values().removeIf(Set::isEmpty);
        boolean several = runs.stream()
                        .map(run -> run.header().environment().key())
                        .distinct()
                        .count()
                > 1;
        return changes.entrySet().stream()
                .map(one -> words(List.copyOf(one.getValue())) + (several ? ", in " + one.getKey() : ""))
                .toList();
    }

    /** The newest runs before one that may be compared with it, as many as tell what stays. */
    private static List<RunInfo> before(RunInfo run, Set<String> own, List<RunInfo> alike) {
        List<RunInfo> before = new ArrayList<>();
        for (RunInfo one : alike) {
            if (one.id().equals(run.id())) {
                break;
            }
            if (!own.contains(one.id()) && tool(one).equals(tool(run))) {
                before.add(one);
            }
        }
        return before.subList(Math.max(0, before.size() - SteadyFacts.RUNS), before.size());
    }

    /** The tool's name without its version. */
    private static String tool(RunInfo run) {
        String tool = run.header().context().getOrDefault("tool", "");
        int last = tool.lastIndexOf(' ');
        return last > 0 && tool.chars().skip(last).anyMatch(Character::isDigit) ? tool.substring(0, last) : tool;
    }

    private static String words(List<SteadyFacts.Change> changes) {
        SteadyFacts.Change first = changes.get(0);
        String words = first.fact() + " changed with this run" + values(first)
                + changes.subList(1, Math.min(TOLD, changes.size())).stream()
                        .map(change -> ", " + change.fact() + values(change))
                        .collect(Collectors.joining());
        return changes.size() > TOLD ? words + ", and " + (changes.size() - TOLD) + " more" : words;
    }

    private static String values(SteadyFacts.Change change) {
        return " from " + shortened(change.before()) + " to " + shortened(change.after());
    }

    private static String shortened(String value) {
        return value.codePointCount(0, value.length()) > LONGEST
                ? value.substring(0, value.offsetByCodePoints(0, LONGEST)) + "…"
                : value;
    }
}
