package dev.plumbline.core.calibrate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.NextRun;
import dev.plumbline.core.judge.trial.Detectable;
import dev.plumbline.core.judge.trial.JudgedSuite;
import dev.plumbline.core.judge.trial.SeriesTrial;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures what can be detected in single series of a suite.
 *
 * <p>Where {@link Replay} replays the whole suite, here one series is replayed while the rest stays fixed: it
 * contributes to the limit of the suite, and to scale and tail. What the runs of the suite share is not removed. That
 * is fast enough to ask for one series while editing its thresholds. Noise is drawn as there.
 *
 * <p>The same series, settings and seed give the same answer.
 */
public final class SeriesReplay {
    /** Sizes that are injected, and for which the runs needed are reported. */
    public static final List<Double> SIZES = List.of(0.01, 0.03, 0.05, 0.10, 0.15);

    private static final int[] RUNS_AFTER = {1, 2, 3, 5, 10};
    private static final int LAST_RUN = RUNS_AFTER[RUNS_AFTER.length - 1];
    private static final double LARGEST = 1;
    private static final int HALVINGS = 9;

    private final Replay.Settings settings;

    /** @param settings of which replays, injections, history and seed count */
    public SeriesReplay(Replay.Settings settings) {
        this.settings = requireNonNull(settings, "settings");
    }

    /**
     * The expected sensitivity given the noise, without replaying.
     *
     * @param next of the suite
     * @param wanted the series to report
     * @return in the order of the suite; series with fewer runs than their policy asks for are left out
     */
    public List<Sensitivity> outlook(NextRun next, Predicate<SeriesKey> wanted) {
        return each(next, wanted, false, done -> {});
    }

    /**
     * The same.
     *
     * @param progress receives the number of finished series
     */
    List<Sensitivity> outlook(NextRun next, Predicate<SeriesKey> wanted, IntConsumer progress) {
        return each(next, wanted, false, progress);
    }

    /**
     * The same, with regressions injected and healthy runs judged.
     *
     * @param progress receives the number of finished series
     */
    public List<Sensitivity> replay(NextRun next, Predicate<SeriesKey> wanted, IntConsumer progress) {
        return each(next, wanted, true, progress);
    }

    private List<Sensitivity> each(NextRun next, Predicate<SeriesKey> wanted, boolean replayed, IntConsumer progress) {
        List<Sensitivity> answers = new ArrayList<>();
        for (NextRun.Expected one : next.expected()) {
            // of a level of nothing no share can be put in or found
            if (wanted.test(one.key()) && Actor.isTelling(one.trial().known())) {
                answers.add(sensitivity(one, next, replayed));
                progress.accept(answers.size());
            }
        }
        return answers;
    }

    private Sensitivity sensitivity(NextRun.Expected expected, NextRun next, boolean replayed) {
        Actor actor = Actor.of(expected.trial());
        List<Sensitivity.Needed> needed = new ArrayList<>();
        List<OptionalDouble> changes = new ArrayList<>();
        for (int runs = 1; runs <= Detectable.MOST_RUNS; runs++) {
            changes.add(next.detectable(expected.key(), runs));
        }
        for (double size : sizes(actor.policy())) {
            needed.add(new Sensitivity.Needed(size, runsFor(changes, size)));
        }
        OptionalDouble detectable = changes.get(0);
        return new Sensitivity(
                expected.key(),
                actor.series().unit(),
                actor.policy(),
                expected.trial().runs(),
                actor.expectation().constant()
                        ? 0
                        : actor.expectation().regime().relativeNoise(),
                next.suite().series(),
                detectable,
                needed,
                replayed
                        ? Optional.of(new Stage(actor, next.place(expected.key()), next.suiteOf(expected.key()))
                                .replayed(detectable))
                        : Optional.empty());
    }

    /** The sizes that are injected, and the one at which major changes begin. */
    private static List<Double> sizes(Policy policy) {
        return Stream.concat(SIZES.stream(), Stream.of(policy.severities().major()))
                .distinct()
                .sorted()
                .toList();
    }

    private static OptionalInt runsFor(List<OptionalDouble> changes, double size) {
        return IntStream.range(0, changes.size())
                .filter(i -> changes.get(i).orElse(Double.POSITIVE_INFINITY) <= size)
                .map(i -> i + 1)
                .findFirst();
    }

    /** One series, replayed. */
    private final class Stage {
        private final Actor actor;
        private final int place;
        private final JudgedSuite suite;
        private final SplittableRandom random = new SplittableRandom(settings.seed());

