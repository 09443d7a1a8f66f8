package dev.plumbline.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.model.Point;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.report.Headline;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failed requests of JMeter: of two labels, 400 requests each, of which one in a hundred fails. */
class FailureShareTest {
    private static final int REQUESTS = 400;
    private static final int HISTORY = 7;

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void sevenHealthyRuns() throws IOException {
        files = new ResultFiles(folder);
        for (int run = 0; run < HISTORY; run++) {
            files.record(jtl(run, 0.01));
        }
    }

    private Path jtl(int run, double share) {
        Random random = new Random(4_100 + run);
        long begin = ResultFiles.NOON.toEpochMilli() - 3_600_000L * (100 - run);
        StringBuilder text =
                new StringBuilder("timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success\n");
        for (int i = 0; i < REQUESTS; i++) {
            for (String label : new String[] {"browse", "checkout"}) {
                boolean isFailed = random.nextDouble() < (label.equals("checkout") ? share : 0.01);
                text.append(begin + 50L * i)
                        .append(',')
                        .append(Math.round(60 * Math.exp(0.2 * random.nextGaussian())))
                        .append(',')
                        .append(label)
                        .append(isFailed ? ",500,no,t,text,false\n" : ",200,yes,t,text,true\n");
            }
        }
        return files.write("run" + run + ".jtl", text.toString());
    }

    private static Finding failures(Report report, String label) {
        return report.findings().stream()
                .filter(finding -> finding.key().benchmark().name().equals(label)
                        && finding.key().metric().equals("failures"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_history_knows_of_how_many_requests_a_share_is() {
        assertThat(files.series())
                .filteredOn(series -> series.key().metric().equals("failures"))
                .hasSize(2)
                .allSatisfy(series -> assertThat(series.points())
                        .extracting(Point::groupCount)
                        .containsOnly(REQUESTS));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.07})
    void a_share_of_many_times_as_much_fails_the_gate(double share) throws IOException {
        Report report = files.check(jtl(HISTORY, share));

        assertThat(failures(report, "checkout").verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(failures(report, "checkout").evidence(HistoryEvidence.Share.class))
                .singleElement()
                .satisfies(why -> assertThat(why.trials()).isEqualTo(REQUESTS));
        assertThat(failures(report, "browse").verdict()).isNotInstanceOf(Verdict.Regressed.class);
        assertThat(report.gate().state()).isEqualTo(State.CLOSED);
        assertThat(Headline.of(report)).contains("1 regression");
    }

    @Test
    void healthy_shares_pass_though_one_run_has_none_and_another_twice_as_many() throws IOException {
        for (int run = HISTORY; run < HISTORY + 6; run++) {
            Report report = files.check(jtl(run, run == HISTORY + 2 ? 0 : 0.01));

            assertThat(failures(report, "checkout").verdict())
                    .as("run %d", run)
                    .isNotInstanceOf(Verdict.Regressed.class)
                    .isNotInstanceOf(Verdict.Improved.class);
            assertThat(report.gate().state()).as("run %d", run).isEqualTo(State.OPEN);
        }
    }
}
