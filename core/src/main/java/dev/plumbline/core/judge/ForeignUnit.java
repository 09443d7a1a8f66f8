package dev.plumbline.core.judge;

import dev.plumbline.core.finding.Check;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is said where a unit cannot be converted to that of what is to be judged against. */
public final class ForeignUnit {
    private ForeignUnit() {}

    /** That the two cannot be compared. */
    public static Finding finding(SeriesKey key, Unit unit, Better better, String reason, List<String> warnings) {
        return new Finding(
                key,
                unit,
                better,
                new Verdict.NotComparable(reason),
                Severity.NONE,
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                List.of(new Check("unit", Check.Outcome.DECIDED, reason, Map.of())),
                warnings,
                List.of());
    }

    /** A unit for a sentence. */
    public static String shown(Unit unit) {
        return unit.symbol().isEmpty() ? "a bare number" : unit.symbol();
    }
}
