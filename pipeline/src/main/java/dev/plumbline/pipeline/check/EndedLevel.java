package dev.plumbline.pipeline.check;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.Version;
import dev.plumbline.store.BaselineStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A level whose acceptance expired: established baselines that moved to it go back to their earlier values.
 *
 * @param acceptance which
 * @param runs of each series, those that are judged bad again
 */
record EndedLevel(KnownAcceptance acceptance, Map<SeriesKey, Set<String>> runs) {
    EndedLevel {
        requireNonNull(acceptance, "acceptance");
        runs = Map.copyOf(runs);
    }

    /**
     * Makes a version of each name whose newest one has such runs; baselines established after the end stay, because a
     * person chose them.
     */
    List<VersionInfo> takeBack(BaselineStore store, Instant now) {
        List<VersionInfo> made = new ArrayList<>();
        Instant end = acceptance
                .revocation()
                .map(KnownAcceptance.Revocation::at)
                .or(acceptance.acceptance()::until)
                .orElse(now);
        for (VersionInfo info : store.newest()) {
            if (!info.provenance().at().isAfter(end)) {
                takeBack(store, store.newest(info.name()).orElseThrow(), now).ifPresent(made::add);
            }
        }
        return made;
    }

    private Optional<VersionInfo> takeBack(BaselineStore store, BaselineVersion newest, Instant now) {
        Set<SeriesKey> left = new HashSet<>();
        List<EstablishedBaseline> baselines = new ArrayList<>();
        for (EstablishedBaseline baseline : newest.baselines()) {
            if (standsOnIt(baseline)) {
                left.add(baseline.key());
            } else {
                baselines.add(baseline);
            }
        }
        if (left.isEmpty()) {
            return Optional.empty();
        }
        VersionInfo info = newest.info();
        for (int number = info.number() - 1; number > 0 && !left.isEmpty(); number--) {
            store.version(info.name(), number).ifPresent(earlier -> earlier.baselines().stream()
                    .filter(baseline -> left.contains(baseline.key()) && !standsOnIt(baseline))
                    .forEach(baseline -> {
                        left.remove(baseline.key());
                        baselines.add(baseline);
                    }));
        }
        Provenance provenance = new Provenance(
                info.number() + 1,
                now,
                acceptance
                        .revocation()
                        .map(KnownAcceptance.Revocation::by)
                        .orElse(acceptance.acceptance().by()),
                acceptance.revocation().map(KnownAcceptance.Revocation::reason).orElse(""),
                "acceptance " + acceptance.acceptance().id() + ", which no longer applies",
                Version.TEXT,
                Collections.emptySortedMap());
        BaselineVersion version = BaselineVersion.of(info.name(), BaselineChange.ROLLED_BACK, provenance, baselines);
        store.add(version);
        return Optional.of(version.info());
    }

    private boolean standsOnIt(EstablishedBaseline baseline) {
        Set<String> ended = runs.getOrDefault(baseline.key(), Set.of());
        return baseline.runs().stream().anyMatch(run -> ended.contains(run.id()));
    }
}
