package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.incident.SteadyFacts;
import dev.plumbline.core.model.EnvironmentDifference;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.note.FactNotes;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reports facts of a machine that changed with the judged runs: they may explain a change that the code did not cause.
 * A run is compared with the newest earlier ones of its environment, its branch and its tool.
 */
public final class ChangedFacts {
    private static final String JVM = "jvm";
    private static final String JVM_FLAGS = "jvm.flags";

    /** Facts that change with the JVM and add nothing to it. */
    private static final Set<String> JVM_DETAILS = Set.of("info.jdk", "info.jvm", "info.jvm.path");

    private ChangedFacts() {}

    /**
     * One sentence for each environment in which one changed. The JVM and its flags are compared with the base branch,
     * as the measurements are; where that has too few runs, with those of the same branch.
     *
     * @param base the base branch
     */
    public static List<String> notes(List<RunInfo> runs, String base, RunStore store) {
        Set<String> judged = runs.stream().map(RunInfo::id).collect(Collectors.toSet());
        Map<String, Set<SteadyFacts.Change>> changes = new TreeMap<>();
        Map<List<String>, List<RunInfo>> read = new HashMap<>();
        boolean isOfBase = true;
        for (RunInfo run : runs) {
            String environment = run.header().environment().key();
            Function<String, List<RunInfo>> onBranch = name -> read.computeIfAbsent(
                    List.of(environment, name),
                    key -> store.runs(RunQuery.all().inEnvironment(environment).onBranch(name)));
            String branch = run.header().revision().branch();
            List<SteadyFacts.Change> own = changes(run, before(run, judged, onBranch.apply(branch)));
            Set<SteadyFacts.Change> all = changes.computeIfAbsent(environment, key -> new LinkedHashSet<>());
            List<RunInfo> ofBase = branch.equals(base)
                    ? List.of()
                    : before(
                            run,
                            judged,
                            onBranch.apply(base).stream()
                                    .filter(one -> !one.time().isAfter(run.time()))
                                    .toList());
            if (ofBase.size() == SteadyFacts.RUNS) {
                isOfBase = false;
                changes(run, ofBase).stream().filter(ChangedFacts::isOfJvm).forEach(all::add);
                own.stream().filter(change -> !isOfJvm(change)).forEach(all::add);
            } else {
                all.addAll(own);
            }
        }
        changes.values().removeIf(Set::isEmpty);
        boolean several = runs.stream()
                        .map(run -> run.header().environment().key())
                        .distinct()
                        .count()
                > 1;
        Optional<String> lead = isOfBase ? Optional.empty() : Optional.of(base);
        return changes.entrySet().stream()
                .map(one -> words(List.copyOf(one.getValue()), lead) + (several ? ", in " + one.getKey() : ""))
                .toList();
    }

    /** None where there are too few earlier runs to know which facts are steady. */
    private static List<SteadyFacts.Change> changes(RunInfo run, List<RunInfo> before) {
        return before.size() == SteadyFacts.RUNS ? SteadyFacts.changes(before, List.of(run)) : List.of();
    }

    private static boolean isOfJvm(SteadyFacts.Change change) {
        return change.fact().equals(JVM) || change.fact().equals(JVM_FLAGS);
    }

    /** The newest runs before one that may be compared with it, as many as a steady fact needs. */
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

    private static String words(List<SteadyFacts.Change> changes, Optional<String> base) {
        List<EnvironmentDifference> ofJvm = changes.stream()
                .filter(ChangedFacts::isOfJvm)
                .map(change -> new EnvironmentDifference(
                        change.fact(), withoutNone(change.before()), withoutNone(change.after())))
                .toList();
        List<SteadyFacts.Change> others = changes.stream()
                .filter(change -> !isOfJvm(change))
                .filter(change -> ofJvm.isEmpty() || !JVM_DETAILS.contains(change.fact()))
                .toList();
        return FactNotes.changed(ofJvm, others, base);
    }

    private static String withoutNone(String value) {
        return value.equals(SteadyFacts.NONE) ? "" : value;
    }
}
