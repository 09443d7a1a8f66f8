package dev.plumbline.report;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Reason;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.content.ContextMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reports of every mixture of verdicts, metrics, places, names and annotations, the same for the same seed. */
public final class RandomReports {
    private static final List<String> METRICS = List.of("time", "p0.99", "p1.00", "gc.alloc.rate.norm");
    private static final List<Unit> UNITS =
            List.of(Examples.MILLISECONDS, Unit.of("ns/op"), Unit.of("B/op"), Unit.of("ops/s"), Unit.of("frames"));

    private final Random random;
    private final boolean hostile;

    private RandomReports(int seed, boolean hostile) {
        this.random = new Random(seed);
        this.hostile = hostile;
    }

    /** A report of up to thirty findings whose names are those of Java methods. */
    public static Report of(int seed) {
        return new RandomReports(seed, false).report(Math.floorMod(seed, 31));
    }

    /** The same with names from people who mean harm. */
    public static Report hostile(int seed) {
        return new RandomReports(seed, true).report(Math.floorMod(seed, 31));
    }

    /** The same seeds as arguments of a test. */
    public static Stream<Integer> seeds() {
        return IntStream.range(0, 40).boxed();
    }

    private Report report(int size) {
        List<Finding> findings = new ArrayList<>();
        List<Missing> missing = new ArrayList<>();
        List<ContextMetric> context = new ArrayList<>();
        for (int i = 0; findings.size() < size; i++) {
            Benchmark benchmark = benchmark(i);
            String environment = random.nextInt(5) == 0 ? "fedcba987654" : Examples.ENVIRONMENT;
            int metrics = 1 + random.nextInt(METRICS.size());
            for (int j = 0; j < metrics; j++) {
                SeriesKey key = new SeriesKey(benchmark, METRICS.get(j), environment, "main");
                switch (random.nextInt(12)) {
                    case 0 -> missing.add(Missing.metric(key));
                    case 1 -> context.add(new ContextMetric(key, unit(), random.nextGaussian()));
                    default -> findings.add(finding(key));
                }
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            SeriesKey gone = new SeriesKey(benchmark(1000 + i), "time", Examples.ENVIRONMENT, "main");
            boolean isEven = i % 2 == 0;
            Missing one = random.nextBoolean()
                    ? Missing.benchmark(gone)
                    : new Missing(
                            gone,
                            true,
                            Optional.of(new Missing.Renamed(
                                    benchmark(2000 + i),
                                    gone.benchmark().name(),
                                    benchmark(2000 + i).name(),
                                    Optional.of(new Missing.Moved("time", 0.3, Examples.MILLISECONDS, Better.LOWER))
                                            .filter(moved -> isEven))));
            if (random.nextInt(4) == 0) {
                one = Missing.metric(gone)
                        .inUnit(new Missing.OtherUnit(
                                "rate", Examples.MILLISECONDS, Unit.of("MB/s"), random.nextBoolean()));
            }
            Missing dated = random.nextInt(3) == 0 ? one.since("3f2a1c9d00aabbcc") : one;
            missing.add(random.nextInt(4) == 0 ? dated.unsure() : dated);
        }
        GatePolicy policy = GatePolicy.DEFAULT.withRoles(Situation.secondary("p1.00"));
        Set<String> known =
                findings.stream().filter(Finding::isKnown).map(Finding::id).collect(Collectors.toSet());
        return new Report(
                        "0.1.0",
                        random.nextInt(4) == 0 ? Report.Kind.COMPARISON : Report.Kind.CHECK,
                        IntStream.rangeClosed(1, 1 + random.nextInt(4))
                                .mapToObj(day -> Examples.run(30 + day, "cccccccccccccccccccc"))
                                .toList(),
                        random.nextInt(5) == 0 ? "" : text("the history of main (30 runs)"),
                        findings,
                        missing,
                        new Gate(policy)
                                .decide(
                                        findings,
                                        missing,
                                        known,
                                        context.stream().map(ContextMetric::key).toList()),
                        random.nextInt(3) == 0
                                ? List.of(new Problem(text("jmh.json"), text("score is NaN")))
                                : List.of(),
                        random.nextInt(3) == 0
                                ? List.of(text("2 runs are judged together"), text("a note"))
                                : List.of(),
                        Policy.DEFAULT)
                .withContext(context)
                .withOdd(random.nextInt(8) == 0 ? Optional.of(text("most of the suite is off")) : Optional.empty());
    }

    private String text(String plain) {
        return hostile ? Examples.HOSTILE.get(random.nextInt(Examples.HOSTILE.size())) : plain;
    }

    private Benchmark benchmark(int number) {
        String attack = Examples.HOSTILE.get(Math.floorMod(number, Examples.HOSTILE.size()));
        String name = hostile
                ? attack.substring(0, Math.min(4000, attack.length())) + number
                : "org.tally.Sort" + number % 4 + ".run" + number;
        return random.nextInt(3) == 0 ? Benchmark.of(name, Map.of("n", text("" + number))) : Benchmark.of(name);
    }

    private Unit unit() {
        return UNITS.get(random.nextInt(UNITS.size()));
    }

    private Finding finding(SeriesKey key) {
        Better better = random.nextInt(4) == 0 ? Better.HIGHER : Better.LOWER;
        Verdict verdict = verdict();
        Finding plain = Examples.finding(key, unit(), better, verdict);
        List<Rung> trace = new ArrayList<>(plain.trace());
        Optional<Reason> reason = verdict instanceof Verdict.Inconclusive open
                ? Optional.of(open.reason())
                : verdict instanceof Verdict.NotComparable none ? Optional.of(none.reason()) : Optional.empty();
        reason.filter(Evidence.class::isInstance).map(Evidence.class::cast).ifPresent(why -> {
            trace.clear();
            trace.add(Rung.decided(why));
        });
        Finding finding = Examples.withLadder(plain, trace.toArray(Rung[]::new));
        if (random.nextInt(6) == 0) {
            finding = Examples.withWarnings(finding, text("the governor is powersave"));
        }
        boolean isWorse = verdict.kind() == Verdict.Kind.REGRESSED || finding.isSuspect();
        if (isWorse && random.nextInt(4) == 0) {
            Annotation.Kind[] kinds = Annotation.Kind.values();
            finding = finding.with(Situation.stated(kinds[random.nextInt(kinds.length)]));
        } else if (isWorse && random.nextInt(5) == 0) {
            AlreadyOpen open = new AlreadyOpen("main", "3f2a1c9d00aa", Optional.of("i1f2e3d4c"));
            finding = finding.with(
                    switch (random.nextInt(4)) {
                        case 0 -> open.unsure();
                        case 1 -> open.fixedWith("5c0ffee123aa");
                        default -> open;
                    });
        } else if (isWorse && random.nextInt(5) == 0) {
            finding = finding.beginning("0123456789abcdef");
        }
        return finding;
    }

    private Verdict verdict() {
        Effect effect = effect();
        HistoryEvidence.Suspect suspect = new HistoryEvidence.Suspect(true, 0.004, 0.001, 0.01);
        int runs = random.nextInt(5);
        return switch (random.nextInt(9)) {
            case 0, 1 -> new Verdict.Regressed(effect);
            case 2 -> new Verdict.Improved(effect);
            case 3, 4 -> new Verdict.Unchanged(effect);
            case 5 -> new Verdict.Inconclusive(suspect, true, OptionalInt.of(1), Optional.of(effect));
            case 6 ->
                new Verdict.Inconclusive(
                        new HistoryEvidence.TooFewRuns(runs, 5), false, OptionalInt.of(5 - runs), Optional.empty());
            case 7 ->
                new Verdict.Inconclusive(
                        new HistoryEvidence.Hidden(
                                false, true, new Interval(-0.2, 0.3, 0.9), OptionalDouble.of(0.1), 0.02, true),
                        false,
                        random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(40)) : OptionalInt.empty(),
                        Optional.of(effect));
            default ->
                new Verdict.NotComparable(
                        new HistoryEvidence.OtherEnvironment(Examples.ENVIRONMENT, List.of(text("fedcba987654"))));
        };
    }

    private Effect effect() {
        double before = random.nextInt(9) == 0 ? 0 : Math.exp(10 * random.nextGaussian());
        double after = random.nextInt(9) == 0 ? 0 : before * Math.exp(0.3 * random.nextGaussian());
        if (before == 0 && random.nextBoolean()) {
            after = 24;
        }
        double change = Effect.relativeChange(before, after);
        return Double.isInfinite(change)
                ? new Effect(before, after, change, new Interval(-1, Double.POSITIVE_INFINITY, 0.95))
                : new Effect(before, after, change, new Interval(change - 0.03, change + 0.03, 0.95));
    }
}
