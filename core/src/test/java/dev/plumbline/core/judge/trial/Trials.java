package dev.plumbline.core.judge.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/** Histories made from seeds, and what is judged against them. */
public record Trials(String name, Unit unit, Better better) {
    public static final Trials DURATION = new Trials("a", Unit.of("ms"), Better.LOWER);
    public static final Trials THROUGHPUT = new Trials("a", Unit.of("ops/s"), Better.HIGHER);
    public static final Trials COUNTER = new Trials("a", Unit.of("allocations"), Better.LOWER);

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    public Trials called(String other) {
        return new Trials(other, unit, better);
    }

    public Trials with(Better other) {
        return new Trials(name, unit, other);
    }

    public static RunInfo run(int index) {
        Instant time = START.plusSeconds(3600L * index);
        Revision revision = new Revision("c" + index, "main", Optional.of(time), OptionalLong.of(index + 1L));
        return new RunInfo(
                "run" + index, new RunHeader(revision, Environment.unknown(), Optional.empty(), time, new TreeMap<>()));
    }

    public Series series(List<Point> points) {
        return new Series(
                new SeriesKey(Benchmark.of(name), "m", "lab", "main"),
                unit,
                better,
                points,
                List.of(new SeriesWarning.Pooled(1, 2, run(0)), new SeriesWarning.Turned(better, run(0))));
    }

    public static List<Point> points(double... values) {
        List<Point> points = new ArrayList<>();
        for (double value : values) {
            points.add(new Point(run(points.size()), value, 1, 0, false));
        }
        return points;
    }

    public Trial trial(double[] history, double... candidate) {
        return trial(points(history), candidate);
    }

    /** The candidate's values are runs of one revision. */
    public Trial trial(List<Point> history, double... candidate) {
        List<Point> judged = Arrays.stream(candidate)
                .mapToObj(value -> new Point(run(history.size()), value, 1, 0, false))
                .toList();
        return new Trial(series(history), judged, List.of());
    }

    /** Values about a level, with a relative standard deviation. */
    public static double[] noisy(long seed, int count, double level, double deviation) {
        Random random = new Random(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = level * (1 + deviation * random.nextGaussian());
        }
        return values;
    }

    public static double[] mapped(double[] values, DoubleUnaryOperator operator) {
        return Arrays.stream(values).map(operator).toArray();
    }

    public static Trial mapped(Trial trial, DoubleUnaryOperator operator) {
        return new Trial(
                trial.history().withPoints(mapped(trial.history().points(), operator)),
                mapped(trial.candidate(), operator),
                trial.elsewhere());
    }

    private static List<Point> mapped(List<Point> points, DoubleUnaryOperator operator) {
        return points.stream()
                .map(point -> new Point(
                        point.run(),
                        operator.applyAsDouble(point.value()),
                        point.groupCount(),
                        point.groupDeviation(),
                        point.judgedBad()))
                .toList();
    }

    public static Finding judge(Trial trial) {
        return new Judge(Policy.DEFAULT).judge(List.of(trial)).get(0);
    }

    /** The evidence of one kind, of which there is one. */
    public static <E extends Evidence> E only(Finding finding, Class<E> kind) {
        List<E> all = finding.evidence(kind).toList();
        assertThat(all).as(kind.getSimpleName()).hasSize(1);
        return all.get(0);
    }

    /** The evidence that decided, which stands last. */
    public static Evidence decisive(Finding finding) {
        Rung last = finding.trace().get(finding.trace().size() - 1);
        assertThat(last.outcome()).isEqualTo(Rung.Outcome.DECIDED);
        return last.evidence();
    }

    /** The same of one kind. */
    public static <E extends Evidence> E decisive(Finding finding, Class<E> kind) {
        assertThat(decisive(finding)).isInstanceOf(kind);
        return kind.cast(decisive(finding));
    }
}
