package dev.plumbline.pipeline.annotate;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.store.BenchmarkPattern;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The triages of the changes that an id names. */
final class NamedTriages {
    private NamedTriages() {}

    /**
     * The triages under an id; without any, those of the change that the id names on any branch, at any of its
     * commits.
     */
    static List<Triage> named(Collection<Triage> all, String target, Annotations annotations) {
        List<Triage> under =
                all.stream().filter(triage -> triage.id().startsWith(target)).toList();
        if (!under.isEmpty() || FindIncidents.isBeginning(target)) {
            return under;
        }
        int dash = target.indexOf('-');
        String commit = dash < 0 ? "" : target.substring(dash + 1);
        BenchmarkPattern pattern = new BenchmarkPattern(target);
        return all.stream()
                .filter(triage -> !FindIncidents.isId(triage.id())
                        && triage.subjects().stream()
                                .anyMatch(subject ->
                                        !pattern.matches(subject.series().benchmark())
                                                && pattern.matches(subject.series())
                                                && (commit.isEmpty()
                                                        || holds(
                                                                subject,
                                                                commit,
                                                                annotations.timeline(subject.series()
                                                                        .branch())))))
                .toList();
    }

    /** The triages of changes of the benchmarks that a name means. */
    static List<Triage> ofBenchmarks(Collection<Triage> all, Predicate<SeriesKey> isMeant) {
        return all.stream()
                .filter(triage ->
                        triage.subjects().stream().map(Triage.Subject::series).anyMatch(isMeant))
                .toList();
    }

    /** Whether a commit that is named by its beginning has a change: the one it began with, or a later one. */
    private static boolean holds(Triage.Subject subject, String commit, Timeline timeline) {
        int first = timeline.placeOf(subject.first()).orElse(timeline.size());
        return IntStream.range(first, timeline.size())
                .mapToObj(place -> timeline.at(place).header().revision().commit())
                .anyMatch(one -> ChangeId.isOfCommit(commit, one));
    }
}
