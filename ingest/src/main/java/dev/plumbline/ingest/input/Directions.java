package dev.plumbline.ingest.input;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Unit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The better direction of a metric, from the known facts: its statement in the file, its unit, and last its name. */
public final class Directions {
    private static final Set<String> NOT_WORDS = Set.of("s", "h", "min", "b");
    private static final Pattern COST = Pattern.compile(
            "error|fail|miss|drop|loss|lost|latenc|time|duration|delay|alloc|memory|mem_|bytes|size|stall|wait|age$|collect|collision|conflict|retr(y|ies)|perplexity");
    private static final Pattern GAIN = Pattern.compile(
            "per_second|per_sec|persecond|/s$|/sec|throughput|bandwidth|flops|speedup|speed_up|hit_?rate|hits|efficiency|accuracy|score|precision|recall|\\bf1\\b|\\bauc\\b|bleu|rouge|ips$|qps|tps|rps|iops|ops$|rate");

    private Directions() {}

    /** The direction in a word such as {@code lower} or {@code biggerIsBetter}. */
    public static Optional<Better> stated(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "lower", "smaller", "less", "lower_is_better", "lowerisbetter", "smallerisbetter", "minimize", "-1" ->
                Optional.of(Better.LOWER);
            case "higher",
                    "bigger",
                    "more",
                    "larger",
                    "higher_is_better",
                    "higherisbetter",
                    "biggerisbetter",
                    "maximize",
                    "1" -> Optional.of(Better.HIGHER);
            default -> Optional.empty();
        };
    }

    /**
     * The direction of a unit: besides plain durations, sizes and rates also of a duration for each piece of work, such
     * as {@code ms/ggas} or {@code block_verify_ms/ggas}.
     */
    public static Optional<Better> ofUnit(Unit unit) {
        Optional<Better> usual = unit.usualDirection();
        if (usual.isPresent()) {
            return usual;
        }
        if (unit.base().startsWith("s/")) {
            return Optional.of(Better.LOWER);
        }
        String numerator = unit.symbol().split("/", 2)[0].strip();
        int word = Math.max(numerator.lastIndexOf('_'), numerator.lastIndexOf(' ')) + 1;
        String last = numerator.substring(word);
        boolean duration =
                word > 0 && !NOT_WORDS.contains(last) && Unit.of(last).isDuration();
        return duration ? Optional.of(Better.LOWER) : Optional.empty();
    }

    /**
     * The direction that a metric's name suggests: costs such as errors, memory and misses fall, rates and scores rise.
     */
    public static Optional<Better> ofName(String metric) {
        String name = metric.toLowerCase(Locale.ROOT);
        boolean gain = GAIN.matcher(name).find();
        if (COST.matcher(name).find() && !(gain && name.contains("per_sec"))) {
            return Optional.of(Better.LOWER);
        }
        return gain ? Optional.of(Better.HIGHER) : Optional.empty();
    }

    /** The name of a metric that has only a unit: {@code time}, {@code throughput}, {@code size} or {@code value}. */
    public static String metricName(Unit unit) {
        if (unit.isDuration()) {
            return "time";
        }
        if (unit.base().endsWith("/s")) {
            return "throughput";
        }
        return unit.base().equals("B") ? "size" : "value";
    }
}
