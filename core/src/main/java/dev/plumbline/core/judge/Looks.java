package dev.plumbline.core.judge;

/**
 * Distributes the error rate of a suite over several looks: a candidate is judged, measured again, and judged with all
 * its runs, at most a fixed number of times.
 *
 * <p>Method: the error spending of Lan and DeMets (1983, "Discrete sequential boundaries for clinical trials",
 * Biometrika 70) with their function for Pocock's (1977) boundaries, {@code a ln(1 + (e - 1) t)}, at equally spaced
 * looks {@code t = 1/n, 2/n, …, 1}. Each look is judged with what the function grows by. That is more careful than the
 * boundaries of the paper, which take the looks to be jointly normal: by Boole's inequality the looks err together at
 * most as often as the sum of their rates, which is the suite's rate, however they depend on each other. They do: all
 * of them are held against the same history.
 *
 * <p>Pocock's function spends the most on the first looks, unlike O'Brien and Fleming's (1979), which spends almost
 * nothing there: each further run takes minutes while the user waits, so early decisions are worth more.
 *
 * @param most how many looks there are at most, at least 1
 */
public record Looks(int most) {
    public Looks {
        if (most < 1) {
            throw new IllegalArgumentException("there is at least one look, not " + most);
        }
    }

    /**
     * The share of the error rate that a look is judged with. The shares of all looks add up to 1 but for rounding, and
     * none is larger than the one before.
     *
     * @param look from 1 to {@link #most}
     * @throws IllegalArgumentException if there is no such look
     */
    public double share(int look) {
        if (look < 1 || look > most) {
            throw new IllegalArgumentException("there are looks 1 to " + most + ", not " + look);
        }
        return most == 1 ? 1 : spent(look) - spent(look - 1);
    }

    private double spent(int looks) {
        return Math.log1p((Math.E - 1) * looks / most);
    }
}
