package dev.plumbline.report.answer;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The measurement quality of a machine: the observed conditions, and the difference of two measurements of the same
 * work.
 *
 * @param environment what separates histories, and what else is known
 * @param remarks what disturbs measurements, worst first
 * @param noises of each kind of built-in work
 * @param clockNanos the smallest difference that the clock shows
 * @param margin the smallest change worth a person's time, for which the pairs needed are shown
 */
public record MachineReport(
        Environment environment, List<Remark> remarks, List<Noise> noises, long clockNanos, double margin) {
    private static final Unit SECONDS = Unit.of("s");

    /** The severity of a disturbance. */
    public enum Level {
        /** Measurements made now are doubtful. */
        WARNING,
        /** It adds noise; people who need exact numbers change it. */
        NOTE
    }

    /**
     * Something that disturbs measurements.
     *
     * @param subject what it is about: {@code load}
     * @param seen what was found
     * @param advice what to change
     */
    public record Remark(Level level, String subject, String seen, String advice) {
        public Remark {
            requireNonNull(level, "level");
            requireNonNull(subject, "subject");
            requireNonNull(seen, "seen");
            requireNonNull(advice, "advice");
        }
    }

    /**
     * The difference between two measurements of the same work.
     *
     * @param work its name
     * @param level the median time, in seconds
     * @param deviation of a single measurement, relative to the level: the robust one of the pairs, over √2
     * @param shift the mean difference inside the pairs, relative; none is there
     * @param excludesZero whether the shift's 95 % interval leaves zero out, as it should not
     * @param detectable the smallest change that ten pairs find with 99 % probability
     * @param pairsNeeded pairs that find a change of the margin; empty above 10,000
     */
    public record Noise(
            String work,
            double level,
            double deviation,
            double shift,
            boolean excludesZero,
            double detectable,
            OptionalInt pairsNeeded) {}

    public MachineReport {
        requireNonNull(environment, "environment");
        remarks = List.copyOf(remarks);
        noises = List.copyOf(noises);
    }

    /** For people. */
    public String text(TextStyle style) {
        StringBuilder out = new StringBuilder();
        long warnings =
                remarks.stream().filter(remark -> remark.level == Level.WARNING).count();
        out.append(
                warnings == 0
                        ? "no problems found"
                        : warnings == 1
                                ? "1 problem makes measurements unreliable"
                                : warnings + " problems make measurements unreliable");
        out.append(
                remarks.size() > warnings
                        ? "; " + Words.count((int) (remarks.size() - warnings), "source", "sources") + " of noise\n"
                        : "\n");
        for (Remark remark : remarks) {
            boolean warning = remark.level == Level.WARNING;
            String mark = warning ? style.unicode() ? "✗ " : "X " : style.safe("· ");
            out.append(style.paint(mark, warning ? Ansi.RED : Ansi.DIM));
            StringBuilder seen = new StringBuilder();
            Paragraph.append("  ", style.safe(remark.subject + ": " + remark.seen), Ansi.PLAIN, style, seen);
            out.append(seen.substring(2));
            if (!remark.advice.isEmpty()) {
                Paragraph.append("    ", style.safe(remark.advice), Ansi.PLAIN, style, out);
            }
        }
        if (!noises.isEmpty()) {
            out.append("\nIdentical work measured against itself:\n");
            noiseTable(style).appendTo(out);
            noises.stream()
                    .filter(Noise::excludesZero)
                    .forEach(noise -> Paragraph.append(
                            "",
                            style.safe(noise.work
                                    + ": the two differ by more than chance; something changes during the"
                                    + " measurement"),
                            Ansi.PLAIN,
                            style,
                            out));
        }
        out.append("\nenvironment ")
                .append(style.safe(environment.key()))
                .append(", derived from the facts marked with a line\n");
        facts(style, out, false);
        out.append("  ---\n");
        facts(style, out, true);
        return out.toString();
    }

    private Table noiseTable(TextStyle style) {
        Table table = new Table(
                style,
                List.of(
                        Column.whole("work", false, 0),
                        Column.whole("time", true, 2),
                        Column.whole("noise of one run", true, 0),
                        Column.whole("10 pairs detect", true, 1),
                        Column.whole("pairs for " + Percent.of(margin), true, 0)));
        for (Noise noise : noises) {
            table.add(List.of(
                    Cell.of(style.safe(noise.work)),
                    Cell.of(style.safe(Quantity.of(noise.level, SECONDS))),
                    Cell.of(style.safe(Percent.of(noise.deviation))),
                    Cell.of(Double.isFinite(noise.detectable) ? style.safe(Percent.of(noise.detectable)) : "nothing"),
                    Cell.of(
                            noise.pairsNeeded.isPresent()
                                    ? Quantity.plain(noise.pairsNeeded.getAsInt(), Quantity.DIGITS)
                                    : "> 10,000")));
        }
        return table;
    }

    private void facts(TextStyle style, StringBuilder out, boolean info) {
        environment.facts().forEach((name, value) -> {
            if (name.startsWith(Environment.INFO) == info) {
                String shown = info ? name.substring(Environment.INFO.length()) : name;
                Paragraph.append("  ", style.safe(shown + ": " + value), Ansi.PLAIN, style, out);
            }
        });
    }

    /** The same for programs; {@code docs/doctor-schema.json} describes it. */
    public void writeJson(OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", "plumbline-doctor/1");
                    json.text("environment", environment.key());
                    json.strings("facts", environment.facts());
                    json.number("margin", margin);
                    json.integer("clockNanos", clockNanos);
                    json.array(
                            "remarks",
                            remarks,
                            remark -> json.object(() -> {
                                json.text("level", remark.level.name().toLowerCase(Locale.ROOT));
                                json.text("subject", remark.subject);
                                json.text("seen", remark.seen);
                                json.text("advice", remark.advice);
                            }));
                    json.array(
                            "noise",
                            noises,
                            noise -> json.object(() -> {
                                json.text("work", noise.work);
                                json.number("level", noise.level);
                                json.number("deviation", noise.deviation);
                                json.number("shift", noise.shift);
                                json.truth("excludesZero", noise.excludesZero);
                                json.number("detectable", noise.detectable);
                                noise.pairsNeeded.ifPresent(pairs -> json.integer("pairsNeeded", pairs));
                            }));
                }));
    }
}
