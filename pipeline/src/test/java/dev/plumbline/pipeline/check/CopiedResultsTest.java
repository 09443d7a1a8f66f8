package dev.plumbline.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check does with results that are copied of an earlier run. */
class CopiedResultsTest {
    private static final int HISTORY = 12;

    @TempDir
    private Path folder;

    private ResultFiles history;
    private Path copied;

    @BeforeEach
    void aHistoryAndACopyOfItsThirdRun() throws IOException {
        history = new ResultFiles(Files.createDirectory(folder.resolve("history")));
        for (int i = 0; i < HISTORY; i++) {
            history.record(results(i, i));
        }
        copied = results(2, HISTORY);
    }

    private Path results(int values, int commit) {
        Random random = new Random(values);
        StringBuilder text =
                new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time,environment\n");
        for (String name : List.of("one", "two", "three")) {
            text.append(name)
                    .append(",time,ms,lower,")
                    .append(100 + random.nextGaussian())
                    .append(",c")
                    .append(commit)
                    .append(",main,")
                    .append(ResultFiles.NOON.minusSeconds(3600L * (1000 - commit)))
                    .append(",lab\n");
        }
        return history.write("results" + values + "-" + commit + ".csv", text.toString());
    }

    /** Noon, until it is asked once too often; by the thread that reads, too. */
    private static final class FailingClock extends Clock {
        private final int most;
        private final AtomicInteger asked = new AtomicInteger();

        private FailingClock(int most) {
            this.most = most;
        }

        @Override
        public Instant instant() {
            if (asked.incrementAndGet() > most) {
                throw new IllegalStateException("no more time");
            }
            return ResultFiles.NOON;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private State check(Path place, Clock clock) throws IOException {
        ResultFiles files = ResultFiles.withHistoryOf(history, Files.createDirectory(place));
        Workspace workspace = Workspace.of(place, Map.of(), clock, Optional.of(files.historyFile()));
        return new CheckResults(
                        workspace,
                        ReadingSettings.DEFAULT,
                        Policy.DEFAULT,
                        GatePolicy.DEFAULT,
                        CheckResults.Options.of(Optional.empty(), Optional.empty()),
                        Progress.SILENT)
                .check(List.of(copied), true)
                .report()
                .gate()
                .state();
    }

    private int runs(Path place) {
        return new ResultFiles(place).series().get(0).points().size();
    }

    @Test
    void they_are_not_kept_whether_the_check_is_done_or_fails_behind_them() throws IOException {
        FailingClock patient = new FailingClock(Integer.MAX_VALUE);

        assertThat(check(folder.resolve("done"), patient)).isEqualTo(State.UNDECIDED);
        assertThat(runs(folder.resolve("done"))).isEqualTo(HISTORY);

        // the last question is one of the page's details, which come when all is judged
        Clock impatient = new FailingClock(patient.asked.get() - 1);
        assertThatThrownBy(() -> check(folder.resolve("failed"), impatient)).isInstanceOf(IllegalStateException.class);
        assertThat(runs(folder.resolve("failed"))).isEqualTo(HISTORY);
    }
}
