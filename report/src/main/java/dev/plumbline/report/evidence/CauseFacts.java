package dev.plumbline.report.evidence;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Reason;
import dev.plumbline.core.gate.Cause;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The facts of a gate's reason that headlines and advice need, beside its words. A stored report keeps it, so that it
 * reads like the one that was written.
 *
 * @param muted whether a rule or an option mutes its benchmark
 * @param change the relative change that a fixed limit was held against
 * @param evidence the name of the evidence that left a series, or all of them, without a verdict; empty for none
 * @param elsewhere the environment that has the history, where nothing is comparable or there is too little of it here
 * @param otherSide what differs between the sides of a comparison beside the code
 * @param remedy what to do about a reason that is of the whole run and names no benchmark, as a sentence
 */
public record CauseFacts(
        boolean muted,
        OptionalDouble change,
        String evidence,
        Optional<String> elsewhere,
        Optional<OtherSide> otherSide,
        Optional<String> remedy) {
    /** No facts but the words. */
    public static final CauseFacts NONE =
            new CauseFacts(false, OptionalDouble.empty(), "", Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * The difference between two sides.
     *
     * @param words in words: {@code -XX:+UseZGC is new}
     * @param jvm whether the JVM or its flags are among it
     */
    public record OtherSide(String words, boolean jvm) {
        public OtherSide {
            requireNonNull(words, "words");
        }

        public static OtherSide of(Cause.OtherSide one) {
            return new OtherSide(
                    one.differences().isEmpty()
                            ? "the environment differs (" + one.there() + " → " + one.here() + ")"
                            : EnvironmentWords.of(one.differences()),
                    one.differences().stream().anyMatch(each -> each.fact().startsWith("jvm")));
        }
    }

    public CauseFacts {
        requireNonNull(change, "change");
        requireNonNull(evidence, "evidence");
        requireNonNull(elsewhere, "elsewhere");
        requireNonNull(otherSide, "otherSide");
        requireNonNull(remedy, "remedy");
    }

    private static CauseFacts of(String remedy) {
        return new CauseFacts(
                false, OptionalDouble.empty(), "", Optional.empty(), Optional.empty(), Optional.of(remedy));
    }

    public static CauseFacts of(Cause cause) {
        if (cause instanceof QuotedCause quoted) {
            return quoted.facts();
        }
        if (cause instanceof Cause.Incomparable none) {
            return new CauseFacts(
                    false,
                    OptionalDouble.empty(),
                    name(none.why()),
                    elsewhere(none.why()),
                    Optional.empty(),
                    Optional.empty());
        }
        if (cause instanceof Cause.TooYoung young) {
            return new CauseFacts(
                    false,
                    OptionalDouble.empty(),
                    EvidenceWords.ENOUGH_HISTORY,
                    Optional.of(young.elsewhere()),
                    Optional.empty(),
                    Optional.empty());
        }
        if (cause instanceof Cause.BeforeHistory before) {
            int lacking = before.needed() - before.earlier();
            return of("Record " + lacking + (lacking == 1 ? " more run" : " more runs")
                    + " of earlier commits with plumb record --commit EARLIER RESULT, then judge this one again with"
                    + " plumb report --run COMMIT; or judge the newest commit.");
        }
        if (cause instanceof Cause.CopiedAmong) {
            return of("Delete the copies, then plumb report judges the other runs.");
        }
        if (cause instanceof Cause.OtherUnit) {
            return of("Check the unit of the results: their values moved by the factor between two units.");
        }
        return cause instanceof Cause.OfSeries one ? ofSeries(one) : NONE;
    }

    private static CauseFacts ofSeries(Cause.OfSeries one) {
        return new CauseFacts(
                one.lenience().filter(Cause.Muted.class::isInstance).isPresent(),
                one.fact() instanceof Cause.BeyondFixed beyond
                        ? OptionalDouble.of(beyond.change())
                        : OptionalDouble.empty(),
                one.fact() instanceof Cause.Undecided open ? name(open.why()) : "",
                Optional.empty(),
                one.lenience()
                        .filter(Cause.OtherSide.class::isInstance)
                        .map(Cause.OtherSide.class::cast)
                        .map(OtherSide::of),
                Optional.empty());
    }

    private static String name(Reason why) {
        return ReasonWords.name(why);
    }

    private static Optional<String> elsewhere(Reason why) {
        return why instanceof HistoryEvidence.OtherEnvironment other
                ? other.elsewhere().stream().findFirst()
                : Optional.empty();
    }

    /** Whether there are no facts beside its words. */
    public boolean isNothing() {
        return equals(NONE);
    }
}
