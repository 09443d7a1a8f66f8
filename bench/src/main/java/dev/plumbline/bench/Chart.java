package dev.plumbline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A figure of one or more panels as SVG: lines with markers and error bars. Readable on light and on dark pages, and
 * without distinguishing colours, because every line has its own marker. The same calls give the same bytes.
 */
final class Chart {
    private static final int WIDTH = 430;
    private static final int HEIGHT = 300;
    private static final int LEFT = 58;
    private static final int TOP = 40;
    private static final int RIGHT = 14;
    private static final int BOTTOM = 46;
    private static final int LEGEND_LINE = 18;

    private final List<Panel> panels = new ArrayList<>();
    private final String description;

    /** @param description the figure in a sentence, for those who cannot see it */
    Chart(String description) {
        this.description = description;
    }

    /**
     * A value with the interval around it.
     *
     * @param x place on the horizontal axis, in its range
     * @param share with its Wilson interval
     */
    record Dot(double x, Scores.Share share) {}

    /**
     * An axis.
     *
     * @param label what it shows
     * @param low where it begins
     * @param high where it ends
     * @param logarithmic whether equal ratios are equally far apart
     * @param ticks places of the labels
     * @param names of the ticks, as many
     */
    record Axis(String label, double low, double high, boolean logarithmic, List<Double> ticks, List<String> names) {
        /** The place of a value between 0, the beginning, and 1; values outside are on the edge. */
        double place(double value) {
            double inside = Math.max(low, Math.min(high, value));
            return logarithmic ? Math.log(inside / low) / Math.log(high / low) : (inside - low) / (high - low);
        }

        /** Shares as per cents at the given ticks. */
        static Axis percent(String label, double low, double high, boolean logarithmic, double... ticks) {
            List<Double> places = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (double tick : ticks) {
                places.add(tick);
                names.add(number(100 * tick) + " %");
            }
            return new Axis(label, low, high, logarithmic, places, names);
        }

        /** Plain numbers. */
        static Axis numbers(String label, double low, double high, double... ticks) {
            List<Double> places = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (double tick : ticks) {
                places.add(tick);
                names.add(number(tick));
            }
            return new Axis(label, low, high, false, places, names);
        }

        /** One place for each name. */
        static Axis categories(String label, List<String> categories) {
            List<Double> places = new ArrayList<>();
            for (int i = 0; i < categories.size(); i++) {
                places.add((double) i);
            }
            return new Axis(label, -0.5, categories.size() - 0.5, false, places, List.copyOf(categories));
        }

        private static String number(double value) {
            String text = String.format(Locale.ROOT, "%.3f", value);
            return text.replaceAll("0+$", "").replaceAll("\\.$", "");
        }
    }

    private record Line(String name, List<Dot> dots, boolean joined) {}

    /** One coordinate system. */
    static final class Panel {
        private final String title;
        private final Axis x;
        private final Axis y;
        private final List<Line> lines = new ArrayList<>();
        private final List<Double> levels = new ArrayList<>();
        private boolean diagonal;

        private Panel(String title, Axis x, Axis y) {
            this.title = title;
            this.x = x;
            this.y = y;
        }

        /** A dashed line where both axes agree. */
        Panel withDiagonal() {
            diagonal = true;
            return this;
        }

        /** A dashed line at a height. */
        Panel withLevel(double level) {
            levels.add(level);
            return this;
        }

        /** Values that belong together; joined by a line or not. */
        void add(String name, List<Dot> dots, boolean joined) {
            lines.add(new Line(name, List.copyOf(dots), joined));
        }
    }

    Panel panel(String title, Axis x, Axis y) {
        Panel panel = new Panel(title, x, y);
        panels.add(panel);
        return panel;
    }

