package dev.plumbline.measure;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.threshold.WorkCounts;
import dev.plumbline.measure.subject.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Measures subjects in rounds: each round measures every subject that is not yet precise enough once, in a new random
 * order, so that slow changes of the machine affect all of them equally. The first round keeps the order in which they
 * were given, as the warm-up does: whoever takes the results gets each for the first time in that order, and compares
 * with the first.
 */
public final class Rounds {
    private static final int LOOKS_WHILE_DOUBLING = 64;

    private final Settings settings;
    private final Observer observer;
    private final LongSupplier nanoClock;

    /**
     * The settings of measuring.
     *
     * @param precision when a subject is done
     * @param planned when single subjects are, by their names, where that is planned
     * @param first the names of subjects that are measured to their end before the others, which then get the time that
     *     is left, and may get none
     * @param warmUps executions of each subject before the first that counts
     * @param budget for all of them together; what would pass it is not begun
     * @param seed of the order
     */
    public record Settings(
            Precision precision,
            Map<String, Precision> planned,
            Set<String> first,
            int warmUps,
            Duration budget,
            long seed) {
        public Settings {
            requireNonNull(precision, "precision");
            planned = Map.copyOf(planned);
            first = Set.copyOf(first);
            requireNonNull(budget, "budget");
            if (warmUps < 0 || budget.isNegative()) {
                throw new IllegalArgumentException(warmUps + " warm-up executions, a budget of " + budget);
            }
        }

        /** The same for all subjects, and none before the others. */
        public Settings(Precision precision, int warmUps, Duration budget, long seed) {
            this(precision, Map.of(), Set.of(), warmUps, budget, seed);
        }

        /** The same with a plan for some subjects. */
        public Settings withPlanned(Map<String, Precision> plan) {
            return new Settings(precision, plan, first, warmUps, budget, seed);
        }

        /** The same with some subjects before the others. */
        public Settings withFirst(Set<String> names) {
            return new Settings(precision, planned, names, warmUps, budget, seed);
        }

        private Precision of(Subject subject) {
            return planned.getOrDefault(subject.name(), precision);
        }
    }

    /** Receives progress. */
    public interface Observer {
        /**
         * Something is about to be measured.
         *
         * @param execution the how manieth of this subject, from 1; 0 for a warm-up
         * @param share that is done, from 0 to 1: of the executions where their number is fixed, else of the budget
         */
        void measuring(String subject, int execution, double share);
    }

    /** The reasons why the measuring of a subject ended. */
    public enum End {
        /** Its level is known as exactly as was asked. */
        PRECISE,
        /** The most executions were made. */
        MOST,
        /** The machine drifts, so that more executions would hardly make its level known better. */
        DRIFT,
        /** The time is spent. */
        TIME,
        /** It was stopped from outside. */
        STOPPED,
        /** It failed; what it had brought is kept. */
        FAILED
    }

    /**
     * The result of one subject.
     *
     * @param subject its name
     * @param executions those that counted
     * @param end why there were no more
     * @param interval of its first benchmark's level relative to it; unbounded while nothing is known
     * @param needed the approximate number of executions that would reach the requested precision; the planned ones if
     *     their number was fixed; empty if it is reached, if the machine drifts, or if there is no estimate
     * @param isPlanned whether the number of executions was fixed before the first
     * @param failure what went wrong; empty when nothing did
     */
    public record Outcome(
            String subject,
            int executions,
            End end,
            Interval interval,
            OptionalInt needed,
            boolean isPlanned,
            String failure) {}

    public Rounds(Settings settings, Observer observer) {
        this(settings, observer, System::nanoTime);
    }

    Rounds(Settings settings, Observer observer, LongSupplier nanoClock) {
        this.settings = requireNonNull(settings, "settings");
        this.observer = requireNonNull(observer, "observer");
        this.nanoClock = requireNonNull(nanoClock, "nanoClock");
    }

    /**
     * Measures until every subject is known well enough or the time is spent.
     *
     * @param sink takes everything that counts, as it is measured
     * @return one outcome for each subject, in their order
     */
    public List<Outcome> measure(List<? extends Subject> subjects, RunSink sink) {
        return measure(subjects, sink, Journal.NONE);
    }

