package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.sample.RelativeChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The difference between the baselines of one series in two versions.
 *
 * @param key which series
 * @param before its baseline in the one; empty when it has none there
 * @param after its baseline in the other; at least one of the two is there
 */
public record BaselineDifference(
        SeriesKey key, Optional<EstablishedBaseline> before, Optional<EstablishedBaseline> after) {
    /** The kinds of difference. */
    public enum Kind {
        /** It is in the other version alone. */
        ADDED,
        /** It is in the one version alone. */
        REMOVED,
        /** It has other runs. */
        CHANGED,
        /** It has the same runs. */
        SAME
    }

    public BaselineDifference {
        requireNonNull(key, "key");
        requireNonNull(before, "before");
        requireNonNull(after, "after");
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("no baseline of " + key + " on either side");
        }
    }

    /** The differences of every series that either version has, in the order of their keys. */
    public static List<BaselineDifference> between(BaselineVersion before, BaselineVersion after) {
        Map<SeriesKey, EstablishedBaseline> one = byKey(before);
        Map<SeriesKey, EstablishedBaseline> other = byKey(after);
        TreeSet<SeriesKey> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        List<BaselineDifference> all = new ArrayList<>();
        for (SeriesKey key : keys) {
            all.add(new BaselineDifference(
                    key, Optional.ofNullable(one.get(key)), Optional.ofNullable(other.get(key))));
        }
        return all;
    }

    private static Map<SeriesKey, EstablishedBaseline> byKey(BaselineVersion version) {
        Map<SeriesKey, EstablishedBaseline> map = new TreeMap<>();
        version.baselines().forEach(baseline -> map.put(baseline.key(), baseline));
        return map;
    }

    public Kind kind() {
        if (before.isEmpty()) {
            return Kind.ADDED;
        }
        if (after.isEmpty()) {
            return Kind.REMOVED;
        }
        return before.get().standsOnTheSameAs(after.get()) ? Kind.SAME : Kind.CHANGED;
    }

    /** The relative change of the median; empty when it is on one side alone or the units cannot be compared. */
    public OptionalDouble change() {
        if (before.isEmpty()
                || after.isEmpty()
                || !before.get().unit().isComparableWith(after.get().unit())) {
            return OptionalDouble.empty();
        }
        double factor = before.get().unit().factor() / after.get().unit().factor();
        return OptionalDouble.of(RelativeChange.of(
                before.get().statistics().median() * factor,
                after.get().statistics().median()));
    }
}
