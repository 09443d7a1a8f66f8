package dev.plumbline.pipeline.check;

import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.note.CheckNotes;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Notes about results that do not fit the history they are in. */
final class UnfamiliarResults {
    private UnfamiliarResults() {}

    /** In a history of commits, results without one belong to none and have no triages. */
    static Optional<String> withoutCommit(RunStore store, List<RunInfo> runs) {
        String branch = runs.get(0).header().revision().branch();
        boolean isUnknown = runs.get(0).header().revision().commit().isEmpty();
        return isUnknown
                        && store.runs(RunQuery.all().onBranch(branch)).stream()
                                .anyMatch(
                                        run -> !run.header().revision().commit().isEmpty())
                ? Optional.of(CheckNotes.withoutCommit(branch))
                : Optional.empty();
    }

    /** If a history has results and none of the new names match, the benchmarks were often renamed by accident. */
    static Optional<String> onlyNewSeries(RunStore store, Judgement judgement) {
        boolean allNew = !judgement.trials().isEmpty()
                && judgement.trials().size() == judgement.findings().size()
                && judgement.trials().stream()
                        .allMatch(trial -> trial.history().points().isEmpty()
                                && trial.elsewhere().isEmpty());
        if (!allNew
                || store.runs(RunQuery.all().newest(judgement.runs().size() + 1))
                                .size()
                        <= judgement.runs().size()) {
            return Optional.empty();
        }
        Set<SeriesKey> own = new HashSet<>();
        judgement.findings().forEach(finding -> own.add(finding.key()));
        return store.keys(SeriesQuery.all()).stream()
                .filter(key -> !own.contains(key))
                .findFirst()
                .map(known ->
                        CheckNotes.onlyNew(judgement.findings().get(0).key().benchmark(), known.benchmark()));
    }
}
