package dev.plumbline.pipeline.annotate;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.pipeline.check.StoredFindings;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.Optional;

/** The size of a change that is triaged or accepted: the number that the check reported. */
final class ChangeSize {
    private ChangeSize() {}

    /** The size of a change by a check of its newest run; without one, by its points. */
    static double of(Workspace workspace, RunStore store, OpenChange one) throws IOException {
        if (one.slope().isPresent()) {
            return one.slope().getAsDouble();
        }
        return reported(workspace, store, one).orElse(change(workspace, store, one));
    }

    /** The size by a check of its newest run, so that it is one number everywhere; empty without one. */
    private static Optional<Double> reported(Workspace workspace, RunStore store, OpenChange one) throws IOException {
        SeriesKey key = one.series().key();
        if (!one.isStanding()) {
            return Optional.empty();
        }
        String newest = one.series().points().get(one.end() - 1).run().id();
        Configuration configuration = workspace.configuration();
        return new StoredFindings(
                        workspace,
                        configuration.thresholds(configuration.policy()),
                        Optional.empty(),
                        configuration.baseline().use().value(),
                        Optional.empty(),
                        Optional.empty())
                .explain(new BenchmarkPattern(key.benchmark().label()), Optional.of(newest), store).findings().stream()
                        .filter(finding -> finding.key().benchmark().equals(key.benchmark())
                                && finding.key().metric().equals(key.metric())
                                && finding.key().environment().equals(key.environment())
                                && finding.verdict() instanceof Verdict.Regressed
                                && (finding.since().equals(one.since())
                                        || !finding.since().isEmpty() && one.hasRunOf(finding.since())))
                        .findFirst()
                        .flatMap(finding -> finding.verdict().effect())
                        .map(Effect::relativeChange)
                        .filter(Double::isFinite);
    }

    /** Against the level before it; on a branch that has none, against that of the base branch. */
    private static double change(Workspace workspace, RunStore store, OpenChange one) {
        String baseBranch = workspace.baseBranch(store);
        double after = one.newestLevel(workspace
                .margins()
                .applyAsDouble(one.series().key(), one.series().unit()));
        double before = one.levelBefore();
        if (Double.isNaN(before)) {
            SeriesKey key = one.series().key();
            double[] healthy = store.series(new SeriesKey(key.benchmark(), key.metric(), key.environment(), baseBranch))
                    .map(series -> series.points().stream()
                            .filter(point -> !point.judgedBad())
                            .mapToDouble(Point::value)
                            .toArray())
                    .orElse(new double[0]);
            if (healthy.length > 0) {
                before = Location.median(healthy);
            }
        }
        double change = Double.isNaN(before) ? 0 : Effect.relativeChange(before, after);
        // a change of unknown size, or one that is over, is accepted as it is and covers no other
        return change == 0 || !one.series().better().isWorse(change)
                ? Math.copySign(Double.MIN_VALUE, one.series().better().isWorse(1) ? 1 : -1)
                : change;
    }
}
