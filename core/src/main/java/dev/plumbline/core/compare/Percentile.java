package dev.plumbline.core.compare;

/** The percentiles by which tails are compared. */
enum Percentile {
    MEDIAN(0.5, "p50", "median"),
    NINETIETH(0.9, "p90", "90th percentile"),
    NINETY_NINTH(0.99, "p99", "99th percentile"),
    /** Asked only where the executions suffice. */
    NINETY_NINE_POINT_NINTH(0.999, "p99.9", "99.9th percentile");

    private final double share;
    private final String label;
    private final String words;

    Percentile(double share, String label, String words) {
        this.share = share;
        this.label = label;
        this.words = words;
    }

    /** The share of executions that do not exceed it. */
    double share() {
        return share;
    }

    /** As it stands behind a metric's name. */
    String label() {
        return label;
    }

    /** As it stands in a sentence. */
    String words() {
        return words;
    }

    /** How many executions of one process leave enough beyond it. */
    long executionsNeeded() {
        return Math.round(TailQuantiles.BEYOND / (1 - share));
    }
}
