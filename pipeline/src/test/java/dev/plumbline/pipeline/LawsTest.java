package dev.plumbline.pipeline;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.Series;
import dev.plumbline.pipeline.check.ExplainFindings;
import dev.plumbline.pipeline.check.ReportRun;
import dev.plumbline.report.Report;
import dev.plumbline.report.json.JsonReport;
import dev.plumbline.store.BenchmarkPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every history: the same facts give the same verdicts. */
class LawsTest {
    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void aHistoryWithARegression() throws IOException {
        files = new ResultFiles(folder);
        files.history(30);
        files.check(slow(30));
    }

    private Path slow(int index) {
        return files.run(index)
                .with("fast", 125 + 0.3 * (index % 4))
                .with("slow", 500 + index % 3)
                .file();
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
