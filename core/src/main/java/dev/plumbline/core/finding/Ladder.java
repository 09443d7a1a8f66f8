package dev.plumbline.core.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The rungs that lead to a verdict, in the order in which they were climbed.
 *
 * <p>A silent one keeps none: words take longer than the judgement, and nobody reads those of a replay.
 */
public final class Ladder {
    private final boolean isSilent;
    private final List<Check> rungs = new ArrayList<>();

    public Ladder(boolean isSilent) {
        this.isSilent = isSilent;
    }

    public boolean isSilent() {
        return isSilent;
    }

    public void add(Check check) {
        rungs.add(check);
    }

    public void addAll(List<Check> checks) {
        rungs.addAll(checks);
    }

    public void passed(String name, Supplier<String> words, Map<String, Double> numbers) {
        tell(name, Check.Outcome.PASSED, words, numbers);
    }

    public void decided(String name, Supplier<String> words, Map<String, Double> numbers) {
        tell(name, Check.Outcome.DECIDED, words, numbers);
    }

    private void tell(String name, Check.Outcome outcome, Supplier<String> words, Map<String, Double> numbers) {
        if (!isSilent) {
            rungs.add(new Check(name, outcome, words.get(), numbers));
        }
    }

    /** Adds a rung below the one that decided, which stays the last. */
    public void addBelowDecision(Check check) {
        rungs.add(rungs.size() - 1, check);
    }

    public List<Check> rungs() {
        return List.copyOf(rungs);
    }

    /** A number that a check may tell: finite. */
    public static double finite(double value) {
        return Double.isFinite(value) ? value : Math.copySign(Double.MAX_VALUE, value);
    }

    /** A probability as a share of healthy runs. */
    public static String share(double probability) {
        return probability < 1e-4
                ? "less than 0.01 %"
                : String.format(Locale.ROOT, probability < 0.01 ? "%.2f %%" : "%.1f %%", 100 * probability);
    }
}
