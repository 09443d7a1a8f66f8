package dev.plumbline.ingest.jmh;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import java.util.Locale;

/** The better direction of JMH's numbers, and the name of its primary metric. */
final class JmhUnits {
    private JmhUnits() {}

    /** The primary metric's name: a rate is throughput and a duration time, whatever the mode claims. */
    static String primaryName(String mode, Unit unit) {
        return primaryDirection(mode, unit) == Better.HIGHER ? "throughput" : "time";
    }

    static Better primaryDirection(String mode, Unit unit) {
        return unit.usualDirection().orElse(isThroughput(mode) ? Better.HIGHER : Better.LOWER);
    }

    static boolean isThroughput(String mode) {
        return mode.isEmpty() || mode.equals("thrpt") || mode.equalsIgnoreCase("throughput");
    }

    /**
     * The direction of what a profiler or an auxiliary counter gives.
     *
     * <p>Allocation, garbage collection, safepoints and events of the processor cost something, though their unit may
     * be a rate; instructions for each clock are the exception.
     */
    static Better secondaryDirection(String name, Unit unit) {
        String word = name.toLowerCase(Locale.ROOT);
        if (word.equals("ipc") || unit.symbol().equals("insns/clk")) {
            return Better.HIGHER;
        }
        if (word.startsWith("gc.") || word.startsWith("safepoints") || word.startsWith("mem")) {
            return Better.LOWER;
        }
        return Directions.ofUnit(unit).or(() -> Directions.ofName(name)).orElse(Better.LOWER);
    }

    /** The name without the mark that JMH set before secondary results until 1.36. */
    static String secondaryName(String label) {
        for (String mark : new String[] {"·", "Â·", "\uFFFD", "?"}) {
            if (label.startsWith(mark)) {
                return label.substring(mark.length());
            }
        }
        return label.replace(":·", ":");
    }
}
