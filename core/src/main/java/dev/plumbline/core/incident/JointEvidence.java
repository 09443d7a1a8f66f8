package dev.plumbline.core.incident;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.stats.Adjustment;
import dev.plumbline.core.stats.MannKendall;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Spread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The changes of the same benchmarks at a revision in other environments, where their own values alone showed no step.
 *
 * <p>The place was found in other series, whose noise is independent, so that each is tested once, there, without a
 * price for searching: a one-sided t test of the means behind and before the stretch where the change may have begun,
 * without values beyond three deviations, with the common deviation of both sides and as many values as their
 * autocorrelation leaves. Of all that are found on a branch, 5 % are expected to be wrong (Benjamini and Hochberg
 * 1995).
 */
final class JointEvidence {
    private static final double FALSE_SHARE = 0.05;
    private static final double CONFIDENCE = 0.95;
    private static final int LEAST_POINTS = 3;
    private static final int MOST_POINTS = 20;
    private static final double LEAST_NOISE = 1e-4;
    private static final double MOST_ALIKE = 0.8;

    private record Measure(Benchmark benchmark, String metric) {
        static Measure of(Track track) {
            return new Measure(track.key().benchmark(), track.key().metric());
        }
    }

    private JointEvidence() {}

    /** Companions of each group, in the order of its changes. */
    static Map<Grouping.Group, List<Companion>> of(List<Grouping.Group> groups, List<Track> tracks) {
        Map<Measure, List<Track>> twins = new HashMap<>();
        tracks.forEach(track -> twins.computeIfAbsent(Measure.of(track), none -> new ArrayList<>())
                .add(track));
        record Look(Grouping.Group group, Companion companion) {}
        List<Look> looks = new ArrayList<>();
        for (Grouping.Group group : groups) {
            Set<Track> seen = new HashSet<>();
            for (Shift shift : group.shifts()) {
                for (Track twin : twins.get(Measure.of(shift.track()))) {
                    if (!group.moves(twin) && seen.add(twin)) {
                        test(twin, group.where(), shift.change().relativeChange() > 0)
                                .ifPresent(found -> looks.add(new Look(group, found)));
                    }
                }
            }
        }
        double[] adjusted = Adjustment.BENJAMINI_HOCHBERG.adjust(
                looks.stream().mapToDouble(look -> look.companion().pValue()).toArray());
        Map<Grouping.Group, List<Companion>> found = new HashMap<>();
        for (int i = 0; i < adjusted.length; i++) {
            if (adjusted[i] <= FALSE_SHARE) {
                found.computeIfAbsent(looks.get(i).group(), none -> new ArrayList<>())
                        .add(looks.get(i).companion());
            }
        }
        return found;
    }

    /**
     * The companion change of a track on the levels that the series has there; empty where there are too few values on
     * either side.
     */
    private static Optional<Companion> test(Track track, ChangeLocation where, boolean up) {
        ChangeLocation.Stretch credible = where.credible();
        int last = track.indexAt(credible.first());
        int first = Math.max(last, track.indexAt(credible.last()));
        double[] before = track.scores(Math.max(track.levelStart(last), last - MOST_POINTS), last);
        double[] after = track.scores(first, Math.min(track.levelEnd(first), first + MOST_POINTS));
        if (before.length < LEAST_POINTS || after.length < LEAST_POINTS) {
            return Optional.empty();
        }
        double scale =
                Math.max(LEAST_NOISE, Math.max(Spread.winsorisedDeviation(before), Spread.winsorisedDeviation(after)));
        double old = ChangeLocation.level(before, 0, before.length, scale);
        double now = ChangeLocation.level(after, 0, after.length, scale);
        double[] residuals = new double[before.length + after.length];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = i < before.length ? before[i] - old : after[i - before.length] - now;
        }
        double alike = Math.max(0, Math.min(MOST_ALIKE, MannKendall.autocorrelation(residuals)));
        double share = (1 - alike) / (1 + alike);
        double deviation = Math.max(LEAST_NOISE, Spread.winsorisedDeviation(residuals));
        double error = deviation * Math.sqrt((1.0 / before.length + 1.0 / after.length) / share);
        double degrees = Math.max(1, residuals.length * share - 2);
        double difference = now - old;
        double half = StudentT.upperQuantile((1 - CONFIDENCE) / 2, degrees) * error;
        return Optional.of(new Companion(
                track,
                track.indexAt(where.likeliest()),
                track.relative(difference, old),
                new Interval(
                        track.relative(difference - half, old), track.relative(difference + half, old), CONFIDENCE),
                StudentT.survival((up ? difference : -difference) / error, degrees)));
    }
}
