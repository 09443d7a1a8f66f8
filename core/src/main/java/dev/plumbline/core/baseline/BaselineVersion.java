package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All baselines of one name as they held at one time. A version never changes; every change makes another one.
 *
 * @param info its name, number and provenance
 * @param baselines at most one for each series, in the order of their keys
 */
public record BaselineVersion(VersionInfo info, List<EstablishedBaseline> baselines) {
    public BaselineVersion {
        requireNonNull(info, "info");
        baselines = baselines.stream()
                .sorted(Comparator.comparing(EstablishedBaseline::key))
                .toList();
        Set<SeriesKey> keys = new HashSet<>();
        baselines.forEach(baseline -> {
            if (!keys.add(baseline.key())) {
                throw new IllegalArgumentException("two baselines of " + baseline.key());
            }
        });
        if (info.series() != baselines.size()) {
            throw new IllegalArgumentException(info.series() + " series with " + baselines.size() + " baselines");
        }
    }

    /** A version with these baselines that is not yet validated. */
    public static BaselineVersion of(
            String name, BaselineChange change, Provenance provenance, List<EstablishedBaseline> baselines) {
        return new BaselineVersion(
                new VersionInfo(name, change, provenance, baselines.size(), Optional.empty()), baselines);
    }

    /** The baseline of a series. */
    public Optional<EstablishedBaseline> of(SeriesKey key) {
        return baselines.stream().filter(baseline -> baseline.key().equals(key)).findFirst();
    }
}
