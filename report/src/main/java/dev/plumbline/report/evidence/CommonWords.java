package dev.plumbline.report.evidence;

import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Unit;
import java.math.BigDecimal;
import java.math.MathContext;

/** The words of evidence that every judgement may have, and of a stored report. */
final class CommonWords {
    static final ByKind<Evidence, EvidenceWords> TOLD = new ByKind<Evidence, EvidenceWords>()
            .with(Evidence.LargeFloor.class, CommonWords::floor)
            .with(Evidence.ForeignUnit.class, one -> EvidenceWords.of(EvidenceWords.UNIT, () -> foreign(one)))
            .with(Evidence.OtherDirection.class, one -> EvidenceWords.of(EvidenceWords.DIRECTION, () -> turned(one)))
            .with(Quotation.class, Quotation::reported);

    private static final ByKind<Evidence.ForeignUnit.Against, String> AGAINST = new ByKind<
                    Evidence.ForeignUnit.Against, String>()
            .with(Evidence.ForeignUnit.NewerRuns.class, one -> "newer runs")
            .with(
                    Evidence.ForeignUnit.EarlierRuns.class,
                    one -> "its " + (one.count() == 1 ? "earlier run" : one.count() + " earlier runs"))
            .with(Evidence.ForeignUnit.Branch.class, Evidence.ForeignUnit.Branch::name)
            .with(Evidence.ForeignUnit.Established.class, one -> "its baseline")
            .with(Evidence.ForeignUnit.Base.class, one -> "the base");

    private CommonWords() {}

    private static EvidenceWords floor(Evidence.LargeFloor one) {
        return EvidenceWords.of("floor", () -> floorWords(one))
                .with("floor", one.floor())
                .with("margin", one.margin());
    }

    private static String floorWords(Evidence.LargeFloor one) {
        String symbol = one.unit().symbol();
        String amount = new BigDecimal(one.floor())
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString()
                + (symbol.isEmpty() ? "" : " " + symbol);
        return one.level() == 0
                ? "changes below " + amount + " are not relevant"
                : "changes below " + amount + " are not relevant; that is "
                        + Percent.of(one.floor() / Math.abs(one.level())) + " of the level, more than the margin of "
                        + Percent.of(one.asked());
    }

    private static String foreign(Evidence.ForeignUnit one) {
        return "its unit" + one.own().map(unit -> ", " + shown(unit) + ",").orElse("")
                + " cannot be converted to that of " + AGAINST.of(one.against())
                + one.other().map(unit -> ", " + shown(unit)).orElse("");
    }

    private static String turned(Evidence.OtherDirection one) {
        return "its results state that " + (one.stated() == Better.LOWER ? "less" : "more") + " is better, while in the"
                + " history " + (one.established() == Better.LOWER ? "less" : "more") + " is";
    }

    /** {@code 1 tail}, {@code 12345 tails}: with all digits. */
    static String count(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private static String shown(Unit unit) {
        return unit.symbol().isEmpty() ? "a bare number" : unit.symbol();
    }
}
