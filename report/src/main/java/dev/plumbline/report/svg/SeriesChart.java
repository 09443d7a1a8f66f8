package dev.plumbline.report.svg;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Unit;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.TerminalText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The course of a series: its values in the order of their revisions, the level between changes, and the changes.
 * Values that are not finite have no dot.
 *
 * @param title what was measured; what is too long is shortened
 * @param subtitle where, and of what
 * @param values the oldest first
 * @param changes places of the first values of new levels, in order
 * @param first what the oldest value is of, such as a commit
 * @param last what the newest value is of
 */
public record SeriesChart(
        String title,
        String subtitle,
        Unit unit,
        List<Double> values,
        List<Integer> changes,
        String first,
        String last) {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 240;
    private static final int LEFT = 84;
    private static final int RIGHT = 16;
    private static final int TOP = 48;
    private static final int BOTTOM = 30;
    private static final int TICKS = 4;
    private static final int TITLE = 92;
    private static final int NAME = 24;
    private static final String TEXT = "#1b2026";
    private static final String MUTED = "#56606c";
    private static final String LINE = "#dfe3e8";
    private static final String DOT = "#2f5bb7";
    private static final String CHANGE = "#b3361d";

    public SeriesChart {
        title = shortened(title, TITLE);
        subtitle = shortened(subtitle, TITLE + TITLE / 4);
        requireNonNull(unit, "unit");
        values = List.copyOf(values);
        changes = List.copyOf(changes);
        first = shortened(first, NAME);
        last = shortened(last, NAME);
    }

    private static String shortened(String text, int columns) {
        return TerminalText.shorten(TerminalText.escape(text), columns, "…");
    }

    /** The same with its newest values alone. */
    public SeriesChart newest(int most, String firstOfThese) {
        int gone = Math.max(0, values.size() - most);
        return gone == 0
                ? this
                : new SeriesChart(
                        title,
                        subtitle,
                        unit,
                        values.subList(gone, values.size()),
                        changes.stream()
                                .map(change -> change - gone)
                                .filter(change -> change > 0)
                                .toList(),
                        firstOfThese,
                        last);
    }

    /** Writes the picture. */
    public String write() {
        return SvgText.picture(WIDTH, HEIGHT, title + ": " + subtitle, svg -> {
            svg.shape("rect", "width", WIDTH, "height", HEIGHT, "fill", "#ffffff", "stroke", LINE);
            text(svg, title, 12, 20, "start", 13, TEXT);
            text(svg, subtitle, 12, 37, "start", 11, MUTED);
            double[] finite = values.stream()
                    .mapToDouble(Double::doubleValue)
                    .filter(Double::isFinite)
                    .toArray();
            if (finite.length == 0) {
                text(svg, "no values", WIDTH / 2.0, HEIGHT / 2.0, "middle", 13, MUTED);
            } else {
                Axis axis = Axis.of(
                        Arrays.stream(finite).min().getAsDouble(),
                        Arrays.stream(finite).max().getAsDouble());
                axis(svg, axis);
                levels(svg, axis);
                dots(svg, axis);
                text(svg, first, LEFT, HEIGHT - 9, "start", 11, MUTED);
                text(svg, last, WIDTH - RIGHT, HEIGHT - 9, "end", 11, MUTED);
            }
        });
    }

    private static void text(SvgText svg, String text, double x, double y, String anchor, int size, String color) {
        svg.text("text", text, "x", x, "y", y, "text-anchor", anchor, "font-size", size, "fill", color);
    }

    /**
     * The values between the edges.
     *
     * @param step between two lines
     */
    private record Axis(double low, double high, double step) {
        static Axis of(double least, double most) {
            double range = most / 2 - least / 2; // half, so that it stays finite
            double around = Math.max(Math.abs(least), Math.abs(most));
            double room = Math.max(range / 8, around / 200);
            double low = least - (room > 0 ? room : 1);
            double high = most + (room > 0 ? room : 1);
            double rough = (high / 2 - low / 2) / TICKS * 2;
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            double step = rough <= 1.5 * power
                    ? power
                    : rough <= 3.5 * power ? 2 * power : rough <= 7.5 * power ? 5 * power : 10 * power;
            return Double.isFinite(low) && Double.isFinite(high) && step > 0
                    ? new Axis(low, high, step)
                    : new Axis(least, most, Double.NaN);
        }

        double y(double value) {
            double inside = Math.max(low, Math.min(high, value));
            double share = high > low ? (inside / 2 - low / 2) / (high / 2 - low / 2) : 0.5;
            return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
        }

        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            for (double tick = Math.ceil(low / step) * step; tick <= high && ticks.size() <= 2 * TICKS; tick += step) {
                ticks.add(tick);
            }
            return ticks;
        }
    }

    private void axis(SvgText svg, Axis axis) {
        for (double tick : axis.ticks()) {
            double y = axis.y(tick);
            svg.shape("line", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", y, "y2", y, "stroke", LINE);
            text(svg, Quantity.of(tick, unit), LEFT - 6, y + 4, "end", 11, MUTED);
        }
    }

    private double x(double index) {
        double room = WIDTH - RIGHT - LEFT - 16;
        return LEFT + 8 + (values.size() > 1 ? index / (values.size() - 1) * room : room / 2);
    }

    /** Draws each level at the median of its values. */
    private void levels(SvgText svg, Axis axis) {
        List<Integer> edges = new ArrayList<>();
        edges.add(0);
        changes.stream().filter(change -> change > 0 && change < values.size()).forEach(edges::add);
        edges.add(values.size());
        for (int i = 0; i + 1 < edges.size(); i++) {
            int from = edges.get(i);
            int to = edges.get(i + 1);
            if (i > 0) {
                double x = x(from - 0.5);
                svg.shape(
                        "line",
                        "x1",
                        x,
                        "x2",
                        x,
                        "y1",
                        TOP,
                        "y2",
                        HEIGHT - BOTTOM,
                        "stroke",
                        CHANGE,
                        "stroke-dasharray",
                        "4 3");
            }
            double[] sorted = values.subList(Math.min(from, to), to).stream()
                    .mapToDouble(Double::doubleValue)
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            if (sorted.length > 0) {
                double middle = sorted[(sorted.length - 1) / 2] / 2 + sorted[sorted.length / 2] / 2;
                double y = axis.y(middle);
                svg.shape(
                        "line", "x1", x(from), "x2", x(to - 1.0), "y1", y, "y2", y, "stroke", MUTED, "stroke-width", 2);
            }
        }
    }

    private void dots(SvgText svg, Axis axis) {
        double radius = values.size() > 200 ? 1.5 : 2.5;
        for (int i = 0; i < values.size(); i++) {
            if (Double.isFinite(values.get(i))) {
                svg.shape("circle", "cx", x(i), "cy", axis.y(values.get(i)), "r", radius, "fill", DOT);
            }
        }
    }
}
