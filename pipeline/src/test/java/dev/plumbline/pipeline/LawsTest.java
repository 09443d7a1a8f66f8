package dev.plumbline.pipeline;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.Series;
import dev.plumbline.pipeline.annotate.ListAcceptances;
import dev.plumbline.pipeline.annotate.ListTriages;
import dev.plumbline.pipeline.annotate.RecordTriage;
import dev.plumbline.pipeline.annotate.ShowTriage;
import dev.plumbline.pipeline.check.ExplainFindings;
import dev.plumbline.pipeline.check.ReportRun;
import dev.plumbline.pipeline.history.ExplainNoSeries;
import dev.plumbline.pipeline.history.FindDisturbedRuns;
import dev.plumbline.pipeline.history.ListIncidents;
import dev.plumbline.pipeline.history.PruneHistory;
import dev.plumbline.pipeline.history.ReadBalance;
import dev.plumbline.pipeline.history.ReadHistory;
import dev.plumbline.pipeline.history.ReadPeriod;
import dev.plumbline.pipeline.history.renaming.ListRenamings;
import dev.plumbline.pipeline.record.PreviewResults;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.repository.RevisionRange;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.threshold.ExportSettings;
import dev.plumbline.report.Report;
import dev.plumbline.report.json.JsonReport;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every history: reading writes nothing, and the same facts give the same verdicts. */
class LawsTest {
    @TempDir
    private Path folder;

    private ResultFiles files;
    private Report worse;

    @BeforeEach
    void aHistoryWithARegression() throws IOException {
        files = new ResultFiles(folder);
        files.history(30);
        worse = files.check(slow(30));
    }

    private Path slow(int index) {
        return files.run(index)
                .with("fast", 125 + 0.3 * (index % 4))
                .with("slow", 500 + index % 3)
                .file();
    }

