package dev.plumbline.ingest.neutral;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.RawValues;
import java.util.LinkedHashMap;
import java.util.Map;

/** One sample whose rows are being collected. */
final class RowSample extends WaitingSamples.Waiting {
    long line;
    RowSubject subject;
    Sample.Center center;

    /** Null where the sample is skipped. */
    RunHeader header;

    /** A single value; NaN where there is none, or as soon as there is more to keep. */
    double only;

    String onlyFork;

    /** The values by their forks; null as long as there is a single one. */
    Map<String, RawValues> forks;

    void begin(long firstLine, RowSubject measured, RunHeader known, Sample.Center of) {
        line = firstLine;
        subject = measured;
        header = known;
        center = of;
        only = Double.NaN;
        onlyFork = "";
        forks = null;
    }

    Benchmark benchmark() {
        return subject.benchmark.orElseThrow();
    }

    Unit unit() {
        return subject.unit.orElseThrow();
    }

    /** Adds a finite value. */
    void add(String fork, double value) {
        if (forks == null && Double.isNaN(only)) {
            only = value;
            onlyFork = fork;
        } else {
            of(fork).add(value);
        }
    }

    /** The values of a fork. */
    RawValues of(String fork) {
        if (forks == null) {
            forks = new LinkedHashMap<>(2);
            if (!Double.isNaN(only)) {
                of(onlyFork).add(only);
                only = Double.NaN;
            }
        }
        return forks.computeIfAbsent(fork, name -> new RawValues());
    }

    /** The values of all forks, each a group. */
    RawValues all() {
        RawValues all = new RawValues();
        for (RawValues group : forks.values()) {
            group.appendTo(all);
        }
        return all;
    }
}
