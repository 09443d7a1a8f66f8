package dev.plumbline.pipeline;

import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.history.ChangeMethod;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.pipeline.annotate.ListAcceptances;
import dev.plumbline.pipeline.annotate.ListTriages;
import dev.plumbline.pipeline.annotate.ShowTriage;
import dev.plumbline.pipeline.baseline.ListBaselines;
import dev.plumbline.pipeline.baseline.ListVersions;
import dev.plumbline.pipeline.baseline.ReadVersion;
import dev.plumbline.pipeline.baseline.ShowBaselines;
import dev.plumbline.pipeline.check.CompareResults;
import dev.plumbline.pipeline.check.ExplainFindings;
import dev.plumbline.pipeline.check.ReportRun;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.history.AnalyzeFiles;
import dev.plumbline.pipeline.history.ExplainNoSeries;
import dev.plumbline.pipeline.history.FindDisturbedRuns;
import dev.plumbline.pipeline.history.FindStops;
import dev.plumbline.pipeline.history.ListIncidents;
import dev.plumbline.pipeline.history.PruneHistory;
import dev.plumbline.pipeline.history.ReadBalance;
import dev.plumbline.pipeline.history.ReadHistory;
import dev.plumbline.pipeline.history.ReadPeriod;
import dev.plumbline.pipeline.history.renaming.ListRenamings;
import dev.plumbline.pipeline.record.PreviewResults;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.repository.RevisionRange;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.threshold.Calibrate;
import dev.plumbline.pipeline.threshold.ExportSettings;
import dev.plumbline.pipeline.threshold.ReadThresholds;
import dev.plumbline.pipeline.threshold.TuneThresholds;
import dev.plumbline.pipeline.workspace.DefaultEnvironment;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Every use case that only reads, by a name. */
final class Readings {
    private static final Replay.Settings SMALL = new Replay.Settings(5, 5, 3, 30, 1);
    private static final Thresholds THRESHOLDS = new Thresholds(Policy.DEFAULT, List.of());

    private Readings() {}

    interface Reading {
        void read() throws IOException;
    }

    /**
     * Those of a history.
     *
     * @param id of a finding that was triaged
     */
    static Map<String, Reading> ofHistory(Workspace place, String id) {
        Map<String, Reading> all = new LinkedHashMap<>();
        all.put("report", () -> report(place).report(Optional.empty(), true));
        all.put("explain", () -> explain(place).explain(new BenchmarkPattern("*"), Optional.empty(), Optional.empty()));
        all.put("history", () -> new ReadHistory(place, ReadHistory.Detail.WHOLE)
                .read(
                        BranchSelector.of(place, SeriesQuery.all()),
                        RevisionRange.EVERYTHING,
                        ReadHistory.Order.NAME,
                        FindStops.Stops.NONE));
        all.put("period", () -> new ReadPeriod(place, Policy.DEFAULT)
                .read(SeriesQuery.all(), List.of(OptionalInt.empty())));
        all.put("balance", () -> new ReadBalance(place, Policy.DEFAULT)
                .read(SeriesQuery.all(), Optional.empty(), Optional.empty(), 90));
        all.put("incidents", () -> new ListIncidents(place, Policy.DEFAULT)
                .list(SeriesQuery.all(), OptionalInt.of(3), true));
        all.put("triages", () -> new ListTriages(place, Policy.DEFAULT).list());
        all.put("triage", () -> new ShowTriage(place).show(id));
        all.put("renamings", () -> new ListRenamings(place).list());
        all.put("pruning for show", () -> new PruneHistory(place).prune(PruneHistory.Rules.ofRuns(0, 1), false));
        all.put("baselines", () -> new ListBaselines(place).list());
        all.put("versions", () -> new ListVersions(place).list("default"));
        all.put("version", () -> new ReadVersion(place).read("default", OptionalInt.empty()));
        all.put("baseline", () -> new ShowBaselines(place).show(Optional.empty(), "default", OptionalInt.empty()));
        all.put("thresholds", () -> thresholds(place));
        all.put("calibration", () -> new Calibrate(place, Policy.DEFAULT, GatePolicy.DEFAULT, SMALL, Progress.SILENT)
                .calibrate(new Calibrate.Source.History(Optional.empty(), Optional.empty())));
        all.put("tuning for show", () -> new TuneThresholds(
                        place,
                        Configuration.DEFAULT.policy(),
                        gate -> gate.policy(Policy.DEFAULT),
                        SMALL,
                        0.05,
                        Progress.SILENT)
                .tune(Optional.empty(), Optional.empty(), false));
        all.put("default environment", () -> DefaultEnvironment.of(place, Optional.empty()));
        all.put("why nothing", () -> new ExplainNoSeries(place).explain(SeriesQuery.all()));
        return all;
    }

    /** Those that need no history. */
    static Map<String, Reading> ofFiles(Workspace place, Path one, Path other) {
        Map<String, Reading> all = new LinkedHashMap<>();
        all.put("preview", () -> new PreviewResults(place, ReadingSettings.DEFAULT, Progress.SILENT)
                .preview(List.of(one)));
        all.put("compare", () -> new CompareResults(place, Optional.empty(), Policy.DEFAULT, GatePolicy.DEFAULT)
                .compare(one.toString(), other.toString(), true));
        all.put("analysis", () -> new AnalyzeFiles(
                        Optional.empty(),
                        place.configuration().mappings(),
                        new ChangeMethod.BySteps(new StepScan.Settings(0.02)),
                        Policy.DEFAULT,
                        Progress.SILENT,
                        SeriesQuery.all(),
                        RevisionRange.EVERYTHING)
                .analyze(List.of(one, other), Optional.empty(), ResultFiles.NOON));
        all.put("calibration of files", () -> new Calibrate(
                        place, Policy.DEFAULT, GatePolicy.DEFAULT, SMALL, Progress.SILENT)
                .calibrate(new Calibrate.Source.ResultFiles(List.of(one, other))));
        all.put("settings", () -> new ExportSettings(place).export(true, Optional.empty()));
        all.put("acceptances", () -> new ListAcceptances(place).list());
        all.put("disturbed runs", () -> new FindDisturbedRuns(place).find(List.of()));
        return all;
    }

    private static ReportRun report(Workspace place) {
        return new ReportRun(place, Policy.DEFAULT, GatePolicy.DEFAULT, Optional.empty(), new ReportRun.Wanted.Last());
    }

    private static ExplainFindings explain(Workspace place) {
        return new ExplainFindings(
                place, Policy.DEFAULT, Optional.empty(), Optional.empty(), GatePolicy.DEFAULT, Optional.empty());
    }

    private static void thresholds(Workspace place) throws IOException {
        new ReadThresholds(place, THRESHOLDS, SMALL)
                .read(
                        new ReadThresholds.Wanted(
                                new BenchmarkPattern("*"), Optional.empty(), Optional.empty(), Optional.empty()),
                        true,
                        Progress.SILENT);
    }
}
