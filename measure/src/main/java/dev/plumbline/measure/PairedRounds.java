package dev.plumbline.measure;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.compare.PairedComparison;
import dev.plumbline.core.compare.PairedTrial;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.threshold.WorkCounts;
import dev.plumbline.measure.subject.CommandSubject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * Measures both sides of a change in pairs, in alternating order, until every benchmark is decided or the time is over.
 * A regression is reported only after new pairs confirmed it.
 *
 * <p>The time goes where a regression may be: after the first pairs of all, the benchmark that is one with the greatest
 * probability, given its pairs so far, gets its next pair, and any other with the cube of its share of that probability
 * (between the greedy choice and that of Thompson 1933; docs/decisions/measuring.md has what each finds). The evidence
 * of each benchmark stays valid, since who is measured next depends on the past only.
 */
public final class PairedRounds {
    /** The preference for the benchmark that is most probably a regression; 1 is Thompson's share of it. */
    private static final int PREFERENCE = 3;

    private final Settings settings;
    private final Rounds.Observer observer;
    private final LongSupplier nanoClock;

    /**
     * The settings of measuring.
     *
     * @param policies what counts as a change
     * @param fewest pairs before anything is decided, at least 2
     * @param most pairs of a benchmark, whatever is known
     * @param confirming fresh pairs that have to show a regression again; 0 for none
     * @param budget for everything; what would pass it is not begun
     * @param seed of the order
     * @param environment and branch of what is measured, for the findings' keys
     */
    public record Settings(
            Policies policies,
            int fewest,
            int most,
            int confirming,
            Duration budget,
            long seed,
            String environment,
            String branch) {
        public Settings {
            requireNonNull(policies, "policies");
            requireNonNull(budget, "budget");
            requireNonNull(environment, "environment");
            requireNonNull(branch, "branch");
            if (fewest < 2 || most < fewest || confirming < 0 || budget.isNegative()) {
                throw new IllegalArgumentException(
                        fewest + " to " + most + " pairs, " + confirming + " to confirm, in " + budget);
            }
        }
    }

    /**
     * The result.
     *
     * @param trials of every metric that both sides have, in the order in which they were first measured
     * @param comparison that judges them, set up for their number
     * @param pairs of each contest, in their order
     * @param failures what went wrong, each with its contest; a contest that failed keeps the pairs it had
     * @param baseless of each contest, whether its base could not be measured even once
     * @param end why there were no more pairs
     */
    public record Outcome(
            List<PairedTrial> trials,
            PairedComparison comparison,
            List<Integer> pairs,
            List<String> failures,
            List<Boolean> baseless,
            End end) {}

    /** The reasons why measuring ended. */
    public enum End {
        /** No contest needed another pair, or was allowed one. */
        DONE,
        /** The time is spent. */
        TIME,
        /** It was stopped from outside. */
        STOPPED
    }

    public PairedRounds(Settings settings, Rounds.Observer observer) {
        this(settings, observer, System::nanoTime);
    }

    /** @param nanoClock that the budget is spent by; {@link System#nanoTime()} but in a simulation */
    public PairedRounds(Settings settings, Rounds.Observer observer, LongSupplier nanoClock) {
        this.settings = requireNonNull(settings, "settings");
        this.observer = requireNonNull(observer, "observer");
        this.nanoClock = requireNonNull(nanoClock, "nanoClock");
    }

