package dev.plumbline.ingest.input.summary;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.Recorder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Passes on the measurements of a load test for one kind of request, under the same names for every tool: {@code time}
 * with {@code p50}, {@code p90}, {@code p95}, {@code p99} …, {@code throughput}, {@code transfer}, {@code failures}.
 */
public final class LoadTest {
    /** The shares whose values become metrics of their own, since goals are set by them. */
    private static final double[] SHARES = {0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999};

    private final Recorder recorder;
    private final String where;
    private final RunHeader header;
    private final Benchmark benchmark;

    public LoadTest(Recorder recorder, String where, RunHeader header, Benchmark benchmark) {
        this.recorder = recorder;
        this.where = where;
        this.header = header;
        this.benchmark = benchmark;
    }

    /** A duration, or another cost, as the tool sums it up; nothing when it gives no number. */
    public void cost(String metric, String unit, StatedSummary stated) {
        stated.sample().ifPresent(sample -> sample(metric, unit, Better.LOWER, sample));
    }

    /**
     * The same, and its usual percentiles as metrics of their own.
     *
     * @param prefix the prefix of their names: empty text for {@code p99}
     */
    public void costWithPercentiles(String metric, String prefix, String unit, StatedSummary stated) {
        cost(metric, unit, stated);
        SortedMap<Double, Double> quantiles = stated.quantiles();
        for (double share : SHARES) {
            value(prefix + name(share), unit, Better.LOWER, quantiles.getOrDefault(share, Double.NaN));
        }
    }

    /**
     * Records how often each time was seen, as metric {@code time}, and the percentiles of all of them: 99.9 when there
     * are a thousand, 99.99 when there are ten thousand.
     *
     * @param counts from value to its count; nothing is handed on when it is empty
     */
    public void histogram(String unit, SortedMap<Double, Long> counts) {
        histogram("time", "", unit, counts);
    }

    /** The same under another name. */
    public void histogram(String metric, String prefix, String unit, SortedMap<Double, Long> counts) {
        bins(metric, counts).ifPresent(bins -> {
            sample(metric, unit, Better.LOWER, Sample.Histogram.of(List.of(bins)));
            for (double share : SHARES) {
                if (share <= 0.99 || bins.total() >= Math.round(1 / (1 - share))) {
                    value(prefix + name(share), unit, Better.LOWER, bins.quantile(share));
                }
            }
        });
    }

    /**
     * Values and their counts as they are kept; empty when there are none, and, with a problem, when the counts cannot
     * be right.
     */
    public Optional<Sample.Histogram.Bins> bins(String metric, SortedMap<Double, Long> counts) {
        return recorder.bins(where, benchmark, metric, counts);
    }

    /** The name of a percentile: {@code p99.9} for 0.999. */
    private static String name(double share) {
        String percent = String.valueOf(Durations.shifted(share, 2));
        return "p" + (percent.endsWith(".0") ? percent.substring(0, percent.length() - 2) : percent);
    }

    /** Requests answered in a second. */
    public void throughput(double perSecond) {
        value("throughput", "requests/s", Better.HIGHER, perSecond);
    }

    /** The share of requests that failed, in percent, and of how many; nothing when there was no request. */
    public void failures(double failed, double all) {
        boolean isCounted = failed >= 0 && failed <= all && all == Math.rint(all) && all <= Long.MAX_VALUE;
        if (all > 0 && isCounted) {
            sample("failures", "%", Better.LOWER, Sample.Summary.share(failed, (long) all));
        } else if (all > 0) {
            value("failures", "%", Better.LOWER, 100 * failed / all); // the two contradict each other
        }
    }

    /** A bare number; nothing when it is not finite. */
    public void value(String metric, String unit, Better better, double value) {
        StatedSummary.location(value).sample().ifPresent(sample -> sample(metric, unit, better, sample));
    }

    public void sample(String metric, String unit, Better better, Sample sample) {
        recorder.stated(where, header, benchmark, metric, unit, better, sample);
    }

    /** The parameters without those that are empty, for a benchmark's identity. */
    public static Map<String, String> parameters(Map<String, String> parameters) {
        parameters.values().removeIf(String::isBlank);
        return parameters;
    }
}
