package dev.plumbline.core.threshold;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Sets thresholds of some series.
 *
 * @param name where it comes from, as reports show it: {@code default}, {@code plumbline.yaml:12:5}, {@code --margin}
 * @param scope which series it is for
 * @param margin the smallest relative change worth a person's time
 * @param severities where the severities begin; all three together, so that they rise whichever rules set others
 * @param floors the smallest absolute changes that matter; only those in a series' own kind of unit apply to it
 * @param minimumRuns how many runs a history needs before anything is judged against it
 */
public record ThresholdRule(
        String name,
        Scope scope,
        OptionalDouble margin,
        Optional<Severities> severities,
        List<Floor> floors,
        OptionalInt minimumRuns) {
    public ThresholdRule {
        requireNonNull(name, "name");
        requireNonNull(scope, "scope");
        requireNonNull(margin, "margin");
        requireNonNull(severities, "severities");
        floors = List.copyOf(floors);
        requireNonNull(minimumRuns, "minimumRuns");
    }

    /** A rule that sets nothing but the margin. */
    public static ThresholdRule ofMargin(String name, Scope scope, double margin) {
        return new ThresholdRule(
                name, scope, OptionalDouble.of(margin), Optional.empty(), List.of(), OptionalInt.empty());
    }

    /**
     * The series that a rule matches: those that match all given patterns.
     *
     * @param environment of the environment's {@link dev.plumbline.core.model.Environment#key key}
     */
    public record Scope(
            Optional<NamePattern> benchmark,
            Optional<NamePattern> metric,
            Optional<NamePattern> environment,
            Optional<NamePattern> branch,
            Optional<MetricKind> kind) {
        /** Every series. */
        public static final Scope ALL =
                new Scope(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        public Scope {
            requireNonNull(benchmark, "benchmark");
            requireNonNull(metric, "metric");
            requireNonNull(environment, "environment");
            requireNonNull(branch, "branch");
            requireNonNull(kind, "kind");
        }

        /** Every series of a kind. */
        public static Scope of(MetricKind kind) {
            return new Scope(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(kind));
        }

        /** Whether a series is one of those. */
        public boolean covers(SeriesKey key, Unit unit) {
            return (benchmark.isEmpty() || benchmark.get().matches(key.benchmark()))
                    && isOf(metric, key.metric())
                    && isOf(environment, key.environment())
                    && isOf(branch, key.branch())
                    && (kind.isEmpty() || kind.get() == MetricKind.of(key.metric(), unit));
        }

        private static boolean isOf(Optional<NamePattern> pattern, String name) {
            return pattern.isEmpty() || pattern.get().matches(name);
        }

        /** In words: {@code kind memory, benchmark Sort.*}; {@code every series} when nothing is given. */
        @Override
        public String toString() {
            List<String> words = new ArrayList<>();
            kind.ifPresent(wanted -> words.add("kind " + wanted.word()));
            benchmark.ifPresent(pattern -> words.add("benchmark " + pattern.text()));
            metric.ifPresent(pattern -> words.add("metric " + pattern.text()));
            environment.ifPresent(pattern -> words.add("environment " + pattern.text()));
            branch.ifPresent(pattern -> words.add("branch " + pattern.text()));
            return words.isEmpty() ? "every series" : String.join(", ", words);
        }
    }
}
