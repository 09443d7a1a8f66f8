package dev.plumbline.measure;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Metric;
import dev.plumbline.core.stats.NoisyBisection;
import dev.plumbline.core.stats.NoisyBisection.Look;
import dev.plumbline.core.stats.NoisyBisection.Position;
import dev.plumbline.core.stats.NoisyBisection.State;
import dev.plumbline.core.stats.SequentialT;
import dev.plumbline.core.threshold.WorkCounts;
import dev.plumbline.measure.process.CommandFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Measures commits between a good and a bad one until the commit that made the difference is known. First the two ends
 * are measured in turn until it is certain that they differ at all.
 */
public final class BisectRounds {
    /** The number of counts of an end that show whether its program does the same work each time. */
    private static final int COUNTS_OF_AN_END = 2;

    private final Settings settings;
    private final Margins margins;
    private final Observer observer;
    private final LongSupplier nanoClock;

    /**
     * When to stop.
     *
     * @param confidence the posterior that is enough
     * @param errorRate the probability that two equal ends are found different
     * @param mostPairs of runs of the ends
     * @param mostRuns in all
     * @param budget for all measuring, builds counted
     */
    public record Settings(double confidence, double errorRate, int mostPairs, int mostRuns, Duration budget) {
        public Settings {
            requireNonNull(budget, "budget");
            if (mostPairs < 3 || mostRuns < 6 || budget.isNegative()) {
                throw new IllegalArgumentException(
                        "needs at least 3 pairs and 6 runs, not " + mostPairs + " and " + mostRuns + " in " + budget);
            }
        }
    }

    /** Makes commits measurable. */
    public interface Commits {
        /**
         * Builds the commit at a position, unless it is built.
         *
         * @param position 0 is the good one
         * @throws CommandFailure if it does not build
         */
        Gauge at(int position) throws IOException, InterruptedException;
    }

    /** The margins of metrics. */
    public interface Margins {
        /** The relative difference of the ends below which a metric counts as unchanged; more than 0. */
        double of(Gauge.Reading reading);
    }

    /** Receives progress. */
    public interface Observer {
        /** @param share of the time or of the runs that is spent, from 0 to 1 */
        void measuring(int position, int run, double share);
    }

    /** The ways in which a search ends. */
    public enum End {
        /** The culprit is known. */
        FOUND,
        /** The ends do not differ, as far as could be seen. */
        NO_DIFFERENCE,
        /** The time or the runs are spent. */
        SPENT,
        /** It was stopped from outside. */
        STOPPED
    }

    /**
     * One measured commit.
     *
     * @param runs its values, in the metric's unit
     * @param failure why it cannot be measured; empty when it can, or was never tried
     */
    public record Seen(List<Double> runs, String failure) {
        public Seen {
            runs = List.copyOf(runs);
        }
    }

    /**
     * The result.
     *
     * @param metric what was measured; empty when nothing was
     * @param benchmark its name
     * @param seen every commit, from the good one on
     * @param look the result of the runs so far; empty while an end has none
     * @param onLogs whether the look is on the logarithms of the values; else it is on shares of the good commit's mean
     * @param endRuns how many of the runs were spent on the two ends
     */
    public record Outcome(
            End end,
            Optional<Metric> metric,
            String benchmark,
            List<Seen> seen,
            Optional<Look> look,
            boolean onLogs,
            int endRuns) {}

    public BisectRounds(Settings settings, Margins margins, Observer observer) {
        this(settings, margins, observer, System::nanoTime);
    }

    BisectRounds(Settings settings, Margins margins, Observer observer, LongSupplier nanoClock) {
        this.settings = requireNonNull(settings, "settings");
        this.margins = requireNonNull(margins, "margins");
        this.observer = requireNonNull(observer, "observer");
        this.nanoClock = requireNonNull(nanoClock, "nanoClock");
    }

    /**
     * Searches.
     *
     * @param size how many commits there are behind the good one, at least 1
     * @throws IOException if the good or the bad one cannot be measured
     */
    public Outcome measure(int size, Commits commits) throws IOException {
        return new Search(size, commits).run();
    }

    private final class Search {
        private final Commits commits;
        private final TimeBudget budget = new TimeBudget(settings.budget, nanoClock);
        private final List<List<Double>> runs = new ArrayList<>();
        private final State[] states;
        private final String[] failures;
        private Optional<Gauge.Reading> first = Optional.empty();
        private int spent;
        private int endRuns;
        private long longest;

        Search(int size, Commits commits) {
            this.commits = commits;
            this.states = new State[size + 1];
            this.failures = new String[size + 1];
            for (int i = 0; i <= size; i++) {
                runs.add(new ArrayList<>());
                states[i] = State.UNTRIED;
                failures[i] = "";
            }
        }

