package dev.plumbline.bench;

import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Incidents;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.incident.Track;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.steps.StepScan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Prints how well changes of simulated weeks are grouped: 300 benchmarks, ten culprits that move 5 to 30 of them,
 * and 5 % of the changes without a culprit.
 *
 * <p>Arguments: first seed, number of weeks; defaults 1 and 100. Precision and recall are over pairs of changes: of
 * those combined, how many have one culprit; of those with one culprit, how many are together.
 */
public final class GroupingWeeks {
    private static final int BENCHMARKS = 300;
    private static final int CULPRITS = 10;

    /** Revisions before the week, in it, and after it. */
    private static final int BEFORE = 60;

    private static final int WEEK = 100;
    private static final int AFTER = 20;

    private GroupingWeeks() {}

    /** Runs all weeks. */
    public static void main(String[] arguments) {
        long first = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int weeks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        Tally tally = new Tally();
        for (int week = 0; week < weeks; week++) {
            week(new SplittableRandom(first + week), tally);
        }
        System.out.printf(
                Locale.ROOT,
                "%d weeks from seed %d: precision %.4f, recall %.4f, culprit named exactly %d of %d (%.1f %%), %d stray"
                        + " changes of %d%n",
                weeks,
                first,
                tally.togetherRightly / (double) tally.together,
                tally.togetherRightly / (double) tally.alike,
                tally.exact,
                tally.groups,
                100.0 * tally.exact / tally.groups,
                tally.stray,
                tally.shifts);
    }

    private static final class Tally {
        private long together;
        private long togetherRightly;
        private long alike;
        private int exact;
        private int groups;
        private int stray;
        private int shifts;
    }

    private static void week(SplittableRandom random, Tally tally) {
        int[] culprits = new int[CULPRITS];
        for (int i = 0; i < CULPRITS; i++) {
            culprits[i] = BEFORE + random.nextInt(WEEK);
        }
        int[] culpritOf = new int[BENCHMARKS];
        java.util.Arrays.fill(culpritOf, -1);
        boolean[] up = new boolean[CULPRITS];
        int moved = 0;
        for (int i = 0; i < CULPRITS; i++) {
            up[i] = random.nextDouble() < 0.7;
            int size = 5 + random.nextInt(26);
            for (int j = 0; j < size; j++) {
                int benchmark = random.nextInt(BENCHMARKS);
                if (culpritOf[benchmark] == -1) {
                    culpritOf[benchmark] = i;
                    moved++;
                }
            }
        }
        int strays = moved / 19;
        int[] places = new int[BENCHMARKS];
        List<Series> series = new ArrayList<>();
        List<RunInfo> runs = new ArrayList<>();
        for (int i = 0; i < BEFORE + WEEK + AFTER; i++) {
            runs.add(run(i));
        }
        for (int benchmark = 0; benchmark < BENCHMARKS; benchmark++) {
            int culprit = culpritOf[benchmark];
            boolean rises = culprit >= 0 ? up[culprit] : random.nextBoolean();
            if (culprit >= 0) {
                places[benchmark] = culprits[culprit];
            } else if (strays > 0) {
                strays--;
                culpritOf[benchmark] = -2;
                places[benchmark] = BEFORE + random.nextInt(WEEK);
            } else {
                places[benchmark] = Integer.MAX_VALUE;
            }
            double noise = random.nextDouble(0.005, 0.03);
            double size = noise * random.nextDouble(1.5, 6) + 0.02;
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < runs.size(); i++) {
                double level = i >= places[benchmark] ? (rises ? 1 + size : 1 / (1 + size)) : 1;
                points.add(new Point(runs.get(i), 100 * level * Math.exp(noise * random.nextGaussian()), 1, 0, false));
            }
            series.add(new Series(
                    new SeriesKey(Benchmark.of("b" + benchmark), "time", "ci", "main"),
                    Unit.of("ms"),
                    Better.LOWER,
                    points,
                    List.of()));
        }
        count(series, Timeline.of(runs), culpritOf, places, tally);
    }

    private static void count(List<Series> series, Timeline timeline, int[] culpritOf, int[] places, Tally tally) {
        List<Track> tracks = series.stream()
                .map(one -> Track.of(SegmentedSeries.of(one, StepScan.Settings.DEFAULT.smallestChange()), timeline))
                .toList();
        Map<Integer, Integer> found = new HashMap<>();
        for (Incident incident : Incidents.of(tracks, timeline, List.of())) {
            Map<Integer, Integer> inside = new HashMap<>();
            for (Shift shift : incident.shifts()) {
                int benchmark = Integer.parseInt(shift.key().benchmark().name().substring(1));
                // a change of a benchmark that nothing moved is a stray one too
                int culprit = Math.abs(shift.change().index() - places[benchmark]) > 24 ? -1 : culpritOf[benchmark];
                tally.shifts++;
                tally.stray += culprit < 0 ? 1 : 0;
                if (culprit >= 0) {
                    inside.merge(culprit, 1, Integer::sum);
                    found.merge(culprit, 1, Integer::sum);
                }
            }
            long size = incident.shifts().size();
            tally.together += size * (size - 1) / 2;
            inside.values().forEach(count -> tally.togetherRightly += (long) count * (count - 1) / 2);
            inside.entrySet().stream().max(Map.Entry.comparingByValue()).ifPresent(most -> {
                int benchmark = 0;
                while (culpritOf[benchmark] != most.getKey()) {
                    benchmark++;
                }
                tally.groups++;
                tally.exact += incident.where().likeliest() == places[benchmark] ? 1 : 0;
            });
        }
        found.values().forEach(count -> tally.alike += (long) count * (count - 1) / 2);
    }

    private static RunInfo run(int revision) {
        Instant time = Instant.EPOCH.plusSeconds(3600L * revision);
        return new RunInfo(
                "r" + revision,
                new RunHeader(
                        new Revision("c" + revision, "main", Optional.of(time), OptionalLong.of(revision + 1L)),
                        Environment.unknown(),
                        Optional.of(time),
                        time,
                        new TreeMap<>()));
    }
}
