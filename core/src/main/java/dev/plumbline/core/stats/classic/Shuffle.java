package dev.plumbline.core.stats.classic;

/**
 * The random orders of a segment in a permutation test; each has its own stream, so that it is the same whatever else
 * was drawn before.
 *
 * <p>SplitMix64 (Steele, Lea and Flood 2014); implemented here because the JDK does not guarantee its sequence.
 */
final class Shuffle {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /**
     * @param from where the segment begins
     * @param to where it ends
     * @param draw which order of it, from 0
     */
    Shuffle(long seed, int from, int to, int draw) {
        long segment = mix(seed + GOLDEN * (((long) from << 32) + to + 1));
        state = mix(segment + GOLDEN * (draw + 1L));
    }

    /** Fills {@code target} with the elements of {@code source} in random order (Fisher and Yates, inside out). */
    void copy(int[] source, int[] target) {
        for (int i = 0; i < source.length; i++) {
            int j = below(i + 1);
            target[i] = target[j];
            target[j] = source[i];
        }
    }

    /** A number in [0, bound), each as likely as another to within {@code bound / 2^63}. */
    private int below(int bound) {
        state += GOLDEN;
        return (int) Math.multiplyHigh(mix(state) >>> 1, (long) bound << 1);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