    /** The whole file. */
    String svg() {
        int legend = panels.stream().mapToInt(panel -> panel.lines.size()).max().orElse(0);
        int height = HEIGHT + ((legend + 1) / 2) * LEGEND_LINE + 8;
        int width = WIDTH * panels.size();
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " role=\"img\">%n",
                width,
                height,
                width,
                height));
        out.append("<title>").append(escape(description)).append("</title>\n").append(STYLE);
        out.append(String.format(Locale.ROOT, "<rect class=\"page\" width=\"%d\" height=\"%d\"/>%n", width, height));
        for (int i = 0; i < panels.size(); i++) {
            out.append(String.format(Locale.ROOT, "<g transform=\"translate(%d 0)\">%n", i * WIDTH));
            draw(panels.get(i), out);
            out.append("</g>\n");
        }
        return out.append("</svg>\n").toString().replace("\r\n", "\n");
    }

    private static void draw(Panel panel, StringBuilder out) {
        text(out, "title", LEFT, 20, panel.title);
        for (int i = 0; i < panel.y.ticks().size(); i++) {
            double height = y(panel, panel.y.ticks().get(i));
            line(out, "grid", LEFT, height, WIDTH - RIGHT, height);
            text(out, "tick end", LEFT - 6, height + 4, panel.y.names().get(i));
        }
        for (int i = 0; i < panel.x.ticks().size(); i++) {
            double place = x(panel, panel.x.ticks().get(i));
            line(out, "grid", place, TOP, place, HEIGHT - BOTTOM);
            text(
                    out,
                    "tick middle",
                    place,
                    HEIGHT - BOTTOM + 16,
                    panel.x.names().get(i));
        }
        text(out, "label middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - BOTTOM + 36, panel.x.label());
        text(out, "label", LEFT, TOP - 7, panel.y.label());
        if (panel.diagonal) {
            line(
                    out,
                    "promise",
                    x(panel, panel.x.low()),
                    y(panel, panel.x.low()),
                    x(panel, panel.x.high()),
                    y(panel, panel.x.high()));
        }
        panel.levels.forEach(level -> line(out, "promise", LEFT, y(panel, level), WIDTH - RIGHT, y(panel, level)));
        for (int i = 0; i < panel.lines.size(); i++) {
            draw(panel, panel.lines.get(i), i, out);
            double left = LEFT + (i % 2) * 190;
            double height = HEIGHT + 2 + (i / 2) * LEGEND_LINE;
            marker(out, i, left, height);
            text(out, "tick", left + 12, height + 4, panel.lines.get(i).name);
        }
    }

    private static void draw(Panel panel, Line line, int number, StringBuilder out) {
        if (line.joined) {
            out.append(String.format(Locale.ROOT, "<polyline class=\"line s%d\" points=\"", number % COLOURS));
            line.dots.forEach(dot ->
                    out.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(panel, dot.x), y(panel, dot.share.value()))));
            out.append("\"/>\n");
        }
        for (Dot dot : line.dots) {
            double place = x(panel, dot.x);
            out.append(String.format(
                    Locale.ROOT,
                    "<line class=\"bar s%d\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                    number % COLOURS,
                    place,
                    y(panel, dot.share.low()),
                    place,
                    y(panel, dot.share.high())));
            marker(out, number, place, y(panel, dot.share.value()));
        }
    }

    private static final int COLOURS = 6;

    private static void marker(StringBuilder out, int number, double x, double y) {
        String path =
                switch (number % COLOURS) {
                    case 0 -> "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z";
                    case 1 -> "m-3.5 -3.5h7v7h-7z";
                    case 2 -> "m0 -4.5l4.5 8h-9z";
                    case 3 -> "m0 -5l5 5l-5 5l-5 -5z";
                    case 4 -> "m0 4.5l4.5 -8h-9z";
                    default -> "m-4 -1.3h2.7v-2.7h2.6v2.7h2.7v2.6h-2.7v2.7h-2.6v-2.7h-2.7z";
                };
        out.append(String.format(
                Locale.ROOT, "<path class=\"dot s%d\" d=\"M%.1f %.1f%s\"/>%n", number % COLOURS, x, y, path));
    }

    private static double x(Panel panel, double value) {
        return LEFT + panel.x.place(value) * (WIDTH - RIGHT - LEFT);
    }

    private static double y(Panel panel, double value) {
        return HEIGHT - BOTTOM - panel.y.place(value) * (HEIGHT - BOTTOM - TOP);
    }

    private static void line(StringBuilder out, String look, double x1, double y1, double x2, double y2) {
        out.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                look,
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(StringBuilder out, String look, double x, double y, String words) {
        out.append(String.format(
                Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n", look, x, y, escape(words)));
    }

    private static String escape(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static final String STYLE = """
            <style>
            .page { fill: #ffffff }
            text { font: 12px system-ui, sans-serif; fill: #24292f }
            .title { font-weight: 600; font-size: 14px }
            .tick { font-size: 11px }
            .middle { text-anchor: middle }
            .end { text-anchor: end }
            .grid { stroke: #d8dee4; stroke-width: 1 }
            .promise { stroke: #57606a; stroke-width: 1.5; stroke-dasharray: 5 4 }
            .line { fill: none; stroke-width: 1.8 }
            .bar { stroke-width: 1.2; opacity: 0.75 }
            .s0 { stroke: #0072b2 } .s1 { stroke: #c44e00 } .s2 { stroke: #00805a }
            .s3 { stroke: #a8528a } .s4 { stroke: #9a6700 } .s5 { stroke: #3f7fb5 }
            .dot { stroke: none }
            .dot.s0 { fill: #0072b2 } .dot.s1 { fill: #c44e00 } .dot.s2 { fill: #00805a }
            .dot.s3 { fill: #a8528a } .dot.s4 { fill: #9a6700 } .dot.s5 { fill: #3f7fb5 }
            @media (prefers-color-scheme: dark) {
            .page { fill: #0d1117 }
            text { fill: #e6edf3 }
            .grid { stroke: #30363d }
            .promise { stroke: #9198a1 }
            .s0 { stroke: #58a6ff } .s1 { stroke: #ff9d57 } .s2 { stroke: #3fc995 }
            .s3 { stroke: #e59fd0 } .s4 { stroke: #e3b341 } .s5 { stroke: #9ecbff }
            .dot { stroke: none }
            .dot.s0 { fill: #58a6ff } .dot.s1 { fill: #ff9d57 } .dot.s2 { fill: #3fc995 }
            .dot.s3 { fill: #e59fd0 } .dot.s4 { fill: #e3b341 } .dot.s5 { fill: #9ecbff }
            }
            </style>
            """;
}
