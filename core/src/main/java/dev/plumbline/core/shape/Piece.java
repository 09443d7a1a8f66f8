package dev.plumbline.core.shape;

/**
 * A straight stretch of the course, in scores.
 *
 * @param from index of its first score
 * @param to index behind its last one
 * @param start the line at the first
 * @param end the line at the last
 */
record Piece(int from, int to, double start, double end) {
    int length() {
        return to - from;
    }

    boolean isLevel() {
        return start == end;
    }

    double at(int index) {
        return isLevel() ? start : start + (end - start) * (index - from) / (to - from - 1.0);
    }
}
