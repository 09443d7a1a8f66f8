package dev.plumbline.pipeline.threshold;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.core.calibrate.Sensitivity;
import dev.plumbline.core.calibrate.SeriesReplay;
import dev.plumbline.core.judge.NextRun;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.SeriesSelector;
import dev.plumbline.pipeline.snapshot.StoredSuite;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.content.EnvironmentChoice;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the thresholds of the series of a history, the rules that set them, and the minimum detectable changes. */
public final class ReadThresholds {
    private final Workspace workspace;
    private final Thresholds thresholds;
    private final Replay.Settings settings;

    public ReadThresholds(Workspace workspace, Thresholds thresholds, Replay.Settings settings) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.thresholds = requireNonNull(thresholds, "thresholds");
        this.settings = requireNonNull(settings, "settings");
    }

    /**
     * The requested series.
     *
     * @param pattern of their benchmarks
     * @param metric of that name only
     * @param environment which one; when empty the default one, where that measures none the default one of those
     *     that do
     * @param branch which one; when empty, the main branch if it has runs, else that of the newest run
     */
    public record Wanted(
            BenchmarkPattern pattern, Optional<String> metric, Optional<String> environment, Optional<String> branch) {
        boolean matches(SeriesKey key) {
            return pattern.matches(key) && metric.map(key.metric()::equals).orElse(true);
        }

        private SeriesQuery query() {
            return new SeriesQuery(
                    Optional.of(pattern), metric, environment, branch, Optional.empty(), OptionalInt.empty());
        }
    }

    /**
     * One series.
     *
     * @param resolution which rule decided what
     * @param runs of its history that no check judged bad
     * @param sensitivity what can be found; empty when its history is too short
     */
    public record Answer(Thresholds.Resolution resolution, int runs, Optional<Sensitivity> sensitivity) {}

    /**
     * All of them.
     *
     * @param answers in the order of the series' keys
     * @param choice how the environment was chosen; empty if it was given
     */
    public record Outcome(List<Answer> answers, Optional<EnvironmentChoice> choice) {
        public Outcome {
            answers = List.copyOf(answers);
            requireNonNull(choice, "choice");
        }
    }

    /**
     * Reads them.
     *
     * @param replayed whether regressions are injected, which takes up to two seconds a series
     * @param progress receives the finished series
     * @throws NothingFound if there is no history, or it has no such benchmark, or metric, environment or branch of it
     */
    public Outcome read(Wanted wanted, boolean replayed, Progress progress) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            BenchmarkSelector.check(wanted.query(), store);
            SeriesSelector.check(wanted.query(), store.keys(SeriesQuery.all()));
        }
        StoredSuite stored = stored(wanted);
        List<Series> suite = stored.series();
        SeriesReplay replay = new SeriesReplay(settings);
        long all = suite.stream().filter(series -> wanted.matches(series.key())).count();
        Map<SeriesKey, Sensitivity> known = new HashMap<>();
        for (NextRun next : stored.next().with(thresholds)) {
            int before = known.size();
            (replayed
                            ? replay.replay(next, wanted::matches, done -> progress.at("replaying", before + done, all))
                            : replay.outlook(next, wanted::matches))
                    .forEach(reported -> known.put(reported.key(), reported));
        }
        List<Answer> answers = suite.stream()
                .filter(series -> wanted.matches(series.key()))
                .map(series -> new Answer(
                        thresholds.resolve(series.key(), series.unit()),
                        (int) series.points().stream()
                                .filter(point -> !point.judgedBad())
                                .count(),
                        Optional.ofNullable(known.get(series.key()))))
                .toList();
        return new Outcome(answers, stored.choice());
    }

    /** The suite of the default environment; where that measures nothing of what is wanted, of one that does. */
    private StoredSuite stored(Wanted wanted) throws IOException {
        StoredSuite usual = StoredSuite.of(workspace, wanted.environment, wanted.branch);
        return wanted.environment.isPresent()
                        || workspace.configuration().environment().value().isPresent()
                        || usual.series().stream().anyMatch(series -> wanted.matches(series.key()))
                ? usual
                : StoredSuite.measuring(wanted.pattern, workspace, wanted.branch);
    }
}
