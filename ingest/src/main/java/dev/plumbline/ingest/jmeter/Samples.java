package dev.plumbline.ingest.jmeter;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The counts of each whole number of milliseconds by each label, in two arrays: a table with open addressing, whose
 * places are never given up.
 */
final class Samples {
    /** A time and a label in one number. */
    private static final int TIME_BITS = 40;

    private static final long LONGEST = (1L << TIME_BITS) - 1;
    private static final int FIRST = 1 << 12;

    private long[] keys = new long[FIRST];
    private long[] counts = new long[FIRST];
    private int size;

    /** Whether a time is short enough to be counted here: about 35 years. */
    static boolean holds(long milliseconds) {
        return milliseconds >= 0 && milliseconds <= LONGEST;
    }

    /** Counts one sample. */
    void add(int label, long milliseconds) {
        long key = (long) label << TIME_BITS | milliseconds;
        int at = place(key, keys, counts);
        if (counts[at] == 0) {
            keys[at] = key;
            size++;
        }
        counts[at]++;
        if (size * 2 > keys.length) {
            grow();
        }
    }

    private static int place(long key, long[] keys, long[] counts) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int mask = keys.length - 1;
        int at = (int) (mixed >>> 32) & mask;
        while (counts[at] != 0 && keys[at] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] widerKeys = new long[keys.length * 2];
        long[] widerCounts = new long[keys.length * 2];
        for (int i = 0; i < keys.length; i++) {
            if (counts[i] != 0) {
                int at = place(keys[i], widerKeys, widerCounts);
                widerKeys[at] = keys[i];
                widerCounts[at] = counts[i];
            }
        }
        keys = widerKeys;
        counts = widerCounts;
    }

    /** The number of different pairs of label and time. */
    int size() {
        return size;
    }

    /** The times of every label, which is its index, with their counts. */
    List<SortedMap<Double, Long>> byLabel(int labels) {
        List<SortedMap<Double, Long>> times = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            times.add(new TreeMap<>());
        }
        for (int i = 0; i < keys.length; i++) {
            if (counts[i] != 0) {
                times.get((int) (keys[i] >>> TIME_BITS)).put((double) (keys[i] & LONGEST), counts[i]);
            }
        }
        return times;
    }
}
