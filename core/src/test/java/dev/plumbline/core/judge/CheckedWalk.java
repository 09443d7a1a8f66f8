package dev.plumbline.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.AcceptedPoint;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Good runs of a suite on main, then one check after the other; the first benchmark is the one that gets slower. */
class CheckedWalk {
    private static final int SERIES = 5;

    private final Random random;
    private final double noise;
    private final String unit;
    private final List<List<Point>> points = new ArrayList<>();

    /** Every run so far, oldest first. */
    final List<RunInfo> runs = new ArrayList<>();

    /** The points that checks called regressions and nobody accepted. */
    final Set<PointKey> bad = new HashSet<>();

    final List<KnownAcceptance> accepted = new ArrayList<>();
    final List<AcceptedPoint> taken = new ArrayList<>();

    /**
     * One with runs that nobody has checked.
     *
     * @param noise of the first benchmark, relative; that of the others is 1 %
     * @param unit of the first benchmark
     * @param good the number of runs, each of a commit of its own: {@code c0}, {@code c1} …
     */
    CheckedWalk(long seed, double noise, String unit, int good) {
        random = new Random(seed);
        this.noise = noise;
        this.unit = unit;
        IntStream.range(0, SERIES).forEach(i -> points.add(new ArrayList<>()));
        IntStream.range(0, good).forEach(i -> measure("c" + i, 100));
    }

    /** The time of the newest run. */
    final Instant now() {
        return Instant.EPOCH.plusSeconds(runs.size());
    }

    final RunInfo measure(String commit, double level) {
        RunInfo run = new RunInfo(
                "run" + runs.size(),
                new RunHeader(
                        Revision.of(commit, "main"),
                        Environment.unknown(),
                        Optional.empty(),
                        Instant.EPOCH.plusSeconds(runs.size() + 1L),
                        Collections.emptySortedMap()));
        runs.add(run);
        for (int i = 0; i < SERIES; i++) {
            double own = i == 0 ? noise : 0.01;
            points.get(i)
                    .add(new Point(run, (i == 0 ? level : 100) * Math.exp(own * random.nextGaussian()), 1, 0, false));
        }
        return run;
    }

    final Series series(int index) {
        Series series = new Series(
                new SeriesKey(
                        Benchmark.of("b" + index), "time", Environment.unknown().key(), "main"),
                Unit.of(index == 0 ? unit : "ms"),
                Better.LOWER,
                points.get(index),
                List.of());
        return series.withPoints(series.points().stream()
                .map(point -> bad.contains(series.keyOf(point)) ? point.asJudgedBad() : point)
                .toList());
    }

    /** The judgement of a run, which is written down as a check does it. */
    final Judgement judge(RunInfo run, Annotations annotations, Set<String> checked) {
        Judgement judgement = new Judge(Policy.DEFAULT)
                .judge(new Snapshot(
                        List.of(run),
                        IntStream.range(0, SERIES).mapToObj(this::series).toList(),
                        Map.of(
                                Environment.unknown().key(),
                                new Snapshot.EnvironmentHistory("main", Optional.empty(), Optional.empty(), List.of())),
                        new Snapshot.Reference("main", Optional.empty(), Optional.empty()),
                        annotations,
                        checked,
                        key -> List.of(),
                        true));
        bad.addAll(judgement.facts().bad());
        return judgement;
    }

    /**
     * Somebody accepts what a finding says of the first benchmark.
     *
     * @param points its runs, oldest first
     */
    final void accept(Finding finding, Acceptance.Scope scope, Instant time, List<Point> points) {
        Acceptance one = Acceptance.of(
                finding.key(), scope, finding.since(), change(finding), "agreed", "Ann", time, Optional.empty());
        accepted.add(new KnownAcceptance(one, "command", Optional.empty()));
        taken.add(new AcceptedPoint(one.id(), finding.key(), points.get(0).run().id()));
        points.forEach(point -> bad.remove(series(0).keyOf(point)));
    }

    /** How much worse a finding says it got, as a share of the level before. */
    static double change(Finding finding) {
        assertThat(finding.verdict()).as("%s", finding).isInstanceOf(Verdict.Regressed.class);
        return finding.verdict().effect().orElseThrow().relativeChange();
    }

    static <W extends Warning> List<W> warnings(Finding finding, Class<W> kind) {
        return finding.warnings().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** What a judgement says of the first benchmark. */
    static Finding first(Judgement judgement) {
        return judgement.findings().get(0);
    }
}