    /**
     * @param base takes everything that was measured of the base
     * @param candidate takes everything of the candidate
     */
    public Outcome measure(List<BenchmarkPair> contests, RunSink base, RunSink candidate) {
        TimeBudget budget = new TimeBudget(settings.budget, nanoClock);
        Random order = new Random(settings.seed);
        List<Course> all =
                contests.stream().map(contest -> new Course(contest, order)).toList();
        List<Course> open = new ArrayList<>(all);
        End end = End.DONE;
        try {
            while (!open.isEmpty()) {
                Collections.shuffle(open, order);
                for (Course course : turn(open, order)) {
                    if (course.fits(budget)) {
                        observer.measuring(course.contest.name(), course.pairs + 1, budget.spent());
                        course.pair(base, candidate, budget);
                    } else {
                        end = End.TIME;
                    }
                }
                PairedComparison comparison = comparison(all);
                for (Course course : open) {
                    course.look(comparison);
                }
                open.removeIf(course -> course.over);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end = End.STOPPED;
        }
        List<PairedTrial> trials = new ArrayList<>();
        all.forEach(course -> trials.addAll(course.trials()));
        List<String> failures = all.stream()
                .map(course -> course.failure)
                .filter(failure -> !failure.isEmpty())
                .toList();
        return new Outcome(
                List.copyOf(trials),
                comparison(all),
                all.stream().map(course -> course.pairs).toList(),
                failures,
                all.stream().map(course -> course.baseless).toList(),
                end);
    }

    /**
     * The contests that are measured now: all once, so that the size of the suite is known; then, among those with the
     * right of way as long as there are any, the one that is most probably a regression and others that may be.
     */
    private static List<Course> turn(List<Course> open, Random order) {
        if (open.stream().anyMatch(course -> course.pairs == 0)) {
            return List.copyOf(open);
        }
        List<Course> first =
                open.stream().filter(course -> course.contest.first()).toList();
        List<Course> next = first.isEmpty() ? List.copyOf(open) : first;
        double greatest =
                next.stream().mapToDouble(course -> course.probability).max().orElse(0);
        return greatest == 0
                ? next
                : next.stream()
                        .filter(course -> order.nextDouble() < Math.pow(course.probability / greatest, PREFERENCE))
                        .toList();
    }

    /** Every metric is judged but those that only explain a time, and all of them share the suite's error rate. */
    private PairedComparison comparison(List<Course> all) {
        List<SeriesKey> measured = all.stream()
                .flatMap(course -> course.values.keySet().stream())
                .map(key -> new SeriesKey(key.benchmark(), key.metric().name(), settings.environment, settings.branch))
                .toList();
        long size = settings.policies.roles().judged(measured, key -> key).stream()
                .filter(key -> !CommandSubject.EXPLAINING.contains(key.metric()))
                .count();
        return new PairedComparison(settings.policies, (int) Math.max(1, size), settings.fewest);
    }

    /** The arms of a round. */
    private enum Arm {
        BASE,
        CANDIDATE,
        TWIN
    }

    /** The values of one metric on both sides. */
    private static final class Values {
        final boolean leads;
        final List<Double> base = new ArrayList<>();
        final List<Double> candidate = new ArrayList<>();
        final List<Double> twin = new ArrayList<>();

        Values(boolean leads) {
            this.leads = leads;
        }
    }

    /** The state of one contest so far. */
    private final class Course {
        private final BenchmarkPair contest;
        private final Map<Shot.Key, Values> values = new LinkedHashMap<>();
        private final Random order;
        /** The arms in the order of the next round. */
        private final List<Arm> turn;

        private int pairs;
        /** The probability that this is a regression, after the pairs so far. */
        private double probability = 1;

        private long longest;
        private boolean over;
        private boolean refuted;
        private boolean baseless;
        /** The pairs there were when a regression was first seen; 0 when none was. */
        private int suspectedAt;

        private String failure = "";

        Course(BenchmarkPair contest, Random order) {
            this.contest = contest;
            this.order = order;
            turn = new ArrayList<>(
                    order.nextBoolean() ? List.of(Arm.BASE, Arm.CANDIDATE) : List.of(Arm.CANDIDATE, Arm.BASE));
            if (contest.twin().isPresent()) {
                turn.add(Arm.TWIN);
                Collections.shuffle(turn, order);
            }
        }

        boolean fits(TimeBudget budget) {
            if (pairs >= 1 && !budget.fits(longest)) {
                over = true;
            }
            return !over;
        }

        /** One shot of each arm, in the order opposite to the round before. */
        void pair(RunSink base, RunSink candidate, TimeBudget budget) throws InterruptedException {
            long begin = budget.now();
            Map<Arm, Shot> shots = new EnumMap<>(Arm.class);
            try {
                for (Arm arm : turn) {
                    shots.put(
                            arm,
                            switch (arm) {
                                case BASE -> ofBase(base);
                                case CANDIDATE -> Shot.of(contest.candidate(), candidate);
                                case TWIN -> Shot.of(contest.twin().orElseThrow(), RunSinks.NOWHERE);
                            });
                }
            } catch (IOException e) {
                failure = e.getMessage();
                over = true;
                return;
            }
            note(shots.get(Arm.BASE), shots.get(Arm.CANDIDATE), Optional.ofNullable(shots.get(Arm.TWIN)));
            pairs++;
            Collections.reverse(turn);
            if (pairs % 2 == 0 && contest.twin().isPresent()) {
                Collections.shuffle(turn, order); // else one side would always be in the middle
            }
            longest = Math.max(longest, budget.now() - begin);
        }

        private Shot ofBase(RunSink base) throws IOException, InterruptedException {
            try {
                return Shot.of(contest.base(), base);
            } catch (IOException e) {
                baseless = pairs == 0;
                throw e;
            }
        }

        private void note(Shot base, Shot candidate, Optional<Shot> twin) {
            base.values().forEach((key, value) -> {
                Double other = candidate.values().get(key);
                Double second = twin.map(shot -> shot.values().get(key)).orElse(null);
                if (other != null && (twin.isEmpty() || second != null)) {
                    Values both = values.computeIfAbsent(key, k -> new Values(base.leads(k)));
                    both.base.add(value);
                    both.candidate.add(other);
                    if (second != null) {
                        both.twin.add(second);
                    }
                }
            });
        }

        /** Decides whether to go on. */
        void look(PairedComparison comparison) {
            if (over) {
                return;
            }
            List<Shot.Key> leading = values.keySet().stream()
                    .filter(key -> values.get(key).leads)
                    .toList();
            probability = leading.stream()
                    .mapToDouble(key -> comparison.probabilityOfRegression(trial(key, 0)))
                    .max()
                    .orElse(1);
            List<PairedComparison.Next> stated =
                    leading.stream().map(key -> comparison.next(trial(key, 0))).toList();
            refuted = suspectedAt > 0 && pairs > suspectedAt && !isConfirmed(leading, comparison);
            if (pairs >= settings.most) {
                over = true;
            } else if (stated.contains(PairedComparison.Next.MORE) || stated.isEmpty()) {
                return;
            } else if (!stated.contains(PairedComparison.Next.REGRESSED) || confirming() == 0) {
                over = true;
            } else if (suspectedAt == 0) {
                suspectedAt = pairs;
            } else if (pairs - suspectedAt >= confirming()) {
                // a few fresh pairs may miss by noise what many showed; as many as raised the suspicion do not
                over = !refuted || pairs - suspectedAt >= suspectedAt;
            }
        }

        /** Fresh pairs that have to show a regression again; of counts, where nothing varies, one is enough. */
        private int confirming() {
            boolean counted = values.entrySet().stream()
                    .filter(each -> each.getValue().leads)
                    .allMatch(each -> WorkCounts.isOne(each.getKey().metric())
                            && WorkCounts.agree(array(each.getValue().base))
                            && WorkCounts.agree(array(each.getValue().candidate)));
            return counted ? Math.min(1, settings.confirming) : settings.confirming;
        }

        private boolean isConfirmed(List<Shot.Key> leading, PairedComparison comparison) {
            return leading.stream()
                    .filter(key -> comparison.next(trial(key, 0)) == PairedComparison.Next.REGRESSED)
                    .allMatch(key -> comparison.confirms(trial(key, suspectedAt)));
        }

        /** @param from the first pair that counts */
        private PairedTrial trial(Shot.Key key, int from) {
            Values both = values.get(key);
            return new PairedTrial(
                    new SeriesKey(key.benchmark(), key.metric().name(), settings.environment, settings.branch),
                    key.metric(),
                    array(both.base.subList(Math.min(from, both.base.size() - 1), both.base.size())),
                    array(both.candidate.subList(Math.min(from, both.candidate.size() - 1), both.candidate.size())),
                    array(both.twin.subList(Math.max(0, Math.min(from, both.twin.size() - 1)), both.twin.size())),
                    refuted && both.leads);
        }

        List<PairedTrial> trials() {
            return values.keySet().stream().map(key -> trial(key, 0)).toList();
        }

        private static double[] array(List<Double> list) {
            return list.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }
}
