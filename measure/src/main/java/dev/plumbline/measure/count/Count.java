package dev.plumbline.measure.count;

import dev.plumbline.core.threshold.WorkCounts;
import java.util.Arrays;
import java.util.Optional;

/** The counts that can be requested. */
public enum Count {
    /** Instructions of the program and all it starts, not those of the kernel for it. */
    INSTRUCTIONS("instructions", "instructions"),
    BRANCHES("branches", "branch-instructions"),
    /** Cycles of a modelled processor: instructions, and what misses of its caches and of its predictor cost. */
    CYCLES("cycles", "modelled-cycles"),
    /** Data that had to be fetched from memory. */
    CACHE_MISSES("cache-misses", "last-level-misses"),
    /** Requests to the allocator of the C library: their number, and their bytes. */
    ALLOCATIONS("allocations", "heap-allocations"),
    SYSTEM_CALLS("system-calls", "system-calls");

    /** The bytes of the allocations. */
    static final String ALLOCATED = WorkCounts.ALLOCATED;

    /** Misses of the first level of the modelled caches. */
    static final String FIRST_LEVEL_MISSES = "first-level-misses";

    /** Branches that the processor, or its model, predicted wrongly. */
    static final String MISPREDICTIONS = "mispredictions";

    private final String word;
    private final String metric;

    Count(String word, String metric) {
        this.word = word;
        this.metric = metric;
    }

    /** As it is asked for. */
    public String word() {
        return word;
    }

    /** The name of the metric that answers. */
    public String metric() {
        return metric;
    }

    /** The count that is asked for so. */
    public static Optional<Count> withWord(String word) {
        return Arrays.stream(values()).filter(count -> count.word.equals(word)).findFirst();
    }
}
