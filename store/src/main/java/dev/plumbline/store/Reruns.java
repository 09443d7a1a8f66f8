package dev.plumbline.store;

/**
 * What several runs of one commit in one environment are to a series. Runs of unknown commits, and of working copies
 * that were not committed, are states of their own each.
 */
public enum Reruns {
    /** All of them stay, as further samples that are judged together. */
    POOL,
    /** The last one of each commit stands for it. */
    LATEST,
    /** The one with the best value of each commit stands for it; of several, the last. */
    BEST
}