    private Map<Path, List<Byte>> bytes() throws IOException {
        Map<Path, List<Byte>> all = new HashMap<>();
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path file : below.filter(Files::isRegularFile).toList()) {
                List<Byte> bytes = new ArrayList<>();
                for (byte one : Files.readAllBytes(file)) {
                    bytes.add(one);
                }
                all.put(folder.relativize(file), bytes);
            }
        }
        return all;
    }

    private interface Reading {
        void read() throws IOException;
    }

    @Test
    void reading_writes_nothing() throws IOException {
        new RecordTriage(files.workspace(), Policy.DEFAULT)
                .record(
                        finding(worse, "fast").id(),
                        Triage.Decision.ACKNOWLEDGED,
                        Optional.empty(),
                        Optional.empty(),
                        new Author("ann", "known"));
        Path next = slow(31);
        Map<String, Reading> readings = Map.ofEntries(
                Map.entry("report", () -> report()),
                Map.entry("explain", () -> explain()),
                Map.entry("history", () -> new FindDisturbedRuns(files.workspace()).find(history())),
                Map.entry("why", () -> new ExplainNoSeries(files.workspace()).explain(SeriesQuery.all())),
                Map.entry("period", () -> new ReadPeriod(files.workspace(), Policy.DEFAULT)
                        .read(SeriesQuery.all(), OptionalInt.empty(), ReadPeriod.Content.COURSES_AND_INCIDENTS)),
                Map.entry("balance", () -> new ReadBalance(files.workspace(), Policy.DEFAULT)
                        .read(SeriesQuery.all(), Optional.empty(), Optional.empty(), 90)),
                Map.entry("incidents", () -> new ListIncidents(files.workspace(), Policy.DEFAULT)
                        .list(SeriesQuery.all(), OptionalInt.empty(), true)),
                Map.entry("triages", () -> new ListTriages(files.workspace(), Policy.DEFAULT).list()),
                Map.entry("triage", () -> new ShowTriage(files.workspace())
                        .show(finding(worse, "fast").id())),
                Map.entry("acceptances", () -> new ListAcceptances(files.workspace()).list()),
                Map.entry("renamings", () -> new ListRenamings(files.workspace()).list()),
                Map.entry("settings", () -> new ExportSettings(files.workspace()).export(false, Optional.empty())),
                Map.entry(
                        "preview", () -> new PreviewResults(files.workspace(), ReadingSettings.DEFAULT, Progress.SILENT)
                                .preview(List.of(next))),
                Map.entry("compare", () -> files.compare("c1", "c30")),
                Map.entry("dry run", () -> files.dryRun(next)),
                Map.entry("pruning for show", () -> new PruneHistory(files.workspace()).prune(0, 1, false)));

        for (Map.Entry<String, Reading> one : readings.entrySet()) {
            Map<Path, List<Byte>> before = bytes();
            one.getValue().read();
            assertThat(bytes().equals(before))
                    .as("%s leaves every byte", one.getKey())
                    .isTrue();
        }
    }

    private Report report() throws IOException {
        return new ReportRun(
                        files.workspace(),
                        Policy.DEFAULT,
                        GatePolicy.DEFAULT,
                        Optional.empty(),
                        new ReportRun.Wanted.Last())
                .report(Optional.empty(), true)
                .report();
    }

    private List<Finding> explain() throws IOException {
        return new ExplainFindings(
                        files.workspace(),
                        Policy.DEFAULT,
                        Optional.empty(),
                        Optional.empty(),
                        GatePolicy.DEFAULT,
                        Optional.empty())
                .explain(new BenchmarkPattern("*"), Optional.empty(), Optional.empty())
                .findings();
    }

    private List<dev.plumbline.report.content.AnalyzedSeries> history() throws IOException {
        return new ReadHistory(files.workspace())
                .read(BranchSelector.all(SeriesQuery.all()), RevisionRange.EVERYTHING, ReadHistory.Order.WORST);
    }

    @Test
    void checking_the_same_file_again_says_the_same_and_adds_nothing() throws IOException {
        Path file = slow(31);
        Report first = files.check(file);
        List<Series> before = files.series();

        Report again = files.check(file);

        assertThat(again.findings()).isEqualTo(first.findings());
        assertThat(again.gate()).isEqualTo(first.gate());
        assertThat(files.series()).isEqualTo(before);
    }

    @Test
    void the_dry_run_says_what_the_check_says() throws IOException {
        Path file = slow(31);

        Report dry = files.dryRun(file);
        Report real = files.check(file);

        assertThat(dry.findings()).isEqualTo(real.findings());
        assertThat(dry.gate().state()).isEqualTo(real.gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_report_and_an_explanation_say_what_the_check_said() throws IOException {
        Report last = files.check(slow(31));

        assertThat(report().findings()).isEqualTo(last.findings());
        assertThat(report().gate().state()).isEqualTo(last.gate().state());
        assertThat(explain()).containsExactlyInAnyOrderElementsOf(last.findings());
    }

    @Test
    void the_order_of_recording_and_the_number_of_files_change_no_verdict() throws IOException {
        ResultFiles whole = new ResultFiles(Files.createDirectory(folder.resolve("whole")));
        whole.history(40);
        ResultFiles shuffled = new ResultFiles(Files.createDirectory(folder.resolve("shuffled")));
        List<Path> runs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            runs.add(shuffled.healthy(i).file());
        }
        Collections.shuffle(runs, new Random(3));
        for (Path run : runs) {
            shuffled.record(run);
        }
        assertThat(values(shuffled)).isEqualTo(values(whole));

        Report one =
                whole.check(whole.run(40).with("fast", 120).with("slow", 500).file());
        Report other = shuffled.check(
                shuffled.run(40).with("fast", 120).with("slow", 500).file());

        assertThat(other.findings()).isEqualTo(one.findings());
        assertThat(other.gate().state()).isEqualTo(one.gate().state()).isEqualTo(State.CLOSED);
    }

    private static List<List<Double>> values(ResultFiles some) {
        return some.series().stream()
                .map(series ->
                        series.points().stream().map(point -> point.value()).toList())
                .toList();
    }

    @Test
    void another_unit_changes_no_verdict() throws IOException {
        ResultFiles micros = new ResultFiles(Files.createDirectory(folder.resolve("micros")));
        Random random = new Random(7);
        ResultFiles millis = new ResultFiles(Files.createDirectory(folder.resolve("millis")));
        for (int i = 0; i < 20; i++) {
            double value = 100 * (1 + 0.005 * random.nextGaussian());
            millis.record(millis.run(i).with("one", "ms", value).file());
            micros.record(micros.run(i).with("one", "us", 1000 * value).file());
        }

        for (double last : new double[] {100, 101.2, 104, 120, 80}) {
            Finding one =
                    finding(millis.dryRun(millis.run(20).with("one", "ms", last).file()), "one");
            Finding other = finding(
                    micros.dryRun(micros.run(20).with("one", "us", 1000 * last).file()), "one");
            assertThat(other.verdict().kind())
                    .as("%s ms", last)
                    .isEqualTo(one.verdict().kind());
            assertThat(other.severity()).as("%s ms", last).isEqualTo(one.severity());
        }
    }

    @Test
    void the_report_is_the_same_to_the_byte_each_time() throws IOException {
        assertThat(JsonReport.of(report())).isEqualTo(JsonReport.of(report()));
    }
}
