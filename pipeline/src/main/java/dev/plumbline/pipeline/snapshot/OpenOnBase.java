package dev.plumbline.pipeline.snapshot;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.incident.KnownIncident;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The changes in findings that another branch caused: their size there, and the names of their incidents. The history
 * of that branch has most sizes; while it is not sure of a change, the size is the one that the branch's own newest
 * check reports.
 */
final class OpenOnBase {
    private final RunStore store;
    private final Function<String, List<RunInfo>> newest;
    private final Function<List<RunInfo>, Judgement> judged;

    /**
     * @param newest the newest runs of the base branch in an environment
     * @param judged their judgement; asked for only where it is needed
     */
    OpenOnBase(RunStore store, Function<String, List<RunInfo>> newest, Function<List<RunInfo>, Judgement> judged) {
        this.store = requireNonNull(store, "store");
        this.newest = requireNonNull(newest, "newest");
        this.judged = requireNonNull(judged, "judged");
    }

    /** The same judgement with the sizes and names of what is open. */
    Judgement described(Judgement judgement) {
        return named(sized(judgement));
    }

    /** The same judgement, where the incidents are named that were seen before. */
    private Judgement named(Judgement judgement) {
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

    /** The same judgement, where what is open has the size that checks of the base branch report. */
    private Judgement sized(Judgement judgement) {
        String own = judgement.runs().get(0).header().revision().branch();
        Map<String, List<Finding>> ofBase = new HashMap<>();
        Map<SeriesKey, Finding> described = new HashMap<>();
        for (Finding finding : judgement.findings()) {
            Finding one = finding.describing(open -> open.branch().equals(own)
                            || open.change().isPresent()
                            || open.fixed().isPresent()
                    ? open
                    : size(
                                    finding.key(),
                                    open,
                                    ofBase.computeIfAbsent(finding.key().environment(), this::findings))
                            .stream()
                            .mapToObj(open::sized)
                            .findFirst()
                            .orElse(open));
            if (one != finding) {
                described.put(finding.key(), one);
            }
        }
        return described.isEmpty() ? judgement : judgement.with(described);
    }

    private List<Finding> findings(String environment) {
        List<RunInfo> runs = newest.apply(environment);
        return runs.isEmpty() ? List.of() : judged.apply(runs).findings();
    }

    /** The size of a change in what a check of the base branch found: the change itself, or below another one. */
    private static OptionalDouble size(SeriesKey key, AlreadyOpen open, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.key().equals(key.on(open.branch())))
                .findFirst()
                .flatMap(finding -> size(open, finding))
                .filter(Double::isFinite)
                .stream()
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }

    private static Optional<Double> size(AlreadyOpen open, Finding finding) {
        if (finding.since().equals(open.commit())) {
            return finding.verdict().effect().map(Effect::relativeChange).filter(change -> finding.better()
                    .isWorse(change));
        }
        return finding.warnings().stream()
                .filter(Warning.OnOpenLevel.class::isInstance)
                .map(Warning.OnOpenLevel.class::cast)
                .filter(below -> below.open().commit().equals(open.commit()))
                .map(Warning.OnOpenLevel::change)
                .findFirst();
    }
}
