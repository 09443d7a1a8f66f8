package dev.plumbline.core.stats.classic;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * A whole series passed value by value to a {@link FunctionalCusum}, as a monitor would have received it.
 *
 * <p>After an alarm the monitor drops the values before the detected change and continues from there. The mean before a
 * change is not supposed to be known; the noise is that of the differences of neighbours over the whole series. Each
 * alarm has the place of the change and the value after which the monitor knew.
 *
 * <p>The threshold is what a series of this length without a change reaches with a stated probability, for independent
 * normal values. Autocorrelated ones and spikes raise many false alarms.
 */
public final class OnlineCusum {
    private static final int SHORTEST = 100;
    private static final int LONGEST = 100_000;

    private OnlineCusum() {}

    /**
     * The settings of the monitor's alarms.
     *
     * @param falseAlarms probability that a healthy series of this length raises any alarm, from 0.01 to 0.1
     */
    public record Settings(double falseAlarms) {
        /** One healthy series in a hundred. */
        public static final Settings DEFAULT = new Settings(0.01);

        /** Checks the range. */
        public Settings {
            if (!(falseAlarms >= 0.01 && falseAlarms <= 0.1)) {
                throw new IllegalArgumentException(
                        "thresholds are known for false alarms of 1 % to 10 %, not " + falseAlarms);
            }
        }
    }

    /**
     * One alarm.
     *
     * @param index first value after the change
     * @param detectedAt the value that raised the alarm, at or after {@code index}
     * @param statistic the CUSUM statistic at the alarm
     */
    public record Alarm(int index, int detectedAt, double statistic) {
        /** Checks the order. */
        public Alarm {
            if (!(index >= 1 && index <= detectedAt)) {
                throw new IllegalArgumentException("a change at " + index + " noticed at " + detectedAt);
            }
        }
    }

    /**
     * The result of the monitor.
     *
     * @param size number of values
     * @param alarms ascending by index
     * @param deviation the noise that was assumed, in the unit of the values
     * @param threshold that the statistic was held against
     */
    public record Alarms(int size, List<Alarm> alarms, double deviation, double threshold) {
        /** Copies the list. */
        public Alarms {
            alarms = List.copyOf(alarms);
        }
    }

    /**
     * The alarms of a series. None, one or two values and a constant series have none. Thresholds are known for 100 to
     * 100,000 values; a shorter series takes that of 100, a longer one that of 100,000 and alarms somewhat too often.
     *
     * @throws IllegalArgumentException naming the index of a value that is NaN or infinite
     */
    public static Alarms analyze(double[] values, Settings settings) {
        requireNonNull(settings, "settings");
        Scaled scaled = Scaled.of(values);
        double deviation = DifferenceNoise.deviation(scaled.values());
        double threshold = FunctionalCusum.threshold(
                FunctionalCusum.Baseline.ESTIMATED,
                Math.min(LONGEST, Math.max(SHORTEST, values.length)),
                settings.falseAlarms);
        List<Alarm> alarms = new ArrayList<>();
        if (!(deviation > 0)) {
            return new Alarms(values.length, alarms, 0, threshold);
        }
        int seen = 0;
        int start = 0;
        FunctionalCusum monitor = FunctionalCusum.ofUnknownMean(deviation, threshold);
        for (int i = 0; i < values.length; i++) {
            seen = Math.max(seen, i);
            if (monitor.append(scaled.values()[i])) {
                FunctionalCusum.Change change = monitor.change().orElseThrow();
                int index = start + (int) change.index();
                alarms.add(new Alarm(index, seen, change.statistic()));
                // the values since the change are the first of the new stretch
                monitor = FunctionalCusum.ofUnknownMean(deviation, threshold);
                start = index;
                i = index - 1;
            }
        }
        return new Alarms(values.length, alarms, scaled.original(deviation), threshold);
    }
}
