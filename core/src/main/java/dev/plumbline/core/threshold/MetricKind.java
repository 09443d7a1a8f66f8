package dev.plumbline.core.threshold;

import dev.plumbline.core.model.Unit;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The kinds of metric for thresholds. */
public enum MetricKind {
    /** A duration, for one call or in all. */
    LATENCY,
    /** Anything per second. */
    THROUGHPUT,
    /**
     * Memory in use, in bytes: resident sets, peaks, heaps. It hangs on when the collector and the allocator gave back
     * what; bytes allocated for each operation do not, and are a counter.
     */
    MEMORY,
    /** The quality of a model's answers: accuracy, loss and what is like them; never in a unit. */
    LOSS,
    /** Counts of executed work, which hardly differ between two executions of one program ({@link WorkCounts}). */
    WORK,
    /** Everything else. */
    COUNTER;

    private static final Set<String> IN_USE = Set.of(
            "memory",
            "mem",
            "peakmem",
            "rss",
            "maxrss",
            "vmrss",
            "vmhwm",
            "peak",
            "heap",
            "resident",
            "footprint",
            "pss",
            "uss",
            "vram");
    private static final Set<String> ALLOCATED =
            Set.of("alloc", "allocs", "allocated", "allocation", "allocations", "norm", "churn");
    private static final Set<String> QUALITY =
            Set.of("loss", "accuracy", "perplexity", "precision", "recall", "f1", "auc", "bleu", "rouge", "map");

    /** The kind of a metric, by its unit first and the words of its name second. */
    public static MetricKind of(String metric, Unit unit) {
        if (unit.isDuration()) {
            return LATENCY;
        }
        if (WorkCounts.isWork(metric, unit)) {
            return WORK;
        }
        if (unit.base().endsWith("/s")) {
            return THROUGHPUT;
        }
        List<String> words = words(metric);
        if (unit.base().equals("B")) {
            boolean inUse =
                    words.stream().anyMatch(IN_USE::contains) && words.stream().noneMatch(ALLOCATED::contains);
            return inUse ? MEMORY : COUNTER;
        }
        boolean bare = unit.base().equals("1") || unit.base().equals("%");
        return bare && words.stream().anyMatch(QUALITY::contains) ? LOSS : COUNTER;
    }

    /** {@code peakHeap.used_bytes} has the words peak, heap, used and bytes. */
    private static List<String> words(String metric) {
        return List.of(metric.replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z0-9]+"));
    }

    /** The word in reports: in small letters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
