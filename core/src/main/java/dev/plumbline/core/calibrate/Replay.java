package dev.plumbline.core.calibrate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.NextRun;
import dev.plumbline.core.judge.trial.SeriesTrial;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * Replays a suite's histories to measure false positives and detection rates of the judge.
 *
 * <p>Healthy histories are made of the suite's own noise: every value's distance from the level of its own regime,
 * drawn in blocks of neighbours, which keeps its distribution and its autocorrelation (the moving block bootstrap,
 * Künsch 1989). All series take the same blocks, counted from their newest values, so that what moved them together
 * still does. Regressions are injected into one series in ten at a time, or the adjustment for the size of the suite
 * would be easier than it is.
 *
 * <p>The same series, settings and seed give the same answer.
 */
public final class Replay {
    private static final double[] SIZES = {0.01, 0.03, 0.05, 0.10, 0.15};
    private static final int[] RUNS_AFTER = {1, 2, 3, 5, 10};
    private static final int LAST_RUN = RUNS_AFTER[RUNS_AFTER.length - 1];
    private static final int INJECTED = 10;
    private static final int MOST_CONFIRMING = 20;
    private static final double MOST_SERIES = 0.9;

    private final Policies policies;
    private final GatePolicy gatePolicy;
    private final Settings settings;

    public Replay(Policies policies, GatePolicy gatePolicy, Settings settings) {
        this.policies = requireNonNull(policies, "policies");
        this.gatePolicy = requireNonNull(gatePolicy, "gatePolicy");
        this.settings = requireNonNull(settings, "settings");
    }

    /**
     * The extent of a replay.
     *
     * @param replays healthy runs of the suite, 1 to 100,000
     * @param injections the least number of regressions of each size, 1 to 100,000
     * @param mostSeries series that are replayed at most; the first ones are
     * @param history values of each history at most
     * @param seed of all chance
     */
    public record Settings(int replays, int injections, int mostSeries, int history, long seed) {
        /** 200 healthy runs, 100 regressions of each size, 300 series, histories of 100 values, seed 1. */
        public static final Settings DEFAULT = new Settings(200, 100, 300, 100, 1);

        public Settings {
            within("replays", replays, 1, 100_000);
            within("injections", injections, 1, 100_000);
            within("series", mostSeries, 1, 100_000);
            within("values of a history", history, 10, 10_000);
        }

        private static void within(String what, int number, int low, int high) {
            if (number < low || number > high) {
                throw new IllegalArgumentException(
                        what + " lie between " + low + " and " + high + ", not at " + number);
            }
        }
    }

    /** The most steps of {@link #measure}, for progress displays. */
    public int steps(List<Series> suite) {
        return settings.replays + SIZES.length * rounds(actors(suite).size());
    }

    /**
     * Replays a suite.
     *
     * @param suite histories; those with fewer values than the policy asks of a history are left out, and so is what
     *     was judged bad
     * @param progress receives the number of finished steps
     * @return with nothing tried in it when no series is long enough
     */
    public Calibration measure(List<Series> suite, IntConsumer progress) {
        return measure(suite, List.of(NextRun.after(suite, policies)), progress);
    }

    /**
     * The same where more is known of what the next run is held against.
     *
     * @param next those of all series, whose detectable changes are reported
     */
    public Calibration measure(List<Series> suite, List<NextRun> next, IntConsumer progress) {
        List<Actor> actors = actors(suite);
        Healthy healthy = new Healthy();
        List<Calibration.Detection> detections = new ArrayList<>();
        if (!actors.isEmpty()) {
            SplittableRandom random = new SplittableRandom(settings.seed);
            int done = 0;
            for (int i = 0; i < settings.replays; i++) {
                healthy.run(actors, random.split());
                progress.accept(++done);
            }
            List<Found> found = Arrays.stream(SIZES).mapToObj(Found::new).toList();
            for (int round = 0; round < rounds(actors.size()); round++) {
                inject(actors, round, random.split(), found);
                for (int i = 0; i < SIZES.length; i++) {
                    progress.accept(++done);
                }
            }
            found.stream()
                    .filter(size -> size.injected > 0 || actors.isEmpty())
                    .forEach(size -> detections.add(size.detection()));
        }
        return new Calibration(
                actors.size(),
                suite.size() - actors.size(),
                actors.isEmpty() ? 0 : settings.replays,
                healthy.closed,
                healthy.called,
                healthy.tooGood,
                healthy.suspected,
                healthy.alarms(),
                detections,
                detectable(actors, next),
                confirming(actors, next),
                settings.seed);
    }

