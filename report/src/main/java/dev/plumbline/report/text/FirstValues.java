package dev.plumbline.report.text;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.evidence.RunValues;
import dev.plumbline.report.shape.SeriesHeadline;
import dev.plumbline.report.terminal.TextStyle;
import java.util.List;
import java.util.Optional;

/** The few values of a young benchmark on one line: a reader can see what no judgement can conclude yet. */
final class FirstValues {
    /** The number of earlier values that are shown. */
    static final int SHOWN = 8;

    private FirstValues() {}

    /** The values so far and the judged one, the oldest first: {@code 100, 101 → 125 ms +24 %}. */
    static String of(Finding finding, TextStyle style) {
        double newest = finding.candidate().orElseThrow();
        List<Double> before = finding.history();
        List<String> shown = before.stream()
                .skip(Math.max(0, before.size() - SHOWN))
                .map(value ->
                        Quantity.pair(value, newest, finding.unit(), Double.NaN).before())
                .toList();
        return (before.size() > SHOWN ? style.ellipsis() + " " : "")
                + String.join(", ", shown)
                + (shown.isEmpty() ? "" : " → ")
                + finding.runsApart()
                        .map(runs -> RunValues.of(runs.values(), runs.unit()))
                        .orElseGet(() -> Quantity.of(newest, finding.unit()))
                + roughly(finding, before, newest)
                + (looksWorse(finding) ? "  looks worse: run it again" : "");
    }

    /** The change of the judged value from the few before it; without decimals, for which there are too few values. */
    private static String roughly(Finding finding, List<Double> before, double newest) {
        if (before.isEmpty()) {
            return "";
        }
        double change = finding.verdict()
                .effect()
                .map(Effect::relativeChange)
                .orElseGet(() -> Effect.relativeChange(level(before), newest));
        Optional<Warning.RunsApart> apart = finding.runsApart();
        if (apart.isPresent()) {
            return "  " + RunValues.changes(level(before), apart.get().values());
        }
        if (Double.isNaN(change)) {
            return "";
        }
        return "  "
                + (Math.abs(change) >= 0.095 && Math.abs(change) < 10
                        ? Percent.signed(change, 0)
                        : Quantity.change(change));
    }

    private static double level(List<Double> before) {
        return Location.median(before.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Whether the newest value of a young benchmark is worse than all before it, by as much as would be critical: no
     * judgement is possible yet, and a person should look.
     */
    static boolean looksWorse(Finding finding) {
        return SeriesHeadline.looksWorse(finding.history(), finding.candidate().orElseThrow(), finding.better());
    }
}
