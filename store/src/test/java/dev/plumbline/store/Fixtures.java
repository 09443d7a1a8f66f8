package dev.plumbline.store;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Small runs for tests. */
public final class Fixtures {
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Environment LAPTOP = Environment.of(Map.of("cpu", "Test CPU", "cores", "4", "info.host", "büro"));
    static final Metric TIME = new Metric("time", Unit.of("ns/op"), Better.LOWER);

    private Fixtures() {}

    /** A run at hour {@code n} of revision {@code c<n>} on main, with position {@code n}. */
    public static RunHeader header(int n) {
        return new RunHeader(
                new Revision("c" + n, "main", Optional.empty(), OptionalLong.of(n)),
                LAPTOP,
                Optional.of(NOON.plusSeconds(3600L * n)),
                NOON.plusSeconds(1_000_000),
                new TreeMap<>(Map.of("tool", "test")));
    }

    public static Run run(int n, Measurement... measurements) {
        return new Run(header(n), List.of(measurements));
    }

    public static Run run(RunHeader header, Measurement... measurements) {
        return new Run(header, List.of(measurements));
    }

    public static Measurement time(String benchmark, double... values) {
        return new Measurement(Benchmark.of(benchmark), TIME, Sample.Values.of(Sample.Center.MEAN, values));
    }

    static Measurement number(String benchmark, Metric metric, double value) {
        return new Measurement(Benchmark.of(benchmark), metric, Sample.Summary.of(value));
    }

    public static Metric metric(String unit, Better better) {
        return new Metric("time", Unit.of(unit), better);
    }

    static Sample forks(double[]... groups) {
        return Sample.Values.of(Sample.Center.MEAN, Arrays.asList(groups));
    }

    static RunHeader withRevision(
            RunHeader header, String commit, Optional<Instant> commitTime, OptionalLong position) {
        return header.withRevision(new Revision(commit, header.revision().branch(), commitTime, position));
    }

    static RunHeader onBranch(RunHeader header, String branch) {
        Revision revision = header.revision();
        return header.withRevision(new Revision(revision.commit(), branch, revision.commitTime(), revision.position()));
    }

    static RunHeader bare(Instant addedAt) {
        return new RunHeader(
                Revision.unknown(), Environment.unknown(), Optional.empty(), addedAt, Collections.emptySortedMap());
    }
}
