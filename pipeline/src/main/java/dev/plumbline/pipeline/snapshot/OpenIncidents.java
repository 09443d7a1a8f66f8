package dev.plumbline.pipeline.snapshot;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.incident.KnownIncident;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The names of the incidents that findings belong to of which another branch is the cause. */
final class OpenIncidents {
    private final RunStore store;

    OpenIncidents(RunStore store) {
        this.store = requireNonNull(store, "store");
    }

    /** The same judgement, where the incidents are named that were seen before. */
    Judgement named(Judgement judgement) {
        List<Finding> open = judgement.findings().stream()
                .filter(finding -> finding.alreadyOpen().isPresent()
                        || finding.warnings().stream().anyMatch(Warning.OnOpenLevel.class::isInstance))
                .toList();
        if (open.isEmpty()) {
            return judgement;
        }
        List<KnownIncident> known = store.triage().incidents();
        Map<String, Timeline> timelines = new HashMap<>();
        Map<SeriesKey, Finding> named = new HashMap<>();
        for (Finding finding : open) {
            named.put(finding.key(), finding.describing(what -> incident(
                            finding.key(),
                            what,
                            known,
                            timelines.computeIfAbsent(
                                    what.branch(),
                                    branch -> Timeline.of(
                                            store.runs(RunQuery.all().onBranch(branch)))))
                    .map(one -> what.in(one.id()))
                    .orElse(what)));
        }
        return judgement.with(named);
    }

    /** One that began with the commit; of several, one that is named after the series. */
    private static Optional<KnownIncident> incident(
            SeriesKey key, AlreadyOpen what, List<KnownIncident> known, Timeline timeline) {
        OptionalInt place = timeline.placeOf(what.commit());
        return place.isEmpty()
                ? Optional.empty()
                : known.stream()
                        .filter(one -> one.worse()
                                && one.branch().equals(what.branch())
                                && isWithin(place.getAsInt(), one, timeline))
                        .min(Comparator.<KnownIncident>comparingInt(
                                        one -> one.anchor().equals(key) ? 0 : 1)
                                .thenComparing(KnownIncident::at));
    }

    private static boolean isWithin(int place, KnownIncident incident, Timeline timeline) {
        OptionalInt first = timeline.placeOf(incident.firstCommit());
        OptionalInt last = timeline.placeOf(incident.lastCommit());
        return first.isPresent() && last.isPresent() && first.getAsInt() <= place && place <= last.getAsInt();
    }
}
