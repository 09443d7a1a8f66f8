package dev.plumbline.report.evidence;

import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.model.Revision;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The evidence from a history about new runs, in words. */
public final class HistoryWords {
    /** Beyond this, a factor reads better than a share. */
    private static final double FACTOR_FROM = 10;

    /** The probability above which no number is shown. */
    private static final double OFTEN = 0.5;

    /** More losses than these are counted. */
    private static final int LOSSES_TOLD = 5;

    static final ByKind<HistoryEvidence, EvidenceWords> TOLD = new ByKind<HistoryEvidence, EvidenceWords>()
            .with(HistoryEvidence.OtherEnvironment.class, HistoryWords::otherEnvironment)
            .with(HistoryEvidence.TooFewRuns.class, HistoryWords::tooFewRuns)
            .with(HistoryEvidence.History.class, HistoryWords::history)
            .with(HistoryEvidence.CommonMode.class, HistoryWords::commonMode)
            .with(HistoryEvidence.Suite.class, HistoryWords::suite)
            .with(HistoryEvidence.WholeSuite.class, HistoryWords::wholeSuite)
            .with(HistoryEvidence.Standing.class, HistoryWords::standing)
            .with(HistoryEvidence.EarlierOnBranch.class, HistoryWords::earlierOnBranch)
            .with(HistoryEvidence.BelowFloor.class, HistoryWords::belowFloor)
            .with(HistoryEvidence.Suspect.class, HistoryWords::suspect)
            .with(HistoryEvidence.ForksApart.class, HistoryWords::forksApart)
            .with(HistoryEvidence.Share.class, HistoryWords::share)
            .with(HistoryEvidence.Disagreement.class, HistoryWords::disagreement)
            .with(HistoryEvidence.Doubt.class, HistoryWords::doubt)
            .with(HistoryEvidence.Equivalence.class, HistoryWords::equivalence)
            .with(HistoryEvidence.Hidden.class, HistoryWords::hidden)
            .with(HistoryEvidence.Sensitivity.class, HistoryWords::sensitivity)
            .with(HistoryEvidence.Loss.class, HistoryWords::loss)
            .with(HistoryEvidence.Cumulative.class, HistoryWords::cumulative);

    private HistoryWords() {}

    private static EvidenceWords otherEnvironment(HistoryEvidence.OtherEnvironment one) {
        return EvidenceWords.of(
                "environment",
                () -> one.differences().isEmpty()
                        ? "its earlier runs are from environment " + String.join(", ", one.elsewhere())
                                + ", this run is from " + one.here() + ": different machines are not compared"
                        : EnvironmentWords.of(one.differences()) + " (earlier runs are from environment "
                                + one.elsewhere().get(0) + ", this run is from " + one.here() + ")");
    }

    private static EvidenceWords tooFewRuns(HistoryEvidence.TooFewRuns one) {
        return EvidenceWords.of(EvidenceWords.ENOUGH_HISTORY, () -> tooFewRunsWords(one))
                .with("needed", one.needed())
                .with("runs", one.runs());
    }

    private static String tooFewRunsWords(HistoryEvidence.TooFewRuns one) {
        int missing = one.needed() - one.runs();
        if (one.runs() == 0 && one.judged() > 1) {
            return "these are " + one.judged() + " runs of the first commit; " + missing
                    + " more commits needed before it can be judged";
        }
        String known = one.runs() == 0
                ? "no earlier run"
                : "only " + CommonWords.count(one.runs(), "earlier run", "earlier runs");
        return known + "; " + missing + " more needed before it can be judged";
    }

    private static EvidenceWords history(HistoryEvidence.History one) {
        EvidenceWords reported = EvidenceWords.of("history", () -> historyWords(one))
                .with("runs", one.runs())
                .with("leftOut", one.leftOut())
                .with("currentRuns", one.currentRuns())
                .with("quietRuns", one.quietRuns())
                .with("level", one.level())
                .withFinite("noise", one.noise())
                .with("autocorrelation", one.autocorrelation());
        return one.isOfOneRun() ? reported : reported.with("together", one.together());
    }

