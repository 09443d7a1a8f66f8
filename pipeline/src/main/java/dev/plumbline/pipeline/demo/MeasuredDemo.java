package dev.plumbline.pipeline.demo;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.Execution;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.check.CheckResults;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.MeasuringSettings;
import dev.plumbline.pipeline.measuring.MeasureTargets;
import dev.plumbline.pipeline.measuring.Target;
import dev.plumbline.pipeline.record.Overrides;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.report.answer.Validation;
import dev.plumbline.report.json.RunJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs the main use case on real measurements of this machine: a small library is measured several times unchanged,
 * then once with the change of a branch. The branch makes one thing slower and another faster; the rest is the same
 * code.
 */
public final class MeasuredDemo {
    /** The measuring tools. */
    public enum Tool {
        /** JMH, if this machine has it or Maven brings it. */
        JMH,
        /** {@code plumb run --java}, which needs a Java machine alone. */
        JAVA
    }

    /** The branch that is checked. */
    public static final String BRANCH = "shorter-code";

    private static final String MAIN = "main";
    private static final String COMMIT = "shorter";
    private static final String RESULT = "candidate.json";
    private static final String PREFIX = "example.LibraryBenchmark.";
    private static final String SLOWER = PREFIX + "sort";
    private static final String FASTER = PREFIX + "join";
    private static final List<String> SAME = List.of(PREFIX + "parse", PREFIX + "checksum", PREFIX + "count");
    private static final int BENCHMARKS = SAME.size() + 2;
    private static final double NANOS = 1e9;
    private static final Duration LONGEST_FORK = Duration.ofMinutes(2);
    private static final Duration BUDGET = Duration.ofMinutes(20);

    /** The operations that are timed together by Plumbline's own measuring, some milliseconds of them. */
    private static final int BATCH = 50;

    private final Workspace workspace;
    private final ProcessRunner runner;
    private final Progress progress;
    private final Length length;

    /**
     * The duration of measuring.
     *
     * @param runs of the library as it is, one fork each
     * @param forks of the changed one
     * @param warmUps of a fork: iterations of JMH, tens of trials of Java
     * @param iterations of a fork that count: of JMH, tens of trials of Java
     * @param millis of an iteration
     */
    public record Length(int runs, int forks, int warmUps, int iterations, int millis) {
        public static final Length FULL = new Length(8, 3, 4, 8, 100);
        public static final Length QUICK = new Length(6, 2, 4, 6, 50);

        private List<String> jmhOptions() {
            return List.of(
                    "-wi", warmUps + "", "-w", millis + "ms", "-i", iterations + "", "-r", millis + "ms", "-t", "1");
        }

        private double secondsOfFork() {
            return (warmUps + iterations) * millis / 1000.0;
        }
    }

    /**
     * The measurements to come.
     *
     * @param tool that measures
     * @param reported the tool in words, with where it was found or why it is not JMH
     * @param benchmarks how many there are
     * @param length of the measuring
     * @param seconds that it will take, estimated from starts of Java on this machine
     */
    public record Plan(Tool tool, String reported, int benchmarks, Length length, double seconds) {}

    /**
     * The result of the demo.
     *
     * @param arguments of {@code plumb check}, which make the same check again in the demo's folder
     * @param report of the check
     * @param truth what had to be found, and whether it was
     */
    public record Outcome(List<String> arguments, Report report, List<Validation> truth) {
        public Outcome {
            arguments = List.copyOf(arguments);
            requireNonNull(report, "report");
            truth = List.copyOf(truth);
        }
    }

