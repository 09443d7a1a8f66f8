package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.ingest.Format;
import dev.plumbline.measure.Collected;
import dev.plumbline.measure.Precision;
import dev.plumbline.measure.Rounds;
import dev.plumbline.measure.subject.CommandSubject;
import dev.plumbline.measure.subject.Subject;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.check.CheckResults;
import dev.plumbline.pipeline.check.confirm.ConfirmSuspects;
import dev.plumbline.pipeline.check.confirm.FailureLine;
import dev.plumbline.pipeline.config.GateSection;
import dev.plumbline.pipeline.record.Overrides;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.report.json.RunJson;
import dev.plumbline.report.note.MeasuringNotes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges a revision whose base cannot be measured: it is measured alone, and what was found is checked against the
 * history like any result file. Where the history does not know it either, nothing is decided.
 */
final class JudgeHead {
    /** Executions or forks at the least: fewer hide what differs from process to process. */
    private static final int FEWEST = 4;

    private static final int MOST = 1_000;
    private static final double CONFIDENCE = 0.95;

    private final Workspace workspace;
    private final Policies policies;
    private final GatePolicy gatePolicy;
    private final Progress progress;

    JudgeHead(Workspace workspace, Policies policies, GatePolicy gatePolicy, Progress progress) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
        this.gatePolicy = requireNonNull(gatePolicy, "gatePolicy");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * Measures and judges; the history takes what was measured.
     *
     * @param why the base cannot be measured
     * @param scratch a folder for the result file
     * @throws IOException if nothing of the head can be measured either
     */
    Report judge(Target target, Site head, Duration budget, long seed, String why, Path scratch)
            throws IOException, InterruptedException {
        Collected collected = new Collected();
        // to half the margin: a level known worse than that would be the larger part of the doubt
        Precision precision = new Precision(Math.max(0.001, policies.general().margin() / 2), CONFIDENCE, FEWEST, MOST);
        List<Rounds.Outcome> outcomes = new Rounds(
                        new Rounds.Settings(precision, 0, budget, seed),
                        (subject, execution, share) -> progress.at(
                                "measuring " + subject + " of the head alone, " + execution,
                                Math.round(100 * share),
                                100))
                .measure(target.subjects(head), collected);
        if (collected.runs().isEmpty() && outcomes.stream().allMatch(outcome -> outcome.end() == Rounds.End.FAILED)) {
            throw new IOException("neither revision can be measured; the base: " + FailureLine.of(why) + "; the head: "
                    + FailureLine.of(outcomes.get(0).failure()));
        }
        Report checked = checked(collected.runs(), scratch, again(target, head, precision, seed));
        List<Missing> missing = new ArrayList<>(checked.missing());
        List<Problem> problems = new ArrayList<>(checked.problems());
        problems.addAll(collected.problems());
        problems.add(new Problem("base", FailureLine.of(why)));
        GateDecision gate = checked.gate();
        for (Rounds.Outcome outcome : outcomes) {
            if (outcome.end() == Rounds.End.FAILED) {
                problems.add(new Problem("measuring", FailureLine.of(outcome.failure())));
                SeriesKey key = key(outcome.subject(), head);
                missing.add(Missing.benchmark(key));
                gate = gate.with(new GateReason(
                        gatePolicy.onMissing(),
                        GateReason.Kind.MISSING,
                        key.id(),
                        key.id(),
                        new Cause.NotMeasured(outcome.subject())));
            }
        }
        if (checked.findings().stream().noneMatch(JudgeHead::isJudged)) {
            gate = gate.with(new GateReason(
                    GatePolicy.Effect.HOLD,
                    GateReason.Kind.UNKNOWN,
                    "",
                    "",
                    new Cause.NothingJudged(checked.findings().stream()
                            .anyMatch(finding -> finding.verdict().effect().isPresent()))));
        }
        List<String> notes = new ArrayList<>();
        notes.add(MeasuringNotes.headAlone(why.lines().findFirst().orElse("").replaceFirst(":$", "")));
        if (outcomes.stream().anyMatch(outcome -> outcome.end() == Rounds.End.STOPPED)) {
            notes.add(MeasuringNotes.STOPPED);
        }
        notes.addAll(checked.notes());
        return new Report(
                        checked.version(),
                        checked.kind(),
                        checked.candidates(),
                        checked.base(),
                        checked.findings(),
                        missing,
                        gate,
                        problems,
                        notes,
                        checked.policy())
                .withContext(checked.context());
    }

