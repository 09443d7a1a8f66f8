package dev.plumbline.store;

/**
 * The way in which a series uses several runs of one commit in one environment. Runs of unknown commits, and of working
 * copies that were not committed, are states of their own each.
 */
public enum Reruns {
    /** All of them stay, as further samples that are judged together. */
    POOL,
    /** The last one of each commit represents it. */
    LATEST,
    /** The one with the best value of each commit represents it; of several, the last. */
    BEST
}
