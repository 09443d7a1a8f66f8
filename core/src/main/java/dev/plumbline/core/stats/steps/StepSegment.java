package dev.plumbline.core.stats.steps;

import dev.plumbline.core.stats.steps.noise.Robust;

/** Values on one level: {@code x[from, to)}, at least one. */
final class StepSegment {
    final int from;
    final int to;
    private Flank head;
    private Flank tail;

    StepSegment(int from, int to) {
        this.from = from;
        this.to = to;
    }

    int length() {
        return to - from;
    }

    /** The first values of the segment. */
    Flank head(double[] x, Robust robust) {
        if (head == null) {
            head = length() <= Flank.REACH && tail != null
                    ? tail
                    : new Flank(x, from, Math.min(to, from + Flank.REACH), robust);
        }
        return head;
    }

    /** The last values of the segment. */
    Flank tail(double[] x, Robust robust) {
        if (tail == null) {
            tail = length() <= Flank.REACH && head != null
                    ? head
                    : new Flank(x, Math.max(from, to - Flank.REACH), to, robust);
        }
        return tail;
    }
}