    /**
     * @param workspace a folder of the demo's own; its history is made there
     * @param runner starts what is measured
     */
    public MeasuredDemo(Workspace workspace, ProcessRunner runner, Progress progress, Length length) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.runner = requireNonNull(runner, "runner");
        this.progress = requireNonNull(progress, "progress");
        this.length = requireNonNull(length, "length");
    }

    /**
     * Measures and checks.
     *
     * @param asked the tool to measure with; JMH where it can be had, when empty
     * @param announcing takes what is about to be measured, before it is
     * @return empty if the runner was cancelled before the end
     * @throws WrongRequest if JMH is asked for and cannot be had
     * @throws IOException if something cannot be measured; the message says what
     */
    public Optional<Outcome> run(Optional<Tool> asked, Consumer<Plan> announcing)
            throws IOException, InterruptedException {
        Plan plan = prepare(asked);
        announcing.accept(plan);
        return run(plan);
    }

    /** Makes both versions ready and looks how long a start takes here. */
    private Plan prepare(Optional<Tool> asked) throws IOException, InterruptedException {
        Optional<JmhInstallation> jmh = asked.equals(Optional.of(Tool.JAVA)) ? Optional.empty() : installation();
        if (jmh.isEmpty() && asked.equals(Optional.of(Tool.JMH))) {
            throw new WrongRequest(missing() + "; measure without it: --real-benchmarks=java");
        }
        Tool tool = jmh.isPresent() ? Tool.JMH : Tool.JAVA;
        LibraryVersion.FIRST.write(file(jar(false)), jmh);
        LibraryVersion.CHANGED.write(file(jar(true)), jmh);
        double start = start(tool);
        String reported = jmh.map(found -> "JMH " + JmhInstallation.VERSION + " (found in " + found.folder() + ")")
                .orElse("plumb run --java" + (asked.isPresent() ? "" : ", since " + missing()));
        int forks = BENCHMARKS * (length.runs() + length.forks());
        // JMH starts a machine that starts the one that measures
        double each = length.secondsOfFork() + (tool == Tool.JMH ? 2 : 1) * start;
        return new Plan(tool, reported, BENCHMARKS, length, forks * each + (length.runs() + 1) * start + 2);
    }

    private Optional<JmhInstallation> installation() throws IOException, InterruptedException {
        Optional<JmhInstallation> found = JmhInstallation.find(workspace.variables());
        if (found.isPresent() || !JmhInstallation.canFetch(workspace.variables())) {
            return found;
        }
        progress.at("fetching JMH with Maven", 0, 0);
        try (Scratch scratch = Scratch.create()) {
            return JmhInstallation.fetch(
                    workspace.variables(),
                    runner,
                    scratch.folder(),
                    scratch.folder().resolve("output.txt"));
        }
    }

    private String missing() {
        return "JMH " + JmhInstallation.VERSION + " is not in " + JmhInstallation.repository(workspace.variables())
                + (JmhInstallation.canFetch(workspace.variables())
                        ? " and Maven cannot fetch it"
                        : " and mvn is not installed to fetch it");
    }

    private static String jar(boolean changed) {
        return changed ? "changed.jar" : "library.jar";
    }

    private Path file(String name) {
        return workspace.directory().resolve(name);
    }

    /** The time that a Java machine takes until it measures, in seconds. */
    private double start(Tool tool) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.create()) {
            String java = Target.java(workspace.variables()).toString();
            List<String> words = tool == Tool.JMH
                    ? List.of(java, "-jar", file(jar(false)).toString(), "-l")
                    : List.of(java, "-version");
            Execution execution = runner.run(
                    new Command(words, workspace.directory(), workspace.variables()),
                    scratch.folder().resolve("output.txt"),
                    LONGEST_FORK);
            if (!execution.succeeded()) {
                throw new CommandFailure("cannot start a JVM: " + String.join(" ", words) + " ended with exit code "
                        + execution.exitCode());
            }
            return execution.wallNanos() / NANOS;
        }
    }

    private Optional<Outcome> run(Plan plan) throws IOException {
        // commits of a library without a repository: one after the other
        Instant begin = workspace.clock().instant();
        for (int i = 0; i < length.runs(); i++) {
            Overrides stated = stated("main-" + (i + 1), MAIN, begin.plusSeconds(i));
            if (measure(plan.tool(), jar(false), 1, stated, i, MeasureTargets.Keeping.HISTORY)
                    .isEmpty()) {
                return Optional.empty();
            }
        }
        Overrides stated = stated(COMMIT, BRANCH, begin.plusSeconds(length.runs()));
        Optional<MeasureTargets.Outcome> candidate =
                measure(plan.tool(), jar(true), length.forks(), stated, length.runs(), MeasureTargets.Keeping.NOTHING);
        if (candidate.isEmpty()) {
            return Optional.empty();
        }
        try (OutputStream out = Files.newOutputStream(file(RESULT))) {
            RunJson.write(candidate.get().runs(), out);
        }
        Configuration configured = workspace.configuration();
        Policies policies = configured.thresholds(configured.policy());
        Report report = new CheckResults(
                        workspace,
                        ReadingSettings.DEFAULT,
                        policies,
                        configured.gateInForce().policy(policies),
                        CheckResults.Options.of(Optional.of(MAIN), Optional.empty()),
                        Progress.SILENT)
                .check(List.of(file(RESULT)), false)
                .report();
        return Optional.of(new Outcome(List.of(RESULT), report, truth(report)));
    }

    private static Overrides stated(String commit, String branch, Instant time) {
        return new Overrides(Optional.of(commit), Optional.of(branch), Optional.of(time), Optional.empty());
    }

    /** One run of one version; empty when it was stopped. */
    private Optional<MeasureTargets.Outcome> measure(
            Tool tool, String jar, int forks, Overrides stated, int done, MeasureTargets.Keeping keeping)
            throws IOException {
        String what = done < length.runs()
                ? "run " + (done + 1) + " of " + length.runs() + " of the original library"
                : "the branch " + BRANCH;
        // in forks: the last run has some
        int all = 100 * (length.runs() + length.forks());
        MeasureTargets.Outcome outcome = new MeasureTargets(
                        workspace,
                        stated,
                        runner,
                        (subject, percent, total) ->
                                progress.at("measuring " + what, 100L * done + percent * forks, all))
                .measure(List.of(MeasureTargets.Task.of(settings(tool, jar, forks))), keeping, false);
        if (outcome.isStopped()) {
            return Optional.empty();
        }
        for (var each : outcome.outcomes()) {
            if (!each.failure().isEmpty()) {
                throw new CommandFailure(each.failure());
            }
        }
        return Optional.of(outcome);
    }

    private MeasuringSettings settings(Tool tool, String jar, int forks) {
        boolean isJmh = tool == Tool.JMH;
        return new MeasuringSettings(
                new MeasuringSettings.What(
                        isJmh ? length.jmhOptions() : List.of(),
                        List.of(),
                        List.of(),
                        isJmh ? Optional.of(jar) : Optional.empty(),
                        isJmh ? Optional.empty() : Optional.of(jar),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()),
                new MeasuringSettings.Around(
                        new TreeMap<>(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        MeasuringSettings.Build.NONE),
                new MeasuringSettings.Length(
                        Optional.empty(),
                        Optional.of(forks),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(10 * length.iterations()),
                        Optional.of(10 * length.warmUps()),
                        Optional.of(BATCH),
                        Optional.of(BUDGET),
                        Optional.of(LONGEST_FORK),
                        Optional.empty()));
    }

    /** The comparison of the planted changes with the report. */
    private static List<Validation> truth(Report report) {
        List<Validation> truth = new ArrayList<>();
        truth.add(Validation.planted(
                "sort, changed to insertion sort, is slower", Verdict.Kind.REGRESSED, of(SLOWER, report)));
        truth.add(Validation.planted(
                "join, changed to fill a buffer, is faster", Verdict.Kind.IMPROVED, of(FASTER, report)));
        for (String name : SAME) {
            truth.add(Validation.planted(
                    name.substring(PREFIX.length()) + " is unchanged", Verdict.Kind.UNCHANGED, of(name, report)));
        }
        return truth;
    }

    private static List<Finding> of(String benchmark, Report report) {
        return report.findings().stream()
                .filter(finding -> finding.key().benchmark().name().equals(benchmark))
                .toList();
    }
}