    private List<Actor> actors(List<Series> suite) {
        return suite.stream()
                .map(series -> series.withPoints(series.points().stream()
                        .filter(point -> !point.judgedBad())
                        .toList()))
                .filter(series -> series.points().size()
                        >= policies.of(series.key(), series.unit()).minimumRuns())
                .filter(Actor::isTelling)
                .limit(settings.mostSeries)
                .map(series -> Actor.of(series, policies))
                .toList();
    }

    /** Enough rounds for the injections asked for. */
    private int rounds(int actors) {
        int each = (actors + INJECTED - 1) / INJECTED;
        return each == 0 ? 0 : (settings.injections + each - 1) / each;
    }

    /** The results of healthy runs. */
    private final class Healthy {
        private Proportion closed = new Proportion(0, 0);
        private Proportion called = new Proportion(0, 0);
        private Proportion tooGood = new Proportion(0, 0);
        private Proportion suspected = new Proportion(0, 0);
        private final Map<Severity, Integer> worst = new TreeMap<>();

        void run(List<Actor> actors, SplittableRandom random) {
            Gate gate = new Gate(gatePolicy);
            HealthyRun run = HealthyRun.of(actors, new Blocks(random, settings.history + 2), settings.history, gate);
            List<Finding> findings = run.findings();
            closed = closed.and(run.closes());
            tooGood = tooGood.and(gate.isAnyTooGood(findings));
            List<Severity> severities = findings.stream()
                    .filter(Replay::isRegression)
                    .map(Finding::severity)
                    .toList();
            called = called.and(!severities.isEmpty());
            severities.stream().max(Severity::compareTo).ifPresent(severity -> worst.merge(severity, 1, Integer::sum));
            for (Finding finding : findings) {
                suspected = suspected.and(finding.isSuspect());
            }
        }

        List<Calibration.Alarms> alarms() {
            List<Calibration.Alarms> alarms = new ArrayList<>();
            for (Severity blockAt : Severity.values()) {
                int hits = worst.entrySet().stream()
                        .filter(entry -> entry.getKey().isAtLeast(blockAt))
                        .mapToInt(Map.Entry::getValue)
                        .sum();
                alarms.add(new Calibration.Alarms(blockAt, new Proportion(hits, called.count())));
            }
            return alarms;
        }
    }

    /** The results of injected regressions of one size. */
    private static final class Found {
        private final double size;
        private final List<Integer> delays = new ArrayList<>();
        private int injected;

        Found(double size) {
            this.size = size;
        }

        Calibration.Detection detection() {
            List<Calibration.Within> within = new ArrayList<>();
            for (int runs : RUNS_AFTER) {
                int hits = (int) delays.stream().filter(delay -> delay <= runs).count();
                within.add(new Calibration.Within(runs, new Proportion(hits, injected)));
            }
            return new Calibration.Detection(
                    size, within, delays.stream().mapToInt(Integer::intValue).average());
        }
    }

