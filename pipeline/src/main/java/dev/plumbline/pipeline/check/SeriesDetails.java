package dev.plumbline.pipeline.check;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.compare.Pair;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.Steps;
import dev.plumbline.report.Report;
import dev.plumbline.report.content.Distribution;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.content.SeriesDetail;
import dev.plumbline.report.html.DetailedReport;
import dev.plumbline.store.RunStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers the details that a page shows in addition to the findings. */
public final class SeriesDetails {
    private SeriesDetails() {}

    /**
     * The details of stored runs: the course of every series, and the raw values of the judged runs and of the run
     * before.
     */
    static DetailedReport detailed(Report report, Judgement judgement, Policies policies, RunStore store) {
        Map<SeriesKey, SeriesDetail> exhibits = new HashMap<>();
        RawValues raw = new RawValues(store);
        List<RunInfo> reference = new ArrayList<>();
        List<Judgement.Judged> judged = judgement.series().stream()
                .filter(one -> one.trial().isPresent())
                .toList();
        List<SeriesCourse> courses = judged.parallelStream()
                .map(one -> asJudged(whole(one), policies))
                .toList();
        for (int i = 0; i < courses.size(); i++) {
            Trial trial = judged.get(i).trial().orElseThrow();
            Series series = courses.get(i).series();
            List<Distribution> distributions = new ArrayList<>();
            lastGood(trial.history()).ifPresent(point -> {
                if (reference.isEmpty()) {
                    reference.add(point.run());
                }
                raw.of("run before, " + commit(point.run()), List.of(point), series)
                        .ifPresent(distributions::add);
            });
            raw.of("judged, " + commit(trial.candidate().get(0).run()), trial.candidate(), series)
                    .ifPresent(distributions::add);
            exhibits.put(
                    series.key(),
                    new SeriesDetail(
                            series, trial.candidate().size(), courses.get(i).steps(), distributions));
        }
        return new DetailedReport(report, exhibits, reference);
    }

    /**
     * The details of two compared sides: all their raw values, drawn beside each other, and the stored part of the same
     * series.
     *
     * @param stored the series of the history under the keys of the pairs; of those that are missing no course is shown
     */
    static DetailedReport detailed(
            Report report,
            List<Pair> pairs,
            List<RunInfo> reference,
            Map<SeriesKey, Series> stored,
            Policies policies) {
        Map<SeriesKey, SeriesDetail> exhibits = new HashMap<>();
        for (Pair pair : pairs) {
            Series series = Optional.ofNullable(stored.get(pair.key()))
                    .map(known -> upTo(report.candidates(), known))
                    .orElseGet(() -> new Series(
                            pair.key(), pair.metric().unit(), pair.metric().better(), List.of(), List.of()));
            exhibits.put(
                    pair.key(),
                    new SeriesDetail(
                            series,
                            judged(report.candidates(), series),
                            asJudged(series, policies).steps(),
                            List.of(
                                    Distribution.of(
                                            "base",
                                            pair.base(),
                                            pair.baseUnit().factor()
                                                    / pair.metric().unit().factor()),
                                    Distribution.of("candidate", pair.candidate(), 1))));
        }
        return new DetailedReport(report, exhibits, reference);
    }

    /** The points up to the last of the given runs; all of them when none is among them. */
    private static Series upTo(List<RunInfo> runs, Series series) {
        List<Point> points = series.points();
        for (int end = points.size(); end > 0; end--) {
            if (isOf(runs, points.get(end - 1))) {
                return series.withPoints(points.subList(0, end));
            }
        }
        return series;
    }

    /** The number of points at the end of a series that are of the given runs. */
    private static int judged(List<RunInfo> runs, Series series) {
        List<Point> points = series.points();
        int judged = 0;
        while (judged < points.size() && isOf(runs, points.get(points.size() - 1 - judged))) {
            judged++;
        }
        return judged;
    }

    private static boolean isOf(List<RunInfo> runs, Point point) {
        return runs.stream().anyMatch(run -> run.id().equals(point.run().id()));
    }

    /**
     * A series with the steps that the judge sees, which ignores seasonality. The scan of a trial needs no {@link
     * KnownLevels}: what it is judged against begins with the newest accepted level, so that no other one lies inside.
     */
    private static SeriesCourse asJudged(Series series, Policies policies) {
        return new SeriesCourse(series, SegmentedSeries.steps(series.values(), margin(series, policies)));
    }

    /**
     * A stored series with its steps, without those that are a part of its seasonality; the newest detected level is
     * one of them.
     */
    public static SeriesCourse course(Series series, Policies policies, Annotations annotations) {
        SegmentedSeries segmented = SegmentedSeries.of(series, margin(series, policies), annotations);
        Steps steps = segmented.adjusted().steps();
        return new SeriesCourse(
                segmented.series(),
                segmented.known().called().isPresent() ? steps.withSuspect() : steps,
                segmented.adjusted());
    }

    private static double margin(Series series, Policies policies) {
        return policies.of(series.key(), series.unit()).margin();
    }

    /** The history with the judged points at its end, and before them what else their branch has. */
    private static Series whole(Judgement.Judged judged) {
        Trial trial = judged.trial().orElseThrow();
        List<Point> points = new ArrayList<>(trial.history().points());
        points.addAll(judged.branch());
        points.addAll(trial.candidate());
        return trial.history().withPoints(points);
    }

    private static Optional<Point> lastGood(Series history) {
        List<Point> points = history.points();
        for (int i = points.size() - 1; i >= 0; i--) {
            if (!points.get(i).judgedBad()) {
                return Optional.of(points.get(i));
            }
        }
        return Optional.empty();
    }

    private static String commit(RunInfo run) {
        return run.header().revision().shortCommit();
    }

    /** Samples of stored runs; each run is read once. */
    private static final class RawValues {
        private record Name(Benchmark benchmark, String metric) {}

        private record Taken(Unit unit, List<Sample> samples) {}

        private final RunStore store;
        private final Map<String, Map<Name, Taken>> runs = new LinkedHashMap<>();

        RawValues(RunStore store) {
            this.store = store;
        }

        Optional<Distribution> of(String name, List<Point> points, Series series) {
            List<Sample> samples = new ArrayList<>();
            double factor = 1;
            for (Point point : points) {
                Taken taken = runs.computeIfAbsent(point.run().id(), this::read)
                        .get(new Name(series.key().benchmark(), series.key().metric()));
                if (taken != null && taken.unit().isComparableWith(series.unit())) {
                    factor = taken.unit().factor() / series.unit().factor();
                    samples.addAll(taken.samples());
                }
            }
            return samples.isEmpty() ? Optional.empty() : Optional.of(Distribution.of(name, samples, factor));
        }

        private Map<Name, Taken> read(String id) {
            Map<Name, Taken> taken = new HashMap<>();
            for (Measurement measurement : store.run(id).measurements()) {
                taken.computeIfAbsent(
                                new Name(
                                        measurement.benchmark(),
                                        measurement.metric().name()),
                                name -> new Taken(measurement.metric().unit(), new ArrayList<>()))
                        .samples()
                        .add(measurement.sample());
            }
            return taken;
        }
    }
}
