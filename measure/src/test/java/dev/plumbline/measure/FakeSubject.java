package dev.plumbline.measure;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.measure.subject.Subject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/** A subject whose values a test makes up, on a clock that a test holds. */
public final class FakeSubject implements Subject {
    public static final RunHeader HEADER =
            new RunHeader(Revision.unknown(), Environment.unknown(), Optional.empty(), Instant.EPOCH, new TreeMap<>());

    private final String name;
    private final DoubleSupplier values;
    private final AtomicLong clock;
    private final List<String> log;
    private int failAfter = Integer.MAX_VALUE;
    private int interruptAfter = Integer.MAX_VALUE;
    private String extra = "extra";
    private int calls;

    FakeSubject(String name, DoubleSupplier values, AtomicLong clock, List<String> log) {
        this.name = name;
        this.values = values;
        this.clock = clock;
        this.log = log;
    }

    FakeSubject failingAfter(int executions) {
        failAfter = executions;
        return this;
    }

    /** Calls the metric that counts its executions so. */
    FakeSubject counting(String metric) {
        extra = metric;
        return this;
    }

    FakeSubject interruptedAfter(int executions) {
        interruptAfter = executions;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void measure(RunSink sink) throws IOException, InterruptedException {
        log.add(name);
        clock.addAndGet(1_000_000_000L);
        calls++;
        if (calls > failAfter) {
            throw new IOException(name + " broke");
        }
        if (calls > interruptAfter) {
            throw new InterruptedException();
        }
        sink.accept(HEADER, measurement("time", values.getAsDouble()));
        sink.accept(HEADER, measurement(extra, calls));
    }

    private static Measurement measurement(String metric, double value) {
        return new Measurement(
                Benchmark.of("b"),
                new Metric(metric, Unit.of("s"), Better.LOWER),
                Sample.Values.of(Sample.Center.MEDIAN, List.of(new double[] {value})));
    }
}
