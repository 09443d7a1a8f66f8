package dev.plumbline.ingest.neutral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Samples that wait for more of their rows, in the order in which they began, found by two numbers. Very many may wait,
 * again and again, so that objects are used again.
 *
 * @param <W> what waits
 */
final class WaitingSamples<W extends WaitingSamples.Waiting> {
    /** The golden ratio: numbers that follow one another go far apart. */
    private static final long MIXING = 0x9E3779B97F4A7C15L;

    private static final long UPPER = 0xFFFFFFFF00000000L;

    /** A waiting sample. */
    abstract static class Waiting {
        private long run;
        private long subject;
    }

    private final Supplier<W> maker;
    private final List<W> all = new ArrayList<>();
    private int size;

    /**
     * Places in the list, from 1, below the upper half of the hash of what is there, which spares looking at most that
     * are not looked for; 0 is free. At most half of them are taken.
     */
    private long[] slots = new long[64];

    WaitingSamples(Supplier<W> maker) {
        this.maker = maker;
    }

    int size() {
        return size;
    }

    /** The one that began as number {@code index}. */
    W get(int index) {
        return all.get(index);
    }

    /** The one of these numbers; null where none waits. */
    W find(long run, long subject) {
        int place = (int) slots[slot(hash(run, subject), run, subject)];
        return place == 0 ? null : all.get(place - 1);
    }

    /** Begins one whose numbers no other has; it still holds what the one before it has left there. */
    W begin(long run, long subject) {
        if (2 * (size + 1) > slots.length) {
            slots = new long[2 * slots.length];
            for (int i = 0; i < size; i++) {
                put(all.get(i), i + 1);
            }
        }
        if (size == all.size()) {
            all.add(maker.get());
        }
        W begun = all.get(size++);
        Waiting numbered = begun;
        numbered.run = run;
        numbered.subject = subject;
        put(begun, size);
        return begun;
    }

    /** All are done but one. */
    void keepOnly(W open) {
        Waiting kept = open;
        int place = (int) slots[slot(hash(kept.run, kept.subject), kept.run, kept.subject)] - 1;
        all.set(place, all.get(0));
        all.set(0, open);
        Arrays.fill(slots, 0);
        size = 1;
        put(kept, 1);
    }

    private void put(Waiting waiting, int place) {
        long hash = hash(waiting.run, waiting.subject);
        slots[slot(hash, waiting.run, waiting.subject)] = hash & UPPER | place;
    }

    private static long hash(long run, long subject) {
        long hash = (run * MIXING + subject) * MIXING;
        return hash ^ hash >>> 32;
    }

    /** The slot of these numbers, present or not. */
    private int slot(long hash, long run, long subject) {
        int at = (int) hash & slots.length - 1;
        while (slots[at] != 0) {
            if ((slots[at] & UPPER) == (hash & UPPER)) {
                Waiting there = all.get((int) slots[at] - 1);
                if (there.run == run && there.subject == subject) {
                    return at;
                }
            }
            at = at + 1 & slots.length - 1;
        }
        return at;
    }
}
