package dev.plumbline.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How many more runs would show a change: as many as the judge then needs, also where a series has spikes. */
class RunsNeededTest {
    private static final int ASKED = 100;
    private static final int HISTORY = 30;
    private static final double NOISE = 0.01;

    /** One run in this many is a spike. */
    private static final int SPIKES = 6;

    private final Judge judge = new Judge(Policy.DEFAULT);

    private static Point point(String id, double value) {
        RunHeader header = new RunHeader(
                Revision.of(id, "main"), Environment.unknown(), Optional.empty(), Instant.EPOCH, new TreeMap<>());
        return Point.of(new RunInfo(id, header), Sample.Values.of(Sample.Center.MEAN, value));
    }

    private static Series spiky(Random random) {
        List<Point> points = new ArrayList<>();
        for (int run = 0; run < HISTORY; run++) {
            double value = 100 * (1 + NOISE * random.nextGaussian());
            points.add(point(
                    "h" + run, random.nextInt(SPIKES) == 0 ? value * (1 + 0.3 * (0.5 + random.nextDouble())) : value));
        }
        SeriesKey key = new SeriesKey(Benchmark.of("b"), "time", "lab", "main");
        return new Series(key, Unit.of("ms"), Better.LOWER, points, List.of());
    }

    private Finding judged(Series history, double value, int runs) {
        List<Point> candidate = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            candidate.add(point("c" + run, value));
        }
        return judge.judge(List.of(new Trial(history, candidate, List.of()))).get(0);
    }

    /** Of a change for the worse that is not certain. */
    private static OptionalInt promised(Finding finding) {
        return finding.verdict() instanceof Verdict.Inconclusive open
                        && !(open.reason() instanceof HistoryEvidence.Hidden)
                        && open.effect().orElseThrow().relativeChange() > 0
                ? open.runsNeeded()
                : OptionalInt.empty();
    }

    @Test
    void so_many_more_runs_with_the_same_value_are_called_in_almost_every_spiky_series() {
        int asked = 0;
        int held = 0;
        for (int seed = 0; asked < ASKED; seed++) {
            Random random = new Random(seed);
            Series history = spiky(random);
            double value = 100 * (1.02 + 0.2 * random.nextDouble());
            OptionalInt more = promised(judged(history, value, 1));
            if (more.isEmpty()) {
                continue;
            }
            asked++;
            boolean isCalled = false;
            for (int runs = 1; runs <= more.getAsInt() && !isCalled; runs++) {
                isCalled = judged(history, value, 1 + runs).verdict() instanceof Verdict.Regressed;
            }
            held += isCalled ? 1 : 0;
        }

        assertThat(held).isGreaterThanOrEqualTo(ASKED * 95 / 100);
    }
}
