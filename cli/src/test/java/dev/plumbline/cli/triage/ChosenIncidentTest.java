package dev.plumbline.cli.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark that got worse twice, named for a triage by a part of its name. */
class ChosenIncidentTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @BeforeEach
    void twoIncidentsOfOneBenchmark() throws IOException {
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time\n");
        Random random = new Random(11);
        for (int run = 0; run < 60; run++) {
            double level = run < 20 ? 100 : run < 40 ? 130 : 156;
            table.append(String.format(
                    Locale.ROOT,
                    "Sort.quick,time,ms,lower,%.4f,%010x,main,%s%n",
                    level * (1 + 0.005 * random.nextGaussian()),
                    0xabc0000000L + run,
                    FIRST.plusSeconds(43_200L * run)));
        }
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        Path file = Files.writeString(folder.resolve("runs.csv"), table);
        assertThat(plumb("record", file.toString()).exitCode()).isZero();
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    @Test
    void a_name_with_several_open_incidents_lists_them_with_what_tells_them_apart() {
        CapturedRun unclear = plumb("triage", "acknowledge", "Sort");

        assertThat(unclear.exitCode()).isEqualTo(2);
        assertThat(unclear.err())
                .containsPattern("Sort is in 2 open incidents; give the id of one: i[0-9a-f]{8} \\(since 2026-01-21,"
                        + " Sort.quick time \\+(19|20)\\.\\d %\\); i[0-9a-f]{8} \\(since 2026-01-11, Sort.quick time"
                        + " \\+(29|30)\\.\\d %\\)");
    }

    @Test
    void an_accepted_incident_is_no_choice_beside_an_open_one() {
        String newest = plumb("incidents").out().replaceAll("(?s).*?\\b(i[0-9a-f]{8})\\b.*", "$1");
        CapturedRun accepted = plumb("accept", newest, "--reason", "agreed");
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();

        CapturedRun known = plumb("triage", "acknowledge", "Sort", "--by", "Ann");

        assertThat(known.exitCode()).as(known.err()).isZero();
        assertThat(known.out()).contains("acknowledged", "Ann").doesNotContain(newest);
    }
}