    /**
     * Adds runs one by one after a change, each judged as the next revision, until all changes are detected. Every size
     * is put into the same noise, so that the series without a change are looked at once.
     */
    private void inject(List<Actor> actors, int round, SplittableRandom random, List<Found> sizes) {
        Blocks blocks = new Blocks(random, settings.history + LAST_RUN);
        List<ReplayCourse> healthy = new ArrayList<>();
        List<Injected> injected = sizes.stream().map(Injected::new).toList();
        for (int i = 0; i < actors.size(); i++) {
            Actor actor = actors.get(i);
            double[] values = actor.healthy(blocks, settings.history, LAST_RUN);
            if (i % INJECTED == round % Math.min(INJECTED, actors.size())) {
                for (Injected one : injected) {
                    one.put(i, actor, values);
                }
            }
            healthy.add(actor.course(values, LAST_RUN));
        }
        for (int run = 1; run <= LAST_RUN && !injected.stream().allMatch(Injected::isFound); run++) {
            List<SeriesTrial> trials = healthy.stream().map(ReplayCourse::next).toList();
            for (Injected one : injected) {
                one.judge(trials, run);
            }
        }
    }

    /** The series of a suite that were made worse by one size. */
    private static final class Injected {
        private final Found found;
        private final Map<Integer, ReplayCourse> changed = new TreeMap<>();
        private final Set<Integer> open = new TreeSet<>();

        Injected(Found found) {
            this.found = found;
        }

        void put(int place, Actor actor, double[] healthy) {
            if (!actor.isAsked(found.size)) {
                return;
            }
            double[] values = healthy.clone();
            actor.worsen(values, values.length - LAST_RUN, found.size);
            changed.put(place, actor.course(values, LAST_RUN));
            open.add(place);
            found.injected++;
        }

        boolean isFound() {
            return open.isEmpty();
        }

        void judge(List<SeriesTrial> healthy, int run) {
            if (isFound()) {
                return;
            }
            List<SeriesTrial> trials = new ArrayList<>();
            for (int i = 0; i < healthy.size(); i++) {
                trials.add(changed.containsKey(i) ? changed.get(i).next() : healthy.get(i));
            }
            List<Finding> findings = Judge.judgeTrials(trials);
            for (int place : changed.keySet()) {
                if (isRegression(findings.get(place)) && open.remove(place)) {
                    found.delays.add(run);
                }
            }
        }
    }

    private static boolean isRegression(Finding finding) {
        return finding.verdict().kind() == Verdict.Kind.REGRESSED;
    }

    private List<Calibration.Detectable> detectable(List<Actor> actors, List<NextRun> next) {
        return actors.stream()
                .map(actor -> new Calibration.Detectable(
                        actor.series().key(),
                        detectable(actor.series().key(), next, 1),
                        actor.expectation().constant()
                                ? 0
                                : actor.expectation().regime().relativeNoise()))
                .toList();
    }

    private List<Calibration.Confirming> confirming(List<Actor> actors, List<NextRun> next) {
        List<Calibration.Confirming> answers = new ArrayList<>();
        for (double size : SIZES) {
            OptionalInt enough = OptionalInt.empty();
            List<Actor> asked =
                    actors.stream().filter(actor -> actor.isAsked(size)).toList();
            for (int runs = 1; runs <= MOST_CONFIRMING && enough.isEmpty() && !asked.isEmpty(); runs++) {
                if (reached(asked, next, size, runs).share() >= MOST_SERIES) {
                    enough = OptionalInt.of(runs);
                }
            }
            if (!asked.isEmpty() || actors.isEmpty()) {
                answers.add(new Calibration.Confirming(size, reached(asked, next, size, 1), enough));
            }
        }
        return answers;
    }

    private Proportion reached(List<Actor> actors, List<NextRun> next, double size, int runs) {
        Proportion reached = new Proportion(0, 0);
        for (Actor actor : actors) {
            OptionalDouble change = detectable(actor.series().key(), next, runs);
            reached = reached.and(change.isPresent() && change.getAsDouble() <= size);
        }
        return reached;
    }

    private static OptionalDouble detectable(SeriesKey key, List<NextRun> next, int runs) {
        return next.stream()
                .map(one -> one.detectable(key, runs))
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElse(OptionalDouble.empty());
    }
}
