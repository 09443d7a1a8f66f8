package dev.plumbline.pipeline.check;

import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.note.CheckNotes;
import dev.plumbline.store.Recorded;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Selects the recorded runs that a check judges. */
final class JudgedRuns {
    private JudgedRuns() {}

    /** The runs to judge: those of the newest revision in every environment, when a file brings a whole history. */
    static List<RunInfo> newest(RunStore store, List<Recorded> recorded, List<String> notes) {
        if (recorded.isEmpty()) {
            return List.of();
        }
        Comparator<RunInfo> byTime = Comparator.comparing(RunInfo::time);
        RunInfo newest = recorded.stream().map(Recorded::run).max(byTime).orElseThrow();
        List<RunInfo> judged = recorded.stream()
                .map(Recorded::run)
                .filter(run -> isOfSameCommit(run, newest))
                .toList();
        if (!newest.header().revision().isKnown() && judged.size() > 1) {
            judged = withoutEarlier(store, judged);
        }
        if (judged.size() < recorded.size()) {
            notes.add(CheckNotes.newestJudged(recorded.size(), newest.header().revision()));
        }
        boolean isNew = recorded.stream().anyMatch(Recorded::isNew);
        return withLater(store, judged, isNew, notes);
    }

    /**
     * The runs with those of the same commit that measured the same and came later: a file that is checked once more
     * does not undo what another run of its commit has shown since. Earlier ones are judged with them anyway.
     *
     * @param isNew whether the history did not have the runs, so that others of the same time came earlier
     */
    private static List<RunInfo> withLater(RunStore store, List<RunInfo> judged, boolean isNew, List<String> notes) {
        Revision revision = judged.get(0).header().revision();
        if (!revision.isKnown() || revision.commit().endsWith(Revision.DIRTY)) {
            return judged;
        }
        Set<String> ids = judged.stream().map(RunInfo::id).collect(Collectors.toSet());
        Map<String, Instant> newest = new HashMap<>();
        judged.forEach(run -> newest.merge(
                run.header().environment().key(), run.time(), (one, other) -> one.isAfter(other) ? one : other));
        List<RunInfo> later = newest.keySet().stream()
                .sorted()
                .flatMap(environment ->
                        store.runs(RunQuery.all().inEnvironment(environment).onBranch(revision.branch())).stream())
                .filter(run -> !ids.contains(run.id()) && isOfSameCommit(run, judged.get(0)))
                .filter(run -> {
                    Instant last = newest.get(run.header().environment().key());
                    return isNew ? run.time().isAfter(last) : !run.time().isBefore(last);
                })
                .toList();
        if (later.isEmpty()) {
            return judged;
        }
        Map<String, List<SeriesKey>> keys = store.keysOf(
                Stream.concat(judged.stream(), later.stream()).map(RunInfo::id).toList());
        Set<SeriesKey> measured =
                ids.stream().flatMap(id -> keys.get(id).stream()).collect(Collectors.toSet());
        List<RunInfo> same = later.stream()
                .filter(run -> keys.get(run.id()).stream().anyMatch(measured::contains))
                .toList();
        if (!same.isEmpty()) {
            notes.add(CheckNotes.judgedTogether(revision, same.size()));
        }
        return Stream.concat(judged.stream(), same.stream()).toList();
    }

    /**
     * The runs without those that have no commit and share a series with a newer one: these are other runs.
     */
    private static List<RunInfo> withoutEarlier(RunStore store, List<RunInfo> runs) {
        Map<String, List<SeriesKey>> keys =
                store.keysOf(runs.stream().map(RunInfo::id).toList());
        Map<SeriesKey, Instant> newest = new HashMap<>();
        runs.forEach(run -> keys.get(run.id())
                .forEach(key -> newest.merge(key, run.time(), (one, other) -> one.isAfter(other) ? one : other)));
        return runs.stream()
                .filter(run -> keys.get(run.id()).stream()
                        .noneMatch(key -> newest.get(key).isAfter(run.time())))
                .toList();
    }

    /** Two tools may have different times of one commit, or one of them none. */
    private static boolean isOfSameCommit(RunInfo one, RunInfo other) {
        return isOfSameCommit(one.header().revision(), other.header().revision());
    }

    static boolean isOfSameCommit(Revision revision, Revision others) {
        return revision.equals(others)
                || !revision.commit().isEmpty()
                        && revision.commit().equals(others.commit())
                        && revision.branch().equals(others.branch());
    }
}
