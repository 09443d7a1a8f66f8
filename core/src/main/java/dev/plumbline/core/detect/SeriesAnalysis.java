package dev.plumbline.core.detect;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a whole series shows when it is looked at from its beginning to its end.
 *
 * @param key which series
 * @param unit of the values
 * @param better which way is better
 * @param values every value at its place, oldest first; NaN where there is none
 * @param revisions what was measured at each place; empty text where nothing tells it
 * @param steps what a scan of exactly these values found
 */
public record SeriesAnalysis(
        SeriesKey key, Unit unit, Better better, List<Double> values, List<String> revisions, Steps steps) {
    public SeriesAnalysis {
        requireNonNull(key, "key");
        requireNonNull(unit, "unit");
        requireNonNull(better, "better");
        requireNonNull(steps, "steps");
        values = List.copyOf(values);
        revisions = List.copyOf(revisions);
        if (values.size() != steps.size() || revisions.size() != values.size()) {
            throw new IllegalArgumentException(values.size() + " values with " + revisions.size() + " revisions and the"
                    + " steps of " + steps.size());
        }
    }

    /** The confirmed steps in order, and after them the suspect one, if there is one. */
    public List<Step> changes() {
        List<Step> changes = new ArrayList<>(steps.steps());
        steps.suspect().ifPresent(changes::add);
        return List.copyOf(changes);
    }

    /** Whether a step made things worse. */
    public boolean isWorse(Step step) {
        return better.isWorse(step.relativeChange());
    }

    /**
     * Where the series stands: its newest confirmed step made it worse or better, or there never was one. Inconclusive
     * when a newer step is suspected, or when there are too few values to find any.
     */
    public Verdict.Kind verdict() {
        if (steps.suspect().isPresent()) {
            return Verdict.Kind.INCONCLUSIVE;
        }
        Optional<Step> newest = steps.steps().isEmpty()
                ? Optional.empty()
                : Optional.of(steps.steps().get(steps.steps().size() - 1));
        if (newest.isPresent()) {
            return isWorse(newest.get()) ? Verdict.Kind.REGRESSED : Verdict.Kind.IMPROVED;
        }
        return steps.warnings().contains(Steps.Warning.FEW_VALUES) ? Verdict.Kind.INCONCLUSIVE : Verdict.Kind.UNCHANGED;
    }

    /** What a reader should know about the answer, in words; empty when there is nothing. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (Steps.Warning warning : steps.warnings()) {
            warnings.add(
                    switch (warning) {
                        case FEW_VALUES -> "fewer than ten values: no change can be told from noise with so few";
                        case MISSING_VALUES -> missing() + " of " + values.size() + " places have no value";
                        case NOT_POSITIVE ->
                            "there are zero or negative values: differences are judged instead of ratios";
                        case FROM_ZERO -> "a change from a level of zero has no size in per cent";
                    });
        }
        return List.copyOf(warnings);
    }

    private long missing() {
        return values.stream().filter(value -> !Double.isFinite(value)).count();
    }
}
