package dev.plumbline.report;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.evidence.RunValues;
import java.util.Optional;

/**
 * The levels of a change and its size, in words. If runs of one commit are far apart, the value of each is shown,
 * {@code 12.0 ms → 12.1 s, 12.0 ms}: no run measured the value between them.
 *
 * @param before the old level; without a unit where the new one names it
 * @param alone the old level with its unit
 * @param after the new level, or that of each run
 * @param change the relative change to the new level, or to that of each run
 * @param interval of the change; empty where there is none
 */
public record MeasuredChange(String before, String alone, String after, String change, String interval) {
    /** Empty where no change was measured. */
    public static Optional<MeasuredChange> of(Finding finding) {
        return finding.verdict().effect().map(effect -> finding.runsApart()
                .map(runs -> of(effect.before(), runs))
                .orElseGet(() -> of(effect, finding)));
    }

    private static MeasuredChange of(Effect effect, Finding finding) {
        Quantity.Pair levels =
                Quantity.pair(effect.before(), effect.after(), finding.unit(), Words.uncertainty(finding));
        return new MeasuredChange(
                levels.before(),
                levels.alone(),
                levels.after(),
                Quantity.change(effect.relativeChange()),
                Words.interval(effect));
    }

    private static MeasuredChange of(double before, Warning.RunsApart runs) {
        String level = Quantity.of(before, runs.unit());
        return new MeasuredChange(
                level, level, RunValues.of(runs.values(), runs.unit()), RunValues.changes(before, runs.values()), "");
    }
}
