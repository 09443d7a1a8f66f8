package dev.plumbline.junit;

import dev.plumbline.junit.pairs.PairRule;
import dev.plumbline.junit.pairs.Words;

/** The reasons of undecided measurements, and the remedies. */
final class Undecided {
    /** A call in less time than that was left out by the compiler, or is lost in the loop around it. */
    static final double LEAST_NANOS = 2;

    private static final int FEWEST = 8;

    private Undecided() {}

    /** The message about a test against its baseline. */
    static String message(PairedSession.Outcome outcome, Settings settings) {
        PairRule.Look look = outcome.look();
        return "inconclusive: " + Words.change(look.change()) + " with noise of " + Words.percent(look.noise())
                + " after " + Words.pairs(look.pairs()) + " in " + Words.seconds(outcome.spent()) + "; "
                + remedy(outcome, 1 + settings.margin());
    }

    /** The ways to decide. */
    static String remedy(PairedSession.Outcome outcome, double limit) {
        PairRule.Look look = outcome.look();
        if (look.pairs() < 3) {
            return "at least " + FEWEST + " pairs can decide: raise the budget with -D" + Settings.BUDGET + "="
                    + seconds(outcome.spent().toSeconds() * FEWEST / Math.max(1, look.pairs()))
                    + ", or make the operation shorter";
        }
        return look.needed().isPresent()
                ? "about " + Words.pairs(look.needed().getAsInt()) + " (" + Words.seconds(outcome.needed())
                        + ") would decide: raise the budget with -D" + Settings.BUDGET + "="
                        + seconds(outcome.needed().toSeconds()) + ", or run on a quieter machine"
                : "the change is too near to the limit, " + Words.change(limit - 1)
                        + ", to decide in a reasonable time: choose another limit, or raise the budget with -D"
                        + Settings.BUDGET + "=SECONDS";
    }

    /** A little more than is needed. */
    private static long seconds(long needed) {
        return needed + needed / 4 + 1;
    }

    /** The message about code that takes no time. */
    static String noEffect(String what, double nanos) {
        return "a call of " + what + " takes " + Words.time(nanos) + ", so it does nothing that can be measured: the"
                + " compiler may have left it out. Return a result, as in () -> parser.parse(document), take the input"
                + " from a field that is not final, or do more in one call";
    }
}
