package dev.plumbline.publish;

import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.ProcessEvidence;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reports as a check makes them. */
public final class Reports {
    /** Names that try to get out of where they are shown. */
    public static final List<String> HOSTILE = List.of(
            "<!-- plumbline: Plumbline -->",
            "<script>alert(1)</script></details>",
            "a|b|c\n## d",
            "@everyone #12 https://example.org :tada:",
            "<!channel> <https://example.org|click> *bold* `code`",
            "end-1\ngate=open\nx<<end-1",
            "::error file=a::b",
            "\u001b[31mred\u001b[0m\u202Etxt",
            "z" + "\u0301".repeat(50));

    private Reports() {}

    private static RunInfo run() {
        return new RunInfo(
                "00112233445566778899aabbccddeeff",
                new RunHeader(
                        new Revision("5f6a7b8c9d".repeat(4), "feature", Optional.empty(), OptionalLong.of(12)),
                        Environment.unknown().named("lab"),
                        Optional.of(Instant.parse("2026-11-24T10:00:00Z")),
                        Instant.parse("2026-11-24T10:00:00Z"),
                        Collections.emptySortedMap()));
    }

    public static SeriesKey key(String benchmark) {
        return new SeriesKey(Benchmark.of(benchmark), "time", "lab", "main");
    }

    /** A finding whose level went from 100 ms by a relative change. */
    public static Finding finding(String benchmark, double change) {
        Effect effect = new Effect(100, 100 * (1 + change), change, new Interval(change - 0.01, change + 0.01, 0.95));
        Severity severity = Severities.DEFAULT.of(Math.max(0, change));
        Verdict verdict = change >= 0.02
                ? new Verdict.Regressed(effect)
                : change <= -0.02 ? new Verdict.Improved(effect) : new Verdict.Unchanged(effect);
        List<Double> history = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            history.add(100 + (i * 7 % 5) - 2.0);
        }
        return new Finding(
                key(benchmark),
                Unit.of("ms"),
                Better.LOWER,
                Policy.DEFAULT,
                verdict,
                severity,
                OptionalDouble.of(effect.after()),
                Optional.of(new Baseline(
                        30, 100, 0.01, new Interval(0.008, 0.013, 0.95), new Interval(99, 101, 0.95), run(), run())),
                OptionalDouble.of(severity == Severity.NONE ? 0.4 : 0.0001),
                OptionalDouble.of(0.03),
                severity == Severity.NONE ? "" : "5f6a7b8c9d",
                List.of(Rung.decided(new HistoryEvidence.Standing(2))),
                List.of(),
                history,
                Optional.empty());
    }

    public static Finding inconclusive(String benchmark) {
        return new Finding(
                key(benchmark),
                Unit.of("ms"),
                Better.LOWER,
                Policy.DEFAULT,
                new Verdict.Inconclusive(
                        new ProcessEvidence.Hidden(false, false, 0.02, OptionalInt.of(3), false, false),
                        false,
                        OptionalInt.of(3),
                        Optional.empty()),
                Severity.NONE,
                OptionalDouble.of(100),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** Of a series that has too few runs to be judged. */
    public static Finding young(String benchmark) {
        HistoryEvidence.TooFewRuns few = new HistoryEvidence.TooFewRuns(1, 5);
        return new Finding(
                key(benchmark),
                Unit.of("ms"),
                Better.LOWER,
                Policy.DEFAULT,
                new Verdict.Inconclusive(few, false, OptionalInt.of(3), Optional.empty()),
                Severity.NONE,
                OptionalDouble.of(100),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                List.of(Rung.decided(few)),
                List.of(),
                List.of(),
                Optional.empty());
    }

    public static Report of(GatePolicy policy, List<Missing> missing, Finding... findings) {
        return new Report(
                "1.0",
                Report.Kind.CHECK,
                List.of(run()),
                "the history of main",
                List.of(findings),
                missing,
                new Gate(policy).decide(List.of(findings), missing),
                List.of(),
                List.of(),
                Policy.DEFAULT);
    }

    public static Report of(Finding... findings) {
        return of(GatePolicy.DEFAULT, List.of(), findings);
    }

    public static Report clean() {
        return of(finding("decode", 0.001), finding("encode", -0.002));
    }

    public static Report regression() {
        return of(finding("decode", 0.25), finding("encode", -0.002));
    }

    /** As many regressions as benchmarks. */
    public static Report large(int benchmarks) {
        return of(java.util.stream.IntStream.range(0, benchmarks)
                .mapToObj(i -> finding("org.example.suite.Benchmark" + i + ".measure", i % 2 == 0 ? 0.3 : 0.001))
                .toArray(Finding[]::new));
    }

    public static Report hostile() {
        return of(HOSTILE.stream().map(name -> finding(name, 0.3)).toArray(Finding[]::new));
    }

    public static Publication publication(Report report) {
        return new Publication(report, Publication.DEFAULT_NAME, Optional.empty(), Map.of());
    }
}