    private static String historyWords(HistoryEvidence.History one) {
        int quiet = one.quietRuns().orElse(one.runs());
        return one.runs() + " earlier runs"
                + (one.leftOut() > 0 ? " (" + one.leftOut() + " more excluded: judged regressions)" : "")
                + (one.currentRuns() < Math.min(one.runs(), quiet)
                        ? ", the last " + one.currentRuns() + " of them at the current level"
                        : "")
                + (quiet < one.runs() ? ", the last " + quiet + " of them much quieter than those before" : "")
                + noiseWords(one);
    }

    private static String noiseWords(HistoryEvidence.History one) {
        if (one.constant()) {
            return ", all with the same value";
        }
        return "; run-to-run noise " + (one.level() == 0 ? "around a level of zero" : Percent.of(one.noise()));
    }

    private static EvidenceWords commonMode(HistoryEvidence.CommonMode one) {
        return EvidenceWords.of(
                        "common-mode",
                        () -> Percent.signed(one.shared(), 1)
                                + " of the change is common to all benchmarks of this run and was removed")
                .withFinite("shared", one.shared());
    }

    private static EvidenceWords suite(HistoryEvidence.Suite one) {
        EvidenceWords reported = EvidenceWords.of("suite", () -> suiteWords(one))
                .with("pValue", one.probability())
                .with("limit", one.limit())
                .with("suiteSize", one.suiteSize())
                .with("runs", one.runs());
        reported = finite("evidence", one.evidence(), reported);
        return finite("noise", one.noise(), reported);
    }

    private static EvidenceWords finite(String name, OptionalDouble number, EvidenceWords reported) {
        return number.isPresent() ? reported.withFinite(name, number.getAsDouble()) : reported;
    }

    private static String suiteWords(HistoryEvidence.Suite one) {
        String what = one.change().isEmpty()
                ? "the change"
                : Percent.change(one.change().getAsDouble()) + (one.runs() > 1 ? " over " + one.runs() + " runs" : "");
        if (one.constant()) {
            return what + " from a value that never changed: " + PValue.words(one.probability()) + " among "
                    + one.suiteSize() + " series";
        }
        return what + ": "
                + (one.isWeak() && one.probability() <= OFTEN
                        ? "within noise: a change explains this less than six times as well as noise does"
                        : corrected(
                                one.probability(),
                                one.limit(),
                                CommonWords.count(one.suiteSize(), "series", "series")));
    }

    private static EvidenceWords wholeSuite(HistoryEvidence.WholeSuite one) {
        return EvidenceWords.of(
                        "whole-suite",
                        () -> "all benchmarks of this run are " + Percent.of(Math.abs(Math.expm1(one.shift())))
                                + (one.shift() > 0 ? " worse" : " better") + " together, as in "
                                + share(one.probability())
                                + " of healthy runs: the machine, or a change that affects all")
                .with("shift", one.shift());
    }

    private static EvidenceWords standing(HistoryEvidence.Standing one) {
        return EvidenceWords.of(
                        "standing",
                        () -> "reported before and not accepted; " + one.runs()
                                + (one.runs() == 1 ? " earlier run lies" : " earlier runs lie")
                                + " on this level too, and this run has not recovered")
                .with("runs", one.runs());
    }

    private static EvidenceWords earlierOnBranch(HistoryEvidence.EarlierOnBranch one) {
        return EvidenceWords.of(
                        EvidenceWords.EARLIER_ON_BRANCH,
                        () -> CommonWords.count(one.commits(), "earlier commit", "earlier commits") + " of "
                                + one.branch()
                                + (one.commits() == 1 ? " shows" : " show") + " the same change, "
                                + Revision.of(one.first(), one.branch()).shortCommit()
                                + (one.commits() == 1 ? "" : " first"))
                .with("commits", one.commits());
    }

    private static EvidenceWords belowFloor(HistoryEvidence.BelowFloor one) {
        return EvidenceWords.of("floor", () -> "the change is certain but too small to be relevant")
                .with("change", one.change())
                .with("floor", one.floor());
    }

