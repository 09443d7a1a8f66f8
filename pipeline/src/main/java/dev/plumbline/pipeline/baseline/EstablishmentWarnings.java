package dev.plumbline.pipeline.baseline;

import dev.plumbline.core.baseline.BaselineQuality;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.QualityCheck;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.QualityWords;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.function.ToDoubleBiFunction;

/** Warnings about a new version of baselines. */
final class EstablishmentWarnings {
    private static final int MOST_NAMED = 3;

    /** A baseline on less than this part of the runs before it is worth a warning. */
    private static final int MUCH_FEWER = 3;

    private final Workspace workspace;
    private final String name;
    private final BaselineSettings settings;

    EstablishmentWarnings(Workspace workspace, String name, BaselineSettings settings) {
        this.workspace = workspace;
        this.name = name;
        this.settings = settings;
    }

    /**
     * The reasons why baselines cannot be relied on.
     *
     * @param lines a fact each; none where all can be relied on
     * @param ofAll whether none can be
     */
    record Doubts(List<String> lines, boolean ofAll) {}

    /** Finds the baselines that cannot be relied on. */
    Doubts untrusted(BaselineVersion version) {
        ToDoubleBiFunction<SeriesKey, Unit> margins = workspace.margins();
        BaselineQuality.Since now =
                new BaselineQuality.Since(workspace.clock().instant(), OptionalInt.empty(), Optional.empty());
        Map<QualityCheck.Kind, Integer> counts = new EnumMap<>(QualityCheck.Kind.class);
        List<String> names = new ArrayList<>();
        List<String> example = List.of();
        List<BaselineQuality> invalid = version.baselines().parallelStream()
                .map(baseline -> BaselineQuality.of(
                        baseline, now, settings.withMargin(margins.applyAsDouble(baseline.key(), baseline.unit()))))
                .filter(quality -> !quality.isValid())
                .toList();
        for (BaselineQuality quality : invalid) {
            EstablishedBaseline baseline = quality.baseline();
            quality.failures().forEach(check -> counts.merge(check.kind(), 1, Integer::sum));
            QualityCheck first = quality.failures().get(0);
            names.add(baseline.key().benchmark().label() + " " + baseline.key().metric());
            example = example.isEmpty()
                    ? List.of(
                            EstablishBaselines.DETAIL + "the first one: " + QualityWords.found(first),
                            EstablishBaselines.DETAIL + "to fix it: " + QualityWords.remedy(first))
                    : example;
        }
        if (names.isEmpty()) {
            return new Doubts(List.of(), false);
        }
        StringJoiner kinds = new StringJoiner(", ");
        counts.forEach((kind, count) -> kinds.add(kind.name().toLowerCase(Locale.ROOT) + " " + count));
        int all = version.baselines().size();
        int failed = names.size();
        int others = failed - MOST_NAMED;
        List<String> lines = new ArrayList<>();
        lines.add((all == 1 ? "the baseline" : (failed == all ? "none" : failed) + " of the " + all + " baselines")
                + (all == 1 || failed < all ? " cannot" : " can") + " be trusted yet");
        lines.add(EstablishBaselines.DETAIL + "failed: " + kinds);
        if (failed > 1 && failed < all) {
            names.stream().limit(MOST_NAMED).forEach(one -> lines.add(EstablishBaselines.DETAIL + "- " + one));
            if (others > 0) {
                lines.add(EstablishBaselines.DETAIL + "- and " + others + " more");
            }
        }
        lines.addAll(example);
        lines.add(EstablishBaselines.DETAIL + "plumb baseline validate"
                + (name.equals("default") ? "" : " --name " + name) + " shows all details");
        return new Doubts(lines, failed == all);
    }

    /** The warning that a baseline has far fewer runs than the one that it replaces; empty where it has not. */
    Optional<String> thinner(EstablishedBaseline old, EstablishedBaseline made) {
        int before = old.runs().size();
        int after = made.runs().size();
        return after * MUCH_FEWER < before
                ? Optional.of(made.key().benchmark().label() + " is based on " + after + (after == 1 ? " run" : " runs")
                        + " instead of " + before)
                : Optional.empty();
    }

    List<String> ofThinner(List<String> thinner) {
        return thinner.isEmpty()
                ? List.of()
                : List.of(thinner.get(0) + (thinner.size() > 1 ? ", and so do " + (thinner.size() - 1) + " more" : "")
                        + ": too few to estimate the noise; plumb baseline rollback --name " + name
                        + " restores the earlier version");
    }
}
