package dev.plumbline.bench;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.UnitFactor;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * A suite whose runs are checked one after the other, each of a revision of its own, by the judge of {@code check} with
 * its default policy: detected regressions are no part of the histories that later checks see.
 */
final class CheckedSuite {
    private final List<Track> tracks;
    private final Policy policy;
    private final List<List<Point>> points = new ArrayList<>();
    private int runs;

    /**
     * One benchmark of a suite.
     *
     * @param better which way is better
     * @param values one for each run, oldest first; NaN where a run did not measure it
     * @param environment where it is measured
     */
    record Track(Better better, double[] values, String environment) {
        /** One of the only environment. */
        Track(Better better, double[] values) {
            this(better, values, "unknown");
        }

        /** The same in another environment. */
        Track in(String other) {
            return new Track(better, values, other);
        }

        /** The same made worse by a relative size from a run on: longer times, or lower rates. */
        Track worse(int from, double size) {
            double[] changed = values.clone();
            for (int i = from; i < changed.length; i++) {
                changed[i] = better == Better.LOWER ? changed[i] * (1 + size) : changed[i] / (1 + size);
            }
            return new Track(better, changed, environment);
        }
    }

    /**
     * A suite whose first runs are recorded without a check.
     *
     * @param tracks its benchmarks, with as many values as there are runs
     * @param recorded how many runs that is
     */
    CheckedSuite(List<Track> tracks, int recorded) {
        this(tracks, recorded, Policy.DEFAULT);
    }

    /**
     * The same under another policy.
     *
     * @param tracks its benchmarks, with as many values as there are runs
     * @param recorded how many runs are recorded without a check
     */
    CheckedSuite(List<Track> tracks, int recorded, Policy policy) {
        this.tracks = tracks;
        this.policy = policy;
        tracks.forEach(track -> points.add(new ArrayList<>()));
        for (; runs < recorded; runs++) {
            RunInfo run = run();
            for (int i = 0; i < tracks.size(); i++) {
                point(i, run).ifPresent(points.get(i)::add);
            }
        }
    }

    /**
     * The result of a check.
     *
     * @param findings by the benchmark's place in the suite; of those that the run measured
     * @param unit by which factor between two units the values differ from their history
     */
    record Outcome(Map<Integer, Finding> findings, Optional<UnitFactor> unit) {
        boolean isCalled(int place) {
            return findings.containsKey(place) && findings.get(place).verdict().kind() == Verdict.Kind.REGRESSED;
        }

        /** Whether the run is reported as worse as a whole. */
        boolean isCalledAsAWhole() {
            return findings.entrySet().stream()
                    .anyMatch(entry -> isCalled(entry.getKey())
                            && entry.getValue().trace().stream()
                                    .anyMatch(rung -> rung.evidence() instanceof HistoryEvidence.WholeSuite));
        }

        /** Whether the gate closes. */
        boolean isClosed() {
            return isClosedBy(place -> true);
        }

        /** Whether the findings of some benchmarks alone fail the gate; false without findings. */
        boolean isClosedBy(IntPredicate places) {
            List<Finding> some = findings.entrySet().stream()
                    .filter(entry -> places.test(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            return !some.isEmpty()
                    && new Gate(GatePolicy.DEFAULT).decide(some, List.of()).state() == GateDecision.State.CLOSED;
        }
    }

    /** Checks and records the next run. */
    Outcome check() {
        RunInfo run = run();
        List<Integer> places = new ArrayList<>();
        List<Point> measured = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < tracks.size(); i++) {
            Optional<Point> point = point(i, run);
            if (point.isPresent()) {
                places.add(i);
                measured.add(point.get());
                trials.add(new Trial(series(i), List.of(point.get()), List.of()));
            }
        }
        List<Finding> judged = new Judge(policy).judge(trials);
        Map<Integer, Finding> findings = new TreeMap<>();
        for (int j = 0; j < judged.size(); j++) {
            findings.put(places.get(j), judged.get(j));
        }
        Outcome outcome = new Outcome(findings, unitFactor(run, trials, judged));
        for (int j = 0; j < judged.size(); j++) {
            int place = places.get(j);
            Point point = measured.get(j);
            points.get(place).add(outcome.isCalled(place) ? point.asJudgedBad() : point);
        }
        runs++;
        return outcome;
    }

    private static Optional<UnitFactor> unitFactor(RunInfo run, List<Trial> trials, List<Finding> findings) {
        List<Judgement.Judged> series = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            series.add(new Judgement.Judged(findings.get(i), Optional.of(trials.get(i)), Optional.empty(), List.of()));
        }
        return UnitFactor.of(new Judgement(List.of(run), series, List.of(), List.of()));
    }

    private RunInfo run() {
        return run(runs);
    }

    /** A run of the main branch by its number, a second and a commit after the one before. */
    static RunInfo run(int runs) {
        return new RunInfo(
                String.format(Locale.ROOT, "run%06d", runs),
                new RunHeader(
                        Revision.of("c" + runs, Revision.DEFAULT_BRANCH),
                        Environment.unknown(),
                        Optional.empty(),
                        Instant.EPOCH.plusSeconds(runs),
                        Collections.emptySortedMap()));
    }

    private Optional<Point> point(int place, RunInfo run) {
        double value = tracks.get(place).values[runs];
        return Double.isNaN(value) ? Optional.empty() : Optional.of(Point.of(run, Sample.Summary.of(value)));
    }

    private Series series(int place) {
        SeriesKey key = new SeriesKey(
                Benchmark.of("b" + place), "time", tracks.get(place).environment, Revision.DEFAULT_BRANCH);
        return new Series(key, Unit.of("ms"), tracks.get(place).better, points.get(place), List.of());
    }
}