    /**
     * Goes on until every subject is known well enough or the time is spent.
     *
     * @param sink takes everything that counts, as it is measured; not what was measured earlier
     * @param journal what was measured earlier, which counts too, and takes what is measured now
     * @return one outcome for each subject, in their order
     */
    public List<Outcome> measure(List<? extends Subject> subjects, RunSink sink, Journal journal) {
        TimeBudget budget = new TimeBudget(settings.budget, nanoClock);
        List<Course> all = subjects.stream().map(Course::new).toList();
        List<Course> open = new ArrayList<>(all);
        Random order = new Random(settings.seed);
        all.forEach(course -> course.goOnAfter(journal.earlier(course.subject.name())));
        open.removeIf(Course::isOver);
        List<Course> preferred = open.stream()
                .filter(course -> settings.first.contains(course.subject.name()))
                .collect(toCollection(ArrayList::new));
        List<Course> others =
                open.stream().filter(course -> !preferred.contains(course)).collect(toCollection(ArrayList::new));
        others.forEach(course -> course.isLeftOver = !preferred.isEmpty());
        try {
            measure(preferred, all, budget, order, sink, journal);
            measure(others, all, budget, order, sink, journal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            open.forEach(course -> course.end(End.STOPPED));
        }
        return all.stream().map(Course::outcome).toList();
    }

    private void measure(
            List<Course> open, List<Course> all, TimeBudget budget, Random order, RunSink sink, Journal journal)
            throws InterruptedException {
        for (int i = 0; i < settings.warmUps; i++) {
            for (Course course : List.copyOf(open)) {
                if (course.fits(budget)) {
                    observer.measuring(course.subject.name(), 0, budget.spent());
                    course.warmUp(budget);
                }
                open.removeIf(Course::isOver);
            }
        }
        for (boolean first = true; !open.isEmpty(); first = false) {
            if (!first) {
                Collections.shuffle(open, order);
            }
            for (Course course : open) {
                if (course.fits(budget)) {
                    observer.measuring(course.subject.name(), course.executions + 1, share(all, budget));
                    course.measure(sink, budget, journal);
                }
            }
            open.removeIf(Course::isOver);
        }
    }

    private double share(List<Course> all, TimeBudget budget) {
        if (!all.stream().allMatch(course -> course.precision.isFixed())) {
            return budget.spent();
        }
        int made = all.stream().mapToInt(course -> course.executions).sum();
        int planned = all.stream().mapToInt(course -> course.precision.most()).sum();
        return Math.max(budget.spent(), (double) made / planned);
    }

    /** The state of one subject so far. */
    private final class Course {
        private final Subject subject;
        private final Precision precision;
        private final Map<Shot.Key, List<Double>> leading = new LinkedHashMap<>();
        /** Whether it has only the time that others leave. */
        private boolean isLeftOver;

        private int executions;
        private long longest;
        private long together;
        private End end;
        private String failure = "";

        Course(Subject subject) {
            this.subject = subject;
            precision = settings.of(subject);
        }

        void warmUp(TimeBudget budget) throws InterruptedException {
            shoot(RunSinks.NOWHERE, budget);
        }

        boolean fits(TimeBudget budget) {
            // the first ones are made in any case: without any measurement there is no result
            boolean isDue = executions == 0 && !isLeftOver;
            if (!isDue && !budget.fits(Math.max(1, longest))) {
                end = isKnown() ? End.PRECISE : End.TIME;
            }
            return end == null;
        }

        void goOnAfter(List<List<Run>> earlier) {
            if (!earlier.isEmpty()) {
                // what is taken up lies further apart than any least time
                together = precision.shortest().toNanos();
            }
            earlier.forEach(runs -> count(Shot.of(runs)));
        }

        void measure(RunSink sink, TimeBudget budget, Journal journal) throws InterruptedException {
            if (executions == 0) {
                longest = 0; // a warm-up may be longer than whatever follows
            }
            Collected own = new Collected();
            long begin = budget.now();
            Shot shot = shoot(own, budget);
            together += budget.now() - begin;
            own.problems().forEach(sink::problem);
            List<Run> runs = own.runs();
            runs.forEach(run -> run.measurements().forEach(measurement -> sink.accept(run.header(), measurement)));
            if (shot != null) {
                journal.executed(subject.name(), runs);
                count(shot);
            }
        }

        private void count(Shot shot) {
            executions++;
            shot.values().forEach((key, value) -> {
                if (shot.leads(key)) {
                    leading.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
                }
            });
            boolean last = executions >= precision.most();
            if (last || (together >= precision.shortest().toNanos() && isWorthALook(executions))) {
                if (isKnown()) {
                    end = End.PRECISE;
                } else if (last) {
                    end = End.MOST;
                } else if (isOutOfReach()) {
                    end = End.DRIFT;
                }
            }
        }

        /**
         * Whether enough is new since the last look, which goes through all values: every execution up to 127, then
         * about each hundredth of them, and always when their number has doubled.
         */
        private static boolean isWorthALook(int executions) {
            return executions % Math.max(1, Integer.highestOneBit(executions) / LOOKS_WHILE_DOUBLING) == 0;
        }

        private boolean isOutOfReach() {
            return !leading.isEmpty()
                    && leading.values().stream()
                            .filter(values -> !precision.isReached(values))
                            .allMatch(values -> precision.isOutOfReach(values, Duration.ofNanos(together)));
        }

        private boolean isKnown() {
            return !leading.isEmpty()
                    && leading.entrySet().stream()
                            .allMatch(each -> precision.isReached(each.getValue())
                                    || isCounted(each.getKey().metric(), each.getValue()));
        }

        /** Counts of a program that does the same work each time do not need to be known better. */
        private boolean isCounted(Metric metric, List<Double> values) {
            return values.size() >= Math.max(2, precision.fewest())
                    && WorkCounts.isOne(metric)
                    && WorkCounts.agree(
                            values.stream().mapToDouble(Double::doubleValue).toArray());
        }

        /** Null when it failed. */
        private Shot shoot(RunSink sink, TimeBudget budget) throws InterruptedException {
            long begin = budget.now();
            try {
                Shot shot = Shot.of(subject, sink);
                longest = Math.max(longest, budget.now() - begin);
                return shot;
            } catch (IOException e) {
                failure = e.getMessage();
                end = End.FAILED;
                return null;
            }
        }

        void end(End how) {
            end = end == null ? how : end;
        }

        boolean isOver() {
            return end != null;
        }

        Outcome outcome() {
            Interval interval = leading.values().stream()
                    .findFirst()
                    .map(precision::relativeInterval)
                    .orElseGet(() -> Interval.unbounded(precision.confidence()));
            OptionalInt needed = end == End.PRECISE || end == End.DRIFT
                    ? OptionalInt.empty()
                    : precision.isFixed()
                            ? OptionalInt.of(precision.most())
                            : leading.values().stream()
                                    .findFirst()
                                    .map(precision::needed)
                                    .orElseGet(OptionalInt::empty);
            return new Outcome(subject.name(), executions, end, interval, needed, precision.isFixed(), failure);
        }
    }
}
