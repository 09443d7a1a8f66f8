package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealHistoriesTest {
    @Test
    void real_runs_dealt_at_random_are_rejected_as_often_as_it_says() throws IOException {
        assumeTrue(RealHistories.folder().isPresent(), "no measured histories at hand; set PLUMBLINE_DATA");
        List<List<double[]>> sources =
                RealHistories.bySource(RealHistories.folder().orElseThrow());
        ComparisonEvaluation.Tally[] tallies = RealHistories.dealt(sources, 5, 1);
        assertThat(tallies[0].rejectedAt1()).isBetween(0.004, 0.012);
        assertThat(tallies[1].rejectedAt1()).isBetween(0.004, 0.013);
        assertThat(tallies[0].coverage()).isBetween(0.94, 0.97);
    }
}