        Stage(Actor actor, int place, JudgedSuite suite) {
            this.actor = actor;
            this.place = place;
            this.suite = suite;
        }

        Sensitivity.Replayed replayed(OptionalDouble detectable) {
            Proportion alarms = new Proportion(0, 0);
            Proportion suspected = new Proportion(0, 0);
            for (int i = 0; i < settings.replays(); i++) {
                Finding finding = judge(actor.course(values(0, 1), 1).next());
                alarms = alarms.and(isRegression(finding));
                suspected = suspected.and(finding.isSuspect());
            }
            List<Calibration.Detection> detections = new ArrayList<>();
            for (double size : SIZES) {
                detections.add(detection(size));
            }
            return new Sensitivity.Replayed(
                    alarms,
                    suspected,
                    detections,
                    // of a level of zero no share can be put in
                    detectable.isPresent() && actor.expectation().level() != 0
                            ? Optional.of(foundAtOnce(detectable.getAsDouble()))
                            : Optional.empty(),
                    found99());
        }

        /** In each history the size between those that are missed and those that are found, by halving. */
        private OptionalDouble found99() {
            double[] least = new double[settings.injections()];
            for (int i = 0; i < least.length; i++) {
                least[i] = leastFound(random.nextLong());
            }
            Arrays.sort(least);
            double most = least[(int) Math.ceil(0.99 * least.length) - 1];
            return most <= LARGEST ? OptionalDouble.of(most) : OptionalDouble.empty();
        }

        private double leastFound(long noise) {
            double[] healthy = values(new SplittableRandom(noise), 0, 1);
            ReplayCourse course = actor.course(healthy, 1);
            double missed = 0;
            double found = LARGEST;
            if (!isFound(course, healthy, found)) {
                return Double.POSITIVE_INFINITY;
            }
            for (int i = 0; i < HALVINGS; i++) {
                double middle = (missed + found) / 2;
                if (isFound(course, healthy, middle)) {
                    found = middle;
                } else {
                    missed = middle;
                }
            }
            return found;
        }

        private boolean isFound(ReplayCourse course, double[] healthy, double size) {
            double[] values = healthy.clone();
            actor.worsen(values, values.length - 1, size);
            return isRegression(judge(course.instead(values[values.length - 1])));
        }

        private double[] values(double size, int further) {
            return values(random.split(), size, further);
        }

        private double[] values(SplittableRandom noise, double size, int further) {
            double[] values =
                    actor.healthy(new Blocks(noise, settings.history() + further), settings.history(), further);
            if (size > 0) {
                actor.worsen(values, values.length - further, size);
            }
            return values;
        }

        private Calibration.Detection detection(double size) {
            int[] delays = new int[settings.injections()];
            for (int i = 0; i < delays.length; i++) {
                ReplayCourse course = actor.course(values(size, LAST_RUN), LAST_RUN);
                for (int run = 1; run <= LAST_RUN && delays[i] == 0; run++) {
                    if (isRegression(judge(course.next()))) {
                        delays[i] = run;
                    }
                }
            }
            List<Calibration.Within> within = new ArrayList<>();
            for (int runs : RUNS_AFTER) {
                Proportion found = new Proportion(0, 0);
                for (int delay : delays) {
                    found = found.and(delay > 0 && delay <= runs);
                }
                within.add(new Calibration.Within(runs, found));
            }
            return new Calibration.Detection(
                    size,
                    within,
                    Arrays.stream(delays).filter(delay -> delay > 0).average());
        }

        /**
         * The share of changes of a size that the next run detects: only that run is drawn, since replayed whole
         * histories would add a scatter of their own.
         */
        private Proportion foundAtOnce(double size) {
            Proportion found = new Proportion(0, 0);
            ReplayCourse course = actor.course(actor.series().values(), 0);
            for (int i = 0; i < settings.injections(); i++) {
                double[] drawn = values(size, 1);
                found = found.and(isRegression(judge(course.instead(drawn[drawn.length - 1]))));
            }
            return found;
        }

        /** As in a suite in which all others are healthy. */
        private Finding judge(SeriesTrial trial) {
            return trial.finding(
                    trial.entry()
                            .filter(entry -> suite.of(place).isPresent())
                            .map(entry -> suite.standBy(place, entry)),
                    suite.series());
        }
    }

    private static boolean isRegression(Finding finding) {
        return finding.verdict().kind() == Verdict.Kind.REGRESSED;
    }
}