    private static boolean isJudged(Finding finding) {
        return finding.verdict() instanceof Verdict.Regressed
                || finding.verdict() instanceof Verdict.Improved
                || finding.verdict() instanceof Verdict.Unchanged
                || finding.isSuspect();
    }

    private static SeriesKey key(String name, Site head) {
        return new SeriesKey(
                Benchmark.of(name),
                CommandSubject.TIME,
                head.header().environment().key(),
                head.header().revision().branch());
    }

    /** Measures the suspects of the head again. */
    private ConfirmSuspects again(Target target, Site head, Precision precision, long seed) {
        GateSection.Confirming asked = workspace.configuration().gate().confirming();
        ConfirmSuspects.Settings settings = new ConfirmSuspects.Settings(
                asked.runs().value(), asked.timeout().value());
        Duration each = settings.limit().dividedBy(settings.runs());
        return new ConfirmSuspects(
                settings,
                (request, limit, scratch) -> {
                    Collected collected = new Collected();
                    Site site = new Site(
                            head.directory(),
                            head.variables(),
                            head.runner(),
                            scratch,
                            limit.compareTo(head.limit()) < 0 ? limit : head.limit(),
                            head.header().withMeasuredAt(workspace.clock().instant()),
                            head.results(),
                            head.forks(),
                            head.progress());
                    List<Subject> all = target.subjects(site);
                    List<Subject> named = all.stream()
                            .filter(subject -> request.benchmarks().stream().anyMatch(name -> isOf(subject, name)))
                            .toList();
                    List<Rounds.Outcome> outcomes = new Rounds(
                                    new Rounds.Settings(precision, 0, each.compareTo(limit) < 0 ? each : limit, seed),
                                    (subject, execution, share) -> progress.at(
                                            "measuring " + subject + " again, " + execution,
                                            Math.round(100 * share),
                                            100))
                            .measure(named.isEmpty() ? all : named, collected);
                    if (collected.runs().isEmpty()) {
                        throw new IOException("failed: "
                                + FailureLine.of(
                                        outcomes.isEmpty()
                                                ? "nothing to measure"
                                                : outcomes.get(0).failure()));
                    }
                    return List.of(written(collected.runs(), scratch.resolve("again.json")));
                },
                progress,
                System::nanoTime);
    }

    /** Whether a subject measures a benchmark of this name; parameters follow it in a subject's name. */
    private static boolean isOf(Subject subject, String benchmark) {
        return subject.name().equals(benchmark) || subject.name().startsWith(benchmark + " {");
    }

    private static Path written(List<Run> runs, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            RunJson.write(runs, out);
        }
        return file;
    }

    private Report checked(List<Run> runs, Path scratch, ConfirmSuspects again) throws IOException {
        if (runs.isEmpty()) {
            return new Report(
                    Version.TEXT,
                    Report.Kind.CHECK,
                    List.of(),
                    "",
                    List.of(),
                    List.of(),
                    new Gate(gatePolicy).decide(List.of(), List.of()),
                    List.of(),
                    List.of(),
                    policies.general());
        }
        Path file = written(runs, scratch.resolve("head.json"));
        Optional<String> baseline = workspace.configuration().baseline().use().value();
        return new CheckResults(
                        workspace,
                        ReadingSettings.of(Overrides.NONE, Optional.of(Format.PLUMBLINE_JSON)),
                        policies,
                        gatePolicy,
                        new CheckResults.Options(Optional.empty(), baseline, false, Optional.of(again)),
                        progress)
                .check(List.of(file), false)
                .report();
    }
}
