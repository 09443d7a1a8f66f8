package dev.plumbline.pipeline.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.plumbline.core.calibrate.Calibration;
import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.core.calibrate.Sensitivity;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.check.CheckResults;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.record.Overrides;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.threshold.Calibrate;
import dev.plumbline.pipeline.threshold.ReadThresholds;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.Validation;
import dev.plumbline.report.html.DetailedReport;
import dev.plumbline.report.html.HtmlReport;
import dev.plumbline.report.html.PageFrame;
import dev.plumbline.report.json.JsonReport;
import dev.plumbline.report.json.RunJson;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.CsvReport;
import dev.plumbline.report.text.MarkdownReport;
import dev.plumbline.report.text.TextReport;
import dev.plumbline.store.BenchmarkPattern;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Measures the accuracy of Plumbline on the demo's history: how often a healthy run fails the gate, how often a
 * regression of the minimum detectable size is missed, the severity of an injected change, and the time it takes.
 */
public final class ValidateDemo {
    /** The largest share of healthy runs that may fail the gate. */
    private static final double MOST_FALSE_POSITIVES = 0.05;

    /** The largest share of regressions of the stated size that may be missed. */
    private static final double MOST_FALSE_NEGATIVES = 0.01;

    private static final double SECONDS_TO_DETECT = 30;
    private static final double SECONDS_TO_REPORT = 60;
    private static final double NANOS = 1e9;

    /** The changes planted into a metric without noise, with the severity that each has to get. */
    private static final Map<Double, Severity> PLANTED =
            Map.of(0.01, Severity.NONE, 0.035, Severity.MINOR, 0.07, Severity.MAJOR, 0.15, Severity.CRITICAL);

    private final Workspace workspace;
    private final Replay.Settings settings;
    private final Progress progress;
    private final LongSupplier nanoTime;

    /** @param workspace where the demo {@linkplain Demo#run() was run} */
    public ValidateDemo(Workspace workspace, Replay.Settings settings, Progress progress, LongSupplier nanoTime) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.settings = requireNonNull(settings, "settings");
        this.progress = requireNonNull(progress, "progress");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    }

    /** Measures everything; the history stays as it is. */
    public List<Validation> run(Demo.Outcome demo) throws IOException {
        Configuration configured = Configuration.DEFAULT;
        Thresholds thresholds = configured.thresholds(configured.policy());
        List<Validation> results = new ArrayList<>();

        long begin = nanoTime.getAsLong();
        DetailedReport detailed = checker(thresholds, "0000000000000000000000000000000000000001")
                .check(List.of(workspace.directory().resolve(demo.arguments().get(0))), true);
        results.add(Validation.seconds(
                "detection after the benchmark has ended", (nanoTime.getAsLong() - begin) / NANOS, SECONDS_TO_DETECT));
        begin = nanoTime.getAsLong();
        writeAll(detailed);
        results.add(
                Validation.seconds("reports in every form", (nanoTime.getAsLong() - begin) / NANOS, SECONDS_TO_REPORT));

        Calibration calibration = new Calibrate(
                        workspace, thresholds, configured.gateInForce().policy(thresholds), settings, progress)
                .calibrate(new Calibrate.Source.History(Optional.empty(), Optional.empty()))
                .calibration();
        results.add(Validation.share(
                "false positives: healthy runs that fail the gate", calibration.closed(), MOST_FALSE_POSITIVES));
        results.add(Validation.share(
                "false negatives: missed at the minimum detectable change", missed(thresholds), MOST_FALSE_NEGATIVES));
        Finding quiet = detailed.report().findings().stream()
                .filter(finding -> finding.key().metric().equals("gc.alloc.rate.norm"))
                .filter(finding -> finding.verdict().kind() == Verdict.Kind.UNCHANGED)
                .min(Comparator.comparing(Finding::key))
                .orElseThrow();
        RunHeader header = detailed.report().candidates().get(0).header();
        for (Map.Entry<Double, Severity> planted : new TreeMap<>(PLANTED).entrySet()) {
            Severity found = severity(quiet, header, planted.getKey(), thresholds);
            results.add(Validation.severity(planted.getKey(), planted.getValue(), found));
        }
        return results;
    }

    /** The severity from a check of a metric without noise that got worse by that much. */
    private Severity severity(Finding quiet, RunHeader header, double change, Thresholds thresholds)
            throws IOException {
        double level = quiet.verdict().effect().orElseThrow().before() * (1 + change);
        Metric metric = new Metric(quiet.key().metric(), quiet.unit(), quiet.better());
        Run run = new Run(header, List.of(new Measurement(quiet.key().benchmark(), metric, Sample.Summary.of(level))));
        Path file = Files.createTempFile(workspace.directory(), "planted", ".json");
        try (OutputStream out = Files.newOutputStream(file)) {
            RunJson.write(List.of(run), out);
        }
        Severity severity = checker(thresholds, "0000000000000000000000000000000000000002")
                .check(List.of(file), false)
                .report()
                .findings()
                .stream()
                .filter(finding -> finding.key().benchmark().equals(quiet.key().benchmark()))
                .map(Finding::severity)
                .findFirst()
                .orElseThrow();
        Files.delete(file);
        return severity;
    }

    /** Checks what is not kept, as another commit than the demo's, which it would be one more run of. */
    private CheckResults checker(Thresholds thresholds, String commit) {
        Overrides stated = new Overrides(
                Optional.of(commit), Optional.of("validation"), Optional.empty(), Optional.of(Demo.ENVIRONMENT));
        return new CheckResults(
                workspace,
                ReadingSettings.of(stated, Optional.empty()),
                thresholds,
                Configuration.DEFAULT.gateInForce().policy(thresholds),
                CheckResults.Options.of(Optional.of("main"), Optional.empty()).dryRun(),
                Progress.SILENT);
    }

    private static void writeAll(DetailedReport detailed) throws IOException {
        OutputStream out = new ByteArrayOutputStream();
        JsonReport.write(detailed.report(), out);
        out.write(MarkdownReport.of(detailed.report()).getBytes(UTF_8));
        out.write(CsvReport.of(detailed.report()).getBytes(UTF_8));
        out.write(TextReport.of(detailed.report(), TextStyle.DEFAULT).getBytes(UTF_8));
        if (HtmlReport.isAvailable()) {
            HtmlReport.write(detailed, HtmlReport.View.REPORT, PageFrame.NONE, out);
        }
    }

    /** Regressions as large as the smallest change that a next run should detect, and does not. */
    private Proportion missed(Thresholds thresholds) throws IOException {
        List<ReadThresholds.Answer> answers = new ReadThresholds(workspace, thresholds, settings)
                .read(
                        new ReadThresholds.Wanted(
                                new BenchmarkPattern("*"), Optional.empty(), Optional.empty(), Optional.of("main")),
                        true,
                        progress)
                .answers();
        int tried = 0;
        int found = 0;
        for (ReadThresholds.Answer answer : answers) {
            Optional<Proportion> one =
                    answer.sensitivity().flatMap(Sensitivity::replay).flatMap(Sensitivity.Replayed::atDetectable);
            tried += one.map(Proportion::count).orElse(0);
            found += one.map(Proportion::hits).orElse(0);
        }
        return new Proportion(tried - found, tried);
    }
}
