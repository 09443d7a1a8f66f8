package dev.plumbline.core.compare;

/** The percentiles by which tails are compared. */
enum Percentile {
    MEDIAN(0.5, "p50"),
    NINETIETH(0.9, "p90"),
    NINETY_NINTH(0.99, "p99"),
    /** Asked only where the executions suffice. */
    NINETY_NINE_POINT_NINTH(0.999, "p99.9");

    private final double share;
    private final String label;

    Percentile(double share, String label) {
        this.share = share;
        this.label = label;
    }

    /** The share of executions that do not exceed it. */
    double share() {
        return share;
    }

    /** The suffix of a metric's name. */
    String label() {
        return label;
    }

    /** The number of executions of one process that leaves enough beyond it. */
    long executionsNeeded() {
        return Math.round(TailQuantiles.BEYOND / (1 - share));
    }
}
