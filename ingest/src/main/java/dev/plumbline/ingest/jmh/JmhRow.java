package dev.plumbline.ingest.jmh;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.Texts;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * One line of JMH's tables: a score without its raw values.
 *
 * @param name the benchmark, and after a colon the secondary metric
 * @param score as it is written, in any locale
 * @param error half of the 99.9 % interval as it is written; empty or NaN when there is none
 */
record JmhRow(
        String name,
        Map<String, String> parameters,
        String mode,
        String threads,
        String samples,
        String score,
        String error,
        String unit) {
    private static final double CONFIDENCE = 0.999;

    void record(String where, RunHeader header, Recorder recorder) {
        int colon = name.indexOf(':');
        String benchmarkName = colon < 0 ? name : name.substring(0, colon);
        String secondary = colon < 0 ? "" : JmhUnits.secondaryName(name.substring(colon + 1));
        double value = number(score);
        if (!Double.isFinite(value)) {
            if (unit.equals("---")) {
                return; // a profiler that prints text has no number
            }
            recorder.problem(
                    where,
                    "benchmark " + Excerpt.quoted(name) + ": score is " + Excerpt.quoted(score)
                            + "; this metric is skipped");
            return;
        }
        TreeMap<String, String> identity = new TreeMap<>(parameters);
        if (!JmhUnits.isThroughput(mode)) {
            identity.put(identity.containsKey("mode") ? "jmh.mode" : "mode", mode);
        }
        if (!threads.isEmpty() && !threads.equals("1")) {
            identity.put(identity.containsKey("threads") ? "jmh.threads" : "threads", threads);
        }
        Optional<Unit> known = recorder.unit(where, unit);
        if (known.isEmpty()) {
            return;
        }
        Unit of = known.get();
        String metric = secondary.isEmpty() ? JmhUnits.primaryName(mode, of) : secondary;
        Better better =
                secondary.isEmpty() ? JmhUnits.primaryDirection(mode, of) : JmhUnits.secondaryDirection(secondary, of);
        recorder.benchmark(where, benchmarkName, identity)
                .ifPresent(
                        benchmark -> recorder.directed(where, header, benchmark, metric, of, better, summary(value)));
    }

    private Sample summary(double value) {
        double half = number(error);
        double count = number(samples);
        return new Sample.Summary(
                value,
                count >= 0 && count < 1e15 ? (long) count : 0,
                OptionalDouble.empty(),
                half >= 0 && Double.isFinite(half)
                        ? Optional.of(new Interval(value - half, value + half, CONFIDENCE))
                        : Optional.empty(),
                new TreeMap<>());
    }

    /** JMH writes decimals as its user's country does and never groups digits. */
    private static double number(String text) {
        return Texts.number(text.replace(',', '.'));
    }
}
