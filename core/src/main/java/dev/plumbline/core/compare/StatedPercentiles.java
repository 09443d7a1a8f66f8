package dev.plumbline.core.compare;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.TailEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Percentiles that a tool reports as separate metrics in addition to the executions that they come from: {@code p0.99}
 * of JMH's sample mode, {@code p99} of a load test. Where the executions give the percentile of every process, it is
 * compared as {@code time p99} ({@link TailComparison}), and the stated one would repeat the same, of one value on each
 * side.
 */
public final class StatedPercentiles {
    /** The metric that all tools use for the time of one execution. */
    public static final String TIME = "time";

    /** {@code p0.99}, {@code p1.00}, {@code p99}, {@code p99.9}; JMH puts the method's name before it. */
    private static final Pattern NAME = Pattern.compile("(?:.*:)?p([0-9]+(?:\\.[0-9]+)?)");

    private static final Pattern SHARE = Pattern.compile("0\\.[0-9]+|1\\.0+");

    private StatedPercentiles() {}

    /**
     * The series of a suite that a tail of the same benchmark has compared.
     *
     * @param tails of each pair, in their order
     */
    public static Set<SeriesKey> compared(List<Pair> suite, List<List<Finding>> tails) {
        Map<Benchmark, Set<String>> tested = new HashMap<>();
        for (int i = 0; i < suite.size(); i++) {
            SeriesKey key = suite.get(i).key();
            if (key.metric().equals(TIME)) {
                for (Finding tail : tails.get(i)) {
                    if (isCompared(tail)) {
                        tested.computeIfAbsent(key.benchmark(), benchmark -> new HashSet<>())
                                .add(tail.key().metric().substring(TIME.length() + 1));
                    }
                }
            }
        }
        Set<SeriesKey> compared = new HashSet<>();
        for (Pair pair : suite) {
            Set<String> labels = tested.getOrDefault(pair.key().benchmark(), Set.of());
            if (label(pair.key().metric()).filter(labels::contains).isPresent()) {
                compared.add(pair.key());
            }
        }
        return compared;
    }

    /** Whether there were enough executions to estimate the percentile. */
    private static boolean isCompared(Finding tail) {
        return !(tail.verdict() instanceof Verdict.Inconclusive inconclusive
                && inconclusive.reason() instanceof TailEvidence.TooFewExecutions);
    }

    /** As a tail is labelled: {@code p99} of {@code p0.99}; empty where the metric is no percentile. */
    public static Optional<String> label(String metric) {
        Matcher name = NAME.matcher(metric);
        if (!name.matches()) {
            return Optional.empty();
        }
        String number = name.group(1);
        BigDecimal percent =
                SHARE.matcher(number).matches() ? new BigDecimal(number).movePointRight(2) : new BigDecimal(number);
        return Optional.of("p" + percent.stripTrailingZeros().toPlainString());
    }
}