    private static EvidenceWords suspect(HistoryEvidence.Suspect one) {
        return EvidenceWords.of(
                        "suspect",
                        () -> (one.worse() ? "possible regression" : "possible improvement") + ", not confirmed: "
                                + corrected(one.probability(), one.limit(), "all benchmarks"))
                .with("limit", one.suspectLimit())
                .with("pValue", one.probability());
    }

    private static EvidenceWords forksApart(HistoryEvidence.ForksApart one) {
        return EvidenceWords.of(
                        "forks",
                        () -> (one.worse() ? "possible regression" : "possible improvement")
                                + ", not confirmed: the forks of this run lie farther apart than usual (by "
                                + Percent.of(one.deviation()) + ", usually " + Percent.fine(one.usual())
                                + "), which can explain the change; one more run decides")
                .with("deviation", one.deviation())
                .with("usual", one.usual());
    }

    private static EvidenceWords share(HistoryEvidence.Share one) {
        return EvidenceWords.of(
                        "share",
                        () -> Quantity.plain(one.hits(), Quantity.DIGITS) + " of "
                                + Quantity.plain(one.trials(), Quantity.DIGITS) + ", before "
                                + Percent.fine(one.before()) + " of " + Quantity.plain(one.known(), Quantity.DIGITS)
                                + ": "
                                + PValue.words(one.probability()) + " by chance"
                                + (one.dispersion() > 1
                                        ? " that varies " + Quantity.plain(one.dispersion(), 2)
                                                + " times as much as counting"
                                        : ""))
                .with("hits", one.hits())
                .with("trials", one.trials())
                .with("before", one.before())
                .with("dispersion", one.dispersion())
                .with("pValue", one.probability());
    }

    private static EvidenceWords disagreement(HistoryEvidence.Disagreement one) {
        return EvidenceWords.of(EvidenceWords.DISAGREEMENT, () -> disagreementWords(one))
                .with("runs", one.runs())
                .with("showing", one.showing())
                .withFinite("apart", one.apart());
    }

    private static String disagreementWords(HistoryEvidence.Disagreement one) {
        boolean areTwo = one.runs() == 2;
        return (areTwo ? "two" : one.runs()) + " runs of "
                + (one.commit().isEmpty() ? "one commit" : "commit " + one.commit()) + " are "
                + apart(one.apart()) + " apart (" + RunValues.of(one.values(), one.unit()) + ")"
                + (one.showing() == 0
                        ? ", more than the noise of earlier runs explains; "
                        : ": " + one.showing() + " of " + one.runs() + (one.showing() == 1 ? " shows " : " show ")
                                + (one.worse() ? "the regression; " : "an improvement; "))
                + (areTwo ? "a third run decides" : "one more run decides");
    }

    private static String apart(double change) {
        return Double.isInfinite(change)
                ? "a zero"
                : change >= FACTOR_FROM
                        ? "a factor of " + Quantity.plain(change + 1, Quantity.DIGITS)
                        : Percent.of(Math.abs(change));
    }

    private static EvidenceWords doubt(HistoryEvidence.Doubt one) {
        return EvidenceWords.of("doubt", () -> corrected(one.probability(), one.limit(), "all benchmarks"))
                .with("limit", one.limit())
                .with("pValue", one.probability());
    }

    /** {@code p = 0.0032 after correcting for 36 series (limit 0.01)}. */
    private static String corrected(double probability, double limit, String tests) {
        String correction = " after correcting for " + tests;
        return probability > OFTEN
                ? "within noise: p > " + OFTEN + correction
                : PValue.words(probability) + correction + " (limit " + PValue.number(limit) + ")";
    }

    /** A probability as a share of healthy runs. */
    static String share(double probability) {
        return probability < 1e-4
                ? "less than 0.01 %"
                : probability < 0.01 ? Percent.fine(probability) : Percent.of(probability);
    }

