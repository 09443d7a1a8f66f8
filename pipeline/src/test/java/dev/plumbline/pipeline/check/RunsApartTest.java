package dev.plumbline.pipeline.check;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.Headline;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one commit in a noisy series: what noise explains passes, what it does not waits for a third run. */
class RunsApartTest {
    private static final int HISTORY = 20;

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void aNoisySeries() throws IOException {
        files = new ResultFiles(folder);
        Random random = new Random(17);
        List<ResultFiles.Run> runs = new ArrayList<>();
        for (int i = 0; i < HISTORY; i++) {
            runs.add(files.run(i).with("load", 100 * (1 + 0.08 * random.nextGaussian())));
        }
        files.record(files.together(runs));
    }

    private Report run(double value) throws IOException {
        return files.check(files.run(HISTORY).with("load", value).file());
    }

    @Test
    void runs_that_lie_farther_apart_than_noise_hold_and_a_third_one_decides() throws IOException {
        assertThat(run(82).gate().state()).isEqualTo(State.OPEN);

        Report both = run(120);

        assertThat(both.gate().state()).isEqualTo(State.UNDECIDED);
        assertThat(GateWords.reasons(both))
                .singleElement()
                .asString()
                .contains(
                        "two runs of commit c20 are 46.3 % apart (82.0 ms, 120 ms), more than the noise of earlier runs"
                                + " explains; a third run decides");
        assertThat(Headline.of(both)).contains("runs disagree on 1 benchmark");
        assertThat(finding(both, "load").runsApart().orElseThrow().values()).containsExactly(82.0, 120.0);

        Report three = run(101);

        assertThat(three.gate().state()).isEqualTo(State.OPEN);
        assertThat(finding(three, "load").isDisputed()).isFalse();
    }

    @Test
    void runs_as_far_apart_as_noise_puts_them_pass() throws IOException {
        run(93);

        Report both = run(110);

        assertThat(both.gate().state()).isEqualTo(State.OPEN);
        assertThat(finding(both, "load").runsApart()).isEmpty();
        assertThat(finding(both, "load").verdict()).isNotInstanceOf(Verdict.Regressed.class);
    }
}