        Outcome run() throws IOException {
            End end;
            try {
                end = ends();
                while (end == End.FOUND) {
                    Look look = look().orElseThrow();
                    if (!look.culprits().isEmpty() || look.next().isEmpty()) {
                        break;
                    }
                    end = probe(look.next().getAsInt(), look.repeats());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                end = End.STOPPED;
            }
            return outcome(end);
        }

        /** FOUND when the ends differ. */
        private End ends() throws IOException, InterruptedException {
            int last = states.length - 1;
            SequentialT rule =
                    SequentialT.withDefaults().withLevel(settings.errorRate).withPairs(3, settings.mostPairs);
            while (true) {
                boolean goodFirst = runs.get(0).size() % 2 == 0;
                if (!runs.get(0).isEmpty() && isSpent()) {
                    return End.SPENT;
                }
                take(goodFirst ? 0 : last);
                take(goodFirst ? last : 0);
                endRuns += 2;
                Optional<End> counted = ofCounts();
                if (counted.isPresent()) {
                    return counted.get();
                }
                switch (rule.withMargin(margin()).look(differences()).decision()) {
                    case CHANGED -> {
                        return End.FOUND;
                    }
                    case UNCHANGED, INCONCLUSIVE -> {
                        return End.NO_DIFFERENCE;
                    }
                    case CONTINUE -> {}
                }
            }
        }

        /** The result where the counts of both ends agree; empty where they do not, or leave it open. */
        private Optional<End> ofCounts() {
            double[] good = array(0);
            double[] bad = array(states.length - 1);
            boolean agree =
                    first.filter(reading -> WorkCounts.isOne(reading.metric())).isPresent()
                            && good.length >= COUNTS_OF_AN_END
                            && good[0] > 0
                            && WorkCounts.agree(good)
                            && WorkCounts.agree(bad);
            if (!agree) {
                return Optional.empty();
            }
            double change = Math.abs(bad[0] / good[0] - 1);
            double margin = margin();
            if (change >= margin && change > WorkCounts.NOISE) {
                return Optional.of(End.FOUND);
            }
            return change + WorkCounts.NOISE < margin ? Optional.of(End.NO_DIFFERENCE) : Optional.empty();
        }

        /** The margin of the measured metric. */
        private double margin() {
            return margins.of(first.orElseThrow());
        }

        private double[] array(int position) {
            return runs.get(position).stream().mapToDouble(Double::doubleValue).toArray();
        }

        private double[] differences() {
            double[] good = scaled(0);
            double[] bad = scaled(states.length - 1);
            return IntStream.range(0, good.length)
                    .mapToDouble(i -> bad[i] - good[i])
                    .toArray();
        }

        /** One probe of several runs; a commit that cannot be measured is noted and passed over. */
        private End probe(int position, int repeats) throws InterruptedException {
            try {
                for (int i = 0; i < repeats; i++) {
                    if (isSpent()) {
                        return End.SPENT;
                    }
                    take(position);
                }
            } catch (IOException e) {
                // what it may have brought before it broke stays: that was measured
                failures[position] = String.valueOf(e.getMessage());
                states[position] = State.UNMEASURABLE;
            }
            return End.FOUND;
        }

        private boolean isSpent() {
            return spent >= settings.mostRuns || !budget.fits(longest);
        }

        private void take(int position) throws IOException, InterruptedException {
            double share = Math.max(budget.spent(), (double) spent / settings.mostRuns);
            observer.measuring(position, runs.get(position).size() + 1, Math.min(1, share));
            Gauge gauge = commits.at(position);
            long begin = budget.now();
            Gauge.Reading reading = gauge.read();
            longest = Math.max(longest, budget.now() - begin);
            states[position] = State.READY;
            first = first.or(() -> Optional.of(reading));
            spent++;
            runs.get(position).add(reading.value());
        }

        private boolean onLogs() {
            return runs.stream().allMatch(values -> values.stream().allMatch(value -> value > 0));
        }

        /** Logarithms where all values have one, else shares of the good commit's mean. */
        private double[] scaled(int position) {
            if (onLogs()) {
                return Arrays.stream(array(position)).map(Math::log).toArray();
            }
            double size = runs.get(0).stream().mapToDouble(Math::abs).average().orElse(0);
            return runs.get(position).stream()
                    .mapToDouble(value -> size > 0 ? value / size : value)
                    .toArray();
        }

        private Optional<Look> look() {
            int last = states.length - 1;
            if (runs.get(0).isEmpty() || runs.get(last).isEmpty() || spent < 3) {
                return Optional.empty();
            }
            List<Position> positions = new ArrayList<>();
            for (int i = 0; i <= last; i++) {
                positions.add(new Position(scaled(i), states[i]));
            }
            return Optional.of(NoisyBisection.withDefaults()
                    .withConfidence(settings.confidence)
                    .look(positions));
        }

        private Outcome outcome(End end) {
            List<Seen> seen = new ArrayList<>();
            for (int i = 0; i < states.length; i++) {
                seen.add(new Seen(runs.get(i), failures[i]));
            }
            return new Outcome(
                    end,
                    first.map(Gauge.Reading::metric),
                    first.map(Gauge.Reading::benchmark).orElse(""),
                    seen,
                    look(),
                    onLogs(),
                    endRuns);
        }
    }
}