    private static EvidenceWords equivalence(HistoryEvidence.Equivalence one) {
        return EvidenceWords.of(
                        "equivalence",
                        () -> "the 90 % interval of the change, from "
                                + Percent.of(one.interval().low()) + " to "
                                + Percent.of(one.interval().high()) + ", lies inside the margin of "
                                + Percent.of(one.margin()))
                .with("high", one.interval().high())
                .with("low", one.interval().low())
                .with("margin", one.margin());
    }

    private static EvidenceWords hidden(HistoryEvidence.Hidden one) {
        return EvidenceWords.of("equivalence", () -> hiddenWords(one))
                .withFinite("high", one.interval().high())
                .withFinite("low", one.interval().low());
    }

    private static String hiddenWords(HistoryEvidence.Hidden one) {
        return one.noise().isEmpty()
                ? "the level is zero, so no change lies inside a relative margin"
                : "run-to-run noise is " + Percent.of(one.noise().getAsDouble())
                        + ", and the 90 % interval of the change, from "
                        + Percent.signed(one.interval().low(), 1) + " to "
                        + Percent.signed(one.interval().high(), 1) + ", reaches beyond the margin of "
                        + Percent.of(one.margin());
    }

    private static EvidenceWords sensitivity(HistoryEvidence.Sensitivity one) {
        EvidenceWords reported = EvidenceWords.of("sensitivity", () -> sentence(one))
                .with("runs", one.runs())
                .with("detectable", one.detectable());
        return one.isEnough() ? reported : reported.with("asked", one.asked()).with("needed", one.needed());
    }

    /** {@code minimum detectable change: 7.8 % with 1 run, 5 % with 5 runs per commit}. */
    public static String sentence(HistoryEvidence.Sensitivity one) {
        String with = " with " + CommonWords.count(one.runs(), "run", "runs");
        if (one.detectable().isEmpty()) {
            return "no change of any size is detected reliably" + with + "; " + more(one);
        }
        String least =
                "minimum detectable change: " + Percent.brief(one.detectable().getAsDouble()) + with;
        if (one.margin() > one.asked()) {
            return least + "; changes below the margin of " + Percent.brief(one.margin()) + " do not count";
        }
        return one.isEnough() ? least : least + ", " + more(one);
    }

    private static String more(HistoryEvidence.Sensitivity one) {
        OptionalInt needed = one.needed();
        return needed.isPresent()
                ? Percent.brief(one.asked()) + " with " + needed.getAsInt() + " runs per commit"
                : Percent.brief(one.asked()) + " with more than " + one.mostRuns()
                        + " runs per commit, a longer history or a quieter machine";
    }

    private static EvidenceWords loss(HistoryEvidence.Loss one) {
        return EvidenceWords.of("loss", () -> lossWords(one)).with("change", one.change());
    }

    private static String lossWords(HistoryEvidence.Loss one) {
        Revision revision = one.revision();
        return Percent.change(one.change()) + " at "
                + (revision.commit().isEmpty() ? "an unknown commit" : "commit " + revision.shortCommit())
                + revision.commitTime()
                        .map(time -> " (" + time.toString().substring(0, "2026-01-31".length()) + ")")
                        .orElse("");
    }

    private static EvidenceWords cumulative(HistoryEvidence.Cumulative one) {
        return EvidenceWords.of("cumulative", () -> cumulativeWords(one))
                .with("change", one.change())
                .with("runsBefore", one.runsBefore())
                .with("runsSince", one.runsSince())
                .with("runsNow", one.runsNow())
                .with("losses", one.losses().size());
    }

    public static String cumulativeWords(HistoryEvidence.Cumulative one) {
        String start =
                "since " + one.reference() + " small regressions have added up to " + Percent.change(one.change());
        if (one.losses().isEmpty()) {
            return start + " over " + one.runsSince() + " runs, without a single change point";
        }
        int more = one.losses().size() - LOSSES_TOLD;
        return start + ": "
                + one.losses().stream()
                        .limit(LOSSES_TOLD)
                        .map(HistoryWords::lossWords)
                        .collect(Collectors.joining(", then "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
