package dev.plumbline.report.evidence;

import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.judge.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The reference that runs are judged against, in words. */
public final class ReferenceWords {
    private ReferenceWords() {}

    /**
     * The reference in each environment of the runs: {@code the history of main in environment ci}.
     *
     * @param fromFiles whether the established baselines come from a folder
     */
    public static String of(Snapshot snapshot, boolean fromFiles) {
        Optional<BaselineVersion> established = snapshot.reference().established();
        Map<String, List<String>> environments = new TreeMap<>();
        new TreeMap<>(snapshot.environments()).forEach((environment, history) -> environments
                .computeIfAbsent(
                        established.isPresent() ? snapshot.reference().baseBranch() : history.branch(),
                        branch -> new ArrayList<>())
                .add(environment));
        String start = established
                .map(version -> "baselines " + version.info().name() + ", version "
                        + version.info().number() + (fromFiles ? " (from files)" : "") + ", of ")
                .orElse("the history of ");
        String base = snapshot.reference().baseBranch();
        return environments.entrySet().stream()
                .map(entry -> start + entry.getKey() + " in environment " + String.join(" and ", entry.getValue())
                        + (entry.getKey().equals(base) ? "" : ", where " + base + " has none"))
                .collect(Collectors.joining("; "));
    }

    /** Whether a reference in these words is that of the base branch, and the base branch is this one. */
    public static boolean isOfBase(String reference, String branch) {
        return reference.contains(" of " + branch + " in environment ") && !reference.contains(", where ");
    }
}
