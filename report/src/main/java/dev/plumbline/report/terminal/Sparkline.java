package dev.plumbline.report.terminal;

import dev.plumbline.core.finding.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A line of small bars, one for each value, the lowest for the smallest. */
public final class Sparkline {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final String ASCII = "_.,-=+*#";

    /** The least relative difference that is stretched over the whole height: less would look like a change. */
    private static final double ALIKE = 0.001;

    private Sparkline() {}

    /** The history of a finding with the judged value at its end; empty where there is no history to show. */
    public static String of(Finding finding, int columns, boolean unicode) {
        if (finding.history().isEmpty()) {
            return "";
        }
        List<Double> values = new ArrayList<>(finding.history());
        finding.candidate().ifPresent(values::add);
        return of(values, columns, unicode);
    }

    /**
     * Draws the newest values.
     *
     * @param values oldest first; one that is not finite is drawn as {@code ?}; values that are equal, or alike to a
     *     thousandth, are drawn half high
     * @param columns the most bars drawn; the oldest values are left out
     * @param unicode whether block elements can be shown
     * @return as many characters as values are drawn; empty for no values
     */
    public static String of(List<Double> values, int columns, boolean unicode) {
        List<Double> newest = values.subList(Math.max(0, values.size() - columns), values.size());
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : newest) {
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        String bars = unicode ? BLOCKS : ASCII;
        StringBuilder line = new StringBuilder(newest.size());
        for (double value : newest) {
            line.append(Double.isFinite(value) ? bars.charAt(height(value, low, high)) : '?');
        }
        return line.toString();
    }

    /**
     * Draws all values; where there is no room for each, neighbours share a bar, which is their median.
     *
     * @param columns the most bars drawn
     */
    public static String ofAll(List<Double> values, int columns, boolean unicode) {
        int size = values.size();
        int bars = Math.min(size, columns);
        List<Double> medians = new ArrayList<>();
        for (int i = 0; i < bars; i++) {
            medians.add(median(values.subList(start(i, size, bars), start(i + 1, size, bars))));
        }
        return of(medians, bars, unicode);
    }

    /** The index of the first of the values that share a bar. */
    public static int start(int bar, int size, int bars) {
        return (int) ((long) bar * size / bars);
    }

    private static double median(List<Double> values) {
        double[] sorted = new double[values.size()];
        int finite = 0;
        for (double value : values) {
            if (Double.isFinite(value)) {
                sorted[finite++] = value;
            }
        }
        Arrays.sort(sorted, 0, finite);
        return finite == 0 ? Double.NaN : sorted[finite / 2];
    }

    private static int height(double value, double low, double high) {
        if (high - low <= ALIKE * Math.max(Math.abs(low), Math.abs(high))) {
            return 3;
        }
        // halves first, so that the span of -1e308 and 1e308 does not overflow
        double share = (value / 2 - low / 2) / (high / 2 - low / 2);
        return (int) Math.min(7, Math.floor(share * 8));
    }
}
