package dev.plumbline.core.judge;

import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Reason;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.core.model.Unit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The evidence where unit or direction differ from those of the reference. */
public final class ForeignUnit {
    private ForeignUnit() {}

    /**
     * The finding of a series in another unit, which cannot be compared.
     *
     * @param reason one that is evidence: a {@link Evidence.ForeignUnit} or {@link Evidence.OtherDirection}
     */
    public static Finding finding(
            SeriesKey key, Unit unit, Better better, Policy policy, Reason reason, List<SeriesWarning> warnings) {
        return new Finding(
                key,
                unit,
                better,
                policy,
                new Verdict.NotComparable(reason),
                Severity.NONE,
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                List.of(Rung.decided((Evidence) reason)),
                warnings.stream().<Warning>map(Warning.OfSeries::new).toList(),
                List.of(),
                Optional.empty());
    }
}
