package dev.plumbline.report;

import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.history.ChangeMethod;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.RoleRule;
import dev.plumbline.core.role.Roles;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.content.ContextMetric;
import dev.plumbline.report.evidence.NamedNumber;
import dev.plumbline.report.evidence.Quotation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Reports as the judge makes them, small and with every oddity. */
public final class Examples {
    public static final Unit MILLISECONDS = Unit.of("ms/op");
    public static final Unit OPERATIONS = Unit.of("ops/s");
    public static final String ENVIRONMENT = "0a1b2c3d4e5f";

    /** Names that try to get out of where they are shown. */
    public static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "a|b|c",
            "`code` **bold** _it_ ~~gone~~",
            "first line\nsecond line\r\n| x | y |",
            "\u001b[31mred\u001b[0m\u0007\u009b2J",
            "safe\u202Egnp.exe\u2066",
            "=cmd()|'/C calc'!A1",
            "@everyone #12 !34 http://example.org www.example.org mailto:me@example.org",
            "![picture](https://example.org/x.png) [link](javascript:alert(1))",
            "x".repeat(4096),
            "🚀 rocket 👨‍👩‍👧 family",
            "漢字ベンチマーク 한국어",
            "z" + "\u0301".repeat(50),
            "half \uD800 surrogate",
            "'; DROP TABLE runs; --",
            "../../etc/passwd");

    /** Runs and large reports are made once: tests ask for them a million times, and making them takes most of that. */
    private static final Map<String, RunInfo> RUNS = new ConcurrentHashMap<>();

    private static final Map<Integer, Report> LARGE = new ConcurrentHashMap<>();

    private Examples() {}

    public static RunInfo run(int day, String commit) {
        return RUNS.computeIfAbsent(day + " " + commit, name -> newRun(day, commit));
    }

    private static RunInfo newRun(int day, String commit) {
        return new RunInfo(
                "00112233445566778899aabbccddeef" + day % 10,
                new RunHeader(
                        new Revision(commit, "main", Optional.empty(), OptionalLong.of(day)),
                        Environment.unknown().named(ENVIRONMENT),
                        Optional.of(Instant.parse("2026-11-01T23:30:00Z").plusSeconds(86400L * day)),
                        Instant.parse("2026-11-30T00:00:00Z"),
                        Collections.emptySortedMap()));
    }

    public static SeriesKey key(String benchmark, String metric) {
        return new SeriesKey(Benchmark.of(benchmark), metric, ENVIRONMENT, "main");
    }

    public static SeriesKey key(String benchmark, Map<String, String> parameters, String metric) {
        return new SeriesKey(Benchmark.of(benchmark, parameters), metric, ENVIRONMENT, "main");
    }

    public static Effect effect(double before, double after, double half) {
        double change = Effect.relativeChange(before, after);
        return new Effect(before, after, change, new Interval(change - half, change + half, 0.95));
    }

    public static Finding finding(SeriesKey key, Unit unit, Better better, Verdict verdict) {
        Severity severity = verdict instanceof Verdict.Regressed regressed
                ? Severities.DEFAULT.of(Math.abs(regressed.change().relativeChange()))
                : Severity.NONE;
        Optional<Effect> effect = verdict.effect();
        double level = effect.map(Effect::before).orElse(1.0);
        List<Double> history = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            history.add(level * (1 + 0.01 * Math.floorMod(i * 7, 5) - 0.02));
        }
        boolean hasBaseline = effect.isPresent();
        return new Finding(
                key,
                unit,
                better,
                Policy.DEFAULT,
                verdict,
                severity,
                effect.isPresent() ? OptionalDouble.of(effect.get().after()) : OptionalDouble.empty(),
                hasBaseline
                        ? Optional.of(new Baseline(
                                30,
                                level,
                                0.013,
                                new Interval(0.0102, 0.0178, 0.95),
                                new Interval(level * 0.99, level * 1.01, 0.95),
                                run(1, "aaaaaaaaaaaaaaaa"),
                                run(30, "bbbbbbbbbbbbbbbb")))
                        : Optional.empty(),
                hasBaseline ? OptionalDouble.of(severity == Severity.NONE ? 0.42 : 0.00003) : OptionalDouble.empty(),
                hasBaseline ? OptionalDouble.of(0.034) : OptionalDouble.empty(),
                verdict.kind() == Verdict.Kind.REGRESSED ? "cccccccccccccccccccc" : "",
                trace(verdict),
                List.of(),
                hasBaseline ? history : List.of(),
                Optional.empty());
    }

    private static List<Rung> trace(Verdict verdict) {
        if (verdict instanceof Verdict.Inconclusive inconclusive
                && inconclusive.effect().isEmpty()) {
            return List.of(Rung.decided(new Quotation(
                    "enough-history", "2 runs, at least 5 are needed", List.of(new NamedNumber("runs", 2)))));
        }
        List<NamedNumber> numbers =
                List.of(new NamedNumber("low", -0.021), new NamedNumber("high", Double.POSITIVE_INFINITY));
        return List.of(
                Rung.passed(new Quotation(
                        "enough-history", "30 runs, at least 5 are needed", List.of(new NamedNumber("runs", 30)))),
                Rung.decided(
                        new Quotation("prediction", "the new value lies beyond what the history predicts", numbers)),
                Rung.noted(new Quotation("level", "the level holds since 30 runs", List.of())));
    }

    public static Finding withWarnings(Finding finding, String... warnings) {
        return with(
                finding,
                finding.trace(),
                Stream.of(warnings).<Warning>map(Warning.Text::new).toList());
    }

    public static Finding withLadder(Finding finding, Rung... trace) {
        return with(finding, List.of(trace), finding.warnings());
    }

    /** The same where one run detects changes of this size, relative. */
    public static Finding withDetectable(Finding finding, double detectable) {
        return with(finding, finding.trace(), finding.warnings(), OptionalDouble.of(detectable));
    }

    /** A finding of whose benchmark one run detects no change of any size. */
    public static Finding withoutDetectable(Finding finding) {
        return with(finding, finding.trace(), finding.warnings(), OptionalDouble.empty());
    }

    private static Finding with(Finding finding, List<Rung> trace, List<Warning> warnings) {
        return with(finding, trace, warnings, finding.detectableChange());
    }

    /** The same, judged against a history with this number of runs and noise. */
    public static Finding withBaseline(Finding finding, int runs, double deviation) {
        Baseline known = finding.baseline().orElseThrow();
        Baseline other = new Baseline(
                runs,
                known.level(),
                deviation,
                new Interval(deviation / 2, deviation * 2, 0.95),
                known.interval(),
                known.first(),
                known.last());
        return with(finding, finding.trace(), finding.warnings(), finding.detectableChange(), Optional.of(other));
    }

    private static Finding with(Finding finding, List<Rung> trace, List<Warning> warnings, OptionalDouble detectable) {
        return with(finding, trace, warnings, detectable, finding.baseline());
    }

    private static Finding with(
            Finding finding,
            List<Rung> trace,
            List<Warning> warnings,
            OptionalDouble detectable,
            Optional<Baseline> baseline) {
        return new Finding(
                finding.key(),
                finding.unit(),
                finding.better(),
                Policy.DEFAULT,
                finding.verdict(),
                finding.severity(),
                finding.candidate(),
                baseline,
                finding.pValue(),
                detectable,
                finding.since(),
                trace,
                warnings,
                finding.history(),
                Optional.empty());
    }

    /** Every verdict, severity and direction once. */
    public static List<Finding> everyVerdict() {
        String pack = "dev.example.tally.";
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            findings.add(finding(
                    key(pack + "Stable.run" + i, Map.of("n", "1000"), "time"),
                    MILLISECONDS,
                    Better.LOWER,
                    new Verdict.Unchanged(effect(1.24, 1.24 + 0.002 * i, 0.006))));
        }
        findings.add(finding(
                key(pack + "Parse.csv", "throughput"),
                OPERATIONS,
                Better.HIGHER,
                new Verdict.Improved(effect(3.1e6, 3.9e6, 0.021))));
        findings.add(finding(
                key(pack + "WordCount.count", Map.of("n", "1000", "threads", "4"), "time"),
                MILLISECONDS,
                Better.LOWER,
                new Verdict.Regressed(effect(1.24, 1.539, 0.023))));
        findings.add(finding(
                key(pack + "WordCount.count", Map.of("n", "1000", "threads", "4"), "gc.alloc.rate.norm"),
                Unit.of("B/op"),
                Better.LOWER,
                new Verdict.Regressed(effect(0, 24, 0.0))));
        findings.add(finding(
                key(pack + "Sort.merge", "throughput"),
                OPERATIONS,
                Better.HIGHER,
                new Verdict.Regressed(effect(812_000, 760_000, 0.031))));
        findings.add(finding(
                key(pack + "Sort.quick", "time"),
                Unit.of("us/op"),
                Better.LOWER,
                new Verdict.Regressed(effect(18.2, 18.7, 0.011))));
        findings.add(finding(
                key(pack + "Cache.hit", "time"),
                Unit.of("ns/op"),
                Better.LOWER,
                new Verdict.Inconclusive(
                        Quotation.of("slower than any run before, but only once"),
                        true,
                        OptionalInt.of(1),
                        Optional.of(effect(42.1, 45.9, 0.12)))));
        findings.add(finding(
                key(pack + "Cache.miss", "time"),
                Unit.of("ns/op"),
                Better.LOWER,
                new Verdict.Inconclusive(
                        Quotation.of("runs differ by 14 %, more than the margin of 2 % lets tell"),
                        false,
                        OptionalInt.of(12),
                        Optional.of(effect(420, 423, 0.15)))));
        for (int i = 0; i < 3; i++) {
            findings.add(finding(
                    key(pack + "New.bench" + i, "time"),
                    MILLISECONDS,
                    Better.LOWER,
                    new Verdict.Inconclusive(
                            new Quotation("enough-history", "2 runs, at least 5 are needed", List.of()),
                            false,
                            OptionalInt.of(3),
                            Optional.empty())));
        }
        findings.add(finding(
                key(pack + "Moved.there", "time"),
                MILLISECONDS,
                Better.LOWER,
                new Verdict.NotComparable(
                        Quotation.of("the history was measured on another machine (cores: 8, now 2)"))));
        findings.set(5, withWarnings(findings.get(5), "the environment's governor is powersave: clock rates may vary"));
        findings.set(4, withWarnings(findings.get(4), "the environment's governor is powersave: clock rates may vary"));
        return findings;
    }

    public static Report report(List<Finding> findings, List<Missing> missing, List<Problem> problems) {
        return new Report(
                "0.1.0",
                Report.Kind.CHECK,
                findings.isEmpty() ? List.of() : List.of(run(31, "cccccccccccccccccccc")),
                "the history of main (30 runs)",
                findings,
                missing,
                new Gate(GatePolicy.DEFAULT).decide(findings, missing),
                problems,
                List.of(),
                Policy.DEFAULT);
    }

    /** A report of nothing but a decision. */
    static Report with(GateDecision gate) {
        return new Report(
                "0.1.0",
                Report.Kind.CHECK,
                List.of(),
                "",
                List.of(),
                List.of(),
                gate,
                List.of(),
                List.of(),
                Policy.DEFAULT);
    }

    /**
     * Benchmarks of several metrics: one that regressed in one and improved in another, one of which only a secondary
     * metric regressed, one that lost a metric, one that is gone, one of which nothing can be said in two metrics, and
     * one that stayed.
     */
    public static Report severalMetrics() {
        String pack = "dev.example.tally.";
        List<Finding> findings = new ArrayList<>();
        findings.add(time(pack + "Sort.quick", "time", new Verdict.Improved(effect(2, 1.5, 0.02))));
        findings.add(time(pack + "Sort.quick", "p0.99", new Verdict.Regressed(effect(4, 4.4, 0.02))));
        findings.add(time(pack + "Sort.quick", "p1.00", new Verdict.Regressed(effect(9, 18, 0.2))));
        findings.add(time(pack + "Sort.merge", "time", new Verdict.Unchanged(effect(3, 3.01, 0.006))));
        findings.add(time(pack + "Sort.merge", "p1.00", new Verdict.Regressed(effect(7, 8.4, 0.05))));
        findings.add(time(pack + "Parse.csv", "time", new Verdict.Unchanged(effect(1, 1.001, 0.006))));
        findings.add(time(pack + "Stay.put", "time", new Verdict.Unchanged(effect(5, 5.002, 0.006))));
        findings.add(time(pack + "Stay.put", "p0.99", new Verdict.Unchanged(effect(8, 8.1, 0.006))));
        Verdict open = new Verdict.Inconclusive(
                Quotation.of("runs differ by 14 %, more than the margin of 2 % lets tell"),
                false,
                OptionalInt.of(12),
                Optional.of(effect(2, 2.2, 0.15)));
        findings.add(time(pack + "Cache.miss", "time", open));
        findings.add(time(pack + "Cache.miss", "p0.99", open));
        findings.add(time(pack + "Cache.miss", "p1.00", open));
        List<Missing> missing = List.of(
                Missing.metric(key(pack + "Parse.csv", "p0.99")), Missing.benchmark(key(pack + "Gone.away", "time")));
        RoleRule rule = new RoleRule("the highest", Optional.empty(), new NamePattern("p1.00"), Role.SECONDARY, true);
        GatePolicy policy = GatePolicy.DEFAULT.withRoles(new Roles(List.of(rule), List.of()));
        return new Report(
                        "0.1.0",
                        Report.Kind.CHECK,
                        List.of(run(31, "cccccccccccccccccccc")),
                        "the history of main (30 runs)",
                        findings,
                        missing,
                        new Gate(policy).decide(findings, missing),
                        List.of(),
                        List.of(),
                        Policy.DEFAULT)
                .withContext(List.of(
                        new ContextMetric(key(pack + "Sort.quick", "gc.count"), Unit.of("counts"), 12),
                        new ContextMetric(key(pack + "Sort.quick", "gc.time"), MILLISECONDS, 15)));
    }

    private static Finding time(String benchmark, String metric, Verdict verdict) {
        return finding(key(benchmark, metric), MILLISECONDS, Better.LOWER, verdict);
    }

    public static Report everything() {
        Report report = report(
                everyVerdict(),
                List.of(Missing.benchmark(key("dev.example.tally.Gone.away", "time"))),
                List.of(new Problem("results/jmh.json:12", "score is NaN; this benchmark is skipped")));
        return new Report(
                report.version(),
                report.kind(),
                report.candidates(),
                report.base(),
                report.findings(),
                report.missing(),
                report.gate(),
                report.problems(),
                List.of("the environment was taken from the result file"),
                report.policy());
    }

    public static Report healthy() {
        return report(
                everyVerdict().stream()
                        .filter(finding -> finding.verdict().kind() == Verdict.Kind.UNCHANGED)
                        .toList(),
                List.of(),
                List.of());
    }

    /** All of them that are small. */
    public static List<Report> reports() {
        return List.of(everything(), healthy(), empty(), hostile(), severalMetrics());
    }

    public static Report empty() {
        return report(List.of(), List.of(), List.of());
    }

    /**
     * Each hostile string as a benchmark, a parameter, a metric, a unit, a reason, a warning, a commit and a problem.
     */
    public static Report hostile() {
        List<Finding> findings = new ArrayList<>();
        List<Missing> missing = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (String text : HOSTILE) {
            SeriesKey key = key(text, Map.of(text, text), text);
            Unit unit = Unit.of(text.length() > Unit.MAX_LENGTH ? text.substring(0, Unit.MAX_LENGTH) : text);
            findings.add(withWarnings(
                    finding(key, unit, Better.LOWER, new Verdict.Regressed(effect(100, 150, 0.1))), text, text));
            findings.add(finding(
                    key(text, "inconclusive"),
                    unit,
                    Better.LOWER,
                    new Verdict.Inconclusive(Quotation.of(text), false, OptionalInt.empty(), Optional.empty())));
            findings.add(
                    finding(key(text, "foreign"), unit, Better.LOWER, new Verdict.NotComparable(Quotation.of(text))));
            missing.add(Missing.benchmark(key(text, "missing")));
            problems.add(new Problem(text, text));
        }
        Report report = report(findings, missing, problems);
        return new Report(
                HOSTILE.get(0),
                Report.Kind.COMPARISON,
                List.of(run(31, HOSTILE.get(4)), run(32, HOSTILE.get(7))),
                HOSTILE.get(3),
                report.findings(),
                report.missing(),
                report.gate(),
                report.problems(),
                HOSTILE,
                report.policy());
    }

    public static Report large(int count) {
        return LARGE.computeIfAbsent(count, Examples::newLarge);
    }

    private static Report newLarge(int count) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SeriesKey key = key("org.example.suite.Group" + i % 17 + ".benchmark" + i, Map.of("size", "" + i), "time");
            Effect effect = effect(1 + i, (1 + i) * (1 + 0.0001 * (i % 1000)), 0.01);
            Verdict verdict =
                    switch (i % 5) {
                        case 0 -> new Verdict.Regressed(effect);
                        case 1 -> new Verdict.Improved(effect(1 + i, 0.7 * (1 + i), 0.01));
                        case 2 -> new Verdict.Unchanged(effect);
                        case 3 ->
                            new Verdict.Inconclusive(
                                    Quotation.of("runs differ by " + i + " %"),
                                    false,
                                    OptionalInt.of(i),
                                    Optional.of(effect));
                        default -> new Verdict.NotComparable(Quotation.of("nothing like it"));
                    };
            findings.add(finding(key, MILLISECONDS, Better.LOWER, verdict));
        }
        return report(findings, List.of(), List.of());
    }

    public static AnalyzedSeries analyzed(String benchmark, int count) {
        return AnalyzedSeries.of(series(benchmark, count), new ChangeMethod.BySteps(StepScan.Settings.DEFAULT));
    }

    static Series series(String benchmark, int count) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double value = (i < 8 ? 1.24 : 1.5) + 0.01 * Math.floorMod(i * 7, 5);
            points.add(new Point(run(i, "c" + i + "aaaaaaaaaaaaaaaa"), value, 5, 0.011 + 0.001 * i, i == 8));
        }
        return new Series(key(benchmark, "time"), MILLISECONDS, Better.LOWER, points, List.of());
    }
}
