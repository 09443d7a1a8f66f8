package dev.plumbline.core.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.classic.EDivisive;
import dev.plumbline.core.stats.classic.OnlineCusum;
import dev.plumbline.core.stats.classic.Partition;
import dev.plumbline.core.stats.classic.WindowedEDivisive;
import dev.plumbline.core.stats.steps.StepScan;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A method of finding the changes of a series. {@link BySteps} is what the judge uses; the others are methods of the
 * literature under their own names, each with its own settings and its own idea of a change.
 */
public sealed interface ChangeMethod {
    /** The name by which it is asked for. */
    Name name();

    /** The settings in force, by name; whole numbers and others. */
    Map<String, Number> settings();

    /** The requested evidence that this method does not provide. */
    default Set<Evidence> notGiven() {
        return name().notGiven;
    }

    /** The evidence about a change that a method may provide, besides its place and the two levels. */
    enum Evidence {
        /** An interval of the change's size. */
        CONFIDENCE_INTERVAL,
        /** An interval of its place. */
        POSITION_INTERVAL,
        /** The probability of so clear a change by chance. */
        P_VALUE
    }

    /** The methods. */
    enum Name {
        /** The judge's own: robust, aware of autocorrelation, with intervals. */
        STEPS,
        /** Energy statistic with a permutation test (Matteson and James 2014). */
        E_DIVISIVE(Evidence.CONFIDENCE_INTERVAL, Evidence.POSITION_INTERVAL),
        /** Energy statistic in windows with t tests (Fleming et al. 2023). */
        WINDOWED_E_DIVISIVE(Evidence.CONFIDENCE_INTERVAL, Evidence.POSITION_INTERVAL),
        /** Least squares plus a penalty for each change, pruned (Killick et al. 2012). */
        PELT(Evidence.values()),
        /** The same without pruning (Jackson et al. 2005). */
        OPTIMAL_PARTITIONING(Evidence.values()),
        /** Value by value, with an alarm (Romano et al. 2023). */
        ONLINE_CUSUM(Evidence.values());

        private final Set<Evidence> notGiven;

        Name(Evidence... notGiven) {
            this.notGiven = Collections.unmodifiableSet(new TreeSet<>(List.of(notGiven)));
        }

        /** In small letters with hyphens, as people write it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The method of a name, if there is one. */
        public static Optional<Name> of(String text) {
            return Arrays.stream(values())
                    .filter(name -> name.text().equals(text))
                    .findFirst();
        }

        /** All names in a row, for messages. */
        public static String all() {
            return Arrays.stream(values()).map(Name::text).collect(Collectors.joining(", "));
        }
    }

    /** The judge's own method. */
    record BySteps(StepScan.Settings scan) implements ChangeMethod {
        public BySteps {
            requireNonNull(scan, "scan");
        }

        @Override
        public Name name() {
            return Name.STEPS;
        }

        @Override
        public Map<String, Number> settings() {
            return Map.of("margin", scan.smallestChange());
        }
    }

    /** E-divisive with permutations. */
    record ByEDivisive(EDivisive.Settings search) implements ChangeMethod {
        public ByEDivisive {
            requireNonNull(search, "search");
        }

        @Override
        public Name name() {
            return Name.E_DIVISIVE;
        }

        @Override
        public Map<String, Number> settings() {
            Map<String, Number> settings = new LinkedHashMap<>();
            settings.put("permutations", search.permutations());
            settings.put("significance", search.significance());
            settings.put("minimumSegment", search.minimumSegment());
            settings.put("seed", search.seed());
            return settings;
        }
    }

    /** E-divisive in windows. */
    record ByWindowedEDivisive(WindowedEDivisive.Settings search) implements ChangeMethod {
        public ByWindowedEDivisive {
            requireNonNull(search, "search");
        }

        @Override
        public Name name() {
            return Name.WINDOWED_E_DIVISIVE;
        }

        @Override
        public Map<String, Number> settings() {
            Map<String, Number> settings = new LinkedHashMap<>();
            settings.put("window", search.window());
            settings.put("significance", search.significance());
            settings.put("margin", search.minimumMagnitude());
            return settings;
        }
    }

    /** Least squares with a penalty, pruned. */
    record ByPelt(Partition.Settings search) implements ChangeMethod {
        public ByPelt {
            requireNonNull(search, "search");
        }

        @Override
        public Name name() {
            return Name.PELT;
        }

        @Override
        public Map<String, Number> settings() {
            return partition(search);
        }
    }

    /** Least squares with a penalty, in full. */
    record ByOptimalPartitioning(Partition.Settings search) implements ChangeMethod {
        public ByOptimalPartitioning {
            requireNonNull(search, "search");
        }

        @Override
        public Name name() {
            return Name.OPTIMAL_PARTITIONING;
        }

        @Override
        public Map<String, Number> settings() {
            return partition(search);
        }
    }

    /** A monitor that takes the values one by one. */
    record ByOnlineCusum(OnlineCusum.Settings monitor) implements ChangeMethod {
        public ByOnlineCusum {
            requireNonNull(monitor, "monitor");
        }

        @Override
        public Name name() {
            return Name.ONLINE_CUSUM;
        }

        @Override
        public Map<String, Number> settings() {
            return Map.of("falseAlarms", monitor.falseAlarms());
        }
    }

    private static Map<String, Number> partition(Partition.Settings search) {
        Map<String, Number> settings = new LinkedHashMap<>();
        settings.put("penalty", search.penalty());
        settings.put("minimumSegment", search.minimumSegment());
        return settings;
    }
}
