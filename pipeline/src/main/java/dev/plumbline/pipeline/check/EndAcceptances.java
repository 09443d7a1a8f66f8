package dev.plumbline.pipeline.check;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.annotation.Lapse;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.RunStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Records the effects of expired acceptances: their points are judged bad again, where nothing newer was accepted
 * since, and the established baselines go back that moved to them.
 */
public final class EndAcceptances {
    private final RunStore store;
    private final Instant now;

    public EndAcceptances(RunStore store, Instant now) {
        this.store = requireNonNull(store, "store");
        this.now = requireNonNull(now, "now");
    }

    /** @return the versions of baselines that were made */
    public List<VersionInfo> write(Annotations annotations) {
        Map<KnownAcceptance, Map<SeriesKey, List<PointKey>>> ended = new LinkedHashMap<>();
        for (SeriesKey key : annotations.lapsed()) {
            Optional<Lapse> lapse = store.series(key).flatMap(annotations::lapse);
            if (lapse.isPresent()) {
                store.markBad(
                        lapse.get().points(),
                        "the acceptance "
                                + lapse.get().acceptance().acceptance().id() + " no longer applies",
                        now);
                ended.computeIfAbsent(lapse.get().acceptance(), one -> new TreeMap<>())
                        .put(key, lapse.get().points());
            }
        }
        List<VersionInfo> versions = new ArrayList<>();
        ended.forEach((acceptance, points) -> versions.addAll(new EndedLevel(
                        acceptance,
                        points.entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().stream()
                                        .map(PointKey::runId)
                                        .collect(Collectors.toSet()))))
                .takeBack(store.baselines(), now)));
        return versions;
    }
}
