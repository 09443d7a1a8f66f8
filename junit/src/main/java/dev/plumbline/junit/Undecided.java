package dev.plumbline.junit;

import dev.plumbline.junit.pairs.PairRule;

/** Why a test against its baseline was not decided, and what would decide it. */
final class Undecided {
    private Undecided() {}

    static String message(PairedSession.Outcome outcome, Settings settings) {
        PairRule.Look look = outcome.look();
        String measured = "inconclusive: " + Words.change(look.change()) + " with noise of "
                + Words.percent(look.noise()) + " after " + Words.pairs(look.pairs()) + " in "
                + Words.seconds(outcome.spent());
        if (look.pairs() < 3) {
            return measured + "; at least 8 pairs can decide: raise the budget with -D" + Settings.BUDGET
                    + "=" + Math.max(1, outcome.spent().multipliedBy(8).toSeconds() / Math.max(1, look.pairs()))
                    + ", or make the operation shorter";
        }
        return look.needed().isPresent()
                ? measured + "; about " + Words.pairs(look.needed().getAsInt()) + " (" + Words.seconds(outcome.needed())
                        + ") would decide: raise the budget with -D" + Settings.BUDGET + "="
                        + Math.max(1, outcome.needed().toSeconds()) + ", or run on a quieter machine"
                : measured + "; the change is too near to the margin of " + Words.percent(settings.margin())
                        + " to decide in a reasonable time: set another margin with -D" + Settings.MARGIN
                        + "=PERCENT, or take a new baseline with -D" + Settings.BASELINE + "=update";
    }
}
