package dev.plumbline.report;

import dev.plumbline.core.baseline.Establishment;
import dev.plumbline.core.baseline.Establishment.Reason;
import dev.plumbline.core.baseline.LeftOut;
import dev.plumbline.report.evidence.ByKind;
import dev.plumbline.report.evidence.Percent;

/** The outcomes of establishing baselines, in words. */
public final class EstablishmentWords {
    public static final ByKind<Reason, String> WORDS = new ByKind<Reason, String>()
            .with(Reason.NoStableRun.class, none -> "no stable run" + (none.leftOut() ? " for a baseline" : ""))
            .with(Reason.NotMeasured.class, none -> "these runs did not measure it")
            .with(Reason.First.class, first -> runs(first.runs()))
            .with(Reason.UnitChanged.class, changed -> "the unit changed; " + runs(changed.runs()))
            .with(
                    Reason.NothingNew.class,
                    nothing -> "no new runs"
                            + (nothing.judgedBad() == 0
                                    ? ""
                                    : " but "
                                            + Words.count(
                                                    nothing.judgedBad(), "judged regression", "judged regressions")
                                            + ", which " + (nothing.judgedBad() == 1 ? "does" : "do") + " not count"))
            .with(Reason.Accepted.class, accepted -> "accepted at " + Percent.change(accepted.relativeChange()))
            .with(
                    Reason.NotAccepted.class,
                    worse -> Percent.change(worse.relativeChange()) + " against its anchor, not accepted")
            .with(
                    Reason.HeldTooShort.class,
                    better -> Percent.change(better.relativeChange()) + ", held for " + better.runs() + " of "
                            + better.needed() + " runs")
            .with(
                    Reason.Held.class,
                    better -> Percent.change(better.relativeChange()) + ", held for " + runs(better.runs()))
            .with(Reason.TooFewSince.class, since -> "the runs since are too few for a baseline, " + since.runs())
            .with(Reason.SameLevel.class, same -> runs(same.runs()) + " at the same level");

    private EstablishmentWords() {}

    /** The reason of an outcome. */
    public static String of(Establishment one) {
        String words = WORDS.of(one.reason());
        boolean holds = one.outcome() == Establishment.Outcome.KEPT && !(one.reason() instanceof Reason.NothingNew);
        return holds ? "version " + one.baseline().orElseThrow().provenance().version() + " holds: " + words : words;
    }

    /** The runs that were left out, with the reasons. */
    public static String leftOut(LeftOut leftOut) {
        return runs(leftOut.runs()) + " "
                + switch (leftOut.why()) {
                    case JUDGED_BAD -> "judged regressions and not accepted";
                    case BEFORE_ACCEPTANCE -> "before an accepted change";
                    case BEFORE_STEP -> "before the last change point";
                    case MAYBE_NEW_LEVEL -> "that may start a new level";
                    case BEFORE_WINDOW -> "outside the window";
                };
    }

    private static String runs(int count) {
        return Words.count(count, "run", "runs");
    }
}
