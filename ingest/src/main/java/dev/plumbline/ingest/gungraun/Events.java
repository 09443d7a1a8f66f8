package dev.plumbline.ingest.gungraun;

import dev.plumbline.core.model.Better;
import java.util.Locale;
import java.util.Map;

/** The events of Gungraun under the names of its JSON, their units and directions. */
final class Events {
    private static final Map<String, String> PRINTED = Map.ofEntries(
            Map.entry("Instructions", "Ir"),
            Map.entry("L1 Hits", "L1hits"),
            Map.entry("L2 Hits", "LLhits"),
            Map.entry("LL Hits", "LLhits"),
            Map.entry("RAM Hits", "RamHits"),
            Map.entry("L1 Accesses", "L1hits"),
            Map.entry("L2 Accesses", "LLhits"),
            Map.entry("RAM Accesses", "RamHits"),
            Map.entry("Total read+write", "TotalRW"),
            Map.entry("Estimated Cycles", "EstimatedCycles"),
            Map.entry("I1 Miss Rate", "I1MissRate"),
            Map.entry("D1 Miss Rate", "D1MissRate"),
            Map.entry("LLi Miss Rate", "LLiMissRate"),
            Map.entry("LLd Miss Rate", "LLdMissRate"),
            Map.entry("LL Miss Rate", "LLMissRate"),
            Map.entry("L1 Hit Rate", "L1HitRate"),
            Map.entry("LL Hit Rate", "LLHitRate"),
            Map.entry("RAM Hit Rate", "RamHitRate"),
            Map.entry("Total bytes", "TotalBytes"),
            Map.entry("Total blocks", "TotalBlocks"),
            Map.entry("Total lifetimes", "TotalLifetimes"),
            Map.entry("Maximum bytes", "MaximumBytes"),
            Map.entry("Maximum blocks", "MaximumBlocks"),
            Map.entry("At t-gmax bytes", "AtTGmaxBytes"),
            Map.entry("At t-gmax blocks", "AtTGmaxBlocks"),
            Map.entry("At t-end bytes", "AtTEndBytes"),
            Map.entry("At t-end blocks", "AtTEndBlocks"),
            Map.entry("Reads bytes", "ReadsBytes"),
            Map.entry("Writes bytes", "WritesBytes"),
            Map.entry("Suppressed Errors", "SuppressedErrors"),
            Map.entry("Suppressed Contexts", "SuppressedContexts"));

    private Events() {}

    /** The name in JSON of an event that is printed so. */
    static String ofPrinted(String name) {
        return PRINTED.getOrDefault(name, name);
    }

    static String metric(String tool, String event) {
        String lower = tool.toLowerCase(Locale.ROOT);
        return lower.isEmpty() || lower.equals("callgrind") ? event : lower + "." + event;
    }

    static String unit(String event) {
        return event.endsWith("Bytes") ? "B" : event.endsWith("Rate") ? "%" : "";
    }

    /** Every event costs, even a hit of a cache; only more hits of all accesses are better. */
    static Better better(String event) {
        return event.equals("L1HitRate") || event.equals("LLHitRate") ? Better.HIGHER : Better.LOWER;
    }
}
